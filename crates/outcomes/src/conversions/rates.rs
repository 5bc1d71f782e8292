//! What a conversion's amounts were converted by: kept with it, so that a rate that changes later changes nothing.

use kernel::{Currency, Timestamp, rate::Rate};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use super::{entity::conversion, moves::Worksheet};
use crate::currencies::rules::RateUsed;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct RatesUsed {
    /// Where the sender stated another currency than the offer's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
    /// Into the reporting currency; absent where it is the same, or no rate was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporting: Option<RateUsed>,
}

/// An amount as its sender stated it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Decimal text; absent where only a currency was stated.
    pub amount: Option<String>,
    pub currency: Currency,
    #[serde(flatten)]
    pub used: RateUsed,
}

impl Worksheet {
    /// The rate of the local day of `at`.
    pub fn rate(&self, from: Currency, to: Currency, at: Timestamp) -> Option<RateUsed> {
        self.rates.find(from, to, at.local_day(&self.zone))
    }

    /// Keeps the rate into the reporting currency, where there is one and none is kept.
    pub(super) fn keep_reporting_rate(&self, row: &mut conversion::Model) {
        let reporting =
            row.reporting_currency.parse::<Currency>().ok().filter(|reporting| *reporting != row.currency());
        if let (Some(reporting), None) = (reporting, &row.rates.reporting) {
            row.rates.reporting = self.rate(row.currency(), reporting, row.event_at);
        }
    }
}

impl conversion::Model {
    fn reporting_rate(&self) -> Option<Rate> {
        if self.currency == self.reporting_currency {
            return Some(Rate::ONE);
        }
        self.rates.reporting.as_ref().map(|used| used.rate)
    }

    /// The rate into the reporting currency to eight decimals, times 10^8; 0 where none is known.
    pub fn reporting_rate_e8(&self) -> i64 {
        self.reporting_rate().map_or(0, |rate| rate.rounded().raw())
    }

    /// An amount of the conversion in the reporting currency.
    pub fn in_reporting(&self, minor: i64) -> Option<i64> {
        if self.currency == self.reporting_currency {
            return Some(minor);
        }
        let decimals = |code: &str| Currency::from_code(code).and_then(|currency| currency.decimals());
        self.reporting_rate()?.convert(minor, decimals(&self.currency)?, decimals(&self.reporting_currency)?)
    }

    /// What turns a later amount in `said` into the conversion's: the rate that its first amount was converted by.
    pub fn rate_of_sender(&self, said: Option<Currency>) -> Option<Rate> {
        self.rates.said.as_ref().filter(|first| Some(first.currency) == said).map(|first| first.used.rate)
    }
}
