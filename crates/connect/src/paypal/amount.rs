//! Amounts as PayPal writes them: a decimal text with the decimals that PayPal knows of a currency, which for forints and
//! Taiwan dollars are fewer than ISO 4217 has.

use kernel::{
    Currency, Money,
    money::{format_amount, parse_amount},
};
use serde::{Deserialize, Serialize};

/// Currencies that PayPal pays out in. Reals, yuan and ringgits only between accounts of their own country.
pub const CURRENCIES: [&str; 24] = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY", "MXN", "MYR", "NOK",
    "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD",
];
/// Of these PayPal takes whole units alone.
const WHOLE: [&str; 3] = ["HUF", "JPY", "TWD"];

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Amount {
    pub currency: String,
    pub value: String,
}

/// Whether PayPal pays out in a currency.
pub fn pays_in(currency: Currency) -> bool {
    CURRENCIES.contains(&currency.code())
}

/// How PayPal writes an amount, or `None` where it has no such currency or no such fraction of it.
pub(super) fn write(money: Money) -> Option<Amount> {
    let decimals = money.currency.iso_decimals().filter(|_| pays_in(money.currency))?;
    let (minor, decimals) = if WHOLE.contains(&money.currency.code()) {
        let unit = 10_i64.pow(decimals);
        (money.minor % unit == 0).then_some((money.minor / unit, 0))?
    } else {
        (money.minor, decimals)
    };
    Some(Amount { currency: money.currency.code().to_owned(), value: format_amount(minor, decimals) })
}

/// What PayPal wrote, or `None` where it is no amount.
pub(super) fn read(amount: &Amount) -> Option<Money> {
    let currency = Currency::from_code(&amount.currency)?;
    let minor = parse_amount(&amount.value, currency.iso_decimals()?).ok()?;
    Some(Money::new(minor, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, Currency::from_code(code).expect("a code"))
    }

    #[test]
    fn each_currency_has_paypals_decimals() {
        let written = |minor, code| write(money(minor, code)).map(|amount| amount.value);
        assert_eq!(written(1_205, "EUR").as_deref(), Some("12.05"));
        assert_eq!(written(1_205, "JPY").as_deref(), Some("1205"));
        assert_eq!(written(1_200, "HUF").as_deref(), Some("12"));
        assert_eq!(written(120_000, "TWD").as_deref(), Some("1200"));
        assert_eq!([written(1_205, "HUF"), written(1_205, "TWD")], [None, None], "no such fraction at PayPal");
        assert_eq!([written(1_000, "RUB"), written(1_000, "USDT")], [None, None], "no such currency at PayPal");
    }

    #[test]
    fn what_is_written_is_read_again_and_nothing_else() {
        for code in CURRENCIES {
            let paid = money(123_400, code);
            assert_eq!(write(paid).and_then(|amount| read(&amount)), Some(paid), "{code}");
        }
        let read_as = |value: &str| read(&Amount { currency: "JPY".to_owned(), value: value.to_owned() });
        assert_eq!(read_as("1205.00"), Some(money(1_205, "JPY")));
        assert_eq!([read_as("1205.5"), read_as("1e3"), read_as("NaN")], [None, None, None]);
    }
}
