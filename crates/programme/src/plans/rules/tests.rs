//! Precedence, versions and the form of effects.

use kernel::{Decimal8, Id, RefusalCode, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::plans::model::TrafficUnit;

fn rule(number: u128, goal: Option<u128>, partner: Option<u128>, effect: Effect, priority: i32, age: i64) -> Rule {
    let (goal_id, partner_id) = (goal.map(Id::from_u128), partner.map(Id::from_u128));
    Rule {
        id: Id::from_u128(number),
        name: None,
        conditions: Conditions { goal_id, partner_id, ..Conditions::default() },
        effect,
        priority,
        limits: Vec::new(),
        created_at: Timestamp::from_millis(age),
    }
}

fn case(goal: u128, partner: u128, amount_minor: i64) -> PriceCase {
    PriceCase::plain(Id::from_u128(goal), Id::from_u128(partner), amount_minor)
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
    let lost: Vec<_> = priced.lost.iter().map(|lost| (lost.rule_id.as_u128(), lost.because)).collect();
    use LostBecause::{LessSpecific, Older};
    assert_eq!(priced.rule_id, Some(Id::from_u128(5)));
    assert_eq!(lost, [(4, Older), (3, LessSpecific), (2, LessSpecific), (1, LessSpecific)]);
    let by_priority = price(&rules, &case(7, 6, 0)).expect("fits").lost[0].because;
    assert_eq!(by_priority, LostBecause::LowerPriority);
}

#[test]
fn a_goal_without_a_rule_earns_nothing() {
    let rules = [rule(1, Some(7), None, Effect::Minor(5), 0, 0)];
    let priced = price(&rules, &case(8, 1, 100)).expect("fits");
    assert_eq!((priced.minor, priced.rule_id, priced.lost), (0, None, vec![]));
    let out = not_applying(&rules, &case(8, 1, 100));
    assert_eq!(out, [NotApplying { rule_id: Id::from_u128(1), condition: "goal_id" }]);
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
    let round = |text: &str| {
        let effect: Effect = serde_json::from_str(text).expect("valid");
        assert_eq!(serde_json::to_string(&effect).expect("valid"), text);
        effect
    };
    assert_eq!(round(r#"{"percent":"10"}"#), percent("10"));
    assert_eq!(round(r#"{"minor":1250}"#), Effect::Minor(1_250));
    round(r#"{"recurring":{"percent":"20","months":12}}"#);
    round(r#"{"recurring":{"minor":500,"months":null}}"#);
    assert_eq!(round(r#"{"per_click":"0.0035"}"#), Effect::PerClick("0.0035".parse().expect("valid")));
    round(r#"{"per_thousand":"1.2"}"#);
    round(r#"{"bonus":{"metric":"conversions","period":"month","from":50,"minor":10000}}"#);
    round(r#"{"recruiter":{"level":1,"percent":"5","of":"payout","months":12}}"#);
    assert_eq!(round(r#"{"reward":{"unit":"POINTS","per_whole":"1.5"}}"#).kind(), RuleKind::Reward("POINTS"));
    let steps = r#"[{"from":0,"percent":"8"},{"from":50,"minor":900}]"#;
    round(&format!(r#"{{"tier":{{"metric":"conversions","period":"month","mode":"whole","steps":{steps}}}}}"#));
    assert!(serde_json::from_str::<Effect>(r#"{"percent":"10","minor":1}"#).is_err());
}

#[test]
fn rules_for_traffic_and_for_conversions_never_meet() {
    let click = |rate: &str| Effect::PerClick(rate.parse().expect("valid"));
    let rules = [
        rule(1, None, None, click("0.0035"), 0, 0),
        rule(2, None, Some(5), click("0.005"), 0, 0),
        rule(3, Some(7), None, Effect::Minor(100), 0, 0),
    ];
    let priced = price(&rules, &case(7, 5, 0)).expect("fits");
    assert_eq!((priced.minor, priced.lost.len()), (100, 0));
    let winner = |partner| {
        strongest_for(&rules, RuleKind::Traffic(TrafficUnit::Click), &case(0, partner, 0)).map(|rule| rule.id.as_u128())
    };
    assert_eq!((winner(5), winner(6)), (Some(2), Some(1)));
    assert_eq!(strongest_for(&rules, RuleKind::Traffic(TrafficUnit::View), &case(0, 5, 0)), None);
    assert_eq!(traffic_rates(&rules, Some(Id::from_u128(5))), [click("0.005")]);
    let of_goal = rule(4, Some(7), None, click("1"), 0, 0).checked("rule").expect_err("a click has no goal");
    assert_eq!(of_goal.code, RefusalCode::InvalidFields);
    assert!(click("10001").checked("rate").is_err() && click("1").checked("rate").is_err(), "no rate of a goal");
}

#[test]
fn rules_of_older_plans_stay_readable() {
    let stored = r#"{"id":"rul_01KAMX4S5T0000000000000000","conditions":{"goal_id":"gol_01KAMX4S5T0000000000000000"},
        "effect":{"percent":"12"},"priority":0,"created_at":"2026-11-22T09:30:00.000Z"}"#;
    let rule: Rule = serde_json::from_str(stored).expect("readable");
    assert_eq!((rule.effect, rule.conditions.specificity()), (percent("12"), 1));
    assert!(
        serde_json::from_str::<Conditions>(r#"{"country":["DE"]}"#).is_err(),
        "a misspelt condition is no condition"
    );
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
        let applying: Vec<&Rule> = rules.iter().filter(|rule| rule.conditions.hold(&case)).collect();
        prop_assert_eq!(priced.lost.len() + usize::from(priced.rule_id.is_some()), applying.len());
        prop_assert_eq!(not_applying(&rules, &case).len(), rules.len() - applying.len());
        let strength = |rule: &Rule| (rule.conditions.specificity(), rule.priority, rule.created_at);
        let best = applying.iter().map(|rule| strength(rule)).max();
        let won = applying.iter().filter(|rule| Some(rule.id) == priced.rule_id).map(|rule| strength(rule)).max();
        prop_assert_eq!(best, won);
    }
}
