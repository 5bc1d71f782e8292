//! Which rate counts on a day, and what it says of an amount.

use std::collections::BTreeMap;

use jiff::{ToSpan as _, civil::Date};
use kernel::{Currency, Money, rate::Rate};
use serde::{Deserialize, Serialize};

use super::entity::rate::RateSource;

/// How old a rate may be: over holidays there is none for some days.
pub const AGE_DAYS_MAX: i32 = 7;

/// The rate that an amount was converted by, kept with the amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateUsed {
    /// Units of the other currency for one.
    pub rate: Rate,
    /// The older of the days of both currencies.
    pub day: String,
    pub source: RateSource,
}

/// Rates of some currencies on some days.
#[derive(Clone, Debug, Default)]
pub struct Rates(BTreeMap<(Currency, Date), (Rate, RateSource)>);

impl Rates {
    pub fn insert(&mut self, currency: Currency, day: Date, rate: Rate, source: RateSource) {
        self.0.insert((currency, day), (rate, source));
    }

    /// What turns amounts in `from` into amounts in `to` on `day`.
    pub fn find(&self, from: Currency, to: Currency, day: Date) -> Option<RateUsed> {
        let (one, one_day, one_source) = self.in_euro(from, day)?;
        let (other, other_day, other_source) = self.in_euro(to, day)?;
        let by_hand = one_source == RateSource::Manual || other_source == RateSource::Manual;
        let source = if by_hand { RateSource::Manual } else { RateSource::Ecb };
        let rate = one.times(other.inverse())?;
        Some(RateUsed { rate, day: one_day.min(other_day).to_string(), source })
    }

    /// The amount in another currency by the rate of `day`, and that rate.
    pub fn convert(&self, amount: Money, to: Currency, day: Date) -> Option<(Money, RateUsed)> {
        if amount.currency == to {
            return Some((amount, RateUsed { rate: Rate::ONE, day: day.to_string(), source: RateSource::Ecb }));
        }
        let used = self.find(amount.currency, to, day)?;
        let minor = used.rate.convert(amount.minor, amount.currency.decimals()?, to.decimals()?)?;
        Some((Money::new(minor, to), used))
    }

    /// Euro for one unit on `day`, and of which day that is.
    pub fn in_euro(&self, currency: Currency, day: Date) -> Option<(Rate, Date, RateSource)> {
        if currency == Currency::EUR {
            return Some((Rate::ONE, day, RateSource::Ecb));
        }
        let oldest = day.saturating_sub(AGE_DAYS_MAX.days());
        let mut young = self.0.range((currency, oldest)..=(currency, day));
        young.next_back().map(|((_, found), (rate, source))| (*rate, *found, *source))
    }
}

/// The days whose rates may count on `day`.
pub fn days_until(day: Date) -> impl Iterator<Item = Date> {
    (0..=AGE_DAYS_MAX).map(move |age| day.saturating_sub(age.days()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn rates() -> Rates {
        let mut rates = Rates::default();
        let per_euro = |text: &str| Rate::of_decimal(text.parse().expect("a decimal")).expect("above nought").inverse();
        rates.insert(Currency::USD, date(2026, 11, 20), per_euro("1.0825"), RateSource::Ecb);
        let jpy = Currency::from_code("JPY").expect("known");
        rates.insert(jpy, date(2026, 11, 19), per_euro("161.37"), RateSource::Ecb);
        let usdt = Currency::from_code("USDT").expect("known");
        rates.insert(usdt, date(2026, 11, 20), per_euro("1.0819"), RateSource::Manual);
        rates
    }

    #[test]
    fn a_weekend_takes_the_friday_and_a_month_takes_nothing() {
        let find = |day| rates().find(Currency::USD, Currency::EUR, day);
        let sunday = find(date(2026, 11, 22)).expect("Friday's");
        assert_eq!((sunday.day.as_str(), sunday.source), ("2026-11-20", RateSource::Ecb));
        assert_eq!(sunday.rate.convert(10_825, 2, 2), Some(10_000));
        assert_eq!(find(date(2026, 11, 19)), None, "not from the future");
        assert_eq!(find(date(2026, 11, 28)), None, "too old");
    }

    #[test]
    fn any_two_meet_in_euro() {
        let jpy = Currency::from_code("JPY").expect("known");
        let usdt = Currency::from_code("USDT").expect("known");
        let day = date(2026, 11, 20);
        let found = rates().find(jpy, Currency::USD, day).expect("both known");
        assert_eq!((found.day.as_str(), found.rate.convert(16_137, 0, 2)), ("2026-11-19", Some(10_825)));
        let by_hand = rates().find(Currency::EUR, usdt, day).expect("known");
        assert_eq!((by_hand.source, by_hand.rate.convert(100, 2, 6)), (RateSource::Manual, Some(1_081_900)));
        assert_eq!(rates().find(Currency::EUR, Currency::EUR, day).map(|found| found.rate), Some(Rate::ONE));
    }
}
