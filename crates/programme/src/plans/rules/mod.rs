//! Pricing: rules and a case in, an amount and the rule that won out. Pure.

#![deny(clippy::float_arithmetic)]

pub mod beside;
pub mod calendar;
pub mod card;
pub mod case;
#[cfg(test)]
mod cases;
pub mod check;
pub mod conditions;
mod cover;
pub mod effect;
pub mod lint;
pub mod needs;
pub mod own;
pub mod price;
pub mod rule;
#[cfg(test)]
mod tests;
pub mod text;
mod tiers;
pub mod versions;
pub mod words;

pub use beside::{Bonus, RecruiterShare, Reward, RewardRate, ShareBase};
pub use calendar::{LocalDate, LocalTime, Period};
pub use case::{Count, CustomerKind, Facts, Item, Paid, PriceCase, Totals};
pub use conditions::{AmountRange, Conditions, CountRange, DateRange};
pub use effect::{Effect, Metric, Rate, Recurring, RuleKind, Step, Tier, TierMode};
pub use needs::Needs;
pub use own::{ReadFor, own, own_bonuses};
pub use price::{
    How, Lost, LostBecause, NotApplying, Priced, beside, not_applying, price, rate, strongest_for, traffic_rates,
};
pub use rule::{Limit, LimitPer, Rule, RuleIn};
pub use versions::{Dated, PrivateRule, in_force, moments_of_change, private_rules, with_rate};
