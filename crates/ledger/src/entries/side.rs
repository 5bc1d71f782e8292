//! The partner's and the advertiser's side of an amount: which account it lies in at each stage.

use kernel::{Currency, Id, Money, id::Partner};

use super::Stage;
use crate::{
    account::{Account, Owner},
    entry::Posting,
};

/// An account and whose part of it.
pub(super) type Place = (Account, Owner);

/// Debits one place and credits another; nothing for nought.
pub(super) fn transfer(debit: Place, credit: Place, amount: Money) -> Vec<Posting> {
    if amount.minor == 0 {
        return Vec::new();
    }
    let Money { minor, currency } = amount;
    vec![
        Posting { account: debit.0, owner: debit.1, currency, debit: minor, credit: 0 },
        Posting { account: credit.0, owner: credit.1, currency, debit: 0, credit: minor },
    ]
}

/// Gives a partner `amount` at a stage, out of `source` once it is approved.
pub(super) fn give(partner: Id<Partner>, stage: Stage, source: Account, amount: Money) -> Vec<Posting> {
    let source = (source_at(stage, source), Owner::None);
    let shares = match stage {
        Stage::Pending => vec![(Account::PartnerPending, amount)],
        Stage::Approved => vec![(Account::PartnerApproved, amount)],
        Stage::Locked(standing) | Stage::Sent(standing) => {
            split(amount, standing.debt_minor, Account::PartnerDebt, Account::PartnerPayable)
        }
    };
    let owner = Owner::Partner(partner);
    shares.into_iter().flat_map(|(account, share)| transfer(source, (account, owner), share)).collect()
}

/// Takes `amount` from a partner at a stage, back to `source`.
pub(super) fn take(partner: Id<Partner>, stage: Stage, source: Account, amount: Money) -> Vec<Posting> {
    let source = (source_at(stage, source), Owner::None);
    let shares = match stage {
        Stage::Pending => vec![(Account::PartnerPending, amount)],
        Stage::Approved => vec![(Account::PartnerApproved, amount)],
        Stage::Locked(standing) => split(amount, standing.payable_minor, Account::PartnerPayable, Account::PartnerDebt),
        Stage::Sent(_) => vec![(Account::PartnerDebt, amount)],
    };
    let owner = Owner::Partner(partner);
    shares.into_iter().flat_map(|(account, share)| transfer((account, owner), source, share)).collect()
}

/// Gives where `amount` is positive, takes its opposite where it is negative.
pub(super) fn give_signed(partner: Id<Partner>, stage: Stage, source: Account, amount: Money) -> Vec<Posting> {
    match amount.minor.checked_neg() {
        Some(magnitude) if magnitude > 0 => take(partner, stage, source, Money::new(magnitude, amount.currency)),
        _ => give(partner, stage, source, amount),
    }
}

fn source_at(stage: Stage, source: Account) -> Account {
    if stage == Stage::Pending { Account::PendingCost } else { source }
}

/// As much of `amount` as `room_minor` allows in the first account, the rest in the second.
fn split(amount: Money, room_minor: i64, first: Account, second: Account) -> Vec<(Account, Money)> {
    let in_first = amount.minor.min(room_minor.max(0));
    let money = |minor, currency: Currency| Money::new(minor, currency);
    vec![(first, money(in_first, amount.currency)), (second, money(amount.minor - in_first, amount.currency))]
}
