//! Settings, errors and counters of the journal.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use super::disk::DiskLimit;

/// Bytes that one record may take with its frame.
pub const MAX_RECORD_BYTES: usize = 1 << 20;

#[derive(Clone, Debug)]
pub struct JournalOptions {
    /// A segment is closed when it has grown to this.
    pub segment_bytes: u32,
    /// Kept allocated beside each lane for the day the disk is full. 0 keeps none.
    pub reserve_bytes: u32,
    /// Clicks reach the disk at least this often.
    pub sync_interval: Duration,
    /// Each flush of clicks waits for the disk.
    pub strict: bool,
    /// Shipped segments are deleted after this.
    pub keep_days: i64,
    /// Tells the story of a full disk without one.
    pub disk_limit: Option<Arc<DiskLimit>>,
}

impl Default for JournalOptions {
    fn default() -> Self {
        Self {
            segment_bytes: 64 << 20,
            reserve_bytes: 8 << 20,
            sync_interval: Duration::from_secs(1),
            strict: false,
            keep_days: 7,
            disk_limit: None,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The disk is full and so is the reserve. What was to be written is not stored.
    #[error("the disk is full")]
    Full,
    #[error("a record of {0} bytes is too long for the journal")]
    TooLong(usize),
    #[error("the journal is closed")]
    Closed,
    #[error("journal: {0}")]
    Io(#[from] io::Error),
}

/// What the journal has lived through since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JournalCounters {
    /// Records refused because the disk was full or failed.
    pub unstored_records: u64,
    /// Times a lane fell back on its reserve.
    pub reserves_used: u64,
    /// Bytes of torn tails cut at start.
    pub torn_bytes: u64,
    /// Damaged frames that a reader had to skip.
    pub corrupt_frames: u64,
    pub sync_failures: u64,
}

#[derive(Default)]
pub(super) struct Counts {
    pub unstored_records: AtomicU64,
    pub reserves_used: AtomicU64,
    pub torn_bytes: AtomicU64,
    pub corrupt_frames: AtomicU64,
    pub sync_failures: AtomicU64,
}

impl Counts {
    pub fn add(counter: &AtomicU64, count: u64) {
        counter.fetch_add(count, Ordering::Relaxed);
    }

    pub fn read(&self) -> JournalCounters {
        let value = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        JournalCounters {
            unstored_records: value(&self.unstored_records),
            reserves_used: value(&self.reserves_used),
            torn_bytes: value(&self.torn_bytes),
            corrupt_frames: value(&self.corrupt_frames),
            sync_failures: value(&self.sync_failures),
        }
    }
}
