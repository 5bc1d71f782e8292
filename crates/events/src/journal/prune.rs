//! Retention of shipped segments.

use std::{fs, path::Path};

use kernel::Timestamp;

use super::{
    options::JournalError,
    segment::{self, SEGMENT_HEAD},
};
use crate::position::{Lane, Position, Positions};

pub fn prune(
    journal_folder: &Path,
    lanes: &[Lane],
    before: Timestamp,
    shipped: &Positions,
) -> Result<usize, JournalError> {
    let mut deleted = 0;
    for &lane in lanes {
        let folder = journal_folder.join(lane.folder());
        let shipped_to = shipped.get(lane).segment;
        for number in closed(&folder, before)?.into_iter().take_while(|&number| number < shipped_to) {
            fs::remove_file(segment::path(&folder, number))?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// Where the segments end that were closed before that moment.
pub fn closed_to(journal_folder: &Path, lane: Lane, before: Timestamp) -> Result<Position, JournalError> {
    let closed = closed(&journal_folder.join(lane.folder()), before)?;
    let start = Position::start_of(lane);
    Ok(closed.last().map_or(start, |last| Position { segment: last + 1, offset: SEGMENT_HEAD, ..start }))
}

/// Numbers of the segments that were closed before that moment, in order.
fn closed(lane_folder: &Path, before: Timestamp) -> Result<Vec<u32>, JournalError> {
    let mut closed = Vec::new();
    for pair in segment::numbers(lane_folder)?.windows(2) {
        // A segment is closed when the next one is opened.
        let closed_at = segment::opened_at(&segment::path(lane_folder, pair[1]))?;
        if closed_at.is_none_or(|closed_at| closed_at > before) {
            break;
        }
        closed.push(pair[0]);
    }
    Ok(closed)
}
