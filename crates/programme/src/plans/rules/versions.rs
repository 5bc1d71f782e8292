//! Which version of a plan is in force, and what a change makes of its rules.

use std::cmp::Reverse;

use kernel::{Id, Timestamp, id};

use super::{conditions::Conditions, effect::Effect, rule::Rule};

/// When a version begins, with its number: what orders versions.
pub trait Dated {
    fn valid_from(&self) -> Timestamp;
    fn number(&self) -> i32;
}

/// The version in force at `at`: the one that began last, the newer of two that began together. Before the first
/// version the first is in force, so that a past moment always has a price.
pub fn in_force<V: Dated>(versions: &[V], at: Timestamp) -> Option<&V> {
    let began = versions.iter().filter(|version| version.valid_from() <= at);
    let first = || versions.iter().min_by_key(|version| (version.valid_from(), Reverse(version.number())));
    began.max_by_key(|version| (version.valid_from(), version.number())).or_else(first)
}

/// The moments at which a change from `from` on needs a version: `from` itself, and every later moment for which a
/// version is planned already, so that the plan does not undo the change.
pub fn moments_of_change<V: Dated>(versions: &[V], from: Timestamp) -> Vec<Timestamp> {
    let later = versions.iter().map(Dated::valid_from).filter(|&moment| moment > from);
    let mut moments: Vec<Timestamp> = later.chain([from]).collect();
    moments.sort_unstable();
    moments.dedup();
    moments
}

/// A rule of one partner and the time in which plans hold it.
#[derive(Clone, Debug, PartialEq)]
pub struct PrivateRule {
    pub rule: Rule,
    pub from: Timestamp,
    /// Not included any more; none where no end is planned.
    pub until: Option<Timestamp>,
}

/// Rules that are for `partner` alone, in force at `now` or planned, in the order in which they begin.
pub fn private_rules<V: Dated>(
    versions: &[V],
    rules_of: impl Fn(&V) -> &[Rule],
    partner: Id<id::Partner>,
    now: Timestamp,
) -> Vec<PrivateRule> {
    let mut found: Vec<PrivateRule> = Vec::new();
    let mut moments: Vec<Timestamp> = versions.iter().map(Dated::valid_from).collect();
    moments.sort_unstable();
    moments.dedup();
    for moment in moments {
        let rules = in_force(versions, moment).map_or(&[][..], &rules_of);
        let own: Vec<&Rule> = rules.iter().filter(|rule| rule.conditions.partner_id == Some(partner)).collect();
        for open in found.iter_mut().filter(|open| open.until.is_none() && !own.contains(&&open.rule)) {
            open.until = Some(moment);
        }
        for rule in own {
            if !found.iter().any(|open| open.until.is_none() && open.rule == *rule) {
                found.push(PrivateRule { rule: rule.clone(), from: moment, until: None });
            }
        }
    }
    found.retain(|rule| rule.until.is_none_or(|until| until > now));
    found
}

/// Rules with the price of exactly these conditions replaced by `effect`; `None` takes it away.
pub fn with_rate(
    rules: &[Rule],
    conditions: &Conditions,
    effect: Option<Effect>,
    (id, at): (Id<id::PlanRule>, Timestamp),
) -> Vec<Rule> {
    let mut rules: Vec<Rule> =
        rules.iter().filter(|rule| !(rule.effect.is_price() && rule.conditions == *conditions)).cloned().collect();
    if let Some(effect) = effect {
        let (conditions, limits) = (conditions.clone(), Vec::new());
        rules.push(Rule { id, name: None, conditions, effect, priority: 0, limits, created_at: at });
    }
    rules
}
