//! Figures, months, and the words in which RevShare is agreed.

use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use kernel::{Decimal8, Refusal, Timestamp};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// What is told of a customer's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    Deposits,
    Bets,
    /// What the customer won.
    Wins,
    /// Given to the customer.
    Bonus,
    Chargeback,
    Fees,
    Tax,
    /// How many deposits.
    DepositsCount,
    BetsCount,
}

impl Figure {
    pub const ALL: [Self; 9] = [
        Self::Deposits,
        Self::Bets,
        Self::Wins,
        Self::Bonus,
        Self::Chargeback,
        Self::Fees,
        Self::Tax,
        Self::DepositsCount,
        Self::BetsCount,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Deposits => "deposits",
            Self::Bets => "bets",
            Self::Wins => "wins",
            Self::Bonus => "bonus",
            Self::Chargeback => "chargeback",
            Self::Fees => "fees",
            Self::Tax => "tax",
            Self::DepositsCount => "deposits_count",
            Self::BetsCount => "bets_count",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.code() == code)
    }

    /// An amount, as against a number of things.
    pub const fn is_money(self) -> bool {
        !matches!(self, Self::DepositsCount | Self::BetsCount)
    }
}

/// The figures of a customer over some time: minor units, and counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(default)]
pub struct CustomerFigures {
    pub deposits: i64,
    pub bets: i64,
    pub wins: i64,
    pub bonus: i64,
    pub chargeback: i64,
    pub fees: i64,
    pub tax: i64,
    pub deposits_count: i64,
    pub bets_count: i64,
}

impl CustomerFigures {
    pub const fn get(&self, figure: Figure) -> i64 {
        match figure {
            Figure::Deposits => self.deposits,
            Figure::Bets => self.bets,
            Figure::Wins => self.wins,
            Figure::Bonus => self.bonus,
            Figure::Chargeback => self.chargeback,
            Figure::Fees => self.fees,
            Figure::Tax => self.tax,
            Figure::DepositsCount => self.deposits_count,
            Figure::BetsCount => self.bets_count,
        }
    }

    pub const fn put(&mut self, figure: Figure, value: i64) {
        let place = match figure {
            Figure::Deposits => &mut self.deposits,
            Figure::Bets => &mut self.bets,
            Figure::Wins => &mut self.wins,
            Figure::Bonus => &mut self.bonus,
            Figure::Chargeback => &mut self.chargeback,
            Figure::Fees => &mut self.fees,
            Figure::Tax => &mut self.tax,
            Figure::DepositsCount => &mut self.deposits_count,
            Figure::BetsCount => &mut self.bets_count,
        };
        *place = value;
    }

    /// Figure by figure; what a sum cannot hold stays at its bound, which no customer reaches.
    pub fn plus(&self, other: &Self) -> Self {
        self.each(other, i64::saturating_add)
    }

    pub fn minus(&self, other: &Self) -> Self {
        self.each(other, i64::saturating_sub)
    }

    fn each(&self, other: &Self, combine: impl Fn(i64, i64) -> i64) -> Self {
        let mut combined = Self::default();
        for figure in Figure::ALL {
            combined.put(figure, combine(self.get(figure), other.get(figure)));
        }
        combined
    }
}

/// A calendar month, such as `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

impl Month {
    pub fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    pub const fn first_day(self) -> Date {
        self.0
    }

    pub fn last_day(self) -> Date {
        self.0.last_of_month()
    }

    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1.month()))
    }

    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(1.month()))
    }

    /// When it begins in `zone`, and when the next one does.
    pub fn span(self, zone: &TimeZone) -> (Timestamp, Timestamp) {
        (Timestamp::start_of_day(self.0, zone), Timestamp::start_of_day(self.next().0, zone))
    }

    /// Months from `earlier` to this one.
    pub fn since(self, earlier: Self) -> i32 {
        let months = |month: Self| i32::from(month.0.year()) * 12 + i32::from(month.0.month());
        months(self) - months(earlier)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl FromStr for Month {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let bad = || Refusal::field("month", "must be a month such as 2026-11");
        let (year, month) = text.split_once('-').filter(|_| text.len() == 7).ok_or_else(bad)?;
        let date = Date::new(year.parse().map_err(|_| bad())?, month.parse().map_err(|_| bad())?, 1);
        date.map(Self).map_err(|_| bad())
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|refusal: Refusal| D::Error::custom(refusal.message))
    }
}

impl utoipa::PartialSchema for Month {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^[0-9]{4}-[0-9]{2}$"))
            .into()
    }
}
impl utoipa::ToSchema for Month {}

/// One term of a net-revenue formula: a percentage of a signed sum of figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormulaTerm {
    /// Signed; 100 counts the sum as it is, -20 takes a fifth of it off.
    pub percent: Decimal8,
    #[serde(default)]
    pub plus: Vec<Figure>,
    #[serde(default)]
    pub minus: Vec<Figure>,
}

/// The terms of a formula.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct FormulaTerms(pub Vec<FormulaTerm>);

/// From how much net revenue a percentage holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareTier {
    /// Minor units of net revenue of the month.
    #[serde(default)]
    pub from_minor: i64,
    pub percent: Decimal8,
}

/// Rising tiers; the first begins at nought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct ShareTiers(pub Vec<ShareTier>);

#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ShareTierMode {
    /// The percentage of the tier reached holds for all of it.
    #[default]
    Whole,
    /// Each slice has its own percentage.
    Marginal,
}

/// What becomes of a negative month.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CarryRule {
    /// The next month begins at nought.
    #[default]
    Reset,
    /// It comes off the months that follow, until it is made up for.
    Carry,
    /// As `carry`, for `carry_months` months.
    CarryMonths,
}

/// A negative month that is not made up for yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CarriedMonth {
    pub month: Month,
    /// Negative.
    pub minor: i64,
    /// What corrections of closed months took, which no month's reset forgives.
    #[serde(default)]
    pub is_correction: bool,
}

/// Oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct CarriedList(pub Vec<CarriedMonth>);

impl CarriedList {
    pub fn sum_minor(&self) -> i64 {
        self.0.iter().fold(0, |sum, carried| sum.saturating_add(carried.minor))
    }
}

/// By what a customer belongs to a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum OwnedBy {
    /// The customer was bound when a conversion was attributed.
    Binding,
    /// The partner of the customer's first accepted conversion.
    FirstConversion,
}

/// Through which door figures came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ResultDoor {
    Api,
    Csv,
    Postback,
}

/// One line of an upload, as it was said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "customer_id": "player-118", "day": "2026-11-01", "currency": "EUR",
    "figures": {"deposits": "100.00", "bets": "250.00", "wins": "180.50", "deposits_count": "2"}
}))]
pub struct ResultLine {
    /// The advertiser's own id of the customer.
    pub customer_id: String,
    /// The calendar day in the workspace's zone, such as `2026-11-01`.
    pub day: String,
    /// That of the formula unless said; another one is refused.
    #[serde(default)]
    pub currency: Option<String>,
    /// Decimal amounts and whole counts by name. What is not named stays as it was said before.
    pub figures: BTreeMap<String, String>,
}
