//! What looks wrong in a draft: rules that never win, overlap, lose money, or name what is unknown.

use std::collections::HashSet;

use kernel::{Id, id};
use serde::{Deserialize, Serialize};

use super::{
    calendar::{LocalDate, LocalTime},
    case::{Facts, Item, PriceCase},
    conditions::Conditions,
    cover::{covers, is_apart},
    effect::{Effect, Rate, RuleKind},
    price::{strength, strongest, strongest_for},
    rule::Rule,
};
use crate::plans::model::PlanSide;

/// Findings that are told.
pub const FINDINGS_MAX: usize = 200;
/// Rules of a side that are compared with one another.
const COMPARED_MAX: usize = 1_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Another rule applies wherever it does, and is stronger.
    NeverWins,
    /// Two rules of equal strength may apply to one conversion: their age decides.
    Overlap,
    /// More is earned than charged.
    LosesMoney,
    /// It names a goal, partner or group that is not known.
    UnknownName,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "kind": "never_wins", "side": "earnings", "rule_ids": ["rul_01KAMX4S5T0000000000000000", "rul_01KAMX4S5T0000000000000001"],
    "message": "another rule applies wherever this one does, and is newer"
}))]
pub struct PlanFinding {
    pub kind: FindingKind,
    pub side: PlanSide,
    /// The rule it is about first, then those that matter to it.
    pub rule_ids: Vec<Id<id::PlanRule>>,
    pub message: String,
}

/// What is known of the workspace.
pub struct Ground {
    pub goals: Vec<Id<id::Goal>>,
    /// Of those that rules name.
    pub partners: HashSet<Id<id::Partner>>,
    pub groups: HashSet<String>,
    pub today: LocalDate,
}

/// Everything that looks wrong, the first [`FINDINGS_MAX`] of it.
pub fn lint(earnings: &[Rule], revenue: &[Rule], ground: &Ground) -> Vec<PlanFinding> {
    let mut findings = Vec::new();
    for (side, rules) in [(PlanSide::Earnings, earnings), (PlanSide::Revenue, revenue)] {
        let rules = &rules[..rules.len().min(COMPARED_MAX)];
        findings.extend(rules.iter().flat_map(|rule| unknown(side, rule, ground)));
        findings.extend(rules.iter().filter_map(|rule| never_wins(side, rule, rules, ground)));
        findings.extend(overlaps(side, rules));
    }
    if !revenue.is_empty() {
        findings.extend(earnings.iter().filter_map(|rule| loses_money(rule, revenue, ground)));
    }
    findings.truncate(FINDINGS_MAX);
    findings
}

fn finding(kind: FindingKind, side: PlanSide, rules: &[&Rule], message: impl Into<String>) -> PlanFinding {
    PlanFinding { kind, side, rule_ids: rules.iter().map(|rule| rule.id).collect(), message: message.into() }
}

fn unknown(side: PlanSide, rule: &Rule, ground: &Ground) -> Vec<PlanFinding> {
    let told = |what: String| finding(FindingKind::UnknownName, side, &[rule], what);
    let Conditions { goal_id, partner_id, groups, .. } = &rule.conditions;
    let goal = goal_id.filter(|goal| !ground.goals.contains(goal));
    let partner = partner_id.filter(|partner| !ground.partners.contains(partner));
    let groups = groups.iter().filter(|group| !ground.groups.contains(*group));
    let goal = goal.map(|goal| told(format!("the offer has no goal {goal}")));
    let partner = partner.map(|partner| told(format!("there is no partner {partner}")));
    goal.into_iter()
        .chain(partner)
        .chain(groups.map(|group| told(format!("no partner is in the group {group}"))))
        .collect()
}

fn never_wins(side: PlanSide, rule: &Rule, rules: &[Rule], ground: &Ground) -> Option<PlanFinding> {
    let kind = FindingKind::NeverWins;
    if rule.conditions.dates.and_then(|dates| dates.to).is_some_and(|to| to < ground.today) {
        return Some(finding(kind, side, &[rule], "its last day is over"));
    }
    // Each bonus that applies pays for itself.
    if rule.effect.kind() == RuleKind::Bonus {
        return None;
    }
    let beats = |other: &&Rule| {
        rule.effect.kind() == other.effect.kind()
            && strength(other) > strength(rule)
            && covers(&other.conditions, &rule.conditions)
    };
    let stronger = rules.iter().find(beats)?;
    let why = if stronger.priority > rule.priority { "has the higher priority" } else { "is newer" };
    Some(finding(kind, side, &[rule, stronger], format!("another rule applies wherever this one does, and {why}")))
}

