//! A text read as rules, with the line that cannot be read named.

use kernel::{Decimal8, Refusal, Timestamp, money::parse_amount};

use super::{EARNINGS, Names, PER_CLICK, PER_THOUSAND, PER_WHOLE, REVENUE};
use crate::plans::{
    model::PlanSide,
    rules::{
        AmountRange, Bonus, CountRange, CustomerKind, DateRange, Effect, Limit, LimitPer, Metric, Period, Rate,
        RecruiterShare, Recurring, Reward, RewardRate, RuleIn, ShareBase, Step, Tier, TierMode,
    },
};

/// Longest text, in bytes.
const TEXT_BYTES_MAX: usize = 1024 * 1024;

/// Rules of both sides; a side without rules and heading is absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    pub earnings: Option<Vec<RuleIn>>,
    pub revenue: Option<Vec<RuleIn>>,
}

impl Read {
    fn side(&mut self, side: PlanSide) -> &mut Vec<RuleIn> {
        match side {
            PlanSide::Earnings => self.earnings.get_or_insert_default(),
            PlanSide::Revenue => self.revenue.get_or_insert_default(),
        }
    }
}

/// Reads a text; what stands before the first heading is of the earnings side. Blank lines and those after `#` are left out.
pub fn read(text: &str, names: &Names) -> Result<Read, Refusal> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Refusal::field("text", "must have at most 1 MiB"));
    }
    let (mut rules, mut side) = (Read::default(), PlanSide::Earnings);
    for (index, line) in text.lines().enumerate() {
        match line.trim() {
            "" => {}
            comment if comment.starts_with('#') => {}
            heading @ (EARNINGS | REVENUE) => {
                side = if heading == EARNINGS { PlanSide::Earnings } else { PlanSide::Revenue };
                rules.side(side);
            }
            line => {
                let rule = rule(line, names)
                    .map_err(|words| Refusal::field("text", format!("line {}: {words}", index + 1)))?;
                rules.side(side).push(rule);
            }
        }
    }
    Ok(rules)
}

type Words<T> = Result<T, String>;

fn rule(line: &str, names: &Names) -> Words<RuleIn> {
    let clauses = parts(line, ';');
    let (first, rest) = clauses.split_first().ok_or("a rule begins with what it gives")?;
    let mut rule = RuleIn::of(effect(first, names)?);
    let mut said: Vec<&str> = Vec::new();
    for clause in rest {
        let (keyword, value) = clause.split_once(char::is_whitespace).unwrap_or((clause, ""));
        if keyword != "limit" && said.contains(&keyword) {
            return Err(format!("{keyword} is said twice"));
        }
        said.push(keyword);
        take(&mut rule, keyword, value.trim(), names)?;
    }
    Ok(rule)
}

/// Parts between separators that stand outside quotes, without blanks around them.
fn parts(line: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, letter) in line.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if letter == separator && !quoted => {
                parts.push(line[start..at].trim());
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(line[start..].trim());
    parts
}

fn text(word: &str) -> Words<String> {
    if word.starts_with('"') {
        return serde_json::from_str(word).map_err(|_| format!("{word} is not a text in quotes"));
    }
    if word.is_empty() { Err("a value is missing".to_owned()) } else { Ok(word.to_owned()) }
}

fn texts(value: &str) -> Words<Vec<String>> {
    parts(value, ',').into_iter().map(text).collect()
}

fn parsed<T: std::str::FromStr>(word: &str, what: &str) -> Words<T> {
    word.trim().parse().map_err(|_| format!("{word:?} is no {what}"))
}

fn minor(word: &str, names: &Names) -> Words<i64> {
    parse_amount(word, names.decimals).map_err(|error| format!("{word:?} is no amount: {error}"))
}

/// `12.5%` or `9.60`.
pub fn rate_of(word: &str, names: &Names) -> Result<Rate, String> {
    match word.trim().strip_suffix('%') {
        Some(percent) => parsed::<Decimal8>(percent, "percentage").map(Rate::Percent),
        None => minor(word.trim(), names).map(Rate::Minor),
    }
}

