//! The closed lists of an offer's terms.

use std::collections::BTreeMap;

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum OfferState {
    Draft,
    Active,
    Paused,
    /// Ended for good, by hand or because `ends_at` has passed.
    Expired,
}

/// Who sees an offer without being enrolled.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Every partner sees it and is enrolled at once on asking.
    Public,
    /// Every partner sees it; a manager judges the request.
    ByApproval,
    /// Only those whom a manager enrolls.
    Private,
}

/// Where a good conversion starts.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ConversionStart {
    Pending,
    Approved,
}

/// What happens when the advertiser has not judged within `validation_days`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ValidationExpiry {
    Stay,
    Approve,
    Reject,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum GoalKind {
    Lead,
    Soi,
    Doi,
    Registration,
    Ftd,
    Deposit,
    Qualified,
    Sale,
    CodOrder,
    Install,
    Subscription,
    Rebill,
    NetRevenue,
    Custom,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum LandingKind {
    Landing,
    Prelanding,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum LandingState {
    Active,
    Paused,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum EnrollmentState {
    Requested,
    Approved,
    Testing,
    Paused,
    Ended,
    Rejected,
}

impl EnrollmentState {
    /// Links may be made and carry traffic.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Approved | Self::Testing)
    }
}

/// Whether a type of traffic may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrafficRule {
    Allowed,
    ByApproval,
    Forbidden,
}

/// Traffic type to rule; a type that is not listed is allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct TrafficRules(pub BTreeMap<String, TrafficRule>);

impl TrafficRules {
    pub fn rule(&self, traffic_type: &str) -> TrafficRule {
        self.0.get(traffic_type).copied().unwrap_or(TrafficRule::Allowed)
    }
}

/// A way to find the partner of a conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttributionStep {
    ClickId,
    Coupon,
    Customer,
    /// What the first-party tag, or the redirect, saw of the visitor.
    Journey,
}

impl AttributionStep {
    pub const fn code(self) -> &'static str {
        match self {
            Self::ClickId => "click_id",
            Self::Coupon => "coupon",
            Self::Customer => "customer",
            Self::Journey => "journey",
        }
    }
}

/// The ways, in the order they are tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct AttributionOrder(pub Vec<AttributionStep>);

impl Default for AttributionOrder {
    fn default() -> Self {
        Self(vec![
            AttributionStep::ClickId,
            AttributionStep::Coupon,
            AttributionStep::Customer,
            AttributionStep::Journey,
        ])
    }
}

/// How a commission is split among the partners whose clicks led to the conversion.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PayModel {
    /// All to the last click.
    Last,
    /// All to the first click of the journey.
    First,
    /// 40 % to the first click, 40 % to the last, 20 % to those between.
    Position,
    /// A fixed part to those who assisted, each alike; the rest to the last click.
    Assist,
}

/// A traffic type that a partner was approved for, and what it showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ApprovedTraffic {
    pub traffic_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
}

/// Traffic types of one enrollment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct ApprovedTrafficTypes(pub Vec<ApprovedTraffic>);

impl ApprovedTrafficTypes {
    pub fn holds(&self, traffic_type: &str) -> bool {
        self.0.iter().any(|approved| approved.traffic_type == traffic_type)
    }
}
