use std::{fs, path::Path, sync::Mutex};

use kernel::{Currency, Id, time::MovableClock};
use tempfile::TempDir;

use super::{batch::Batch, *};
use crate::{
    ClickLane, ConversionMove, FactState, JournalOptions, StoreOptions,
    fact::Amounts,
    record::{ClickRecord, Record},
    sample::{self, NOON_MS},
};

#[derive(Default)]
struct Outbox(Mutex<Vec<ConversionMove>>);

impl FactSource for Outbox {
    fn read_after(&self, cursor: u64, limit: usize) -> anyhow::Result<Vec<ConversionMove>> {
        let moves = self.0.lock().expect("moves");
        Ok(moves.iter().filter(|each| each.seq > cursor).take(limit).cloned().collect())
    }
}

struct Place {
    folder: TempDir,
    clock: MovableClock,
    journal: Arc<Journal>,
    store: Arc<EventStore>,
    outbox: Arc<Outbox>,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = MovableClock::starting_at(Timestamp::from_millis(NOON_MS));
        let (journal, store) = open_stores(folder.path(), &clock);
        Self { folder, clock, journal, store, outbox: Arc::default() }
    }

    fn parts(&self) -> ShipperParts {
        ShipperParts {
            journal: self.journal.clone(),
            index: ClickIndex::open(&self.folder.path().join("clicks.db")).expect("opens"),
            store: self.store.clone(),
            facts: self.outbox.clone(),
            clock: Arc::new(self.clock.clone()),
            retention: Retention::default(),
        }
    }

    fn cycle(&self) -> Cycle {
        Cycle::new(self.parts(), Arc::default()).expect("a cycle")
    }

    fn count(&self, sql: &'static str) -> i64 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let read = self.store.read(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?));
        runtime.block_on(read).expect("counted")
    }

    fn sell(&self, seq: u64, click: u64) {
        let state = sold(sample::click_record(click));
        let recorded_at = sample::at(seq as i64);
        let conversion_id = Id::from_u128(seq.into());
        let workspace = Id::from_u128(1);
        let sale = ConversionMove { seq, workspace, conversion_id, recorded_at, before: None, after: Some(state) };
        self.outbox.0.lock().expect("moves").push(sale);
    }
}

fn open_stores(folder: &Path, clock: &MovableClock) -> (Arc<Journal>, Arc<EventStore>) {
    let options = JournalOptions { reserve_bytes: 0, ..JournalOptions::default() };
    let journal = Journal::open(&folder.join("journal"), options, Arc::new(clock.clone())).expect("opens");
    let store = EventStore::open(&folder.join("events.duckdb"), StoreOptions::default()).expect("opens");
    (Arc::new(journal), Arc::new(store))
}

fn sold(click: ClickRecord<'static>) -> FactState {
    FactState {
        advertiser: click.dims.advertiser,
        offer: click.dims.offer,
        partner: click.dims.partner,
        goal: None,
        goal_kind: "sale".into(),
        is_primary: true,
        click_id: Some(click.click_id),
        link: None,
        landing: None,
        manager: None,
        partner_group: String::new(),
        vertical: String::new(),
        traffic_type: String::new(),
        customer: None,
        is_new_customer: false,
        event_time: sample::at(50),
        click_time: Some(click.event_time),
        decided_time: None,
        paid_time: None,
        status: "pending".into(),
        reason: String::new(),
        currency: Currency::EUR,
        amounts: Amounts { payout: 100, ..Amounts::default() },
        shares: Vec::new(),
        attributed_by: String::new(),
        trust: String::new(),
        reporting_currency: Currency::EUR,
        reporting_amounts: None,
        rate_e8: 0,
    }
}

const VISITORS: u64 = 50;

fn write(lane: &mut ClickLane, numbers: std::ops::Range<u64>) {
    for number in numbers {
        let mut click = sample::click_record(number);
        click.visitor.key = number % VISITORS;
        lane.append(&Record::Click(click)).expect("fits");
    }
    lane.flush().expect("written");
}

const CLICKS: &str = "SELECT count(*) FROM clicks";
const DISTINCT: &str = "SELECT count(DISTINCT (click_hi, click_lo)) FROM clicks";
const VALID: &str = "SELECT count(*) FROM clicks WHERE click_verdict = 'valid'";

