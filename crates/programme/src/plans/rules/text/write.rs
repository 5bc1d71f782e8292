//! Rules put into words.

use std::fmt::Display;

use kernel::money::format_amount;

use super::{EARNINGS, Names, PER_CLICK, PER_THOUSAND, PER_WHOLE, REVENUE};
use crate::plans::model::PlanSide;
use crate::plans::rules::{
    AmountRange, Bonus, Conditions, CustomerKind, Effect, Limit, Metric, Period, Rate, Recurring, RewardRate, Rule,
    Tier, TierMode,
};

/// Both plans.
pub fn write(earnings: &[Rule], revenue: &[Rule], names: &Names) -> String {
    write_side(PlanSide::Earnings, earnings, names) + &write_side(PlanSide::Revenue, revenue, names)
}

/// One plan under its heading.
pub fn write_side(side: PlanSide, rules: &[Rule], names: &Names) -> String {
    let heading = match side {
        PlanSide::Earnings => EARNINGS,
        PlanSide::Revenue => REVENUE,
    };
    let lines = rules.iter().map(|rule| line(rule, names) + "\n");
    [format!("{heading}\n")].into_iter().chain(lines).collect()
}

fn line(rule: &Rule, names: &Names) -> String {
    let mut clauses = vec![effect_text(&rule.effect, names.decimals)];
    clauses.extend(conditions(&rule.conditions, names));
    clauses.extend(rule.limits.iter().map(|limit| limit_text(limit, names.decimals)));
    if rule.priority != 0 {
        clauses.push(format!("priority {}", rule.priority));
    }
    clauses.extend(rule.name.iter().map(|name| format!("name {}", word(name))));
    clauses.push(format!("rule {}", rule.id));
    clauses.push(format!("since {}", rule.created_at));
    clauses.join(" ; ")
}

/// A text as it may stand between separators.
fn word(text: &str) -> String {
    let plain = !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || "_-./:@+".contains(letter));
    if plain { text.to_owned() } else { serde_json::to_string(text).unwrap_or_default() }
}

fn list<T>(keyword: &str, values: &[T], text: impl Fn(&T) -> String) -> Option<String> {
    let values: Vec<_> = values.iter().map(text).collect();
    (!values.is_empty()).then(|| format!("{keyword} {}", values.join(", ")))
}

fn range<T: Display>(keyword: &str, from: Option<T>, to: Option<T>) -> String {
    let end = |end: Option<T>| end.map_or_else(String::new, |end| end.to_string());
    format!("{keyword} {}..{}", end(from), end(to))
}

pub fn amount_text(minor: i64, decimals: u32) -> String {
    format_amount(minor, decimals)
}

pub fn rate_text(rate: Rate, decimals: u32) -> String {
    match rate {
        Rate::Minor(minor) => amount_text(minor, decimals),
        Rate::Percent(percent) => format!("{percent}%"),
    }
}

fn effect_text(effect: &Effect, decimals: u32) -> String {
    match effect {
        Effect::PerClick(rate) => format!("{rate}{PER_CLICK}"),
        Effect::PerThousand(rate) => format!("{rate}{PER_THOUSAND}"),
        Effect::Minor(minor) => rate_text(Rate::Minor(*minor), decimals),
        Effect::Percent(percent) => rate_text(Rate::Percent(*percent), decimals),
        Effect::Tier(tier) => tier_text(tier, decimals),
        Effect::Recurring(Recurring { rate, months }) => {
            format!("recurring {} for {}", rate_text(*rate, decimals), term_text(*months))
        }
        Effect::Bonus(bonus) => bonus_text(*bonus, decimals),
        Effect::Recruiter(share) => {
            let (level, percent, base) = (share.level, share.percent, share.of.code());
            format!("recruiter {level} {percent}% of {base} for {}", term_text(share.months))
        }
        Effect::Reward(reward) => match reward.rate {
            RewardRate::Fixed(units) => format!("reward {units} {}", reward.unit),
            RewardRate::PerWhole(units) => format!("reward {units} {}{PER_WHOLE}", reward.unit),
        },
    }
}

fn term_text(months: Option<u32>) -> String {
    months.map_or_else(|| "life".to_owned(), |months| format!("{months} months"))
}

fn bonus_text(bonus: Bonus, decimals: u32) -> String {
    let (metric, period) = (bonus.metric.code(), bonus.period.code());
    let (from, amount) = (threshold_text(bonus.metric, bonus.from, decimals), amount_text(bonus.minor, decimals));
    format!("bonus {metric} {period}: {from} {amount}")
}

fn threshold_text(metric: Metric, from: i64, decimals: u32) -> String {
    match metric {
        Metric::Conversions => from.to_string(),
        Metric::Amount | Metric::Revenue => amount_text(from, decimals),
    }
}

fn tier_text(tier: &Tier, decimals: u32) -> String {
    let mode = match tier.mode {
        TierMode::Whole => "whole",
        TierMode::Marginal => "marginal",
    };
    let metric = tier.metric.code();
    let from = |from: i64| threshold_text(tier.metric, from, decimals);
    let steps = tier.steps.iter().map(|step| format!("{} {}", from(step.from), rate_text(step.rate, decimals)));
    format!("tier {metric} {mode} {}: {}", tier.period.code(), steps.collect::<Vec<_>>().join(", "))
}

fn limit_text(limit: &Limit, decimals: u32) -> String {
    let within = if limit.period == Period::Total { "in" } else { "per" };
    let amount = amount_text(limit.minor, decimals);
    format!("limit {amount} per {} {within} {}", limit.per.code(), limit.period.code())
}

fn conditions(conditions: &Conditions, names: &Names) -> Vec<String> {
    let texts = |keyword: &str, values: &[String]| list(keyword, values, |value| word(value));
    let minor = |minor: i64| amount_text(minor, names.decimals);
    let goal = conditions.goal_id.map(|id| {
        let name = names.goal_name(id).map_or_else(|| id.to_string(), word);
        format!("goal {name}")
    });
    let customer = conditions.customer.map(|kind| match kind {
        CustomerKind::New => "customer new".to_owned(),
        CustomerKind::Returning => "customer returning".to_owned(),
    });
    let amount = |range_of: AmountRange| range("amount", range_of.from_minor.map(minor), range_of.to_minor.map(minor));
    let subs = conditions.subs.iter().map(|(number, values)| texts(&format!("sub{number}"), values));
    let first = [
        goal,
        conditions.partner_id.map(|id| format!("partner {id}")),
        texts("groups", &conditions.groups),
        texts("tags", &conditions.tags),
        texts("countries", &conditions.countries),
        texts("devices", &conditions.devices),
        texts("traffic", &conditions.traffic_types),
        texts("skus", &conditions.skus),
        texts("categories", &conditions.categories),
        texts("coupons", &conditions.coupons),
        customer,
        conditions.amount.map(amount),
        conditions.nth_order.map(|nth| range("nth", nth.from, nth.to)),
        list("weekdays", &conditions.weekdays, u8::to_string),
        conditions.dates.map(|dates| range("dates", dates.from, dates.to)),
        texts("sources", &conditions.sources),
    ];
    first.into_iter().chain(subs).flatten().collect()
}
