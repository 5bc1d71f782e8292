//! What verifying found.

use kernel::{Id, id::Workspace};
use serde::Serialize;

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub workspace: Option<Id<Workspace>>,
    /// Number of the entry, where one is concerned.
    pub seq: Option<i64>,
    pub what: String,
}

impl VerifyReport {
    /// Whether the book is as it was written.
    pub const fn is_whole(&self) -> bool {
        self.difference_count == 0
    }

    pub(super) fn differ(&mut self, workspace: Option<Id<Workspace>>, seq: Option<i64>, what: impl Into<String>) {
        self.difference_count += 1;
        if self.first_differences.len() < DIFFERENCES_KEPT {
            self.first_differences.push(Difference { workspace, seq, what: what.into() });
        }
    }
}