#[test]
fn a_crash_between_any_two_steps_loses_nothing_and_doubles_nothing() {
    for steps_done in 0..=3 {
        let place = Place::new();
        let mut lane = place.journal.click_lane(0).expect("lane");
        write(&mut lane, 0..40);
        assert!(!place.cycle().turn());
        write(&mut lane, 40..60);
        place.sell(1, 30);
        crash_after(&mut place.cycle(), &place.journal, steps_done);
        write(&mut lane, 60..70);
        let mut cycle = place.cycle();
        assert!(!cycle.turn(), "nothing waits");
        assert_eq!(place.count(CLICKS), 70, "after {steps_done} steps");
        assert_eq!(place.count(VALID), VISITORS as i64, "the same visitors again are duplicates");
        assert_eq!(place.count("SELECT count(*) FROM conversions WHERE country = 'PL'"), 1);
        assert!(!cycle.turn());
        assert_eq!((place.count(CLICKS), place.count(DISTINCT)), (70, 70));
    }
}

/// Does the first steps of a turn and leaves the rest undone.
fn crash_after(cycle: &mut Cycle, journal: &Journal, steps: usize) {
    if steps == 0 {
        return;
    }
    let (ends, from) = (journal.ends().of_clicks(), cycle.cursors().expect("read").clicks.clone());
    let batch = Batch::read(journal, &from, &ends).expect("read");
    let records = batch.decode();
    let judged = cycle.index_step(&records, &batch.to).expect("indexed");
    if steps >= 2 {
        cycle.store_step(&records, &judged, &batch.to).expect("stored");
    }
    if steps >= 3 {
        cycle.moves_turn().expect("moved");
    }
}

#[test]
fn a_store_that_fails_does_not_hold_back_the_click_index() {
    let place = Place::new();
    let mut lane = place.journal.click_lane(0).expect("lane");
    write(&mut lane, 0..5);
    let (file, kept) = (place.folder.path().join("events.duckdb"), place.folder.path().join("kept"));
    place.store.close();
    fs::rename(&file, &kept).expect("moved away");
    fs::create_dir(&file).expect("something that is no database");
    let progress = Arc::new(Progress::default());
    let mut cycle = Cycle::new(place.parts(), progress.clone()).expect("a cycle");
    cycle.turn();
    assert_eq!(progress.counters().failures, 1);
    assert!(progress.indexed.borrow().reached(&place.journal.ends().of_clicks()));
    fs::remove_dir(&file).expect("removed");
    fs::rename(&kept, &file).expect("moved back");
    assert!(!cycle.turn());
    assert_eq!((place.count(CLICKS), place.count(VALID)), (5, 5));
}

#[test]
fn all_lanes_are_shipped_and_old_ones_too() {
    let place = Place::new();
    let (mut one, mut two) = (place.journal.click_lane(0).expect("lane"), place.journal.click_lane(1).expect("lane"));
    write(&mut one, 0..3);
    write(&mut two, 3..5);
    one.append(&sample::view(1)).expect("fits");
    one.append(&sample::touch(1)).expect("fits");
    one.flush().expect("written");
    place.cycle().turn();
    assert_eq!(place.count(CLICKS), 5);
    assert_eq!(place.count("SELECT (SELECT count(*) FROM views) + (SELECT count(*) FROM touches)"), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_journaled_before_the_call_is_there_after_settling() {
    let place = Place::new();
    let shipper = Shipper::start(place.parts()).expect("starts");
    let mut lane = place.journal.click_lane(0).expect("lane");
    for round in 0..5 {
        write(&mut lane, round * 10..round * 10 + 10);
        place.sell(round + 1, round * 10);
        place.clock.advance_millis(1_000);
        let ends = place.journal.ends();
        shipper.wait_for(&ends).await.expect("indexed");
        shipper.settle().await.expect("settled");
        assert!(shipper.shipped_to().borrow().cursors.clicks.reached(&ends.of_clicks()));
        let wanted = (round + 1) as i64;
        let read = place.store.read(|connection| {
            let clicks: i64 = connection.query_row(CLICKS, [], |row| row.get(0))?;
            let sales: i64 = connection.query_row("SELECT sum(sign)::BIGINT FROM conversions", [], |row| row.get(0))?;
            Ok((clicks, sales))
        });
        assert_eq!(read.await.expect("read"), (wanted * 10, wanted));
        assert_eq!(shipper.fresh_to(), Timestamp::from_millis(NOON_MS + wanted * 1_000));
    }
    assert_eq!(shipper.counters().shipped_clicks, 50);
    assert_eq!(shipper.counters().lag_bytes, 0);
    shipper.stop();
    assert!(shipper.settle().await.is_err(), "a shipper that has ended says so");
}
