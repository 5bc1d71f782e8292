//! A past of a few conversions, by plans that count and plans that do not.

use std::sync::Arc;

use kernel::{Decimal8, Id, Timestamp, id};

use super::{figures::UnlikeWhy, lane::draft, *};
use crate::plans::rules::{
    Conditions, CountRange, Effect, Facts, Limit, LimitPer, LocalTime, Metric, Period, Rate, Rule, Step, Tier, TierMode,
};

const GOAL: u128 = 7;

fn rule(number: u128, conditions: Conditions, effect: Effect) -> Rule {
    let (id, created_at) = (Id::from_u128(number), Timestamp::from_millis(0));
    Rule { id, name: None, conditions, effect, priority: 0, limits: Vec::new(), created_at }
}

fn general(effect: Effect) -> Vec<Rule> {
    vec![rule(1, Conditions::default(), effect)]
}

fn percent(text: &str) -> Effect {
    Effect::Percent(text.parse().expect("valid"))
}

fn version_id() -> Id<id::PlanVersion> {
    Id::from_u128(70)
}

fn in_force(earnings: Vec<Rule>, revenue: Vec<Rule>) -> Arc<Plans> {
    let kept = |rules| draft(rules).into_iter().map(|version| Version { id: Some(version_id()), ..version }).collect();
    Arc::new(Plans { earnings: kept(earnings), revenue: kept(revenue) })
}

fn tried(earnings: Vec<Rule>, revenue: Vec<Rule>) -> Option<Arc<Plans>> {
    Some(Arc::new(Plans { earnings: draft(earnings), revenue: draft(revenue) }))
}

/// A sale of a partner that stands at so much.
fn sale(number: u128, partner: u128, sale_minor: i64, stands: (i64, i64)) -> Past {
    let local: LocalTime = "2026-11-10T12:00:00".parse().expect("a local time");
    let share = Share {
        partner_id: Id::from_u128(partner),
        part_e8: Decimal8::ONE.raw(),
        amount_minor: stands.0,
        version: Some(version_id()),
    };
    Past {
        id: Id::from_u128(number),
        goal_id: Id::from_u128(GOAL),
        partner_id: Id::from_u128(partner),
        event_at: Timestamp::from_millis(1_000),
        in_window: true,
        is_live: true,
        sale_minor,
        refund_minor: 0,
        revenue_minor: stands.1,
        customer: Some(Id::from_u128(number % 2)),
        day: Some(local.date()),
        facts: Facts { local: Some(local), ..Facts::default() },
        recorded: None,
        shares: vec![share],
    }
}

fn growth(texts: &[&str]) -> Vec<Decimal8> {
    texts.iter().map(|text| text.parse().expect("valid")).collect()
}

fn simulated(setup: &Setup, pasts: &[Past]) -> SimulationResult {
    let mut fold = Fold::new(setup);
    pasts.iter().for_each(|past| fold.take(past));
    fold.finish()
}

#[test]
fn the_plan_in_force_comes_to_what_stands() {
    let setup =
        Setup { in_force: in_force(general(percent("10")), general(percent("15"))), draft: None, growth: Vec::new() };
    let mut pasts = vec![sale(1, 5, 8_000, (800, 1_200)), sale(2, 6, 1_005, (101, 151))];
    pasts.push(Past { refund_minor: 2_000, ..sale(3, 5, 8_000, (600, 900)) });
    pasts.push(Past { is_live: false, ..sale(4, 5, 8_000, (0, 0)) });
    let told = simulated(&setup, &pasts);
    assert_eq!(told.before, told.after);
    assert_eq!((told.reproduction.checked, told.reproduction.differing), (4, 0));
    assert_eq!((told.winners, told.losers, told.unchanged), (0, 0, 2));
    assert_eq!(told.before.earnings_minor, 1_501);
}

#[test]
fn what_differs_is_listed_with_why() {
    let setup = Setup { in_force: in_force(general(percent("10")), Vec::new()), draft: None, growth: Vec::new() };
    let mut repriced = sale(1, 5, 8_000, (900, 0));
    repriced.shares[0].version = Some(Id::from_u128(71));
    let mut moved_in = sale(3, 5, 8_000, (555, 0));
    moved_in.shares[0].version = None;
    let told = simulated(&setup, &[repriced, sale(2, 5, 8_000, (801, 0)), moved_in]);
    let whys: Vec<_> = told.reproduction.differences.iter().map(|one| one.why).collect();
    assert_eq!(whys, [UnlikeWhy::OtherVersion, UnlikeWhy::OtherFacts]);
    assert_eq!((told.reproduction.moved_in, told.reproduction.earnings_minor), (1, -101));
    assert_eq!(told.after.earnings_minor, 800 + 800 + 555, "what moved in stays as it stands");
}

#[test]
fn a_draft_has_winners_and_losers() {
    let private = Conditions { partner_id: Some(Id::from_u128(5)), ..Conditions::default() };
    let rules = vec![rule(1, Conditions::default(), percent("8")), rule(2, private, percent("12"))];
    let setup = Setup {
        in_force: in_force(general(percent("10")), general(percent("15"))),
        draft: tried(rules, general(percent("15"))),
        growth: growth(&["0.5", "2"]),
    };
    let told = simulated(&setup, &[sale(1, 5, 8_000, (800, 1_200)), sale(2, 6, 8_000, (800, 1_200))]);
    assert_eq!((told.winners, told.losers), (1, 1));
    let changes: Vec<_> = told.partners.iter().map(|one| one.change_minor).collect();
    assert_eq!(changes, [160, -160]);
    assert_eq!(told.after.margin_percent.map(|margin| margin.to_string()).as_deref(), Some("33.33"));
    let costs: Vec<_> =
        told.sensitivity.iter().map(|one| (one.before.earnings_minor, one.after.earnings_minor)).collect();
    assert_eq!(costs, [(800, 800), (3_200, 3_200)], "a plan that counts nothing is multiplied");
}

