//! `tributary backup` and `restore`: a whole installation, while it runs.
//!
//! The event store is copied first, then the records, the click index, the journal and the keys. Each part follows the
//! next by a cursor of its own (facts follow records and journal, records follow the journal), and a follower that is
//! behind catches up at the next start; one that were ahead would never tell what it had passed.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use sea_orm::ConnectionTrait as _;
use serde::Serialize;

use crate::Platform;

const RECORDS: &str = "records.db";
const PARTS: [&str; 5] = [RECORDS, "events.duckdb", "clicks.db", "journal", "keys"];

#[derive(Clone, Debug, Serialize)]
pub struct BackupReport {
    pub file: PathBuf,
    pub bytes: u64,
}

/// Writes the installation into the tar file `to`.
pub async fn take(platform: &Platform, to: &Path) -> anyhow::Result<BackupReport> {
    ensure!(!to.exists(), "{} exists already; a backup overwrites nothing", to.display());
    let staging = platform.data().join("backup-staging");
    if staging.exists() {
        fs::remove_dir_all(&staging).context("remove an abandoned backup")?;
    }
    fs::create_dir_all(&staging)?;
    let (source, folder) = (platform.app().event_store.clone(), staging.clone());
    tokio::task::spawn_blocking(move || source.backup_to(&folder)).await?.context("copy the event store")?;
    copy_records(platform, &staging).await.context("copy records")?;
    let (source, folder, file) = (platform.clone(), staging.clone(), to.to_owned());
    let bytes = tokio::task::spawn_blocking(move || copy_the_rest(&source, &folder, &file)).await??;
    fs::remove_dir_all(&staging)?;
    Ok(BackupReport { file: to.to_owned(), bytes })
}

async fn copy_records(platform: &Platform, staging: &Path) -> anyhow::Result<()> {
    let records = &platform.app().records;
    if !records.is_sqlite() {
        // pg_dump belongs to the operator of PostgreSQL: no feature starts another program.
        fs::write(
            staging.join("RECORDS-ARE-IN-POSTGRESQL"),
            "Dump the records with pg_dump right after this backup.\n",
        )?;
        return Ok(());
    }
    let path = staging.join(RECORDS).display().to_string();
    ensure!(!path.contains('\''), "the data folder's path holds a quote");
    records.read().execute_unprepared(&format!("vacuum into '{path}'")).await?;
    Ok(())
}

fn copy_the_rest(platform: &Platform, staging: &Path, to: &Path) -> anyhow::Result<u64> {
    platform.app().click_index.backup_to(&staging.join("clicks.db")).context("copy the click index")?;
    platform.app().imported_clicks.backup_to(&staging.join("imported_clicks.db")).context("copy imported clicks")?;
    platform.app().journal.backup_to(&staging.join("journal")).context("copy the journal")?;
    copy_keys(&platform.data().join("keys"), &staging.join("keys")).context("copy the keys")?;
    let partial = to.with_extension("partial");
    let mut archive = tar::Builder::new(File::create(&partial)?);
    archive.append_dir_all(".", staging)?;
    archive.into_inner()?.sync_all()?;
    fs::rename(&partial, to)?;
    Ok(fs::metadata(to)?.len())
}

fn copy_keys(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// Unpacks a backup into an absent or empty data folder.
pub fn restore(from: &Path, data: &Path) -> anyhow::Result<()> {
    let occupied = data.exists() && fs::read_dir(data)?.next().is_some();
    ensure!(!occupied, "{} is not empty; a restore overwrites nothing", data.display());
    fs::create_dir_all(data)?;
    let file = File::open(from).with_context(|| format!("open {}", from.display()))?;
    tar::Archive::new(file).unpack(data).context("unpack the backup")?;
    let missing = PARTS.iter().find(|part| !data.join(part).exists());
    match missing {
        Some(&RECORDS) if data.join("RECORDS-ARE-IN-POSTGRESQL").exists() => Ok(()),
        Some(part) => bail!("the backup holds no {part}"),
        None => Ok(()),
    }
}
