//! Why the book refuses. Nothing of a refused post may be committed: the caller rolls its transaction back.

use kernel::{Currency, Id, Refusal, id::BookEntry};
use sea_orm::DbErr;

use crate::account::{Account, Owner};

#[derive(Debug, thiserror::Error)]
pub enum BookError {
    #[error("entry {entry} does not balance in {currency}: debit {debit}, credit {credit}")]
    Unbalanced { entry: Id<BookEntry>, currency: Currency, debit: i128, credit: i128 },
    #[error("entry {entry} posts a negative amount, or both sides at once, to {account}")]
    BadPosting { entry: Id<BookEntry>, account: Account },
    #[error("entry {entry} has {count} postings; {max} are allowed")]
    TooManyPostings { entry: Id<BookEntry>, count: usize, max: usize },
    #[error("the note of entry {entry} is longer than {max} bytes")]
    NoteTooLong { entry: Id<BookEntry>, max: usize },
    #[error("{count} entries are posted at once; {max} are allowed")]
    TooManyEntries { count: usize, max: usize },
    /// More was taken from an account than lies in it.
    #[error("{account} of {owner:?} would be {balance_minor} {currency}")]
    Overdrawn { account: Account, owner: Owner, currency: Currency, balance_minor: i64 },
    /// The total of an account would pass [`crate::store::TOTAL_MAX`].
    #[error("the total of {account} in {currency} is too large")]
    Overflow { account: Account, currency: Currency },
    /// A stored row holds what this program never writes.
    #[error("the book holds an unreadable {0}")]
    Unreadable(&'static str),
    #[error(transparent)]
    BadCursor(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] DbErr),
}
