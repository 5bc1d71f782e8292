//! Proving the book again: every workspace from its first entry, in pages, reading only.
//!
//! Each entry is hashed and added up again, and what comes out is compared with every stored hash, chain head and
//! balance. A row that cannot be read is a difference, not a failure.

mod report;
mod totals;
mod walk;

use sea_orm::{
    AccessMode, ConnectionTrait, DbBackend, DbErr, IsolationLevel, TransactionOptions, TransactionSession,
    TransactionTrait,
};

pub use report::{DIFFERENCES_KEPT, Difference, VerifyReport};

use crate::sql;

/// Verifies all workspaces on `conn`. Pass a transaction that sees one moment, or use [`verify_snapshot`]: beside a
/// running server two statements of a plain connection see two moments.
pub async fn verify(conn: &impl ConnectionTrait) -> Result<VerifyReport, DbErr> {
    let mut report = VerifyReport::default();
    let text = "select workspace_id from book_chains union select workspace_id from book_entries \
                union select workspace_id from book_postings union select workspace_id from book_balances";
    for row in sql::query(conn, text, Vec::new()).await? {
        match row.try_get_by_index(0) {
            Ok(workspace) => walk::verify_workspace(conn, workspace, &mut report).await?,
            Err(_) => report.differ(None, None, "the id of a workspace cannot be read"),
        }
    }
    Ok(report)
}

/// Verifies all workspaces in one read transaction of its own.
pub async fn verify_snapshot(db: &impl TransactionTrait, backend: DbBackend) -> Result<VerifyReport, DbErr> {
    // A deferred transaction of SQLite sees one moment from its first statement; it knows no isolation levels.
    let options = match backend {
        DbBackend::Postgres => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            sqlite_transaction_mode: None,
        },
        _ => TransactionOptions::default(),
    };
    let snapshot = db.begin_with_options(options).await?;
    let report = verify(&snapshot).await;
    snapshot.rollback().await?;
    report
}
