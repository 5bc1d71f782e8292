//! Running totals: the debits and credits of each account, added up with checks.

use std::collections::BTreeMap;

use kernel::{Currency, Id, id::Workspace};
use sea_orm::{QueryResult, Value, prelude::Uuid};

use crate::{
    account::{Account, Owner},
    entry::Posting,
    error::BookError,
    rows::{read_account, read_currency, read_owner},
};

/// No total passes this, so that adding two of them never overflows, in this program or in a database.
pub const TOTAL_MAX: i64 = i64::MAX / 2;

pub(crate) const BALANCE_TARGET: &str =
    "book_balances (workspace_id, currency, account, owner_kind, owner_id, debit, credit)";
pub(crate) const BALANCE_COLUMNS: &str = "currency, account, owner_kind, owner_id, debit, credit";

/// The totals of a workspace's postings, in the columns [`BALANCE_COLUMNS`].
pub(crate) const POSTED_TOTALS: &str = "select currency, account, owner_kind, owner_id, \
     cast(sum(debit) as bigint), cast(sum(credit) as bigint) from book_postings where workspace_id = ? \
     group by currency, account, owner_kind, owner_id";

/// One account of one owner in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TotalKey {
    pub currency: Currency,
    pub account: Account,
    pub owner: Owner,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Total {
    pub debit: i64,
    pub credit: i64,
}

/// Ordered, so that every batch touches the rows of the database in the same order.
#[derive(Default)]
pub(crate) struct Totals(pub BTreeMap<TotalKey, Total>);

impl Totals {
    pub fn add(&mut self, posting: &Posting) -> Result<(), BookError> {
        let key = TotalKey { currency: posting.currency, account: posting.account, owner: posting.owner };
        let total = self.0.entry(key).or_default();
        let debit = total.debit.checked_add(posting.debit);
        let credit = total.credit.checked_add(posting.credit);
        let (Some(debit), Some(credit)) = (debit, credit) else { return Err(key.overflow()) };
        *total = Total { debit, credit };
        key.check_size(*total)
    }

    pub fn rows(&self, workspace: Id<Workspace>) -> Vec<Vec<Value>> {
        self.0.iter().map(|(key, total)| key.into_values(workspace, *total)).collect()
    }
}

impl TotalKey {
    /// In the order of [`BALANCE_TARGET`].
    fn into_values(self, workspace: Id<Workspace>, total: Total) -> Vec<Value> {
        vec![
            workspace.into(),
            self.currency.code().into(),
            self.account.code().into(),
            self.owner.kind().into(),
            Uuid::from_u128(self.owner.raw_id()).into(),
            total.debit.into(),
            total.credit.into(),
        ]
    }

    fn overflow(&self) -> BookError {
        BookError::Overflow { account: self.account, currency: self.currency }
    }

    fn check_size(&self, total: Total) -> Result<(), BookError> {
        if total.debit > TOTAL_MAX || total.credit > TOTAL_MAX { Err(self.overflow()) } else { Ok(()) }
    }

    /// Refuses a total that grew too large and an account that must not be overdrawn and is.
    pub fn check(&self, total: Total) -> Result<(), BookError> {
        self.check_size(total)?;
        let balance_minor = self.account.balance(total.debit, total.credit);
        if self.account.is_never_negative() && balance_minor < 0 {
            let Self { account, owner, currency } = *self;
            return Err(BookError::Overdrawn { account, owner, currency, balance_minor });
        }
        Ok(())
    }
}

/// Reads the columns [`BALANCE_COLUMNS`].
pub(crate) fn read(row: &QueryResult) -> Result<(TotalKey, Total), BookError> {
    let key = TotalKey {
        currency: read_currency(&row.try_get_by_index::<String>(0)?)?,
        account: read_account(&row.try_get_by_index::<String>(1)?)?,
        owner: read_owner(row.try_get_by_index(2)?, row.try_get_by_index::<Uuid>(3)?.as_u128())?,
    };
    Ok((key, Total { debit: row.try_get_by_index(4)?, credit: row.try_get_by_index(5)? }))
}
