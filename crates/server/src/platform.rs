//! Composition: which part is given to which.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use anyhow::Context as _;
use app::{
    App, AppParts, Settings,
    caps::edge_counts,
    conversions::{
        decider::{self, Decider, Desk, IndexedClicks},
        facts::OutboxFacts,
    },
    doctor::keep,
    jobs::Jobs,
    links::feed,
    migrations::Migrator,
    platform::{
        Kept, Records, jobs, planner,
        rate_limit::{Limit, RateLimiter},
        records,
        secrets::Secrets,
    },
    postbacks::courier,
    workspaces::setup::Door,
};
use connect::{mail::Mailer, outgoing::Sender, probe::Prober};
use edge::{ClickIdMint, ClickKeys, Edge, EdgeOptions, Routes, Trier, network::Network, redirect::Places};
use events::{
    ClickIndex, EventStore, ImportedClicks, Journal, JournalOptions, Shipper, StoreOptions, clicks::Retention,
    shipper::ShipperParts,
};
use kernel::{Ambient, time::MINUTE_MS};
use sea_orm_migration::MigratorTrait as _;
use tokio::runtime::Handle;

use crate::{config::Config, data_folder::DataFolder, health::Health};

/// Of 16 nodes that draw click ids; an installation of one process is the first.
const EDGE_NODE: u8 = 0;
const REPORTS_AT_ONCE: usize = 2;
const REPORT_TIME_LIMIT: Duration = Duration::from_secs(30);

/// A whole installation, open. Cheap to clone; the stores close with the last clone.
#[derive(Clone)]
pub struct Platform(Arc<Parts>);

pub struct Parts {
    config: Config,
    folder: DataFolder,
    app: App,
    edge: Arc<Edge>,
    last_snapshot: Mutex<u64>,
}

/// What differs between a server, a test and the demo's filling.
#[derive(Clone)]
pub struct Surroundings {
    pub ambient: Ambient,
    pub mailer: Mailer,
    pub prober: Prober,
    pub sender: Sender,
    pub journal: JournalOptions,
    /// Whether records wait for the disk. Only the demo's filling, which can be done again, does not.
    pub durable_records: bool,
}

impl Platform {
    /// Opens every store, migrates the records, recovers what a crash left. Nothing listens yet.
    pub async fn open(config: Config, around: Surroundings) -> anyhow::Result<Self> {
        let folder = DataFolder::own(&config.data)?;
        let ambient = around.ambient.clone();
        let secrets = open_secrets(&config, &folder, &ambient)?;
        let records = Records::open(&config.records_url, around.durable_records).await?;
        let migrated = migrate(&records).await?;
        let journal = Arc::new(Journal::open(&folder.journal(), around.journal, ambient.clock.clone())?);
        let places = Arc::new(Places::load(&config.geo_folder));
        let click_index = ClickIndex::open(&folder.clicks())?;
        let imported_clicks = ImportedClicks::open(&folder.imported_clicks())?;
        let event_store = Arc::new(EventStore::open(&folder.event_store(), store_options(&config))?);
        let facts = Arc::new(OutboxFacts::new(records.clone(), Handle::current()));
        let shipper = Shipper::start(ShipperParts {
            journal: journal.clone(),
            index: click_index.clone(),
            store: event_store.clone(),
            facts,
            clock: ambient.clock.clone(),
            retention: Retention { keep_days: config.keep_clicks_days, keep_ip_days: config.keep_ip_days },
        })?;
        let app = App::new(AppParts {
            settings: settings(&config),
            exports_folder: folder.exports(),
            api_limiter: per_minute(config.api_requests_per_minute),
            sign_in_limiter: per_minute(config.sign_ins_per_minute),
            routes: load_routes(&folder.routes()),
            trier: Trier::new(places.clone())?,
            mailer: around.mailer,
            prober: around.prober,
            sender: around.sender,
            shipper: Arc::new(shipper),
            kept: Kept::default(),
            keep_calls: |app| Box::pin(keep::keep(app)),
            front: OnceLock::new(),
            setup: Door::default(),
            ambient,
            records,
            secrets,
            journal,
            click_index,
            imported_clicks,
            imports_folder: folder.imports(),
            event_store,
        });
        if migrated {
            feed::start(&app).await.context("bring the route table up to date")?;
        }
        edge_counts::open(&app).await.context("count what caps on clicks have seen")?;
        let edge = Arc::new(open_edge(&config, &folder, &app, places)?);
        // Set once, right after both are made.
        let _ = app.front.set(Arc::downgrade(&edge));
        let last_snapshot = Mutex::new(0);
        Ok(Self(Arc::new(Parts { config, folder, app, edge, last_snapshot })))
    }

    pub fn app(&self) -> &App {
        &self.0.app
    }

    pub fn edge(&self) -> &Arc<Edge> {
        &self.0.edge
    }

    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub fn data(&self) -> &Path {
        self.0.folder.path()
    }

    pub fn folder(&self) -> &DataFolder {
        &self.0.folder
    }

    pub fn health(&self) -> Health {
        Health { app: self.app().clone(), event_store: self.app().event_store.clone() }
    }

    /// Everything that is not the edge: API, documentation, static files, health.
    pub fn router(&self) -> axum::Router {
        let (api, document) = app::routes::router(self.app().clone());
        api.merge(crate::web::router(document, self.health(), self.app().ambient.clone()))
    }

