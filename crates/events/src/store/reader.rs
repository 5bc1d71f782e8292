//! Reports: few at once, each on a snapshot of its own, stopped after the limit.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, anyhow};
use duckdb::{Connection, InterruptHandle};

use super::{EventStore, StoreError};

/// A stopped question is told again after this, in case it was between two statements.
const STOP_AGAIN: Duration = Duration::from_millis(100);
/// A question that nobody waits for at a screen is stopped after this.
const LONG_TIME_LIMIT: Duration = Duration::from_secs(3_600);

#[derive(Default)]
struct Stop {
    stopped: AtomicBool,
    handle: Mutex<Option<Arc<InterruptHandle>>>,
}

impl Stop {
    fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        if let Some(handle) = &*self.handle.lock().expect("the handle") {
            handle.interrupt();
        }
    }
}

/// Stops the question when nobody waits for it any more.
struct StopWhenDropped(Arc<Stop>);

impl Drop for StopWhenDropped {
    fn drop(&mut self) {
        self.0.stop();
    }
}

impl EventStore {
    /// Runs `question` on a connection of its own in one read-only transaction, so that its statements agree.
    ///
    /// # Errors
    /// [`StoreError::TimedOut`] after the limit, [`StoreError::Busy`] when too many wait.
    pub async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Connection) -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.read_within(self.options.time_limit, question).await
    }

    /// As [`read`](Self::read), where nobody waits at a screen: an operator's proof, a count at the start.
    ///
    /// # Errors
    /// [`StoreError::TimedOut`] after [`LONG_TIME_LIMIT`], [`StoreError::Busy`] when too many wait.
    pub async fn read_at_leisure<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Connection) -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.read_within(LONG_TIME_LIMIT, question).await
    }

    async fn read_within<T: Send + 'static>(
        self: &Arc<Self>,
        mut limit: Duration,
        question: impl FnOnce(&Connection) -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let waiting = self.waiting.try_acquire().map_err(|_| StoreError::Busy)?;
        let turn = self.running.clone().acquire_owned().await.map_err(|_| StoreError::Reopening)?;
        drop(waiting);
        let (store, stop) = (self.clone(), Arc::new(Stop::default()));
        let guard = StopWhenDropped(stop.clone());
        let mut task = tokio::task::spawn_blocking(move || {
            let answer = store.read_blocking(&stop, question);
            drop(turn);
            answer
        });
        loop {
            match tokio::time::timeout(limit, &mut task).await {
                Ok(joined) => return finish(joined, &guard.0),
                Err(_) => guard.0.stop(),
            }
            limit = STOP_AGAIN;
        }
    }

    fn read_blocking<T>(
        &self,
        stop: &Stop,
        question: impl FnOnce(&Connection) -> anyhow::Result<T>,
    ) -> Result<T, StoreError> {
        self.ensure_open()?;
        let answer = self.read_open(stop, question);
        answer.inspect_err(|error| self.close_if_fatal(error))
    }

    fn read_open<T>(
        &self,
        stop: &Stop,
        question: impl FnOnce(&Connection) -> anyhow::Result<T>,
    ) -> Result<T, StoreError> {
        let open = self.open.read().expect("the store");
        let open = open.as_ref().ok_or(StoreError::Reopening)?;
        let connection = open.base.lock().expect("the base connection").try_clone()?;
        *stop.handle.lock().expect("the handle") = Some(connection.interrupt_handle());
        if stop.stopped.load(Ordering::SeqCst) {
            return Err(StoreError::TimedOut);
        }
        connection.execute_batch("BEGIN TRANSACTION READ ONLY")?;
        let answer = question(&connection).context("a report could not be answered");
        *stop.handle.lock().expect("the handle") = None;
        Ok(answer?)
    }
}

fn finish<T>(joined: Result<Result<T, StoreError>, tokio::task::JoinError>, stop: &Stop) -> Result<T, StoreError> {
    match joined.map_err(|error| StoreError::Fault(anyhow!(error)))? {
        Err(_) if stop.stopped.load(Ordering::SeqCst) => Err(StoreError::TimedOut),
        answer => answer,
    }
}
