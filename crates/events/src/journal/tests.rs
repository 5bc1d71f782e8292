use std::{fs, path::Path, sync::Arc};

use kernel::{
    Timestamp,
    time::{Clock, MovableClock},
};
use tempfile::TempDir;

use super::*;
use crate::{
    position::Position,
    record::Record,
    sample::{self, NOON_MS},
};

struct Place {
    folder: TempDir,
    clock: MovableClock,
    options: JournalOptions,
}

impl Place {
    fn new() -> Self {
        let options = JournalOptions { reserve_bytes: 0, ..JournalOptions::default() };
        let clock = MovableClock::starting_at(Timestamp::from_millis(NOON_MS));
        Self { folder: tempfile::tempdir().expect("a folder"), clock, options }
    }

    fn open(&self) -> Journal {
        let clock: Arc<dyn Clock> = Arc::new(self.clock.clone());
        Journal::open(self.folder.path(), self.options.clone(), clock).expect("opens")
    }

    fn segment(&self, number: u32) -> std::path::PathBuf {
        segment::path(&self.folder.path().join("clicks-0"), number)
    }
}

fn write(lane: &mut ClickLane, numbers: std::ops::Range<u64>) -> Result<Position, JournalError> {
    for number in numbers {
        lane.append(&sample::click(number)).expect("fits");
    }
    lane.flush()
}

/// Numbers of the clicks in lane 0 from `from` on.
fn numbers_from(journal: &Journal, from: Position) -> Vec<u64> {
    let mut reader = journal.read_from(from);
    let mut numbers = Vec::new();
    loop {
        let chunk = reader.read(1).expect("reads");
        if chunk.is_empty() {
            return numbers;
        }
        for (bytes, _) in chunk.records() {
            let Ok(Record::Click(click)) = Record::decode(bytes) else { panic!("a click was written") };
            numbers.push(click.visitor.key);
        }
    }
}

fn numbers(journal: &Journal) -> Vec<u64> {
    numbers_from(journal, Position::start_of(Lane(0)))
}

#[test]
fn what_is_flushed_is_read_again_after_a_restart() {
    let place = Place::new();
    let journal = place.open();
    let mut lane = journal.click_lane(0).expect("lane");
    let middle = write(&mut lane, 0..3).expect("written");
    lane.append(&sample::click(99)).expect("fits");
    assert_eq!(numbers(&journal), [0, 1, 2], "what waits for the flush is not there yet");
    lane.flush().expect("written");
    drop((lane, journal));

    let journal = place.open();
    let mut lane = journal.click_lane(0).expect("lane");
    write(&mut lane, 3..5).expect("written");
    assert_eq!(numbers(&journal), [0, 1, 2, 99, 3, 4]);
    assert_eq!(numbers_from(&journal, middle), [99, 3, 4], "reading goes on from a place");
}

#[test]
fn a_torn_tail_costs_only_the_torn_record() {
    let sample = Place::new();
    let mut ends = Vec::new();
    {
        let journal = sample.open();
        let mut lane = journal.click_lane(0).expect("lane");
        for number in 0..4 {
            ends.push(write(&mut lane, number..number + 1).expect("written").offset);
        }
    }
    let whole = fs::read(sample.segment(1)).expect("there");
    for cut in ends[1] as usize..=whole.len() {
        let place = Place::new();
        fs::create_dir_all(place.segment(1).parent().expect("a folder")).expect("made");
        fs::write(place.segment(1), &whole[..cut]).expect("written");
        let journal = place.open();
        let kept = ends.iter().filter(|&&end| end as usize <= cut).count() as u64;
        let mut lane = journal.click_lane(0).expect("lane");
        write(&mut lane, 7..8).expect("written");
        let expected: Vec<u64> = (0..kept).chain([7]).collect();
        assert_eq!(numbers(&journal), expected, "cut at {cut}");
        let whole = ends[kept as usize - 1] as usize == cut;
        assert_eq!(journal.counters().torn_bytes == 0, whole, "cut at {cut}");
    }
}

#[test]
fn a_damaged_record_is_passed_over_and_counted() {
    let place = Place::new();
    {
        let journal = place.open();
        write(&mut journal.click_lane(0).expect("lane"), 0..3).expect("written");
    }
    let mut bytes = fs::read(place.segment(1)).expect("there");
    let length = (bytes.len() - 24) / 3;
    bytes[24 + length + length / 2] ^= 1;
    fs::write(place.segment(1), &bytes).expect("written");
    let journal = place.open();
    assert_eq!(numbers(&journal), [0, 2]);
    assert_eq!(journal.counters().corrupt_frames, 1);
}

#[test]
fn segments_roll_by_size() {
    let mut place = Place::new();
    place.options.segment_bytes = 2_000;
    let journal = place.open();
    let mut lane = journal.click_lane(0).expect("lane");
    for number in 0..40 {
        write(&mut lane, number..number + 1).expect("written");
    }
    assert!(journal.ends().get(Lane(0)).segment > 3);
    assert_eq!(numbers(&journal), (0..40).collect::<Vec<_>>());
}

