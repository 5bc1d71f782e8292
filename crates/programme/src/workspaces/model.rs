//! A workspace.

use kernel::{Currency, Decimal8, Id, Refusal, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Whether visitors are asked before the first-party tag and the redirect keep anything of them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum TagConsent {
    Off,
    /// Nothing is set, kept or sent before they agree.
    Required,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "workspaces")]
pub struct Model {
    /// A workspace is its own tenant column.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Workspace>,
    pub name: String,
    /// IANA name.
    pub timezone: String,
    pub reporting_currency: String,
    /// SHA-256 of the token that every advertiser of the workspace may send receipts with.
    #[sea_orm(unique)]
    pub postback_token_hash: String,
    /// The same token sealed, so that settings can show the postback address.
    pub postback_token_sealed: Vec<u8>,
    /// Where visitors go whom no offer wants.
    pub fallback_url: Option<String>,
    pub tag_consent: TagConsent,
    /// Times 10^8: per cent of what is charged that plans must leave; none where anything may be left.
    pub margin_floor_e8: Option<i64>,
    /// Hours that a changed account of a partner waits once it is confirmed.
    pub payee_change_wait_hours: i32,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn zone(&self) -> Result<jiff::tz::TimeZone, Refusal> {
        kernel::time::zone(&self.timezone)
    }

    /// Per cent of what is charged that plans must leave.
    pub fn margin_floor(&self) -> Option<Decimal8> {
        self.margin_floor_e8.map(Decimal8::from_raw)
    }

    pub fn currency(&self) -> Result<Currency, Refusal> {
        self.reporting_currency.parse()
    }
}