fn effect(clause: &str, names: &Names) -> Words<Effect> {
    if let Some(rate) = clause.strip_suffix(PER_CLICK) {
        return parsed(rate, "rate of a click").map(Effect::PerClick);
    }
    if let Some(rate) = clause.strip_suffix(PER_THOUSAND) {
        return parsed(rate, "rate of a thousand views").map(Effect::PerThousand);
    }
    if let Some(tier) = clause.strip_prefix("tier ") {
        return tier_of(tier, names).map(Effect::Tier);
    }
    if let Some(bonus) = clause.strip_prefix("bonus ") {
        return bonus_of(bonus, names).map(Effect::Bonus);
    }
    if let Some(share) = clause.strip_prefix("recruiter ") {
        return recruiter_of(share).map(Effect::Recruiter);
    }
    if let Some(reward) = clause.strip_prefix("reward ") {
        return reward_of(reward).map(Effect::Reward);
    }
    let Some(recurring) = clause.strip_prefix("recurring ") else { return rate_of(clause, names).map(Effect::from) };
    let (rate, term) =
        recurring.split_once(" for ").ok_or("a recurring rate names its term: for 12 months, for life")?;
    Ok(Effect::Recurring(Recurring { rate: rate_of(rate, names)?, months: months_of(term)? }))
}

/// `12 months`, or `life`.
fn months_of(term: &str) -> Words<Option<u32>> {
    match term.trim() {
        "life" => Ok(None),
        term => parsed(term.trim_end_matches("months").trim_end_matches("month"), "number of months").map(Some),
    }
}

/// `conversions month: 50 100.00`.
fn bonus_of(text: &str, names: &Names) -> Words<Bonus> {
    let words: Vec<_> = text.split([':', ' ']).filter(|word| !word.is_empty()).collect();
    let &[metric, period, from, amount] = words.as_slice() else {
        return Err("a bonus is written metric period: threshold amount: bonus conversions month: 50 100.00".into());
    };
    let metric = metric_of(metric, "a bonus")?;
    let from = if metric == Metric::Conversions { parsed(from, "count")? } else { minor(from, names)? };
    Ok(Bonus { metric, period: period_of(period)?, from, minor: minor(amount, names)? })
}

/// `1 5% of payout for 12 months`.
fn recruiter_of(text: &str) -> Words<RecruiterShare> {
    let words = "a recruiter's share is written level, part and term: recruiter 1 5% of payout for 12 months";
    let (share, term) = text.split_once(" for ").ok_or(words)?;
    let parts: Vec<_> = share.split_whitespace().collect();
    let &[level, percent, "of", base] = parts.as_slice() else { return Err(words.to_owned()) };
    let of = match base {
        "payout" => ShareBase::Payout,
        "profit" => ShareBase::Profit,
        other => return Err(format!("a recruiter's share is of payout or profit, not {other}")),
    };
    let percent = parsed(percent.strip_suffix('%').ok_or(words)?, "percentage")?;
    Ok(RecruiterShare { level: parsed(level, "level")?, percent, of, months: months_of(term)? })
}

/// `50 POINTS`, `1.5 POINTS per whole`.
fn reward_of(text: &str) -> Words<Reward> {
    let (text, is_each) = text.strip_suffix(PER_WHOLE).map_or((text, false), |text| (text, true));
    let words: Vec<_> = text.split_whitespace().collect();
    let &[units, unit] = words.as_slice() else {
        return Err("a reward is written 50 POINTS, or 1.5 POINTS per whole".to_owned());
    };
    let units = parsed(units, "number of units")?;
    let rate = if is_each { RewardRate::PerWhole(units) } else { RewardRate::Fixed(units) };
    Ok(Reward { unit: unit.to_owned(), rate })
}

fn metric_of(word: &str, what: &str) -> Words<Metric> {
    match word {
        "conversions" => Ok(Metric::Conversions),
        "amount" => Ok(Metric::Amount),
        "revenue" => Ok(Metric::Revenue),
        other => Err(format!("{what} counts conversions, amount or revenue, not {other}")),
    }
}

fn tier_of(text: &str, names: &Names) -> Words<Tier> {
    let (head, steps) = text.split_once(':').ok_or("a tier has a colon before its steps")?;
    let words: Vec<_> = head.split_whitespace().collect();
    let &[metric, mode, period] = words.as_slice() else {
        return Err("a tier begins with metric, mode and period: tier conversions marginal month: 0 8%, 50 10%".into());
    };
    let metric = metric_of(metric, "a tier")?;
    let mode = match mode {
        "whole" => TierMode::Whole,
        "marginal" => TierMode::Marginal,
        other => return Err(format!("a tier is whole or marginal, not {other}")),
    };
    let step = |step: &str| {
        let (from, rate) = step.split_once(char::is_whitespace).ok_or("a step is a beginning and a rate: 50 10%")?;
        let from = if metric == Metric::Conversions { parsed(from, "count")? } else { minor(from, names)? };
        Ok(Step { from, rate: rate_of(rate, names)? })
    };
    let steps = parts(steps, ',').into_iter().map(step).collect::<Words<_>>()?;
    Ok(Tier { metric, period: period_of(period)?, mode, steps })
}

