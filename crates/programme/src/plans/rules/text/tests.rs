//! What is written is read as it was.

use std::collections::BTreeMap;

use kernel::{Decimal8, Id, Timestamp};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::*;
use crate::plans::rules::*;

fn names() -> Names {
    let goals = [(1, "sale"), (2, "lead")].map(|(number, name)| (Id::from_u128(number), name.to_owned()));
    Names { goals: goals.into(), decimals: 2 }
}

fn any_rate() -> impl Strategy<Value = Rate> {
    let percent = (0..=100_000_000_000_i64).prop_map(|raw| Rate::Percent(Decimal8::from_raw(raw)));
    prop_oneof![(0..1_000_000_i64).prop_map(Rate::Minor), percent]
}

fn any_effect() -> impl Strategy<Value = Effect> {
    let step = (0..1_000_000_i64, any_rate()).prop_map(|(from, rate)| Step { from, rate });
    let metric = select(vec![Metric::Conversions, Metric::Amount, Metric::Revenue]);
    let mode = select(vec![TierMode::Whole, TierMode::Marginal]);
    let tier = (metric, select(Period::ALL.to_vec()), mode, vec(step, 1..4))
        .prop_map(|(metric, period, mode, steps)| Effect::Tier(Tier { metric, period, mode, steps }));
    let recurring =
        (any_rate(), option::of(1..100_u32)).prop_map(|(rate, months)| Effect::Recurring(Recurring { rate, months }));
    let decimal = || (0..=1_000_000_000_000_i64).prop_map(Decimal8::from_raw);
    let (click, views) = (decimal().prop_map(Effect::PerClick), decimal().prop_map(Effect::PerThousand));
    prop_oneof![any_rate().prop_map(Effect::from), tier, recurring, click, views, any_effect_beside()]
}

fn any_effect_beside() -> impl Strategy<Value = Effect> {
    let metric = select(vec![Metric::Conversions, Metric::Amount, Metric::Revenue]);
    let bonus = (metric, select(Period::ALL.to_vec()), 1..1_000_000_i64, 1..1_000_000_i64)
        .prop_map(|(metric, period, from, minor)| Effect::Bonus(Bonus { metric, period, from, minor }));
    let decimal = || (0..=10_000_000_000_i64).prop_map(Decimal8::from_raw);
    let base = select(vec![ShareBase::Payout, ShareBase::Profit]);
    let share = (1..=3_u8, decimal(), base, option::of(1..100_u32))
        .prop_map(|(level, percent, of, months)| Effect::Recruiter(RecruiterShare { level, percent, of, months }));
    let rate = prop_oneof![decimal().prop_map(RewardRate::Fixed), decimal().prop_map(RewardRate::PerWhole)];
    let reward = ("[A-Z][A-Z0-9]{1,11}", rate).prop_map(|(unit, rate)| Effect::Reward(Reward { unit, rate }));
    prop_oneof![bonus, share, reward]
}

fn any_texts() -> impl Strategy<Value = Vec<String>> {
    vec("[^\\r\\n]{1,6}|[a-z;,\"\\\\ ]{1,6}", 0..3)
}

