//! What a rule gives beside the price of a conversion: a bonus, a share for who recruited the partner, a reward that is
//! no money.

use kernel::{Decimal8, Refusal};
use serde::{Deserialize, Serialize};

use super::{
    calendar::{MONTHS_MAX, Period},
    check::{MINOR_MAX, PERCENT_MAX, require},
    effect::Metric,
};

/// How far up a chain of recruiters a share goes.
pub const LEVELS_MAX: u8 = 3;
/// Most units of a reward for a conversion, or for a whole unit of its currency.
const REWARD_MAX: i64 = 1_000_000;
const UNIT_CHARS: std::ops::RangeInclusive<usize> = 2..=12;

/// A sum that is earned once in each period in which a threshold is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"metric": "conversions", "period": "month", "from": 50, "minor": 10000}))]
pub struct Bonus {
    pub metric: Metric,
    pub period: Period,
    /// The threshold in the metric: a count, or minor units of the offer's currency.
    pub from: i64,
    /// Minor units of the offer's currency.
    pub minor: i64,
}

/// What a recruiter's share is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShareBase {
    /// What the recruited partner earns.
    Payout,
    /// What is left of what the advertiser is charged.
    Profit,
}

impl ShareBase {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Payout => "payout",
            Self::Profit => "profit",
        }
    }
}

/// A part for who recruited the partner; the partner's own pay stays what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"level": 1, "percent": "5", "of": "payout", "months": 12}))]
pub struct RecruiterShare {
    /// 1 for who recruited the partner, 2 for who recruited that one, up to 3.
    pub level: u8,
    pub percent: Decimal8,
    pub of: ShareBase,
    /// Calendar months from the day the partner was recruited; absent for life.
    #[serde(default)]
    pub months: Option<u32>,
}

/// How many units a reward gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RewardRate {
    /// Units for a conversion.
    Fixed(Decimal8),
    /// Units for each whole unit of the offer's currency of the sale amount, net of tax and shipping.
    PerWhole(Decimal8),
}

/// Credit or points that never become money: `{"unit": "POINTS", "fixed": "50"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"unit": "POINTS", "fixed": "50"}))]
pub struct Reward {
    /// A unit of rewards that the workspace keeps.
    pub unit: String,
    #[serde(flatten)]
    pub rate: RewardRate,
}

impl Bonus {
    pub(super) fn check(self, field: &str) -> Result<(), Refusal> {
        let fits = |minor: i64| (1..=MINOR_MAX).contains(&minor);
        require(fits(self.from), format!("{field}.bonus.from"), "must be 1 to 1000000000000")?;
        require(fits(self.minor), format!("{field}.bonus.minor"), "must be 1 to 1000000000000 minor units")
    }
}

impl RecruiterShare {
    pub(super) fn check(self, field: &str) -> Result<(), Refusal> {
        let of = |name: &str| format!("{field}.recruiter.{name}");
        require((1..=LEVELS_MAX).contains(&self.level), of("level"), "must be 1, 2 or 3")?;
        let percent = (0..=PERCENT_MAX / 10 * Decimal8::ONE.raw()).contains(&self.percent.raw());
        require(percent, of("percent"), "must be 0 to 100 per cent")?;
        let months = self.months.is_none_or(|months| (1..=MONTHS_MAX).contains(&months));
        require(months, of("months"), "must be 1 to 1200, or absent for life")
    }
}

impl RewardRate {
    pub const fn units(self) -> Decimal8 {
        match self {
            Self::Fixed(units) | Self::PerWhole(units) => units,
        }
    }
}

impl Reward {
    /// Whether `code` may name a unit of rewards: 2 to 12 capital letters and digits, a letter first.
    pub fn is_unit(code: &str) -> bool {
        let plain = code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        plain && UNIT_CHARS.contains(&code.len()) && code.starts_with(|letter: char| letter.is_ascii_uppercase())
    }

    pub(super) fn check(&self, field: &str) -> Result<(), Refusal> {
        let words = "must be 2 to 12 capital letters and digits, a letter first";
        require(Self::is_unit(&self.unit), format!("{field}.reward.unit"), words)?;
        let fits = (0..=REWARD_MAX * Decimal8::ONE.raw()).contains(&self.rate.units().raw());
        require(fits, format!("{field}.reward"), "must be 0 to 1000000 units, with at most eight decimals")
    }
}
