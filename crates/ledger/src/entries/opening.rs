//! What was owed before the book began, as another system left it.

use kernel::{
    Id, Money,
    id::{Advertiser, Partner},
};

use super::{
    Stamp, entry,
    side::{self, Place},
};
use crate::{
    account::{Account, Owner},
    entry::{Cause, Entry, EntryKind},
};

const EQUITY: Place = (Account::OpeningEquity, Owner::None);

/// Who begins with a balance, and on which side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Owed to a partner, to be paid with the next batch.
    Payable(Id<Partner>),
    /// Owed by a partner: comes off the next payout.
    Debt(Id<Partner>),
    /// Owed by an advertiser.
    Receivable(Id<Advertiser>),
    /// Paid by an advertiser in advance.
    Prepaid(Id<Advertiser>),
}

impl Opening {
    /// The places that are debited and credited.
    const fn places(self) -> (Place, Place) {
        match self {
            Self::Payable(partner) => (EQUITY, (Account::PartnerPayable, Owner::Partner(partner))),
            Self::Debt(partner) => ((Account::PartnerDebt, Owner::Partner(partner)), EQUITY),
            Self::Receivable(advertiser) => ((Account::AdvertiserReceivable, Owner::Advertiser(advertiser)), EQUITY),
            Self::Prepaid(advertiser) => (EQUITY, (Account::AdvertiserPrepaid, Owner::Advertiser(advertiser))),
        }
    }
}

/// The book begins with `amount` at `opening`.
pub fn opened(stamp: Stamp, opening: Opening, amount: Money) -> Entry {
    let (debit, credit) = opening.places();
    entry(stamp, Cause::new(EntryKind::Opening), side::transfer(debit, credit, amount))
}

/// An opening balance is taken back: it was wrong.
pub fn closed(stamp: Stamp, opening: Opening, amount: Money) -> Entry {
    let (debit, credit) = opening.places();
    entry(stamp, Cause::new(EntryKind::Opening), side::transfer(credit, debit, amount))
}
