//! A file of an import, and how far it has been read.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::imports::model::{ImportKind, Mapping, SampledColumns, Tally};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_files")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: Id<id::Import>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: ImportKind,
    pub workspace_id: Id<id::Workspace>,
    pub file_name: String,
    pub bytes: i64,
    /// One of `,`, `;` and tab.
    pub delimiter: String,
    pub columns: SampledColumns,
    /// Where the first row begins.
    pub data_at: i64,
    pub mapping: Mapping,
    /// Where the next row to be read begins.
    pub next_at: i64,
    pub next_line: i64,
    pub is_read: bool,
    /// Of the last dry run.
    pub checked: Option<Tally>,
    /// Of the check or run under way, or of the run that has ended.
    pub tally: Tally,
    /// Findings kept; further ones are counted alone.
    pub findings_count: i64,
    pub uploaded_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
