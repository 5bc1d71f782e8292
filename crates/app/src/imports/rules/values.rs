//! Values as exports write them: times, amounts, references, addresses.

use jiff::{civil, tz::TimeZone};
use kernel::{Currency, Decimal8, Timestamp, money};

use crate::imports::{model::ImportPlatform, platforms};

/// Forms of a time without a zone, the commonest first.
const TIMES: [&str; 7] = [
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y",
];
/// Digits of a UNIX time in seconds.
const SECOND_DIGITS: std::ops::RangeInclusive<usize> = 9..=10;
const MILLI_DIGITS: usize = 13;

/// A moment: RFC 3339, UNIX seconds or milliseconds, or local time in `zone`. Dates whose day and month could change places
/// are not read.
pub fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        return match text.len() {
            MILLI_DIGITS => Some(Timestamp::from_millis(number)),
            digits if SECOND_DIGITS.contains(&digits) => Some(Timestamp::from_millis(number * 1_000)),
            _ => None,
        };
    }
    if let Some(at) = Timestamp::parse(text) {
        return Some(at);
    }
    let (text, zone) = match text.strip_suffix("UTC").or_else(|| text.strip_suffix("GMT")) {
        Some(text) => (text.trim_end(), &TimeZone::UTC),
        None => (text, zone),
    };
    let local = TIMES.iter().find_map(|form| civil::DateTime::strptime(form, text).ok())?;
    let zoned = local.to_zoned(zone.clone()).ok()?;
    Some(Timestamp::from_millis(zoned.timestamp().as_millisecond()))
}

/// An amount in minor units: `-1,234.50`, `1 234,50`, `$12.5`, `(12.50)`. More decimals than the currency has must be
/// noughts.
pub fn minor(text: &str, decimals: u32) -> Option<i64> {
    let (negative, plain) = plain_number(text)?;
    let fits = within_decimals(&plain, decimals)?;
    let magnitude = money::parse_amount(&fits, decimals).ok()?;
    Some(if negative { -magnitude } else { magnitude })
}

/// A percentage: `12.5`, `12.5 %`.
pub fn percent(text: &str) -> Option<Decimal8> {
    let (negative, plain) = plain_number(text.trim_end_matches('%'))?;
    let percent: Decimal8 = within_decimals(&plain, Decimal8::SCALE)?.parse().ok()?;
    (!negative).then_some(percent)
}

/// Sign and digits with a point at most.
fn plain_number(text: &str) -> Option<(bool, String)> {
    let text = text.trim();
    let bracketed = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let text = bracketed.unwrap_or(text);
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || is_currency_sign(letter));
    let kept = |letter: &char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '-');
    let odd = |letter: char| !kept(&letter) && !letter.is_whitespace() && letter != '\'';
    if text.chars().any(odd) {
        return None;
    }
    let digits: String = text.chars().filter(kept).collect();
    let (negative, digits) = digits.strip_prefix('-').map_or((false, &*digits), |rest| (true, rest));
    let plain = point_alone(digits)?;
    (!plain.is_empty() && !plain.contains('-')).then_some((negative || bracketed.is_some(), plain))
}

fn is_currency_sign(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(letter, '$' | '€' | '£' | '₽' | '¥' | 'ł')
}

/// Of points and commas the last kind is the decimal mark, the other groups thousands; a lone comma before three digits
/// groups.
fn point_alone(digits: &str) -> Option<String> {
    let (point, comma) = (digits.rfind('.'), digits.rfind(','));
    let plain = match (point, comma) {
        (Some(point), Some(comma)) if point > comma => digits.replace(',', ""),
        (Some(_), Some(_)) => digits.replace('.', "").replace(',', "."),
        (None, Some(comma)) if digits.len() - comma == 4 || digits.matches(',').count() > 1 => digits.replace(',', ""),
        (None, Some(_)) => digits.replace(',', "."),
        _ => digits.to_owned(),
    };
    (plain.matches('.').count() <= 1).then_some(plain)
}

fn within_decimals(plain: &str, decimals: u32) -> Option<String> {
    let Some((whole, fraction)) = plain.split_once('.') else { return Some(plain.to_owned()) };
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match fraction.len() {
        0 => Some(whole.to_owned()),
        length if length <= decimals as usize => Some(format!("{whole}.{fraction}")),
        _ => None,
    }
}

