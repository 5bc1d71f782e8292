//! What counts are worth, and which of them are new.

#![deny(clippy::float_arithmetic)]

use std::collections::{BTreeMap, HashMap};

use jiff::tz::TimeZone;
use kernel::{Id, Timestamp, id};

use crate::plans::{
    model::{PlanSide, TrafficUnit},
    rules::{Conditions, Effect, Facts, LocalTime, PriceCase, Rule, RuleKind, strongest_for},
};

/// Parts of a minor unit in which remainders are kept: eight decimals of a rate, of a thousand views.
pub const PARTS: i64 = 100_000_000_000;
const THOUSAND: i128 = 1_000;
/// Decimals of the finest currency.
const DECIMALS_MAX: u32 = 8;

/// The places of traffic that postings tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub from: Timestamp,
    pub partner: Id<id::Partner>,
    pub link: Option<Id<id::Link>>,
    pub side: PlanSide,
    pub unit: TrafficUnit,
}

/// Clicks or views of one place that one rule prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub place: Place,
    pub rule: Id<id::PlanRule>,
    /// Times 10^8.
    pub rate_e8: i64,
    pub units: i64,
}

/// The rule that pays for a click or a view, and its rate times 10^8.
pub fn rate_of(rules: &[Rule], unit: TrafficUnit, case: &PriceCase) -> Option<(Id<id::PlanRule>, i64)> {
    let rule = strongest_for(rules, RuleKind::Traffic(unit), case)?;
    match rule.effect {
        Effect::PerClick(rate) | Effect::PerThousand(rate) => Some((rule.id, rate.raw())),
        _ => None,
    }
}

/// What rules for a unit of traffic look at, all together.
pub fn conditions_of(rules: &[&[Rule]], unit: TrafficUnit) -> Option<Vec<Conditions>> {
    let of_unit = rules.iter().flat_map(|rules| rules.iter()).filter(|rule| rule.effect.unit() == Some(unit));
    let conditions: Vec<_> = of_unit.map(|rule| rule.conditions.clone()).collect();
    (!conditions.is_empty()).then_some(conditions)
}

/// A click or a view as rules see it.
pub fn case(side: PlanSide, partner: Id<id::Partner>, facts: Facts) -> PriceCase {
    PriceCase { side, facts, ..PriceCase::plain(Id::from_u128(0), partner, 0) }
}

/// Noon of a day, by which weekdays and dates are told.
pub fn noon(day: jiff::civil::Date) -> LocalTime {
    LocalTime(day.at(12, 0, 0, 0))
}

