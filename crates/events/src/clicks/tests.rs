use std::net::IpAddr;

use kernel::{Id, Timestamp, reason::ClickReason, time::DAY_MS};
use tempfile::TempDir;

use super::*;
use crate::{
    position::{Lane, Position, Positions},
    record::ClickRecord,
    sample::{self, NOON_MS},
};

const WINDOW_SECONDS: i64 = 86_400;

struct Index {
    _folder: TempDir,
    reader: ClickIndex,
    writer: ClickIndexWriter,
    next: u32,
}

impl Index {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let reader = ClickIndex::open(&folder.path().join("clicks.db")).expect("opens");
        let writer = ClickIndexWriter::open(&reader).expect("opens");
        Self { _folder: folder, reader, writer, next: 0 }
    }

    fn index(&mut self, clicks: Vec<ClickRecord<'static>>) -> Vec<Judged> {
        let first = self.next;
        self.next += clicks.len() as u32;
        self.index_again(clicks, first)
    }

    fn index_again(&mut self, clicks: Vec<ClickRecord<'static>>, first: u32) -> Vec<Judged> {
        let place = |number: u32| Position { lane: Lane(0), segment: 1, offset: number + 1 };
        let to: Positions = [place(first + clicks.len() as u32 - 1)].into_iter().collect();
        let placed: Vec<_> =
            clicks.into_iter().enumerate().map(|(n, click)| (click, place(first + n as u32))).collect();
        self.writer.index(&placed, &to).expect("indexed")
    }
}

/// A click number `number` of visitor 1 at `seconds` after noon.
fn click_at(number: u64, seconds: i64) -> ClickRecord<'static> {
    let mut click = sample::click_record(number);
    click.event_time = sample::at(seconds);
    click.visitor.key = 1;
    click
}

fn verdicts(judged: &[Judged]) -> Vec<&'static str> {
    judged.iter().map(|judged| judged.verdict.code()).collect()
}

#[test]
fn a_second_click_in_the_window_is_a_duplicate_of_the_first() {
    let mut index = Index::new();
    let clicks = vec![
        click_at(1, 0),
        click_at(2, 5),
        click_at(3, WINDOW_SECONDS - 1),
        click_at(4, WINDOW_SECONDS),
        click_at(5, WINDOW_SECONDS + 9),
    ];
    let ids: Vec<_> = clicks.iter().map(|click| click.click_id).collect();
    let judged = index.index(clicks);
    assert_eq!(verdicts(&judged), ["valid", "duplicate", "duplicate", "valid", "duplicate"]);
    let firsts: Vec<_> = judged.iter().map(|judged| judged.duplicate_of).collect();
    assert_eq!(firsts, [None, Some(ids[0]), Some(ids[0]), None, Some(ids[3])]);
}

#[test]
fn event_time_decides_within_a_batch_whatever_the_order_of_arrival() {
    let mut index = Index::new();
    let judged = index.index(vec![click_at(1, 9), click_at(2, 3), click_at(3, 6)]);
    assert_eq!(verdicts(&judged), ["duplicate", "valid", "duplicate"]);
}

#[test]
fn other_links_visitors_and_invalid_clicks_are_no_anchors() {
    let mut index = Index::new();
    let mut other_link = click_at(2, 1);
    other_link.dims.link = Some(Id::from_u128(99));
    let mut other_visitor = click_at(3, 2);
    other_visitor.visitor.key = 2;
    let mut bot = click_at(4, -5);
    bot.reason = Some(ClickReason::Bot);
    let mut probe = click_at(5, -4);
    probe.kind = ClickKind::Probe;
    let judged = index.index(vec![click_at(1, 0), other_link, other_visitor, bot, probe]);
    assert_eq!(verdicts(&judged), ["valid", "valid", "valid", "invalid", "probe"]);
}

#[test]
fn indexing_again_changes_no_verdict() {
    let mut index = Index::new();
    let clicks = vec![click_at(1, 0), click_at(2, 5), click_at(3, 9)];
    let judged = index.index(clicks.clone());
    let earlier = index.index(vec![click_at(4, -9)]);
    assert_eq!(verdicts(&earlier), ["valid"], "an earlier click that came late");
    assert_eq!(index.index_again(clicks.clone(), 0), judged, "the whole batch");
    assert_eq!(index.index_again(clicks[1..].to_vec(), 1), judged[1..], "a part of it");
    assert_eq!(index.reader.count().expect("counted"), 4);
}

#[tokio::test]
async fn a_click_is_found_with_its_facts() {
    let mut index = Index::new();
    let mut click = click_at(1, 0);
    click.visitor.ip = "2001:db8::7".parse().expect("an address");
    click.subs[1] = "a\u{1f}b";
    index.index(vec![click.clone()]);
    let found = index.reader.find_many(&[click.click_id, Id::from_u128(5)]).await.expect("read");
    assert_eq!(found.len(), 1);
    let facts = &found[&click.click_id];
    assert_eq!((facts.offer, facts.partner, facts.link), (click.dims.offer, click.dims.partner, click.dims.link));
    assert_eq!((facts.workspace, facts.landing, facts.at), (click.workspace, None, click.event_time));
    assert_eq!((facts.ip, facts.country.as_str()), (Some(click.visitor.ip), "PL"));
    assert_eq!((facts.subs[0].as_str(), facts.subs[1].as_str()), ("banner", "ab"));
    assert_eq!(facts.subs[9], "x'; DROP TABLE clicks");
    assert_eq!((facts.traffic_type.as_str(), facts.source_id.as_str()), ("seo", "s1"));
    assert_eq!(facts.verdict, Verdict::Valid);
}

#[test]
fn retention_clears_addresses_first_and_clicks_later() {
    let mut index = Index::new();
    let click = click_at(1, 0);
    index.index(vec![click.clone()]);
    let retention = Retention { keep_days: 60, keep_ip_days: 10 };
    let mut after_days = |days: i64| -> Option<Option<IpAddr>> {
        let now = Timestamp::from_millis(NOON_MS + days * DAY_MS + 5_000);
        assert!(index.writer.prune(now, retention).expect("pruned"));
        let found = index.reader.find_many_blocking(&[click.click_id]).expect("read");
        found.get(&click.click_id).map(|facts| facts.ip)
    };
    assert_eq!(after_days(9), Some(Some(click.visitor.ip)));
    assert_eq!(after_days(10), Some(None));
    assert_eq!(after_days(60), None);
}

#[test]
fn a_backup_answers_like_the_index() {
    let mut index = Index::new();
    let click = click_at(1, 0);
    index.index(vec![click.clone()]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("copy.db");
    index.reader.backup_to(&file).expect("copied");
    let copy = ClickIndex::open(&file).expect("opens");
    assert_eq!(copy.find_many_blocking(&[click.click_id]).expect("read").len(), 1);
    let writer = ClickIndexWriter::open(&copy).expect("opens");
    assert_eq!(writer.indexed(), index.writer.indexed());
}
