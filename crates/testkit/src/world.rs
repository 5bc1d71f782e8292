//! The world of a story.

use std::{net::IpAddr, sync::Arc};

use app::{
    book::proof,
    explain,
    identity::{
        Place, Role,
        people::{self, NewUser},
    },
    platform::jobs,
    workspaces::{self, NewWorkspace},
};
use connect::{
    mail::{FakeMailbox, Mail, Mailer},
    outgoing::{FakeReceivers, Sender},
    probe::{FakeHosts, Prober},
};
use edge::EdgeRequest;
use events::JournalOptions;
use kernel::{
    Ambient, Currency, Id, Tenant, Timestamp,
    ambient::SeededChance,
    id,
    time::{DAY_MS, MovableClock},
};
use reqwest::{Client, redirect};
use serde_json::{Value, json};
use server::{Config, Platform, Running, Surroundings};
use tempfile::TempDir;
use tokio::runtime::Handle;

use crate::{
    Caller, Reply,
    database::OwnDatabase,
    node::{Node, Orders, small_journal},
    remembered,
};

/// The moment a world begins unless said: a Monday in winter time.
const BEGINNING: &str = "2026-02-02T09:00:00Z";

/// Of all that a world draws.
const SEED: u64 = 7;

/// What a story wants different.
#[derive(Default)]
pub struct WorldOptions {
    /// Clicks and receipts that find no room: the story of a full disk.
    pub disk_limit: Option<Arc<events::journal::disk::DiskLimit>>,
    /// No workspace yet: the story of a first start. `tenant` and `manager` are nobody's.
    pub bare: bool,
    /// No mail server is set.
    pub without_mail: bool,
    /// Settings in place of the defaults, as in `tributary.toml`.
    pub settings: toml::Table,
}

/// A running platform with one workspace, its owner and a manager.
pub struct World {
    pub clock: MovableClock,
    pub mailbox: FakeMailbox,
    /// What is to be seen of tracking domains from outside.
    pub hosts: FakeHosts,
    pub tenant: Tenant,
    /// Whoever is told by postback or webhook.
    pub receivers: FakeReceivers,
    /// The workspace's.
    pub postback_token: String,
    /// Holds a manager's key with every scope.
    pub manager: Caller,
    running: Option<Running>,
    flags: toml::Table,
    around: Surroundings,
    database: Option<OwnDatabase>,
    folder: TempDir,
    nodes: u64,
}

impl World {
    /// A fresh world: workspace *Riverside* in Europe/Warsaw, reporting in EUR.
    pub async fn new() -> Self {
        Self::with(WorldOptions::default()).await
    }

