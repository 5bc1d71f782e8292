//! Bounds of rules that somebody wrote, and the form in which they are kept.

use kernel::{Decimal8, Refusal};

use super::{
    calendar::{MONTHS_MAX, Period},
    conditions::Conditions,
    effect::{Effect, Rate, Recurring, RuleKind, Step, Tier, TierMode},
    rule::{Limit, Rule},
};

/// Largest fixed amount of a rule, in minor units.
pub const MINOR_MAX: i64 = 1_000_000_000_000;
/// Conditions of rules for traffic.
const TRAFFIC_CONDITIONS: [&str; 9] =
    ["partner_id", "groups", "countries", "devices", "traffic_types", "weekdays", "dates", "subs", "sources"];
/// Conditions of bonuses: what is known of a conversion without its order.
const BONUS_CONDITIONS: [&str; 10] = [
    "goal_id",
    "partner_id",
    "groups",
    "tags",
    "countries",
    "devices",
    "traffic_types",
    "sources",
    "weekdays",
    "dates",
];
/// Conditions of a recruiter's share, all of them of the recruited partner.
const RECRUITER_CONDITIONS: [&str; 8] =
    ["goal_id", "partner_id", "groups", "tags", "countries", "traffic_types", "sources", "dates"];
const BESIDE_WORDS: &str = "must be absent from a bonus, a recruiter's share or a reward";
/// Largest percentage of a rule.
pub const PERCENT_MAX: i64 = 1_000;
pub const STEPS_MAX: usize = 50;
pub const LIMITS_MAX: usize = 12;
/// Values of one condition.
pub const LIST_MAX: usize = 500;
const TEXT_CHARS_MAX: usize = 200;
const NAME_CHARS_MAX: usize = 120;
/// Sub ids of a click.
const SUBS_MAX: u8 = 10;
/// Beyond this nobody counts conversions.
const COUNT_MAX: i64 = 1_000_000_000;

/// Most that a click or a thousand views earn, in whole units of a currency.
const TRAFFIC_RATE_MAX: i64 = 10_000;
const TRAFFIC_WORDS: &str = "must be 0 to 10000, with at most eight decimals";

const RATE_WORDS: &str = "must be an amount of 0 to 1000000000000 minor units or 0 to 1000 per cent";

pub(super) fn require(holds: bool, field: impl Into<String>, words: &str) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Refusal::field(field.into(), words)) }
}

impl Rate {
    fn check(self, field: &str) -> Result<(), Refusal> {
        let fits = match self {
            Self::Minor(minor) => (0..=MINOR_MAX).contains(&minor),
            Self::Percent(percent) => (0..=PERCENT_MAX * Decimal8::ONE.raw()).contains(&percent.raw()),
        };
        require(fits, field, RATE_WORDS)
    }
}

impl Effect {
    /// Refuses negative and absurd rates.
    pub fn checked(self, field: &str) -> Result<Self, Refusal> {
        match &self {
            Self::Minor(minor) => Rate::Minor(*minor).check(field)?,
            Self::Percent(percent) => Rate::Percent(*percent).check(field)?,
            Self::Tier(tier) => tier.check(field)?,
            Self::Recurring(recurring) => recurring.check(field)?,
            Self::PerClick(_) | Self::PerThousand(_) | Self::Bonus(_) | Self::Recruiter(_) | Self::Reward(_) => {
                let words = "must be what a conversion earns: traffic, bonuses and rewards have rules of their own";
                return Err(Refusal::field(field, words));
            }
        }
        Ok(self)
    }

    /// As [`checked`](Self::checked), and what traffic earns, and what stands beside a price.
    fn checked_of_rule(self, field: &str) -> Result<Self, Refusal> {
        match &self {
            Self::PerClick(rate) | Self::PerThousand(rate) => {
                let fits = (0..=TRAFFIC_RATE_MAX * Decimal8::ONE.raw()).contains(&rate.raw());
                require(fits, field, TRAFFIC_WORDS)?;
            }
            Self::Bonus(bonus) => bonus.check(field)?,
            Self::Recruiter(share) => share.check(field)?,
            Self::Reward(reward) => reward.check(field)?,
            _ => return self.checked(field),
        }
        Ok(self)
    }
}

