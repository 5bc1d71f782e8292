//! The words of targeting: who may come through an offer or a link, as a list of conditions.
//!
//! A visitor comes through when every condition that includes matches and none that excludes does. Within a condition
//! one value is enough. **What is not known never matches**: an including condition then refuses, an excluding one lets
//! through. Texts are compared without regard to case.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::reason::ClickReason;

/// What a condition looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetingField {
    Country,
    Region,
    City,
    Language,
    Device,
    Brand,
    Os,
    OsVersion,
    Browser,
    BrowserVersion,
    Connection,
    Asn,
    NetworkOwner,
    Proxy,
    Referrer,
    Source,
    Sub1,
    Sub2,
    Sub3,
    Sub4,
    Sub5,
    Sub6,
    Sub7,
    Sub8,
    Sub9,
    Sub10,
    DayPart,
    Schedule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetingMode {
    Include,
    Exclude,
}

/// How a condition's values are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetingMatch {
    /// Each value as it stands.
    Exact,
    /// `12..14`, `..14` or `12..`, both ends included.
    Range,
    /// `*` stands for anything, `?` for one character.
    Pattern,
}

/// One condition of a list of targeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "field": "day_part", "mode": "include", "match": "range", "values": ["mon-fri 08:00-20:00"],
    "timezone": "Europe/Warsaw"
}))]
pub struct TargetingCondition {
    pub field: TargetingField,
    pub mode: TargetingMode,
    /// `exact` unless said; `range` for `day_part` and `schedule`.
    #[serde(rename = "match", default)]
    pub compare: Option<TargetingMatch>,
    pub values: Vec<String>,
    /// IANA name, for `day_part` and `schedule`: the workspace's unless said.
    #[serde(default)]
    pub timezone: Option<String>,
}

use TargetingField as Field;
use TargetingMatch::{Exact, Pattern, Range};

impl TargetingField {
    /// `sub1` to `sub10`, counted from 0.
    pub const SUBS: [Self; 10] = [
        Self::Sub1,
        Self::Sub2,
        Self::Sub3,
        Self::Sub4,
        Self::Sub5,
        Self::Sub6,
        Self::Sub7,
        Self::Sub8,
        Self::Sub9,
        Self::Sub10,
    ];

    /// Which sub id it is, counted from 0.
    pub fn sub(self) -> Option<usize> {
        Self::SUBS.iter().position(|sub| *sub == self)
    }

    /// How its values may be read; the first unless said.
    pub fn matches(self) -> &'static [TargetingMatch] {
        match self {
            Field::Country | Field::Language | Field::Device | Field::Connection | Field::Proxy => &[Exact],
            Field::OsVersion | Field::BrowserVersion | Field::Asn => &[Exact, Range],
            Field::Region | Field::City | Field::Brand | Field::Os | Field::Browser => &[Exact, Pattern],
            Field::NetworkOwner | Field::Referrer => &[Exact, Pattern],
            Field::DayPart | Field::Schedule => &[Range],
            _ => &[Exact, Pattern, Range],
        }
    }

    /// What a visitor sends itself: an empty value among a condition's stands for "nothing was sent".
    pub fn may_be_absent(self) -> bool {
        matches!(self, Field::Referrer | Field::Source) || self.sub().is_some()
    }

    pub const fn is_of_time(self) -> bool {
        matches!(self, Field::DayPart | Field::Schedule)
    }

    /// Why a visitor whom such a condition sends away does not count.
    pub const fn reason(self) -> ClickReason {
        match self {
            Field::Country | Field::Region | Field::City => ClickReason::TargetingGeo,
            Field::Device | Field::Brand | Field::Os | Field::OsVersion | Field::Browser | Field::BrowserVersion => {
                ClickReason::TargetingDevice
            }
            Field::DayPart | Field::Schedule => ClickReason::TargetingTime,
            Field::Referrer => ClickReason::ReferrerBlocked,
            Field::Source => ClickReason::SourceBlocked,
            _ => ClickReason::TargetingOther,
        }
    }
}
