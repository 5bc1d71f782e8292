//! A user's place in a workspace.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::identity::Role;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Membership>,
    pub workspace_id: Id<id::Workspace>,
    pub user_id: Id<id::User>,
    pub role: Role,
    pub partner_id: Option<Id<id::Partner>>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    #[sea_orm(has_many)]
    pub api_keys: HasMany<super::api_key::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