/// A day cut where versions of its plans begin.
pub fn stretches(day: jiff::civil::Date, zone: &TimeZone, begins: &[Timestamp]) -> Vec<(Timestamp, Timestamp)> {
    let next = day.tomorrow().unwrap_or(day);
    let (start, end) = (Timestamp::start_of_day(day, zone), Timestamp::start_of_day(next, zone));
    let inside = begins.iter().copied().filter(|at| *at > start && *at < end);
    let mut cuts: Vec<Timestamp> = inside.chain([start, end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Counts of one place and rule added up.
pub fn added_up(counts: impl IntoIterator<Item = Counted>) -> Vec<Counted> {
    let mut sums: BTreeMap<(Place, Id<id::PlanRule>), Counted> = BTreeMap::new();
    for one in counts {
        sums.entry((one.place, one.rule)).and_modify(|sum| sum.units += one.units).or_insert(one);
    }
    sums.into_values().collect()
}

/// What was counted less what was posted before. A place never counts for more than it has, whichever rules its counts
/// went to; nothing is taken back, since facts may have been dropped since.
pub fn not_posted(counted: &[Counted], posted: &HashMap<(Place, Id<id::PlanRule>), i64>) -> Vec<Counted> {
    let mut room: HashMap<Place, i64> = HashMap::new();
    for one in counted {
        *room.entry(one.place).or_default() += one.units;
    }
    for ((place, _), units) in posted {
        room.entry(*place).and_modify(|room| *room -= units);
    }
    let mut fresh = Vec::new();
    for one in counted {
        let left = room.entry(one.place).or_default();
        let before = posted.get(&(one.place, one.rule)).copied().unwrap_or_default();
        let units = (one.units - before).min(*left);
        if units > 0 {
            *left -= units;
            fresh.push(Counted { units, ..*one });
        }
    }
    fresh
}

/// What units are worth at a rate, in parts of a minor unit.
pub fn parts(unit: TrafficUnit, units: i64, rate_e8: i64, decimals: u32) -> i128 {
    let scale = 10_i128.pow(decimals.min(DECIMALS_MAX));
    let thousandth = i128::from(units) * i128::from(rate_e8) * scale;
    match unit {
        TrafficUnit::Click => thousandth * THOUSAND,
        TrafficUnit::View => thousandth,
    }
}

/// Whole minor units of what was carried in and what came to it, and what is carried on; `None` where it does not fit.
pub fn settled(before: i64, parts: i128) -> Option<(i64, i64)> {
    let sum = i128::from(before).checked_add(parts)?;
    let (minor, after) = (sum.div_euclid(i128::from(PARTS)), sum.rem_euclid(i128::from(PARTS)));
    Some((i64::try_from(minor).ok()?, i64::try_from(after).ok()?))
}

#[cfg(test)]
mod tests {
    use kernel::Decimal8;

    use super::*;

    fn rate(text: &str) -> i64 {
        text.parse::<Decimal8>().expect("a rate").raw()
    }

    fn place(link: u128) -> Place {
        Place {
            from: Timestamp::from_millis(0),
            partner: Id::from_u128(1),
            link: Some(Id::from_u128(link)),
            side: PlanSide::Earnings,
            unit: TrafficUnit::Click,
        }
    }

    fn counted(link: u128, rule: u128, units: i64) -> Counted {
        Counted { place: place(link), rule: Id::from_u128(rule), rate_e8: 1, units }
    }

    /// Posts each day's units, and answers what each earned and what is left.
    fn month(unit: TrafficUnit, text: &str, decimals: u32, days: &[i64]) -> (Vec<i64>, i64) {
        let (mut carried, mut earned) = (0, Vec::new());
        for units in days {
            let (minor, after) = settled(carried, parts(unit, *units, rate(text), decimals)).expect("fits");
            (carried, _) = (after, earned.push(minor));
        }
        (earned, carried)
    }

    #[test]
    fn a_month_at_0_0035_a_click_loses_nothing() {
        let (earned, carried) = month(TrafficUnit::Click, "0.0035", 2, &[47; 30]);
        assert_eq!(&earned[..5], [16, 16, 17, 16, 17], "16.45 a day");
        assert_eq!((earned.iter().sum::<i64>(), carried), (493, PARTS / 2), "1,410 clicks are 4.935 EUR");
        let (earned, carried) = month(TrafficUnit::Click, "0.0035", 2, &[1; 20]);
        assert_eq!((earned.iter().sum::<i64>(), carried), (7, 0), "twenty days of one click are 7 cents");
    }

    #[test]
    fn each_currency_has_its_own_decimals() {
        let clicks = |text, decimals| month(TrafficUnit::Click, text, decimals, &[1_000, 1_000, 1_000]);
        assert_eq!(clicks("0.0035", 0), (vec![3, 4, 3], PARTS / 2), "JPY");
        assert_eq!(clicks("0.0035", 2), (vec![350, 350, 350], 0), "EUR");
        assert_eq!(clicks("0.00000035", 3), (vec![0, 0, 1], PARTS / 20), "KWD");
        assert_eq!(clicks("0.00000001", 6), (vec![10, 10, 10], 0), "USDT");
        let views = month(TrafficUnit::View, "0.00000001", 6, &[1, 99_999]);
        assert_eq!(views, (vec![0, 1], 0), "the finest rate of a thousand views");
        assert_eq!(month(TrafficUnit::View, "1.20", 2, &[1_234, 766]), (vec![148, 92], 0), "CPM of 1.20");
    }

    #[test]
    fn what_comes_in_late_is_posted_once() {
        let first = [counted(1, 1, 100), counted(2, 1, 5)];
        let none = HashMap::new();
        assert_eq!(not_posted(&first, &none), first);
        let posted = HashMap::from([((place(1), Id::from_u128(1)), 100), ((place(2), Id::from_u128(1)), 5)]);
        assert_eq!(not_posted(&first, &posted), [], "the same again is nothing");
        assert_eq!(not_posted(&[counted(1, 1, 103), counted(2, 1, 5)], &posted), [counted(1, 1, 3)]);
        let moved = [counted(1, 1, 40), counted(1, 2, 63)];
        assert_eq!(
            not_posted(&moved, &posted),
            [counted(1, 2, 3)],
            "counts that changed their rule are not paid twice"
        );
        assert_eq!(not_posted(&[counted(1, 1, 7)], &posted), [], "facts that are gone take nothing back");
    }

    #[test]
    fn a_day_is_cut_where_a_version_begins() {
        let zone = kernel::time::zone("Europe/Warsaw").expect("known");
        let day = jiff::civil::date(2026, 10, 25);
        let at = |text: &str| Timestamp::parse(text).expect("a time");
        let begins = [at("2026-10-25T10:00:00Z"), at("2026-10-24T22:00:00Z"), at("2026-10-26T10:00:00Z")];
        let cut = stretches(day, &zone, &begins);
        let told: Vec<String> = cut.iter().map(|(from, to)| format!("{from} {to}")).collect();
        assert_eq!(
            told,
            ["2026-10-24T22:00:00.000Z 2026-10-25T10:00:00.000Z", "2026-10-25T10:00:00.000Z 2026-10-25T23:00:00.000Z"],
            "a day of 25 hours"
        );
    }
}
