//! The product: what is owed, what is told and who moves in, on all that the crates below know.
//!
//! Reading order, and the only direction in which features call one another: who and what (the crate `programme`) →
//! what happened (the crate `outcomes`) → what is owed (`accruals`, `bonuses`, `rewards`, `adjustments`, `placements`, `programme_costs`,
//! `manager_bonuses`, `billing`, `subscriptions`, `billing_details`, `partner_files`, `tax_forms`, `payout_requirements`, `own_invoices`, `payouts`, `book`,
//! `papers`, `reconciliation`, `scrubs`, `disputes`, `payday`) → what is told (`reports`, `exports`, `search`, `postbacks`, `alerts`) → who moves in
//! (`imports`). Features of the crates below are named here as if they were of this crate.

pub mod accruals;
pub mod adjustments;
pub mod alerts;
pub mod billing;
pub mod billing_details;
pub mod bonuses;
pub mod book;
pub mod disputes;
pub mod exports;
pub mod imports;
pub mod jobs;
pub mod manager_bonuses;
pub mod migrations;
pub mod own_invoices;
pub mod papers;
pub mod partner_files;
pub mod payday;
pub mod payout_requirements;
pub mod payouts;
pub mod placements;
pub mod postbacks;
pub mod programme_costs;
pub mod reconciliation;
pub mod recruitment;
pub mod reports;
pub mod rewards;
pub mod routes;
pub mod scrubs;
pub mod search;
pub mod subscriptions;
pub mod tax_forms;

pub use outcomes::{
    App, AppParts, KeepCalls, Settings, WeakApp, advertisers, attribution, audit, bump_requests, caps, conversions,
    coupons, currencies, doctor, domains, explain, identity, links, news, offers, partners, plan_drafts, plans,
    platform, reprices, results, reward_units, simulations, workspaces,
};
