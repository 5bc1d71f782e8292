//! What the shipper tells of itself.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use kernel::Timestamp;
use tokio::sync::watch;

use crate::{Positions, store::Cursors};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shipped {
    pub cursors: Cursors,
    /// Everything recorded before this moment is in the event store.
    pub fresh_to: Timestamp,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShipperCounters {
    pub shipped_clicks: u64,
    pub shipped_moves: u64,
    /// Bytes of the journal that wait.
    pub lag_bytes: u64,
    /// Turns in which a step failed.
    pub failures: u64,
    /// Records that could not be read and were passed over.
    pub unreadable: u64,
}

#[derive(Default)]
pub struct Progress {
    pub indexed: watch::Sender<Positions>,
    pub shipped: watch::Sender<Shipped>,
    /// Number of the last turn that left nothing behind.
    pub settled: watch::Sender<u64>,
    begun: AtomicU64,
    ended: AtomicBool,
    pub shipped_clicks: AtomicU64,
    pub shipped_moves: AtomicU64,
    pub lag_bytes: AtomicU64,
    pub failures: AtomicU64,
    pub unreadable: AtomicU64,
}

impl Progress {
    /// Turns begun so far.
    pub fn begun(&self) -> u64 {
        self.begun.load(Ordering::SeqCst)
    }

    pub fn begin(&self) -> u64 {
        self.begun.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Tells those who wait that nothing more will come.
    pub fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
        self.indexed.send_modify(|_| {});
        self.settled.send_modify(|_| {});
    }

    pub fn has_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    pub fn add(counter: &AtomicU64, count: usize) {
        counter.fetch_add(count as u64, Ordering::Relaxed);
    }

    pub fn counters(&self) -> ShipperCounters {
        let value = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        ShipperCounters {
            shipped_clicks: value(&self.shipped_clicks),
            shipped_moves: value(&self.shipped_moves),
            lag_bytes: value(&self.lag_bytes),
            failures: value(&self.failures),
            unreadable: value(&self.unreadable),
        }
    }
}
