//! How a person proves to be who they say.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "credentials")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Id<id::User>,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// Sealed with the installation's key; present once the second factor is being set up.
    pub totp_secret: Option<Vec<u8>>,
    pub totp_confirmed_at: Option<Timestamp>,
    /// The last time step accepted, so that a code works once.
    pub totp_last_step: Option<i64>,
    pub changed_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
