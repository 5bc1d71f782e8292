//! A decimal of eight places held as a whole number: the form of every rate and percentage.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// What is wrong with a decimal somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    #[error("a decimal looks like 12.5")]
    Malformed,
    #[error("the number has more decimals than are allowed here")]
    TooPrecise,
    #[error("the number is too large")]
    TooLarge,
}

/// Reads `[-]digits[.digits]` as whole units of 10^-`scale`. No sign but minus, no exponent, no grouping.
pub fn parse_scaled(text: &str, scale: u32) -> Result<i64, DecimalError> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let has_empty_part = whole.is_empty() || (digits.contains('.') && fraction.is_empty());
    if has_empty_part || !all_digits(whole) || !all_digits(fraction) {
        return Err(DecimalError::Malformed);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > scale as usize {
        return Err(DecimalError::TooPrecise);
    }
    let padding = std::iter::repeat_n(b'0', scale as usize - fraction.len());
    let magnitude = whole
        .bytes()
        .chain(fraction.bytes())
        .chain(padding)
        .try_fold(0_i64, |value, byte| value.checked_mul(10)?.checked_add(i64::from(byte - b'0')))
        .ok_or(DecimalError::TooLarge)?;
    Ok(if negative { -magnitude } else { magnitude })
}

/// Writes whole units of 10^-`scale` with exactly `scale` decimals.
pub fn format_scaled(value: i64, scale: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale as usize);
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// `numerator / denominator`, rounded to the nearest, half away from zero. `denominator` is positive.
pub fn divide_half_away(numerator: i128, denominator: i128) -> i128 {
    assert!(denominator > 0, "a rate divides by a positive number");
    let half = denominator / 2 + denominator % 2;
    let magnitude = numerator.unsigned_abs() as i128;
    let rounded = magnitude / denominator + i128::from(magnitude % denominator >= half);
    if numerator < 0 { -rounded } else { rounded }
}

/// A rate or percentage with up to eight decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal8(i64);

impl Decimal8 {
    pub const SCALE: u32 = 8;
    pub const ONE: Self = Self(100_000_000);

    /// From whole units of 10^-8.
    pub const fn from_raw(raw: i64) -> Self {
        Self(raw)
    }

    pub const fn raw(self) -> i64 {
        self.0
    }

    /// This many per cent of `minor`, rounded once, half away from zero; `None` on overflow.
    pub fn percent_of(self, minor: i64) -> Option<i64> {
        let product = i128::from(minor) * i128::from(self.0);
        i64::try_from(divide_half_away(product, 100 * i128::from(Self::ONE.0))).ok()
    }

    /// `minor` times this, rounded once, half away from zero; `None` on overflow.
    pub fn times(self, minor: i64) -> Option<i64> {
        let product = i128::from(minor) * i128::from(self.0);
        i64::try_from(divide_half_away(product, i128::from(Self::ONE.0))).ok()
    }
}

impl FromStr for Decimal8 {
    type Err = DecimalError;
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        parse_scaled(text, Self::SCALE).map(Self)
    }
}

impl fmt::Display for Decimal8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format_scaled(self.0, Self::SCALE);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Serialize for Decimal8 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal8 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl utoipa::PartialSchema for Decimal8 {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some(r"^-?[0-9]+(\.[0-9]{1,8})?$"))
            .into()
    }
}
impl utoipa::ToSchema for Decimal8 {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ten_per_cent_of_eighty_euro_is_eight() {
        let rate: Decimal8 = "10".parse().expect("valid");
        assert_eq!(rate.percent_of(8_000), Some(800));
        assert_eq!(rate.percent_of(5), Some(1), "half goes away from zero");
        assert_eq!(rate.percent_of(-5), Some(-1));
        assert_eq!(Decimal8::from_raw(i64::MAX).percent_of(i64::MAX), None);
    }

    #[test]
    fn only_plain_decimals_are_read() {
        for text in ["", ".", "1.", ".5", "+1", "1e3", "1,5", "--1", "0x1", "١", " 1", "NaN"] {
            assert_eq!(parse_scaled(text, 2), Err(DecimalError::Malformed), "{text}");
        }
        assert_eq!(parse_scaled("80.00", 2), Ok(8_000));
        assert_eq!(parse_scaled("80.0000", 2), Ok(8_000), "zeros add no precision");
        assert_eq!(parse_scaled("80.001", 2), Err(DecimalError::TooPrecise));
        assert_eq!(parse_scaled("99999999999999999999", 2), Err(DecimalError::TooLarge));
    }

    proptest! {
        #[test]
        fn text_round_trip(value in -i64::MAX..=i64::MAX, scale in 0_u32..=8) {
            prop_assert_eq!(parse_scaled(&format_scaled(value, scale), scale), Ok(value));
        }
    }
}
