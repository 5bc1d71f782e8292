//! Who takes part and what is offered: the ground of the product, on a small platform.
//!
//! Reading order, and the only direction in which features call one another: who (`identity`, `workspaces`, `audit`)
//! → what (`currencies`, `advertisers`, `partners`, `plans`, `reward_units`, `offers`, `plan_drafts`, `caps`, `coupons`, `domains`,
//! `links`). What happened stands in the crate `outcomes`, what is owed and told in `app`.

use std::{
    ops::Deref,
    path::PathBuf,
    sync::{Arc, OnceLock, Weak},
};

pub mod advertisers;
pub mod audit;
pub mod caps;
pub mod coupons;
pub mod currencies;
pub mod domains;
pub mod identity;
pub mod links;
pub mod news;
pub mod offers;
pub mod partners;
pub mod plan_drafts;
pub mod plans;
pub mod platform;
pub mod reward_units;
pub mod workspaces;

use connect::{mail::Mailer, outgoing::Sender, probe::Prober};
use edge::{Edge, Routes, Trier};
use events::{ClickIndex, EventStore, ImportedClicks, Journal, Shipper};
use futures_core::future::BoxFuture;
use kernel::Ambient;
use platform::{Kept, Records, rate_limit::RateLimiter, secrets::Secrets};

/// A piece of work of a feature above, for those below that wait for it.
pub type KeepCalls = for<'a> fn(&'a App) -> BoxFuture<'a, anyhow::Result<()>>;

/// What an operator sets.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people reach the web application and the default tracking links, without a trailing slash.
    pub public_url: String,
    /// Sender of mail.
    pub mail_from: String,
    /// Landing pages and addresses may lie in private networks: for development only.
    pub allow_private_addresses: bool,
    /// Folder of block lists, text files with a host a line.
    pub domain_blocklists: Option<PathBuf>,
    /// A stand-in for PayPal: for trying out only.
    pub paypal_address: Option<String>,
    /// API requests one key or session may make in a minute.
    pub api_requests_per_minute: u32,
    /// Sign-in attempts one address may make in a minute.
    pub sign_ins_per_minute: u32,
}

/// Everything a handler or a job may reach.
pub struct AppParts {
    pub ambient: Ambient,
    pub records: Records,
    pub secrets: Secrets,
    pub mailer: Mailer,
    /// Who looks at tracking domains from outside.
    pub prober: Prober,
    /// Who makes requests to addresses that people typed.
    pub sender: Sender,
    pub settings: Settings,
    /// What the local edge knows; written by the route feed alone.
    pub routes: Routes,
    /// Says what the edge would do with a visitor.
    pub trier: Trier,
    pub journal: Arc<Journal>,
    pub click_index: ClickIndex,
    /// Clicks of other platforms.
    pub imported_clicks: ImportedClicks,
    /// Where uploaded exports lie until they have been imported.
    pub imports_folder: PathBuf,
    pub event_store: Arc<EventStore>,
    /// Where files of exports lie.
    pub exports_folder: PathBuf,
    pub shipper: Arc<Shipper>,
    /// What features of the crates above keep while the program runs.
    pub kept: Kept,
    /// How what the doors of receipts saw is brought into the records.
    pub keep_calls: KeepCalls,
    /// The local edge, once it is open.
    pub front: OnceLock<Weak<Edge>>,
    pub api_limiter: RateLimiter,
    pub sign_in_limiter: RateLimiter,
    /// Open as long as no workspace exists.
    pub setup: workspaces::setup::Door,
}

/// The shared handle; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<AppParts>);

impl App {
    pub fn new(parts: AppParts) -> Self {
        Self(Arc::new(parts))
    }

    /// Puts every change of routes committed so far in force at the local edge.
    pub async fn catch_up_routes(&self) -> anyhow::Result<()> {
        links::feed::catch_up(self).await
    }

    /// The local edge, as long as it is open.
    pub fn edge(&self) -> Option<Arc<Edge>> {
        self.front.get().and_then(Weak::upgrade)
    }

    /// Brings what the doors of receipts saw into the records.
    pub async fn keep_calls(&self) -> anyhow::Result<()> {
        (self.keep_calls)(self).await
    }

    /// A handle that does not keep the application alive.
    pub fn downgrade(&self) -> WeakApp {
        WeakApp(Arc::downgrade(&self.0))
    }
}

impl Deref for App {
    type Target = AppParts;
    fn deref(&self) -> &AppParts {
        &self.0
    }
}

/// Reaches the application as long as somebody else holds it: for tasks that it owns itself.
#[derive(Clone)]
pub struct WeakApp(Weak<AppParts>);

impl WeakApp {
    pub fn upgrade(&self) -> Option<App> {
        self.0.upgrade().map(App)
    }
}
