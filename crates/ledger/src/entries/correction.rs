//! Money beside commissions: adjustments, placements, withheld tax, fees, exchange.

use kernel::{Id, Money, id::Partner};

use super::{Stage, Stamp, Transfer, entry, payout::between, side};
use crate::{
    account::{Account, Owner},
    entry::{Cause, Entry, EntryKind},
};

/// A bonus or a correction; a negative amount is a clawback. `stage` is not `Pending`: an adjustment is decided.
pub fn adjust(stamp: Stamp, partner: Id<Partner>, amount: Money, stage: Stage) -> Entry {
    assert!(stage != Stage::Pending, "an adjustment is never pending");
    let postings = side::give_signed(partner, stage, Account::Adjustments, amount);
    entry(stamp, Cause::new(EntryKind::Adjustment), postings)
}

/// The fee of a placement; a negative amount takes it back. It is payable at once, so a stage before the lock is a bug.
pub fn place(stamp: Stamp, partner: Id<Partner>, fee: Money, stage: Stage) -> Entry {
    assert!(matches!(stage, Stage::Locked(_)), "the fee of a placement is payable at once");
    let postings = side::give_signed(partner, stage, Account::Placements, fee);
    entry(stamp, Cause::new(EntryKind::Placement), postings)
}

/// Tax kept back from a payout.
pub fn tax_withheld(stamp: Stamp, transfer: &Transfer) -> Entry {
    between(stamp, EntryKind::TaxWithheld, transfer, Account::PartnerPayable, Account::TaxWithheld)
}

/// Tax that was kept back from a payout that was not made after all.
pub fn tax_given_back(stamp: Stamp, transfer: &Transfer) -> Entry {
    between(stamp, EntryKind::TaxWithheld, transfer, Account::TaxWithheld, Account::PartnerPayable)
}

/// A fee that the partner bears.
pub fn fee_of_partner(stamp: Stamp, transfer: &Transfer) -> Entry {
    let payable = (Account::PartnerPayable, Owner::Partner(transfer.partner));
    fee(stamp, transfer, side::transfer(payable, (Account::Fees, Owner::None), transfer.amount))
}

/// A fee that the partner bore for a payout that was not made after all.
pub fn fee_given_back(stamp: Stamp, transfer: &Transfer) -> Entry {
    let payable = (Account::PartnerPayable, Owner::Partner(transfer.partner));
    fee(stamp, transfer, side::transfer((Account::Fees, Owner::None), payable, transfer.amount))
}

/// What a transfer costs: a fee that the workspace bears, or pays out of what the partner bore.
pub fn fee_of_workspace(stamp: Stamp, transfer: &Transfer) -> Entry {
    let places = ((Account::Fees, Owner::None), (Account::Cash, Owner::None));
    fee(stamp, transfer, side::transfer(places.0, places.1, transfer.amount))
}

fn fee(stamp: Stamp, transfer: &Transfer, postings: Vec<crate::entry::Posting>) -> Entry {
    entry(stamp, Cause { payout: Some(transfer.payout), ..Cause::new(EntryKind::Fee) }, postings)
}

/// What is payable in one currency becomes payable in another.
pub fn exchange(stamp: Stamp, partner: Id<Partner>, sold: Money, bought: Money) -> Entry {
    let payable = (Account::PartnerPayable, Owner::Partner(partner));
    let exchange = (Account::Exchange, Owner::None);
    let postings = [side::transfer(payable, exchange, sold), side::transfer(exchange, payable, bought)];
    entry(stamp, Cause::new(EntryKind::Exchange), postings.concat())
}
