//! The event store: DuckDB in one file, append-only facts, one writer (the shipper), few readers (the reports).
//!
//! Invariants: rows and the cursor that says how far they go are one transaction; no fact is changed; nothing here
//! reaches outside the file (no extension is loaded, no other file is read); a database in its fatal-error state is
//! closed and opened again. The tables: [`schema`].

mod backup;
mod columns;
mod entities;
mod moves;
mod open;
mod reader;
pub mod schema;
mod ship;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
    time::Duration,
};

use kernel::Id;
use tokio::sync::Semaphore;

pub(crate) use entities::{high, low};
pub use ship::ShipBatch;

use crate::position::Positions;
use entities::Entities;
use open::Open;

/// Reports that may wait for their turn; more are refused.
const MAX_WAITING: usize = 64;

#[derive(Clone, Debug)]
pub struct StoreOptions {
    pub memory_limit_mb: u32,
    pub threads: u32,
    /// Reports that run at once: long readers hold back checkpoints.
    pub readers: usize,
    /// A report is stopped after this.
    pub time_limit: Duration,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self { memory_limit_mb: 1_024, threads: 2, readers: 2, time_limit: Duration::from_secs(30) }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the report took longer than its limit and was stopped")]
    TimedOut,
    #[error("too many reports wait already")]
    Busy,
    #[error("the event store is being reopened")]
    Reopening,
    #[error(transparent)]
    Fault(#[from] anyhow::Error),
}

impl From<duckdb::Error> for StoreError {
    fn from(error: duckdb::Error) -> Self {
        Self::Fault(error.into())
    }
}

/// How far the store has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursors {
    pub clicks: Positions,
    /// `seq` of the last move.
    pub moves: u64,
}

pub struct EventStore {
    path: PathBuf,
    options: StoreOptions,
    /// `None` between a fatal error and a successful reopening. Readers hold it for reading while they run.
    open: RwLock<Option<Open>>,
    entities: RwLock<Entities>,
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl EventStore {
    /// Opens the file, or makes it.
    pub fn open(path: &Path, options: StoreOptions) -> Result<Self, StoreError> {
        let (open, entities) = Open::new(path, &options)?;
        let running = Arc::new(Semaphore::new(options.readers.max(1)));
        let waiting = Arc::new(Semaphore::new(MAX_WAITING));
        Ok(Self {
            path: path.to_owned(),
            options,
            open: RwLock::new(Some(open)),
            entities: RwLock::new(entities),
            running,
            waiting,
        })
    }

    /// The key by which facts name `id`; `None` where no fact has it.
    pub fn key_of<K>(&self, id: Id<K>) -> Option<i32> {
        self.entities.read().expect("entities").key_of(id.as_u128())
    }

    /// The id behind a key of a fact; `None` for 0.
    pub fn id_of(&self, key: i32) -> Option<u128> {
        self.entities.read().expect("entities").id_of(key)
    }

    /// How far the committed facts go.
    pub fn cursors(&self) -> Result<Cursors, StoreError> {
        self.with_writer(|writer, _| ship::read_cursors(writer))
    }
}

#[cfg(test)]
mod tests;
