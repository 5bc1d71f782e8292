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

/// Entries of one partner in one answer of [`owed_between`]; one more tells that there are others.
pub const OWED_MAX: usize = 100_000;

/// The accounts that together are what a partner is owed: earned for good and not yet paid, less its debts.
const OWED: [Account; 4] =
    [Account::PartnerApproved, Account::PartnerPayable, Account::InTransit, Account::PartnerDebt];

/// An entry that changed what a partner is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedChange {
    pub at: Timestamp,
    pub kind: EntryKind,
    pub conversion: Option<Id<Conversion>>,
    pub payout: Option<Id<Payout>>,
    /// Whole minor units; below nought where it was lowered or paid.
    pub minor: i64,
}

/// What changed the sum of all that a partner is owed in a currency, from a moment until before another, first to last.
pub async fn owed_between(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (partner, currency): (Id<Partner>, Currency),
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<OwedChange>, BookError> {
    let text = format!(
        "select e.at, e.kind, e.conversion_id, e.payout_id, cast(sum(p.credit - p.debit) as bigint) {OWED_FROM} \
         and e.at >= ? and e.at < ? group by e.seq, e.at, e.kind, e.conversion_id, e.payout_id \
         having sum(p.credit - p.debit) <> 0 order by e.seq limit {}",
        OWED_MAX + 1
    );
    let mut values = owed_values(tenant, partner, currency);
    values.extend([from.into(), to.into()]);
    let rows = sql::query(conn, &text, values).await?;
    let changes = rows.iter().map(|row| {
        let kind: String = row.try_get_by_index(1)?;
        Ok(OwedChange {
            at: row.try_get_by_index(0)?,
            kind: EntryKind::from_code(&kind).ok_or(BookError::Unreadable("kind of entry"))?,
            conversion: row.try_get_by_index(2)?,
            payout: row.try_get_by_index(3)?,
            minor: row.try_get_by_index(4)?,
        })
    });
    changes.collect()
}

/// What a partner was owed in a currency before a moment.
pub async fn owed_before(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (partner, currency): (Id<Partner>, Currency),
    before: Timestamp,
) -> Result<i64, BookError> {
    let text = format!("select cast(coalesce(sum(p.credit - p.debit), 0) as bigint) {OWED_FROM} and e.at < ?");
    let mut values = owed_values(tenant, partner, currency);
    values.push(before.into());
    let rows = sql::query(conn, &text, values).await?;
    Ok(rows.first().map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default())
}

const OWED_FROM: &str = "from book_postings p \
    join book_entries e on e.workspace_id = p.workspace_id and e.seq = p.entry_seq \
    where p.workspace_id = ? and p.owner_kind <> 0 and p.owner_id = ? and p.currency = ? and p.account in (?,?,?,?)";

fn owed_values(tenant: Tenant, partner: Id<Partner>, currency: Currency) -> Vec<Value> {
    let mut values: Vec<Value> = vec![tenant.id().into(), partner.into(), currency.code().into()];
    values.extend(OWED.iter().map(|account| Value::from(account.code())));
    values
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
