//! Posting: entries are appended set-wise, in a few statements for any number of them.

use kernel::Tenant;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use crate::{
    chain::{self, ChainHead, GENESIS},
    entry::Entry,
    error::BookError,
    rows::{ENTRY_TARGET, EntryRow, POSTING_TARGET, PostingRow},
    sql,
    totals::{self, BALANCE_COLUMNS, BALANCE_TARGET, Totals},
};

pub const ENTRIES_PER_POST_MAX: usize = 20_000;

/// Appends `entries` to the tenant's chain and answers its new head.
///
/// Call it inside the transaction that decides. On an error roll that transaction back: some rows may be written.
/// On PostgreSQL the head stays locked until the transaction ends, so deciding batches of a workspace follow one
/// another; on SQLite the transaction must be an immediate one. Entries without postings are left out.
///
/// # Errors
/// An entry that breaks its rules, a total that would overflow, an account that would be overdrawn at the end of the
/// batch, an entry id that is booked already (a database error), or a failing database.
pub async fn post(conn: &impl ConnectionTrait, tenant: Tenant, entries: &[Entry]) -> Result<ChainHead, BookError> {
    let totals = check(entries)?;
    if totals.0.is_empty() {
        return Ok(read_head(conn, tenant).await?.unwrap_or(ChainHead::EMPTY));
    }
    let head = take_head(conn, tenant).await?;
    add_totals(conn, tenant, &totals).await?;
    let head = append(conn, tenant, head, entries).await?;
    put_head(conn, tenant, head).await?;
    Ok(head)
}

fn check(entries: &[Entry]) -> Result<Totals, BookError> {
    if entries.len() > ENTRIES_PER_POST_MAX {
        return Err(BookError::TooManyEntries { count: entries.len(), max: ENTRIES_PER_POST_MAX });
    }
    let mut totals = Totals::default();
    for entry in entries {
        entry.check()?;
        entry.postings.iter().try_for_each(|posting| totals.add(posting))?;
    }
    Ok(totals)
}

async fn take_head(conn: &impl ConnectionTrait, tenant: Tenant) -> Result<ChainHead, BookError> {
    if let Some(head) = read_head(conn, tenant).await? {
        return Ok(head);
    }
    let first = "insert into book_chains (workspace_id, seq, hash) values (?, 0, ?) on conflict do nothing";
    let values = vec![tenant.id().into(), GENESIS.to_vec().into()];
    conn.execute_raw(sql::statement(conn.get_database_backend(), first, values)).await?;
    read_head(conn, tenant).await?.ok_or(BookError::Unreadable("head of a chain"))
}

async fn read_head(conn: &impl ConnectionTrait, tenant: Tenant) -> Result<Option<ChainHead>, BookError> {
    let lock = if conn.get_database_backend() == DbBackend::Postgres { " for update" } else { "" };
    let text = format!("select seq, hash from book_chains where workspace_id = ?{lock}");
    let rows = sql::query(conn, &text, vec![tenant.id().into()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let hash: Vec<u8> = row.try_get_by_index(1)?;
    let hash = hash.try_into().map_err(|_| BookError::Unreadable("head of a chain"))?;
    Ok(Some(ChainHead { seq: row.try_get_by_index(0)?, hash }))
}

async fn put_head(conn: &impl ConnectionTrait, tenant: Tenant, head: ChainHead) -> Result<(), DbErr> {
    let text = "update book_chains set seq = ?, hash = ? where workspace_id = ?";
    let values = vec![head.seq.into(), head.hash.to_vec().into(), tenant.id().into()];
    conn.execute_raw(sql::statement(conn.get_database_backend(), text, values)).await?;
    Ok(())
}

async fn add_totals(conn: &impl ConnectionTrait, tenant: Tenant, totals: &Totals) -> Result<(), BookError> {
    let tail = format!(
        " on conflict (workspace_id, currency, account, owner_kind, owner_id) do update set \
         debit = book_balances.debit + excluded.debit, credit = book_balances.credit + excluded.credit \
         returning {BALANCE_COLUMNS}"
    );
    for row in sql::insert_returning(conn, BALANCE_TARGET, totals.rows(tenant.id()), &tail).await? {
        let (key, total) = totals::read(&row)?;
        key.check(total)?;
    }
    Ok(())
}

async fn append(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    mut head: ChainHead,
    entries: &[Entry],
) -> Result<ChainHead, DbErr> {
    let mut entry_rows: Vec<Vec<Value>> = Vec::with_capacity(entries.len());
    let mut posting_rows: Vec<Vec<Value>> = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.postings.is_empty()) {
        let seq = head.seq + 1;
        let row = EntryRow::new(tenant, seq, entry);
        let lines = entry.postings.iter().enumerate();
        let postings: Vec<_> = lines.map(|(line, posting)| PostingRow::new(seq, line, posting)).collect();
        head = ChainHead { seq, hash: chain::link(&head.hash, &row, &postings) };
        entry_rows.push(row.into_values(head.hash));
        posting_rows.extend(postings.into_iter().map(|posting| posting.into_values(tenant.id())));
    }
    sql::insert(conn, ENTRY_TARGET, entry_rows).await?;
    sql::insert(conn, POSTING_TARGET, posting_rows).await?;
    Ok(head)
}
