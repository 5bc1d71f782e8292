//! A part of a row that was not understood.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

use crate::imports::model::{FindingCode, ImportKind};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_findings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::ImportFinding>,
    pub workspace_id: Id<id::Workspace>,
    pub import_id: Id<id::Import>,
    pub kind: ImportKind,
    pub line: i64,
    /// Their name of the column; absent where the whole row is meant.
    pub column_name: Option<String>,
    pub code: FindingCode,
    /// What stood there, cut short.
    pub value: String,
    /// Plain words, where the rules here refused the row.
    pub message: String,
}

impl ActiveModelBehavior for ActiveModel {}
