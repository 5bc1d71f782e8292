//! What entries leave of a thing outside the book: of a conversion, a payout, an adjustment. Whoever keeps such numbers in
//! tables of their own compares them with these.

use std::collections::HashMap;

use kernel::{
    Currency, Id, Tenant,
    id::{BookEntry, Conversion, Payout},
};
use sea_orm::{ConnectionTrait, QueryResult, Value, prelude::Uuid};

use crate::{
    account::{Account, Owner},
    entry::EntryKind,
    error::BookError,
    rows::{read_account, read_currency, read_owner},
    sql,
};

/// Things asked for in one call.
pub const SUBJECTS_MAX: usize = 1_000;

/// What the entries of one kind did to one account for the sake of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The conversion, payout, entry or note.
    pub subject: u128,
    pub kind: EntryKind,
    pub account: Account,
    pub owner: Owner,
    pub currency: Currency,
    /// Credits less debits.
    pub credit_minor: i64,
}

/// What the entries caused by each of these conversions add up to.
pub async fn parts_of_conversions(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &[Id<Conversion>],
) -> Result<Vec<Part>, BookError> {
    parts(conn, tenant, "conversion_id", ids.iter().map(|&id| id.into()).collect()).await
}

/// What the entries caused by each of these payouts add up to.
pub async fn parts_of_payouts(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &[Id<Payout>],
) -> Result<Vec<Part>, BookError> {
    parts(conn, tenant, "payout_id", ids.iter().map(|&id| id.into()).collect()).await
}

/// What each of these entries says.
pub async fn parts_of_entries(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: &[Id<BookEntry>],
) -> Result<Vec<Part>, BookError> {
    parts(conn, tenant, "id", ids.iter().map(|&id| id.into()).collect()).await
}

/// What the entries with each of these notes add up to; a part's subject is the place of its note among `notes`.
pub async fn parts_of_notes(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    notes: &[String],
) -> Result<Vec<Part>, BookError> {
    let rows = grouped(conn, tenant, "note", notes.iter().map(|note| note.as_str().into()).collect()).await?;
    let places: HashMap<&str, u128> = notes.iter().map(String::as_str).zip(0..).collect();
    let part = |row: &QueryResult| {
        let note: String = row.try_get_by_index(0)?;
        let place = places.get(note.as_str()).copied();
        read(row, place.ok_or(BookError::Unreadable("note of entry"))?)
    };
    rows.iter().map(part).collect()
}

/// How many conversions have entries.
pub async fn conversions_in_book(conn: &impl ConnectionTrait, tenant: Tenant) -> Result<u64, BookError> {
    let text = "select count(distinct conversion_id) from book_entries \
                where workspace_id = ? and conversion_id is not null";
    let rows = sql::query(conn, text, vec![tenant.id().into()]).await?;
    let count: i64 = rows.first().map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(count.unsigned_abs())
}

async fn parts(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    column: &'static str,
    ids: Vec<Value>,
) -> Result<Vec<Part>, BookError> {
    let rows = grouped(conn, tenant, column, ids).await?;
    rows.iter().map(|row| read(row, row.try_get_by_index::<Uuid>(0)?.as_u128())).collect()
}

async fn grouped(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    column: &'static str,
    ids: Vec<Value>,
) -> Result<Vec<QueryResult>, BookError> {
    assert!(ids.len() <= SUBJECTS_MAX, "asked for in pages");
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "select e.{column}, e.kind, p.account, p.owner_kind, p.owner_id, p.currency, \
         cast(sum(p.credit - p.debit) as bigint) from book_entries e join book_postings p \
         on p.workspace_id = e.workspace_id and p.entry_seq = e.seq \
         where e.workspace_id = ? and e.{column} in ({}) \
         group by e.{column}, e.kind, p.account, p.owner_kind, p.owner_id, p.currency",
        sql::placeholders(ids.len())
    );
    let values = std::iter::once(tenant.id().into()).chain(ids).collect();
    Ok(sql::query(conn, &text, values).await?)
}

fn read(row: &QueryResult, subject: u128) -> Result<Part, BookError> {
    let kind: String = row.try_get_by_index(1)?;
    Ok(Part {
        subject,
        kind: EntryKind::from_code(&kind).ok_or(BookError::Unreadable("kind of entry"))?,
        account: read_account(&row.try_get_by_index::<String>(2)?)?,
        owner: read_owner(row.try_get_by_index(3)?, row.try_get_by_index::<Uuid>(4)?.as_u128())?,
        currency: read_currency(&row.try_get_by_index::<String>(5)?)?,
        credit_minor: row.try_get_by_index(6)?,
    })
}
