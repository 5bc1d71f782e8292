//! A person, known by one e-mail address in the whole installation.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::User>,
    /// In lower case.
    #[sea_orm(unique)]
    pub email: String,
    pub name: String,
    /// `en`, `ru` or `pl`.
    pub language: String,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
