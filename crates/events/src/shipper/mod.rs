//! Moves facts on: from the journal to the click index and the event store, from the records' moves to the event store.
//!
//! One thread of low priority. A turn: read the journal from the event store's cursor → judge duplicates and write the
//! click index (first, so that a conversion never waits for reports) → append rows and cursor to the event store in one
//! transaction → append the moves of conversions, whose clicks are there by now. Invariants: each step can be repeated,
//! so that a crash between any two loses nothing and doubles nothing; when the event store fails, the click index goes
//! on alone.

mod batch;
mod cycle;
mod progress;

use std::{
    sync::{Arc, Mutex, mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};

use kernel::{Timestamp, time::Clock};
use tokio::sync::watch;

pub use progress::{Shipped, ShipperCounters};

use crate::{ClickIndex, EventStore, FactSource, Journal, Positions, clicks::Retention};
use cycle::Cycle;
use progress::Progress;

/// The journal is looked at least this often. A transaction of the event store costs much however little is in it.
const POLL: Duration = Duration::from_millis(500);
/// The thread yields to those that serve visitors.
const NICENESS: i32 = 10;
const ENDED: &str = "the shipper has ended";

/// What the shipper works with.
pub struct ShipperParts {
    pub journal: Arc<Journal>,
    pub index: ClickIndex,
    pub store: Arc<EventStore>,
    pub facts: Arc<dyn FactSource>,
    pub clock: Arc<dyn Clock>,
    pub retention: Retention,
}

/// The handle of the running thread.
pub struct Shipper {
    progress: Arc<Progress>,
    wake: Mutex<Option<mpsc::SyncSender<()>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Shipper {
    /// Starts the thread.
    pub fn start(parts: ShipperParts) -> anyhow::Result<Self> {
        let progress = Arc::new(Progress::default());
        let cycle = Cycle::new(parts, progress.clone())?;
        let (wake, woken) = mpsc::sync_channel(1);
        let thread = thread::Builder::new().name("shipper".into()).spawn(move || run(cycle, &woken))?;
        Ok(Self { progress, wake: Mutex::new(Some(wake)), thread: Mutex::new(Some(thread)) })
    }

    /// How far the event store has come, whenever that changes.
    pub fn shipped_to(&self) -> watch::Receiver<Shipped> {
        self.progress.shipped.subscribe()
    }

    /// Returns once every click before `positions` is in the click index.
    pub async fn wait_for(&self, positions: &Positions) -> anyhow::Result<()> {
        let wanted = positions.of_clicks();
        let mut indexed = self.progress.indexed.subscribe();
        if !indexed.borrow_and_update().reached(&wanted) {
            self.wake();
        }
        let reached = |indexed: &Positions| indexed.reached(&wanted);
        let indexed = indexed.wait_for(|indexed| reached(indexed) || self.progress.has_ended()).await?;
        anyhow::ensure!(reached(&indexed), ENDED);
        Ok(())
    }

    /// Returns once all that was journaled and all moves that were recorded before the call are in the event store.
    pub async fn settle(&self) -> anyhow::Result<()> {
        let mut settled = self.progress.settled.subscribe();
        let wanted = self.progress.begun() + 1;
        self.wake();
        let turn = *settled.wait_for(|turn| *turn >= wanted || self.progress.has_ended()).await?;
        anyhow::ensure!(turn >= wanted, ENDED);
        Ok(())
    }

    /// Everything recorded before this moment is in the event store.
    pub fn fresh_to(&self) -> Timestamp {
        self.progress.shipped.borrow().fresh_to
    }

    /// Ships now instead of at the next turn.
    pub fn wake(&self) {
        if let Some(wake) = &*self.wake.lock().expect("the waker") {
            // A full channel means that a turn is due already.
            let _ = wake.try_send(());
        }
    }

    pub fn counters(&self) -> ShipperCounters {
        self.progress.counters()
    }

    /// Ends the thread after the batch in hand, and waits for that.
    pub fn stop(&self) {
        *self.wake.lock().expect("the waker") = None;
        let thread = self.thread.lock().expect("the thread").take();
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the shipper panicked");
        }
    }
}

impl Drop for Shipper {
    fn drop(&mut self) {
        self.stop();
    }
}

fn run(mut cycle: Cycle, woken: &mpsc::Receiver<()>) {
    yield_to_others();
    loop {
        let more = cycle.turn();
        let wait = if more { Duration::ZERO } else { POLL };
        if woken.recv_timeout(wait) == Err(mpsc::RecvTimeoutError::Disconnected) {
            return;
        }
    }
}

fn yield_to_others() {
    // SAFETY: no memory is involved; 0 names the calling thread.
    let code = unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, NICENESS) };
    if code != 0 {
        tracing::debug!("the shipper keeps the priority of its parent");
    }
}

#[cfg(test)]
mod tests;
