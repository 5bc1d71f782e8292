//! What one edge thread owns: its journal lane, its block of click numbers, its cache of agents.
//!
//! Requests of a loop turn append to the lane; the first wakes the lane's flush task, which runs behind all requests
//! that were ready in the same turn, writes once, and wakes them. So a lock is taken that no other thread wants, and a
//! turn costs one `write(2)`.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll, Waker},
};

use events::{ClickLane, JournalError, Record};
use tokio::sync::Notify;

use crate::{click_id::Drawer, redirect::agent::AgentCache};

const OPEN: u8 = 0;
const STORED: u8 = 1;
const FAILED: u8 = 2;

/// The records that one write takes.
#[derive(Default)]
pub struct Turn {
    outcome: AtomicU8,
}

pub struct LaneState {
    journal: ClickLane,
    pub drawer: Drawer,
    pub agents: AgentCache,
    turn: Arc<Turn>,
    wakers: Vec<Waker>,
}

impl LaneState {
    /// Adds a record to the turn that is open.
    pub fn append(&mut self, record: &Record<'_>) -> Result<Arc<Turn>, JournalError> {
        self.journal.append(record)?;
        Ok(self.turn.clone())
    }

    fn flush(&mut self) {
        let outcome = match self.journal.flush() {
            Ok(_) => STORED,
            Err(error) => {
                tracing::error!(%error, "clicks could not be written to the journal");
                FAILED
            }
        };
        self.turn.outcome.store(outcome, Ordering::Release);
        self.turn = Arc::default();
        self.wakers.drain(..).for_each(Waker::wake);
    }
}

pub struct Lane {
    state: Mutex<LaneState>,
    to_flush: Notify,
}

impl Lane {
    pub fn new(journal: ClickLane, drawer: Drawer) -> Self {
        let state =
            LaneState { journal, drawer, agents: AgentCache::default(), turn: Arc::default(), wakers: Vec::new() };
        Self { state: Mutex::new(state), to_flush: Notify::new() }
    }

    pub fn lock(&self) -> MutexGuard<'_, LaneState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what waits, now. Answers whether the records of `turn` are stored.
    pub fn flush_now(&self, turn: &Turn) -> bool {
        let mut state = self.lock();
        if turn.outcome.load(Ordering::Acquire) == OPEN {
            state.flush();
        }
        turn.outcome.load(Ordering::Acquire) == STORED
    }

    /// Resolves when the turn has been written: whether its records are stored.
    pub fn stored(&self, turn: Arc<Turn>) -> Stored<'_> {
        Stored { lane: self, turn, waits: false }
    }

    /// The lane's flush task; ends never.
    pub async fn flush_turns(&self) {
        loop {
            self.to_flush.notified().await;
            self.lock().flush();
        }
    }
}

pub struct Stored<'a> {
    lane: &'a Lane,
    turn: Arc<Turn>,
    waits: bool,
}

impl Future for Stored<'_> {
    type Output = bool;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<bool> {
        match self.turn.outcome.load(Ordering::Acquire) {
            STORED => return Poll::Ready(true),
            FAILED => return Poll::Ready(false),
            _ if self.waits => return Poll::Pending,
            _ => self.waits = true,
        }
        let mut state = self.lane.lock();
        if self.turn.outcome.load(Ordering::Acquire) != OPEN {
            drop(state);
            return self.poll(context);
        }
        state.wakers.push(context.waker().clone());
        if state.wakers.len() == 1 {
            self.lane.to_flush.notify_one();
        }
        Poll::Pending
    }
}
