//! The one place where the journal asks the disk for room, so that a full disk can be told as a story.

use std::{
    fs::File,
    io::{self, Write},
    os::fd::AsRawFd,
    sync::atomic::{AtomicI64, Ordering},
};

/// Room that is left on a disk that does not exist.
#[derive(Debug)]
pub struct DiskLimit(AtomicI64);

impl DiskLimit {
    pub fn of_bytes(bytes: i64) -> Self {
        Self(AtomicI64::new(bytes))
    }

    pub fn set_bytes(&self, bytes: i64) {
        self.0.store(bytes, Ordering::SeqCst);
    }

    fn take(&self, wanted: usize) -> usize {
        let left = self.0.load(Ordering::SeqCst).max(0);
        let taken = left.min(wanted as i64);
        self.0.fetch_sub(taken, Ordering::SeqCst);
        taken as usize
    }
}

pub fn full() -> io::Error {
    io::Error::from_raw_os_error(libc::ENOSPC)
}

pub fn is_full(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::ENOSPC | libc::EDQUOT))
}

/// Writes all of `bytes`; on a full disk a part of them may be in the file.
pub fn write(mut file: &File, bytes: &[u8], limit: Option<&DiskLimit>) -> io::Result<()> {
    let room = limit.map_or(bytes.len(), |limit| limit.take(bytes.len()));
    file.write_all(&bytes[..room])?;
    if room < bytes.len() { Err(full()) } else { Ok(()) }
}

/// Gives `file` that many bytes of real room, so that writing into them needs no more.
pub fn allocate(file: &File, bytes: u32, limit: Option<&DiskLimit>) -> io::Result<()> {
    if limit.is_some_and(|limit| limit.take(bytes as usize) < bytes as usize) {
        return Err(full());
    }
    // SAFETY: the descriptor is open for as long as `file` is borrowed.
    let code = unsafe { libc::posix_fallocate(file.as_raw_fd(), 0, i64::from(bytes)) };
    if code == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(code)) }
}
