//! What may be a unit, and which rules may name it.

use kernel::{Currency, Refusal};

use super::model::Model;
use crate::plans::rules::Reward;

/// Most decimals of a unit: as many as a rate has.
pub const DECIMALS_MAX: u32 = 8;

/// Refuses what is no code of a unit, and what is money.
///
/// # Errors
/// `invalid_fields`.
pub fn require_code(code: &str) -> Result<(), Refusal> {
    if !Reward::is_unit(code) {
        return Err(Refusal::field("code", "must be 2 to 12 capital letters and digits, a letter first"));
    }
    let currency: Option<Currency> = code.parse().ok();
    if currency.is_some_and(|currency| currency.decimals().is_some()) {
        return Err(Refusal::field("code", "must be no currency: rewards are not money"));
    }
    Ok(())
}

/// # Errors
/// `invalid_fields` where a unit cannot have so many decimals.
pub fn require_decimals(decimals: u32) -> Result<i32, Refusal> {
    let fits = i32::try_from(decimals).ok().filter(|_| decimals <= DECIMALS_MAX);
    fits.ok_or_else(|| Refusal::field("decimals", "must be 0 to 8"))
}

/// Refuses a rule that names a unit which nobody knows, or one out of use that it did not name before.
///
/// # Errors
/// `invalid_fields`, with `field` as the place.
pub fn require_named(units: &[Model], code: &str, named_before: bool, field: String) -> Result<(), Refusal> {
    match units.iter().find(|unit| unit.code == code) {
        None => Err(Refusal::field(field, format!("must be a unit of rewards of this workspace, and {code} is none"))),
        Some(unit) if !unit.is_active && !named_before => {
            Err(Refusal::field(field, format!("must be a unit that is in use, and {code} no longer is")))
        }
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_no_unit_of_rewards() {
        for code in ["EUR", "JPY", "USDT", "BTC", "points", "P", "123", "TOO-LONG", "ABCDEFGHIJKLM", "ПОИНТ", ""] {
            assert!(require_code(code).is_err(), "{code}");
        }
        for code in ["POINTS", "CREDIT", "P2", "ABCDEFGHIJKL"] {
            assert!(require_code(code).is_ok(), "{code}");
        }
        assert_eq!(require_decimals(8).ok(), Some(8));
        assert!(require_decimals(9).is_err());
    }
}
