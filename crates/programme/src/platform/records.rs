//! The records database: SQLite by default, PostgreSQL when it outgrows one machine.
//!
//! SQLite has one writer connection (BEGIN IMMEDIATE, synchronous=FULL) and separate readers, so that a reader never
//! sees SQLITE_BUSY and a writer never fails to upgrade. PostgreSQL has one pool for both.

use std::{path::Path, time::Duration};

use anyhow::Context as _;
use kernel::{Refusal, RefusalCode, Tenant};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr,
    RuntimeErr, SqliteTransactionMode, SqlxError, TransactionOptions, TransactionTrait as _,
    sqlx::{Connection as _, SqliteConnection},
};

use super::{idempotency, problem::Problem};

const READERS_MAX: u32 = 8;
const POSTGRES_CONNECTIONS_MAX: u32 = 24;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
const OPEN_TRIES: usize = 6;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The write-ahead log is folded into the file when it holds this many pages (32 MB): a page that many batches change
/// is then written to the file once, not once a batch.
const CHECKPOINT_PAGES: &str = "8192";

/// Connections to the records.
#[derive(Clone)]
pub struct Records {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

impl Records {
    /// Opens `url` (`sqlite:///path/records.db` or `postgres://…`); creates an absent SQLite file.
    ///
    /// A PostgreSQL that does not answer yet is no error here: redirects start without records. `durable` false leaves
    /// waiting for the disk out, for data that can be made again.
    pub async fn open(url: &str, durable: bool) -> anyhow::Result<Self> {
        if url.starts_with("postgres") {
            let mut options = ConnectOptions::new(url.to_owned());
            options
                .max_connections(POSTGRES_CONNECTIONS_MAX)
                .acquire_timeout(ACQUIRE_TIMEOUT)
                .connect_lazy(true)
                .sqlx_logging(false);
            let pool = Database::connect(options).await.context("connect to PostgreSQL records")?;
            return Ok(Self { writer: pool.clone(), reader: pool });
        }
        let writer =
            open_patiently(sqlite_options(url, 1, durable)).await.context("open SQLite records for writing")?;
        let reader = open_patiently(sqlite_options(url, READERS_MAX, durable)).await.context("open SQLite records")?;
        Ok(Self { writer, reader })
    }

    /// The address of the default SQLite file in a data folder.
    pub fn sqlite_url(data: &Path) -> String {
        format!("sqlite://{}?mode=rwc", data.join("records.db").display())
    }

    pub fn backend(&self) -> DatabaseBackend {
        self.reader.get_database_backend()
    }

    pub fn is_sqlite(&self) -> bool {
        self.backend() == DatabaseBackend::Sqlite
    }

    /// A connection for questions.
    pub fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// The connection migrations run on.
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Begins a write. Waits its turn on SQLite.
    pub async fn begin(&self) -> Result<WriteTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: self.is_sqlite().then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await.map(WriteTransaction)
    }

    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close_by_ref().await?;
        self.writer.close_by_ref().await
    }
}

/// A slow disk may take longer over a first file than a request may wait for a connection.
async fn open_patiently(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    for _ in 1..OPEN_TRIES {
        match Database::connect(options.clone()).await {
            Err(DbErr::Conn(RuntimeErr::SqlxError(error))) if matches!(*error, SqlxError::PoolTimedOut) => {}
            opened => return opened,
        }
    }
    Database::connect(options).await
}

fn sqlite_options(url: &str, connections_max: u32, durable: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(connections_max)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .busy_timeout(BUSY_TIMEOUT)
                .foreign_keys(true)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", if durable { "FULL" } else { "OFF" })
                .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
                .pragma("cache_size", "-65536")
                .pragma("temp_store", "MEMORY")
        })
        .map_sqlx_sqlite_pool_opts(|pool| pool.after_release(|conn, _| Box::pin(is_out_of_transaction(conn))));
    options
}

/// Whether a connection may serve again.
///
/// A full disk makes SQLite roll a transaction back by itself. The rollback that follows then fails, sqlx goes on
/// counting a transaction, and the next ones would be savepoints within one that nobody commits: told as done, and lost.
async fn is_out_of_transaction(conn: &mut SqliteConnection) -> Result<bool, SqlxError> {
    // The rollback of a dropped transaction waits in the queue; a ping comes after it.
    conn.ping().await?;
    Ok(!conn.is_in_transaction())
}

/// A write in progress; dropped without [`commit`](Self::commit) it never happened.
pub struct WriteTransaction(DatabaseTransaction);

impl WriteTransaction {
    /// Lets one writer at a time decide about a workspace's money: on PostgreSQL a lock held to the end of the
    /// transaction, on SQLite the transaction itself.
    pub async fn lock_workspace(&self, tenant: Tenant) -> Result<(), DbErr> {
        if self.0.get_database_backend() == DatabaseBackend::Postgres {
            let key = tenant.id().as_u128() as i64;
            self.0.execute_unprepared(&format!("select pg_advisory_xact_lock({key})")).await?;
        }
        Ok(())
    }

    /// Commits, and with it the mark that the request's idempotency key has been carried out.
    pub async fn commit(self) -> Result<(), DbErr> {
        idempotency::mark_carried_out(&self.0).await?;
        self.0.commit().await
    }
}

impl std::ops::Deref for WriteTransaction {
    type Target = DatabaseTransaction;
    fn deref(&self) -> &DatabaseTransaction {
        &self.0
    }
}

/// Whether the records could not be reached or written at all, as against a statement that was wrong.
pub fn is_unavailable(error: &DbErr) -> bool {
    if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
        return true;
    }
    let text = error.to_string();
    ["database is locked", "database or disk is full", "unable to open database file", "disk I/O error"]
        .iter()
        .chain(&["connection closed", "Connection refused", "terminating connection", "attempt to write a readonly"])
        .any(|sign| text.contains(sign))
}

impl From<DbErr> for Problem {
    fn from(error: DbErr) -> Self {
        if is_unavailable(&error) {
            tracing::error!(%error, "records unavailable");
            let message = "the records database cannot be reached or written just now; try again";
            return Refusal::new(RefusalCode::RecordsUnavailable, message).into();
        }
        Self::Fault(anyhow::Error::new(error).context("records"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn write(records: &Records, statement: &str) -> Result<(), DbErr> {
        let write = records.begin().await?;
        write.execute_unprepared(statement).await?;
        write.commit().await
    }

    #[tokio::test]
    async fn what_was_committed_after_a_full_disk_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let records = Records::open(&Records::sqlite_url(folder.path()), true).await.expect("records");
        write(&records, "create table told (number integer primary key)").await.expect("a table");
        write(&records, "insert into told values (1)").await.expect("a row");

        // SQLite rolls back here as it does when the disk is full: by itself, the whole transaction.
        write(&records, "insert or rollback into told values (1)").await.expect_err("told before");
        write(&records, "insert into told values (1)").await.expect_err("told before");
        write(&records, "insert into told values (2)").await.expect("the disk has room again");

        let count = records.read().query_one_raw(sea_orm::Statement::from_string(
            DatabaseBackend::Sqlite,
            "select count(*) as count from told",
        ));
        let row = count.await.expect("an answer").expect("a row");
        assert_eq!(row.try_get::<i64>("", "count").expect("a number"), 2);
    }
}
