//! The book as it was written: entries that meet a question, one entry with its place in the chain, and what lies in
//! each account.

use kernel::{
    Currency, Id, Page, PageQuery, Refusal, Tenant, Timestamp,
    id::{BookEntry, Conversion, Payout},
};
use sea_orm::{ConnectionTrait, Value};

use crate::{
    account::{Account, Owner},
    chain::{self, GENESIS},
    entry::{Entry, EntryKind, Posting},
    error::BookError,
    rows::{ENTRY_COLUMNS, EntryRow, POSTING_COLUMNS, PostingRow, read_account, read_currency},
    sql,
    statement::{BookedEntry, load, seq_of},
};

/// Which entries are wanted; what is not named is not asked for. Account, owner and currency are those of one posting.
#[derive(Clone, Copy, Debug, Default)]
pub struct JournalQuestion {
    pub account: Option<Account>,
    pub owner: Option<Owner>,
    pub currency: Option<Currency>,
    pub kind: Option<EntryKind>,
    pub conversion: Option<Id<Conversion>>,
    pub payout: Option<Id<Payout>>,
    /// Inclusive.
    pub from: Option<Timestamp>,
    /// Exclusive.
    pub to: Option<Timestamp>,
}

/// An entry beside the hash it was chained to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainedEntry {
    pub booked: BookedEntry,
    pub previous_hash: Vec<u8>,
    /// The stored hash is that of the entry as it lies here and of the hash before it.
    pub is_intact: bool,
}

/// What was ever put on both sides of an account, of all its owners or of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountTotal {
    pub account: Account,
    pub currency: Currency,
    pub debit: i64,
    pub credit: i64,
}

/// The entries that meet the question, the last booked first.
///
/// # Errors
/// A cursor that is no entry id of the tenant, or a failing database.
pub async fn journal(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    question: &JournalQuestion,
    page: &PageQuery,
) -> Result<Page<BookedEntry>, BookError> {
    let before = match page.after()? {
        None => i64::MAX,
        Some(entry) => seq_of(conn, tenant, entry).await?,
    };
    let mut wanted = Conditions::of(tenant, before);
    wanted.add_cause(question);
    wanted.add_posting(question);
    let text = format!("select e.seq from book_entries e where {} order by e.seq desc limit ", wanted.text);
    let text = text + &(page.limit() + 1).to_string();
    let rows = sql::query(conn, &text, wanted.values).await?;
    let seqs: Vec<i64> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    let mut entries = load(conn, tenant, &seqs).await?;
    entries.reverse();
    Ok(Page::from_rows(entries, page, |booked| booked.entry.id))
}

/// Conditions of a question as text with placeholders, and their values in the same order.
struct Conditions {
    text: String,
    values: Vec<Value>,
}

impl Conditions {
    fn of(tenant: Tenant, before: i64) -> Self {
        let text = "e.workspace_id = ? and e.seq < ?".to_owned();
        Self { text, values: vec![tenant.id().into(), before.into()] }
    }

    fn and(&mut self, text: &str, value: Option<Value>) {
        if let Some(value) = value {
            self.text.push_str(" and ");
            self.text.push_str(text);
            self.values.push(value);
        }
    }

    fn add_cause(&mut self, question: &JournalQuestion) {
        self.and("e.kind = ?", question.kind.map(|kind| kind.code().into()));
        self.and("e.conversion_id = ?", question.conversion.map(Into::into));
        self.and("e.payout_id = ?", question.payout.map(Into::into));
        self.and("e.at >= ?", question.from.map(Into::into));
        self.and("e.at < ?", question.to.map(Into::into));
    }

