//! An export and its closed lists.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ExportSubject {
    Clicks,
    /// Not for partners.
    Receipts,
    Conversions,
}

impl ExportSubject {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Clicks => "clicks",
            Self::Receipts => "receipts",
            Self::Conversions => "conversions",
        }
    }
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Texts that a spreadsheet would take for a formula have an apostrophe before them.
    Csv,
    /// Texts as they are.
    Parquet,
}

impl ExportFormat {
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    Running,
    Done,
    Failed,
}

/// Why an export failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The one who asked is no longer here.
    NotPermitted,
    TooLarge,
    /// It was tried several times; the log says more.
    Fault,
}

impl Failure {
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotPermitted => "not_permitted",
            Self::TooLarge => "too_large",
            Self::Fault => "fault",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "exports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Export>,
    pub workspace_id: Id<id::Workspace>,
    /// Who asked, and alone sees it.
    pub membership_id: Id<id::Membership>,
    pub subject: ExportSubject,
    pub format: ExportFormat,
    /// Of the clicks', receipts' or conversions' own time.
    pub from_at: Timestamp,
    /// Not included.
    pub to_at: Timestamp,
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub state: ExportState,
    pub rows_done: i64,
    /// As counted when it was asked for.
    pub rows_total: i64,
    /// Of the file as far as it is written.
    pub bytes: i64,
    /// The last row that the file has.
    pub after_id: Option<Uuid>,
    pub failure: Option<String>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    /// File and row are forgotten then.
    pub expires_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
