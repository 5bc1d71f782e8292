//! The lines of a paper beside it, for who counts on: CSV and XLSX.

use std::io;

use jiff::civil::Date;
use kernel::money::format_amount;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::{
    layout,
    paper::{Line, Paper},
    words::{self, Common},
};

/// As many digits as a cell of a sheet holds exactly; a longer amount is written as text.
const EXACT_DIGITS: u64 = 1_000_000_000_000_000;
const DECIMALS_UNKNOWN: u32 = 2;
const SHEET_NAME: &str = "1";

/// A header, and a row a line, in UTF-8. Words that a sheet would take for a formula begin with an apostrophe.
///
/// # Errors
/// Those of `out`.
pub fn write_csv(paper: &Paper, out: impl io::Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(heads(words::common(paper.language)))?;
    for line in &paper.lines {
        csv.write_record([
            line.on.map(|day| day.to_string()).unwrap_or_default(),
            words::what(line.what, paper.language).to_owned(),
            line.detail.as_deref().map(harmless).unwrap_or_default(),
            line.count.map(|count| count.to_string()).unwrap_or_default(),
            format_amount(line.minor, decimals(paper)),
            paper.currency.to_string(),
        ])?;
    }
    csv.flush()
}

fn heads(common: &Common) -> [&str; 6] {
    [
        &common.table_date,
        &common.table_text,
        &common.table_detail,
        &common.table_count,
        &common.table_amount,
        &common.table_currency,
    ]
}

fn decimals(paper: &Paper) -> u32 {
    paper.currency.decimals().unwrap_or(DECIMALS_UNKNOWN)
}

/// Words that no sheet takes for a formula.
fn harmless(words: &str) -> String {
    let is_formula = words.trim_start().starts_with(['=', '+', '-', '@']) || words.starts_with(['\t', '\r']);
    if is_formula { format!("'{words}") } else { words.to_owned() }
}

/// The same as a sheet, with the figures below; the same bytes for the same paper.
///
/// # Errors
/// More rows than a sheet has.
pub fn write_xlsx(paper: &Paper) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = excel_day(paper.issued_on)?;
    let name = layout::name(paper);
    book.set_properties(&DocProperties::new().set_title(name).set_creation_datetime(&created));
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET_NAME)?;
    let strong = Format::new().set_bold();
    for (column, head) in (0..).zip(heads(words::common(paper.language))) {
        sheet.write_string_with_format(0, column, head, &strong)?;
    }
    let money = money_format(decimals(paper));
    let mut row = 0;
    for line in &paper.lines {
        row += 1;
        put_line(sheet, row, paper, line, &money)?;
    }
    put_figures(sheet, row + 2, paper, &money.set_bold())?;
    for (column, width) in [(0, 12.0), (1, 26.0), (2, 60.0), (3, 10.0), (4, 16.0), (5, 10.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

fn put_line(sheet: &mut Worksheet, row: u32, paper: &Paper, line: &Line, money: &Format) -> Result<(), XlsxError> {
    if let Some(day) = line.on {
        let format = Format::new().set_num_format("yyyy-mm-dd");
        sheet.write_datetime_with_format(row, 0, &excel_day(day)?, &format)?;
    }
    sheet.write_string(row, 1, words::what(line.what, paper.language))?;
    sheet.write_string(row, 2, line.detail.as_deref().unwrap_or_default())?;
    if let Some(count) = line.count {
        sheet.write_number(row, 3, count as f64)?;
    }
    put_amount(sheet, row, line.minor, paper, money)
}

fn put_figures(sheet: &mut Worksheet, first: u32, paper: &Paper, money: &Format) -> Result<(), XlsxError> {
    let template = words::template(paper.kind, paper.language);
    let shown = template.figures.iter().filter_map(|named| Some((named, paper.figures.get(named.value)?)));
    for (row, (named, minor)) in (first..).zip(shown) {
        sheet.write_string_with_format(row, 2, &named.head, &Format::new().set_bold())?;
        put_amount(sheet, row, minor, paper, money)?;
    }
    Ok(())
}

fn put_amount(sheet: &mut Worksheet, row: u32, minor: i64, paper: &Paper, money: &Format) -> Result<(), XlsxError> {
    let plain = format_amount(minor, decimals(paper));
    match plain.parse::<f64>() {
        Ok(number) if minor.unsigned_abs() < EXACT_DIGITS => {
            sheet.write_number_with_format(row, 4, number, money)?;
        }
        _ => {
            sheet.write_string(row, 4, &plain)?;
        }
    }
    sheet.write_string(row, 5, paper.currency.code())?;
    Ok(())
}

fn money_format(decimals: u32) -> Format {
    let fraction = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals as usize)) };
    Format::new().set_num_format(format!("#,##0{fraction}"))
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |part: i8| part.unsigned_abs();
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or_default(), part(day.month()), part(day.day()))
}
