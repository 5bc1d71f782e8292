//! Both plans of an offer as a text: a line a rule, for review, export and typing. It round-trips without loss.
//!
//! ```text
//! earnings
//! 12.5% ; goal sale ; groups gold, "top partners" ; countries DE, AT ; limit 50.00 per customer per month
//! tier conversions marginal month: 0 8%, 50 10% ; goal sale
//! 0.0035 per click ; countries PL
//! 1.2 per thousand views
//! bonus conversions month: 50 100.00 ; goal sale
//! recruiter 1 5% of payout for 12 months
//! reward 50 POINTS ; goal sale
//! revenue
//! 14% ; goal sale
//! ```

mod read;
#[cfg(test)]
mod tests;
mod write;

use kernel::{Id, id};

pub use read::{Read, rate_of, read};
pub use write::{amount_text, rate_text, write, write_side};

/// What stands above the rules of each side.
const EARNINGS: &str = "earnings";
const REVENUE: &str = "revenue";
/// What follows a rate of traffic.
const PER_CLICK: &str = " per click";
const PER_THOUSAND: &str = " per thousand views";
/// What follows a reward for each whole unit of the sale amount.
const PER_WHOLE: &str = " per whole";

/// What a text calls things, and how it writes amounts.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub goals: Vec<(Id<id::Goal>, String)>,
    /// Decimals of the offer's currency.
    pub decimals: u32,
}

impl Names {
    pub fn goal(&self, name: &str) -> Option<Id<id::Goal>> {
        let named = self.goals.iter().find(|(id, known)| known.eq_ignore_ascii_case(name) || id.to_string() == name);
        named.map(|(id, _)| *id)
    }

    pub fn goal_name(&self, goal: Id<id::Goal>) -> Option<&str> {
        self.goals.iter().find(|(id, _)| *id == goal).map(|(_, name)| name.as_str())
    }
}
