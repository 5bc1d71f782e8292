//! What happened: conversions with their partner, price and state, and what explains, tries and checks them.
//!
//! Reading order, and the only direction in which features call one another: `attribution`, `conversions`,
//! `simulations`, `reprices`, `bump_requests`, `results`, `explain`, `doctor`. The features of `programme` stand below
//! and are named here as if they were of this crate.

pub mod attribution;
pub mod bump_requests;
pub mod conversions;
pub mod doctor;
pub mod explain;
pub mod reprices;
pub mod results;
pub mod simulations;

pub use programme::{
    App, AppParts, KeepCalls, Settings, WeakApp, advertisers, audit, caps, coupons, currencies, domains, identity,
    links, news, offers, partners, plan_drafts, plans, platform, reward_units, workspaces,
};
