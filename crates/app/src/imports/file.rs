//! An uploaded file: its columns with samples, and its rows from any place on.

use std::{
    cell::Cell,
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    rc::Rc,
};

use kernel::{Id, Refusal, id};

use super::model::{ImportKind, SampledColumn};

pub const COLUMNS_MAX: usize = 300;
const SAMPLES_MAX: usize = 3;
const SAMPLE_CHARS_MAX: usize = 80;
/// Longest row, in bytes: an open quote must not swallow a file.
const ROW_BYTES_MAX: u64 = 1 << 20;
/// Bytes of rows read at once.
const READ_BYTES_MAX: usize = 16 << 20;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Where the file of a kind lies.
pub fn path(folder: &Path, import: Id<id::Import>, kind: ImportKind) -> PathBuf {
    folder.join(import.to_string()).join(format!("{}.csv", kind.code()))
}

/// What the head of a file tells.
#[derive(Debug, PartialEq)]
pub struct Head {
    pub delimiter: u8,
    pub columns: Vec<SampledColumn>,
    /// Where the first row begins.
    pub data_at: u64,
}

/// A row as it stands in the file.
#[derive(Debug)]
pub struct Row {
    pub line: i64,
    /// Absent where the line is no UTF-8 or too long.
    pub cells: Option<Vec<String>>,
}

/// Rows, and where the next one begins.
#[derive(Debug)]
pub struct Batch {
    pub rows: Vec<Row>,
    pub next_at: u64,
    pub next_line: i64,
    pub is_end: bool,
}

/// Reads the names of the columns and some of their values.
pub fn head(path: &Path) -> anyhow::Result<Result<Head, Refusal>> {
    let delimiter = delimiter(path)?;
    let mut reader = open(path, delimiter, (0, 1))?;
    let mut record = csv::ByteRecord::new();
    let bad = |message: &str| Ok(Err(Refusal::field("file", message)));
    if !read_one(&mut reader, &mut record).unwrap_or(false) {
        return bad("must be a CSV file whose first line names the columns");
    }
    let names: Option<Vec<String>> = record.iter().map(text).collect();
    let Some(names) = names else { return bad("must be a text in UTF-8") };
    if names.len() > COLUMNS_MAX {
        return bad("must have at most 300 columns");
    }
    let data_at = reader.0.position().byte();
    let named = |(index, name): (usize, &String)| {
        let name = name.trim_start_matches('\u{feff}').trim();
        let name = if name.is_empty() { format!("#{}", index + 1) } else { name.chars().take(200).collect() };
        SampledColumn { name, samples: Vec::new() }
    };
    let mut columns: Vec<_> = names.iter().enumerate().map(named).collect();
    for _ in 0..SAMPLES_MAX {
        if !read_one(&mut reader, &mut record).unwrap_or(false) {
            break;
        }
        for (column, value) in columns.iter_mut().zip(record.iter()) {
            let value = String::from_utf8_lossy(value).trim().chars().take(SAMPLE_CHARS_MAX).collect();
            column.samples.push(value);
        }
    }
    Ok(Ok(Head { delimiter, columns, data_at }))
}

/// The delimiter that the first line holds most of.
fn delimiter(path: &Path) -> io::Result<u8> {
    let mut first = Vec::new();
    File::open(path)?.take(1 << 16).read_to_end(&mut first)?;
    let line = first.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| line.iter().filter(|byte| *byte == delimiter).count();
    Ok(DELIMITERS.into_iter().rev().max_by_key(count).unwrap_or(b','))
}

