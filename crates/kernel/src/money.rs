//! Money is whole minor units of a currency of known scale.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    decimal::{self, DecimalError},
    refusal::{Refusal, RefusalCode},
};

/// A currency's code: three letters of ISO 4217, or up to eight of a unit that a workspace registered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; Currency::MAX_LEN]);

impl Currency {
    pub const MAX_LEN: usize = 8;
    pub const EUR: Self = Self(*b"EUR\0\0\0\0\0");
    pub const USD: Self = Self(*b"USD\0\0\0\0\0");

    /// A code of 3 to 8 capital letters or digits, known or not.
    pub fn from_code(code: &str) -> Option<Self> {
        let fits = (3..=Self::MAX_LEN).contains(&code.len());
        let plain = code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if !(fits && plain) {
            return None;
        }
        let mut bytes = [0; Self::MAX_LEN];
        bytes[..code.len()].copy_from_slice(code.as_bytes());
        Some(Self(bytes))
    }

    pub fn code(&self) -> &str {
        let len = self.0.iter().position(|&byte| byte == 0).unwrap_or(Self::MAX_LEN);
        std::str::from_utf8(&self.0[..len]).expect("codes are ASCII")
    }

    /// Units that a workspace may register as money, with their decimals.
    pub const UNITS: &[(&'static str, u32)] =
        &[("BCH", 8), ("BTC", 8), ("LTC", 8), ("TON", 9), ("TRX", 6), ("USDC", 6), ("USDT", 6)];

    /// Whether it is such a unit.
    pub fn is_unit(&self) -> bool {
        self.unit_decimals().is_some()
    }

    fn unit_decimals(&self) -> Option<u32> {
        let named = |unit: &&(&str, u32)| unit.0 == self.code();
        Self::UNITS.iter().find(named).map(|unit| unit.1)
    }

    /// Decimals between the minor and the major unit, or `None` where the code is neither an active ISO currency nor a unit.
    pub fn decimals(&self) -> Option<u32> {
        self.iso_decimals().or_else(|| self.unit_decimals())
    }

    /// Decimals of the currency by ISO 4217, or `None` where the code is no active ISO currency.
    pub fn iso_decimals(&self) -> Option<u32> {
        let code = self.code();
        let listed = |list: &str| list.split(' ').any(|entry| entry == code);
        if listed(NO_DECIMALS) {
            Some(0)
        } else if listed(THREE_DECIMALS) {
            Some(3)
        } else if listed(TWO_DECIMALS) {
            Some(2)
        } else {
            None
        }
    }
}

// ISO 4217 list one, active currencies that people pay in.
const NO_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
const THREE_DECIMALS: &str = "BHD IQD JOD KWD LYD OMR TND";
const TWO_DECIMALS: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF \
     CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR \
     ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR \
     MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP \
     STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl FromStr for Currency {
    type Err = Refusal;
    fn from_str(code: &str) -> Result<Self, Refusal> {
        Self::from_code(code).ok_or_else(|| {
            Refusal::new(RefusalCode::BadCurrency, format!("{code:.16} is no currency code such as EUR"))
        })
    }
}
impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        code.parse().map_err(|refusal: Refusal| D::Error::custom(refusal.message))
    }
}
impl utoipa::PartialSchema for Currency {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^[A-Z0-9]{3,8}$"))
            .into()
    }
}
impl utoipa::ToSchema for Currency {}

/// An amount: whole minor units of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"minor": 1250, "currency": "EUR"}))]
pub struct Money {
    /// Whole minor units (cents of EUR, whole yen).
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// The sum, or `None` for unlike currencies and overflow: never a silent sum of two currencies.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let minor = self.minor.checked_add(other.minor)?;
        (self.currency == other.currency).then_some(Self { minor, ..self })
    }
}

/// Reads a decimal amount such as `80.00` as minor units of a currency with `decimals` decimals.
pub fn parse_amount(text: &str, decimals: u32) -> Result<i64, DecimalError> {
    decimal::parse_scaled(text, decimals)
}

/// Writes minor units as a decimal amount.
pub fn format_amount(minor: i64, decimals: u32) -> String {
    decimal::format_scaled(minor, decimals)
}

/// Splits `total` in proportion to `weights` so that the shares sum to it exactly (largest remainder; ties to the
/// earlier). `weights` are not negative and not all zero.
pub fn allocate(total: i64, weights: &[u64]) -> Vec<i64> {
    let sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    assert!(sum > 0, "something must have weight");
    let magnitude = u128::from(total.unsigned_abs());
    let mut shares: Vec<u128> = weights.iter().map(|&weight| magnitude * u128::from(weight) / sum).collect();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|&index| std::cmp::Reverse(magnitude * u128::from(weights[index]) % sum));
    let missing = magnitude - shares.iter().sum::<u128>();
    for &index in by_remainder.iter().take(missing as usize) {
        shares[index] += 1;
    }
    let signed = |share: u128| if total < 0 { -(share as i128) as i64 } else { share as i64 };
    shares.into_iter().map(signed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn currencies_know_their_decimals() {
        let decimals = |code| Currency::from_code(code).and_then(|currency| currency.iso_decimals());
        assert_eq!(decimals("EUR"), Some(2));
        assert_eq!(decimals("JPY"), Some(0));
        assert_eq!(decimals("KWD"), Some(3));
        assert_eq!(decimals("USDT"), None, "units of a workspace are not ISO");
        assert_eq!(Currency::from_code("eur"), None);
        let of_unit = |code| Currency::from_code(code).and_then(|currency| currency.decimals());
        assert_eq!(
            [of_unit("USDT"), of_unit("BTC"), of_unit("KWD"), of_unit("POINTS")],
            [Some(6), Some(8), Some(3), None]
        );
    }

    #[test]
    fn unlike_currencies_do_not_add() {
        let euro = Money::new(1, Currency::EUR);
        assert_eq!(euro.checked_add(Money::new(1, Currency::USD)), None);
        assert_eq!(euro.checked_add(Money::new(i64::MAX, Currency::EUR)), None);
    }

    proptest! {
        #[test]
        fn no_cent_is_lost(total: i64, weights in proptest::collection::vec(0_u64..1_000_000, 1..20)) {
            prop_assume!(weights.iter().any(|&weight| weight > 0) && total != i64::MIN);
            let shares = allocate(total, &weights);
            prop_assert_eq!(shares.iter().map(|&share| i128::from(share)).sum::<i128>(), i128::from(total));
        }
    }
}
