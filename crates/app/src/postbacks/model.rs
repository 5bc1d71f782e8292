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

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident $about:ident $code:literal $noun:literal $verb:literal;)+) => {
        /// Every event that can be told: a click, the state that a conversion has come to or a change of its amounts, and
        /// what happened in the workspace.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
        )]
        #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
        #[serde(rename_all = "snake_case")]
        pub enum PostbackEvent {
            $($(#[$doc])* $name,)+
        }

        impl PostbackEvent {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }

            /// The type by which webhooks name it.
            pub const fn webhook_type(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($noun, ".", $verb),)+
                }
            }

            pub const fn about(self) -> EventAbout {
                match self {
                    $(Self::$name => EventAbout::$about,)+
                }
            }
        }
    };
}

/// What an event is about, and with it who may ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventAbout {
    /// Told to addresses of partners.
    Click,
    /// Told to everybody.
    Conversion,
    /// Told to webhooks.
    Workspace,
}

events! {
    /// A valid click.
    Click Click "click" "click" "counted";
    Pending Conversion "pending" "conversion" "pending";
    Approved Conversion "approved" "conversion" "approved";
    /// The hold is over: its commission is payable.
    Locked Conversion "locked" "conversion" "locked";
    Rejected Conversion "rejected" "conversion" "rejected";
    Reversed Conversion "reversed" "conversion" "reversed";
    Paid Conversion "paid" "conversion" "paid";
    /// Its value changed, or a part of it was refunded.
    Changed Conversion "changed" "conversion" "changed";
    PartnerCreated Workspace "partner_created" "partner" "created";
    /// A partner that was not active is.
    PartnerApproved Workspace "partner_approved" "partner" "approved";
    /// A partner asks to promote an offer.
    EnrollmentRequested Workspace "enrollment_requested" "enrollment" "requested";
    EnrollmentApproved Workspace "enrollment_approved" "enrollment" "approved";
    EnrollmentRejected Workspace "enrollment_rejected" "enrollment" "rejected";
    PayoutPaid Workspace "payout_paid" "payout" "paid";
    PayoutFailed Workspace "payout_failed" "payout" "failed";
    /// An offer was made or changed, or its goals or landing pages were.
    OfferChanged Workspace "offer_changed" "offer" "changed";
    /// A cap has no room left in its period.
    CapReached Workspace "cap_reached" "cap" "reached";
    /// A rule found something that somebody should look at.
    AlertOpened Workspace "alert_opened" "alert" "opened";
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