impl Tier {
    fn check(&self, field: &str) -> Result<(), Refusal> {
        let steps = format!("{field}.tier.steps");
        require((1..=STEPS_MAX).contains(&self.steps.len()), &steps, "must be 1 to 50 steps")?;
        require(self.steps[0].from == 0, &steps, "must begin with a step from 0")?;
        let rises = |pair: &[Step]| pair[0].from < pair[1].from;
        require(self.steps.windows(2).all(rises), &steps, "must rise from step to step")?;
        require(self.steps.iter().all(|step| step.from <= MINOR_MAX), &steps, "must begin at most at 1000000000000")?;
        let ends = self.mode == TierMode::Marginal || self.period != Period::Total;
        require(ends, format!("{field}.tier.period"), "must end where a tier prices the whole of it")?;
        self.steps.iter().enumerate().try_for_each(|(index, step)| step.rate.check(&format!("{steps}.{index}")))
    }
}

impl Recurring {
    fn check(self, field: &str) -> Result<(), Refusal> {
        self.rate.check(field)?;
        let fits = self.months.is_none_or(|months| (1..=MONTHS_MAX).contains(&months));
        require(fits, format!("{field}.recurring.months"), "must be 1 to 1200, or absent for life")
    }
}

impl Rule {
    /// A rule as it is kept, or why not. `field` is where it stands in the body.
    pub fn checked(mut self, field: &str) -> Result<Self, Refusal> {
        self.name = self.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let short = self.name.as_ref().is_none_or(|name| name.chars().count() <= NAME_CHARS_MAX);
        require(short, format!("{field}.name"), "must have at most 120 characters")?;
        let plain = self.name.as_ref().is_none_or(|name| !name.chars().any(char::is_control));
        require(plain, format!("{field}.name"), "must be one line of text")?;
        self.effect = self.effect.checked_of_rule(&format!("{field}.effect"))?;
        self.conditions = self.conditions.checked(&format!("{field}.conditions"))?;
        self.check_kind(field)?;
        let is_whole = matches!(&self.effect, Effect::Tier(tier) if tier.mode == TierMode::Whole);
        let held = !is_whole || self.limits.is_empty();
        require(held, format!("{field}.limits"), "must be absent from a tier that prices its whole period")?;
        require(self.limits.len() <= LIMITS_MAX, format!("{field}.limits"), "must have at most 12 entries")?;
        for (index, limit) in self.limits.iter().enumerate() {
            limit.check(&format!("{field}.limits.{index}"), &self.limits[..index])?;
        }
        Ok(self)
    }

    /// A rule that prices no conversion takes no limits and asks only for what is known of what it pays for.
    fn check_kind(&self, field: &str) -> Result<(), Refusal> {
        let (known, words): (&[&str], _) = match self.effect.kind() {
            RuleKind::Price => return Ok(()),
            RuleKind::Traffic(_) => (&TRAFFIC_CONDITIONS, "must be absent from a rule for traffic"),
            RuleKind::Bonus => (&BONUS_CONDITIONS, BESIDE_WORDS),
            RuleKind::Recruiter(_) => (&RECRUITER_CONDITIONS, BESIDE_WORDS),
            RuleKind::Reward(_) => (&[], BESIDE_WORDS),
        };
        require(self.limits.is_empty(), format!("{field}.limits"), words)?;
        match self.conditions.set().find(|name| !known.is_empty() && !known.contains(name)) {
            Some(name) => Err(Refusal::field(format!("{field}.conditions.{name}"), words)),
            None => Ok(()),
        }
    }
}

