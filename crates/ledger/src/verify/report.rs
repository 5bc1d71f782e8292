//! What verifying found.

use kernel::{
    Id,
    id::{BookEntry, Workspace},
};
use serde::{Deserialize, Serialize};

/// Differences kept in full; more are only counted.
pub const DIFFERENCES_KEPT: usize = 20;

/// The counts of what was read and the first differences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    pub workspaces: u64,
    pub entries: u64,
    pub postings: u64,
    pub balances: u64,
    /// All differences; the first [`DIFFERENCES_KEPT`] follow.
    pub difference_count: u64,
    pub first_differences: Vec<Difference>,
}

/// One thing that is not as the entries say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = BookDifference)]
pub struct Difference {
    pub workspace: Option<Id<Workspace>>,
    /// Number of the entry, where one is concerned.
    pub seq: Option<i64>,
    /// That entry.
    pub entry: Option<Id<BookEntry>>,
    /// Whose number it is, where one outside the book is concerned: a conversion, a payout.
    pub subject: Option<String>,
    pub what: String,
}

impl VerifyReport {
    /// Whether the book is as it was written.
    pub const fn is_whole(&self) -> bool {
        self.difference_count == 0
    }

    /// Counts a difference and keeps it, if it is one of the first.
    pub fn differ(&mut self, difference: Difference) {
        self.difference_count += 1;
        if self.first_differences.len() < DIFFERENCES_KEPT {
            self.first_differences.push(difference);
        }
    }
}
