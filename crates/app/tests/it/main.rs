//! The one test binary of the product: every feature's stories, told through the public door.

#[path = "../../src/accruals/stories.rs"]
mod accruals;
#[path = "../../src/adjustments/stories.rs"]
mod adjustments;
#[path = "../../src/advertisers/stories.rs"]
mod advertisers;
#[path = "../../src/book/stories.rs"]
mod book;
#[path = "../../src/bump_requests/stories.rs"]
mod bump_requests;
#[path = "../../src/caps/stories.rs"]
mod caps;
#[path = "../../src/conversions/stories.rs"]
mod conversions;
#[path = "../../src/coupons/stories.rs"]
mod coupons;
#[path = "../../src/currencies/stories.rs"]
mod currencies;
#[path = "../../src/doctor/stories.rs"]
mod doctor;
#[path = "../../src/domains/stories.rs"]
mod domains;
#[path = "../../src/explain/stories.rs"]
mod explain;
#[path = "../../src/exports/stories.rs"]
mod exports;
#[path = "../../src/identity/stories.rs"]
mod identity;
#[path = "../../src/imports/stories.rs"]
mod imports;
#[path = "../../src/links/stories.rs"]
mod links;
#[path = "../../src/manager_bonuses/stories.rs"]
mod manager_bonuses;
#[path = "../../src/offers/stories.rs"]
mod offers;
#[path = "../../src/partners/stories.rs"]
mod partners;
#[path = "../../src/payouts/stories.rs"]
mod payouts;
mod permissions;
#[path = "../../src/placements/stories.rs"]
mod placements;
#[path = "../../src/plan_drafts/stories.rs"]
mod plan_drafts;
#[path = "../../src/postbacks/stories.rs"]
mod postbacks;
#[path = "../../src/programme_costs/stories.rs"]
mod programme_costs;
#[path = "../../src/reports/stories.rs"]
mod reports;
#[path = "../../src/reprices/stories.rs"]
mod reprices;
#[path = "../../src/results/stories.rs"]
mod results;
#[path = "../../src/search/stories.rs"]
mod search;
#[path = "../../src/simulations/stories.rs"]
mod simulations;
mod structure;
#[path = "../../src/workspaces/stories.rs"]
mod workspaces;
