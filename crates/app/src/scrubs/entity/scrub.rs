//! One conversion of a request.

use kernel::{Currency, Id, Money, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ScrubState {
    Asked,
    Accepted,
    Refused,
}

/// Who bears what the advertiser no longer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ScrubBearer {
    /// It is reversed.
    Partner,
    /// The partner keeps its pay.
    Network,
    /// The partner gives up a share of its pay.
    Split,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum AppealState {
    Open,
    /// The partner has its pay again.
    Upheld,
    Dismissed,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "scrubs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Scrub>,
    pub workspace_id: Id<id::Workspace>,
    pub request_id: Id<id::ScrubRequest>,
    pub advertiser_id: Id<id::Advertiser>,
    pub conversion_id: Id<id::Conversion>,
    pub partner_id: Option<Id<id::Partner>>,
    pub reason: String,
    pub proof: String,
    pub currency: String,
    /// What it came to when it was asked for.
    pub revenue_minor: i64,
    pub payout_minor: i64,
    /// What partners earned by the plan, without refunds, when it was removed: an appeal gives it again.
    pub earned_minor: i64,
    /// Until when it could be asked for.
    pub deadline_at: Timestamp,
    pub state: ScrubState,
    pub bearer: Option<ScrubBearer>,
    /// Of its pay, what the partner gives up.
    pub partner_percent: Option<i32>,
    pub note: Option<String>,
    pub decided_by: Option<Id<id::User>>,
    pub decided_at: Option<Timestamp>,
    pub appeal_state: Option<AppealState>,
    pub appeal_words: Option<String>,
    pub appealed_at: Option<Timestamp>,
    pub answer: Option<String>,
    pub answered_by: Option<Id<id::User>>,
    pub answered_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// # Panics
    /// Where a row holds no currency code: rows are written from [`Currency`] only.
    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency.parse::<Currency>().expect("rows hold currency codes"))
    }
}