fn overlaps(side: PlanSide, rules: &[Rule]) -> Vec<PlanFinding> {
    let mut found = Vec::new();
    let competes = |rule: &&Rule| rule.effect.kind() != RuleKind::Bonus;
    for (index, one) in rules.iter().enumerate().filter(|(_, rule)| competes(rule)) {
        let rank = |rule: &Rule| (rule.conditions.specificity(), rule.priority);
        let meets = |other: &&Rule| {
            rank(one) == rank(other)
                && one.effect.kind() == other.effect.kind()
                && one.effect != other.effect
                && !is_apart(&one.conditions, &other.conditions)
                && !covers(&one.conditions, &other.conditions)
                && !covers(&other.conditions, &one.conditions)
        };
        let others = rules[index + 1..].iter().filter(meets).take(FINDINGS_MAX);
        let words = "both may apply to one conversion and neither is stronger: the newer one wins";
        found.extend(others.map(|other| finding(FindingKind::Overlap, side, &[one, other], words)));
        if found.len() >= FINDINGS_MAX {
            return found;
        }
    }
    found
}

/// The most and the least that an effect gives, of each kind of rate.
fn rates(effect: &Effect) -> Vec<Rate> {
    match effect {
        Effect::Minor(minor) => vec![Rate::Minor(*minor)],
        Effect::Percent(percent) => vec![Rate::Percent(*percent)],
        Effect::Tier(tier) => tier.steps.iter().map(|step| step.rate).collect(),
        Effect::Recurring(recurring) => vec![recurring.rate],
        Effect::PerClick(_) | Effect::PerThousand(_) | Effect::Bonus(_) | Effect::Recruiter(_) | Effect::Reward(_) => {
            Vec::new()
        }
    }
}

fn is_above(earned: Rate, charged: Rate) -> bool {
    match (earned, charged) {
        (Rate::Minor(earned), Rate::Minor(charged)) => earned > charged,
        (Rate::Percent(earned), Rate::Percent(charged)) => earned > charged,
        (Rate::Minor(_), Rate::Percent(_)) | (Rate::Percent(_), Rate::Minor(_)) => false,
    }
}

/// Traffic may be bought for what its conversions bring, so that nothing is said where it is not charged for.
fn loses_on_traffic(rule: &Rule, revenue: &[Rule], ground: &Ground) -> Option<PlanFinding> {
    let unit = rule.effect.unit()?;
    let charged = strongest_for(revenue, RuleKind::Traffic(unit), &sample(rule, Id::from_u128(0), ground.today))?;
    let loses = match (&rule.effect, &charged.effect) {
        (Effect::PerClick(earned), Effect::PerClick(charged)) => earned > charged,
        (Effect::PerThousand(earned), Effect::PerThousand(charged)) => earned > charged,
        _ => false,
    };
    let words = "it pays more than is charged for the same";
    loses.then(|| finding(FindingKind::LosesMoney, PlanSide::Earnings, &[rule, charged], words))
}

fn loses_money(rule: &Rule, revenue: &[Rule], ground: &Ground) -> Option<PlanFinding> {
    if !rule.effect.is_price() {
        return loses_on_traffic(rule, revenue, ground);
    }
    let goals = rule.conditions.goal_id.map_or_else(|| ground.goals.clone(), |goal| vec![goal]);
    let kind = FindingKind::LosesMoney;
    goals.into_iter().find_map(|goal| {
        let charged = strongest(revenue, &sample(rule, goal, ground.today));
        let most = rates(&rule.effect);
        let Some(charged) = charged else {
            let pays = most.iter().any(|rate| *rate != Rate::Minor(0) && *rate != Rate::Percent(Default::default()));
            return pays.then(|| finding(kind, PlanSide::Earnings, &[rule], "it pays where nothing is charged"));
        };
        let least = rates(&charged.effect);
        let loses = most.iter().any(|earned| least.iter().any(|charged| is_above(*earned, *charged)));
        loses.then(|| finding(kind, PlanSide::Earnings, &[rule, charged], "it pays more than is charged for the same"))
    })
}

