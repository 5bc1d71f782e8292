//! Amounts in the forms that people write them.

use kernel::{decimal::DecimalError, money};
use serde::{Deserialize, Serialize};

/// What stands before the decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    #[default]
    Point,
    Comma,
}

/// Digits of a group, as in `1,234.50`.
const GROUP: usize = 3;
/// Letters of a currency's code.
const CODE_LEN: usize = 3;

/// Reads `1 234,50`, `$1,234.5` or `(12.00)` as minor units of a currency with `decimals` decimals.
///
/// # Errors
/// Also where the other mark stands where no group of three begins: `12,50` is no 1250.
pub fn read(text: &str, mark: DecimalMark, decimals: u32) -> Result<i64, DecimalError> {
    let (point, grouping) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let text = text.trim();
    let inside = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (negative, body) = match (inside, text.strip_prefix('-')) {
        (Some(inside), _) => (true, inside),
        (None, Some(rest)) => (true, rest),
        (None, None) => (false, text),
    };
    let body = bare(body);
    let (whole, fraction) = body.split_once(point).map_or((body, None), |(whole, rest)| (whole, Some(rest)));
    let whole = ungrouped(whole, grouping)?;
    let number = fraction.map_or(whole.clone(), |fraction| format!("{whole}.{fraction}"));
    let minor = money::parse_amount(&number, decimals)?;
    Ok(if negative { -minor } else { minor })
}

/// Without the sign or the code of its currency; any other letter stays, so that `12k` is no 12.
fn bare(text: &str) -> &str {
    let letters = |part: &str| part.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_code = letters(text) == CODE_LEN && !text.trim_matches(char::is_alphabetic).chars().any(char::is_alphabetic);
    let text = if is_code { text.trim_matches(char::is_alphabetic) } else { text };
    text.trim_matches(|letter: char| letter.is_whitespace() || "$€£¥₽".contains(letter))
}

fn ungrouped(whole: &str, grouping: char) -> Result<String, DecimalError> {
    let is_gap = |letter: char| letter == grouping || letter == '\'' || letter.is_whitespace();
    let mut groups = whole.split(is_gap);
    let first = groups.next().unwrap_or_default();
    let mut joined = first.to_owned();
    for group in groups {
        if group.len() != GROUP || !(1..=GROUP).contains(&first.len()) {
            return Err(DecimalError::Malformed);
        }
        joined.push_str(group);
    }
    if joined.starts_with('-') { Err(DecimalError::Malformed) } else { Ok(joined) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_amounts() {
        for (text, mark, minor) in [
            ("12.5", DecimalMark::Point, Some(1250)),
            ("$1,234.50", DecimalMark::Point, Some(123_450)),
            ("1 234,50 €", DecimalMark::Comma, Some(123_450)),
            ("1.234,5", DecimalMark::Comma, Some(123_450)),
            ("1\u{a0}234\u{a0}567,00 PLN", DecimalMark::Comma, Some(123_456_700)),
            ("-3.00", DecimalMark::Point, Some(-300)),
            ("(3.00)", DecimalMark::Point, Some(-300)),
            ("12,50", DecimalMark::Point, None),
            ("12.50", DecimalMark::Comma, None),
            ("--3", DecimalMark::Point, None),
            ("1,23,456", DecimalMark::Point, None),
            ("12.505", DecimalMark::Point, None),
            ("", DecimalMark::Point, None),
            ("EUR 12.50", DecimalMark::Point, Some(1250)),
            ("12k", DecimalMark::Point, None),
            ("1e3", DecimalMark::Point, None),
            ("n/a", DecimalMark::Point, None),
        ] {
            assert_eq!(read(text, mark, 2).ok(), minor, "{text}");
        }
    }
}
