//! A file of results: `customer_id,day`, a column for each figure that is told, and `currency` where it is said.
//!
//! Columns may stand in any order; the separator is a comma, a semicolon or a tab, as the header has it. An empty cell
//! says nothing of its figure.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};
use kernel::{Refusal, RefusalCode, refusal::FieldError};

use super::{
    model::{Figure, ResultLine},
    take::Placed,
};
use crate::attribution::path_file::delimiter;

/// Bytes of a file.
pub const FILE_BYTES_MAX: usize = 8 << 20;
/// Lines of a file.
pub const LINES_MAX: usize = 20_000;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
const CUSTOMER: &str = "customer_id";
const DAY: &str = "day";
const CURRENCY: &str = "currency";

/// Lines with their places, and what of them could not even be split into cells.
///
/// # Errors
/// A header that names no customer or day, or a column that is no figure; too many lines.
pub fn read(file: &[u8]) -> Result<(Vec<Placed>, Vec<FieldError>), Refusal> {
    let file = file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file);
    let mut reader = ReaderBuilder::new().delimiter(delimiter(file)).trim(csv::Trim::All).from_reader(file);
    let header = reader.headers().map_err(|_| Refusal::new(RefusalCode::BadBody, "the file is no CSV in UTF-8"))?;
    let columns = columns(header)?;
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for row in reader.records() {
        match row {
            Ok(row) => {
                let place = format!("line {}", row.position().map_or(0, csv::Position::line));
                lines.push(Placed { place, line: line(&columns, &row) });
            }
            Err(error) => faults.push(fault(&error)),
        }
        if lines.len() + faults.len() > LINES_MAX {
            return Err(Refusal::new(RefusalCode::BodyTooLarge, format!("a file has at most {LINES_MAX} lines")));
        }
    }
    if lines.is_empty() && faults.is_empty() {
        return Err(Refusal::new(RefusalCode::BadBody, "the file has no lines below its header"));
    }
    Ok((lines, faults))
}

fn columns(header: &StringRecord) -> Result<Vec<String>, Refusal> {
    let names: Vec<String> = header.iter().map(str::to_ascii_lowercase).collect();
    let is_known =
        |name: &String| [CUSTOMER, DAY, CURRENCY].contains(&name.as_str()) || Figure::from_code(name).is_some();
    if let Some(unknown) = names.iter().find(|name| !is_known(name)) {
        return Err(Refusal::field("line 1", format!("the column {unknown:.60} is no figure")));
    }
    for needed in [CUSTOMER, DAY] {
        if !names.iter().any(|name| name == needed) {
            return Err(Refusal::field("line 1", format!("the header has no column {needed}")));
        }
    }
    match names.iter().enumerate().find(|(index, name)| names[..*index].contains(name)) {
        Some((_, twice)) => Err(Refusal::field("line 1", format!("the column {twice} stands there twice"))),
        None => Ok(names),
    }
}

fn line(columns: &[String], row: &StringRecord) -> ResultLine {
    let mut line = ResultLine { figures: BTreeMap::new(), ..ResultLine::default() };
    for (name, cell) in columns.iter().zip(row) {
        let cell = cell.to_owned();
        match name.as_str() {
            CUSTOMER => line.customer_id = cell,
            DAY => line.day = cell,
            CURRENCY => line.currency = Some(cell),
            figure => drop(line.figures.insert(figure.to_owned(), cell)),
        }
    }
    line
}

fn fault(error: &csv::Error) -> FieldError {
    let place = error.position().map_or(0, csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("has {len} cells instead of {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "is no text in UTF-8".to_owned(),
        _ => "cannot be read".to_owned(),
    };
    FieldError { field: format!("line {place}"), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers() {
        let text = "\u{feff}Day;Customer_ID;bets;wins\n2026-11-01;p-1;10.00;\n2026-11-01;p-2\n2026-11-02;p-1;1;2\n";
        let (lines, faults) = read(text.as_bytes()).expect("a file");
        let places: Vec<_> = lines.iter().map(|line| line.place.as_str()).collect();
        assert_eq!(places, ["line 2", "line 4"]);
        assert_eq!(faults.len(), 1);
        assert_eq!((faults[0].field.as_str(), faults[0].message.as_str()), ("line 3", "has 2 cells instead of 4"));
        assert_eq!(lines[0].line.figures["wins"], "");
    }

    #[test]
    fn a_header_that_is_not_understood_is_refused() {
        for text in ["", "day,bets\n2026-11-01,1", "customer_id,day,luck\na,b,c", "customer_id,day,bets,bets\na,b,c,d"]
        {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
    }
}
