//! The journal: what was acknowledged, in the order it came.
//!
//! Layout: `DATA/journal/clicks-<n>/…` (one lane per edge thread) and `DATA/journal/receipts/…`, each a row of segment
//! files of framed, checksummed records. Invariants: a record is in the file before it is acknowledged (a receipt also
//! on the disk); a torn tail is cut at start; a start always opens a new segment, so no place is ever used twice; each
//! lane keeps a reserve that outlives a full disk.

pub mod disk;
mod frame;
mod lane;
mod options;
mod prune;
mod reader;
mod receipts;
mod segment;
mod sync;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use kernel::time::Clock;

pub use disk::DiskLimit;
pub use lane::ClickLane;
pub use options::{JournalCounters, JournalError, JournalOptions};
pub use reader::{Chunk, LaneReader};
pub use receipts::ReceiptLane;

use crate::position::{Lane, Position, Positions};
use lane::{LaneState, LaneWriter};
use options::Counts;
use sync::Syncer;

/// Lanes a journal may have.
const MAX_LANES: usize = 1_024;

pub struct Journal {
    folder: PathBuf,
    options: JournalOptions,
    clock: Arc<dyn Clock>,
    counts: Arc<Counts>,
    lanes: Mutex<BTreeMap<Lane, Arc<LaneState>>>,
    receipts: ReceiptLane,
    syncer: Syncer,
}

impl Journal {
    /// Opens `folder`, cuts torn tails and starts the receipts' lane.
    pub fn open(folder: &Path, options: JournalOptions, clock: Arc<dyn Clock>) -> Result<Self, JournalError> {
        std::fs::create_dir_all(folder)?;
        let counts = Arc::new(Counts::default());
        let mut lanes = recover_lanes(folder, &counts)?;
        let receipts_state = lanes.entry(Lane::RECEIPTS).or_insert_with(|| LaneState::new(Lane::RECEIPTS)).clone();
        let writer = LaneWriter::open(folder, receipts_state, options.clone(), clock.clone(), counts.clone())?;
        let receipts = ReceiptLane::start(writer)?;
        let syncer = Syncer::start(options.sync_interval, lanes.values().cloned().collect(), counts.clone())?;
        Ok(Self { folder: folder.to_owned(), options, clock, counts, lanes: Mutex::new(lanes), receipts, syncer })
    }

    /// The writing end of click lane `number`, on a new segment. One writer per lane at a time.
    pub fn click_lane(&self, number: u16) -> Result<ClickLane, JournalError> {
        let lane = Lane(number);
        assert!(lane.is_clicks() && usize::from(number) < MAX_LANES, "lanes are numbered by edge thread");
        let state = self.state_of(lane);
        let writer = LaneWriter::open(
            &self.folder,
            state.clone(),
            self.options.clone(),
            self.clock.clone(),
            self.counts.clone(),
        )?;
        self.syncer.watch(state);
        Ok(ClickLane::new(writer, self.options.strict))
    }

    fn state_of(&self, lane: Lane) -> Arc<LaneState> {
        let mut lanes = self.lanes.lock().expect("lanes");
        lanes.entry(lane).or_insert_with(|| LaneState::new(lane)).clone()
    }

    /// The writing end of the receipts; clones share one thread.
    pub fn receipts(&self) -> ReceiptLane {
        self.receipts.clone()
    }

    pub fn lanes(&self) -> Vec<Lane> {
        self.lanes.lock().expect("lanes").keys().copied().collect()
    }

    /// Ends of all lanes: everything before them has been written.
    ///
    /// Read until two looks agree (a few times at most), so that of two clicks of which one followed the other the
    /// earlier is not missed.
    pub fn ends(&self) -> Positions {
        const LOOKS: usize = 4;
        let lanes = self.lanes.lock().expect("lanes");
        let look = || lanes.values().map(|state| state.end()).collect::<Positions>();
        let mut ends = look();
        for _ in 1..LOOKS {
            let again = look();
            if again == ends {
                break;
            }
            ends = again;
        }
        ends
    }

    /// Reads `from.lane` from `from` on, up to the end of the lane at each call.
    pub fn read_from(&self, from: Position) -> LaneReader {
        let state = self.state_of(from.lane);
        LaneReader::new(self.folder.join(from.lane.folder()), state, from, self.counts.clone())
    }

    /// Bytes from `from` to `to` in each lane of clicks, segments whole.
    pub fn bytes_between(&self, from: &Positions, to: &Positions) -> u64 {
        to.iter().map(|end| segment::bytes_between(&self.folder, from.get(end.lane), end)).sum()
    }

    /// Deletes segments that were closed more than the retention ago and lie wholly before `shipped`.
    ///
    /// A lane that `shipped` does not name keeps everything. Returns how many were deleted.
    pub fn prune(&self, now: kernel::Timestamp, shipped: &Positions) -> Result<usize, JournalError> {
        prune::prune(&self.folder, &self.lanes(), now.plus_days(-self.options.keep_days), shipped)
    }

    /// Where the segments of `lane` end that were closed more than the retention ago.
    pub fn old_to(&self, lane: Lane, now: kernel::Timestamp) -> Result<Position, JournalError> {
        prune::closed_to(&self.folder, lane, now.plus_days(-self.options.keep_days))
    }

    /// Copies the journal into `folder` while it runs; reads up to the ends of this moment.
    pub fn backup_to(&self, folder: &Path) -> Result<(), JournalError> {
        let ends = self.ends();
        ends.iter().try_for_each(|end| segment::copy_lane(&self.folder, end, folder))
    }

    pub fn counters(&self) -> JournalCounters {
        self.counts.read()
    }
}

fn recover_lanes(folder: &Path, counts: &Counts) -> Result<BTreeMap<Lane, Arc<LaneState>>, JournalError> {
    let mut lanes = BTreeMap::new();
    for entry in std::fs::read_dir(folder)?.take(MAX_LANES) {
        let name = entry?.file_name();
        let Some(lane) = name.to_str().and_then(Lane::from_folder) else { continue };
        let end = segment::recover(&folder.join(lane.folder()), lane, counts)?;
        lanes.insert(lane, LaneState::at(end));
    }
    Ok(lanes)
}

#[cfg(test)]
mod tests;
