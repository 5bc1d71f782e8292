//! The data folder: what lies where, and the lock by which one process owns it.

use std::{
    fs::{self, File, TryLockError},
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

/// A data folder that this process owns until dropped.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Makes the folder where it is absent and takes its lock; another owner is named in the error.
    pub fn own(path: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(path).with_context(|| format!("make the data folder {}", path.display()))?;
        let lock_path = path.join("lock");
        let mut options = File::options();
        let mut lock = options.create(true).truncate(false).read(true).write(true).open(&lock_path)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let owner = fs::read_to_string(&lock_path).unwrap_or_default();
                bail!(
                    "data_folder_in_use: {} is owned by another tributary (process {}); on embedded stores one \
                     server runs at a time. More servers need PostgreSQL and ClickHouse.",
                    path.display(),
                    owner.trim()
                );
            }
            Err(TryLockError::Error(error)) => return Err(error).context("lock the data folder"),
        }
        lock.set_len(0)?;
        writeln!(lock, "{}", std::process::id())?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn journal(&self) -> PathBuf {
        self.path.join("journal")
    }

    pub fn clicks(&self) -> PathBuf {
        self.path.join("clicks.db")
    }

    pub fn imported_clicks(&self) -> PathBuf {
        self.path.join("imported_clicks.db")
    }

    /// Files that people uploaded to import; each goes with its import.
    pub fn imports(&self) -> PathBuf {
        self.path.join("imports")
    }

    pub fn event_store(&self) -> PathBuf {
        self.path.join("events.duckdb")
    }

    pub fn exports(&self) -> PathBuf {
        self.path.join("exports")
    }

    pub fn routes(&self) -> PathBuf {
        self.path.join("routes.snapshot")
    }
}

/// The socket by which commands reach the server that owns a data folder.
pub fn control_socket(data: &Path) -> PathBuf {
    data.join("control.sock")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_owner_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let first = DataFolder::own(folder.path()).unwrap();
        let refusal = DataFolder::own(folder.path()).unwrap_err().to_string();
        assert!(refusal.contains("data_folder_in_use") && refusal.contains(&std::process::id().to_string()));
        drop(first);
        DataFolder::own(folder.path()).unwrap();
    }
}
