//! What advertisers pay for being on the platform, beside what conversions cost: plans, subscriptions, reminders.
//!
//! A plan has a price for a month, a quarter or a year, and days of trial. An advertiser has one subscription that runs. Each
//! period is charged in advance, on its first day by the workspace's clock, as an entry of the book that stands on the next
//! invoice ([`crate::billing::fees`]). An invoice with such a fee that is not paid is reminded of; then the subscription
//! is paused, and the advertiser's offers stop as they do when a balance runs out.
//!
//! Invariants: a period is charged once, whoever asks and how often; a price that was agreed changes only at a period's
//! begin, and only where staff says so; changes within a period never cost more than its dearest plan does whole; nothing is
//! charged while it is paused; one reminder a day, each once for an invoice; an advertiser sees its own alone.

pub mod api;
pub mod dunning;
pub mod entity;
pub mod letters;
pub mod life;
pub mod plans;
pub mod plans_api;
pub mod rules;
pub mod run;
pub mod schema;
pub mod shapes;
pub mod store;
pub mod terms;
