//! From the journal to the reports: `shipping_bench [CLICKS] [FOLDER]`.
//!
//! First a backlog of CLICKS is shipped as fast as it goes; then clicks come at 20,000 a second for ten seconds, and each
//! write is timed until reports can show it. Prints one line:
//! `{"clicks","per_second","sustained_per_second","behind_p50_ms","behind_max_ms"}`.

use std::{
    net::Ipv4Addr,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use events::{
    ClickIndex, ClickLane, ClickRecord, ConversionMove, EventStore, FactSource, Journal, JournalOptions, Position,
    Record, Shipper, ShipperParts, StoreOptions,
    clicks::Retention,
    record::{ClickKind, ClickMore, Destination, Dims, Visitor},
};
use kernel::{
    Id, Timestamp,
    time::{Clock, SystemClock},
};
use serde_json::json;

const CLICKS_UNLESS_SAID: u64 = 400_000;
const SUSTAINED_PER_SECOND: u64 = 20_000;
const SUSTAINED_SECONDS: u64 = 10;
/// Clicks that one write takes, as one turn of a busy edge thread does.
const PER_WRITE: u64 = 200;
const DUPLICATE_WINDOW_MS: u64 = 86_400_000;

struct NoMoves;

impl FactSource for NoMoves {
    fn read_after(&self, _: u64, _: usize) -> anyhow::Result<Vec<ConversionMove>> {
        Ok(Vec::new())
    }
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let clicks = arguments.next().map_or(Ok(CLICKS_UNLESS_SAID), |text| text.parse()).context("CLICKS is a number")?;
    let folder = arguments.next().context("name an empty folder")?;
    let folder = Path::new(&folder);
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let journal = Arc::new(Journal::open(&folder.join("journal"), JournalOptions::default(), clock.clone())?);
    let store = Arc::new(EventStore::open(&folder.join("events.duckdb"), StoreOptions::default())?);
    let index = ClickIndex::open(&folder.join("clicks.db"))?;
    let mut lane = journal.click_lane(0)?;
    for first in (0..clicks).step_by(PER_WRITE as usize) {
        write(&mut lane, &*clock, first, PER_WRITE)?;
    }
    let retention = Retention::default();
    let began = Instant::now();
    let facts = Arc::new(NoMoves);
    let shipper = Shipper::start(ShipperParts { journal, index, store, facts, clock: clock.clone(), retention })?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(shipper.settle())?;
    let per_second = clicks as f64 / began.elapsed().as_secs_f64();
    let (sustained, mut behind) = runtime.block_on(sustain(&shipper, lane, &*clock, clicks))?;
    behind.sort_unstable();
    let millis = |behind: Option<&Duration>| behind.map_or(0.0, |behind| behind.as_secs_f64() * 1_000.0);
    let answer = json!({
        "clicks": clicks, "per_second": per_second, "sustained_per_second": sustained,
        "behind_p50_ms": millis(behind.get(behind.len() / 2)), "behind_max_ms": millis(behind.last())
    });
    println!("{answer}");
    Ok(())
}

/// Writes at the wanted rate; answers the rate that was kept, and how long each write took to reach the reports.
async fn sustain(
    shipper: &Shipper,
    mut lane: ClickLane,
    clock: &dyn Clock,
    first: u64,
) -> anyhow::Result<(f64, Vec<Duration>)> {
    let mut shipped = shipper.shipped_to();
    let writes = SUSTAINED_PER_SECOND * SUSTAINED_SECONDS / PER_WRITE;
    let pause = Duration::from_secs(SUSTAINED_SECONDS) / writes as u32;
    let mut waiting: Vec<(Position, Instant)> = Vec::new();
    let mut behind = Vec::new();
    let began = Instant::now();
    for number in 0..writes {
        let position = write(&mut lane, clock, first + number * PER_WRITE, PER_WRITE)?;
        waiting.push((position, Instant::now()));
        let next = tokio::time::Instant::from_std(began + pause * (number as u32 + 1));
        while tokio::time::timeout_at(next, shipped.changed()).await.is_ok() {
            arrive(&shipped.borrow_and_update().cursors.clicks, &mut waiting, &mut behind);
        }
    }
    let kept = (writes * PER_WRITE) as f64 / began.elapsed().as_secs_f64();
    while !waiting.is_empty() {
        shipped.changed().await?;
        arrive(&shipped.borrow_and_update().cursors.clicks, &mut waiting, &mut behind);
    }
    Ok((kept, behind))
}

fn arrive(cursors: &events::Positions, waiting: &mut Vec<(Position, Instant)>, behind: &mut Vec<Duration>) {
    waiting.retain(|(position, written)| {
        let is_there = cursors.get(position.lane).packed() >= position.packed();
        if is_there {
            behind.push(written.elapsed());
        }
        !is_there
    });
}

fn write(lane: &mut ClickLane, clock: &dyn Clock, first: u64, count: u64) -> anyhow::Result<Position> {
    for number in first..first + count {
        lane.append(&Record::Click(click(number, clock.now())))?;
    }
    Ok(lane.flush()?)
}

fn click(number: u64, now: Timestamp) -> ClickRecord<'static> {
    let spread = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let id = |kind: u128, of: u64| kind << 64 | u128::from(spread % of + 1);
    ClickRecord {
        click_id: Id::from_parts(now, u128::from(number)),
        event_time: now,
        recorded_at: now,
        kind: ClickKind::Click,
        reason: None,
        workspace: Id::from_u128(1),
        dims: Dims {
            advertiser: Some(Id::from_u128(id(1, 3))),
            offer: Some(Id::from_u128(id(2, 12))),
            partner: Some(Id::from_u128(id(3, 60))),
            link: Some(Id::from_u128(id(4, 720))),
            landing: None,
            manager: Some(Id::from_u128(id(5, 4))),
            partner_group: "gold",
            vertical: "finance",
            traffic_type: "seo",
        },
        visitor: Visitor {
            key: spread,
            ip: Ipv4Addr::from(spread as u32).into(),
            user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0",
            referrer: "https://blog.example/review",
            referrer_host: "blog.example",
            language: "de",
            country: ["PL", "DE", "FR", "US"][(spread % 4) as usize],
            asn: (spread % 300) as u32,
            device: "desktop",
            os: "Windows",
            browser: "Chrome",
        },
        subs: ["campaign", "banner", "", "", "", "", "", "", "", ""],
        source_id: "s1",
        destination: Destination::Landing,
        duplicate_window_ms: DUPLICATE_WINDOW_MS,
        route_version: 3,
        steps: 0,
        method: "GET",
        more: ClickMore::default(),
    }
}
