//! Retention of shipped segments.

use std::{fs, path::Path};

use kernel::Timestamp;

use super::{options::JournalError, segment};
use crate::position::{Lane, Positions};

pub fn prune(
    journal_folder: &Path,
    lanes: &[Lane],
    now: Timestamp,
    keep_days: i64,
    shipped: &Positions,
) -> Result<usize, JournalError> {
    let before = now.plus_days(-keep_days);
    let mut deleted = 0;
    for &lane in lanes {
        let folder = journal_folder.join(lane.folder());
        let numbers = segment::numbers(&folder)?;
        for pair in numbers.windows(2) {
            // A segment is closed when the next one is opened.
            let closed_at = segment::opened_at(&segment::path(&folder, pair[1]))?;
            let old = closed_at.is_some_and(|closed_at| closed_at <= before);
            if !old || shipped.get(lane).segment <= pair[0] {
                break;
            }
            fs::remove_file(segment::path(&folder, pair[0]))?;
            deleted += 1;
        }
    }
    Ok(deleted)
}