#[test]
fn a_full_disk_is_outlived_by_the_reserve_and_then_reported() {
    let mut place = Place::new();
    let limit = Arc::new(DiskLimit::of_bytes(20_000));
    place.options.disk_limit = Some(limit.clone());
    place.options.reserve_bytes = 4_000;
    let journal = place.open();
    let mut lane = journal.click_lane(0).expect("lane");
    let mut stored = Vec::new();
    let refused = (0..200).find(|&number| match write(&mut lane, number..number + 1) {
        Ok(_) => {
            stored.push(number);
            false
        }
        Err(error) => {
            assert!(matches!(error, JournalError::Full), "{error}");
            true
        }
    });
    let refused = refused.expect("the disk fills");
    assert_eq!(journal.counters().reserves_used, 1);
    assert_eq!(journal.counters().unstored_records, 1);
    assert!(write(&mut lane, 900..903).is_err(), "and stays full");
    assert_eq!(numbers(&journal), (0..refused).collect::<Vec<_>>());

    limit.set_bytes(1 << 20);
    write(&mut lane, 500..501).expect("room again");
    stored.push(500);
    assert_eq!(numbers(&journal), stored);
    drop((lane, journal));
    let journal = place.open();
    assert_eq!(numbers(&journal), stored, "nothing of the refused is there, all of the stored is");
    assert_eq!(journal.counters().torn_bytes, 0);
}

#[test]
fn a_start_on_a_full_disk_waits_for_room() {
    let mut place = Place::new();
    let limit = Arc::new(DiskLimit::of_bytes(0));
    place.options.disk_limit = Some(limit.clone());
    let journal = place.open();
    let mut lane = journal.click_lane(0).expect("a full disk does not stop the start");
    assert!(write(&mut lane, 0..1).is_err());
    limit.set_bytes(1 << 20);
    write(&mut lane, 1..2).expect("room");
    assert_eq!(numbers(&journal), [1]);
}

#[test]
fn closed_and_shipped_segments_go_after_a_week() {
    let place = Place::new();
    let journal = place.open();
    let mut lane = journal.click_lane(0).expect("lane");
    write(&mut lane, 0..1).expect("written");
    place.clock.advance_millis(2 * kernel::time::DAY_MS);
    let shipped: Positions = [write(&mut lane, 1..2).expect("written")].into_iter().collect();
    assert_eq!(prune_count(&journal, &place, &shipped), 0, "too young");
    place.clock.advance_millis(7 * kernel::time::DAY_MS);
    assert_eq!(prune_count(&journal, &place, &Positions::default()), 0, "not shipped");
    assert_eq!(prune_count(&journal, &place, &shipped), 1);
    assert_eq!(numbers(&journal), [1], "a reader at the start goes on with what is there");
}

fn prune_count(journal: &Journal, place: &Place, shipped: &Positions) -> usize {
    journal.prune(place.clock.now(), shipped).expect("pruned")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn receipts_are_on_disk_before_they_are_answered() {
    let place = Place::new();
    let journal = place.open();
    let tasks = (0..200).map(|number| {
        let lane = journal.receipts();
        tokio::spawn(async move { (number, lane.append(&sample::receipt(number)).await.expect("stored")) })
    });
    let mut answered = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        answered.push(task.await.expect("no panic"));
    }
    answered.sort_by_key(|(_, after)| after.packed());
    let mut reader = journal.read_from(Position::start_of(Lane::RECEIPTS));
    let chunk = reader.read(1).expect("reads");
    let read = chunk.records().map(|(bytes, after)| {
        let Ok(Record::Receipt(receipt)) = Record::decode(bytes) else { panic!("a receipt was written") };
        (receipt.receipt_id.as_u128() as u64, after)
    });
    assert_eq!(read.collect::<Vec<_>>(), answered, "each with its own place");
}

#[tokio::test]
async fn a_receipt_on_a_full_disk_is_refused() {
    let mut place = Place::new();
    let limit = Arc::new(DiskLimit::of_bytes(100));
    place.options.disk_limit = Some(limit);
    let journal = place.open();
    let refused = journal.receipts().append(&sample::receipt(1)).await;
    assert!(matches!(refused, Err(JournalError::Full)));
}

#[test]
fn a_backup_holds_what_was_written() {
    let place = Place::new();
    let journal = place.open();
    let mut lane = journal.click_lane(0).expect("lane");
    write(&mut lane, 0..5).expect("written");
    let copy = Place::new();
    journal.backup_to(copy.folder.path()).expect("copied");
    write(&mut lane, 5..6).expect("written");
    assert_eq!(numbers(&copy.open()), [0, 1, 2, 3, 4]);
    assert!(Path::new(&place.segment(1)).exists());
}
