//! Amounts of a conversion: what was sold, what was refunded, what is left of what was earned.

use kernel::{
    Currency,
    decimal::{self, DecimalError},
    money,
    rate::Rate,
    reason::ConversionReason as Reason,
};

/// Largest order value that is believed, in minor units: ten thousand milliards of cents, far from overflow in sums.
pub const SALE_MINOR_MAX: i64 = 1_000_000_000_000_000;

/// How amounts as a sender states them become minor units of the offer's currency.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    said_decimals: u32,
    decimals: u32,
    /// Absent where the sender states the offer's currency, or none.
    rate: Option<Rate>,
}

impl Scale {
    /// # Errors
    /// `bad_currency` where another currency than the offer's is stated and no rate is known.
    pub fn of(said: Option<Currency>, of_offer: Currency, rate: Option<Rate>) -> Result<Self, Reason> {
        let said = said.unwrap_or(of_offer);
        let rate = if said == of_offer { None } else { Some(rate.ok_or(Reason::BadCurrency)?) };
        let decimals = |currency: Currency| currency.decimals().ok_or(Reason::BadCurrency);
        Ok(Self { said_decimals: decimals(said)?, decimals: decimals(of_offer)?, rate })
    }

    fn minor(self, text: &str) -> Result<i64, DecimalError> {
        let said = money::parse_amount(text, self.said_decimals)?;
        let converted = |rate: Rate| rate.convert(said, self.said_decimals, self.decimals);
        self.rate.map_or(Ok(said), |rate| converted(rate).ok_or(DecimalError::TooLarge))
    }
}

/// Reads an order value as minor units of the offer's currency. Absent means nought.
///
/// # Errors
/// `bad_amount` where it has more decimals than its currency, `amount_out_of_range` where it is negative or beyond
/// [`SALE_MINOR_MAX`].
pub fn sale_minor(amount: Option<&str>, scale: Scale) -> Result<i64, Reason> {
    let Some(amount) = amount else { return Ok(0) };
    match scale.minor(amount) {
        Ok(minor) if (0..=SALE_MINOR_MAX).contains(&minor) => Ok(minor),
        Ok(_) | Err(DecimalError::TooLarge) => Err(Reason::AmountOutOfRange),
        Err(DecimalError::Malformed | DecimalError::TooPrecise) => Err(Reason::BadAmount),
    }
}

/// Reads an amount of a line of the order as minor units.
///
/// # Errors
/// `bad_amount` where it is none of its currency.
pub fn item_minor(text: &str, scale: Scale) -> Result<i64, Reason> {
    scale.minor(text).map_err(|_| Reason::BadAmount)
}

/// What is left of `full_minor` once `refund_minor` of `sale_minor` was refunded: the same proportion, rounded once,
/// half away from zero. It is always taken from the whole, so that many small refunds drift nowhere.
pub fn left_after_refund(full_minor: i64, sale_minor: i64, refund_minor: i64) -> i64 {
    assert!((0..=sale_minor.max(0)).contains(&refund_minor), "no more is refunded than was sold");
    if sale_minor <= 0 || refund_minor == 0 {
        return full_minor;
    }
    let kept = i128::from(full_minor) * i128::from(sale_minor - refund_minor);
    decimal::divide_half_away(kept, i128::from(sale_minor)) as i64
}

/// The whole refund after one more of `minor`.
///
/// # Errors
/// `amount_out_of_range` where it is nought or negative, or more than is left.
pub fn refund_after(sale_minor: i64, refund_minor: i64, minor: i64) -> Result<i64, Reason> {
    if (1..=sale_minor - refund_minor).contains(&minor) {
        Ok(refund_minor + minor)
    } else {
        Err(Reason::AmountOutOfRange)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn order_values_are_checked() {
        let scale = Scale::of(None, Currency::EUR, None).expect("the offer's own");
        let eur = |amount| sale_minor(Some(amount), scale);
        assert_eq!(eur("80.00"), Ok(8_000));
        assert_eq!(eur("80.001"), Err(Reason::BadAmount));
        assert_eq!(eur("80.000"), Ok(8_000), "noughts at the end are no decimals");
        assert_eq!(eur("-1"), Err(Reason::AmountOutOfRange));
        assert_eq!(eur("99999999999999999999999"), Err(Reason::AmountOutOfRange));
        assert!(matches!(Scale::of(Some(Currency::USD), Currency::EUR, None), Err(Reason::BadCurrency)));
        assert_eq!(sale_minor(None, scale), Ok(0));
    }

    #[test]
    fn another_currency_is_converted_and_rounded_once() {
        let currency = |code| Currency::from_code(code).expect("a code");
        let rate = |text: &str| Rate::of_decimal(text.parse().expect("a decimal"));
        let read = |amount, said, of_offer, text| {
            Scale::of(Some(currency(said)), currency(of_offer), rate(text))
                .and_then(|scale| sale_minor(Some(amount), scale))
        };
        assert_eq!(read("86.60", "USD", "EUR", "0.92378753"), Ok(8_000));
        assert_eq!(read("10000", "JPY", "EUR", "0.00619694"), Ok(6_197));
        assert_eq!(read("10000.5", "JPY", "EUR", "0.00619694"), Err(Reason::BadAmount), "yen have no decimals");
        assert_eq!(read("80.00", "EUR", "JPY", "161.37"), Ok(12_910));
        assert_eq!(read("1.234", "KWD", "USDT", "3.2535"), Ok(4_014_819));
        assert_eq!(read("99.123456", "USDT", "EUR", "0.92429984"), Ok(9_162));
        assert_eq!(read("999999999999999", "EUR", "USDT", "1.08"), Err(Reason::AmountOutOfRange));
    }

    #[test]
    fn refunds_take_the_same_proportion() {
        assert_eq!(left_after_refund(800, 8_000, 2_000), 600);
        assert_eq!(left_after_refund(5, 10, 5), 3, "half away from zero");
        assert_eq!(left_after_refund(1_250, 0, 0), 1_250, "a lead has no sale");
        assert_eq!(refund_after(100, 60, 40), Ok(100));
        assert_eq!(refund_after(100, 60, 41), Err(Reason::AmountOutOfRange));
        assert_eq!(refund_after(100, 60, 0), Err(Reason::AmountOutOfRange));
    }

    proptest! {
        #[test]
        fn what_is_left_falls_to_nought(full in 0..=SALE_MINOR_MAX, sale in 1..=SALE_MINOR_MAX, a: u64, b: u64) {
            let first = (a % sale as u64) as i64;
            let second = first + (b % (sale - first) as u64) as i64;
            let left = |refund| left_after_refund(full, sale, refund);
            prop_assert!(left(first) >= left(second));
            prop_assert_eq!(left(0), full);
            prop_assert_eq!(left(sale), 0);
        }
    }
}