    pub async fn with(options: WorldOptions) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = OwnDatabase::create().await;
        let clock = MovableClock::starting_at(Timestamp::parse(BEGINNING).expect("valid"));
        let mailbox = FakeMailbox::default();
        let hosts = FakeHosts::default();
        let receivers = FakeReceivers::default();
        let flags = flags(&folder, database.as_ref(), options.settings);
        let around = Surroundings {
            ambient: Ambient::new(Arc::new(clock.clone()), Arc::new(SeededChance::from_number(SEED))),
            prober: Prober::Fake(hosts.clone()),
            sender: Sender::Fake(receivers.clone()),
            mailer: if options.without_mail { Mailer::Log } else { Mailer::Fake(mailbox.clone()) },
            journal: JournalOptions { disk_limit: options.disk_limit, ..small_journal() },
            durable_records: true,
        };
        let running = start(&flags, &around).await;
        let platform = running.platform().clone();
        let (tenant, postback_token, key) = if options.bare {
            (Tenant(Id::from_u128(0)), String::new(), String::new())
        } else {
            let (tenant, postback_token) = workspace(&platform, "Riverside").await;
            let key = member(&platform, tenant, "manager@riverside.example", Place::staff(Role::Manager)).await;
            (tenant, postback_token, key)
        };
        let manager = Caller { http: client(), base: running.url(), key: Some(key) };
        let world = Self {
            clock,
            mailbox,
            hosts,
            receivers,
            tenant,
            postback_token,
            manager,
            running: Some(running),
            flags,
            around,
            database,
            folder,
            nodes: 0,
        };
        world.catch_up().await;
        world
    }

    pub fn platform(&self) -> &Platform {
        self.running.as_ref().expect("the world runs").platform()
    }

    pub fn now(&self) -> Timestamp {
        self.around.ambient.now()
    }

    /// Someone without a key.
    pub fn nobody(&self) -> Caller {
        Caller { key: None, ..self.manager.clone() }
    }

    /// A caller with another key.
    pub fn caller(&self, key: &str) -> Caller {
        Caller { key: Some(key.to_owned()), ..self.manager.clone() }
    }

    /// A new member of the workspace with a key of every scope.
    pub async fn member(&self, role: Role) -> Caller {
        let email = format!("{}@riverside.example", serde_json::to_value(role).expect("plain").as_str().expect("text"));
        let email = if role == Role::Manager { "manager2@riverside.example".to_owned() } else { email };
        self.member_at(&email, Place::staff(role)).await
    }

    /// A new member with a place of the story's choosing.
    pub async fn member_at(&self, email: &str, place: Place) -> Caller {
        self.caller(&member(self.platform(), self.tenant, email, place).await)
    }

    /// A member of a partner's team, with a key.
    pub async fn partner_member(&self, partner: &str) -> Caller {
        let partner: Id<id::Partner> = partner.parse().expect("a partner id");
        let place = Place::partner(partner);
        self.member_at(&format!("{}@partner.example", partner.as_u128()), place).await
    }

    /// A member of an advertiser, with a key.
    pub async fn advertiser_member(&self, advertiser: &str) -> Caller {
        let advertiser: Id<id::Advertiser> = advertiser.parse().expect("an advertiser id");
        let place = Place::advertiser(advertiser);
        self.member_at(&format!("{}@advertiser.example", advertiser.as_u128()), place).await
    }

    /// A manager of another workspace of the same installation, and that workspace's postback token.
    pub async fn other_workspace(&self) -> (Caller, String) {
        let (tenant, token) = workspace(self.platform(), "Elsewhere").await;
        let place = Place::staff(Role::Manager);
        let key = member(self.platform(), tenant, "manager@elsewhere.example", place).await;
        self.catch_up().await;
        (self.caller(&key), token)
    }

    /// An advertiser with an offer that pays 10 % of a sale, and a partner with a link to it.
    pub async fn programme(&self) -> Programme {
        let goals = json!([{ "name": "sale", "payout": { "percent": "10" }, "revenue": { "percent": "15" } }]);
        self.programme_with(goals).await
    }

    /// As [`programme`](Self::programme), with goals of the story's own.
    pub async fn programme_with(&self, goals: Value) -> Programme {
        let advertiser = text(&self.manager.post("/v1/advertisers", json!({ "name": "Northwind" })).await.ok(), "id");
        let offer = json!({
            "advertiser_id": advertiser, "name": "Northwind Outdoor", "landing_url": "https://shop.northwind.example/",
            "currency": "EUR", "goals": goals
        });
        let offer = text(&self.manager.post("/v1/offers", offer).await.ok(), "id");
        let partner = json!({ "name": "Trail Notes", "email": "hello@trailnotes.example" });
        let partner = text(&self.manager.post("/v1/partners", partner).await.ok(), "id");
        let both = json!({ "offer_id": offer, "partner_id": partner });
        self.manager.post("/v1/enrollments", both.clone()).await.ok();
        let link = self.manager.post("/v1/links", both).await.ok();
        Programme { advertiser, offer, partner, link: text(&link, "id"), slug: text(&link, "slug") }
    }

    /// A person's click over HTTP; the whole reply.
    pub async fn visit(&self, slug: &str, address: &str) -> Reply {
        let headers = [
            ("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
            ("x-forwarded-for", address),
        ];
        self.nobody().send(reqwest::Method::GET, &format!("/c/{slug}"), None, &headers).await
    }

    /// A person's click; the click id that reached the landing page.
    pub async fn click(&self, slug: &str) -> String {
        let reply = self.visit(slug, "203.0.113.7").await;
        assert_eq!(reply.status, 302, "{}", reply.text);
        click_id_of(reply.header("location"))
    }

    /// A postback with the workspace's token; `query` without it.
    pub async fn postback(&self, query: &str) -> Reply {
        self.nobody().get(&format!("/postback?{query}&token={}", self.postback_token)).await
    }

    /// The conversions of an order.
    pub async fn conversions_of(&self, order: &str) -> Vec<Value> {
        let page = self.manager.get(&format!("/v1/conversions?order_id={order}")).await.ok();
        page["items"].as_array().cloned().unwrap_or_default()
    }

    /// A partner's balance in EUR; all nought where the book has none.
    pub async fn balance(&self, partner: &str) -> Value {
        let answer = self.manager.get(&format!("/v1/partners/{partner}/balance")).await.ok();
        let items = answer["items"].as_array().cloned().unwrap_or_default();
        let none = json!({ "currency": "EUR", "pending": 0, "approved": 0, "payable": 0, "in_transit": 0, "paid": 0, "debt": 0 });
        items.into_iter().find(|item| item["currency"] == "EUR").unwrap_or(none)
    }

    /// A report over the last month of the story, without dimensions: its totals.
    pub async fn totals(&self, metrics: &[&str]) -> Value {
        self.settle().await;
        let question = json!({
            "from": self.now().plus_days(-60).to_string(), "to": self.now().plus_days(1).to_string(),
            "timezone": "Europe/Warsaw", "dimensions": [], "metrics": metrics
        });
        self.manager.post("/v1/reports/query", question).await.ok()["totals"].clone()
    }

    pub fn advance_millis(&self, millis: i64) {
        self.clock.advance_millis(millis);
    }

    /// Days pass; what fell due in them is done.
    pub async fn pass_days(&self, days: i64) {
        self.clock.advance_millis(days * DAY_MS);
        self.settle().await;
    }

    /// What a server that finds no workspace prints when it starts.
    pub async fn setup_token(&self) -> Option<String> {
        workspaces::setup::open(self.platform().app()).await.expect("records")
    }

    /// Waits until journal, outbox and due jobs are empty.
    pub async fn settle(&self) {
        self.platform().settle().await.expect("the world settles");
    }

    /// A click in process, where a story needs many.
    pub fn click_in_process(&self, slug: &str, address: IpAddr, agent: &str) -> String {
        let target = format!("/c/{slug}");
        let mut request = EdgeRequest::get("127.0.0.1", &target, address);
        request.user_agent = agent.into();
        let response = self.platform().edge().click(&request);
        kernel::crockford::encode_string(response.click_id.expect("the click is stored").as_u128())
    }

    /// Stops the platform and starts it again on the same data.
    pub async fn restart(&mut self) {
        self.rest().await;
        self.go_on().await;
    }

    /// A process of its own goes on with the same stores, at the same moment, until [`killed`](Self::killed). It is the
    /// story `story` once more, which begins with [`serve_if_ordered`](crate::serve_if_ordered).
    pub async fn hand_over(&mut self, story: &str) -> Node {
        self.rest().await;
        self.nodes += 1;
        let orders = Orders { flags: self.flags.clone(), now: self.now(), seed: SEED + self.nodes };
        let node = tokio::task::block_in_place(|| Node::start(self.folder.path(), story, &orders));
        self.manager.base.clone_from(&node.url);
        node
    }

    /// Kills the node, and the world goes on with what that left.
    pub async fn killed(&mut self, node: Node) {
        node.kill();
        self.go_on().await;
    }

    async fn rest(&mut self) {
        self.running.take().expect("the world runs").stop().await.expect("stops in good order");
    }

    async fn go_on(&mut self) {
        let running = start(&self.flags, &self.around).await;
        self.manager.base = running.url();
        self.running = Some(running);
    }

    /// The same person once the platform answers at another address, as after a restart.
    pub fn again(&self, caller: &Caller) -> Caller {
        Caller { base: self.manager.base.clone(), ..caller.clone() }
    }

    /// Takes the unread mail of an address.
    pub fn mail_to(&self, address: &str) -> Vec<Mail> {
        self.mailbox.take(address)
    }

    async fn catch_up(&self) {
        self.platform().app().catch_up_routes().await.expect("routes follow");
    }

    async fn leave_in_order(&mut self) -> Result<(), String> {
        let running = self.running.take().ok_or("the world does not run")?;
        let platform = running.platform().clone();
        platform.settle().await.map_err(|error| format!("the world does not settle: {error:#}"))?;
        let app = platform.app();
        let nameless = remembered::nameless(app.records.read()).await.map_err(|error| format!("{error:#}"))?;
        let due = jobs::due_count(&app.records, app.ambient.now()).await.map_err(|error| error.to_string())?;
        let book = proof::all(&app.records, None).await.map_err(|error| format!("{error:#}"))?;
        let again = explain::again::all(app).await.map_err(|error| format!("{error:#}"))?;
        running.stop().await.map_err(|error| format!("{error:#}"))?;
        let unread = self.mailbox.unread();
        match () {
            () if due > 0 => Err(format!("{due} due jobs are left")),
            () if !book.is_whole() => Err(format!("the book does not hold: {book:?}")),
            () if !again.is_same() => Err(format!("what is decided again from its trace differs: {again:?}")),
            () if !nameless.is_empty() => {
                Err(format!("the audit log has fields without names on screen: {nameless:?}"))
            }
            () if !unread.is_empty() => Err(format!("mail went out that the story did not read: {unread:?}")),
            () => Ok(()),
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let outcome = tokio::task::block_in_place(|| {
            Handle::current().block_on(async {
                let outcome = if std::thread::panicking() { Ok(()) } else { self.leave_in_order().await };
                self.running = None;
                if let Some(database) = &self.database {
                    database.drop_it().await;
                }
                outcome
            })
        });
        if let Err(left_undone) = outcome {
            panic!("{left_undone}");
        }
    }
}

/// Ids of a small programme.
#[derive(Clone, Debug)]
pub struct Programme {
    pub advertiser: String,
    pub offer: String,
    pub partner: String,
    pub link: String,
    pub slug: String,
}

/// The click id in a landing address.
pub fn click_id_of(location: &str) -> String {
    let (_, rest) = location.split_once("click_id=").expect("the landing address carries the click id");
    rest.split('&').next().unwrap_or(rest).to_owned()
}

/// A text field of a reply.
#[track_caller]
pub fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}")).to_owned()
}

