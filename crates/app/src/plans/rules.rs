//! Pricing: rules and a case in, an amount and the rule that won out. Pure.

use std::cmp::Reverse;

use kernel::{Decimal8, Id, Refusal, RefusalCode, Timestamp, id};
use serde::{Deserialize, Serialize};

/// A price under conditions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Rule {
    pub id: Id<id::PlanRule>,
    pub conditions: Conditions,
    pub effect: Effect,
    /// Higher wins between equally specific rules.
    #[serde(default)]
    pub priority: i32,
    pub created_at: Timestamp,
}

/// Largest fixed amount of a rule, in minor units.
pub const MINOR_MAX: i64 = 1_000_000_000_000;
/// Largest percentage of a rule.
pub const PERCENT_MAX: i64 = 1_000;

/// All that are set must hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Conditions {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal_id: Option<Id<id::Goal>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<Id<id::Partner>>,
}

impl Conditions {
    fn hold(&self, goal: Id<id::Goal>, partner: Option<Id<id::Partner>>) -> bool {
        self.goal_id.is_none_or(|wanted| wanted == goal) && self.partner_id.is_none_or(|wanted| Some(wanted) == partner)
    }

    /// How many conditions are set.
    fn specificity(&self) -> usize {
        usize::from(self.goal_id.is_some()) + usize::from(self.partner_id.is_some())
    }
}

/// What a rule gives: `{"minor": 1250}` or `{"percent": "10"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A fixed amount in minor units of the offer's currency.
    Minor(i64),
    /// A percentage of the sale amount.
    Percent(Decimal8),
}

impl Effect {
    /// Refuses negative and absurd rates.
    pub fn checked(self, field: &str) -> Result<Self, Refusal> {
        let fits = match self {
            Self::Minor(minor) => (0..=MINOR_MAX).contains(&minor),
            Self::Percent(percent) => (0..=PERCENT_MAX * Decimal8::ONE.raw()).contains(&percent.raw()),
        };
        let message = "must be an amount of 0 to 1000000000000 minor units or 0 to 1000 per cent";
        if fits { Ok(self) } else { Err(Refusal::field(field, message)) }
    }

    /// The amount in minor units, rounded once, half away from zero; `None` on overflow.
    fn amount(self, sale_minor: i64) -> Option<i64> {
        match self {
            Self::Minor(minor) => Some(minor),
            Self::Percent(percent) => percent.percent_of(sale_minor),
        }
    }
}

/// What is to be priced.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceCase {
    pub goal_id: Id<id::Goal>,
    pub partner_id: Id<id::Partner>,
    /// Sale amount in minor units of the offer's currency; 0 where none was told.
    pub amount_minor: i64,
}

/// A price and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Priced {
    /// Minor units of the offer's currency; 0 where no rule applies.
    pub minor: i64,
    /// The rule that won.
    pub rule_id: Option<Id<id::PlanRule>>,
    /// Rules that applied and lost, strongest first.
    pub lost: Vec<Id<id::PlanRule>>,
}

/// Prices one case: most specific conditions first, then priority, then newest.
///
/// Refuses with `amount_out_of_range` where the amount does not fit.
pub fn price(rules: &[Rule], case: &PriceCase) -> Result<Priced, Refusal> {
    let applying = strongest_first(rules, case.goal_id, Some(case.partner_id));
    let Some((winner, losers)) = applying.split_first() else {
        return Ok(Priced { minor: 0, rule_id: None, lost: Vec::new() });
    };
    let minor = winner.effect.amount(case.amount_minor).ok_or_else(|| {
        Refusal::new(RefusalCode::AmountOutOfRange, "the price of this conversion does not fit an amount")
    })?;
    Ok(Priced { minor, rule_id: Some(winner.id), lost: losers.iter().map(|rule| rule.id).collect() })
}

/// What `partner` gets for `goal`, or with no partner what everybody gets who has no rate of their own.
pub fn rate(rules: &[Rule], goal: Id<id::Goal>, partner: Option<Id<id::Partner>>) -> Option<Effect> {
    strongest_first(rules, goal, partner).first().map(|rule| rule.effect)
}

fn strongest_first(rules: &[Rule], goal: Id<id::Goal>, partner: Option<Id<id::Partner>>) -> Vec<&Rule> {
    let mut applying: Vec<&Rule> = rules.iter().filter(|rule| rule.conditions.hold(goal, partner)).collect();
    applying.sort_by_key(|rule| Reverse((rule.conditions.specificity(), rule.priority, rule.created_at, rule.id)));
    applying
}

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

