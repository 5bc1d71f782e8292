//! A file of costs: `date,category,amount,currency`, and `partner`, `offer`, `advertiser` and `note` where they are told.
//!
//! Columns may stand in any order; the separator is a comma, a semicolon or a tab, as the header has it. Partners, offers
//! and advertisers are told by id.

use csv::{ReaderBuilder, StringRecord, Trim};
use kernel::{Currency, Id, Money, Refusal, RefusalCode, id::Kind, money::parse_amount};

use super::{change::CostIn, model::CostCategory};
use crate::attribution::path_file::delimiter;

/// Lines of one file.
pub const LINES_MAX: usize = 2_000;
const COLUMNS: [&str; 8] = ["date", "category", "amount", "currency", "partner", "offer", "advertiser", "note"];
/// Of these none may be missing.
const NEEDED: usize = 4;

/// Costs with the numbers of their lines.
///
/// # Errors
/// `bad_cost_file`, naming the line, for what cannot be read.
pub fn read(text: &str) -> Result<Vec<(u64, CostIn)>, Refusal> {
    let text = text.trim_start_matches('\u{feff}').as_bytes();
    let mut reader = ReaderBuilder::new().delimiter(delimiter(text)).trim(Trim::All).from_reader(text);
    let header = reader.headers().map_err(|_| bad(1, "the header cannot be read"))?.clone();
    let places = places(&header)?;
    let mut costs = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| bad(line_of(error.position()), "it has more or fewer cells than the header"))?;
        let line = line_of(row.position());
        if costs.len() == LINES_MAX {
            return Err(bad(line, &format!("a file has at most {LINES_MAX} lines")));
        }
        costs.push((line, cost(&places, &row).map_err(|refusal| wrong_line(line, &refusal))?));
    }
    if costs.is_empty() { Err(bad(2, "the file has no lines below its header")) } else { Ok(costs) }
}

/// A refusal of the whole file for one of its lines.
pub fn wrong_line(line: u64, refusal: &Refusal) -> Refusal {
    bad(line, &refusal.message)
}

fn bad(line: u64, why: &str) -> Refusal {
    Refusal::new(RefusalCode::BadCostFile, format!("line {line}: {why}"))
}

fn line_of(position: Option<&csv::Position>) -> u64 {
    position.map_or(0, csv::Position::line)
}

/// Where each column stands.
fn places(header: &StringRecord) -> Result<[Option<usize>; COLUMNS.len()], Refusal> {
    let names: Vec<String> = header.iter().map(str::to_ascii_lowercase).collect();
    if let Some(unknown) = names.iter().find(|name| !COLUMNS.contains(&name.as_str())) {
        return Err(bad(1, &format!("there is no column {unknown:.60}")));
    }
    let places = COLUMNS.map(|column| names.iter().position(|name| name == column));
    match COLUMNS.iter().zip(places).take(NEEDED).find(|(_, place)| place.is_none()) {
        Some((missing, _)) => Err(bad(1, &format!("the column {missing} is missing"))),
        None => Ok(places),
    }
}

fn cost(places: &[Option<usize>; COLUMNS.len()], row: &StringRecord) -> Result<CostIn, Refusal> {
    let cell = |index: usize| places[index].and_then(|place| row.get(place)).unwrap_or_default();
    let category = CostCategory::from_code(&cell(1).to_ascii_lowercase())
        .ok_or_else(|| Refusal::field("category", "must be fees, ads, salaries, tools or other"))?;
    let currency: Currency = cell(3).to_ascii_uppercase().parse()?;
    let decimals =
        currency.decimals().ok_or_else(|| Refusal::field("currency", "must be an ISO 4217 currency such as EUR"))?;
    let minor = parse_amount(cell(2), decimals).map_err(|error| Refusal::field("amount", error.to_string()))?;
    Ok(CostIn {
        category,
        date: cell(0).to_owned(),
        amount: Money::new(minor, currency),
        partner_id: named(COLUMNS[4], cell(4))?,
        offer_id: named(COLUMNS[5], cell(5))?,
        advertiser_id: named(COLUMNS[6], cell(6))?,
        note: Some(cell(7).to_owned()),
    })
}

fn named<K: Kind>(column: &str, text: &str) -> Result<Option<Id<K>>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    Id::parse(text).map(Some).ok_or_else(|| Refusal::field(column, "must be an id"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_by_their_header() {
        let text =
            "\u{feff}Currency;amount;date;category;note\neur;12.50;2026-11;Ads;Search\nJPY;900;2026-11-20;fees;\n";
        let costs = read(text).expect("a file");
        let told: Vec<_> = costs.iter().map(|(line, cost)| (*line, cost.amount.minor, cost.date.as_str())).collect();
        assert_eq!(told, [(2, 1250, "2026-11"), (3, 900, "2026-11-20")]);
        assert_eq!(costs[0].1.category, CostCategory::Ads);
    }

    #[test]
    fn a_file_that_is_not_understood_names_its_line() {
        let head = "date,category,amount,currency,partner";
        for (text, line) in [
            ("", "line 1"),
            ("date,category,amount\n2026-11,ads,1", "line 1"),
            ("date,category,amount,currency,luck\n2026-11,ads,1,EUR,9", "line 1"),
            (head, "line 2"),
            (format!("{head}\n2026-11,ads,1,EUR,\n2026-11,rent,1,EUR,").as_str(), "line 3"),
            (format!("{head}\n2026-11,ads,1.005,EUR,").as_str(), "line 2"),
            (format!("{head}\n2026-11,ads,1,EUR,Trail Notes").as_str(), "line 2"),
            (format!("{head}\n2026-11,ads,1").as_str(), "line 2"),
        ] {
            let refusal = read(text).expect_err(text);
            assert_eq!(
                (refusal.code, refusal.message.starts_with(line)),
                (RefusalCode::BadCostFile, true),
                "{refusal:?}"
            );
        }
    }
}