fn tier() -> Effect {
    let step = |from, text: &str| Step { from, rate: Rate::Percent(text.parse().expect("valid")) };
    let steps = vec![step(0, "10"), step(3, "20")];
    Effect::Tier(Tier { metric: Metric::Conversions, period: Period::Month, mode: TierMode::Whole, steps })
}

#[test]
fn tiers_are_counted_within_the_simulation_and_anew_at_each_volume() {
    let setup = Setup {
        in_force: in_force(general(percent("10")), Vec::new()),
        draft: tried(general(tier()), Vec::new()),
        growth: growth(&["1", "2"]),
    };
    let pasts: Vec<_> = (1..=4).map(|number| sale(number, 5, 1_000, (100, 0))).collect();
    let told = simulated(&setup, &pasts);
    assert_eq!(told.after.earnings_minor, 100 + 100 + 200 + 200);
    let after: Vec<_> = told.sensitivity.iter().map(|one| one.after.earnings_minor).collect();
    assert_eq!(after, [600, 2 * (100 + 200 + 200 + 200)], "at twice the volume the third comes sooner");
}

#[test]
fn a_whole_tier_is_settled_once_its_period_is_over() {
    let setup = Setup {
        in_force: in_force(general(percent("10")), Vec::new()),
        draft: tried(general(tier()), Vec::new()),
        growth: growth(&["0.5", "1"]),
    };
    let pasts: Vec<_> = (1..=4).map(|number| sale(number, 5, 1_000, (100, 0))).collect();
    let on = |today: &str| {
        let mut fold = Fold::new(&setup);
        assert!(fold.looks_twice());
        pasts.iter().for_each(|past| fold.count(past));
        fold.settle(today.parse().expect("a day"));
        pasts.iter().for_each(|past| fold.take(past));
        let told = fold.finish();
        let volumes: Vec<_> = told.sensitivity.iter().map(|one| one.after.earnings_minor).collect();
        (told.after.earnings_minor, volumes)
    };
    assert_eq!(on("2026-11-30"), (600, vec![250, 600]), "the month still runs");
    assert_eq!(on("2026-12-01"), (800, vec![200, 800]), "all four by the step that the month reached");
}

#[test]
fn what_came_before_the_window_counts_and_is_not_told() {
    let setup = Setup {
        in_force: in_force(general(percent("10")), Vec::new()),
        draft: tried(general(tier()), Vec::new()),
        growth: Vec::new(),
    };
    let mut pasts: Vec<_> = (1..=4).map(|number| sale(number, 5, 1_000, (100, 0))).collect();
    pasts[0].in_window = false;
    pasts[1].in_window = false;
    let told = simulated(&setup, &pasts);
    assert_eq!((told.conversions, told.after.earnings_minor), (2, 400));
}

#[test]
fn limits_and_orders_of_a_customer_are_counted() {
    let mut limited = general(Effect::Minor(100));
    limited[0].limits = vec![Limit { per: LimitPer::Customer, period: Period::Month, minor: 150 }];
    let force = in_force(general(percent("10")), Vec::new());
    let setup = Setup { in_force: force.clone(), draft: tried(limited, Vec::new()), growth: Vec::new() };
    let pasts: Vec<_> = (1..=6).map(|number| sale(number, 5, 1_000, (100, 0))).collect();
    assert_eq!(simulated(&setup, &pasts).after.earnings_minor, 2 * 150, "two customers");
    let second = Conditions { nth_order: Some(CountRange { from: Some(2), to: Some(2) }), ..Conditions::default() };
    let rules = vec![rule(1, second, Effect::Minor(70))];
    let setup = Setup { in_force: force, draft: tried(rules, Vec::new()), growth: Vec::new() };
    assert_eq!(simulated(&setup, &pasts).after.earnings_minor, 2 * 70);
}

#[test]
fn shares_sum_to_the_price() {
    let mut shared = sale(1, 5, 1_000, (60, 0));
    let third = Decimal8::ONE.raw() / 3;
    shared.shares[0].part_e8 = Decimal8::ONE.raw() - third;
    let other = Share { partner_id: Id::from_u128(6), part_e8: third, amount_minor: 40, ..shared.shares[0] };
    shared.shares.push(other);
    let force = in_force(general(percent("10")), Vec::new());
    let setup = Setup { in_force: force, draft: tried(general(percent("10.1")), Vec::new()), growth: Vec::new() };
    let told = simulated(&setup, &[shared]);
    let earned: i64 = told.partners.iter().map(|one| one.after.earnings_minor).sum();
    assert_eq!((told.after.earnings_minor, earned, told.partners.len()), (101, 101, 2));
}

#[test]
fn a_plan_of_many_private_rates_is_narrowed_to_the_same_price() {
    let private = |number: u128| {
        let of_one = Conditions { partner_id: Some(Id::from_u128(number)), ..Conditions::default() };
        rule(100 + number, of_one, Effect::Minor(number as i64))
    };
    let mut rules: Vec<_> = (1..50).map(private).collect();
    rules.push(rule(1, Conditions::default(), Effect::Minor(1_000)));
    let force = in_force(general(percent("10")), Vec::new());
    let setup = Setup { in_force: force, draft: tried(rules, Vec::new()), growth: Vec::new() };
    let told = simulated(&setup, &[sale(1, 9, 1_000, (100, 0)), sale(2, 60, 1_000, (100, 0))]);
    assert_eq!(told.after.earnings_minor, 9 + 1_000);
}
