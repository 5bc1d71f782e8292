//! What a rule looks at, as it is said over the wire and kept.

use events::question::asked::AskedFilter;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// A metric over the hours just gone, and when it is worth a word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AlertWatch, example = json!({
    "metric": "ecpa", "test": {"kind": "rises", "per_cent": 30, "unless": "revenue"}, "window_hours": 168,
    "at_least": 20, "each": "offer", "filters": [{"field": "country", "op": "in", "values": ["PL"]}]
}))]
pub struct Watch {
    /// Any metric of the dictionary.
    pub metric: String,
    pub test: Test,
    /// The whole hours that are looked at, 1 to 720; at most 168 where the usual is asked for.
    pub window_hours: u32,
    /// Where less than this was divided by (ratios, money per thing) or counted (all else) in both stretches together,
    /// nothing is judged: few things say little.
    #[serde(default)]
    pub at_least: i64,
    /// A dimension: each of its values is judged by itself, and has alerts of its own. The whole unless said.
    #[serde(default)]
    pub each: Option<String>,
    #[serde(default)]
    pub filters: Vec<AskedFilter>,
}

/// When a number is worth a word. Limits are whole units of the metric: things, minor units, millionths of ratios and
/// of the currency's unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = AlertTest)]
pub enum Test {
    Above {
        limit: i64,
    },
    Below {
        limit: i64,
    },
    /// Compared with the same length just before.
    Rises {
        per_cent: u32,
        /// A metric that explains it: nothing is said where that one rose by as much.
        #[serde(default)]
        unless: Option<String>,
    },
    Falls {
        per_cent: u32,
        /// A metric that explains it: nothing is said where that one fell by as much.
        #[serde(default)]
        unless: Option<String>,
    },
    /// Outside of what these hours of the week brought before.
    Unusual {
        side: Side,
        /// How many days a false alarm of this rule, whatever the subject, may be expected to take.
        false_alarm_days: u32,
    },
}

/// Which way something is unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AlertSide)]
pub enum Side {
    Low,
    High,
    Either,
}

impl Test {
    pub fn unless(&self) -> Option<&str> {
        match self {
            Self::Rises { unless, .. } | Self::Falls { unless, .. } => unless.as_deref(),
            _ => None,
        }
    }

    /// Whether the stretch before is needed.
    pub fn compares(&self) -> bool {
        matches!(self, Self::Rises { .. } | Self::Falls { .. })
    }
}
