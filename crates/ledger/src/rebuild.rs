//! Making the running totals and the chain's head again from entries and postings, which alone are the book.

use kernel::Tenant;
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    sql,
    totals::{BALANCE_TARGET, POSTED_TOTALS},
};

/// Throws a workspace's totals and head away and makes them again. What comes out is byte for byte what posting wrote.
///
/// Call it in a transaction that holds the workspace's lock. It believes the entries: verify them first.
pub async fn rebuild(conn: &impl ConnectionTrait, tenant: Tenant) -> Result<(), DbErr> {
    let inserted_totals = POSTED_TOTALS.replacen("select currency", "select workspace_id, currency", 1);
    let statements = [
        "delete from book_balances where workspace_id = ?".to_owned(),
        format!("insert into {BALANCE_TARGET} {inserted_totals}, workspace_id"),
        "delete from book_chains where workspace_id = ?".to_owned(),
        "insert into book_chains (workspace_id, seq, hash) select workspace_id, seq, hash from book_entries \
         where workspace_id = ? order by seq desc limit 1"
            .to_owned(),
    ];
    for text in statements {
        conn.execute_raw(sql::statement(conn.get_database_backend(), &text, vec![tenant.id().into()])).await?;
    }
    Ok(())
}
