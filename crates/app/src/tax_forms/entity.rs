//! A tax form as it was handed in, and what staff made of it.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::kinds::TaxFormKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TaxFormState {
    /// Waits for staff.
    Submitted,
    Accepted,
    Rejected,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_forms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::TaxForm>,
    pub workspace_id: Id<id::Workspace>,
    pub partner_id: Id<id::Partner>,
    pub kind: TaxFormKind,
    /// `2029-12-31`, by the workspace's clock; holds always where absent.
    pub valid_until: Option<String>,
    pub state: TaxFormState,
    /// Why it was rejected.
    pub reason: Option<String>,
    pub file_name: Option<String>,
    pub file_hash: String,
    pub file_bytes: i64,
    pub submitted_by: Id<id::User>,
    pub created_at: Timestamp,
    pub reviewed_by: Option<Id<id::User>>,
    pub reviewed_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
