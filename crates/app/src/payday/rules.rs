//! Which months a board is of, whether figures tell of all of it, and how a step stands.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::Money;
use serde::{Deserialize, Serialize};

use super::model::{PaydayItem, PaydayKind, PaydayStanding};
use crate::{reconciliation::model::ReconciliationState, results::model::Month};

/// A board's month and where today lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    pub month: Month,
    /// In which its money leaves.
    pub paid_in: Month,
    pub is_over: bool,
    /// Its payday is now.
    pub is_payday: bool,
}

/// The month that is asked for, or the last that is over.
pub fn turn(asked: Option<Month>, today: Date) -> Turn {
    let now = Month::of(today);
    let month = asked.unwrap_or_else(|| now.before());
    let paid_in = month.next();
    Turn { month, paid_in, is_over: month < now, is_payday: paid_in == now }
}

/// How far an advertiser's figures of a month are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FiguresStanding {
    /// No file tells of some of its days.
    Missing,
    Comparing,
    Compared,
}

/// One period of theirs: its first and last day, which belongs to it, and how far it is.
pub type PeriodOf = (Date, Date, ReconciliationState);

/// How far the figures of `month` are that these periods bring.
pub fn figures(month: Month, periods: &[PeriodOf]) -> FiguresStanding {
    let mut spans: Vec<_> = periods.iter().map(|(first, last, _)| (*first, *last)).collect();
    spans.sort_unstable();
    let mut missing = month.first_day();
    for (first, last) in spans {
        if first <= missing && last >= missing {
            missing = last.tomorrow().unwrap_or(last);
        }
    }
    let is_comparing = periods.iter().any(|(_, _, state)| *state == ReconciliationState::Comparing);
    match (missing > month.last_day(), is_comparing) {
        (false, _) => FiguresStanding::Missing,
        (true, true) => FiguresStanding::Comparing,
        (true, false) => FiguresStanding::Compared,
    }
}

/// How something stands on a board: figures are due once the month is over, and what failed in a payday that is past was
/// dealt with, or is owed on the board of now.
pub const fn standing(kind: PaydayKind, turn: &Turn) -> PaydayStanding {
    match kind {
        PaydayKind::FiguresMissing if !turn.is_over => PaydayStanding::Rests,
        PaydayKind::PayoutsFailed | PaydayKind::PayoutsReturned if !turn.is_payday => PaydayStanding::Rests,
        _ => kind.standing(),
    }
}

/// Sums by currency, in order.
pub fn added(amounts: impl IntoIterator<Item = Money>) -> Vec<Money> {
    let mut sums: BTreeMap<_, i64> = BTreeMap::new();
    for amount in amounts {
        let sum = sums.entry(amount.currency).or_default();
        *sum = sum.saturating_add(amount.minor);
    }
    sums.into_iter().map(|(currency, minor)| Money::new(minor, currency)).collect()
}

/// A step stands as the most pressing of what is on it.
pub fn step(items: &[PaydayItem]) -> PaydayStanding {
    items.iter().map(|item| item.standing).min().unwrap_or(PaydayStanding::Rests)
}

#[cfg(test)]
mod tests {
    use super::{
        FiguresStanding::{Compared, Missing},
        ReconciliationState::{Closed, Open},
        *,
    };

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn month(text: &str) -> Month {
        text.parse().expect("a month")
    }

    #[test]
    fn the_board_of_now_is_of_the_last_month_that_is_over() {
        let now = turn(None, day("2026-12-03"));
        assert_eq!((now.month, now.paid_in), (month("2026-11"), month("2026-12")));
        assert!(now.is_over && now.is_payday);
        let running = turn(Some(month("2026-12")), day("2026-12-03"));
        assert!(!running.is_over && !running.is_payday);
        let past = turn(Some(month("2026-10")), day("2026-12-03"));
        assert!(past.is_over && !past.is_payday);
    }

    #[test]
    fn figures_are_missing_until_every_day_is_told() {
        let (november, comparing) = (month("2026-11"), ReconciliationState::Comparing);
        let of = |periods: &[(&str, &str, ReconciliationState)]| {
            let periods: Vec<_> = periods.iter().map(|(first, last, state)| (day(first), day(last), *state)).collect();
            figures(november, &periods)
        };
        assert_eq!(of(&[]), Missing);
        assert_eq!(of(&[("2026-11-01", "2026-11-30", Closed)]), Compared);
        assert_eq!(of(&[("2026-11-01", "2026-11-29", Closed)]), Missing);
        assert_eq!(of(&[("2026-11-16", "2026-12-15", Open), ("2026-10-20", "2026-11-15", Closed)]), Compared);
        assert_eq!(
            of(&[("2026-11-17", "2026-11-30", Open), ("2026-11-01", "2026-11-15", Closed)]),
            Missing,
            "the 16th"
        );
        assert_eq!(
            of(&[("2026-11-16", "2026-11-30", comparing), ("2026-11-01", "2026-11-15", Open)]),
            FiguresStanding::Comparing
        );
        assert_eq!(of(&[("2026-11-01", "2026-11-30", Open), ("2026-11-05", "2026-11-06", Open)]), Compared);
    }
}
