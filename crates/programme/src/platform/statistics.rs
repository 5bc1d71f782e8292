//! PostgreSQL's picture of tables that grow fast.
//!
//! Its planner believes an empty table's statistics until its own daemon looks again, a minute later at the earliest. By
//! then a busy first day has made 100,000 rows, and each batch reads all rows of the workspace instead of those it
//! names. So whoever writes many rows asks for a look each time their number has doubled.

use sea_orm::{ConnectionTrait as _, DbErr};

use super::records::Records;

/// Rows after which the first look is due.
const FIRST_AT: u64 = 512;
/// Beyond this many rows the daemon's own looks come soon enough.
const LAST_AT: u64 = 131_072;

/// Counts rows written since the start, and says when another look is due.
#[derive(Default)]
pub struct Growth {
    written: u64,
    looks: u32,
}

impl Growth {
    pub fn is_look_due(&mut self, written: usize) -> bool {
        self.written += written as u64;
        let next_at = FIRST_AT << self.looks;
        let due = self.written >= next_at && next_at <= LAST_AT;
        self.looks += u32::from(due);
        due
    }
}

/// Looks at all tables; nothing to do on SQLite.
pub async fn look(records: &Records) -> Result<(), DbErr> {
    if records.is_sqlite() {
        return Ok(());
    }
    records.writer().execute_unprepared("analyze").await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_due_at_each_doubling_and_then_no_more() {
        let mut growth = Growth::default();
        let due_at: Vec<_> = (1..=2_000_u64).filter(|_| growth.is_look_due(256)).collect();
        assert_eq!(due_at, [2, 4, 8, 16, 32, 64, 128, 256, 512]);
    }
}
