//! A row of another system that was imported: never twice.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

use crate::imports::model::ImportKind;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "imported_rows")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Id<id::Workspace>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub system: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: ImportKind,
    #[sea_orm(primary_key, auto_increment = false)]
    pub external_id: String,
    pub import_id: Id<id::Import>,
    /// What it became here.
    pub subject_id: Uuid,
    /// What is needed to take it back; of a balance its side, amount and currency.
    pub detail: Json,
}

impl ActiveModelBehavior for ActiveModel {}
