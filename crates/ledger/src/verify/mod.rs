//! Proving the book again: every workspace from its first entry, in pages, reading only.
//!
//! Each entry is hashed and added up again, and what comes out is compared with every stored hash, chain head and
//! balance. From a later moment on, entries are hashed from the stored link before it; balances are compared with all
//! postings all the same. A row that cannot be read is a difference, not a failure.

mod report;
mod totals;
mod walk;

use kernel::{Id, id::Workspace};
use sea_orm::{
    AccessMode, ConnectionTrait, DbBackend, DbErr, IsolationLevel, TransactionOptions, TransactionSession,
    TransactionTrait,
};

pub use report::{DIFFERENCES_KEPT, Difference, VerifyReport};
pub use walk::verify_workspace;

use crate::sql;

/// Verifies all workspaces on `conn`. Pass a transaction that sees one moment, such as [`snapshot`]: beside a running
/// server two statements of a plain connection see two moments.
pub async fn verify(conn: &impl ConnectionTrait) -> Result<VerifyReport, DbErr> {
    let mut report = VerifyReport::default();
    for workspace in workspaces(conn, &mut report).await? {
        verify_workspace(conn, workspace, None, &mut report).await?;
    }
    Ok(report)
}

/// Every workspace that the book knows; one whose id cannot be read is told in `report`.
pub async fn workspaces(conn: &impl ConnectionTrait, report: &mut VerifyReport) -> Result<Vec<Id<Workspace>>, DbErr> {
    let text = "select workspace_id from book_chains union select workspace_id from book_entries \
                union select workspace_id from book_postings union select workspace_id from book_balances";
    let mut known = Vec::new();
    for row in sql::query(conn, text, Vec::new()).await? {
        match row.try_get_by_index(0) {
            Ok(workspace) => known.push(workspace),
            Err(_) => {
                let what = "the id of a workspace cannot be read".to_owned();
                report.differ(Difference { what, ..Difference::default() });
            }
        }
    }
    Ok(known)
}

/// A read transaction that sees one moment.
pub async fn snapshot<T: TransactionTrait>(db: &T, backend: DbBackend) -> Result<T::Transaction, DbErr> {
    // A deferred transaction of SQLite sees one moment from its first statement; it knows no isolation levels.
    let options = match backend {
        DbBackend::Postgres => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            sqlite_transaction_mode: None,
        },
        _ => TransactionOptions::default(),
    };
    db.begin_with_options(options).await
}

/// Verifies all workspaces in one read transaction of its own.
pub async fn verify_snapshot(db: &impl TransactionTrait, backend: DbBackend) -> Result<VerifyReport, DbErr> {
    let snapshot = snapshot(db, backend).await?;
    let report = verify(&snapshot).await;
    snapshot.rollback().await?;
    report
}
