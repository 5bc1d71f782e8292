//! Blocks of click numbers, each handed out once. The file holds the first block that is not reserved yet.

use std::{
    fs,
    path::{Path, PathBuf},
};

use kernel::Ambient;

use super::keys::{KeyError, write_private};

const FILE: &str = "click.blocks";
/// Blocks reserved by one write of the file: 1,048,576 ids, which is also the most a restart wastes.
const RESERVED_AT_ONCE: u16 = 16;

pub(super) struct Blocks {
    path: PathBuf,
    next: u16,
    left: u16,
}

impl Blocks {
    pub(super) fn open(folder: &Path, ambient: &Ambient) -> Result<Self, KeyError> {
        let path = folder.join(FILE);
        let known = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
        let next = known.unwrap_or_else(|| u16::from_be_bytes(ambient.random_bytes()));
        let mut blocks = Self { path, next, left: 0 };
        blocks.reserve().map_err(KeyError::io(folder))?;
        Ok(blocks)
    }

    /// The next block. A file that cannot be written does not stop clicks: the block is used all the same, and only a
    /// restart with the clock set back could meet it again.
    pub(super) fn next(&mut self) -> u16 {
        if self.left == 0
            && let Err(error) = self.reserve()
        {
            tracing::error!(%error, path = %self.path.display(), "blocks of click numbers cannot be reserved on disk");
        }
        let block = self.next;
        self.next = block.wrapping_add(1);
        self.left = self.left.saturating_sub(1);
        block
    }

    fn reserve(&mut self) -> std::io::Result<()> {
        write_private(&self.path, self.next.wrapping_add(RESERVED_AT_ONCE).to_string().as_bytes())?;
        self.left = RESERVED_AT_ONCE;
        Ok(())
    }
}
