//! kill -9, twenty times in a row, while clicks, receipts, approvals and payouts are in flight: nothing that was
//! acknowledged is lost, nothing is doubled, and start-up recovers by itself.

use std::{
    collections::HashSet,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use kernel::{Clock as _, time::SystemClock};
use reqwest::Client;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use crate::process::{Keys, Serving, client, install, programme, run};

const ROUNDS: u32 = 20;
const CLICKERS: usize = 4;
const AGREES_WITHIN: Duration = Duration::from_secs(60);

/// What the clients were told.
#[derive(Default)]
struct Told {
    clicks: Mutex<HashSet<String>>,
    orders: Mutex<HashSet<String>>,
    next_order: AtomicU64,
    stop: AtomicBool,
}

struct Load {
    http: Client,
    url: String,
    keys: Arc<Keys>,
    slug: String,
    told: Arc<Told>,
}

impl Load {
    /// Clicks, and sells after every third click; forgets what got no answer.
    async fn click_and_sell(&self) {
        let mut count = 0_u64;
        while !self.told.stop.load(Ordering::Relaxed) {
            let Ok(answer) =
                self.http.get(format!("{}/c/{}", self.url, self.slug)).header("user-agent", AGENT).send().await
            else {
                continue;
            };
            let Some(click) = click_of(&answer) else { continue };
            self.told.clicks.lock().expect("held briefly").insert(click.clone());
            count += 1;
            if count.is_multiple_of(3) {
                self.sell(&click).await;
            }
        }
    }

    async fn sell(&self, click: &str) {
        let order = format!("A{}", self.told.next_order.fetch_add(1, Ordering::Relaxed));
        let query = format!("click_id={click}&goal=sale&order_id={order}&amount=80.00&currency=EUR");
        let address = format!("{}/postback?{query}&token={}", self.url, self.keys.postback_token);
        let Ok(answer) = self.http.get(address).send().await else { return };
        let status = answer.status();
        let Ok(body) = answer.json::<Value>().await else { return };
        assert!(status == 200 || status == 202, "{status}: {body}");
        assert!(status == 202 || body["status"] == "approved", "{body}");
        self.told.orders.lock().expect("held briefly").insert(order);
    }

    /// Takes some sales back, and pays what is payable.
    async fn judge_and_pay(&self) {
        while !self.told.stop.load(Ordering::Relaxed) {
            let _ = self.reverse_one().await;
            let _ = self.pay().await;
        }
    }

    async fn reverse_one(&self) -> reqwest::Result<()> {
        let page = self.get("/v1/conversions?status=approved&limit=1").await?;
        if let Some(id) = page["items"][0]["id"].as_str() {
            self.post(&format!("/v1/conversions/{id}/reverse"), json!({ "reason": "returned" })).await?;
        }
        Ok(())
    }

    async fn pay(&self) -> reqwest::Result<()> {
        let batch = self.post("/v1/payout-batches", json!({ "currency": "EUR" })).await?;
        if let Some(id) = batch["id"].as_str() {
            self.post(&format!("/v1/payout-batches/{id}/paid"), json!({})).await?;
        }
        Ok(())
    }

    async fn get(&self, path: &str) -> reqwest::Result<Value> {
        self.http.get(format!("{}{path}", self.url)).bearer_auth(&self.keys.manager).send().await?.json().await
    }

    async fn post(&self, path: &str, body: Value) -> reqwest::Result<Value> {
        let request = self.http.post(format!("{}{path}", self.url)).bearer_auth(&self.keys.manager).json(&body);
        request.send().await?.json().await
    }
}

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

fn click_of(answer: &reqwest::Response) -> Option<String> {
    let location = answer.headers().get("location")?.to_str().ok()?;
    let (_, id) = location.split_once("click_id=")?;
    Some(id.split('&').next().unwrap_or(id).to_owned()).filter(|id| !id.is_empty())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_lose_nothing_and_double_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let keys = Arc::new(install(&data));
    let http = client();
    let first = Serving::start(&data).await;
    let (_, partner, slug) = programme(&http, &first.url, &keys.manager).await;
    first.terminate();
    let told = Arc::new(Told::default());
    for round in 0..ROUNDS {
        let serving = Serving::start(&data).await;
        told.stop.store(false, Ordering::Relaxed);
        let load = || Load {
            http: client(),
            url: serving.url.clone(),
            keys: keys.clone(),
            slug: slug.clone(),
            told: told.clone(),
        };
        let mut tasks: Vec<_> = (0..CLICKERS)
            .map(|_| load())
            .map(|load| tokio::spawn(async move { load.click_and_sell().await }))
            .collect();
        let desk = load();
        tasks.push(tokio::spawn(async move { desk.judge_and_pay().await }));
        tokio::time::sleep(Duration::from_millis(300 + u64::from(round) * 35)).await;
        serving.kill();
        told.stop.store(true, Ordering::Relaxed);
        for task in tasks {
            task.await.expect("the load ends by itself");
        }
        let again = Serving::start(&data).await;
        agree(&data, &again.url, &keys, &partner, &told).await;
        again.kill();
    }
    let report = run(&data, &["verify-book"]);
    assert_eq!(report["difference_count"], 0, "{report}");
    assert!(
        told.clicks.lock().expect("held briefly").len() > 100 && told.orders.lock().expect("held briefly").len() > 20,
        "the load was real"
    );
    every_told_click_is_a_fact(&data, &told);
}

/// Facts = records = book, and everything that was told is there once.
async fn agree(data: &Path, url: &str, keys: &Arc<Keys>, partner: &str, told: &Arc<Told>) {
    let load =
        Load { http: client(), url: url.to_owned(), keys: keys.clone(), slug: String::new(), told: told.clone() };
    let since = Instant::now();
    loop {
        let (records, facts, book) = (in_records(data), in_facts(&load).await, in_book(&load, partner).await);
        let orders = told.orders.lock().expect("held briefly").clone();
        let all_orders_there = orders.is_subset(&records.orders);
        if records.conversions == facts.0
            && records.payout_minor == facts.1
            && records.payout_minor == book
            && all_orders_there
        {
            assert_eq!(records.orders.len(), records.order_rows, "no order stands twice");
            return;
        }
        let missing: Vec<_> = orders.difference(&records.orders).take(3).collect();
        assert!(
            since.elapsed() < AGREES_WITHIN,
            "records {} / {}, facts {facts:?}, book {book}, told but missing: {missing:?}",
            records.conversions,
            records.payout_minor
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

struct InRecords {
    conversions: i64,
    payout_minor: i64,
    orders: HashSet<String>,
    order_rows: usize,
}

fn in_records(data: &Path) -> InRecords {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let records = Connection::open_with_flags(data.join("records.db"), flags).expect("records");
    let counted = "select count(*), coalesce(sum(payout_minor), 0) from conversions where status in ('pending', 'approved', 'locked', 'paid')";
    let (conversions, _) =
        records.query_row(counted, [], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?))).expect("a count");
    let earned = "select coalesce(sum(amount_minor), 0) from commissions";
    let payout_minor = records.query_row(earned, [], |row| row.get(0)).expect("a sum");
    let mut orders = records.prepare("select order_id from conversions where order_id is not null").expect("a query");
    let rows: Vec<String> =
        orders.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("orders");
    InRecords { conversions, payout_minor, order_rows: rows.len(), orders: rows.into_iter().collect() }
}

async fn in_facts(load: &Load) -> (i64, i64) {
    let now = SystemClock.now();
    let question = json!({
        "from": now.plus_days(-2).to_string(), "to": now.plus_days(2).to_string(), "timezone": "UTC", "dimensions": [],
        "metrics": ["conversions", "payout"]
    });
    let answer = load.post("/v1/reports/query", question).await.expect("a report");
    let total = |metric: &str| answer["totals"][metric].as_i64().unwrap_or(i64::MIN);
    (total("conversions"), total("payout"))
}

async fn in_book(load: &Load, partner: &str) -> i64 {
    let balance = load.get(&format!("/v1/partners/{partner}/balance")).await.expect("a balance");
    let part = |name: &str| balance["items"][0][name].as_i64().unwrap_or(0);
    part("pending") + part("approved") + part("payable") + part("in_transit") + part("paid") - part("debt")
}

/// Unique ids that clients saw against unique ids in the event store.
fn every_told_click_is_a_fact(data: &Path, told: &Told) {
    let store =
        events::EventStore::open(&data.join("events.duckdb"), events::StoreOptions::default()).expect("the store");
    let runtime = tokio::runtime::Handle::current();
    let store = Arc::new(store);
    let facts: Vec<u128> = tokio::task::block_in_place(|| {
        runtime.block_on(store.read(|connection| {
            let mut query = connection.prepare("select click_hi, click_lo from clicks")?;
            let ids = query.query_map([], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, u64>(1)?)))?;
            ids.map(|halves| halves.map(|(high, low)| u128::from(high) << 64 | u128::from(low)).map_err(Into::into))
                .collect()
        }))
    })
    .expect("click ids");
    let unique: HashSet<u128> = facts.iter().copied().collect();
    assert_eq!(unique.len(), facts.len(), "no click is counted twice");
    let told = told.clicks.lock().expect("held briefly");
    let lost = told.iter().filter(|id| !unique.contains(&kernel::crockford::decode(id).expect("a click id"))).count();
    assert_eq!(lost, 0, "of {} told clicks", told.len());
}
