//! What a line of an upload says, or what is wrong with it.

use jiff::{ToSpan as _, civil::Date};
use kernel::{Currency, decimal::DecimalError, money};

use crate::results::model::{Figure, ResultLine};

const CUSTOMER_CHARS_MAX: usize = 256;
/// Largest amount or count either way: a thousand of them still add up.
const VALUE_MAX: i64 = 1_000_000_000_000_000;
/// How far back a day may lie.
const DAYS_BACK_MAX: i64 = 800;

/// A line that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub customer: String,
    pub day: Date,
    pub figures: Vec<(Figure, i64)>,
}

/// What holds for all lines of an upload.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    pub currency: Currency,
    /// Decimals of the currency.
    pub decimals: u32,
    /// The local day.
    pub today: Date,
}

/// What is wrong with one part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub part: String,
    pub message: String,
}

impl Wrong {
    fn new(part: impl Into<String>, message: impl Into<String>) -> Self {
        Self { part: part.into(), message: message.into() }
    }
}

/// Reads a line; all that is wrong with it is told at once.
pub fn read(line: &ResultLine, frame: &Frame) -> Result<Said, Vec<Wrong>> {
    let mut wrongs = Vec::new();
    let mut note = |wrong: Wrong| wrongs.push(wrong);
    let customer = line.customer_id.trim();
    let chars = customer.chars().count();
    if chars == 0 || chars > CUSTOMER_CHARS_MAX || customer.chars().any(char::is_control) {
        note(Wrong::new("customer_id", format!("must have 1 to {CUSTOMER_CHARS_MAX} characters")));
    }
    let day = read_day(&line.day, frame.today).map_err(&mut note).ok();
    if let Some(code) = line.currency.as_deref().map(str::trim).filter(|code| !code.is_empty())
        && code != frame.currency.code()
    {
        note(Wrong::new("currency", format!("must be {}, in which net revenue is agreed", frame.currency)));
    }
    let mut figures = Vec::with_capacity(line.figures.len());
    for (name, text) in &line.figures {
        match read_figure(name, text.trim(), frame.decimals) {
            Ok(Some(figure)) => figures.push(figure),
            Ok(None) => {}
            Err(wrong) => note(wrong),
        }
    }
    if figures.is_empty() && wrongs.is_empty() {
        wrongs.push(Wrong::new("figures", "must name at least one figure"));
    }
    match day.filter(|_| wrongs.is_empty()) {
        Some(day) => Ok(Said { customer: customer.to_owned(), day, figures }),
        None => Err(wrongs),
    }
}

fn read_day(text: &str, today: Date) -> Result<Date, Wrong> {
    let text = text.trim();
    let wrong = |message: &str| Wrong::new("day", message);
    let day: Date = Some(text)
        .filter(|text| text.len() == 10)
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| wrong("must be a day such as 2026-11-01"))?;
    if day > today {
        return Err(wrong("lies in the future"));
    }
    if day < today.saturating_sub(DAYS_BACK_MAX.days()) {
        return Err(wrong("lies too far back"));
    }
    Ok(day)
}

/// `None` where nothing is said.
fn read_figure(name: &str, text: &str, decimals: u32) -> Result<Option<(Figure, i64)>, Wrong> {
    let figure = Figure::from_code(name).ok_or_else(|| Wrong::new(short(name), "is no figure"))?;
    if text.is_empty() {
        return Ok(None);
    }
    let scale = if figure.is_money() { decimals } else { 0 };
    let value = money::parse_amount(text, scale).map_err(|error| Wrong::new(name, explain(error, figure, scale)))?;
    if !(-VALUE_MAX..=VALUE_MAX).contains(&value) {
        return Err(Wrong::new(name, "is too large"));
    }
    Ok(Some((figure, value)))
}

fn explain(error: DecimalError, figure: Figure, scale: u32) -> String {
    match error {
        DecimalError::Malformed if figure.is_money() => "must be an amount such as 12.50".to_owned(),
        DecimalError::Malformed => "must be a whole number".to_owned(),
        DecimalError::TooPrecise => format!("has more than {scale} decimals"),
        DecimalError::TooLarge => "is too large".to_owned(),
    }
}

fn short(name: &str) -> String {
    name.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(code: &str) -> Frame {
        let currency = Currency::from_code(code).expect("a code");
        let decimals = currency.decimals().expect("known");
        Frame { currency, decimals, today: "2026-11-22".parse().expect("a day") }
    }

    fn line(day: &str, figures: &[(&str, &str)]) -> ResultLine {
        let figures = figures.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        ResultLine { customer_id: " player-1 ".to_owned(), day: day.to_owned(), currency: None, figures }
    }

    #[test]
    fn amounts_follow_the_currency() {
        let said = read(&line("2026-11-22", &[("bets", "12.5"), ("wins", "-3"), ("tax", "")]), &frame("EUR"));
        let said = said.expect("understood");
        assert_eq!(said.customer, "player-1");
        assert_eq!(said.figures, [(Figure::Bets, 1_250), (Figure::Wins, -300)]);
        let said = read(&line("2026-11-22", &[("bets", "12.345"), ("bets_count", "7")]), &frame("KWD"));
        assert_eq!(said.expect("understood").figures, [(Figure::Bets, 12_345), (Figure::BetsCount, 7)]);
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let mut sloppy =
            line("2026-11-23", &[("bets", "12,50"), ("wins", "1.5"), ("luck", "1"), ("bets_count", "1.5")]);
        sloppy.currency = Some("USD".to_owned());
        sloppy.customer_id = String::new();
        let wrongs = read(&sloppy, &frame("JPY")).expect_err("refused");
        let parts: Vec<_> = wrongs.iter().map(|wrong| wrong.part.as_str()).collect();
        assert_eq!(parts, ["customer_id", "day", "currency", "bets", "bets_count", "luck", "wins"]);
        assert!(read(&line("2026-1-1", &[("bets", "1")]), &frame("EUR")).is_err());
        assert!(read(&line("2020-01-01", &[("bets", "1")]), &frame("EUR")).is_err());
        assert!(read(&line("2026-11-01", &[]), &frame("EUR")).is_err());
        assert!(read(&line("2026-11-01", &[("bets", "99999999999999999")]), &frame("EUR")).is_err());
    }
}
