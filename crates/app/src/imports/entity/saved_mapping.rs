//! The mapping of a system's files as it was last used.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

use crate::imports::model::{ImportKind, Mapping};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_mappings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Id<id::Workspace>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub system: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: ImportKind,
    pub mapping: Mapping,
}

impl ActiveModelBehavior for ActiveModel {}