/// A conversion to which the rule applies.
fn sample(rule: &Rule, goal: Id<id::Goal>, today: LocalDate) -> PriceCase {
    let conditions = &rule.conditions;
    let first = |list: &[String]| list.first().cloned();
    let sku = first(&conditions.skus).unwrap_or_default();
    let items = vec![Item { sku, category: first(&conditions.categories) }];
    let day = conditions.dates.and_then(|dates| dates.from.or(dates.to)).unwrap_or(today);
    let subs = conditions.subs.iter().filter_map(|(number, list)| Some((*number, list.first()?.clone())));
    let facts = Facts {
        group: first(&conditions.groups),
        tags: conditions.tags.clone(),
        country: first(&conditions.countries).unwrap_or_default(),
        device: first(&conditions.devices).unwrap_or_default(),
        traffic_type: first(&conditions.traffic_types).unwrap_or_default(),
        subs: subs.collect(),
        source: first(&conditions.sources).unwrap_or_default(),
        coupon: first(&conditions.coupons),
        customer: conditions.customer,
        nth_order: Some(conditions.nth_order.and_then(|nth| nth.from.or(nth.to)).unwrap_or(1)),
        items,
        local: Some(LocalTime(day.0.at(12, 0, 0, 0))),
        ..Facts::default()
    };
    let partner = conditions.partner_id.unwrap_or_else(|| Id::from_u128(0));
    let amount = conditions.amount.and_then(|range| range.from_minor).unwrap_or_default();
    PriceCase { side: PlanSide::Revenue, facts, ..PriceCase::plain(goal, partner, amount) }
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;

    use super::*;
    use crate::plans::rules::text::{Names, read};

    fn check(text: &str) -> Vec<(FindingKind, Vec<u128>)> {
        let goals = vec![(Id::from_u128(1), "sale".to_owned()), (Id::from_u128(2), "lead".to_owned())];
        let names = Names { goals, decimals: 2 };
        let read = read(text, &names).expect("readable");
        let whole = |rules: Option<Vec<super::super::RuleIn>>, first: u128| -> Vec<Rule> {
            let rule = |(rule, number): (super::super::RuleIn, u128)| {
                rule.whole((Id::from_u128(number), Timestamp::from_millis(number as i64)))
            };
            rules.unwrap_or_default().into_iter().zip(first..).map(rule).collect()
        };
        let ground = Ground {
            goals: vec![Id::from_u128(1), Id::from_u128(2)],
            partners: HashSet::new(),
            groups: HashSet::from(["gold".to_owned()]),
            today: "2026-11-22".parse().expect("a date"),
        };
        let found = lint(&whole(read.earnings, 1), &whole(read.revenue, 101), &ground);
        found.into_iter().map(|it| (it.kind, it.rule_ids.iter().map(|id| id.as_u128()).collect())).collect()
    }

    fn none() -> Vec<(FindingKind, Vec<u128>)> {
        Vec::new()
    }

    #[test]
    fn what_looks_wrong_is_named() {
        use FindingKind::{LosesMoney, NeverWins, Overlap, UnknownName};
        assert_eq!(check("10% ; goal sale\n12% ; goal sale ; groups gold"), none());
        assert_eq!(check("10% ; goal sale\n12% ; goal sale"), [(NeverWins, vec![1, 2])]);
        assert_eq!(check("10% ; goal sale ; priority 1\n12% ; goal sale"), [(NeverWins, vec![2, 1])]);
        assert_eq!(check("10% ; countries DE\n12% ; countries DE, AT"), [(NeverWins, vec![1, 2])]);
        assert_eq!(check("10% ; countries DE, AT\n12% ; countries DE"), none(), "the newer takes its part");
        assert_eq!(check("10% ; dates ..2026-11-21"), [(NeverWins, vec![1])]);
        assert_eq!(check("10% ; countries DE\n12% ; groups gold"), [(Overlap, vec![1, 2])]);
        assert_eq!(check("10% ; countries DE\n12% ; countries AT"), none());
        assert_eq!(check("10% ; groups silver"), [(UnknownName, vec![1])]);
        assert_eq!(check("10% ; goal sale\nrevenue\n9% ; goal sale"), [(LosesMoney, vec![1, 101])]);
        assert_eq!(check("10% ; goal sale\nrevenue\n10% ; goal sale"), none());
        assert_eq!(check("5.00 ; goal lead\nrevenue\n10% ; goal sale"), [(LosesMoney, vec![1])]);
        let tier = "tier conversions marginal month: 0 8%, 50 15% ; goal sale\nrevenue\n14% ; goal sale";
        assert_eq!(check(tier), [(LosesMoney, vec![1, 101])]);
        assert_eq!(check("0.0035 per click\n10% ; goal sale"), none(), "traffic and conversions never meet");
        assert_eq!(check("0.0035 per click\n0.004 per click"), [(NeverWins, vec![1, 2])]);
        assert_eq!(check("0.0035 per click\nrevenue\n10% ; goal sale"), none(), "traffic bought for what it brings");
        assert_eq!(check("0.0035 per click\nrevenue\n0.003 per click"), [(LosesMoney, vec![1, 101])]);
    }
}
