//! A tracking link.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::offers::targeting::Targeting;

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    Active,
    /// Visitors are told that there is no such page.
    Archived,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Link>,
    pub workspace_id: Id<id::Workspace>,
    pub offer_id: Id<id::Offer>,
    pub partner_id: Id<id::Partner>,
    /// Absent: the offer's first landing page.
    pub landing_id: Option<Id<id::Landing>>,
    pub creative_id: Option<Id<id::Creative>>,
    #[sea_orm(unique)]
    pub slug: String,
    pub traffic_type: String,
    /// Beside the offer's.
    pub targeting: Targeting,
    pub name: Option<String>,
    pub state: LinkState,
    /// The member who made it: members of a partner's team have links of their own.
    pub created_by: Option<Id<id::Membership>>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
