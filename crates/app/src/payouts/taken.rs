//! The entries of what is taken from a payout: before it is sent, once it is paid, and back where it was not.

use kernel::{Currency, Money};
use ledger::{Entry, Stamp, Transfer, entries};

use super::{
    entity::payout::{self, PayoutState},
    terms::rules::Deductions,
};

const EARLY: &str = "paid early";
const TRANSFER: &str = "transfer";

impl payout::Model {
    pub fn taken(&self) -> Deductions {
        Deductions {
            withheld_minor: self.withheld_minor,
            early_fee_minor: self.early_fee_minor,
            fee_minor: self.fee_minor,
            fee_bearer: self.fee_bearer,
        }
    }

    /// What was due before anything but debt was taken from it.
    pub fn due_minor(&self) -> i64 {
        self.amount_minor + self.taken().of_partner_minor()
    }
}

/// What is taken as the payout is drawn.
pub fn entries(payout: &payout::Model, currency: Currency, stamp: impl Fn() -> Stamp) -> Vec<Entry> {
    let of = transfers(payout, currency);
    let taken = payout.taken();
    let mut booked = Vec::new();
    if taken.withheld_minor > 0 {
        booked.push(entries::tax_withheld(stamp(), &of(taken.withheld_minor)));
    }
    for (minor, note) in [(taken.early_fee_minor, EARLY), (taken.fee_of_partner_minor(), TRANSFER)] {
        if minor > 0 {
            booked.push(entries::fee_of_partner(stamp(), &of(minor)).with_note(note));
        }
    }
    booked
}

/// What follows from the payout's new state: a paid transfer has cost its fee; what was not paid gives all back. Of what
/// came back after it was paid the transfer's fee stays spent.
pub fn settled(
    payout: &payout::Model,
    currency: Currency,
    state: PayoutState,
    stamp: impl Fn() -> Stamp,
) -> Vec<Entry> {
    let of = transfers(payout, currency);
    let taken = payout.taken();
    let mut booked = Vec::new();
    match state {
        PayoutState::InTransit => {}
        PayoutState::Paid if taken.fee_minor > 0 => {
            booked.push(entries::fee_of_workspace(stamp(), &of(taken.fee_minor)).with_note(TRANSFER));
        }
        PayoutState::Paid => {}
        PayoutState::Failed | PayoutState::Returned => {
            if taken.withheld_minor > 0 {
                booked.push(entries::tax_given_back(stamp(), &of(taken.withheld_minor)));
            }
            let of_transfer = if state == PayoutState::Failed { taken.fee_of_partner_minor() } else { 0 };
            for (minor, note) in [(taken.early_fee_minor, EARLY), (of_transfer, TRANSFER)] {
                if minor > 0 {
                    booked.push(entries::fee_given_back(stamp(), &of(minor)).with_note(note));
                }
            }
        }
    }
    booked
}

fn transfers(payout: &payout::Model, currency: Currency) -> impl Fn(i64) -> Transfer {
    let (payout, partner) = (payout.id, payout.partner_id);
    move |minor| Transfer { payout, partner, amount: Money::new(minor, currency) }
}
