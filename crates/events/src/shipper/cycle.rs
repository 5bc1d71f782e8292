//! The steps of a turn.

use std::sync::{Arc, atomic::Ordering};

use kernel::{
    Timestamp,
    time::{Clock, HOUR_MS},
};

use super::{
    ShipperParts,
    batch::{Batch, Records},
    progress::Progress,
};
use crate::{
    EventStore, FactSource, Journal, Positions,
    clicks::{ClickIndexWriter, Judged, Retention},
    store::Cursors,
};

/// Moves that one transaction takes.
const MOVES_PER_BATCH: usize = 4_096;
/// Retention runs this often by the clock.
const PRUNE_EVERY_MS: i64 = HOUR_MS;

pub struct Cycle {
    journal: Arc<Journal>,
    index: ClickIndexWriter,
    store: Arc<EventStore>,
    facts: Arc<dyn FactSource>,
    clock: Arc<dyn Clock>,
    retention: Retention,
    progress: Arc<Progress>,
    /// As the event store has them; read again after each failure.
    cursors: Option<Cursors>,
    clicks_fresh_to: Timestamp,
    moves_fresh_to: Timestamp,
    pruned_at: Option<Timestamp>,
    failed_in_a_row: u64,
}

impl Cycle {
    pub fn new(parts: ShipperParts, progress: Arc<Progress>) -> anyhow::Result<Self> {
        let index = ClickIndexWriter::open(&parts.index)?;
        progress.indexed.send_replace(index.indexed().clone());
        Ok(Self {
            journal: parts.journal,
            index,
            store: parts.store,
            facts: parts.facts,
            clock: parts.clock,
            retention: parts.retention,
            progress,
            cursors: None,
            clicks_fresh_to: Timestamp::default(),
            moves_fresh_to: Timestamp::default(),
            pruned_at: None,
            failed_in_a_row: 0,
        })
    }

    /// All steps once; answers whether more waits.
    pub fn turn(&mut self) -> bool {
        let turn = self.progress.begin();
        let done = self.clicks_turn().and_then(|clicks_wait| Ok(self.moves_turn()? || clicks_wait));
        self.tell();
        match done {
            Ok(true) => true,
            Ok(false) => {
                self.failed_in_a_row = 0;
                self.progress.settled.send_replace(turn);
                self.prune();
                false
            }
            Err(error) => {
                self.failed(&error);
                false
            }
        }
    }

    fn failed(&mut self, error: &anyhow::Error) {
        Progress::add(&self.progress.failures, 1);
        self.failed_in_a_row += 1;
        // A failure that lasts is told ever more rarely.
        if self.failed_in_a_row.is_power_of_two() {
            let turns = self.failed_in_a_row;
            tracing::error!(turns, error = format!("{error:#}"), "the shipper could not finish its turn");
        }
        self.cursors = None;
        if let Err(error) = self.index_ahead() {
            tracing::error!(error = format!("{error:#}"), "nor could it go on with the click index alone");
        }
    }

    pub(super) fn cursors(&mut self) -> anyhow::Result<&mut Cursors> {
        if self.cursors.is_none() {
            self.cursors = Some(self.store.cursors()?);
        }
        Ok(self.cursors.as_mut().expect("just read"))
    }

    /// Journal → click index → event store; answers whether more waits.
    fn clicks_turn(&mut self) -> anyhow::Result<bool> {
        let now = self.clock.now();
        let ends = self.journal.ends().of_clicks();
        let from = self.cursors()?.clicks.clone();
        let batch = Batch::read(&self.journal, &from, &ends)?;
        if !batch.is_untouched() {
            let records = batch.decode();
            let judged = self.index_step(&records, &batch.to)?;
            self.store_step(&records, &judged, &batch.to)?;
            Progress::add(&self.progress.shipped_clicks, records.clicks.len());
            Progress::add(&self.progress.unreadable, records.unreadable);
        }
        let fresh_to = if batch.more { batch.read_up_to().unwrap_or_default() } else { now };
        self.clicks_fresh_to = self.clicks_fresh_to.max(fresh_to);
        let shipped = self.cursors()?.clicks.clone();
        self.progress.lag_bytes.store(self.journal.bytes_between(&shipped, &ends), Ordering::Relaxed);
        Ok(batch.more)
    }

    pub(super) fn index_step(&mut self, records: &Records<'_>, to: &Positions) -> anyhow::Result<Vec<Judged>> {
        self.index.note_seen(&records.views, &records.touches)?;
        let judged = self.index.index(&records.clicks, to)?;
        self.progress.indexed.send_replace(self.index.indexed().clone());
        Ok(judged)
    }

    pub(super) fn store_step(
        &mut self,
        records: &Records<'_>,
        judged: &[Judged],
        to: &Positions,
    ) -> anyhow::Result<()> {
        self.store.ship(&records.to_ship(judged, to.clone()))?;
        let cursors = self.cursors()?;
        to.iter().for_each(|position| cursors.clicks.advance(position));
        Ok(())
    }

    /// Indexes what the event store cannot take at present.
    fn index_ahead(&mut self) -> anyhow::Result<()> {
        let ends = self.journal.ends().of_clicks();
        loop {
            let batch = Batch::read(&self.journal, self.index.indexed(), &ends)?;
            if batch.is_untouched() {
                return Ok(());
            }
            self.index_step(&batch.decode(), &batch.to)?;
        }
    }

    /// Moves → event store; answers whether more waits. Needs the clicks of the index to be in the store.
    pub(super) fn moves_turn(&mut self) -> anyhow::Result<bool> {
        let now = self.clock.now();
        let cursors = self.cursors()?.clone();
        if !cursors.clicks.reached(self.index.indexed()) {
            return Ok(true);
        }
        let moves = self.facts.read_after(cursors.moves, MOVES_PER_BATCH)?;
        if let Some(last) = moves.last() {
            self.store.ship_moves(&moves)?;
            self.cursors()?.moves = last.seq;
            Progress::add(&self.progress.shipped_moves, moves.len());
        }
        let more = moves.len() >= MOVES_PER_BATCH;
        self.moves_fresh_to = if more { self.moves_fresh_to } else { self.moves_fresh_to.max(now) };
        Ok(more)
    }

    fn tell(&mut self) {
        let Some(cursors) = self.cursors.clone() else { return };
        let fresh_to = self.clicks_fresh_to.min(self.moves_fresh_to);
        self.progress.shipped.send_if_modified(|shipped| {
            let changed = shipped.cursors != cursors || shipped.fresh_to != fresh_to;
            shipped.cursors = cursors;
            shipped.fresh_to = fresh_to;
            changed
        });
    }

    /// Retention, when it is due; a part at a time, so that shipping goes on.
    fn prune(&mut self) {
        let now = self.clock.now();
        let due = self.pruned_at.is_none_or(|at| (now.millis() - at.millis()).abs() >= PRUNE_EVERY_MS);
        let Some(cursors) = self.cursors.as_ref().filter(|_| due) else { return };
        let pruned = self.journal.prune(now, &cursors.clicks).map_err(anyhow::Error::from);
        match pruned.and_then(|_| self.index.prune(now, self.retention)) {
            Ok(true) => self.pruned_at = Some(now),
            Ok(false) => {}
            Err(error) => {
                Progress::add(&self.progress.failures, 1);
                tracing::error!(error = format!("{error:#}"), "retention could not run");
                self.pruned_at = Some(now);
            }
        }
    }
}

impl Drop for Cycle {
    fn drop(&mut self) {
        self.progress.end();
    }
}
