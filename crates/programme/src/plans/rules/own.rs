//! What one partner can be paid: the rules that are left of a plan when everybody else is left out.

use std::{collections::BTreeSet, iter};

use kernel::{Id, id};

use super::{
    calendar::LocalDate, conditions::Conditions, cover::covers, effect::RuleKind, price::strongest_first, rule::Rule,
};

/// For whom a plan is read, and on which of the workspace's days.
#[derive(Clone, Copy, Debug)]
pub struct ReadFor<'a> {
    pub partner: Id<id::Partner>,
    pub group: Option<&'a str>,
    pub tags: &'a [String],
    pub today: LocalDate,
}

impl ReadFor<'_> {
    fn may_meet(&self, conditions: &Conditions) -> bool {
        let Conditions { partner_id, groups, tags, dates, .. } = conditions;
        let is_over = dates.and_then(|dates| dates.to).is_some_and(|last| last < self.today);
        let in_group = || self.group.is_some_and(|group| groups.iter().any(|wanted| wanted == group));
        !is_over
            && partner_id.is_none_or(|wanted| wanted == self.partner)
            && (groups.is_empty() || in_group())
            && (tags.is_empty() || tags.iter().any(|wanted| self.tags.contains(wanted)))
    }
}

/// The rules that can price something of the partner, strongest first, and those that reward it, unit by unit. One that a
/// stronger one always beats is left out.
pub fn own<'a>(rules: &'a [Rule], reader: &ReadFor<'_>) -> Vec<&'a Rule> {
    let rewards = rules.iter().map(|rule| rule.effect.kind()).filter_map(|kind| match kind {
        RuleKind::Reward(unit) => Some(unit),
        _ => None,
    });
    let units: BTreeSet<&str> = rewards.collect();
    let kinds = iter::once(RuleKind::Price).chain(units.into_iter().map(RuleKind::Reward));
    kinds.flat_map(|kind| own_of_kind(rules, kind, reader)).collect()
}

fn own_of_kind<'a>(rules: &'a [Rule], kind: RuleKind<'_>, reader: &ReadFor<'_>) -> Vec<&'a Rule> {
    let mut kept: Vec<(&Rule, Conditions)> = Vec::new();
    for rule in strongest_first(rules, kind, |conditions| reader.may_meet(conditions)) {
        let conditions = rule.conditions.clone().of_any_partner();
        if !kept.iter().any(|(_, stronger)| covers(stronger, &conditions)) {
            kept.push((rule, conditions));
        }
    }
    kept.into_iter().map(|(rule, _)| rule).collect()
}

/// The bonuses that the partner can reach, in the plan's order.
pub fn own_bonuses<'a>(rules: &'a [Rule], reader: &ReadFor<'_>) -> Vec<&'a Rule> {
    let is_meant = |rule: &&Rule| rule.effect.kind() == RuleKind::Bonus && reader.may_meet(&rule.conditions);
    rules.iter().filter(is_meant).collect()
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;

    use super::*;
    use crate::plans::rules::{DateRange, Effect};

    fn rule(number: u128, conditions: Conditions) -> Rule {
        Rule {
            id: Id::from_u128(number),
            name: None,
            conditions,
            effect: Effect::Minor(number as i64),
            priority: 0,
            limits: Vec::new(),
            created_at: Timestamp::from_millis(0),
        }
    }

    fn day(text: &str) -> LocalDate {
        LocalDate(text.parse().expect("a day"))
    }

    /// Which of `rules` partner 5 of the group gold reads on the 22nd of November.
    fn read(rules: &[Rule]) -> Vec<u128> {
        let reader = ReadFor {
            partner: Id::from_u128(5),
            group: Some("gold"),
            tags: &["seo".to_owned()],
            today: day("2026-11-22"),
        };
        own(rules, &reader).into_iter().map(|rule| rule.id.as_u128()).collect()
    }

    fn named(list: &[&str]) -> Vec<String> {
        list.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_partner_reads_its_own_rates_and_nobody_elses() {
        let everybody = Conditions::default();
        let of = |partner: u128| Conditions { partner_id: Some(Id::from_u128(partner)), ..Conditions::default() };
        let group =
            |name: &str| Conditions { groups: named(&[name]), countries: named(&["DE"]), ..Conditions::default() };
        let rules = [rule(1, everybody.clone()), rule(2, of(6)), rule(3, group("gold")), rule(4, group("silver"))];
        assert_eq!(read(&rules), [3, 1]);
        assert_eq!(read(&[rule(1, everybody), rule(2, of(5))]), [2], "a private rate beats the one of everybody");
    }

    #[test]
    fn what_a_stronger_rule_always_beats_is_left_out() {
        let germany = Conditions { countries: named(&["DE"]), ..Conditions::default() };
        let own =
            Conditions { partner_id: Some(Id::from_u128(5)), countries: named(&["DE", "AT"]), ..Conditions::default() };
        let tagged = Conditions { tags: named(&["seo", "push"]), countries: named(&["PL"]), ..Conditions::default() };
        let rules = [rule(1, Conditions::default()), rule(2, germany), rule(3, own), rule(4, tagged)];
        assert_eq!(read(&rules), [4, 3, 1]);
    }

    #[test]
    fn a_rate_whose_days_are_over_is_not_told() {
        let until = |last: &str| {
            let dates = Some(DateRange { from: None, to: Some(day(last)) });
            Conditions { dates, ..Conditions::default() }
        };
        assert_eq!(read(&[rule(1, until("2026-11-21")), rule(2, until("2026-11-22"))]), [2]);
    }
}
