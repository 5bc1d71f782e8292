//! Amounts of a conversion: what was sold, what was refunded, what is left of what was earned.

use kernel::{
    Currency,
    decimal::{self, DecimalError},
    money,
    reason::ConversionReason as Reason,
};

/// Largest order value that is believed, in minor units: ten thousand milliards of cents, far from overflow in sums.
pub const SALE_MINOR_MAX: i64 = 1_000_000_000_000_000;

/// Reads an order value in units of the offer's currency as minor units. Absent means nought.
///
/// # Errors
/// `bad_currency` where it is given in another currency (no rates are known), `bad_amount` where it has more decimals
/// than the currency, `amount_out_of_range` where it is negative or beyond [`SALE_MINOR_MAX`].
pub fn sale_minor(amount: Option<&str>, currency: Option<Currency>, of_offer: Currency) -> Result<i64, Reason> {
    if currency.is_some_and(|currency| currency != of_offer) {
        return Err(Reason::BadCurrency);
    }
    let Some(amount) = amount else { return Ok(0) };
    let decimals = of_offer.iso_decimals().ok_or(Reason::BadCurrency)?;
    match money::parse_amount(amount, decimals) {
        Ok(minor) if (0..=SALE_MINOR_MAX).contains(&minor) => Ok(minor),
        Ok(_) | Err(DecimalError::TooLarge) => Err(Reason::AmountOutOfRange),
        Err(DecimalError::Malformed | DecimalError::TooPrecise) => Err(Reason::BadAmount),
    }
}

/// Reads an amount of a line of the order as minor units.
///
/// # Errors
/// `bad_amount` where it is none of a currency with so many decimals.
pub fn item_minor(text: &str, decimals: u32) -> Result<i64, Reason> {
    money::parse_amount(text, decimals).map_err(|_| Reason::BadAmount)
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
        let eur = |amount| sale_minor(Some(amount), None, Currency::EUR);
        assert_eq!(eur("80.00"), Ok(8_000));
        assert_eq!(eur("80.001"), Err(Reason::BadAmount));
        assert_eq!(eur("80.000"), Ok(8_000), "noughts at the end are no decimals");
        assert_eq!(eur("-1"), Err(Reason::AmountOutOfRange));
        assert_eq!(eur("99999999999999999999999"), Err(Reason::AmountOutOfRange));
        assert_eq!(sale_minor(Some("1"), Some(Currency::USD), Currency::EUR), Err(Reason::BadCurrency));
        assert_eq!(sale_minor(None, None, Currency::EUR), Ok(0));
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
