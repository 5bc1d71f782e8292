//! Whether the records, the facts and the book of an installation tell the same.

use std::{
    collections::HashSet,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use kernel::{Clock as _, time::SystemClock};
use rusqlite::{Connection, OpenFlags};
use serde_json::json;

use crate::{load::Load, process::run};

const AGREES_WITHIN: Duration = Duration::from_secs(120);

/// What all three tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub conversions: i64,
    pub payout_minor: i64,
    pub orders: HashSet<String>,
}

/// Waits until facts = records = book and every order that was told is there, once.
pub async fn agree(data: &Path, load: &Load, partner: &str) -> Standing {
    let since = Instant::now();
    loop {
        let (records, facts, book) = (in_records(data), in_facts(load).await, in_book(load, partner).await);
        let told = load.told.orders();
        let same = facts == Some((records.conversions, records.payout_minor)) && book == Some(records.payout_minor);
        if same && told.is_subset(&records.orders) {
            return records;
        }
        let missing: Vec<_> = told.difference(&records.orders).take(3).collect();
        assert!(
            since.elapsed() < AGREES_WITHIN,
            "records {} / {}, facts {facts:?}, book {book:?}, told but missing: {missing:?}",
            records.conversions,
            records.payout_minor
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn in_records(data: &Path) -> Standing {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let records = Connection::open_with_flags(data.join("records.db"), flags).expect("records");
    let number = |question: &str| records.query_row(question, [], |row| row.get(0)).expect("a number");
    let conversions =
        number("select count(*) from conversions where status in ('pending', 'approved', 'locked', 'paid')");
    let payout_minor = number("select coalesce(sum(amount_minor), 0) from commissions");
    let mut orders = records.prepare("select order_id from conversions where order_id is not null").expect("a query");
    let rows: Vec<String> =
        orders.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("orders");
    let orders: HashSet<String> = rows.iter().cloned().collect();
    assert_eq!(orders.len(), rows.len(), "no order stands twice");
    Standing { conversions, payout_minor, orders }
}

async fn in_facts(load: &Load) -> Option<(i64, i64)> {
    let totals = totals(load, &["conversions", "payout"]).await?;
    Some((totals["conversions"].as_i64()?, totals["payout"].as_i64()?))
}

/// Totals of a report over all that happened.
pub async fn totals(load: &Load, metrics: &[&str]) -> Option<serde_json::Value> {
    let now = SystemClock.now();
    let question = json!({
        "from": now.plus_days(-2).to_string(), "to": now.plus_days(2).to_string(), "timezone": "UTC", "dimensions": [],
        "metrics": metrics
    });
    Some(load.post("/v1/reports/query", question).await.ok()?.1["totals"].clone())
}

async fn in_book(load: &Load, partner: &str) -> Option<i64> {
    let balance = load.get(&format!("/v1/partners/{partner}/balance")).await.ok()?;
    let part = |name: &str| balance["items"][0][name].as_i64().unwrap_or(0);
    Some(part("pending") + part("approved") + part("payable") + part("in_transit") + part("paid") - part("debt"))
}

/// The book proves itself, from its first entry.
pub fn book_is_whole(data: &Path) {
    let report = run(data, &["verify-book", "--json"]);
    assert_eq!(report["difference_count"], 0, "{report}");
}

/// Unique ids that clients saw against unique ids in the event store of a server that has ended.
pub fn every_told_click_is_a_fact(data: &Path, told: &HashSet<String>) {
    let facts = click_ids(data);
    let unique: HashSet<u128> = facts.iter().copied().collect();
    assert_eq!(unique.len(), facts.len(), "no click is counted twice");
    let lost = told.iter().filter(|id| !unique.contains(&kernel::crockford::decode(id).expect("a click id"))).count();
    assert_eq!(lost, 0, "of {} told clicks", told.len());
}

/// The ids of all clicks in the event store of a server that has ended.
pub fn click_ids(data: &Path) -> Vec<u128> {
    let store =
        events::EventStore::open(&data.join("events.duckdb"), events::StoreOptions::default()).expect("the store");
    let runtime = tokio::runtime::Handle::current();
    let store = Arc::new(store);
    tokio::task::block_in_place(|| {
        runtime.block_on(store.read(|connection| {
            let mut query = connection.prepare("select click_hi, click_lo from clicks")?;
            let ids = query.query_map([], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, u64>(1)?)))?;
            ids.map(|halves| halves.map(|(high, low)| u128::from(high) << 64 | u128::from(low)).map_err(Into::into))
                .collect()
        }))
    })
    .expect("click ids")
}
