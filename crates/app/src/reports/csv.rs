//! An answer as CSV: the same columns and numbers, a column of names beside each column of ids, the totals last.

use events::question::{Answer, Cell};

use super::labels::Labels;
use crate::platform::spreadsheet;

/// # Errors
/// None in practice: the writer writes to memory.
pub fn write(answer: &Answer, labels: &Labels) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header(answer))?;
    for row in &answer.rows {
        writer.write_record(record(answer, row, labels))?;
    }
    writer.write_record(totals(answer))?;
    Ok(writer.into_inner()?)
}

fn is_id(answer: &Answer, index: usize) -> bool {
    answer.columns[index].kind == "id"
}

fn header(answer: &Answer) -> Vec<String> {
    let mut header = Vec::new();
    for (index, column) in answer.columns.iter().enumerate() {
        header.push(column.name.clone());
        if is_id(answer, index) {
            header.push(format!("{}_name", column.name));
        }
    }
    header
}

fn record(answer: &Answer, row: &[Cell], labels: &Labels) -> Vec<String> {
    let mut record = Vec::new();
    for (index, cell) in row.iter().enumerate() {
        record.push(text(cell));
        if is_id(answer, index) {
            let name = if let Cell::Text(id) = cell { labels.get(&**id) } else { None };
            record.push(name.map(|name| spreadsheet::cell(name)).unwrap_or_default());
        }
    }
    record
}

fn totals(answer: &Answer) -> Vec<String> {
    let dimensions = answer.columns.len() - answer.totals.len();
    let names = (0..dimensions).filter(|index| is_id(answer, *index)).count();
    let mut record = vec![String::new(); dimensions + names];
    if let Some(first) = record.first_mut() {
        "total".clone_into(first);
    }
    record.extend(answer.totals.iter().map(|(_, cell)| text(cell)));
    record
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Whole(number) => number.to_string(),
        Cell::Ratio(number) => number.to_string(),
        Cell::Text(text) => spreadsheet::cell(text),
    }
}

#[cfg(test)]
mod tests {
    use events::question::run::AnswerColumn;

    use super::*;

    #[test]
    fn formulas_are_texts_and_numbers_stay_numbers() {
        let column = |name: &str, kind| AnswerColumn { name: name.into(), kind, currency: None };
        let answer = Answer {
            columns: vec![column("partner", "id"), column("sub1", "text"), column("profit", "minor")],
            rows: vec![vec![Cell::Text("prt_1".into()), Cell::Text("=HYPERLINK(\"x\")".into()), Cell::Whole(-5)]],
            totals: vec![("profit".into(), Cell::Whole(-5))],
            ..Answer::default()
        };
        let labels = Labels::from([("prt_1".to_owned(), "@Anna, Ltd".to_owned())]);
        let csv = String::from_utf8(write(&answer, &labels).expect("written")).expect("text");
        assert_eq!(
            csv,
            "partner,partner_name,sub1,profit\nprt_1,\"'@Anna, Ltd\",\"'=HYPERLINK(\"\"x\"\")\",-5\ntotal,,,-5\n"
        );
    }
}
