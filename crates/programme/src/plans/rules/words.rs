//! A price in plain words.

use kernel::{Currency, money::format_amount};

use super::{
    case::PriceCase,
    effect::{Effect, Metric, Rate, Recurring, Tier, TierMode},
    price::{How, Priced},
    rule::Rule,
    text::{amount_text, rate_text},
};

/// How amounts of an offer are written.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'a> {
    pub currency: &'a str,
    pub decimals: u32,
}

impl<'a> Writing<'a> {
    pub fn of(currency: &'a Currency) -> Self {
        Self { currency: currency.code(), decimals: currency.decimals().unwrap_or_default() }
    }

    fn amount(&self, minor: i64) -> String {
        format!("{} {}", format_amount(minor, self.decimals), self.currency)
    }

    fn rate(&self, rate: Rate, case: &PriceCase) -> String {
        match rate {
            Rate::Minor(minor) => format!("{}, fixed", self.amount(minor)),
            Rate::Percent(percent) => format!("{percent}% of {}", self.amount(case.net_minor())),
        }
    }
}

/// `12% of 80.00 EUR`, with what held it down.
pub fn words(rules: &[Rule], case: &PriceCase, priced: &Priced, writing: Writing<'_>) -> String {
    let winner = priced.rule_id.and_then(|id| rules.iter().find(|rule| rule.id == id));
    let Some(winner) = winner else { return format!("{}: no rule applies", writing.amount(0)) };
    let told = effect_words(&winner.effect, case, priced.how, writing);
    match priced.limited {
        None => told,
        Some((per, _)) => {
            format!("{told}, held down to {} by the limit per {}", writing.amount(priced.minor), per.code())
        }
    }
}

fn effect_words(effect: &Effect, case: &PriceCase, how: How, writing: Writing<'_>) -> String {
    match (effect, how) {
        (Effect::Minor(minor), _) => writing.rate(Rate::Minor(*minor), case),
        (Effect::Percent(percent), _) => writing.rate(Rate::Percent(*percent), case),
        (Effect::Tier(tier), How::Step { from }) => step_words(tier, from, case, writing),
        (Effect::Tier(_), _) => writing.amount(0),
        (Effect::Recurring(Recurring { months, .. }), How::TermOver) => {
            format!("{}: the term of {} months is over", writing.amount(0), months.unwrap_or_default())
        }
        (Effect::Recurring(recurring), _) => writing.rate(recurring.rate, case),
        (Effect::PerClick(rate), _) => format!("{rate} {} per click", writing.currency),
        (Effect::PerThousand(rate), _) => format!("{rate} {} per thousand views", writing.currency),
        (Effect::Bonus(bonus), _) => writing.amount(bonus.minor),
        (Effect::Recruiter(share), _) => format!("{}% of {}", share.percent, share.of.code()),
        (Effect::Reward(reward), _) => format!("{} {}", reward.rate.units(), reward.unit),
    }
}

fn step_words(tier: &Tier, from: i64, case: &PriceCase, writing: Writing<'_>) -> String {
    let begins = match tier.metric {
        Metric::Conversions => format!("{from} conversions"),
        Metric::Amount => format!("an amount of {}", amount_text(from, writing.decimals)),
        Metric::Revenue => format!("a revenue of {}", amount_text(from, writing.decimals)),
    };
    let step = tier.steps.iter().find(|step| step.from == from);
    match (tier.mode, step) {
        (TierMode::Whole, Some(step)) => format!("{}, by the step from {begins}", writing.rate(step.rate, case)),
        (_, Some(step)) => {
            let rate = rate_text(step.rate, writing.decimals);
            format!("each part by its step, the last {rate} from {begins}")
        }
        (_, None) => writing.amount(0),
    }
}
