//! Money from advertisers.

use kernel::{Id, Money, id::Advertiser};

use super::{Stamp, entry, side};
use crate::{
    account::{Account, Owner},
    entry::{Cause, Entry, EntryKind, Posting},
};

/// An advertiser pays: first what it owes (`receivable_minor`, from its balance), the rest in advance.
pub fn advertiser_paid(stamp: Stamp, advertiser: Id<Advertiser>, amount: Money, receivable_minor: i64) -> Entry {
    let owner = Owner::Advertiser(advertiser);
    let settled = amount.minor.min(receivable_minor.max(0));
    let part =
        |account, minor| side::transfer((Account::Cash, owner), (account, owner), Money::new(minor, amount.currency));
    let postings =
        [part(Account::AdvertiserReceivable, settled), part(Account::AdvertiserPrepaid, amount.minor - settled)];
    entry(stamp, Cause::new(EntryKind::AdvertiserPaid), postings.concat())
}

/// What an advertiser paid in advance meets what it owes.
pub fn prepaid_used(stamp: Stamp, advertiser: Id<Advertiser>, amount: Money) -> Entry {
    let owner = Owner::Advertiser(advertiser);
    let places = ((Account::AdvertiserPrepaid, owner), (Account::AdvertiserReceivable, owner));
    entry(stamp, Cause::new(EntryKind::PrepaidUsed), side::transfer(places.0, places.1, amount))
}

/// What an advertiser paid in advance is given back.
pub fn advertiser_refunded(stamp: Stamp, advertiser: Id<Advertiser>, amount: Money) -> Entry {
    let owner = Owner::Advertiser(advertiser);
    let postings = side::transfer((Account::AdvertiserPrepaid, owner), (Account::Cash, owner), amount);
    entry(stamp, Cause::new(EntryKind::AdvertiserRefunded), postings)
}

/// The tax of an invoice; below nought it is that of a credit note.
pub fn vat(stamp: Stamp, advertiser: Id<Advertiser>, amount: Money) -> Entry {
    entry(stamp, Cause::new(EntryKind::Vat), charged_to(advertiser, Account::VatDue, amount))
}

/// The fee of a subscription; below nought it is what is given back of one.
pub fn subscription(stamp: Stamp, advertiser: Id<Advertiser>, amount: Money) -> Entry {
    let postings = charged_to(advertiser, Account::SubscriptionRevenue, amount);
    entry(stamp, Cause::new(EntryKind::Subscription), postings)
}

fn charged_to(advertiser: Id<Advertiser>, account: Account, amount: Money) -> Vec<Posting> {
    let receivable = (Account::AdvertiserReceivable, Owner::Advertiser(advertiser));
    let other = (account, Owner::None);
    match amount.minor.checked_neg() {
        Some(given_back) if given_back > 0 => {
            side::transfer(other, receivable, Money::new(given_back, amount.currency))
        }
        _ => side::transfer(receivable, other, amount),
    }
}
