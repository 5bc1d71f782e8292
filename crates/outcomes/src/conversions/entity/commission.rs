//! What one partner earns from one conversion.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::conversions::model::Status;

/// Why the partner earns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Brought the customer.
    Base,
    /// Brought the customer together with others.
    Share,
    /// Recruited the partner who did.
    Recruiter,
    Bonus,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "commissions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Commission>,
    pub workspace_id: Id<id::Workspace>,
    pub conversion_id: Id<id::Conversion>,
    pub partner_id: Id<id::Partner>,
    /// The partner's manager and group when the conversion came.
    pub manager_id: Option<Id<id::User>>,
    pub partner_group: String,
    pub kind: Kind,
    /// Part of the whole credit, times 10^8.
    pub share_e8: i64,
    /// The rule that won.
    pub rule_id: Option<String>,
    pub plan_version_id: Option<Id<id::PlanVersion>>,
    pub currency: String,
    /// What it is worth without refunds.
    pub full_minor: i64,
    /// What it is worth now; nought while rejected or reversed.
    pub amount_minor: i64,
    /// Follows the conversion's.
    pub status: Status,
    /// The payout that carries it.
    pub payout_id: Option<Id<id::Payout>>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
