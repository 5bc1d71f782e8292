//! The life of a commission, from hold to reinstatement.

use kernel::Money;

use super::{
    Earning, Stage, Stamp, entry,
    side::{self, Place},
};
use crate::{
    account::{Account, Owner},
    entry::{Cause, Entry, EntryKind, Posting},
};

/// A conversion is pending: both sides are held.
pub fn hold(stamp: Stamp, earning: &Earning) -> Entry {
    entry(stamp, cause(EntryKind::Hold, earning), given(earning, Stage::Pending))
}

/// A pending conversion is rejected, or part of its hold is given up.
pub fn release(stamp: Stamp, earning: &Earning) -> Entry {
    entry(stamp, cause(EntryKind::Release, earning), taken(earning, Stage::Pending))
}

/// A pending conversion is approved at the amounts held: the hold is released and the amounts are posted.
pub fn approve(stamp: Stamp, earning: &Earning) -> Entry {
    let postings = [taken(earning, Stage::Pending), given(earning, Stage::Approved)].concat();
    entry(stamp, cause(EntryKind::Approve, earning), postings)
}

/// A conversion that was never held is approved.
pub fn approve_at_once(stamp: Stamp, earning: &Earning) -> Entry {
    entry(stamp, cause(EntryKind::Approve, earning), given(earning, Stage::Approved))
}

/// The hold days are over: what the partner earned becomes payable. `earning.payout` is what is left of it.
pub fn lock(stamp: Stamp, earning: &Earning) -> Entry {
    let owner = Owner::Partner(earning.partner);
    let postings = side::transfer((Account::PartnerApproved, owner), (Account::PartnerPayable, owner), earning.payout);
    entry(stamp, cause(EntryKind::Lock, earning), postings)
}

/// Takes back `earning`'s amounts, the whole or a part of what was earned, from where they lie.
pub fn reverse(stamp: Stamp, earning: &Earning, stage: Stage) -> Entry {
    let kind = if stage == Stage::Pending { EntryKind::Release } else { EntryKind::Reverse };
    entry(stamp, cause(kind, earning), taken(earning, stage))
}

/// Gives `earning`'s amounts again after a rejection or a reversal: as pending, as approved, or past the lock.
pub fn reinstate(stamp: Stamp, earning: &Earning, stage: Stage) -> Entry {
    entry(stamp, cause(EntryKind::Reinstate, earning), given(earning, stage))
}

/// Changes what a commission is worth. The amounts of `difference` are new minus old and may be negative.
pub fn reprice(stamp: Stamp, difference: &Earning, stage: Stage) -> Entry {
    let payout = side::give_signed(difference.partner, stage, Account::CommissionCost, difference.payout);
    let revenue = match difference.revenue.minor.checked_neg() {
        Some(magnitude) if magnitude > 0 => {
            let lowered = Money::new(magnitude, difference.revenue.currency);
            uncharged(&Earning { revenue: lowered, ..*difference }, stage)
        }
        _ => charged(difference, stage),
    };
    entry(stamp, cause(EntryKind::Reprice, difference), [payout, revenue].concat())
}

/// Takes the payout from one partner and gives one to another; what the advertiser owes does not change.
pub fn reassign(stamp: Stamp, from: (&Earning, Stage), to: (&Earning, Stage)) -> Entry {
    let taken = side::take(from.0.partner, from.1, Account::CommissionCost, from.0.payout);
    let given = side::give(to.0.partner, to.1, Account::CommissionCost, to.0.payout);
    entry(stamp, cause(EntryKind::Reassign, to.0), [taken, given].concat())
}

fn cause(kind: EntryKind, earning: &Earning) -> Cause {
    Cause { conversion: Some(earning.conversion), commission: Some(earning.commission), ..Cause::new(kind) }
}

fn given(earning: &Earning, stage: Stage) -> Vec<Posting> {
    let payout = side::give(earning.partner, stage, Account::CommissionCost, earning.payout);
    [payout, charged(earning, stage)].concat()
}

fn taken(earning: &Earning, stage: Stage) -> Vec<Posting> {
    let payout = side::take(earning.partner, stage, Account::CommissionCost, earning.payout);
    [payout, uncharged(earning, stage)].concat()
}

fn charged(earning: &Earning, stage: Stage) -> Vec<Posting> {
    let (receivable, revenue) = revenue_places(earning, stage);
    side::transfer(receivable, revenue, earning.revenue)
}

fn uncharged(earning: &Earning, stage: Stage) -> Vec<Posting> {
    let (receivable, revenue) = revenue_places(earning, stage);
    side::transfer(revenue, receivable, earning.revenue)
}

fn revenue_places(earning: &Earning, stage: Stage) -> (Place, Place) {
    let advertiser = Owner::Advertiser(earning.advertiser);
    if stage == Stage::Pending {
        ((Account::PendingReceivable, advertiser), (Account::PendingRevenue, Owner::None))
    } else {
        ((Account::AdvertiserReceivable, advertiser), (Account::Revenue, Owner::None))
    }
}
