//! A CSV of clicks (`time, address, user_agent, referrer, method`, further columns become query parameters) or of
//! conversions (a column `goal`, `order_id` or `amount` makes it one; columns are the fields of `POST /v1/receipts`).

use std::io::Read;

use anyhow::Context as _;
use kernel::Timestamp;

use super::{Recorded, RecordedClick};

const CONVERSION_COLUMNS: [&str; 3] = ["goal", "order_id", "amount"];

pub fn read(input: impl Read) -> anyhow::Result<(Vec<Recorded>, Vec<String>)> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(input);
    let header: Vec<String> = reader.headers().context("read the header row")?.iter().map(str::to_lowercase).collect();
    let has_conversions = header.iter().any(|column| CONVERSION_COLUMNS.contains(&column.as_str()));
    let (mut recorded, mut unreadable) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let row = row.context("read a row")?;
        let fields = header.iter().cloned().zip(row.iter().map(str::to_owned)).filter(|field| !field.1.is_empty());
        if has_conversions {
            recorded.push(Recorded::Conversion(fields.collect()));
            continue;
        }
        match click(fields) {
            Some(click) => recorded.push(Recorded::Click(click)),
            None => unreadable.push(row.iter().collect::<Vec<_>>().join(",")),
        }
    }
    Ok((recorded, unreadable))
}

fn click(fields: impl Iterator<Item = (String, String)>) -> Option<RecordedClick> {
    let mut at = None;
    let (mut method, mut address, mut user_agent, mut referrer) =
        ("GET".to_owned(), String::new(), String::new(), String::new());
    let mut query = Vec::new();
    for (name, value) in fields {
        match name.as_str() {
            "time" => at = Timestamp::parse(&value),
            "method" => method = value,
            "address" => address = value,
            "user_agent" => user_agent = value,
            "referrer" => referrer = value,
            _ => query.push((name, value)),
        }
    }
    let at = at.filter(|_| !address.is_empty())?;
    Some(RecordedClick { at, method, address, user_agent, referrer, query })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clicks_and_conversions_are_told_apart_by_their_columns() {
        let clicks = "time,address,user_agent,sub1\n2026-01-02T03:04:05Z,1.2.3.4,Firefox,a\nyesterday,1.2.3.4,x,\n";
        let (recorded, unreadable) = read(clicks.as_bytes()).unwrap();
        assert!(matches!(&recorded[..], [Recorded::Click(click)] if click.query == [("sub1".into(), "a".into())]));
        assert_eq!(unreadable.len(), 1);
        let (recorded, _) = read("click_id,goal,amount\nclk_1,sale,80.00\n".as_bytes()).unwrap();
        assert!(matches!(&recorded[..], [Recorded::Conversion(fields)] if fields.len() == 3));
    }
}
