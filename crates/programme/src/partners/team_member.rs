//! What a member of a partner's team does there. A member without a row is a buyer.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TeamRole {
    Owner,
    Buyer,
    Accountant,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "team_members")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::TeamMember>,
    pub workspace_id: Id<id::Workspace>,
    pub partner_id: Id<id::Partner>,
    #[sea_orm(unique)]
    pub membership_id: Id<id::Membership>,
    pub role: TeamRole,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
