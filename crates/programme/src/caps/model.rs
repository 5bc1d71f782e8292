//! The closed lists of a cap's terms.

use kernel::{Id, id, reason::ConversionReason};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// What is counted.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CapMetric {
    Views,
    /// Clicks that are sent to the landing page.
    Clicks,
    /// Conversions of primary goals; of any goal where the cap names goals.
    Conversions,
    /// What partners earn, in the cap's currency.
    Payout,
    /// What advertisers are charged, in the cap's currency.
    Revenue,
}

impl CapMetric {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Views => "views",
            Self::Clicks => "clicks",
            Self::Conversions => "conversions",
            Self::Payout => "payout",
            Self::Revenue => "revenue",
        }
    }

    pub const fn is_money(self) -> bool {
        matches!(self, Self::Payout | Self::Revenue)
    }

    /// Counted at the edge, not by the decider.
    pub const fn is_traffic(self) -> bool {
        matches!(self, Self::Views | Self::Clicks)
    }
}

/// Of whom it is counted.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CapScope {
    Workspace,
    Advertiser,
    Offer,
    Goal,
    /// One partner on one offer.
    Partner,
    /// One source, by its `source_id`; of one offer or partner where the cap names them.
    Source,
}

impl CapScope {
    /// The word in a reason: a source speaks as its partner's.
    pub const fn reason_word(self) -> &'static str {
        match self {
            Self::Workspace => "platform",
            Self::Advertiser => "advertiser",
            Self::Offer => "offer",
            Self::Goal => "goal",
            Self::Partner | Self::Source => "partner",
        }
    }

    /// Of caps reached at the same moment the widest speaks.
    pub const fn width(self) -> u8 {
        match self {
            Self::Workspace => 0,
            Self::Advertiser => 1,
            Self::Offer => 2,
            Self::Goal => 3,
            Self::Partner => 4,
            Self::Source => 5,
        }
    }
}

/// What happens to that for which there is no room.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum OnReach {
    /// Conversions are rejected; clicks and views are refused with a plain page.
    Reject,
    /// Visitors go down the fallback chain; conversions that still come are rejected.
    Redirect,
    /// Conversions wait for a person.
    Pending,
    /// Nothing is stopped.
    Alert,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CapKind {
    Normal,
    /// A small total: when it is reached traffic stops and somebody decides by the KPI.
    Test,
    /// What an advertiser has left to spend: its account sets the limit, nobody else.
    Balance,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CapState {
    Active,
    Paused,
    /// Gone for good; its counters stay.
    Ended,
}

/// Which clicks made before the cap was reached may still convert.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum GraceKind {
    None,
    /// Those that convert within so many hours of it.
    Hours,
    /// Those that convert on the same local day.
    Day,
}

/// Where a test cap stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CapDecision {
    /// Somebody has to decide.
    Open,
    GoOn,
    Stop,
}

/// A state of conversions that takes room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CountedStatus {
    Pending,
    /// Locked and paid ones too.
    Approved,
    /// Rejected by a person or the advertiser, not by a rule.
    Rejected,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct CountedStatuses(pub Vec<CountedStatus>);

impl Default for CountedStatuses {
    fn default() -> Self {
        Self(vec![CountedStatus::Pending, CountedStatus::Approved])
    }
}

/// Shares of the limit, in per cent, at which the manager is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Thresholds(pub Vec<u32>);

/// What else must fit; an empty list fits everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CapFilter {
    /// ISO 3166-1 codes of the click's country.
    pub countries: Vec<String>,
    pub goals: Vec<Id<id::Goal>>,
    pub sources: Vec<String>,
}

/// The code of a conversion refused by such a cap; traffic has a reason of its own.
pub fn reason(scope: CapScope, period: kernel::period::Period, metric: CapMetric) -> Option<ConversionReason> {
    ConversionReason::from_code(&format!("cap_{}_{}_{}", scope.reason_word(), period.code(), metric.code()))
}

#[cfg(test)]
mod tests {
    use kernel::period::Period;

    use super::*;

    #[test]
    fn every_cap_on_conversions_has_its_reason() {
        use CapMetric::{Clicks, Conversions, Payout, Revenue, Views};
        use CapScope::{Advertiser, Goal, Offer, Partner, Source, Workspace};
        for period in Period::ALL {
            for scope in [Workspace, Advertiser, Offer, Goal, Partner, Source] {
                for metric in [Conversions, Payout, Revenue] {
                    let reason = reason(scope, period, metric).expect("listed");
                    assert!(reason.is_cap() && !reason.is_verdict());
                }
                assert!(reason(scope, period, Clicks).is_none() && reason(scope, period, Views).is_none());
            }
        }
    }
}
