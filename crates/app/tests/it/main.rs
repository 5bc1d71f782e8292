//! The one test binary of the product: every feature's stories, told through the public door.

#[path = "../../src/conversions/stories.rs"]
mod conversions;
#[path = "../../src/identity/stories.rs"]
mod identity;
#[path = "../../src/payouts/stories.rs"]
mod payouts;
#[path = "../../src/reports/stories.rs"]
mod reports;
#[path = "../../src/workspaces/stories.rs"]
mod workspaces;
