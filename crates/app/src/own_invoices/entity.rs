//! A partner's own invoice as it was handed in, what staff made of it, and the payout that carries it.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::partner_files::kinds::FileKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum OwnInvoiceState {
    /// Waits for staff.
    Submitted,
    /// The next payout that comes to what is accepted carries it.
    Accepted,
    /// Counts for nothing; another may be handed in.
    SentBack,
    /// A payout carries it.
    Used,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "own_invoices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::OwnInvoice>,
    pub workspace_id: Id<id::Workspace>,
    pub partner_id: Id<id::Partner>,
    /// As the partner wrote it.
    pub number: String,
    /// As numbers are compared; absent of what was sent back, whose number is free again.
    pub standing_number: Option<String>,
    /// `2026-12-05`.
    pub issued_on: String,
    pub currency: String,
    pub net_minor: i64,
    pub tax_minor: i64,
    /// What is paid: tax included.
    pub gross_minor: i64,
    pub state: OwnInvoiceState,
    /// Why it was sent back.
    pub reason: Option<String>,
    /// Which payout carries it.
    pub payout_id: Option<Id<id::Payout>>,
    pub file_name: Option<String>,
    pub file_kind: FileKind,
    pub file_hash: String,
    pub file_bytes: i64,
    pub submitted_by: Id<id::User>,
    pub created_at: Timestamp,
    pub reviewed_by: Option<Id<id::User>>,
    pub reviewed_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
