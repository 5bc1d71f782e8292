//! Which rule wins, and what it pays.

use std::cmp::Reverse;

use kernel::{Id, Refusal, RefusalCode, id};
use serde::{Deserialize, Serialize};

use super::{
    case::PriceCase,
    conditions::Conditions,
    effect::{Effect, Recurring, RuleKind},
    rule::{Limit, LimitPer, Rule},
    tiers,
};
use crate::plans::model::{PlanSide, TrafficUnit};

/// A price and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Priced {
    /// Minor units of the offer's currency; 0 where no rule applies.
    pub minor: i64,
    /// The rule that won.
    pub rule_id: Option<Id<id::PlanRule>>,
    /// Rules that applied and lost, strongest first.
    pub lost: Vec<Lost>,
    pub how: How,
    /// The limit that held the price down, and what it would have been.
    pub limited: Option<(LimitPer, i64)>,
}

/// By what part of its effect the rule priced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By its one rate.
    #[default]
    Plain,
    /// By the step that begins here.
    Step { from: i64 },
    /// The term of a recurring rate is over, so it pays nothing.
    TermOver,
}

/// A rule that applied and did not win.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    pub rule_id: Id<id::PlanRule>,
    pub because: LostBecause,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LostBecause {
    /// Fewer of its conditions are set.
    LessSpecific,
    LowerPriority,
    Older,
}

/// A rule that does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotApplying {
    pub rule_id: Id<id::PlanRule>,
    /// The first of its conditions that does not hold.
    pub condition: &'static str,
}

/// Prices one case: most specific conditions first, then priority, then newest.
///
/// Refuses with `amount_out_of_range` where the amount does not fit.
pub fn price(rules: &[Rule], case: &PriceCase) -> Result<Priced, Refusal> {
    let applying = strongest_first(rules, RuleKind::Price, |conditions| conditions.hold(case));
    let Some((winner, losers)) = applying.split_first() else {
        return Ok(Priced { minor: 0, rule_id: None, lost: Vec::new(), how: How::Plain, limited: None });
    };
    let (full, how) = amount(winner, case).ok_or_else(|| {
        Refusal::new(RefusalCode::AmountOutOfRange, "the price of this conversion does not fit an amount")
    })?;
    let (minor, limited) = within_limits(winner, case, full);
    let lost = losers.iter().map(|loser| Lost { rule_id: loser.id, because: because(winner, loser) }).collect();
    Ok(Priced { minor, rule_id: Some(winner.id), lost, how, limited })
}

fn amount(rule: &Rule, case: &PriceCase) -> Option<(i64, How)> {
    let net = case.net_minor();
    match &rule.effect {
        Effect::Minor(minor) => Some((*minor, How::Plain)),
        Effect::Percent(percent) => Some((percent.percent_of(net)?, How::Plain)),
        Effect::Tier(tier) => {
            let before = case.facts.totals(tier.period, case.side == PlanSide::Revenue);
            tiers::amount(tier, case, before).map(|(minor, from)| (minor, How::Step { from }))
        }
        Effect::Recurring(recurring) if is_over(recurring, case) => Some((0, How::TermOver)),
        Effect::Recurring(recurring) => Some((recurring.rate.amount(net)?, How::Plain)),
        // Rules of other kinds do not price conversions.
        Effect::PerClick(_) | Effect::PerThousand(_) | Effect::Bonus(_) | Effect::Recruiter(_) | Effect::Reward(_) => {
            None
        }
    }
}

/// Whether a term that began with the customer's first conversion has ended by the workspace's clock.
fn is_over(recurring: &Recurring, case: &PriceCase) -> bool {
    let (Some(months), Some(since), Some(now)) = (recurring.months, case.facts.customer_since, case.facts.local) else {
        return false;
    };
    now >= since.plus_months(months)
}

/// What is left of `full` within the rule's limits, and the limit that left the least.
fn within_limits(rule: &Rule, case: &PriceCase, full: i64) -> (i64, Option<(LimitPer, i64)>) {
    let left = |limit: &Limit| {
        let paid = case.facts.paid(rule.id, limit.per, limit.period);
        (limit.minor.saturating_sub(paid).max(0), limit.per)
    };
    match rule.limits.iter().map(left).min() {
        Some((left, per)) if left < full => (left, Some((per, full))),
        _ => (full, None),
    }
}