    /// Address under which people reach this installation.
    pub fn listen_address(&self) -> SocketAddr {
        SocketAddr::new(self.config().listen, self.config().port)
    }

    /// Waits until journal, outbox and due jobs are empty: what was told is decided, booked and in the reports.
    pub async fn settle(&self) -> anyhow::Result<()> {
        loop {
            if let Some(decider) = decider::of(self.app()) {
                decider.settle().await;
            }
            let ran = jobs::tick(&self.app().records, &self.app().ambient, &Jobs(self.app())).await?;
            self.app().shipper.settle().await?;
            let told = courier::settle(self.app()).await?;
            if ran + told == 0 {
                return Ok(());
            }
        }
    }

    /// Runs due jobs once; says how many ran.
    pub async fn tick(&self) -> anyhow::Result<usize> {
        jobs::tick(&self.app().records, &self.app().ambient, &Jobs(self.app())).await
    }

    /// Migrates and catches up where records were away at the start.
    pub async fn recover_records(&self) -> anyhow::Result<()> {
        if migrate(&self.app().records).await? {
            feed::start(self.app()).await?;
        }
        Ok(())
    }

    /// Writes the route table down where it has changed since the last time; true where it had.
    pub fn snapshot_routes(&self) -> anyhow::Result<bool> {
        let mut last = self.0.last_snapshot.lock().expect("never held across a panic");
        let changed = *last != self.app().routes.sequence();
        if changed {
            *last = self.app().routes.snapshot_to(&self.0.folder.routes())?;
        }
        Ok(changed)
    }

    /// Makes a new key for click ids; it signs from the next start on.
    pub fn rotate_click_keys(&self) -> anyhow::Result<()> {
        Ok(ClickKeys::rotate(&self.data().join("keys"), &self.app().ambient)?)
    }

    /// Stops the decider and the shipper after the work in hand.
    pub async fn close(&self) -> anyhow::Result<()> {
        courier::rest(self.app()).await;
        self.app().shipper.stop();
        self.snapshot_routes().map(drop)
    }
}

fn open_secrets(config: &Config, folder: &DataFolder, ambient: &Ambient) -> anyhow::Result<Secrets> {
    if config.master_key.is_empty() {
        return Secrets::open(folder.path(), ambient);
    }
    Secrets::from_hex(&config.master_key)
}

/// Runs the migrations; `false` where the records cannot be reached now.
async fn migrate(records: &Records) -> anyhow::Result<bool> {
    match Migrator::up(records.writer(), None).await {
        Ok(()) => {
            planner::inform(records).await.context("tell the planner of the records")?;
            Ok(true)
        }
        Err(error) if records::is_unavailable(&error) => {
            tracing::error!(%error, "records cannot be reached; redirects go on, the rest waits");
            Ok(false)
        }
        Err(error) => Err(error).context("migrate the records"),
    }
}

fn store_options(config: &Config) -> StoreOptions {
    StoreOptions {
        memory_limit_mb: u32::try_from(config.event_store_memory_mb).unwrap_or(u32::MAX),
        threads: cores() as u32,
        readers: REPORTS_AT_ONCE,
        time_limit: REPORT_TIME_LIMIT,
    }
}

fn settings(config: &Config) -> Settings {
    let public_url = if config.public_url.is_empty() {
        format!("http://{}", SocketAddr::new(config.listen, config.port))
    } else {
        config.public_url.clone()
    };
    Settings {
        public_url,
        mail_from: config.mail_from.clone(),
        allow_private_addresses: config.allow_private_addresses,
        domain_blocklists: Some(config.domain_blocklists.clone()).filter(|folder| !folder.as_os_str().is_empty()),
        paypal_address: Some(config.paypal_address.clone()).filter(|address| !address.is_empty()),
        api_requests_per_minute: config.api_requests_per_minute,
        sign_ins_per_minute: config.sign_ins_per_minute,
    }
}

fn per_minute(requests: u32) -> RateLimiter {
    RateLimiter::new(Limit { requests, window_ms: MINUTE_MS })
}

/// The snapshot, or an empty table that the feed fills from records.
fn load_routes(path: &Path) -> Routes {
    Routes::load(path).unwrap_or_else(|error| {
        if path.exists() {
            tracing::warn!(%error, "the route snapshot is unreadable; rebuilding it from records");
        }
        Routes::default()
    })
}

fn open_edge(config: &Config, folder: &DataFolder, app: &App, places: Arc<Places>) -> anyhow::Result<Edge> {
    let mint = ClickIdMint::open(&folder.path().join("keys"), EDGE_NODE, &app.ambient)?;
    let proxies = config.trusted_proxies.iter().map(|text| text.parse::<Network>().map_err(anyhow::Error::msg));
    let options = EdgeOptions {
        threads: if config.edge_threads == 0 { cores() as u16 } else { config.edge_threads as u16 },
        places,
        trusted_proxies: proxies.collect::<anyhow::Result<_>>().context("read trusted_proxies")?,
    };
    let clicks = IndexedClicks {
        keys: mint.keys().clone(),
        index: app.click_index.clone(),
        imported: app.imported_clicks.clone(),
        shipper: app.shipper.clone(),
    };
    let decider = Decider::start(app, Arc::new(clicks));
    Desk::seat(app, decider.clone());
    let door = Arc::new(decider);
    Edge::open(options, app.routes.clone(), app.journal.clone(), mint, door, app.ambient.clone())
}

pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
