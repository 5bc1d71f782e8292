//! The writing end of one lane.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use kernel::{
    Timestamp,
    time::{Clock, DAY_MS},
};

use super::{
    disk, frame,
    options::{Counts, JournalError, JournalOptions},
    segment::{self, SEGMENT_HEAD},
};
use crate::{
    position::{Lane, Position},
    record::Record,
};

/// A segment is closed after a day even where little came, so that retention can take it.
const SEGMENT_AGE_MS: i64 = DAY_MS;
/// Closed files that may wait for their sync.
const MAX_UNSYNCED: usize = 64;

/// What the writer of a lane tells the readers and the thread that syncs.
pub struct LaneState {
    lane: Lane,
    end: AtomicU64,
    dirty: AtomicBool,
    /// The open file last, before it those closed since the last sync.
    files: Mutex<Vec<Arc<File>>>,
}

impl LaneState {
    pub fn new(lane: Lane) -> Arc<Self> {
        Self::at(Position::start_of(lane))
    }

    pub fn at(end: Position) -> Arc<Self> {
        let end_packed = AtomicU64::new(end.packed());
        Arc::new(Self { lane: end.lane, end: end_packed, dirty: AtomicBool::new(false), files: Mutex::default() })
    }

    pub fn lane(&self) -> Lane {
        self.lane
    }

    /// Everything before this has been written.
    pub fn end(&self) -> Position {
        Position::unpack(self.lane, self.end.load(Ordering::Acquire))
    }

    fn publish(&self, end: Position) {
        self.end.store(end.packed(), Ordering::Release);
        if !self.dirty.load(Ordering::Relaxed) {
            self.dirty.store(true, Ordering::Release);
        }
    }

    fn opened(&self, file: Arc<File>) {
        let mut files = self.files.lock().expect("files of a lane");
        if files.len() == MAX_UNSYNCED {
            files.remove(0);
        }
        files.push(file);
    }

    /// Brings to the disk what was written before the call.
    pub fn sync(&self) -> io::Result<()> {
        if !self.dirty.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        let files = self.files.lock().expect("files of a lane").clone();
        let Some(open) = files.last() else { return Ok(()) };
        let synced = files.iter().try_for_each(|file| file.sync_data());
        if synced.is_err() {
            self.dirty.store(true, Ordering::Release);
            return synced;
        }
        let is_done = |file: &Arc<File>| !Arc::ptr_eq(file, open) && files.iter().any(|done| Arc::ptr_eq(done, file));
        self.files.lock().expect("files of a lane").retain(|file| !is_done(file));
        Ok(())
    }
}

struct OpenSegment {
    file: Arc<File>,
    number: u32,
    offset: u32,
    room: u32,
    opened_at: Timestamp,
    in_reserve: bool,
}

pub struct LaneWriter {
    folder: PathBuf,
    state: Arc<LaneState>,
    options: JournalOptions,
    clock: Arc<dyn Clock>,
    counts: Arc<Counts>,
    /// `None` while the disk gives no room for one.
    current: Option<OpenSegment>,
    next_number: u32,
}

impl LaneWriter {
    /// Opens a new segment. A full disk is no error here: each write tries again.
    pub fn open(
        journal_folder: &Path,
        state: Arc<LaneState>,
        options: JournalOptions,
        clock: Arc<dyn Clock>,
        counts: Arc<Counts>,
    ) -> Result<Self, JournalError> {
        let folder = journal_folder.join(state.lane().folder());
        fs::create_dir_all(&folder)?;
        let next_number = state.end().segment.max(segment::numbers(&folder)?.last().copied().unwrap_or(0)) + 1;
        let mut writer = Self { folder, state, options, clock, counts, current: None, next_number };
        match writer.open_segment() {
            Ok(()) | Err(JournalError::Full) => Ok(writer),
            Err(error) => Err(error),
        }
    }

    /// Writes whole frames with one write(2); answers the place after them.
    ///
    /// # Errors
    /// [`JournalError::Full`] when neither the disk nor the reserve has room; nothing is stored then.
    pub fn write(&mut self, frames: &[u8]) -> Result<Position, JournalError> {
        if self.must_roll(frames.len()) {
            self.current = None;
            self.open_segment()?;
        }
        match self.write_here(frames) {
            Err(error) if disk::is_full(&error) => {
                self.leave_segment();
                self.open_reserve()?;
                self.write_here(frames).inspect_err(|_| self.leave_segment()).map_err(as_journal_error)
            }
            Err(error) => {
                self.leave_segment();
                Err(JournalError::Io(error))
            }
            Ok(end) => Ok(end),
        }
    }

    pub fn sync(&mut self) -> Result<(), JournalError> {
        let Some(current) = &self.current else { return Ok(()) };
        let synced = current.file.sync_data();
        if synced.is_err() {
            Counts::add(&self.counts.sync_failures, 1);
            self.current = None;
        }
        Ok(synced?)
    }

    pub fn count_unstored(&self, records: u64) {
        Counts::add(&self.counts.unstored_records, records);
    }

    fn must_roll(&self, bytes: usize) -> bool {
        let Some(current) = &self.current else { return true };
        let aged = self.clock.now().millis() - current.opened_at.millis() >= SEGMENT_AGE_MS;
        let used = current.offset > SEGMENT_HEAD;
        used && (aged || current.offset as usize + bytes > current.room as usize)
    }

