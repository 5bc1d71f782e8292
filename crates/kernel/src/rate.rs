//! What one currency is worth in another: a fraction, so that nothing is rounded but the amount that comes out.

use serde::{Deserialize, Serialize};

use crate::decimal::{Decimal8, divide_half_away};

/// So many units of one currency for one of another. Both numbers are above nought and share no divisor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    numerator: i64,
    denominator: i64,
}

impl Rate {
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// `None` where a number is not above nought, or does not fit once reduced.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if numerator <= 0 || denominator <= 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator, denominator);
        let fits = |number: i128| i64::try_from(number / divisor).ok();
        Some(Self { numerator: fits(numerator)?, denominator: fits(denominator)? })
    }

    /// A published rate such as 1.0825.
    pub fn of_decimal(rate: Decimal8) -> Option<Self> {
        Self::new(rate.raw().into(), Decimal8::ONE.raw().into())
    }

    pub const fn inverse(self) -> Self {
        Self { numerator: self.denominator, denominator: self.numerator }
    }

    /// From the first currency over the second to a third.
    pub fn times(self, other: Self) -> Option<Self> {
        let product = |one: i64, two: i64| i128::from(one) * i128::from(two);
        Self::new(product(self.numerator, other.numerator), product(self.denominator, other.denominator))
    }

    pub const fn numerator(self) -> i64 {
        self.numerator
    }

    pub const fn denominator(self) -> i64 {
        self.denominator
    }

    /// Minor units of the other currency, rounded once, half away from zero; `None` on overflow.
    pub fn convert(self, minor: i64, decimals: u32, other_decimals: u32) -> Option<i64> {
        let power = |exponent: u32| 10_i128.checked_pow(exponent);
        let numerator = i128::from(minor).checked_mul(self.numerator.into())?;
        let numerator = numerator.checked_mul(power(other_decimals.saturating_sub(decimals))?)?;
        let denominator = i128::from(self.denominator).checked_mul(power(decimals.saturating_sub(other_decimals))?)?;
        i64::try_from(divide_half_away(numerator, denominator)).ok()
    }

    /// To eight decimals, for people and reports; the largest decimal where it does not fit.
    pub fn rounded(self) -> Decimal8 {
        let scaled = i128::from(self.numerator) * i128::from(Decimal8::ONE.raw());
        let rounded = divide_half_away(scaled, self.denominator.into());
        Decimal8::from_raw(i64::try_from(rounded).unwrap_or(i64::MAX))
    }
}

fn greatest_common_divisor(mut one: i128, mut other: i128) -> i128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rate(text: &str) -> Rate {
        Rate::of_decimal(text.parse().expect("a decimal")).expect("above nought")
    }

    #[test]
    fn amounts_are_rounded_by_the_decimals_of_the_other_currency() {
        // 1 EUR = 1.0825 USD = 161.37 JPY = 0.3325 KWD = 1.0819 USDT.
        assert_eq!(rate("1.0825").convert(10_000, 2, 2), Some(10_825));
        assert_eq!(rate("161.37").convert(10_001, 2, 0), Some(16_139), "16,138.6137 yen");
        assert_eq!(rate("0.3325").convert(10_000, 2, 3), Some(33_250));
        assert_eq!(rate("1.0819").convert(10_000, 2, 6), Some(108_190_000));
        assert_eq!(rate("161.37").inverse().convert(1_000, 0, 2), Some(620), "6.1969 euro");
        assert_eq!(rate("0.5").convert(1, 2, 2), Some(1), "half goes away from zero");
        assert_eq!(rate("0.5").convert(-1, 2, 2), Some(-1));
        assert_eq!(rate("99999").convert(i64::MAX, 0, 6), None);
    }

    #[test]
    fn weak_currencies_lose_nothing_on_the_way() {
        let dong_to_euro = rate("28967.5").inverse();
        assert_eq!(dong_to_euro.convert(1_000_000, 0, 2), Some(3_452));
        let dong_to_dollar = dong_to_euro.times(rate("1.0825")).expect("fits");
        assert_eq!(dong_to_dollar.convert(1_000_000, 0, 2), Some(3_737));
        assert_eq!(dong_to_dollar.rounded().to_string(), "0.00003737");
    }

    #[test]
    fn nothing_is_no_rate() {
        assert_eq!(Rate::new(0, 1), None);
        assert_eq!(Rate::new(1, -1), None);
        assert_eq!(Rate::new(4, 2), Some(Rate { numerator: 2, denominator: 1 }));
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_to_a_minor_unit(minor in 0..1_000_000_000_i64, raw in 1_000_000..10_000_000_000_i64) {
            let there = Rate::of_decimal(Decimal8::from_raw(raw)).expect("above nought");
            let back = there.convert(minor, 2, 6).and_then(|other| there.inverse().convert(other, 6, 2));
            prop_assert!(back.is_some_and(|back| (back - minor).abs() <= 1));
        }
    }
}
