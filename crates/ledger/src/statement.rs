//! Reading entries back: a partner's statement, and the story of one conversion or payout.

use std::collections::HashMap;

use kernel::{
    Currency, Id, Tenant, Timestamp,
    id::{BookEntry, Commission, Conversion, Partner, Payout},
    paging::{Page, PageQuery},
};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use serde::Serialize;

use crate::{
    account::{Account, Owner},
    entry::{Entry, EntryKind, Posting},
    error::BookError,
    rows::{ENTRY_COLUMNS, EntryRow, POSTING_COLUMNS, PostingRow},
    sql,
};

/// Entries read for one conversion or payout.
pub const ENTRIES_PER_STORY_MAX: usize = 1_000;

/// A stored entry with its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedEntry {
    pub seq: i64,
    pub hash: Vec<u8>,
    pub entry: Entry,
}

/// One entry of a partner's statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "ent_01K9Q0ZV5W8R4T6Y7N3M2H1G0F", "at": "2026-11-22T09:30:00.000Z", "kind": "lock",
    "conversion_id": "cnv_01KAMX4S5T0000000000000000", "commission_id": "com_01KAMX4S5T0000000000000000",
    "payout_id": null, "note": "", "changes": [
        {"account": "partner_approved", "currency": "EUR", "change_minor": -800},
        {"account": "partner_payable", "currency": "EUR", "change_minor": 800}
    ]
}))]
pub struct StatementLine {
    #[schema(value_type = String, example = "ent_01K9Q0ZV5W8R4T6Y7N3M2H1G0F")]
    pub id: Id<BookEntry>,
    pub at: Timestamp,
    pub kind: EntryKind,
    #[schema(value_type = Option<String>)]
    pub conversion_id: Option<Id<Conversion>>,
    #[schema(value_type = Option<String>)]
    pub commission_id: Option<Id<Commission>>,
    #[schema(value_type = Option<String>)]
    pub payout_id: Option<Id<Payout>>,
    pub note: String,
    /// What changed in the partner's own accounts.
    pub changes: Vec<StatementChange>,
}

/// What an entry did to one account: positive is more in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct StatementChange {
    pub account: Account,
    pub currency: Currency,
    /// Whole minor units.
    pub change_minor: i64,
}

/// The entries that touched a partner's accounts, the last booked first.
///
/// # Errors
/// A cursor that is no entry id of the tenant, or a failing database.
pub async fn statement(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    partner: Id<Partner>,
    page: &PageQuery,
) -> Result<Page<StatementLine>, BookError> {
    let before = match page.after()? {
        None => i64::MAX,
        Some(entry) => seq_of(conn, tenant, entry).await?,
    };
    let text = format!(
        "select distinct entry_seq from book_postings where workspace_id = ? and owner_id = ? \
         and owner_kind <> 0 and entry_seq < ? order by entry_seq desc limit {}",
        page.limit() + 1
    );
    let rows = sql::query(conn, &text, vec![tenant.id().into(), partner.into(), before.into()]).await?;
    let seqs: Vec<i64> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    let mut lines: Vec<_> = load(conn, tenant, &seqs).await?;
    lines.reverse();
    let lines = lines.into_iter().map(|booked| line(booked.entry, partner)).collect();
    Ok(Page::from_rows(lines, page, |line| line.id))
}

/// Everything booked for a conversion, first to last.
pub async fn entries_for_conversion(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    conversion: Id<Conversion>,
) -> Result<Vec<BookedEntry>, BookError> {
    story(conn, tenant, "conversion_id", conversion.into()).await
}

/// Everything booked for a payout, first to last.
pub async fn entries_for_payout(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    payout: Id<Payout>,
) -> Result<Vec<BookedEntry>, BookError> {
    story(conn, tenant, "payout_id", payout.into()).await
}

async fn story(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    column: &str,
    id: Value,
) -> Result<Vec<BookedEntry>, BookError> {
    let text = format!(
        "select seq from book_entries where workspace_id = ? and {column} = ? \
         order by seq limit {ENTRIES_PER_STORY_MAX}"
    );
    let rows = sql::query(conn, &text, vec![tenant.id().into(), id]).await?;
    let seqs: Vec<i64> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    load(conn, tenant, &seqs).await
}

pub(crate) async fn seq_of(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<BookEntry>) -> Result<i64, BookError> {
    let text = "select seq from book_entries where workspace_id = ? and id = ?";
    let rows = sql::query(conn, text, vec![tenant.id().into(), id.into()]).await?;
    let row = rows.first().ok_or_else(|| kernel::Refusal::not_found("cursor"))?;
    Ok(row.try_get_by_index(0)?)
}

/// The entries with these numbers, in ascending order.
pub(crate) async fn load(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    seqs: &[i64],
) -> Result<Vec<BookedEntry>, BookError> {
    let mut entries = Vec::with_capacity(seqs.len());
    let mut postings: HashMap<i64, Vec<Posting>> = HashMap::new();
    for seqs in seqs.chunks(sql::ROWS_PER_STATEMENT) {
        for row in rows_of(conn, tenant, POSTING_COLUMNS, "book_postings", "entry_seq", seqs).await? {
            let posting = PostingRow::read(&row)?;
            postings.entry(posting.entry_seq).or_default().push(posting.to_posting()?);
        }
        for row in rows_of(conn, tenant, ENTRY_COLUMNS, "book_entries", "seq", seqs).await? {
            entries.push(EntryRow::read(&row)?);
        }
    }
    entries.sort_unstable_by_key(|(entry, _)| entry.seq);
    let booked = entries.into_iter().map(|(row, hash)| {
        let seq = row.seq;
        let entry = row.into_entry(postings.remove(&seq).unwrap_or_default())?;
        Ok(BookedEntry { seq, hash, entry })
    });
    booked.collect()
}

async fn rows_of(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    columns: &str,
    table: &str,
    key: &str,
    seqs: &[i64],
) -> Result<Vec<QueryResult>, BookError> {
    let order = if key == "seq" { "seq" } else { "entry_seq, line" };
    let places = sql::placeholders(seqs.len());
    let text = format!("select {columns} from {table} where workspace_id = ? and {key} in ({places}) order by {order}");
    let values = std::iter::once(tenant.id().into()).chain(seqs.iter().map(|&seq| seq.into())).collect();
    Ok(sql::query(conn, &text, values).await?)
}

fn line(entry: Entry, partner: Id<Partner>) -> StatementLine {
    let own = |posting: &&Posting| posting.owner == Owner::Partner(partner) && posting.account != Account::Cash;
    let changes = entry.postings.iter().filter(own).map(|posting| StatementChange {
        account: posting.account,
        currency: posting.currency,
        change_minor: posting.account.balance(posting.debit, posting.credit),
    });
    StatementLine {
        id: entry.id,
        at: entry.at,
        kind: entry.cause.kind,
        conversion_id: entry.cause.conversion,
        commission_id: entry.cause.commission,
        payout_id: entry.cause.payout,
        changes: changes.collect(),
        note: entry.cause.note,
    }
}
