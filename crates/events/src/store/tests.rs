use std::time::Duration;

use kernel::{Currency, id::Click};
use tempfile::TempDir;

use super::*;
use crate::{
    clicks::{Judged, Verdict},
    fact::{Amounts, ConversionMove, FactState},
    position::{Lane, Position},
    record::{ClickRecord, Record},
    sample,
};

const VALID: Judged = Judged { verdict: Verdict::Valid, duplicate_of: None };

fn open() -> (TempDir, Arc<EventStore>) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = EventStore::open(&folder.path().join("events.duckdb"), StoreOptions::default()).expect("opens");
    (folder, Arc::new(store))
}

fn ship_clicks(store: &EventStore, clicks: &[ClickRecord<'_>], offset: u32) {
    let to = [Position { lane: Lane(0), segment: 1, offset }].into_iter().collect();
    let clicks = clicks.iter().map(|click| (click, VALID)).collect();
    store.ship(&ShipBatch { clicks, to, ..ShipBatch::default() }).expect("shipped");
}

fn number(store: &EventStore, sql: &str) -> i64 {
    store.with_writer(|writer, _| Ok(writer.query_row(sql, [], |row| row.get(0))?)).expect(sql)
}

fn text(store: &EventStore, sql: &str) -> String {
    store.with_writer(|writer, _| Ok(writer.query_row(sql, [], |row| row.get(0))?)).expect(sql)
}

fn state(status: &str, payout: i64, click_id: Option<Id<Click>>) -> FactState {
    let amounts = Amounts { sale: 8_000, revenue: payout * 2, payout, refund: 0, collected: 0 };
    FactState {
        advertiser: Some(Id::from_u128(11)),
        offer: Some(Id::from_u128(12)),
        partner: Some(Id::from_u128(13)),
        goal: Some(Id::from_u128(21)),
        goal_kind: "sale".into(),
        is_primary: true,
        click_id,
        link: None,
        landing: None,
        manager: Some(Id::from_u128(77)),
        partner_group: "own".into(),
        vertical: "own".into(),
        traffic_type: "coupon".into(),
        customer: None,
        is_new_customer: true,
        event_time: sample::at(100),
        click_time: None,
        decided_time: None,
        paid_time: None,
        status: status.into(),
        reason: String::new(),
        currency: Currency::EUR,
        amounts,
        shares: Vec::new(),
        attributed_by: String::new(),
        trust: String::new(),
        reporting_currency: Currency::USD,
        reporting_amounts: (status != "pending").then_some(amounts),
        rate_e8: 100_000_000,
    }
}

fn a_move(seq: u64, before: Option<FactState>, after: Option<FactState>) -> ConversionMove {
    let recorded_at = sample::at(1_000 * seq as i64);
    ConversionMove { seq, workspace: Id::from_u128(1), conversion_id: Id::from_u128(5), recorded_at, before, after }
}

#[test]
fn every_kind_of_record_becomes_a_row() {
    let (_folder, store) = open();
    let (view, touch) = (sample::view(1), sample::touch(2));
    let (Record::View(view), Record::Touch(touch)) = (view, touch) else { panic!("kinds") };
    let click = sample::click_record(1);
    let duplicate = Judged { verdict: Verdict::Duplicate, duplicate_of: Some(Id::from_u128(9 << 64 | 4)) };
    let batch = ShipBatch {
        clicks: vec![(&click, duplicate)],
        views: vec![&view],
        touches: vec![&touch],
        ..ShipBatch::default()
    };
    store.ship(&batch).expect("shipped");
    let found = text(
        &store,
        "SELECT concat_ws(' ', sub1, sub10, country, asn, click_verdict, duplicate_of_hi, duplicate_of_lo, landing) FROM clicks",
    );
    assert_eq!(found, "banner x'; DROP TABLE clicks PL 5617 duplicate 9 4 0");
    assert_eq!(number(&store, "SELECT count(*) FROM views WHERE kind = 'view' AND click_verdict = 'valid'"), 1);
    assert_eq!(text(&store, "SELECT event FROM touches"), "page");
    let offer = number(&store, "SELECT offer FROM clicks") as i32;
    assert_eq!(store.id_of(offer), Some(12));
    assert_eq!(store.key_of(Id::<kernel::id::Offer>::from_u128(12)), Some(offer));
    assert_eq!(store.id_of(0), None);
}

#[test]
fn keys_and_cursors_survive_closing() {
    let (_folder, store) = open();
    ship_clicks(&store, &[sample::click_record(1)], 7);
    let key = store.key_of(Id::<kernel::id::Offer>::from_u128(12));
    store.close();
    ship_clicks(&store, &[sample::click_record(2)], 9);
    assert_eq!(store.cursors().expect("read").clicks.get(Lane(0)).offset, 9);
    assert_eq!(store.key_of(Id::<kernel::id::Offer>::from_u128(12)), key);
    assert_eq!(number(&store, "SELECT count(DISTINCT offer) FROM clicks"), 1);
    assert_eq!(number(&store, "SELECT count(*) FROM cursors"), 1);
}

#[test]
fn a_move_carries_the_dimensions_of_its_click() {
    let (_folder, store) = open();
    let click = sample::click_record(1);
    ship_clicks(&store, &[sample::click_record(0), click.clone(), sample::click_record(2)], 7);
    let with_click = state("pending", 500, Some(click.click_id));
    let without = a_move(2, None, Some(state("pending", 300, None)));
    store.ship_moves(&[a_move(1, None, Some(with_click)), without]).expect("shipped");
    let dims = "concat_ws(' ', sub1, country, partner_group, traffic_type, click_verdict, click_time - event_time)";
    let of_click = text(&store, &format!("SELECT {dims} FROM conversions WHERE seq = 1"));
    assert_eq!(of_click, "banner PL gold seo valid -99000");
    let own = text(&store, &format!("SELECT {dims} FROM conversions WHERE seq = 2"));
    assert_eq!(own, "  own coupon  0");
    let manager = number(&store, "SELECT manager FROM conversions WHERE seq = 2") as i32;
    assert_eq!(store.id_of(manager), Some(77));
}

#[test]
fn sums_tell_the_truth_as_it_stood() {
    let (_folder, store) = open();
    let click = sample::click_record(1);
    ship_clicks(&store, std::slice::from_ref(&click), 7);
    let pending = state("pending", 500, Some(click.click_id));
    let approved = state("approved", 500, Some(click.click_id));
    let refunded = state("approved", 200, Some(click.click_id));
    let moves = [
        a_move(1, None, Some(pending.clone())),
        a_move(2, Some(pending), Some(approved.clone())),
        a_move(3, Some(approved), Some(refunded)),
    ];
    store.ship_moves(&moves[..2]).expect("shipped");
    store.ship_moves(&moves).expect("what was shipped before is left out");
    let as_of = |seq: i64, what: &str| {
        let at = sample::at(1_000 * seq).millis();
        number(&store, &format!("SELECT coalesce({what}, 0)::BIGINT FROM conversions WHERE recorded_at <= {at}"))
    };
    assert_eq!([1, 2, 3].map(|seq| as_of(seq, "sum(sign)")), [1, 1, 1]);
    assert_eq!([1, 2, 3].map(|seq| as_of(seq, "sum(payout_minor)")), [500, 500, 200]);
    let approved = "sum(payout_minor) FILTER (conversion_status = 'approved')";
    assert_eq!([0, 1, 2, 3].map(|seq| as_of(seq, approved)), [0, 0, 500, 200]);
    assert_eq!(as_of(1, "sum(sign) FILTER (reporting_payout_minor IS NULL)"), 1, "no rate yet");
    assert_eq!(as_of(3, "sum(sign) FILTER (country = 'PL')"), 1, "both signs carry the same dimensions");
    assert_eq!(store.cursors().expect("read").moves, 3);
}

#[test]
fn a_failed_transaction_leaves_nothing() {
    let (_folder, store) = open();
    let failed = store.transact(|writer, keys| {
        keys.key(Some(Id::<Click>::from_u128(1)));
        writer.execute_batch("INSERT INTO cursors VALUES (3, 3); SELECT error('no')")?;
        Ok(())
    });
    assert!(failed.is_err());
    assert_eq!(store.key_of(Id::<Click>::from_u128(1)), None);
    ship_clicks(&store, &[sample::click_record(1)], 7);
    assert_eq!(number(&store, "SELECT count(*) FROM cursors"), 1);
    assert_eq!(number(&store, "SELECT max(key) - count(*) FROM entities"), 0, "keys have no holes");
}

#[test]
fn the_store_reaches_nothing_outside() {
    let (folder, store) = open();
    let file = folder.path().join("out.csv");
    let tries = [
        format!("COPY cursors TO '{}'", file.display()),
        "SELECT * FROM read_csv('/etc/passwd')".to_owned(),
        "SET memory_limit = '100GB'".to_owned(),
        "SET enable_external_access = true".to_owned(),
        "INSTALL httpfs".to_owned(),
    ];
    for sql in tries {
        let tried = store.with_writer(|writer, _| Ok(writer.execute_batch(&sql)?));
        assert!(tried.is_err(), "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_that_takes_too_long_is_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = StoreOptions { time_limit: Duration::from_millis(100), ..StoreOptions::default() };
    let store = Arc::new(EventStore::open(&folder.path().join("events.duckdb"), options).expect("opens"));
    let endless = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = 7";
    let stopped = store.read(move |connection| Ok(connection.query_row(endless, [], |row| row.get::<_, i64>(0))?));
    assert!(matches!(stopped.await, Err(StoreError::TimedOut)));
    let one = store.read(|connection| Ok(connection.query_row("SELECT 1", [], |row| row.get::<_, i32>(0))?)).await;
    assert_eq!(one.expect("the next is served"), 1);
    let written = store.read(|connection| Ok(connection.execute("INSERT INTO cursors VALUES (1, 1)", [])?)).await;
    assert!(written.is_err(), "a report only reads");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_limit_of_reports_does_not_stop_what_nobody_waits_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = StoreOptions { time_limit: Duration::from_millis(1), ..StoreOptions::default() };
    let store = Arc::new(EventStore::open(&folder.path().join("events.duckdb"), options).expect("opens"));
    let slow = "SELECT sum(a.range) FROM range(30000000) a";
    let sum = |connection: &duckdb::Connection| Ok(connection.query_row(slow, [], |row| row.get::<_, i64>(0))?);
    assert!(matches!(store.read(sum).await, Err(StoreError::TimedOut)));
    assert!(store.read_at_leisure(sum).await.is_ok_and(|sum| sum > 0));
    ship_clicks(&store, &[sample::click_record(1)], 7);
    let walked = crate::click_rows::page(&store, crate::click_rows::Walked::default(), 10).await.expect("walked");
    assert_eq!(walked.map(|(rows, _)| rows.len()), Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_can_be_opened_while_the_store_runs() {
    let (_folder, store) = open();
    ship_clicks(&store, &[sample::click_record(1)], 7);
    let target = tempfile::tempdir().expect("a folder");
    store.backup_to(target.path()).expect("copied");
    ship_clicks(&store, &[sample::click_record(2)], 9);
    store.backup_to(target.path()).expect("copied over");
    let copy = EventStore::open(&target.path().join("events.duckdb"), StoreOptions::default()).expect("opens");
    assert_eq!(number(&copy, "SELECT count(*) FROM clicks"), 2);
    assert_eq!(copy.cursors().expect("read"), store.cursors().expect("read"));
}