/// Up to `rows_max` rows from a place on.
pub fn read(path: &Path, delimiter: u8, from: (u64, i64), rows_max: usize) -> anyhow::Result<Batch> {
    let mut reader = open(path, delimiter, from)?;
    let mut record = csv::ByteRecord::new();
    let (mut rows, mut bytes) = (Vec::new(), 0);
    while rows.len() < rows_max && bytes < READ_BYTES_MAX {
        let line = reader.0.position().line() as i64;
        match read_one(&mut reader, &mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(end(rows, &reader)),
            // Nothing behind a row without end can be told apart.
            Err(_) if reader.1.get() > ROW_BYTES_MAX => {
                rows.push(Row { line, cells: None });
                return Ok(end(rows, &reader));
            }
            Err(error) => return Err(error.into()),
        }
        bytes += record.as_slice().len();
        let line = record.position().map_or(line, |position| position.line() as i64);
        rows.push(Row { line, cells: record.iter().map(text).collect() });
    }
    let position = reader.0.position();
    Ok(Batch { rows, next_at: position.byte(), next_line: position.line() as i64, is_end: false })
}

fn end(rows: Vec<Row>, reader: &Reader) -> Batch {
    let position = reader.0.position();
    Batch { rows, next_at: position.byte(), next_line: position.line() as i64, is_end: true }
}

fn text(cell: &[u8]) -> Option<String> {
    std::str::from_utf8(cell).ok().map(str::to_owned)
}

struct Reader(csv::Reader<Bounded>, Rc<Cell<u64>>);

/// Refuses to read on once a single row took more than its due.
struct Bounded {
    file: BufReader<File>,
    since_row: Rc<Cell<u64>>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_row.get() > ROW_BYTES_MAX {
            return Err(io::Error::other("a row is longer than 1 MiB"));
        }
        let read = self.file.read(buffer)?;
        self.since_row.set(self.since_row.get() + read as u64);
        Ok(read)
    }
}

impl Seek for Bounded {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

fn open(path: &Path, delimiter: u8, (at, line): (u64, i64)) -> anyhow::Result<Reader> {
    let since_row = Rc::new(Cell::new(0));
    let bounded = Bounded { file: BufReader::new(File::open(path)?), since_row: since_row.clone() };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bounded);
    if at > 0 {
        let mut position = csv::Position::new();
        position.set_byte(at).set_line(line as u64);
        reader.seek(position)?;
    }
    Ok(Reader(reader, since_row))
}

fn read_one(reader: &mut Reader, record: &mut csv::ByteRecord) -> Result<bool, csv::Error> {
    reader.1.set(0);
    reader.0.read_byte_record(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.csv");
        std::fs::write(&path, text).expect("written");
        (folder, path)
    }

    fn names(head: &Head) -> Vec<&str> {
        head.columns.iter().map(|column| column.name.as_str()).collect()
    }

    #[test]
    fn the_head_tells_columns_samples_and_delimiter() {
        let (_folder, path) = file("\u{feff}Offer ID;Name;\n12;\"Boots; \"\"warm\"\"\";x\n13;Hats;y\n".as_bytes());
        let head = head(&path).expect("read").expect("a head");
        assert_eq!((head.delimiter, names(&head)), (b';', vec!["Offer ID", "Name", "#3"]));
        assert_eq!(head.columns[1].samples, ["Boots; \"warm\"", "Hats"]);
        let rows = read(&path, b';', (head.data_at, 2), 1).expect("read");
        assert_eq!((rows.rows[0].line, rows.is_end), (2, false));
        let rest = read(&path, b';', (rows.next_at, rows.next_line), 10).expect("read");
        assert_eq!((rest.rows.len(), rest.rows[0].line, rest.is_end), (1, 3, true));
        assert_eq!(rest.rows[0].cells.as_deref().expect("text")[0], "13");
    }

    #[test]
    fn an_empty_file_has_no_head() {
        let (_folder, path) = file(b"");
        assert!(head(&path).expect("read").is_err());
    }

    #[test]
    fn broken_rows_are_told_and_an_open_quote_swallows_nothing() {
        let mut text = b"a,b\n1,\xff\n2,3\n\"".to_vec();
        text.extend(std::iter::repeat_n(b'x', 3 << 20));
        let (_folder, path) = file(&text);
        let rows = read(&path, b',', (4, 2), 10).expect("read");
        let broken: Vec<_> = rows.rows.iter().map(|row| row.cells.is_none()).collect();
        assert_eq!((broken, rows.is_end), (vec![true, false, true], true));
    }
}
