//! Rows as they are stored: the one form that is written, hashed, read and verified.

use kernel::{
    Currency, Id, Tenant, Timestamp,
    id::{BookEntry, Commission, Conversion, Payout, Workspace},
};
use sea_orm::{DbErr, QueryResult, Value, prelude::Uuid};

use crate::{
    account::{Account, Owner},
    entry::{Cause, Entry, EntryKind, Posting},
    error::BookError,
};

pub(crate) const ENTRY_TARGET: &str =
    "book_entries (workspace_id, seq, id, kind, conversion_id, commission_id, payout_id, note, at, hash)";
pub(crate) const ENTRY_COLUMNS: &str =
    "workspace_id, seq, id, kind, conversion_id, commission_id, payout_id, note, at, hash";
pub(crate) const POSTING_TARGET: &str =
    "book_postings (workspace_id, entry_seq, line, account, owner_kind, owner_id, currency, debit, credit)";
pub(crate) const POSTING_COLUMNS: &str = "entry_seq, line, account, owner_kind, owner_id, currency, debit, credit";

#[derive(Clone, Debug)]
pub(crate) struct EntryRow {
    pub workspace: Id<Workspace>,
    pub seq: i64,
    pub id: Id<BookEntry>,
    pub kind: String,
    pub conversion: Option<Id<Conversion>>,
    pub commission: Option<Id<Commission>>,
    pub payout: Option<Id<Payout>>,
    pub note: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug)]
pub(crate) struct PostingRow {
    pub entry_seq: i64,
    pub line: i16,
    pub account: String,
    pub owner_kind: i16,
    pub owner_id: u128,
    pub currency: String,
    pub debit: i64,
    pub credit: i64,
}

impl EntryRow {
    pub fn new(tenant: Tenant, seq: i64, entry: &Entry) -> Self {
        Self {
            workspace: tenant.id(),
            seq,
            id: entry.id,
            kind: entry.cause.kind.code().to_owned(),
            conversion: entry.cause.conversion,
            commission: entry.cause.commission,
            payout: entry.cause.payout,
            note: entry.cause.note.clone(),
            at: entry.at,
        }
    }

    /// Reads the columns [`ENTRY_COLUMNS`] and the hash beside them.
    pub fn read(row: &QueryResult) -> Result<(Self, Vec<u8>), DbErr> {
        let entry = Self {
            workspace: row.try_get_by_index(0)?,
            seq: row.try_get_by_index(1)?,
            id: row.try_get_by_index(2)?,
            kind: row.try_get_by_index(3)?,
            conversion: row.try_get_by_index(4)?,
            commission: row.try_get_by_index(5)?,
            payout: row.try_get_by_index(6)?,
            note: row.try_get_by_index(7)?,
            at: row.try_get_by_index(8)?,
        };
        Ok((entry, row.try_get_by_index(9)?))
    }

    /// In the order of [`ENTRY_TARGET`].
    pub fn into_values(self, hash: [u8; 32]) -> Vec<Value> {
        vec![
            self.workspace.into(),
            self.seq.into(),
            self.id.into(),
            self.kind.into(),
            self.conversion.into(),
            self.commission.into(),
            self.payout.into(),
            self.note.into(),
            self.at.into(),
            hash.to_vec().into(),
        ]
    }

    pub fn into_entry(self, postings: Vec<Posting>) -> Result<Entry, BookError> {
        let kind = EntryKind::from_code(&self.kind).ok_or(BookError::Unreadable("kind of entry"))?;
        let cause = Cause {
            kind,
            conversion: self.conversion,
            commission: self.commission,
            payout: self.payout,
            note: self.note,
        };
        Ok(Entry { id: self.id, cause, at: self.at, postings })
    }
}

impl PostingRow {
    pub fn new(entry_seq: i64, line: usize, posting: &Posting) -> Self {
        Self {
            entry_seq,
            line: i16::try_from(line).expect("an entry has few postings"),
            account: posting.account.code().to_owned(),
            owner_kind: posting.owner.kind(),
            owner_id: posting.owner.raw_id(),
            currency: posting.currency.code().to_owned(),
            debit: posting.debit,
            credit: posting.credit,
        }
    }

    /// Reads the columns [`POSTING_COLUMNS`].
    pub fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            entry_seq: row.try_get_by_index(0)?,
            line: row.try_get_by_index(1)?,
            account: row.try_get_by_index(2)?,
            owner_kind: row.try_get_by_index(3)?,
            owner_id: row.try_get_by_index::<Uuid>(4)?.as_u128(),
            currency: row.try_get_by_index(5)?,
            debit: row.try_get_by_index(6)?,
            credit: row.try_get_by_index(7)?,
        })
    }

    /// In the order of [`POSTING_TARGET`].
    pub fn into_values(self, workspace: Id<Workspace>) -> Vec<Value> {
        vec![
            workspace.into(),
            self.entry_seq.into(),
            self.line.into(),
            self.account.into(),
            self.owner_kind.into(),
            Uuid::from_u128(self.owner_id).into(),
            self.currency.into(),
            self.debit.into(),
            self.credit.into(),
        ]
    }

    pub fn to_posting(&self) -> Result<Posting, BookError> {
        Ok(Posting {
            account: read_account(&self.account)?,
            owner: read_owner(self.owner_kind, self.owner_id)?,
            currency: read_currency(&self.currency)?,
            debit: self.debit,
            credit: self.credit,
        })
    }
}

pub(crate) fn read_account(code: &str) -> Result<Account, BookError> {
    Account::from_code(code).ok_or(BookError::Unreadable("account"))
}

pub(crate) fn read_owner(kind: i16, id: u128) -> Result<Owner, BookError> {
    Owner::from_stored(kind, id).ok_or(BookError::Unreadable("owner"))
}

pub(crate) fn read_currency(code: &str) -> Result<Currency, BookError> {
    Currency::from_code(code).ok_or(BookError::Unreadable("currency"))
}
