//! What a partner earns beside single conversions: from a month of its customers, from clicks and views, as a bonus.

use kernel::{
    Id, Money,
    id::{Advertiser, Partner},
};

use super::{Stage, Stamp, entry, side};
use crate::{
    account::{Account, Owner},
    entry::{Cause, Entry, EntryKind},
};

/// What came together for one partner with one advertiser.
#[derive(Clone, Copy, Debug)]
pub struct BesideEarning {
    pub partner: Id<Partner>,
    pub advertiser: Id<Advertiser>,
    /// What the partner earns.
    pub payout: Money,
    /// What the advertiser is charged.
    pub revenue: Money,
}

/// A month was closed, or a day of traffic posted: what it earned is approved.
pub fn beside_earned(stamp: Stamp, share: &BesideEarning) -> Entry {
    let payout = side::give(share.partner, Stage::Approved, Account::CommissionCost, share.payout);
    let receivable = (Account::AdvertiserReceivable, Owner::Advertiser(share.advertiser));
    let revenue = side::transfer(receivable, (Account::Revenue, Owner::None), share.revenue);
    entry(stamp, Cause::new(EntryKind::Approve), [payout, revenue].concat())
}

/// What no conversion brings, a bonus, is taken back from where it lies. `stage` is not `Pending`: it was approved.
pub fn beside_taken_back(stamp: Stamp, partner: Id<Partner>, payout: Money, stage: Stage) -> Entry {
    assert!(stage != Stage::Pending, "what is earned beside conversions is never pending");
    let postings = side::take(partner, stage, Account::CommissionCost, payout);
    entry(stamp, Cause::new(EntryKind::Reverse), postings)
}

/// What was taken back, or more of it, is given where it lies now: past the hold it settles debt first.
pub fn beside_given_again(stamp: Stamp, partner: Id<Partner>, payout: Money, stage: Stage) -> Entry {
    assert!(stage != Stage::Pending, "what is earned beside conversions is never pending");
    let postings = side::give(partner, stage, Account::CommissionCost, payout);
    entry(stamp, Cause::new(EntryKind::Reinstate), postings)
}

/// Its hold is over: it becomes payable.
pub fn beside_locked(stamp: Stamp, partner: Id<Partner>, payout: Money) -> Entry {
    let owner = Owner::Partner(partner);
    let postings = side::transfer((Account::PartnerApproved, owner), (Account::PartnerPayable, owner), payout);
    entry(stamp, Cause::new(EntryKind::Lock), postings)
}
