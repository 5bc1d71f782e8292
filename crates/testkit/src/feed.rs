//! Many sales at once, in process: receipts through the journal (fsynced) and the decider, from many senders.

use std::{
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use app::{App, conversions::decider};
use edge::ReceiptDoor as _;
use events::{
    ReceiptRecord,
    record::{Door, Trust},
};
use kernel::Tenant;
use tokio::task::{JoinHandle, JoinSet};

use crate::World;

const SENDERS: usize = 512;
/// A stream sells so many times a second.
const BEATS: usize = 10;
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// One click for each number, of the links in turn.
pub fn clicks(world: &World, slugs: &[String], numbers: std::ops::Range<usize>) -> Vec<Click> {
    let click = |number: usize| {
        let address = Ipv4Addr::from(0x0A00_0000 + number as u32);
        let id = world.click_in_process(&slugs[number % slugs.len()], address.into(), AGENT);
        Click { number, id }
    };
    numbers.map(click).collect()
}

/// A click that will sell for 80.00, with the number of its order.
#[derive(Clone, Debug)]
pub struct Click {
    pub number: usize,
    pub id: String,
}

/// A sale of each click: how long all took, and each.
pub async fn sell(world: &World, clicks: Vec<Click>) -> (Duration, Vec<Duration>) {
    let begun = Instant::now();
    let times = start(world, clicks).await.expect("all are sold");
    (begun.elapsed(), times)
}

/// Sells beside whatever else is done; answers how long each took.
pub fn start(world: &World, clicks: Vec<Click>) -> JoinHandle<Vec<Duration>> {
    tokio::spawn(sell_all(world.platform().app().clone(), world.tenant, clicks))
}

/// What a stream sold.
pub struct Sold {
    elapsed: Duration,
    /// How long each took, the shortest first.
    times: Vec<Duration>,
}

impl Sold {
    pub fn count(&self) -> usize {
        self.times.len()
    }

    pub fn per_second(&self) -> f64 {
        self.times.len() as f64 / self.elapsed.as_secs_f64()
    }

    /// Within how many milliseconds this per cent of them was decided.
    pub fn millis(&self, per_cent: usize) -> f64 {
        self.times.get(self.times.len() * per_cent / 100).map_or(0.0, Duration::as_secs_f64) * 1_000.0
    }
}

/// Sells at a steady pace until something else is done, whether what was sent before is decided or not.
pub async fn stream(world: &World, clicks: Vec<Click>, per_second: usize, is_done: &AtomicBool) -> Sold {
    let begun = Instant::now();
    let mut beat = tokio::time::interval(Duration::from_secs(1) / BEATS as u32);
    let mut under_way = Vec::new();
    for some in clicks.chunks(per_second / BEATS) {
        if is_done.load(Ordering::Acquire) {
            break;
        }
        beat.tick().await;
        under_way.push(start(world, some.to_vec()));
    }
    let mut times = Vec::new();
    for sold in under_way {
        times.extend(sold.await.expect("sold"));
    }
    times.sort_unstable();
    Sold { elapsed: begun.elapsed(), times }
}

async fn sell_all(app: App, tenant: Tenant, clicks: Vec<Click>) -> Vec<Duration> {
    let clicks = Arc::new(clicks);
    let mut senders = JoinSet::new();
    for sender in 0..SENDERS.min(clicks.len()) {
        senders.spawn(sell_some(app.clone(), tenant, clicks.clone(), sender));
    }
    senders.join_all().await.concat()
}

async fn sell_some(app: App, tenant: Tenant, clicks: Arc<Vec<Click>>, sender: usize) -> Vec<Duration> {
    let decider = decider::of(&app).expect("a decider");
    let mut times = Vec::new();
    for click in clicks.iter().skip(sender).step_by(SENDERS) {
        let receipt = receipt(&app, tenant, click);
        let begun = Instant::now();
        let position = app.journal.receipts().append(&receipt).await.expect("journaled");
        let answer = decider.decide(receipt, position).await;
        assert_eq!((answer.http_status, answer.status.as_str()), (200, "pending"), "{answer:?}");
        times.push(begun.elapsed());
    }
    times
}

fn receipt(app: &App, tenant: Tenant, Click { number, id }: &Click) -> ReceiptRecord {
    let params = [
        ("amount", "80.00".to_owned()),
        ("click_id", id.clone()),
        ("currency", "EUR".to_owned()),
        ("customer_id", format!("c-{}", number / 3)),
        ("goal", "sale".to_owned()),
        ("order_id", format!("order-{number}")),
    ];
    ReceiptRecord {
        receipt_id: app.ambient.new_id(),
        conversion_id: app.ambient.new_id(),
        workspace: tenant.id(),
        advertiser: None,
        arrived_at: app.ambient.now(),
        door: Door::Postback,
        trust: Trust::Token,
        remote_ip: Ipv4Addr::LOCALHOST.into(),
        raw: format!("click_id={id}&goal=sale&amount=80.00&currency=EUR&order_id=order-{number}").into_bytes(),
        params: params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        clicks_before: app.journal.ends().of_clicks(),
    }
}
