//! The table on disk: magic, sequence, count, body length, CRC-32C of all that and the body, then the body: changes in
//! postcard.
//!
//! Written beside and renamed over, so that a crash leaves the old file or the new one.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::Path,
};

use super::{change::RouteChange, table::RouteTable};

/// Names the format; another format gets another last byte.
const MAGIC: &[u8; 8] = b"TRIBRTE5";
const HEADER_LEN: usize = 8 + 8 + 8 + 8 + 4;
/// Above this a snapshot is no snapshot (10 M links take about 1.5 GB).
const MAX_SNAPSHOT_BYTES: u64 = 8 << 30;

#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    #[error("the route snapshot cannot be read or written: {0}")]
    Io(#[from] io::Error),
    #[error("the route snapshot is damaged: {0}")]
    Damaged(&'static str),
}

pub(super) fn save(table: &RouteTable, path: &Path) -> Result<(), SnapshotError> {
    let mut body = Vec::new();
    let mut count = 0_u64;
    for change in table.changes() {
        body = postcard::to_extend(&change, body).map_err(io::Error::other)?;
        count += 1;
    }
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(&header(table.sequence(), count, &body))?;
    file.write_all(&body)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    sync_folder_of(path)
}

fn sync_folder_of(path: &Path) -> Result<(), SnapshotError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn header(sequence: u64, count: u64, body: &[u8]) -> Vec<u8> {
    let mut header = Vec::with_capacity(HEADER_LEN);
    header.extend_from_slice(MAGIC);
    for number in [sequence, count, body.len() as u64] {
        header.extend_from_slice(&number.to_le_bytes());
    }
    let checksum = crc32c::crc32c_append(crc32c::crc32c(&header), body);
    header.extend_from_slice(&checksum.to_le_bytes());
    header
}

pub(super) fn load(path: &Path) -> Result<RouteTable, SnapshotError> {
    if fs::metadata(path)?.len() > MAX_SNAPSHOT_BYTES {
        return Err(SnapshotError::Damaged("it is larger than any snapshot"));
    }
    let bytes = fs::read(path)?;
    let (head, body) = bytes.split_at_checked(HEADER_LEN).ok_or(SnapshotError::Damaged("it is too short"))?;
    let number = |at: usize| u64::from_le_bytes(head[at..at + 8].try_into().expect("eight bytes"));
    if head != header(number(8), number(16), body) {
        return Err(SnapshotError::Damaged("its header or checksum does not fit its body"));
    }
    let mut table = RouteTable::default();
    table.apply(number(8), decode(body, number(16) as usize)?);
    Ok(table)
}

fn decode(mut body: &[u8], count: usize) -> Result<Vec<RouteChange>, SnapshotError> {
    let mut changes = Vec::with_capacity(count.min(body.len()));
    for _ in 0..count {
        let (change, rest) =
            postcard::take_from_bytes(body).map_err(|_| SnapshotError::Damaged("a change cannot be read"))?;
        changes.push(change);
        body = rest;
    }
    if body.is_empty() { Ok(changes) } else { Err(SnapshotError::Damaged("bytes are left over")) }
}
