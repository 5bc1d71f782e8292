//! The European Central Bank's file of reference rates: `Date,USD,JPY,…` and a line a day, how many of each for one euro.
//!
//! Both of its forms are read: the history (`2026-11-20`) and the daily file (`20 November 2026`, with spaces after the
//! commas). Currencies that are none here and cells without a rate are passed over.

use jiff::{civil::Date, fmt::strtime};
use kernel::{Currency, Refusal, RefusalCode, decimal::Decimal8, rate::Rate};

/// Lines of one file: more than twenty years of days.
pub const LINES_MAX: usize = 10_000;
const COLUMNS_MAX: usize = 200;

/// One cell of the file: euro for one unit of the currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub day: Date,
    pub currency: Currency,
    pub rate: Rate,
}

/// Reads a whole file.
///
/// # Errors
/// `bad_rate_file`, naming the line, where it is none.
pub fn read(text: &str) -> Result<Vec<Cell>, Refusal> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let (_, head) = lines.next().ok_or_else(|| bad(1, "the file is empty"))?;
    let columns = columns(head)?;
    let mut cells = Vec::new();
    for (index, line) in lines {
        if index > LINES_MAX {
            return Err(bad(index + 1, &format!("a file has at most {LINES_MAX} lines")));
        }
        read_line(index + 1, line, &columns, &mut cells)?;
    }
    if cells.is_empty() { Err(bad(2, "the file holds no rate of a known currency")) } else { Ok(cells) }
}

fn columns(head: &str) -> Result<Vec<Option<Currency>>, Refusal> {
    let mut names = head.split(',').map(str::trim);
    if names.next().is_none_or(|first| !first.eq_ignore_ascii_case("date")) {
        return Err(bad(1, "the first line is Date,USD,JPY and so on"));
    }
    let known = |name: &str| Currency::from_code(name).filter(|currency| currency.decimals().is_some());
    let columns: Vec<_> = names.map(known).collect();
    if columns.len() > COLUMNS_MAX {
        return Err(bad(1, &format!("a file has at most {COLUMNS_MAX} currencies")));
    }
    Ok(columns)
}

fn read_line(number: usize, line: &str, columns: &[Option<Currency>], cells: &mut Vec<Cell>) -> Result<(), Refusal> {
    let mut values = line.split(',').map(str::trim);
    let day = values.next().and_then(day).ok_or_else(|| bad(number, "it does not begin with a day"))?;
    for (currency, value) in columns.iter().zip(values) {
        let Some(currency) = currency.filter(|currency| *currency != Currency::EUR) else { continue };
        if value.is_empty() || value.eq_ignore_ascii_case("n/a") {
            continue;
        }
        let per_euro = value.parse::<Decimal8>().ok().and_then(Rate::of_decimal);
        let per_euro = per_euro.ok_or_else(|| bad(number, &format!("{value:.20} is no rate of {currency}")))?;
        cells.push(Cell { day, currency, rate: per_euro.inverse() });
    }
    Ok(())
}

/// A day as either file writes it.
pub fn day(text: &str) -> Option<Date> {
    let in_words = || strtime::parse("%d %B %Y", text).ok().and_then(|parts| parts.to_date().ok());
    text.parse().ok().or_else(in_words)
}

fn bad(line: usize, why: &str) -> Refusal {
    Refusal::new(RefusalCode::BadRateFile, format!("line {line}: {why}"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn both_forms_of_the_bank_are_read() {
        let history = "Date,USD,JPY,CYP,\n2026-11-20,1.0825,161.37,N/A,\n2026-11-19,1.0810,161.02,0.58,\n";
        let cells = read(history).expect("a file");
        assert_eq!(cells.len(), 4, "a currency that is no more is passed over");
        assert_eq!(cells[0].rate.inverse().rounded().to_string(), "1.0825");
        let daily = "\u{feff}Date, USD, JPY, \r\n20 November 2026, 1.0825, 161.37, \r\n";
        let cells = read(daily).expect("a file");
        assert_eq!((cells.len(), cells[1].day), (2, date(2026, 11, 20)));
    }

    #[test]
    fn what_is_no_file_is_told_by_line() {
        for (text, words) in [
            ("", "line 1"),
            ("USD,JPY\n1,2\n", "line 1"),
            ("Date,USD\nsoon,1.08\n", "line 2"),
            ("Date,USD\n2026-11-20,-1\n", "line 2: -1 is no rate of USD"),
            ("Date,USD\n2026-11-20,0\n", "line 2"),
            ("Date,USD\n\n2026-11-20,1e3\n", "line 3"),
            ("Date,QQQ\n2026-11-20,1\n", "no rate of a known currency"),
        ] {
            let refused = read(text).expect_err(text);
            assert!(refused.message.contains(words), "{}", refused.message);
        }
    }
}
