//! Rewards that are not money: credit and points that rules of plans give beside the price of a conversion.
//!
//! [`follow`] goes behind the moves of conversions and makes what stands of each what the rule in force when it happened
//! gives now: held as coming while the conversion is pending, granted once it is approved, less by the part that was
//! refunded, nought once it is rejected, the other partner's once it was moved. [`redeem`] is how a partner gives
//! rewards up for something, [`hand`] how people give and take them, [`ledger`] the one way in which a balance changes,
//! [`prove`] compares all of it.
//!
//! Invariants: nothing here reads or writes money, and no money is ever made of a reward; entries are only added, each with
//! the balance it left; a balance is the sum of its entries, and what a conversion stands at is the sum of its own;
//! a partner redeems no more than it has, though what is taken back may leave it below nought.

pub mod api;
pub mod follow;
pub mod hand;
pub mod ledger;
pub mod model;
pub mod prove;
pub mod redeem;
pub mod redeem_api;
pub mod rules;
pub mod schema;
pub mod store;
