//! Amounts and days, as a language writes them.

use jiff::civil::Date;
use kernel::{Currency, money::format_amount};

use crate::{paper::Language, words};

const NO_BREAK_SPACE: char = '\u{a0}';
const MINUS: char = '\u{2212}';
/// Of a currency whose code nobody knows any more.
const DECIMALS_UNKNOWN: u32 = 2;

/// An amount with the decimals of its currency, without its code: `12,345.60`, `12 345,60`.
pub fn amount(minor: i64, currency: Currency, language: Language) -> String {
    let decimals = currency.decimals().unwrap_or(DECIMALS_UNKNOWN);
    let plain = format_amount(minor, decimals);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut said = String::new();
    if !sign.is_empty() {
        said.push(MINUS);
    }
    said.push_str(&grouped(whole, language));
    if !fraction.is_empty() {
        said.push(if language == Language::En { '.' } else { ',' });
        said.push_str(fraction);
    }
    said
}

/// An amount with the code of its currency.
pub fn money(minor: i64, currency: Currency, language: Language) -> String {
    format!("{}{NO_BREAK_SPACE}{currency}", amount(minor, currency, language))
}

/// A whole number.
pub fn count(count: i64, language: Language) -> String {
    let sign = if count < 0 { String::from(MINUS) } else { String::new() };
    sign + &grouped(&count.unsigned_abs().to_string(), language)
}

/// Hundredths of a per cent: `23`, `5.5`.
pub fn rate(basis_points: u32, language: Language) -> String {
    let plain = format_amount(i64::from(basis_points), 2);
    let short = plain.trim_end_matches('0').trim_end_matches('.');
    if language == Language::En { short.to_owned() } else { short.replace('.', ",") }
}

/// A day in a sentence: `31 October 2026`, `31 октября 2026 г.`.
pub fn day(day: Date, language: Language) -> String {
    let common = words::common(language);
    let month = common.months.get(usize::from(day.month().unsigned_abs()) - 1).map_or("", String::as_str);
    let day_of_month = day.day().to_string();
    let said = common.date.replace("{day}", &day_of_month).replace("{month}", month);
    said.replace("{year}", &format!("{:04}", day.year())).replace(' ', "\u{a0}")
}

/// A day in a column, as wide as any other: `31.10.2026`, `2026-10-31`.
pub fn short_day(day: Date, language: Language) -> String {
    match language {
        Language::En => day.to_string(),
        Language::Ru | Language::Pl => format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year()),
    }
}

fn grouped(digits: &str, language: Language) -> String {
    let mark = if language == Language::En { ',' } else { NO_BREAK_SPACE };
    let mut said = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            said.push(mark);
        }
        said.push(digit);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_said_with_the_decimals_of_their_currency() {
        let said = |code: &str, language| amount(-1_234_567, code.parse().expect("a currency"), language);
        assert_eq!(said("EUR", Language::En), "\u{2212}12,345.67");
        assert_eq!(said("EUR", Language::Ru), "\u{2212}12\u{a0}345,67");
        assert_eq!(said("JPY", Language::En), "\u{2212}1,234,567");
        assert_eq!(said("KWD", Language::Pl), "\u{2212}1\u{a0}234,567");
        assert_eq!(said("USDT", Language::En), "\u{2212}1.234567");
        assert_eq!(amount(5, Currency::EUR, Language::En), "0.05");
    }

    #[test]
    fn days_are_said_in_the_language() {
        let of = |language| day(Date::constant(2026, 10, 5), language).replace('\u{a0}', " ");
        assert_eq!(of(Language::En), "5 October 2026");
        assert_eq!(of(Language::Ru), "5 октября 2026 г.");
        assert_eq!(of(Language::Pl), "5 października 2026 r.");
    }

    #[test]
    fn rates_have_no_idle_noughts() {
        assert_eq!([rate(2_300, Language::En), rate(550, Language::Pl), rate(0, Language::Ru)], ["23", "5,5", "0"]);
    }
}
