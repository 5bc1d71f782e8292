//! A stretch of the journal, all lanes together.

use kernel::Timestamp;

use crate::{
    Journal, JournalError, Position, Positions,
    clicks::Judged,
    journal::Chunk,
    record::{ClickRecord, Record, ThroughRecord, TouchRecord, ViewRecord},
    store::ShipBatch,
};

/// Bytes of the journal that one transaction takes, give or take a lane's least chunk.
const BATCH_BYTES: usize = 12 << 20;

/// The bytes of a stretch.
pub struct Batch {
    chunks: Vec<Chunk>,
    pub to: Positions,
    /// Whether more waits behind it.
    pub more: bool,
}

impl Batch {
    /// Reads from `from` towards `ends`.
    pub fn read(journal: &Journal, from: &Positions, ends: &Positions) -> Result<Self, JournalError> {
        let behind: Vec<Position> = ends.iter().filter(|end| from.get(end.lane).packed() < end.packed()).collect();
        let mut batch = Self { chunks: Vec::with_capacity(behind.len()), to: Positions::default(), more: false };
        for end in &behind {
            let mut reader = journal.read_from(from.get(end.lane));
            batch.chunks.push(reader.read_until(*end, BATCH_BYTES / behind.len())?);
            batch.more |= reader.position().packed() < end.packed();
            batch.to.advance(reader.position());
        }
        Ok(batch)
    }

    /// Whether no lane has moved.
    pub fn is_untouched(&self) -> bool {
        self.chunks.is_empty()
    }

    pub fn decode(&self) -> Records<'_> {
        let mut records = Records::default();
        for (bytes, after) in self.chunks.iter().flat_map(Chunk::records) {
            match Record::decode(bytes) {
                Ok(Record::Click(click)) => records.clicks.push((click, after)),
                Ok(Record::Through(through)) => records.throughs.push(through),
                Ok(Record::View(view)) => records.views.push(view),
                Ok(Record::Touch(touch)) => records.touches.push(touch),
                Ok(Record::Receipt(_)) => records.unreadable += 1,
                Err(error) => {
                    tracing::error!(%error, place = ?after, "a record of the journal cannot be read");
                    records.unreadable += 1;
                }
            }
        }
        records
    }

    /// The moment up to which all lanes have been read, where more waits.
    pub fn read_up_to(&self) -> Option<Timestamp> {
        let last = |chunk: &Chunk| chunk.records().last().and_then(|(bytes, _)| recorded_at(bytes));
        self.chunks.iter().filter_map(last).min()
    }
}

fn recorded_at(bytes: &[u8]) -> Option<Timestamp> {
    match Record::decode(bytes).ok()? {
        Record::Click(click) => Some(click.recorded_at),
        Record::Through(through) => Some(through.recorded_at),
        Record::View(view) => Some(view.recorded_at),
        Record::Touch(touch) => Some(touch.recorded_at),
        Record::Receipt(receipt) => Some(receipt.arrived_at),
    }
}

/// The records of a batch, in place.
#[derive(Default)]
pub struct Records<'b> {
    pub clicks: Vec<(ClickRecord<'b>, Position)>,
    pub throughs: Vec<ThroughRecord<'b>>,
    pub views: Vec<ViewRecord<'b>>,
    pub touches: Vec<TouchRecord<'b>>,
    pub unreadable: usize,
}

impl<'b> Records<'b> {
    /// What the event store takes; `judged` in the order of the clicks.
    pub fn to_ship(&'b self, judged: &[Judged], to: Positions) -> ShipBatch<'b> {
        let clicks = self.clicks.iter().zip(judged).map(|((click, _), judged)| (click, *judged));
        ShipBatch {
            clicks: clicks.collect(),
            throughs: self.throughs.iter().collect(),
            views: self.views.iter().collect(),
            touches: self.touches.iter().collect(),
            to,
        }
    }
}
