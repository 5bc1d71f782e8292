//! Segment files: names, heads, recovery of torn tails.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

use kernel::Timestamp;

use super::{
    frame,
    options::{Counts, JournalError},
};
use crate::position::{Lane, Position};

/// Bytes before the first frame: magic, lane, number, time of opening.
pub const SEGMENT_HEAD: u32 = 24;
const MAGIC: &[u8; 8] = b"TRBJRNL1";
/// Name of the file that keeps room for the day the disk is full.
pub const RESERVE: &str = "reserve";

pub fn path(lane_folder: &Path, number: u32) -> PathBuf {
    lane_folder.join(format!("{number:010}.seg"))
}

pub fn head(lane: Lane, number: u32, opened_at: Timestamp) -> [u8; SEGMENT_HEAD as usize] {
    let mut head = [0; SEGMENT_HEAD as usize];
    head[..8].copy_from_slice(MAGIC);
    head[8..10].copy_from_slice(&lane.0.to_le_bytes());
    head[12..16].copy_from_slice(&number.to_le_bytes());
    head[16..].copy_from_slice(&opened_at.millis().to_le_bytes());
    head
}

/// When the segment was opened; `None` where its head is torn.
pub fn opened_at(path: &Path) -> io::Result<Option<Timestamp>> {
    let mut head = [0; SEGMENT_HEAD as usize];
    match File::open(path)?.read_exact_at(&mut head, 0) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
        Ok(()) => {
            let millis = i64::from_le_bytes(head[16..].try_into().expect("eight bytes"));
            Ok((&head[..8] == MAGIC).then_some(Timestamp::from_millis(millis)))
        }
    }
}

/// Numbers of the segments in a lane's folder, in order.
pub fn numbers(lane_folder: &Path) -> io::Result<Vec<u32>> {
    let entries = match fs::read_dir(lane_folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut numbers = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let digits = name.to_str().and_then(|name| name.strip_suffix(".seg"));
        numbers.extend(digits.and_then(|digits| digits.parse::<u32>().ok()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// Cuts the torn tail of a lane's last segment and tells where the lane ends.
pub fn recover(lane_folder: &Path, lane: Lane, counts: &Counts) -> Result<Position, JournalError> {
    let Some(&number) = numbers(lane_folder)?.last() else { return Ok(Position::start_of(lane)) };
    let path = path(lane_folder, number);
    let bytes = fs::read(&path)?;
    let start = (SEGMENT_HEAD as usize).min(bytes.len());
    let end = frame::sound_end(&bytes, start);
    let torn = bytes[end..].iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    Counts::add(&counts.torn_bytes, torn as u64);
    if end < bytes.len() {
        let file = fs::OpenOptions::new().write(true).open(&path)?;
        file.set_len(end as u64)?;
        file.sync_all()?;
    }
    Ok(Position { lane, segment: number, offset: end as u32 })
}

/// Bytes of the lane of `to` between two positions, heads of segments included.
pub fn bytes_between(journal_folder: &Path, from: Position, to: Position) -> u64 {
    if from.segment == to.segment {
        return u64::from(to.offset.saturating_sub(from.offset));
    }
    let lane_folder = journal_folder.join(to.lane.folder());
    let length = |number: u32| fs::metadata(path(&lane_folder, number)).map_or(0, |meta| meta.len());
    let between = numbers(&lane_folder).unwrap_or_default().into_iter().filter(|&n| n > from.segment && n < to.segment);
    let rest = length(from.segment).saturating_sub(u64::from(from.offset));
    rest + between.map(length).sum::<u64>() + u64::from(to.offset)
}

/// Copies a lane up to `end` into the same place below `target`.
pub fn copy_lane(journal_folder: &Path, end: Position, target: &Path) -> Result<(), JournalError> {
    let (from, to) = (journal_folder.join(end.lane.folder()), target.join(end.lane.folder()));
    fs::create_dir_all(&to)?;
    for number in numbers(&from)?.into_iter().filter(|&number| number <= end.segment) {
        match fs::copy(path(&from, number), path(&to, number)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            copied => copied?,
        };
        if number == end.segment {
            fs::OpenOptions::new().write(true).open(path(&to, number))?.set_len(u64::from(end.offset))?;
        }
    }
    Ok(())
}