fn flags(folder: &TempDir, database: Option<&OwnDatabase>, settings: toml::Table) -> toml::Table {
    let mut flags = toml::Table::new();
    flags.insert("data".to_owned(), folder.path().join("data").display().to_string().into());
    flags.insert("port".to_owned(), 0.into());
    flags.insert("edge_threads".to_owned(), 1.into());
    flags.insert("event_store_memory_mb".to_owned(), 128.into());
    if let Some(database) = database {
        flags.insert("records_url".to_owned(), database.url().into());
    }
    flags.extend(settings);
    flags
}

async fn start(flags: &toml::Table, around: &Surroundings) -> Running {
    let config = Config::load(None, std::iter::empty(), flags.clone()).expect("the settings of the world are known");
    let platform = Platform::open(config, around.clone()).await.expect("the platform opens");
    Running::start(platform, false).await.expect("the platform listens")
}

fn client() -> Client {
    Client::builder().redirect(redirect::Policy::none()).no_proxy().build().expect("an HTTP client")
}

async fn workspace(platform: &Platform, name: &str) -> (Tenant, String) {
    let app = platform.app();
    let new = NewWorkspace { name, timezone: "Europe/Warsaw", reporting_currency: Currency::EUR };
    let write = app.records.begin().await.expect("records");
    let made = workspaces::create(&*write, &app.ambient, &app.secrets, new).await.expect("a workspace");
    write.commit().await.expect("records");
    made
}

async fn member(platform: &Platform, tenant: Tenant, email: &str, place: Place) -> String {
    let app = platform.app();
    let write = app.records.begin().await.expect("records");
    let person = NewUser { email, name: "A member", language: "en", password: None };
    let user = people::create_user(&*write, &app.ambient, person).await.expect("a user");
    let member = people::add_membership(&*write, &app.ambient, tenant, user, place).await.expect("a membership");
    let (_, key) = people::create_api_key(&*write, &app.ambient, &member, "story", &["*"]).await.expect("a key");
    write.commit().await.expect("records");
    key
}
