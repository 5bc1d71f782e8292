//! A browser that is signed in.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Session>,
    pub user_id: Id<id::User>,
    /// The place the person chose; the oldest one where none was chosen.
    pub membership_id: Option<Id<id::Membership>>,
    #[sea_orm(unique)]
    pub token_hash: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
