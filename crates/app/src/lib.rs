//! The product: features as vertical folders on a small platform.
//!
//! Reading order, and the only direction in which features call one another: who (`identity`, `workspaces`, `audit`)
//! → what (`currencies`, `advertisers`, `partners`, `plans`, `offers`, `plan_drafts`, `caps`, `coupons`, `domains`,
//! `links`) → what happened (`attribution`, `conversions`, `simulations`, `reprices`, `bump_requests`, `results`,
//! `explain`, `doctor`) → what is owed (`adjustments`, `placements`, `programme_costs`, `manager_bonuses`, `payouts`,
//! `book`) → what is told (`reports`, `exports`, `search`, `postbacks`) → who moves in (`imports`).

use std::{
    ops::Deref,
    path::PathBuf,
    sync::{Arc, OnceLock, Weak},
};

pub mod accruals;
pub mod adjustments;
pub mod advertisers;
pub mod attribution;
pub mod audit;
pub mod book;
pub mod bump_requests;
pub mod caps;
pub mod conversions;
pub mod coupons;
pub mod currencies;
pub mod doctor;
pub mod domains;
pub mod explain;
pub mod exports;
pub mod identity;
pub mod imports;
pub mod jobs;
pub mod links;
pub mod manager_bonuses;
pub mod news;
pub mod offers;
pub mod partners;
pub mod payouts;
pub mod placements;
pub mod plan_drafts;
pub mod plans;
pub mod platform;
pub mod postbacks;
pub mod programme_costs;
pub mod reports;
pub mod reprices;
pub mod results;
pub mod routes;
pub mod search;
pub mod simulations;
pub mod workspaces;

use connect::{mail::Mailer, outgoing::Sender, probe::Prober};
use edge::{Edge, Routes, Trier};
use events::{ClickIndex, EventStore, ImportedClicks, Journal, Shipper};
use kernel::Ambient;
use platform::{Records, rate_limit::RateLimiter, secrets::Secrets};

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
    /// What is being told to others.
    pub courier: postbacks::Courier,
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
    /// Where receipts are decided, once the decider has been started.
    pub desk: conversions::decider::Desk,
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

    /// As [`catch_up_routes`](Self::catch_up_routes), from a snapshot that may be old.
    pub async fn start_routes(&self) -> anyhow::Result<()> {
        links::feed::start(self).await
    }

    /// Has the edge begin to count caps on clicks and views, from what was counted before.
    pub async fn open_caps(&self) -> anyhow::Result<()> {
        caps::edge_counts::open(self).await
    }

    /// The local edge, as long as it is open.
    pub fn edge(&self) -> Option<Arc<Edge>> {
        self.front.get().and_then(Weak::upgrade)
    }

    /// Brings what the doors of receipts saw into the records.
    pub async fn keep_calls(&self) -> anyhow::Result<()> {
        doctor::keep::keep(self).await
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
