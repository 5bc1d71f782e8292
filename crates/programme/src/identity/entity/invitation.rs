//! An offer of a membership, sent by mail.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::identity::Role;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Invitation>,
    pub workspace_id: Id<id::Workspace>,
    pub email: String,
    pub role: Role,
    pub partner_id: Option<Id<id::Partner>>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    #[sea_orm(unique)]
    pub token_hash: String,
    pub invited_by: Option<Id<id::User>>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
