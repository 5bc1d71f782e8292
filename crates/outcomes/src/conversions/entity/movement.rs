//! One move of a conversion. Rows are only ever added.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::conversions::model::{Action, ActorKind, Status};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "conversion_moves")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Move>,
    pub workspace_id: Id<id::Workspace>,
    pub conversion_id: Id<id::Conversion>,
    pub action: Action,
    pub actor_kind: ActorKind,
    /// The user, receipt or payout that caused it; absent for clocks.
    pub actor_id: Option<Uuid>,
    pub at: Timestamp,
    pub reason: Option<String>,
    /// The advertiser's or the person's own words.
    pub words: Option<String>,
    pub rule_id: Option<String>,
    pub plan_version_id: Option<Id<id::PlanVersion>>,
    /// Of a move from one partner to another.
    pub from_partner_id: Option<Id<id::Partner>>,
    pub to_partner_id: Option<Id<id::Partner>>,
    pub from_status: Option<Status>,
    pub to_status: Status,
    pub sale_before_minor: i64,
    pub refund_before_minor: i64,
    pub revenue_before_minor: i64,
    pub payout_before_minor: i64,
    pub sale_after_minor: i64,
    pub refund_after_minor: i64,
    pub revenue_after_minor: i64,
    pub payout_after_minor: i64,
}

impl ActiveModelBehavior for ActiveModel {}