fn any_conditions() -> impl Strategy<Value = Conditions> {
    let dates = option::of((1..28_i8, 1..28_i8)).prop_map(|days| {
        let date = |day| Some(LocalDate(jiff::civil::date(2026, 11, day)));
        days.map(|(from, to)| DateRange { from: date(from), to: date(to) })
    });
    let subs = option::of((1..11_u8, any_texts()))
        .prop_map(|sub| sub.into_iter().filter(|(_, list)| !list.is_empty()).collect::<BTreeMap<_, _>>());
    let customer = option::of(select(vec![CustomerKind::New, CustomerKind::Returning]));
    let amount = option::of((0..100_000_i64, option::of(0..100_000_i64)))
        .prop_map(|ends| ends.map(|(from, to)| AmountRange { from_minor: Some(from), to_minor: to }));
    let nth = option::of(1..9_i64).prop_map(|to| to.map(|to| CountRange { from: None, to: Some(to) }));
    let lists = vec(any_texts(), 8);
    let plain = (option::of(1..4_u128), option::of(1..4_u128), vec(1..8_u8, 0..3));
    (plain, lists, dates, subs, customer, amount, nth).prop_map(
        |((goal, partner, weekdays), mut lists, dates, subs, customer, amount, nth_order)| {
            let mut next = || lists.pop().unwrap_or_default();
            Conditions {
                goal_id: goal.map(Id::from_u128),
                partner_id: partner.map(Id::from_u128),
                groups: next(),
                tags: next(),
                countries: next(),
                traffic_types: next(),
                skus: next(),
                categories: next(),
                coupons: next(),
                sources: next(),
                devices: Vec::new(),
                customer,
                amount,
                nth_order,
                weekdays,
                dates,
                subs,
            }
        },
    )
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let limit = (select(LimitPer::ALL.to_vec()), select(Period::ALL.to_vec()), 0..100_000_i64)
        .prop_map(|(per, period, minor)| Limit { per, period, minor });
    let name = option::of("[^\\r\\n]{1,12}");
    let rest = (1..u128::MAX, name, -3..4_i32, vec(limit, 0..3), 0..2_000_000_000_000_i64);
    (any_conditions(), any_effect(), rest).prop_map(|(conditions, effect, (id, name, priority, limits, at))| Rule {
        id: Id::from_u128(id),
        name,
        conditions,
        effect,
        priority,
        limits,
        created_at: Timestamp::from_millis(at),
    })
}

fn whole(rules: Vec<RuleIn>) -> Vec<Rule> {
    let nothing = || (Id::from_u128(0), Timestamp::from_millis(0));
    rules.into_iter().map(|rule| rule.whole(nothing())).collect()
}

proptest! {
    #[test]
    fn a_text_reads_as_it_was_written(earnings in vec(any_rule(), 0..4), revenue in vec(any_rule(), 0..3)) {
        let text = write(&earnings, &revenue, &names());
        let read = read(&text, &names()).expect("what was written can be read");
        prop_assert_eq!(whole(read.earnings.unwrap_or_default()), earnings, "{}", text);
        prop_assert_eq!(whole(read.revenue.unwrap_or_default()), revenue, "{}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,120}") {
        let _ = read(&text, &names());
    }
}

#[test]
fn people_write_it_by_hand() {
    let text = "12.5% ; goal sale ; groups gold, \"top; partners\" ; limit 50.00 per customer per month\n\
                # what leads bring\n9.60 ; goal lead\nrevenue\n14%\n";
    let read = read(text, &names()).expect("readable");
    let (earnings, revenue) = (read.earnings.unwrap_or_default(), read.revenue.unwrap_or_default());
    assert_eq!(earnings[0].conditions.groups, ["gold", "top; partners"]);
    assert_eq!(earnings[0].limits, [Limit { per: LimitPer::Customer, period: Period::Month, minor: 5_000 }]);
    assert_eq!((&earnings[1].effect, revenue.len()), (&Effect::Minor(960), 1));
}

#[test]
fn a_line_that_cannot_be_read_is_named() {
    let words = |text: &str| {
        let refusal = read(text, &names()).expect_err("unreadable");
        serde_json::to_string(&refusal.fields).unwrap_or_default()
    };
    for (text, part) in [
        ("12.5% ; goal sale\n10 percent", "line 2"),
        ("10% ; goal shoe", "no goal shoe"),
        ("10% ; goal sale ; goal lead", "said twice"),
        ("10% ; colour red", "nothing a rule knows"),
        ("9.605 ; goal sale", "no amount"),
        ("tier conversions month: 0 8%", "metric, mode and period"),
        ("limit 5", "no amount"),
    ] {
        assert!(words(text).contains(part), "{text}: {}", words(text));
    }
}
