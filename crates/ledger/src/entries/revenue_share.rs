//! What a partner earns from a month of its customers, beside the conversions that won them.

use kernel::{
    Id, Money,
    id::{Advertiser, Partner},
};

use super::{Stage, Stamp, entry, side};
use crate::{
    account::{Account, Owner},
    entry::{Cause, Entry, EntryKind},
};

/// One partner's month with one advertiser.
#[derive(Clone, Copy, Debug)]
pub struct MonthlyShare {
    pub partner: Id<Partner>,
    pub advertiser: Id<Advertiser>,
    /// What the partner earns.
    pub payout: Money,
    /// What the advertiser is charged.
    pub revenue: Money,
}

/// A month was closed: its share is approved.
pub fn share_earned(stamp: Stamp, share: &MonthlyShare) -> Entry {
    let payout = side::give(share.partner, Stage::Approved, Account::CommissionCost, share.payout);
    let receivable = (Account::AdvertiserReceivable, Owner::Advertiser(share.advertiser));
    let revenue = side::transfer(receivable, (Account::Revenue, Owner::None), share.revenue);
    entry(stamp, Cause::new(EntryKind::Approve), [payout, revenue].concat())
}

/// The hold of a closed month is over: its share becomes payable.
pub fn share_locked(stamp: Stamp, partner: Id<Partner>, payout: Money) -> Entry {
    let owner = Owner::Partner(partner);
    let postings = side::transfer((Account::PartnerApproved, owner), (Account::PartnerPayable, owner), payout);
    entry(stamp, Cause::new(EntryKind::Lock), postings)
}
