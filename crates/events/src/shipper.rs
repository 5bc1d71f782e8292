//! Moves facts on: from the journal to the click index and the event store, from the records' moves to the event store.

use std::sync::Arc;

use kernel::{Timestamp, time::Clock};

use crate::{ClickIndex, EventStore, FactSource, Journal, Positions};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShipperCounters {
    pub shipped_clicks: u64,
    pub shipped_moves: u64,
    /// Bytes of the journal that wait.
    pub lag_bytes: u64,
    pub failures: u64,
}

pub struct Shipper;

impl Shipper {
    /// Starts the thread.
    pub fn start(
        _journal: Arc<Journal>,
        _index: ClickIndex,
        _store: Arc<EventStore>,
        _facts: Arc<dyn FactSource>,
        _clock: Arc<dyn Clock>,
    ) -> anyhow::Result<Self> {
        Ok(Self)
    }

    /// Returns once every click before `positions` is in the click index.
    pub async fn wait_for(&self, _positions: &Positions) -> anyhow::Result<()> {
        Ok(())
    }

    /// Returns once all that was journaled and all moves that were recorded before the call are in the event store.
    pub async fn settle(&self) -> anyhow::Result<()> {
        Ok(())
    }

    /// Everything recorded before this moment is in the event store.
    pub fn fresh_to(&self) -> Timestamp {
        Timestamp::default()
    }

    /// Ships now instead of at the next turn.
    pub fn wake(&self) {}

    pub fn counters(&self) -> ShipperCounters {
        ShipperCounters::default()
    }

    /// Ends the thread after the batch in hand.
    pub fn stop(&self) {}
}
