//! A conversion as a simulation sees it.

use std::collections::HashMap;

use kernel::{Id, Timestamp, id};

use crate::{
    attribution::rules::pay,
    conversions::rules::amounts,
    plans::rules::{Facts, LocalDate},
};

/// The tags of partners who have some.
pub type Tags = HashMap<Id<id::Partner>, Vec<String>>;

/// A conversion that somebody earned from.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    pub id: Id<id::Conversion>,
    pub goal_id: Id<id::Goal>,
    /// By whose rates it is priced.
    pub partner_id: Id<id::Partner>,
    pub event_at: Timestamp,
    /// Where not, it is only counted: it came before the window, in a period that reaches into it.
    pub in_window: bool,
    /// Worth something now.
    pub is_live: bool,
    pub sale_minor: i64,
    pub refund_minor: i64,
    /// What is charged for it now.
    pub revenue_minor: i64,
    pub customer: Option<Id<id::Customer>>,
    /// The day it happened, by the workspace's clock; absent where no rule counts.
    pub day: Option<LocalDate>,
    /// What the rules may look at, without what is counted.
    pub facts: Facts,
    /// What it was priced from, where that was kept.
    pub recorded: Option<Box<Facts>>,
    /// Who earns, the one who is credited first.
    pub shares: Vec<Share>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub partner_id: Id<id::Partner>,
    /// Part of the whole, times 10^8.
    pub part_e8: i64,
    /// What it is worth now.
    pub amount_minor: i64,
    /// The version that priced it; none where another system did.
    pub version: Option<Id<id::PlanVersion>>,
}

impl Past {
    /// With what it was priced from. What a rule could see then is taken from there, not from what is known now: a group or
    /// a tag may have changed since.
    pub fn seen_then(mut self, recorded: Option<Box<Facts>>) -> Self {
        self.recorded = recorded;
        if let Some(facts) = self.recorded.as_deref().filter(|_| self.is_as_recorded()) {
            let own = Facts { counts: Vec::new(), paid: Vec::new(), nth_order: None, ..facts.clone() };
            self.facts = Facts { customer_since: None, ..own };
        }
        self
    }

    /// With its partner's tags as they are now, where nobody kept those of then.
    pub fn tagged(mut self, tags: &Tags) -> Self {
        if let Some(tags) = tags.get(&self.partner_id).filter(|_| !self.is_as_recorded()) {
            self.facts.tags.clone_from(tags);
        }
        self
    }

    /// Whether all that rules could look at was kept: the plan then asked for more than amounts and counters.
    pub fn is_as_recorded(&self) -> bool {
        self.recorded.as_ref().is_some_and(|facts| facts.local.is_some())
    }

    /// What is left of a whole price.
    pub fn left(&self, full_minor: i64) -> i64 {
        if self.is_live { amounts::left_after_refund(full_minor, self.sale_minor, self.refund_minor) } else { 0 }
    }

    pub fn earnings_minor(&self) -> i64 {
        self.shares.iter().map(|share| share.amount_minor).sum()
    }

    /// Whether another system priced it.
    pub fn is_moved_in(&self) -> bool {
        self.shares.first().is_none_or(|share| share.version.is_none())
    }

    /// What each share of a whole price is worth, in the order of the shares.
    pub fn shared(&self, full_minor: i64) -> Vec<i64> {
        if self.shares.len() == 1 {
            return vec![self.left(full_minor)];
        }
        let parts: Vec<i64> = self.shares.iter().map(|share| share.part_e8).collect();
        let fulls = pay::split(full_minor, &parts);
        pay::split(self.left(full_minor), &fulls)
    }
}