impl Limit {
    fn check(&self, field: &str, before: &[Self]) -> Result<(), Refusal> {
        require((0..=MINOR_MAX).contains(&self.minor), format!("{field}.minor"), "must be 0 to 1000000000000")?;
        let is_new = !before.iter().any(|other| (other.per, other.period) == (self.per, self.period));
        require(is_new, field, "must be the only limit of its kind and period")
    }
}

impl Conditions {
    /// Conditions in the form in which they are compared, or why not.
    pub fn checked(mut self, field: &str) -> Result<Self, Refusal> {
        let upper = |text: &str| text.to_uppercase();
        let lower = |text: &str| text.to_lowercase();
        let same = |text: &str| text.to_owned();
        let at = |name: &str| format!("{field}.{name}");
        self.groups = texts(at("groups"), self.groups, same)?;
        self.tags = texts(at("tags"), self.tags, same)?;
        self.countries = texts(at("countries"), self.countries, upper)?;
        let is_country = |text: &String| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        require(self.countries.iter().all(is_country), at("countries"), "must be codes of two letters such as DE")?;
        self.devices = texts(at("devices"), self.devices, lower)?;
        self.traffic_types = texts(at("traffic_types"), self.traffic_types, lower)?;
        self.skus = texts(at("skus"), self.skus, same)?;
        self.categories = texts(at("categories"), self.categories, same)?;
        self.coupons = texts(at("coupons"), self.coupons, lower)?;
        self.sources = texts(at("sources"), self.sources, same)?;
        self.weekdays.sort_unstable();
        self.weekdays.dedup();
        require(self.weekdays.iter().all(|day| (1..=7).contains(day)), at("weekdays"), "must be 1 (Monday) to 7")?;
        for (number, list) in std::mem::take(&mut self.subs) {
            require((1..=SUBS_MAX).contains(&number), at("subs"), "must be numbered 1 to 10")?;
            let list = texts(at(&format!("subs.{number}")), list, same)?;
            if !list.is_empty() {
                self.subs.insert(number, list);
            }
        }
        self.check_ranges(field)?;
        Ok(self)
    }

    /// A range without ends is none.
    fn check_ranges(&mut self, field: &str) -> Result<(), Refusal> {
        self.amount = self.amount.filter(|range| range.from_minor.is_some() || range.to_minor.is_some());
        self.nth_order = self.nth_order.filter(|range| range.from.is_some() || range.to.is_some());
        self.dates = self.dates.filter(|range| range.from.is_some() || range.to.is_some());
        if let Some(range) = self.amount {
            let ends = [range.from_minor, range.to_minor];
            let fits = ends.into_iter().flatten().all(|minor| (0..=MINOR_MAX * 1_000).contains(&minor));
            let rises = range.from_minor.zip(range.to_minor).is_none_or(|(from, to)| from < to);
            require(fits && rises, format!("{field}.amount"), "must be amounts from 0 on, the second above the first")?;
        }
        if let Some(range) = self.nth_order {
            let fits = [range.from, range.to].into_iter().flatten().all(|count| (1..=COUNT_MAX).contains(&count));
            let rises = range.from.zip(range.to).is_none_or(|(from, to)| from <= to);
            require(fits && rises, format!("{field}.nth_order"), "must be counts from 1 on, in rising order")?;
        }
        let rises = self.dates.is_none_or(|range| range.from.zip(range.to).is_none_or(|(from, to)| from <= to));
        require(rises, format!("{field}.dates"), "must be in rising order")
    }
}

/// Texts of a condition, each once.
fn texts(field: String, list: Vec<String>, form: impl Fn(&str) -> String) -> Result<Vec<String>, Refusal> {
    require(list.len() <= LIST_MAX, &field, "must have at most 500 entries")?;
    let mut kept: Vec<String> = Vec::with_capacity(list.len());
    for text in list {
        let text = form(text.trim());
        let plain = !text.is_empty() && text.chars().count() <= TEXT_CHARS_MAX && !text.chars().any(char::is_control);
        require(plain, &field, "must be texts of 1 to 200 characters")?;
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    Ok(kept)
}