pub fn currency(text: &str) -> Option<Currency> {
    let currency = Currency::from_code(&text.trim().to_ascii_uppercase())?;
    currency.decimals().map(|_| currency)
}

/// Two letters; empty where it is none.
pub fn country(text: &str) -> String {
    let code = text.trim().to_ascii_uppercase();
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { code } else { String::new() }
}

/// The id in `12`, `(12) Name` and `Name (12)`.
pub fn reference(text: &str) -> &str {
    let text = text.trim();
    let leading = text.strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(id, _)| id);
    let trailing = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, id)| id);
    let is_id =
        |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    leading.or(trailing).map(str::trim).filter(is_id).unwrap_or(text)
}

/// Whether a text could be a click id of another platform; the edge asks the same.
pub fn is_click_id(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    plain && (8..=128).contains(&text.len())
}

/// Their address with our macros, and the macros that have no counterpart, which are taken out.
pub fn address(text: &str, platform: ImportPlatform) -> (String, Vec<String>) {
    let (mut address, mut unknown, mut rest) = (String::with_capacity(text.len()), Vec::new(), text.trim());
    while let Some((before, after)) = rest.split_once('{') {
        address.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            address.push('{');
            rest = after;
            continue;
        };
        match platforms::macro_of(platform, name) {
            Some(ours) => address.push_str(&format!("{{{ours}}}")),
            None => unknown.push(format!("{{{name}}}")),
        }
        rest = behind;
    }
    address.push_str(rest);
    (address, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn warsaw() -> TimeZone {
        kernel::time::zone("Europe/Warsaw").expect("a zone")
    }

    #[test]
    fn times_are_read_in_the_zone_of_the_export() {
        let read = |text: &str| moment(text, &warsaw()).map(|at| at.to_string());
        let ten = Some("2026-02-01T09:00:00.000Z".to_owned());
        for text in [
            "2026-02-01 10:00:00",
            "2026-02-01T10:00:00",
            "2026-02-01 10:00",
            "2026-02-01 09:00:00 UTC",
            "2026-02-01T09:00:00Z",
            "2026-02-01T11:00:00+02:00",
            "01.02.2026 10:00:00",
            "1769936400",
            "1769936400000",
        ] {
            assert_eq!(read(text), ten, "{text}");
        }
        assert_eq!(read("2026-02-01"), Some("2026-01-31T23:00:00.000Z".to_owned()));
        for text in ["02/01/2026 10:00", "yesterday", "", "20260201", "2026-02-30 10:00:00"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, wanted) in [
            ("12.5", Some(1250)),
            ("12.50000", Some(1250)),
            ("-3", Some(-300)),
            ("(3.00)", Some(-300)),
            ("$1,234.50", Some(123_450)),
            ("1 234,50 EUR", Some(123_450)),
            ("1.234,50", Some(123_450)),
            ("1,234", Some(123_400)),
            ("12,5", Some(1250)),
            ("0.005", None),
            ("", None),
            ("1.2.3", None),
            ("1e5", None),
            ("--1", None),
            ("n/a", None),
        ] {
            assert_eq!(minor(text, 2), wanted, "{text}");
        }
        assert_eq!(percent("12.5 %"), "12.5".parse().ok());
        assert_eq!(percent("-1"), None);
    }

    #[test]
    fn references_are_found_beside_names() {
        assert_eq!(reference("(12) Blue Media"), "12");
        assert_eq!(reference("Blue Media (12)"), "12");
        assert_eq!(reference(" 12 "), "12");
        assert_eq!(reference("Blue (the best) Media"), "Blue (the best) Media");
    }

    #[test]
    fn addresses_get_our_macros() {
        let theirs = "https://shop.example/?tid={transaction_id}&s={aff_sub2}&x={eff_eb}";
        let (ours, unknown) = address(theirs, ImportPlatform::Tune);
        assert_eq!(ours, "https://shop.example/?tid={click_id}&s={sub2}&x=");
        assert_eq!(unknown, ["{eff_eb}"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,60}") {
            let _ = (moment(&text, &warsaw()), minor(&text, 2), percent(&text), reference(&text));
            let _ = address(&text, ImportPlatform::Everflow);
        }

        #[test]
        fn whatever_is_written_is_read_again(amount in 0..i64::MAX / 1_000) {
            prop_assert_eq!(minor(&money::format_amount(amount, 2), 2), Some(amount));
        }
    }
}
