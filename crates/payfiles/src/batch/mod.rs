//! Batch files of payment services as CSV: [`wise`], [`capitalist`], and [`generic`] for all that name no format of their own
//! (Payoneer and Paxum among them: their templates are not public).
//!
//! People open such files in spreadsheets, where a cell that begins with `= + - @` runs as a formula. In names and texts an
//! apostrophe goes before it; in accounts, ids and addresses, which machines read, it is refused.

pub mod capitalist;
pub mod generic;
pub mod wise;

use kernel::{Currency, Money, money::format_amount};

use crate::{Why, Wrong};

/// Most payouts of one file, where the service names no smaller number.
pub const MAX_PAYOUTS: usize = 100_000;
/// Longest cell.
pub const CELL_MAX: usize = 255;

/// One payout by a payment service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    /// Ours, unique in its batch.
    pub number: String,
    pub name: String,
    pub email: Option<String>,
    /// Account, wallet or card at the service.
    pub account: Option<String>,
    pub amount: Money,
    pub description: String,
}

/// Collects the faults of one payout.
struct Faults<'a> {
    index: usize,
    wrongs: &'a mut Vec<Wrong>,
}

impl Faults<'_> {
    fn tell(&mut self, field: &'static str, why: Why) {
        self.wrongs.push(Wrong::payment(self.index, field, why));
    }

    /// A cell that machines read: there, of one line, no formula.
    fn exact(&mut self, field: &'static str, cell: &str) {
        if cell.is_empty() {
            self.tell(field, Why::Missing);
        } else if is_formula(cell) {
            self.tell(field, Why::Formula);
        } else {
            self.words(field, cell);
        }
    }

    /// A cell that people read: of one line.
    fn words(&mut self, field: &'static str, cell: &str) {
        let found = cell.chars().count();
        if found > CELL_MAX {
            self.tell(field, Why::TooLong { limit: CELL_MAX, found });
        } else if let Some(control) = cell.chars().find(|character| character.is_control()) {
            self.tell(field, Why::NotCarried(control));
        }
    }
}

/// What every service asks of a batch: a count, one currency, amounts above zero, numbers of their own.
fn check_all(payouts: &[Payout], limit: usize, mut each: impl FnMut(&Payout, &mut Faults)) -> Result<(), Vec<Wrong>> {
    let mut wrongs = Vec::new();
    if !(1..=limit).contains(&payouts.len()) {
        return Err(vec![Wrong::batch("payments", Why::Count(limit))]);
    }
    let currency = payouts[0].amount.currency;
    if currency.decimals().is_none() {
        wrongs.push(Wrong::batch("currency", Why::UnknownCurrency));
    }
    let mut numbers = std::collections::HashSet::with_capacity(payouts.len());
    for (index, payout) in payouts.iter().enumerate() {
        let mut faults = Faults { index, wrongs: &mut wrongs };
        faults.exact("number", &payout.number);
        if !numbers.insert(payout.number.as_str()) {
            faults.tell("number", Why::SameId);
        }
        faults.words("name", &payout.name);
        faults.words("description", &payout.description);
        check_amount(payout.amount, currency, &mut faults);
        each(payout, &mut faults);
    }
    if wrongs.is_empty() { Ok(()) } else { Err(wrongs) }
}

fn check_amount(amount: Money, currency: Currency, faults: &mut Faults) {
    if amount.minor <= 0 {
        faults.tell("amount", Why::NotPositive);
    }
    if amount.currency != currency {
        faults.tell("amount", Why::OtherCurrency);
    }
}

fn amount(money: Money) -> String {
    format_amount(money.minor, money.currency.decimals().unwrap_or_default())
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

/// Words as a spreadsheet may see them.
fn harmless(words: &str) -> String {
    if is_formula(words.trim_start()) { format!("'{words}") } else { words.to_owned() }
}

#[cfg(test)]
fn example(number: &str, minor: i64, currency: &str) -> Payout {
    let currency = Currency::from_code(currency).expect("a currency");
    Payout {
        number: number.to_owned(),
        name: "Jürgen, \"the\" Groß".to_owned(),
        email: Some("juergen@example.com".to_owned()),
        account: Some("U0123456".to_owned()),
        amount: Money::new(minor, currency),
        description: "Payout 2026-11".to_owned(),
    }
}
