//! The closed lists of what is told to others.

use kernel::{Id, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// To whom it is told, and in whose form.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PostbackKind {
    /// An address of the partner's, with macros.
    Url,
    /// Meta Conversions API.
    Meta,
    /// TikTok Events API.
    Tiktok,
    /// Google Ads, offline conversions.
    GoogleAds,
    /// The workspace's own system, signed as Standard Webhooks.
    Webhook,
}

/// Every event that can be told: the state that a conversion has come to, or a change of its amounts.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PostbackEvent {
    Pending,
    Approved,
    /// The hold is over: its commission is payable.
    Locked,
    Rejected,
    Reversed,
    Paid,
    /// Its value changed, or a part of it was refunded.
    Changed,
}

impl PostbackEvent {
    pub const ALL: [Self; 7] =
        [Self::Pending, Self::Approved, Self::Locked, Self::Rejected, Self::Reversed, Self::Paid, Self::Changed];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Locked => "locked",
            Self::Rejected => "rejected",
            Self::Reversed => "reversed",
            Self::Paid => "paid",
            Self::Changed => "changed",
        }
    }

    /// The type by which webhooks name it.
    pub const fn webhook_type(self) -> &'static str {
        match self {
            Self::Pending => "conversion.pending",
            Self::Approved => "conversion.approved",
            Self::Locked => "conversion.locked",
            Self::Rejected => "conversion.rejected",
            Self::Reversed => "conversion.reversed",
            Self::Paid => "conversion.paid",
            Self::Changed => "conversion.changed",
        }
    }
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PostbackState {
    Active,
    /// By a person: what happens meanwhile is not told.
    Paused,
    /// By itself, after failing for long: what happens meanwhile is held, and can be replayed.
    Failing,
    /// Taken away; its log stays.
    Ended,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Due now, or tried and to be tried again.
    Waiting,
    Delivered,
    /// Given up; it can be replayed.
    Failed,
    /// Its setting is failing; it can be replayed.
    Held,
    /// There was nothing to tell: the conversion has no click of that advertising platform.
    Skipped,
}

/// Something that is to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EventRule {
    pub event: PostbackEvent,
    /// Only of this goal; of every goal unless said.
    #[serde(default)]
    pub goal_id: Option<Id<id::Goal>>,
    /// What the advertising platform calls it, such as `Purchase`. For server events alone.
    #[serde(default)]
    pub name: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct EventRules(pub Vec<EventRule>);