/// Rules with the one of exactly these conditions replaced by `effect`; `None` takes it away.
pub fn with_rate(
    rules: &[Rule],
    conditions: &Conditions,
    effect: Option<Effect>,
    (id, at): (Id<id::PlanRule>, Timestamp),
) -> Vec<Rule> {
    let mut rules: Vec<Rule> = rules.iter().filter(|rule| rule.conditions != *conditions).cloned().collect();
    if let Some(effect) = effect {
        rules.push(Rule { id, conditions: conditions.clone(), effect, priority: 0, created_at: at });
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule(number: u128, goal: Option<u128>, partner: Option<u128>, effect: Effect, priority: i32, age: i64) -> Rule {
        Rule {
            id: Id::from_u128(number),
            conditions: Conditions { goal_id: goal.map(Id::from_u128), partner_id: partner.map(Id::from_u128) },
            effect,
            priority,
            created_at: Timestamp::from_millis(age),
        }
    }

    fn case(goal: u128, partner: u128, amount_minor: i64) -> PriceCase {
        PriceCase { goal_id: Id::from_u128(goal), partner_id: Id::from_u128(partner), amount_minor }
    }

    fn percent(text: &str) -> Effect {
        Effect::Percent(text.parse().expect("valid"))
    }

    #[test]
    fn the_most_specific_wins_then_priority_then_the_newest() {
        let rules = [
            rule(1, None, None, Effect::Minor(1), 99, 9),
            rule(2, Some(7), None, Effect::Minor(2), 0, 1),
            rule(3, Some(7), None, Effect::Minor(3), 1, 0),
            rule(4, Some(7), Some(5), Effect::Minor(4), 0, 1),
            rule(5, Some(7), Some(5), Effect::Minor(5), 0, 2),
        ];
        let won = |goal, partner| price(&rules, &case(goal, partner, 0)).map(|priced| priced.minor);
        assert_eq!(won(7, 5), Ok(5), "newest of two equal overrides");
        assert_eq!(won(7, 6), Ok(3), "higher priority of two rules for the goal");
        assert_eq!(won(8, 5), Ok(1), "the general rule");
        let priced = price(&rules, &case(7, 5, 0)).expect("fits");
        let lost: Vec<u128> = priced.lost.iter().map(|id| id.as_u128()).collect();
        assert_eq!((priced.rule_id, lost), (Some(Id::from_u128(5)), vec![4, 3, 2, 1]));
    }

    #[test]
    fn a_goal_without_a_rule_earns_nothing() {
        let priced = price(&[rule(1, Some(7), None, Effect::Minor(5), 0, 0)], &case(8, 1, 100));
        assert_eq!(priced, Ok(Priced { minor: 0, rule_id: None, lost: vec![] }));
    }

    #[test]
    fn an_amount_that_does_not_fit_is_refused() {
        let rules = [rule(1, None, None, percent("1000"), 0, 0)];
        let refusal = price(&rules, &case(1, 1, i64::MAX)).expect_err("ten times the largest");
        assert_eq!(refusal.code, RefusalCode::AmountOutOfRange);
        assert_eq!(price(&rules, &case(1, 1, 8_000)).map(|priced| priced.minor), Ok(80_000));
    }

    struct At(i64, i32);
    impl Dated for At {
        fn valid_from(&self) -> Timestamp {
            Timestamp::from_millis(self.0)
        }
        fn number(&self) -> i32 {
            self.1
        }
    }

    #[test]
    fn the_version_in_force_is_the_one_that_began_last() {
        let versions = [At(10, 1), At(30, 2), At(20, 3), At(30, 4)];
        let number = |at| in_force(&versions, Timestamp::from_millis(at)).map(Dated::number);
        assert_eq!([5, 10, 19, 20, 29, 30].map(number), [Some(1), Some(1), Some(1), Some(3), Some(3), Some(4)]);
        assert_eq!(in_force::<At>(&[], Timestamp::from_millis(1)).map(Dated::number), None);
        let moments: Vec<i64> =
            moments_of_change(&versions, Timestamp::from_millis(15)).iter().map(|moment| moment.millis()).collect();
        assert_eq!(moments, [15, 20, 30]);
    }

    #[test]
    fn effects_read_as_the_contract_says() {
        assert_eq!(serde_json::from_str::<Effect>(r#"{"percent":"10"}"#).expect("valid"), percent("10"));
        assert_eq!(serde_json::to_string(&Effect::Minor(1250)).expect("valid"), r#"{"minor":1250}"#);
        assert!(serde_json::from_str::<Effect>(r#"{"percent":"10","minor":1}"#).is_err());
    }

    fn any_rule() -> impl Strategy<Value = Rule> {
        let effect = prop_oneof![
            (0..1_000_000_i64).prop_map(Effect::Minor),
            (0..100_000_000_000_i64).prop_map(|raw| Effect::Percent(Decimal8::from_raw(raw))),
        ];
        let condition = || proptest::option::of(0..3_u128);
        (1..1_000_000_u128, condition(), condition(), effect, -2..3_i32, 0..5_i64)
            .prop_map(|(id, goal, partner, effect, priority, age)| rule(id, goal, partner, effect, priority, age))
    }

    proptest! {
        #[test]
        fn the_order_of_rules_does_not_matter(rules in proptest::collection::vec(any_rule(), 0..12), goal in 0..3_u128, partner in 0..3_u128, amount in 0..10_000_000_i64) {
            let forward = price(&rules, &case(goal, partner, amount));
            let backward: Vec<Rule> = rules.iter().rev().cloned().collect();
            prop_assert_eq!(forward.map(|priced| priced.minor), price(&backward, &case(goal, partner, amount)).map(|priced| priced.minor));
        }

        #[test]
        fn no_rule_that_applies_beats_the_winner(rules in proptest::collection::vec(any_rule(), 1..12), goal in 0..3_u128, partner in 0..3_u128) {
            let case = case(goal, partner, 100);
            let priced = price(&rules, &case).expect("fits");
            let applying: Vec<&Rule> = rules.iter().filter(|rule| rule.conditions.hold(case.goal_id, Some(case.partner_id))).collect();
            prop_assert_eq!(priced.lost.len() + usize::from(priced.rule_id.is_some()), applying.len());
            let strength = |rule: &Rule| (rule.conditions.specificity(), rule.priority, rule.created_at);
            let best = applying.iter().map(|rule| strength(rule)).max();
            let won = applying.iter().filter(|rule| Some(rule.id) == priced.rule_id).map(|rule| strength(rule)).max();
            prop_assert_eq!(best, won);
        }
    }
}
