//! What a manager wants remembered of a partner.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_notes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::PartnerNote>,
    pub workspace_id: Id<id::Workspace>,
    pub partner_id: Id<id::Partner>,
    pub author_id: Id<id::User>,
    pub text: String,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
