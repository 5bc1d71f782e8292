//! What can happen to money, one pure constructor each. Nothing here reads or writes the book.
//!
//! | what happened | debit | credit |
//! | --- | --- | --- |
//! | hold | pending_cost, pending_receivable | partner_pending, pending_revenue |
//! | release | partner_pending, pending_revenue | pending_cost, pending_receivable |
//! | approve | the hold is released; commission_cost, advertiser_receivable | partner_approved, revenue |
//! | lock | partner_approved | partner_payable |
//! | reverse | partner_approved, partner_payable or partner_debt; revenue | commission_cost; advertiser_receivable |
//! | reinstate | commission_cost; advertiser_receivable | partner_approved, partner_debt or partner_payable; revenue |
//! | month closed, traffic posted, bonus | commission_cost, advertiser_receivable | partner_approved, revenue |
//! | batch | partner_payable | in_transit |
//! | paid | in_transit | cash |
//! | failed | in_transit | partner_payable |
//! | returned | cash | partner_payable |
//! | debt offset | partner_payable | partner_debt |
//! | advertiser paid | cash | advertiser_receivable, then advertiser_prepaid |
//! | prepaid used | advertiser_prepaid | advertiser_receivable |
//! | prepaid given back | advertiser_prepaid | cash |
//! | subscription fee | advertiser_receivable | subscription_revenue (given back the other way) |
//! | tax of an invoice | advertiser_receivable | vat_due (of a credit note the other way) |
//! | adjustment | adjustments | partner_approved, or partner_debt then partner_payable (a clawback the other way) |
//! | placement | placements | partner_debt, then partner_payable (taken back the other way) |
//! | tax withheld | partner_payable | tax_withheld (of a payout that failed the other way) |
//! | fee | partner_payable, or fees where the workspace bears it | fees, or cash (of a payout that failed the other way) |
//! | exchange | partner_payable in one currency, exchange in the other | exchange, partner_payable |
//! | opening | opening_equity, partner_debt or advertiser_receivable | partner_payable, advertiser_prepaid or opening_equity |
//!
//! Postings of nought are left out. Amounts are not negative unless a constructor says so; a negative one makes an
//! entry that [`crate::Entry::check`] refuses.

mod advertiser;
mod beside;
mod correction;
mod earning;
mod opening;
mod payout;
mod side;

use kernel::{
    Id, Money, Timestamp,
    id::{Advertiser, BookEntry, Commission, Conversion, Partner, Payout},
};

pub use advertiser::{advertiser_paid, advertiser_refunded, prepaid_used, subscription, vat};
pub use beside::{BesideEarning, beside_earned, beside_given_again, beside_locked, beside_taken_back};
pub use correction::{
    adjust, exchange, fee_given_back, fee_of_partner, fee_of_workspace, place, tax_given_back, tax_withheld,
};
pub use earning::{approve, approve_at_once, hold, lock, reassign, reinstate, release, reprice, reverse};
pub use opening::{Opening, closed, opened};
pub use payout::{batch, debt_offset, failed, paid, returned};

use crate::{
    balance::Standing,
    entry::{Cause, Entry, Posting},
};

/// The id and the moment of a new entry. Ids come from the caller, so that a retry is safe.
#[derive(Clone, Copy, Debug)]
pub struct Stamp {
    pub id: Id<BookEntry>,
    pub at: Timestamp,
}

/// One commission of a conversion and what the advertiser is charged with it.
///
/// A conversion with several commissions has one `Earning` each; its revenue goes with one of them and is nought in
/// the others.
#[derive(Clone, Copy, Debug)]
pub struct Earning {
    pub conversion: Id<Conversion>,
    pub commission: Id<Commission>,
    pub partner: Id<Partner>,
    pub advertiser: Id<Advertiser>,
    /// What the partner earns.
    pub payout: Money,
    /// What the advertiser is charged.
    pub revenue: Money,
}

/// Where a commission's money lies now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Held: the conversion is pending.
    Pending,
    /// Approved, not yet locked.
    Approved,
    /// Locked, not in a batch. What is taken comes from the payable part of the partner's standing, beyond it from
    /// debt; what is given settles debt first.
    Locked(Standing),
    /// In transit or paid. What is taken becomes debt; what is given settles debt first, then is payable.
    Sent(Standing),
}

/// An amount of one payout.
#[derive(Clone, Copy, Debug)]
pub struct Transfer {
    pub payout: Id<Payout>,
    pub partner: Id<Partner>,
    pub amount: Money,
}

fn entry(stamp: Stamp, cause: Cause, postings: Vec<Posting>) -> Entry {
    Entry { id: stamp.id, cause, at: stamp.at, postings }
}