    /// One posting must be all that is named. The entries of an owner are few and have an index; those of an account
    /// alone are many, so that walking back from the newest finds a page soon.
    fn add_posting(&mut self, question: &JournalQuestion) {
        if question.owner.is_none() && question.account.is_none() && question.currency.is_none() {
            return;
        }
        let by_owner = question.owner.is_some();
        self.text.push_str(if by_owner {
            " and e.seq in (select p.entry_seq from book_postings p where p.workspace_id = e.workspace_id"
        } else {
            " and exists (select 1 from book_postings p where p.workspace_id = e.workspace_id and p.entry_seq = e.seq"
        });
        if let Some(owner) = question.owner {
            self.and("p.owner_kind = ?", Some(owner.kind().into()));
            self.and("p.owner_id = ?", Some(Id::<BookEntry>::from_u128(owner.raw_id()).into()));
        }
        self.and("p.account = ?", question.account.map(|account| account.code().into()));
        self.and("p.currency = ?", question.currency.map(|currency| currency.code().into()));
        self.text.push(')');
    }
}

/// One entry with the hash before it, looked at again.
///
/// # Errors
/// An id that is no entry of the tenant, or a failing database.
pub async fn chained_entry(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    id: Id<BookEntry>,
) -> Result<ChainedEntry, BookError> {
    let text = format!("select {ENTRY_COLUMNS} from book_entries where workspace_id = ? and id = ?");
    let rows = sql::query(conn, &text, vec![tenant.id().into(), id.into()]).await?;
    let row = rows.first().ok_or_else(|| Refusal::not_found("entry"))?;
    let (row, hash) = EntryRow::read(row)?;
    let postings = postings_of(conn, tenant, row.seq).await?;
    let previous = hash_of(conn, tenant, row.seq - 1).await?;
    let is_intact = hash == chain::link(&previous, &row, &postings);
    let seq = row.seq;
    let read: Vec<Posting> = postings.iter().map(PostingRow::to_posting).collect::<Result<_, _>>()?;
    let entry: Entry = row.into_entry(read)?;
    Ok(ChainedEntry { booked: BookedEntry { seq, hash, entry }, previous_hash: previous.to_vec(), is_intact })
}

async fn postings_of(conn: &impl ConnectionTrait, tenant: Tenant, seq: i64) -> Result<Vec<PostingRow>, BookError> {
    let text = format!(
        "select {POSTING_COLUMNS} from book_postings where workspace_id = ? and entry_seq = ? order by entry_seq, line"
    );
    let rows = sql::query(conn, &text, vec![tenant.id().into(), seq.into()]).await?;
    Ok(rows.iter().map(PostingRow::read).collect::<Result<_, _>>()?)
}

/// The hash of the entry with this number; before the first stands [`GENESIS`].
async fn hash_of(conn: &impl ConnectionTrait, tenant: Tenant, seq: i64) -> Result<[u8; 32], BookError> {
    let text = "select hash from book_entries where workspace_id = ? and seq = ?";
    let rows = sql::query(conn, text, vec![tenant.id().into(), seq.into()]).await?;
    let Some(row) = rows.first() else { return Ok(GENESIS) };
    let hash: Vec<u8> = row.try_get_by_index(0)?;
    hash.try_into().map_err(|_| BookError::Unreadable("hash"))
}

/// What lies in every account that was ever used, in order of currency and account; of one owner where one is named.
pub async fn account_totals(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    owner: Option<Owner>,
) -> Result<Vec<AccountTotal>, BookError> {
    let mut values: Vec<Value> = vec![tenant.id().into()];
    let mut of_owner = "";
    if let Some(owner) = owner {
        of_owner = " and owner_kind = ? and owner_id = ?";
        values.extend([owner.kind().into(), Id::<BookEntry>::from_u128(owner.raw_id()).into()]);
    }
    // PostgreSQL adds whole numbers up to decimals.
    let text = format!(
        "select currency, account, cast(sum(debit) as bigint), cast(sum(credit) as bigint) from book_balances \
         where workspace_id = ?{of_owner} group by currency, account order by currency, account"
    );
    let rows = sql::query(conn, &text, values).await?;
    let totals = rows.iter().map(|row| {
        Ok(AccountTotal {
            currency: read_currency(&row.try_get_by_index::<String>(0)?)?,
            account: read_account(&row.try_get_by_index::<String>(1)?)?,
            debit: row.try_get_by_index(2)?,
            credit: row.try_get_by_index(3)?,
        })
    });
    totals.collect()
}