    fn write_here(&mut self, frames: &[u8]) -> io::Result<Position> {
        let current = self.current.as_mut().expect("a segment is open before anything is written");
        if current.in_reserve && current.offset as usize + frames.len() > current.room as usize {
            return Err(disk::full());
        }
        let limit = if current.in_reserve { None } else { self.options.disk_limit.as_deref() };
        disk::write(&current.file, frames, limit)?;
        current.offset += frames.len() as u32;
        let end = Position { lane: self.state.lane(), segment: current.number, offset: current.offset };
        self.state.publish(end);
        Ok(end)
    }

    /// Cuts what a failed write left behind and closes the segment.
    fn leave_segment(&mut self) {
        if let Some(current) = self.current.take()
            && let Err(error) = current.file.set_len(u64::from(current.offset))
        {
            tracing::warn!(%error, segment = current.number, "the tail of a journal segment could not be cut");
        }
    }

    fn open_segment(&mut self) -> Result<(), JournalError> {
        let path = segment::path(&self.folder, self.next_number);
        match self.create(&path) {
            Ok(file) => {
                self.enter(file, self.options.segment_bytes, false)?;
                self.keep_reserve();
                Ok(())
            }
            Err(error) => {
                // A file of no bytes is skipped by readers, so a failed removal does no harm.
                let _ = fs::remove_file(&path);
                if disk::is_full(&error) { self.open_reserve() } else { Err(error.into()) }
            }
        }
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        let file = File::create_new(path)?;
        let head = segment::head(self.state.lane(), self.next_number, self.clock.now());
        disk::write(&file, &head, self.options.disk_limit.as_deref())?;
        File::open(&self.folder)?.sync_all()?;
        Ok(file)
    }

    fn open_reserve(&mut self) -> Result<(), JournalError> {
        let reserve = self.folder.join(segment::RESERVE);
        let path = segment::path(&self.folder, self.next_number);
        if fs::rename(&reserve, &path).is_err() {
            return Err(JournalError::Full);
        }
        let file = fs::OpenOptions::new().write(true).open(&path)?;
        disk::write(&file, &segment::head(self.state.lane(), self.next_number, self.clock.now()), None)?;
        File::open(&self.folder)?.sync_all()?;
        let room = file.metadata()?.len() as u32;
        Counts::add(&self.counts.reserves_used, 1);
        tracing::error!(lane = self.state.lane().0, "the disk is full: the journal goes on in its reserve");
        self.enter(file, room, true)
    }

    fn enter(&mut self, file: File, room: u32, in_reserve: bool) -> Result<(), JournalError> {
        let (file, number) = (Arc::new(file), self.next_number);
        self.next_number = number.checked_add(1).ok_or(JournalError::Full)?;
        self.state.opened(file.clone());
        let opened_at = self.clock.now();
        self.current = Some(OpenSegment { file, number, offset: SEGMENT_HEAD, room, opened_at, in_reserve });
        self.state.publish(Position { lane: self.state.lane(), segment: number, offset: SEGMENT_HEAD });
        Ok(())
    }

    fn keep_reserve(&self) {
        let path = self.folder.join(segment::RESERVE);
        if self.options.reserve_bytes == 0 || path.exists() {
            return;
        }
        let allocated = File::create_new(&path)
            .and_then(|file| disk::allocate(&file, self.options.reserve_bytes, self.options.disk_limit.as_deref()));
        if let Err(error) = allocated {
            tracing::warn!(%error, "the disk has no room for the journal's reserve");
            let _ = fs::remove_file(&path);
        }
    }
}

fn as_journal_error(error: io::Error) -> JournalError {
    if disk::is_full(&error) { JournalError::Full } else { JournalError::Io(error) }
}

/// The clicks of one edge thread.
pub struct ClickLane {
    writer: LaneWriter,
    strict: bool,
    buffer: Vec<u8>,
    waiting: u64,
}

impl ClickLane {
    pub(super) fn new(writer: LaneWriter, strict: bool) -> Self {
        Self { writer, strict, buffer: Vec::with_capacity(64 << 10), waiting: 0 }
    }

    /// Adds a record to those that the next flush writes.
    ///
    /// # Errors
    /// [`JournalError::TooLong`]; the record is left out, the others stay.
    pub fn append(&mut self, record: &Record<'_>) -> Result<(), JournalError> {
        frame::append(&mut self.buffer, |out| record.encode_into(out))?;
        self.waiting += 1;
        Ok(())
    }

    /// Records that wait for the flush.
    pub fn waiting(&self) -> u64 {
        self.waiting
    }

    /// Writes all that waits with one write(2), in strict mode also to the disk, and answers the lane's end.
    ///
    /// # Errors
    /// None of the records that waited is stored then; each is counted as unstored.
    pub fn flush(&mut self) -> Result<Position, JournalError> {
        if self.buffer.is_empty() {
            return Ok(self.writer.state.end());
        }
        let mut written = self.writer.write(&self.buffer);
        if self.strict && written.is_ok() {
            written = self.writer.sync().and(written);
        }
        if written.is_err() {
            self.writer.count_unstored(self.waiting);
        }
        self.buffer.clear();
        self.waiting = 0;
        written
    }
}
