//! A file taken apart into a header and rows of texts, CSV or XLSX, within bounds.

use std::io::{self, Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use csv::{ReaderBuilder, StringRecord, Trim};

/// Bytes of one file.
pub const FILE_MAX: usize = 16 << 20;
/// Bytes that an XLSX file may unpack to.
pub const UNPACKED_MAX: u64 = 128 << 20;
/// Rows below the header.
pub const ROWS_MAX: usize = 100_000;
pub const COLUMNS_MAX: usize = 64;
/// Characters of one cell.
pub const CELL_MAX: usize = 500;
/// Bad rows that a refusal names.
pub const BAD_ROWS_MAX: usize = 20;

/// A row that cannot be understood, by its number in the file (the header is row 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    pub row: u64,
    pub words: String,
}

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    #[error("the file has more than {FILE_MAX} bytes, or unpacks to more than {UNPACKED_MAX}")]
    TooLarge,
    #[error("a file has at most {ROWS_MAX} rows and {COLUMNS_MAX} columns, and a cell {CELL_MAX} characters (row {0})")]
    TooMany(u64),
    #[error("the file is no CSV in UTF-8 and no XLSX workbook (row {0})")]
    Unreadable(u64),
    #[error("the file has no rows below its header")]
    Empty,
    #[error("there is no column {0}")]
    NoColumn(String),
    #[error("the column {0} stands in the header twice")]
    ColumnTwice(String),
    #[error("the mapping is not whole: {0}")]
    Mapping(&'static str),
    #[error("{} rows cannot be understood, the first is row {}: {}", .0.len(), .0[0].row, .0[0].words)]
    Rows(Vec<BadRow>),
}

/// Cells as texts, with the number that each row has in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Reads a file; an XLSX workbook is known by its first bytes, and its first sheet counts.
///
/// # Errors
/// Where it is neither, too large, or has no rows.
pub fn read(bytes: &[u8]) -> Result<Table, FileError> {
    if bytes.len() > FILE_MAX {
        return Err(FileError::TooLarge);
    }
    let table = if bytes.starts_with(b"PK\x03\x04") { workbook(bytes)? } else { text(bytes)? };
    if table.rows.is_empty() { Err(FileError::Empty) } else { Ok(table) }
}

impl Table {
    /// Takes in a row; one without any text is left out.
    fn push(&mut self, number: u64, cells: Vec<String>) -> Result<(), FileError> {
        let wide = cells.len() > COLUMNS_MAX || cells.iter().any(|cell| cell.chars().count() > CELL_MAX);
        if wide || self.rows.len() == ROWS_MAX {
            return Err(FileError::TooMany(number));
        }
        if cells.iter().all(String::is_empty) {
            return Ok(());
        }
        if self.header.is_empty() {
            self.header = cells;
        } else {
            self.rows.push((number, cells));
        }
        Ok(())
    }
}

fn text(bytes: &[u8]) -> Result<Table, FileError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(bytes))
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(bytes);
    let (mut table, mut record) = (Table::default(), StringRecord::new());
    loop {
        let line = line_of_next(bytes, reader.position());
        if !reader.read_record(&mut record).map_err(|_| FileError::Unreadable(line))? {
            return Ok(table);
        }
        table.push(line, record.iter().map(str::to_owned).collect())?;
    }
}

/// The reader passes over empty lines without counting them for the record that follows.
fn line_of_next(bytes: &[u8], position: &csv::Position) -> u64 {
    let rest = usize::try_from(position.byte()).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
    let breaks = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + breaks.filter(|byte| **byte == b'\n').count() as u64
}

/// The mark that stands most often in the first line.
fn delimiter(bytes: &[u8]) -> u8 {
    let head = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| head.iter().filter(|&&byte| byte == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&mark| count(mark)).unwrap_or(b',')
}

fn workbook(bytes: &[u8]) -> Result<Table, FileError> {
    unpacks_within_bounds(bytes)?;
    let unreadable = |_: XlsxError| FileError::Unreadable(1);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let sheet = book.sheet_names().first().cloned().ok_or(FileError::Empty)?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    let (mut table, mut number, mut row) = (Table::default(), 0, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(|_| FileError::Unreadable(number + 1))? {
        let (at, column) = (u64::from(cell.get_position().0) + 1, cell.get_position().1 as usize);
        if column >= COLUMNS_MAX {
            return Err(FileError::TooMany(at));
        }
        if at != number {
            table.push(number, std::mem::take(&mut row))?;
            number = at;
        }
        row.resize(row.len().max(column + 1), String::new());
        row[column] = words(cell.get_value()).trim().to_owned();
    }
    table.push(number, row)?;
    Ok(table)
}

/// An archive says of itself how large it is; what counts is what comes out of it.
fn unpacks_within_bounds(bytes: &[u8]) -> Result<(), FileError> {
    let unreadable = |_| FileError::Unreadable(1);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut left = UNPACKED_MAX;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(unreadable)?;
        let read = io::copy(&mut file.take(left + 1), &mut io::sink()).map_err(|_| FileError::Unreadable(1))?;
        left = left.checked_sub(read).ok_or(FileError::TooLarge)?;
    }
    Ok(())
}

fn words(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => plain(format!("{number:.6}")),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A number without the zeros that stand for nothing.
fn plain(number: String) -> String {
    number.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_marks_and_empty_lines_are_read() {
        let table = read("\u{feff}Order;Sum\n\nA-1;\"1,50\"\n;\nA-2;2\n".as_bytes()).expect("a table");
        assert_eq!(table.header, ["Order", "Sum"]);
        let rows: Vec<_> = table.rows.iter().map(|(row, cells)| (*row, cells[0].as_str())).collect();
        assert_eq!(rows, [(3, "A-1"), (5, "A-2")]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(read(b""), Err(FileError::Empty));
        assert_eq!(read(b"order,sum\n"), Err(FileError::Empty));
        assert_eq!(read(b"order\n\xff\xfe\n"), Err(FileError::Unreadable(2)));
        assert_eq!(read(b"PK\x03\x04 and nothing"), Err(FileError::Unreadable(1)));
        assert_eq!(read(&vec![b'a'; FILE_MAX + 1]), Err(FileError::TooLarge));
        let wide = format!("order\n{}\n", ",".repeat(COLUMNS_MAX));
        assert_eq!(read(wide.as_bytes()), Err(FileError::TooMany(2)));
        let long = format!("order\n{}\n", "x".repeat(CELL_MAX + 1));
        assert_eq!(read(long.as_bytes()), Err(FileError::TooMany(2)));
    }
}
