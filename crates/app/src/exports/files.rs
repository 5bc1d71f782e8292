//! Where the files lie. A file is appended to page by page; what a crash left behind the last kept page is cut off.

use std::{
    fs::{self, File},
    io::{self, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use events::parquet::{self, ColumnType};

use super::model::{ExportFormat, Model};
use crate::App;

/// Rows as they are gathered.
fn part(app: &App, export: &Model) -> PathBuf {
    app.exports_folder.join(format!("{}.part", export.id))
}

/// The finished file.
pub fn whole(app: &App, export: &Model) -> PathBuf {
    app.exports_folder.join(format!("{}.{}", export.id, export.format.extension()))
}

/// Puts `page` behind the bytes that are kept; how many they are then.
pub fn append(app: &App, export: &Model, page: &[u8]) -> io::Result<i64> {
    fs::create_dir_all(&app.exports_folder)?;
    let kept = u64::try_from(export.bytes).unwrap_or(0);
    let mut file = File::options().create(true).truncate(false).write(true).open(part(app, export))?;
    if file.metadata()?.len() < kept {
        return Err(io::Error::other("the rows written before are not here"));
    }
    file.set_len(kept)?;
    file.seek(SeekFrom::Start(kept))?;
    file.write_all(page)?;
    file.sync_data()?;
    Ok((kept + page.len() as u64) as i64)
}

/// Makes the finished file of the gathered rows; its size.
pub fn finish(app: &App, export: &Model, columns: &[(&str, ColumnType)]) -> anyhow::Result<i64> {
    let (part, whole) = (part(app, export), whole(app, export));
    if !part.exists() && whole.exists() {
        return Ok(size(&whole)?);
    }
    match export.format {
        ExportFormat::Csv => fs::rename(&part, &whole)?,
        ExportFormat::Parquet => {
            parquet::from_csv(&part, &whole, columns)?;
            fs::remove_file(&part)?;
        }
    }
    Ok(size(&whole)?)
}

fn size(path: &Path) -> io::Result<i64> {
    Ok(fs::metadata(path)?.len() as i64)
}

/// Removes what there is of it.
pub fn forget(app: &App, export: &Model) -> io::Result<()> {
    for path in [part(app, export), whole(app, export)] {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
