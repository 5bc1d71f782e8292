//! A CSV file of ours as Parquet, by a database of its own that reaches no other folder.

use std::path::Path;

use anyhow::Context as _;
use duckdb::{Config, Connection};

const MEMORY_MB: u32 = 256;
const ROW_GROUP_ROWS: u32 = 50_000;

/// What a column of the Parquet file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    Text,
    Whole,
    /// RFC 3339 in the CSV.
    Moment,
}

impl ColumnType {
    const fn sql(self) -> &'static str {
        match self {
            Self::Text => "VARCHAR",
            Self::Whole => "BIGINT",
            Self::Moment => "TIMESTAMP WITH TIME ZONE",
        }
    }
}

/// Writes the rows of `csv`, which has a header, to `parquet`. Both lie in one folder; the names of columns are ours.
pub fn from_csv(csv: &Path, parquet: &Path, columns: &[(&str, ColumnType)]) -> anyhow::Result<()> {
    let folder = csv.parent().context("a file lies in a folder")?;
    let connection = Connection::open_in_memory_with_flags(
        Config::default()
            .enable_autoload_extension(false)?
            .max_memory(&format!("{MEMORY_MB}MB"))?
            .threads(1)?
            .with("temp_directory", text(folder)?)?
            .with("preserve_insertion_order", "true")?,
    )?;
    connection.execute_batch(&format!(
        "SET allowed_directories = [{}]; SET enable_external_access = false; SET lock_configuration = true;",
        quoted(text(folder)?)
    ))?;
    let typed: Vec<_> = columns.iter().map(|(name, kind)| format!("'{name}': '{}'", kind.sql())).collect();
    let copy = format!(
        "COPY (SELECT * FROM read_csv({}, header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"',
             parallel = false, null_padding = false, columns = {{{}}}))
         TO {} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP_ROWS})",
        quoted(text(csv)?),
        typed.join(", "),
        quoted(text(parquet)?),
    );
    connection.execute_batch(&copy).context("the rows could not be written as Parquet")
}

fn text(path: &Path) -> anyhow::Result<&str> {
    path.to_str().context("the path of a file is UTF-8")
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_types_and_their_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let (csv, parquet) = (folder.path().join("it's.csv"), folder.path().join("out.parquet"));
        let rows = "id,at,minor\na,2026-11-22T09:30:00.000Z,-5\n\"=1+1\n\"\"x\"\"\",,\n";
        std::fs::write(&csv, rows).expect("written");
        let columns = [("id", ColumnType::Text), ("at", ColumnType::Moment), ("minor", ColumnType::Whole)];
        from_csv(&csv, &parquet, &columns).expect("converted");
        let connection = Connection::open_in_memory().expect("opens");
        let sql = format!("SELECT id, epoch_ms(\"at\"), minor FROM '{}'", parquet.display());
        let mut statement = connection.prepare(&sql).expect("a query");
        let read = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("rows");
        let rows: Vec<(String, Option<i64>, Option<i64>)> = read.collect::<Result<_, _>>().expect("rows");
        assert_eq!(rows[0], ("a".to_owned(), Some(1_795_339_800_000), Some(-5)));
        assert_eq!(rows[1], ("=1+1\n\"x\"".to_owned(), None, None));
    }
}