fn period_of(word: &str) -> Words<Period> {
    let found = Period::ALL.into_iter().find(|period| period.code() == word);
    found.ok_or_else(|| format!("a period is day, week, month or total, not {word}"))
}

fn take(rule: &mut RuleIn, keyword: &str, value: &str, names: &Names) -> Words<()> {
    let conditions = &mut rule.conditions;
    match keyword {
        "goal" => {
            let name = text(value)?;
            let known = names.goal(&name).or_else(|| kernel::Id::parse(&name));
            conditions.goal_id = Some(known.ok_or_else(|| format!("the offer has no goal {name}"))?);
        }
        "partner" => conditions.partner_id = Some(parsed(value, "id of a partner")?),
        "groups" => conditions.groups = texts(value)?,
        "tags" => conditions.tags = texts(value)?,
        "countries" => conditions.countries = texts(value)?,
        "devices" => conditions.devices = texts(value)?,
        "traffic" => conditions.traffic_types = texts(value)?,
        "skus" => conditions.skus = texts(value)?,
        "categories" => conditions.categories = texts(value)?,
        "coupons" => conditions.coupons = texts(value)?,
        "sources" => conditions.sources = texts(value)?,
        "customer" => {
            conditions.customer = Some(match value {
                "new" => CustomerKind::New,
                "returning" => CustomerKind::Returning,
                other => return Err(format!("a customer is new or returning, not {other}")),
            });
        }
        "amount" => {
            let (from_minor, to_minor) = ends(value, |word| minor(word, names))?;
            conditions.amount = Some(AmountRange { from_minor, to_minor });
        }
        "nth" => {
            let (from, to) = ends(value, |word| parsed(word, "count"))?;
            conditions.nth_order = Some(CountRange { from, to });
        }
        "dates" => {
            let (from, to) = ends(value, |word| parsed(word, "date such as 2026-11-22"))?;
            conditions.dates = Some(DateRange { from, to });
        }
        "weekdays" => {
            let days = parts(value, ',').into_iter().map(|day| parsed(day, "weekday from 1 (Monday) to 7"));
            conditions.weekdays = days.collect::<Words<_>>()?;
        }
        "limit" => rule.limits.push(limit(value, names)?),
        "priority" => rule.priority = parsed(value, "priority")?,
        "name" => rule.name = Some(text(value)?),
        "rule" => rule.id = Some(parsed(value, "id of a rule")?),
        "since" => rule.created_at = Some(Timestamp::parse(value).ok_or_else(|| format!("{value:?} is no time"))?),
        other => {
            let number = other.strip_prefix("sub").and_then(|number| number.parse().ok());
            conditions.subs.insert(number.ok_or_else(|| format!("{other:?} is nothing a rule knows"))?, texts(value)?);
        }
    }
    Ok(())
}

/// Both ends of `from..to`, either of which may be left out.
fn ends<T>(value: &str, read: impl Fn(&str) -> Words<T>) -> Words<(Option<T>, Option<T>)> {
    let (from, to) = value.split_once("..").ok_or("a range is written from..to")?;
    let end = |word: &str| (!word.trim().is_empty()).then(|| read(word.trim())).transpose();
    Ok((end(from)?, end(to)?))
}

/// `50.00 per customer per month`, `500.00 per all in total`.
fn limit(value: &str, names: &Names) -> Words<Limit> {
    let words: Vec<_> = value.split_whitespace().collect();
    let &[amount, "per", per, "per" | "in", period] = words.as_slice() else {
        return Err("a limit is written 50.00 per customer per month, or 50.00 per all in total".to_owned());
    };
    let per = LimitPer::ALL.into_iter().find(|known| known.code() == per);
    let per = per.ok_or("a limit is per customer, partner or all")?;
    Ok(Limit { per, period: period_of(period)?, minor: minor(amount, names)? })
}
