//! Opening, and opening again after a fatal error.

use std::{fs::File, path::Path, sync::Mutex};

use anyhow::Context as _;
use duckdb::{Config, Connection};

use super::{EventStore, StoreError, StoreOptions, entities::Entities, moves, schema};

/// The write-ahead log is folded into the file when it has grown to this.
const CHECKPOINT_BYTES: &str = "64MB";

pub struct Open {
    pub writer: Mutex<Connection>,
    /// Readers' connections are made from this one.
    pub base: Mutex<Connection>,
    /// The file as backups read it. Kept open, because closing any descriptor of a file drops the process's locks on it.
    pub backup_source: Mutex<Option<File>>,
}

impl Open {
    pub fn new(path: &Path, options: &StoreOptions) -> Result<(Self, Entities), StoreError> {
        let opened =
            connect(path, options).with_context(|| format!("the event store {} cannot be opened", path.display()));
        let base = opened.map_err(StoreError::Fault)?;
        base.execute_batch(schema::TABLES)?;
        let entities = read_entities(&base)?;
        let writer = base.try_clone()?;
        writer.execute_batch(moves::STAGING)?;
        let open = Self { writer: Mutex::new(writer), base: Mutex::new(base), backup_source: Mutex::default() };
        Ok((open, entities))
    }
}

fn connect(path: &Path, options: &StoreOptions) -> duckdb::Result<Connection> {
    let config = Config::default()
        .enable_autoload_extension(false)?
        .enable_external_access(false)?
        .max_memory(&format!("{}MB", options.memory_limit_mb))?
        .threads(i64::from(options.threads.max(1)))?
        .with("checkpoint_threshold", CHECKPOINT_BYTES)?
        .with("lock_configuration", "true")?;
    Connection::open_with_flags(path, config)
}

fn read_entities(connection: &Connection) -> duckdb::Result<Entities> {
    let mut statement = connection.prepare("SELECT key, id_hi, id_lo FROM entities")?;
    let rows = statement.query_map([], |row| {
        let (key, high, low): (i32, u64, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok((key, u128::from(high) << 64 | u128::from(low)))
    })?;
    Ok(Entities::from_rows(rows.collect::<duckdb::Result<_>>()?))
}

impl EventStore {
    /// Runs `work` on the writer's connection; a fatal error of the database has it opened again before the next.
    pub(super) fn with_writer<T>(
        &self,
        work: impl FnOnce(&Connection, &Open) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.ensure_open()?;
        let done = {
            let open = self.open.read().expect("the store");
            let open = open.as_ref().ok_or(StoreError::Reopening)?;
            work(&open.writer.lock().expect("the writer"), open)
        };
        done.inspect_err(|error| self.close_if_fatal(error))
    }

    pub(super) fn ensure_open(&self) -> Result<(), StoreError> {
        if self.open.read().expect("the store").is_some() {
            return Ok(());
        }
        let mut held = self.open.write().expect("the store");
        if held.is_some() {
            return Ok(());
        }
        let (open, entities) = Open::new(&self.path, &self.options)?;
        *self.entities.write().expect("entities") = entities;
        *held = Some(open);
        tracing::warn!("the event store was opened again after a fatal error");
        Ok(())
    }

    /// Drops every connection, once the readers have ended, so that the next use opens the file again.
    pub(super) fn close_if_fatal(&self, error: &StoreError) {
        if is_fatal(error) {
            tracing::error!(%error, "the event store is in its fatal-error state");
            self.close();
        }
    }

    /// Closes the file; the next use opens it again.
    pub fn close(&self) {
        *self.open.write().expect("the store") = None;
    }
}

/// DuckDB refuses all work after such an error until the database has been opened again.
fn is_fatal(error: &StoreError) -> bool {
    let StoreError::Fault(fault) = error else { return false };
    let text = format!("{fault:#}");
    text.contains("FATAL") || text.contains("database has been invalidated")
}
