//! Reads one lane, chunk by chunk.

use std::{fs::File, io, ops::Range, os::unix::fs::FileExt, path::PathBuf, sync::Arc};

use super::{
    frame::{self, Parsed},
    lane::LaneState,
    options::{Counts, JournalError, MAX_RECORD_BYTES},
    segment::{self, SEGMENT_HEAD},
};
use crate::position::Position;

/// Least bytes per chunk, so that any record fits.
const MIN_CHUNK_BYTES: usize = MAX_RECORD_BYTES + frame::FRAME_HEAD;

/// Records of one lane with the places after them.
#[derive(Default)]
pub struct Chunk {
    bytes: Vec<u8>,
    frames: Vec<(Range<usize>, Position)>,
}

impl Chunk {
    /// Encoded records, see [`crate::record::Record::decode`], each with the place after it.
    pub fn records(&self) -> impl Iterator<Item = (&[u8], Position)> {
        self.frames.iter().map(|(range, after)| (&self.bytes[range.clone()], *after))
    }

    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    pub fn len(&self) -> usize {
        self.frames.len()
    }
}

pub struct LaneReader {
    folder: PathBuf,
    state: Arc<LaneState>,
    at: Position,
    counts: Arc<Counts>,
}

impl LaneReader {
    pub(super) fn new(folder: PathBuf, state: Arc<LaneState>, at: Position, counts: Arc<Counts>) -> Self {
        Self { folder, state, at, counts }
    }

    /// Where reading goes on.
    pub fn position(&self) -> Position {
        self.at
    }

    /// The next records, about `max_bytes` of them; an empty chunk at the end of the lane.
    pub fn read(&mut self, max_bytes: usize) -> Result<Chunk, JournalError> {
        self.read_until(self.state.end(), max_bytes)
    }

    /// As `read`, but not past `end`.
    pub fn read_until(&mut self, end: Position, max_bytes: usize) -> Result<Chunk, JournalError> {
        while self.at.packed() < end.packed() {
            let before = self.at;
            let chunk = self.read_here(end, max_bytes.max(MIN_CHUNK_BYTES))?;
            if !chunk.is_empty() {
                return Ok(chunk);
            }
            if self.at != before {
                continue;
            }
            if self.at.segment == end.segment {
                self.at = end;
            } else {
                self.next_segment(end)?;
            }
        }
        Ok(Chunk::default())
    }

    fn next_segment(&mut self, end: Position) -> Result<(), JournalError> {
        let numbers = segment::numbers(&self.folder)?;
        let next = numbers.into_iter().find(|&number| number > self.at.segment).unwrap_or(end.segment);
        self.at = Position { segment: next, offset: SEGMENT_HEAD, ..self.at };
        Ok(())
    }

    fn read_here(&mut self, end: Position, max_bytes: usize) -> Result<Chunk, JournalError> {
        let file = match File::open(segment::path(&self.folder, self.at.segment)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Chunk::default()),
            file => file?,
        };
        let last = self.at.segment == end.segment;
        let stop = if last { u64::from(end.offset) } else { file.metadata()?.len() };
        let start = u64::from(self.at.offset.max(SEGMENT_HEAD));
        let length = stop.saturating_sub(start).min(max_bytes as u64) as usize;
        let mut bytes = vec![0; length];
        file.read_exact_at(&mut bytes, start)?;
        Ok(self.parse(bytes, start as u32))
    }

    fn parse(&mut self, bytes: Vec<u8>, start: u32) -> Chunk {
        let (mut frames, mut here) = (Vec::with_capacity(bytes.len() / 256), 0);
        loop {
            match frame::parse(&bytes, here) {
                Parsed::Whole(payload) => {
                    here = payload.end;
                    self.at.offset = start + here as u32;
                    frames.push((payload, self.at));
                }
                Parsed::Damaged { next } => {
                    Counts::add(&self.counts.corrupt_frames, 1);
                    tracing::error!(place = ?self.at, "a damaged record in the journal was passed over");
                    here = next;
                    self.at.offset = start + here as u32;
                }
                Parsed::Short | Parsed::End => return Chunk { bytes, frames },
            }
        }
    }
}
