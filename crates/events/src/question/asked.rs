//! A question as it is asked over the wire: words, not yet believed.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Debug, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(example = json!({
    "from": "2026-11-01", "to": "2026-11-30", "timezone": "Europe/Warsaw", "dimensions": ["day", "partner"],
    "metrics": ["clicks", "conversions", "cr", "payout", "epc"],
    "filters": [{"field": "country", "op": "in", "values": ["PL", "DE"]}],
    "sort": ["day", "-clicks"], "limit": 100, "date_basis": "event", "currency": "EUR"
}))]
pub struct Asked {
    /// A local day (`2026-11-01`, its beginning) or a moment (RFC 3339).
    pub from: Option<String>,
    /// A local day (its end: the day is included) or a moment (not included).
    pub to: Option<String>,
    /// IANA name; the workspace's unless said.
    pub timezone: Option<String>,
    pub dimensions: Vec<String>,
    pub metrics: Vec<String>,
    pub filters: Vec<AskedFilter>,
    /// Dimensions and metrics to sort by, `-` before a name for descending.
    pub sort: AskedSort,
    /// Rows wanted: 1 to 1,000,000, 1,000 unless said.
    pub limit: Option<u64>,
    /// Adds a column `{metric}_previous` for each metric.
    pub compare: Option<Compare>,
    pub date_basis: DateBasis,
    /// Code of the currency of amounts; the workspace's reporting currency unless said.
    pub currency: Option<String>,
    /// The answer as it stood at this moment.
    pub as_of: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedFilter {
    /// A dimension.
    pub field: String,
    #[serde(default)]
    pub op: Op,
    /// Texts, numbers or ids; `null` is unknown.
    #[schema(value_type = Vec<Object>)]
    pub values: OneOrMany<Value>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Is one of the values.
    #[default]
    #[serde(alias = "eq", alias = "is", alias = "=")]
    In,
    /// Is none of the values.
    #[serde(alias = "ne", alias = "is_not", alias = "!=")]
    NotIn,
    /// Holds one of the texts, in any case of letters.
    Contains,
    /// Holds none of the texts.
    NotContains,
    /// Begins with one of the texts, in any case of letters.
    StartsWith,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// The same length just before.
    #[serde(alias = "previous")]
    PreviousPeriod,
    /// The same days a year before.
    PreviousYear,
}

/// By which moment a conversion falls into the period. Clicks and views always go by their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    /// Everything by its own moment.
    #[default]
    Event,
    /// By the click that led to it (cohort).
    Click,
    /// When the customer converted.
    Conversion,
    /// When it was last approved, rejected or reversed.
    Decided,
    /// When the partner was paid.
    Paid,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum SortBy {
    Name(String),
    Field {
        field: String,
        #[serde(default)]
        direction: Direction,
    },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Asc,
    Desc,
}

pub type AskedSort = OneOrMany<SortBy>;

/// A list, or its only member.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    Many(Vec<T>),
    One(T),
}

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl<T> OneOrMany<T> {
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::Many(many) => many,
            Self::One(one) => std::slice::from_ref(one),
        }
    }
}

impl SortBy {
    /// The name, and whether the greatest comes first.
    pub fn read(&self) -> (&str, bool) {
        match self {
            Self::Name(name) => name.strip_prefix('-').map_or((name, false), |name| (name, true)),
            Self::Field { field, direction } => (field, *direction == Direction::Desc),
        }
    }
}
