//! What looks wrong in a draft: rules that never win, overlap, lose money, or name what is unknown.

use std::collections::HashSet;

use kernel::{Decimal8, Id, id};
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
    /// Less of what is charged is left than the workspace wants.
    BelowMarginFloor,
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
    /// Per cent of what is charged that must be left.
    pub margin_floor: Option<Decimal8>,
}

/// A rule that leaves too little of what is charged for the same.
#[derive(Clone, Debug, PartialEq)]
pub struct ThinMargin<'a> {
    pub rule: &'a Rule,
    /// None where nothing is charged.
    pub charged: Option<&'a Rule>,
    pub kind: FindingKind,
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
    findings.extend(thin_margins(earnings, revenue, ground).iter().map(|thin| thin.finding(ground)));
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

/// Whether less than `floor` per cent of what is charged is left; an amount and a percentage cannot be compared.
fn leaves_less(earned: Rate, charged: Rate, floor: Decimal8) -> bool {
    let (earned, charged) = match (earned, charged) {
        (Rate::Minor(earned), Rate::Minor(charged)) => (earned, charged),
        (Rate::Percent(earned), Rate::Percent(charged)) => (earned.raw(), charged.raw()),
        (Rate::Minor(_), Rate::Percent(_)) | (Rate::Percent(_), Rate::Minor(_)) => return false,
    };
    let kept = i128::from(WHOLE.raw() - floor.raw());
    i128::from(earned) * i128::from(WHOLE.raw()) > i128::from(charged) * kept
}

/// A hundred per cent.
const WHOLE: Decimal8 = Decimal8::from_raw(100 * Decimal8::ONE.raw());

/// What is wrong where these rates are paid and those are charged.
fn too_thin(paid: &[Rate], charged: &[Rate], ground: &Ground) -> Option<FindingKind> {
    let leaves_less_than =
        |floor| paid.iter().any(|paid| charged.iter().any(|charged| leaves_less(*paid, *charged, floor)));
    if leaves_less_than(Decimal8::default()) {
        return Some(FindingKind::LosesMoney);
    }
    ground.margin_floor.is_some_and(leaves_less_than).then_some(FindingKind::BelowMarginFloor)
}

/// The rules of what is earned that leave too little, where anything is charged at all.
pub fn thin_margins<'a>(earnings: &'a [Rule], revenue: &'a [Rule], ground: &Ground) -> Vec<ThinMargin<'a>> {
    if revenue.is_empty() {
        return Vec::new();
    }
    earnings.iter().filter_map(|rule| thin_margin(rule, revenue, ground)).collect()
}

impl ThinMargin<'_> {
    fn finding(&self, ground: &Ground) -> PlanFinding {
        let message = match (self.kind, self.charged, ground.margin_floor) {
            (_, None, _) => "it pays where nothing is charged".to_owned(),
            (FindingKind::BelowMarginFloor, _, Some(floor)) => {
                format!("it leaves less than {floor}% of what is charged for the same")
            }
            _ => "it pays more than is charged for the same".to_owned(),
        };
        let rules: Vec<&Rule> = [self.rule].into_iter().chain(self.charged).collect();
        finding(self.kind, PlanSide::Earnings, &rules, message)
    }
}

/// Traffic may be bought for what its conversions bring, so that nothing is said where it is not charged for.
fn thin_on_traffic<'a>(rule: &'a Rule, revenue: &'a [Rule], ground: &Ground) -> Option<ThinMargin<'a>> {
    let unit = rule.effect.unit()?;
    let charged = strongest_for(revenue, RuleKind::Traffic(unit), &sample(rule, Id::from_u128(0), ground.today))?;
    let rate = |effect: &Effect| match effect {
        Effect::PerClick(rate) | Effect::PerThousand(rate) => Some(Rate::Percent(*rate)),
        _ => None,
    };
    let kind = too_thin(&[rate(&rule.effect)?], &[rate(&charged.effect)?], ground)?;
    Some(ThinMargin { rule, charged: Some(charged), kind })
}

fn thin_margin<'a>(rule: &'a Rule, revenue: &'a [Rule], ground: &Ground) -> Option<ThinMargin<'a>> {
    if !rule.effect.is_price() {
        return thin_on_traffic(rule, revenue, ground);
    }
    let goals = rule.conditions.goal_id.map_or_else(|| ground.goals.clone(), |goal| vec![goal]);
    let most = rates(&rule.effect);
    goals.into_iter().find_map(|goal| {
        let Some(charged) = strongest(revenue, &sample(rule, goal, ground.today)) else {
            let pays = most.iter().any(|rate| *rate != Rate::Minor(0) && *rate != Rate::Percent(Decimal8::default()));
            return pays.then_some(ThinMargin { rule, charged: None, kind: FindingKind::LosesMoney });
        };
        let kind = too_thin(&most, &rates(&charged.effect), ground)?;
        Some(ThinMargin { rule, charged: Some(charged), kind })
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
        check_above(text, None)
    }

    fn check_above(text: &str, floor: Option<&str>) -> Vec<(FindingKind, Vec<u128>)> {
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
            margin_floor: floor.map(|floor| floor.parse().expect("a percentage")),
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

    #[test]
    fn what_leaves_less_than_the_floor_is_named() {
        use FindingKind::{BelowMarginFloor, LosesMoney};
        let plan = |earned: &str| format!("{earned} ; goal sale\nrevenue\n14% ; goal sale\n18.00 ; goal lead");
        let of = |earned: &str| check_above(&plan(earned), Some("10"));
        assert_eq!(of("12.6%"), none(), "10% of 14% is 1.4%");
        assert_eq!(of("12.60000001%"), [(BelowMarginFloor, vec![1, 101])]);
        assert_eq!(of("14.1%"), [(LosesMoney, vec![1, 101])]);
        assert_eq!(check(&plan("14%")), none(), "no floor, nothing to keep");
        assert_eq!(
            check_above(&plan("10%").replacen("10% ; goal sale", "16.21 ; goal lead", 1), Some("10")),
            [(BelowMarginFloor, vec![1, 102])]
        );
        assert_eq!(of("9.60"), none(), "an amount and a percentage cannot be compared");
        let clicks = "0.0028 per click\nrevenue\n0.003 per click";
        assert_eq!(check_above(clicks, Some("10")), [(BelowMarginFloor, vec![1, 101])]);
        assert_eq!(check_above("bonus conversions month: 50 100.00\nrevenue\n14%", Some("10")), none());
    }
}
