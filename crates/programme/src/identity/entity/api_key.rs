//! A key that acts for one membership.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::ApiKey>,
    pub workspace_id: Id<id::Workspace>,
    pub membership_id: Id<id::Membership>,
    pub name: String,
    /// Enough of the key to recognise it by.
    pub hint: String,
    #[sea_orm(unique)]
    pub token_hash: String,
    /// A list of scopes; `*` is all.
    pub scopes: Json,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    #[sea_orm(belongs_to, from = "membership_id", to = "id")]
    pub membership: HasOne<super::membership::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
