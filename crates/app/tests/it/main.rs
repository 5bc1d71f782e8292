//! The one test binary of the product: every feature's stories, told through the public door.

#[path = "../../src/accruals/stories.rs"]
mod accruals;
#[path = "../../src/adjustments/stories.rs"]
mod adjustments;
#[path = "../../../programme/src/advertisers/stories.rs"]
mod advertisers;
#[path = "../../src/alerts/stories.rs"]
mod alerts;
#[path = "../../src/billing/stories.rs"]
mod billing;
#[path = "../../src/bonuses/stories.rs"]
mod bonuses;
#[path = "../../src/book/stories.rs"]
mod book;
#[path = "../../../outcomes/src/bump_requests/stories.rs"]
mod bump_requests;
#[path = "../../../programme/src/caps/stories.rs"]
mod caps;
#[path = "../../../outcomes/src/conversions/stories.rs"]
mod conversions;
#[path = "../../../programme/src/coupons/stories.rs"]
mod coupons;
#[path = "../../../programme/src/currencies/stories.rs"]
mod currencies;
#[path = "../../src/disputes/stories.rs"]
mod disputes;
#[path = "../../../outcomes/src/doctor/stories.rs"]
mod doctor;
#[path = "../../../programme/src/domains/stories.rs"]
mod domains;
#[path = "../../../outcomes/src/explain/stories.rs"]
mod explain;
#[path = "../../src/exports/stories.rs"]
mod exports;
#[path = "../../../programme/src/identity/stories.rs"]
mod identity;
#[path = "../../src/imports/stories.rs"]
mod imports;
#[path = "../../../programme/src/links/stories.rs"]
mod links;
#[path = "../../src/manager_bonuses/stories.rs"]
mod manager_bonuses;
#[path = "../../../programme/src/offers/stories.rs"]
mod offers;
#[path = "../../src/own_invoices/stories.rs"]
mod own_invoices;
#[path = "../../src/papers/stories.rs"]
mod papers;
#[path = "../../../programme/src/partners/stories.rs"]
mod partners;
#[path = "../../src/payday/stories.rs"]
mod payday;
#[path = "../../src/payout_requirements/stories.rs"]
mod payout_requirements;
#[path = "../../src/payouts/stories.rs"]
mod payouts;
mod permissions;
#[path = "../../src/placements/stories.rs"]
mod placements;
#[path = "../../../programme/src/plan_drafts/stories.rs"]
mod plan_drafts;
#[path = "../../src/postbacks/stories.rs"]
mod postbacks;
#[path = "../../src/programme_costs/stories.rs"]
mod programme_costs;
#[path = "../../src/reconciliation/stories.rs"]
mod reconciliation;
#[path = "../../src/recruitment/stories.rs"]
mod recruitment;
#[path = "../../src/reports/stories.rs"]
mod reports;
#[path = "../../../outcomes/src/reprices/stories.rs"]
mod reprices;
#[path = "../../../outcomes/src/results/stories.rs"]
mod results;
#[path = "../../../programme/src/reward_units/stories.rs"]
mod reward_units;
#[path = "../../src/rewards/stories.rs"]
mod rewards;
#[path = "../../src/scrubs/stories.rs"]
mod scrubs;
#[path = "../../src/search/stories.rs"]
mod search;
#[path = "../../../outcomes/src/simulations/stories.rs"]
mod simulations;
mod structure;
#[path = "../../src/subscriptions/stories.rs"]
mod subscriptions;
#[path = "../../src/tax_forms/stories.rs"]
mod tax_forms;
#[path = "../../../programme/src/workspaces/stories.rs"]
mod workspaces;
