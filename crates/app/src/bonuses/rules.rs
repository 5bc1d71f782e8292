//! What a conversion counts for, and whether a threshold is met. Pure.

#![deny(clippy::float_arithmetic)]

use kernel::{Id, Timestamp, id};

use crate::{
    conversions::{Status, entity::conversion},
    plans::{
        rules::{Bonus, Effect, Facts, LocalTime, Metric, Period, PriceCase, Rule},
        version,
    },
};

/// Whose figure: a partner's in one period, by one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub offer: Id<id::Offer>,
    pub rule: Id<id::PlanRule>,
    pub partner: Id<id::Partner>,
    pub metric: Metric,
    pub period: Period,
    /// When the period begins.
    pub from: Timestamp,
}

/// What the conversions of one version of a rule add up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    pub version: Id<id::PlanVersion>,
    pub bonus: Bonus,
    /// In the bonus's metric.
    pub sum: i64,
}

/// The terms by which a threshold is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Met {
    pub version: Id<id::PlanVersion>,
    pub threshold: i64,
    pub minor: i64,
}

/// What is to be done about the bonus of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Nothing,
    Give(Met),
    /// It stands, as the sum it stood for.
    Keep(Met),
    TakeBack,
    /// It is met by terms of another sum.
    Exchange(Met),
}

/// The bonus that a rule gives.
pub fn bonus_of(rule: &Rule) -> Option<Bonus> {
    match rule.effect {
        Effect::Bonus(bonus) => Some(bonus),
        _ => None,
    }
}

/// The bonus of a rule as a version has it.
pub fn bonus_in(version: &version::Model, rule: Id<id::PlanRule>) -> Option<Bonus> {
    version.rules.0.iter().find(|one| one.id == rule).and_then(bonus_of)
}

/// What a conversion counts for: nothing before it is approved, nor once it is worth nothing.
pub fn value(metric: Metric, row: &conversion::Model) -> i64 {
    match (row.status, metric) {
        (Status::Approved | Status::Locked | Status::Paid, Metric::Conversions) => 1,
        (Status::Approved | Status::Locked | Status::Paid, Metric::Amount) => row.sale_minor - row.refund_minor,
        (Status::Approved | Status::Locked | Status::Paid, Metric::Revenue) => row.revenue_minor,
        (Status::Received | Status::Pending | Status::Rejected | Status::Reversed, _) => 0,
    }
}

/// What the conditions of bonuses look at; none where the conversion is nobody's.
pub fn case(row: &conversion::Model, tags: &[String], local: LocalTime) -> Option<PriceCase> {
    let of_click = |name: &str| row.click_dims[name].as_str().unwrap_or_default().to_owned();
    let facts = Facts {
        group: Some(row.partner_group.clone()).filter(|group| !group.is_empty()),
        tags: tags.to_vec(),
        country: of_click("country"),
        device: of_click("device"),
        traffic_type: row.traffic_type.clone(),
        source: of_click("source_id"),
        local: Some(local),
        ..Facts::default()
    };
    Some(PriceCase { facts, ..PriceCase::plain(row.goal_id?, row.partner_id?, row.sale_minor) })
}

/// By which version's terms the threshold is met: the first one with whose conversions the sum reaches it. The versions
/// come in the order in which they held; all of them count the same metric in the same period.
pub fn met(versions: &[Reached]) -> Option<Met> {
    let mut sum = 0_i64;
    versions.iter().find_map(|one| {
        sum = sum.saturating_add(one.sum);
        let Bonus { from, minor, .. } = one.bonus;
        (sum >= from).then_some(Met { version: one.version, threshold: from, minor })
    })
}

/// What follows for a bonus that stands with `standing_minor`, or for none.
pub fn step(standing_minor: Option<i64>, met: Option<Met>) -> Step {
    match (standing_minor, met) {
        (None, None) => Step::Nothing,
        (None, Some(met)) => Step::Give(met),
        (Some(_), None) => Step::TakeBack,
        (Some(minor), Some(met)) if minor == met.minor => Step::Keep(met),
        (Some(_), Some(met)) => Step::Exchange(met),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(version: u128, from: i64, minor: i64, sum: i64) -> Reached {
        let bonus = Bonus { metric: Metric::Conversions, period: Period::Month, from, minor };
        Reached { version: Id::from_u128(version), bonus, sum }
    }

    fn told(versions: &[Reached]) -> Option<(u128, i64, i64)> {
        met(versions).map(|met| (met.version.as_u128(), met.threshold, met.minor))
    }

    #[test]
    fn a_threshold_is_met_by_the_terms_under_which_it_was_reached() {
        assert_eq!(told(&[]), None);
        assert_eq!(told(&[reached(1, 50, 10_000, 49)]), None);
        assert_eq!(told(&[reached(1, 50, 10_000, 50)]), Some((1, 50, 10_000)));
        let lowered = [reached(1, 50, 10_000, 30), reached(2, 40, 6_000, 10)];
        assert_eq!(told(&lowered), Some((2, 40, 6_000)), "what came before counts too");
        let raised = [reached(1, 50, 10_000, 50), reached(2, 80, 20_000, 40)];
        assert_eq!(told(&raised), Some((1, 50, 10_000)), "what was reached is not measured anew");
        let short = [reached(1, 50, 10_000, 30), reached(2, 80, 20_000, 49)];
        assert_eq!(told(&short), None);
    }

    #[test]
    fn a_bonus_stands_where_the_threshold_is_met_and_nowhere_else() {
        let met = Met { version: Id::from_u128(1), threshold: 50, minor: 10_000 };
        assert_eq!(step(None, None), Step::Nothing);
        assert_eq!(step(None, Some(met)), Step::Give(met));
        assert_eq!(step(Some(10_000), Some(met)), Step::Keep(met));
        assert_eq!(step(Some(10_000), None), Step::TakeBack);
        assert_eq!(step(Some(6_000), Some(met)), Step::Exchange(met));
    }
}
