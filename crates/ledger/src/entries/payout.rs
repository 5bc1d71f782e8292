//! The way of money to a partner.

use super::{Stamp, Transfer, entry, side};
use crate::{
    account::{Account, Owner},
    entry::{Cause, Entry, EntryKind},
};

/// A payout joins a frozen batch.
pub fn batch(stamp: Stamp, transfer: &Transfer) -> Entry {
    between(stamp, EntryKind::Batch, transfer, Account::PartnerPayable, Account::InTransit)
}

/// The money has left.
pub fn paid(stamp: Stamp, transfer: &Transfer) -> Entry {
    between(stamp, EntryKind::Paid, transfer, Account::InTransit, Account::Cash)
}

/// The money has not left: it is payable again.
pub fn failed(stamp: Stamp, transfer: &Transfer) -> Entry {
    between(stamp, EntryKind::Failed, transfer, Account::InTransit, Account::PartnerPayable)
}

/// The money came back after it was paid: it is payable again and no longer counts as paid.
pub fn returned(stamp: Stamp, transfer: &Transfer) -> Entry {
    between(stamp, EntryKind::Returned, transfer, Account::Cash, Account::PartnerPayable)
}

/// Debt is taken from what is payable, before a batch.
pub fn debt_offset(stamp: Stamp, transfer: &Transfer) -> Entry {
    between(stamp, EntryKind::DebtOffset, transfer, Account::PartnerPayable, Account::PartnerDebt)
}

pub(super) fn between(stamp: Stamp, kind: EntryKind, transfer: &Transfer, debit: Account, credit: Account) -> Entry {
    let owner = Owner::Partner(transfer.partner);
    let cause = Cause { payout: Some(transfer.payout), ..Cause::new(kind) };
    entry(stamp, cause, side::transfer((debit, owner), (credit, owner), transfer.amount))
}