/// What decides between rules that apply, strongest last.
pub type Strength = (usize, i32, kernel::Timestamp, Id<id::PlanRule>);

pub fn strength(rule: &Rule) -> Strength {
    (rule.conditions.specificity(), rule.priority, rule.created_at, rule.id)
}

fn because(winner: &Rule, loser: &Rule) -> LostBecause {
    let (won, lost) = (strength(winner), strength(loser));
    if won.0 != lost.0 {
        LostBecause::LessSpecific
    } else if won.1 != lost.1 {
        LostBecause::LowerPriority
    } else {
        LostBecause::Older
    }
}

/// Rules of one kind.
pub(super) fn strongest_first<'a>(
    rules: &'a [Rule],
    kind: RuleKind<'_>,
    applies: impl Fn(&Conditions) -> bool,
) -> Vec<&'a Rule> {
    let is_meant = |rule: &&Rule| rule.effect.kind() == kind && applies(&rule.conditions);
    let mut applying: Vec<&'a Rule> = rules.iter().filter(is_meant).collect();
    applying.sort_by_cached_key(|rule| Reverse(strength(rule)));
    applying
}

/// The rule that wins.
pub fn strongest<'a>(rules: &'a [Rule], case: &PriceCase) -> Option<&'a Rule> {
    strongest_first(rules, RuleKind::Price, |conditions| conditions.hold(case)).first().copied()
}

/// The rule of a kind that wins; for a click or a view goal and amount mean nothing.
pub fn strongest_for<'a>(rules: &'a [Rule], kind: RuleKind<'_>, case: &PriceCase) -> Option<&'a Rule> {
    strongest_first(rules, kind, |conditions| conditions.hold(case)).first().copied()
}

/// What applies beside the price: every bonus, and the strongest of the rewards in a unit and of the shares of a level.
pub fn beside<'a>(rules: &'a [Rule], case: &PriceCase) -> Vec<&'a Rule> {
    let is_given = |rule: &&Rule| match rule.effect.kind() {
        RuleKind::Price | RuleKind::Traffic(_) => false,
        RuleKind::Bonus => rule.conditions.hold(case),
        kind @ (RuleKind::Recruiter(_) | RuleKind::Reward(_)) => {
            strongest_for(rules, kind, case).is_some_and(|winner| winner.id == rule.id)
        }
    };
    rules.iter().filter(is_given).collect()
}

/// The rules that do not apply, in their order, each with the condition that keeps it out.
pub fn not_applying(rules: &[Rule], case: &PriceCase) -> Vec<NotApplying> {
    let failing =
        |rule: &Rule| rule.conditions.failing(case).map(|condition| NotApplying { rule_id: rule.id, condition });
    rules.iter().filter(|rule| rule.effect.is_price()).filter_map(failing).collect()
}

/// What `partner` gets for `goal`, or with no partner what everybody gets who has no rate of their own. Rules with further
/// conditions speak for some conversions only and are left out.
pub fn rate(rules: &[Rule], goal: Id<id::Goal>, partner: Option<Id<id::Partner>>) -> Option<Effect> {
    let is_meant = |conditions: &Conditions| {
        conditions.is_general()
            && conditions.goal_id.is_none_or(|wanted| wanted == goal)
            && conditions.partner_id.is_none_or(|wanted| Some(wanted) == partner)
    };
    strongest_first(rules, RuleKind::Price, is_meant).first().map(|rule| rule.effect.clone())
}

/// What clicks and views of `partner` earn, or with no partner what everybody's do, where nothing but the partner matters.
pub fn traffic_rates(rules: &[Rule], partner: Option<Id<id::Partner>>) -> Vec<Effect> {
    let is_meant = |conditions: &Conditions| {
        conditions.is_general() && conditions.partner_id.is_none_or(|wanted| Some(wanted) == partner)
    };
    let of_unit =
        |unit| strongest_first(rules, RuleKind::Traffic(unit), is_meant).first().map(|rule| rule.effect.clone());
    [TrafficUnit::Click, TrafficUnit::View].into_iter().filter_map(of_unit).collect()
}
