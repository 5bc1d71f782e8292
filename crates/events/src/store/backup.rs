//! A copy of the store while it runs.

use std::{
    fs::{self, File},
    io::{self, Seek as _},
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use super::{EventStore, open::Open};

impl EventStore {
    /// Copies the store into `folder` under its own file name. Shipping waits meanwhile, reports do not.
    pub fn backup_to(&self, folder: &Path) -> anyhow::Result<()> {
        self.with_writer(|writer, open| {
            if let Err(error) = writer.execute_batch("CHECKPOINT") {
                tracing::info!(%error, "no checkpoint before the backup: the log is copied too");
            }
            Ok(self.copy_files(open, folder)?)
        })
        .context("the event store could not be copied")
    }

    fn copy_files(&self, open: &Open, folder: &Path) -> anyhow::Result<()> {
        let name = self.path.file_name().context("the event store is a file")?;
        fs::create_dir_all(folder)?;
        let mut source = open.backup_source.lock().expect("the backup's file");
        let from = match &mut *source {
            Some(from) => from,
            None => source.insert(File::open(&self.path)?),
        };
        from.rewind()?;
        let mut to = File::create(folder.join(name))?;
        io::copy(from, &mut to)?;
        to.sync_all()?;
        copy_log(&log_of(&self.path), &log_of(&folder.join(name)))
    }
}

fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".wal");
    name.into()
}

fn copy_log(from: &Path, to: &Path) -> anyhow::Result<()> {
    match fs::copy(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        copied => Ok(copied.map(drop)?),
    }
}
