//! How somebody stands on papers.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Whose details they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    Workspace,
    Partner,
    Advertiser,
}

/// What the law takes somebody for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum LegalForm {
    Company,
    SoleTrader,
    /// Without a business: issues bills, never invoices with tax.
    Person,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "billing_details")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::BillingDetails>,
    pub workspace_id: Id<id::Workspace>,
    pub whose: Whose,
    /// The id of the workspace, the partner or the advertiser.
    pub whose_id: Uuid,
    pub legal_form: LegalForm,
    pub name: String,
    /// Line by line.
    pub address: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub vat_id: Option<String>,
    pub tax_id: Option<String>,
    pub registration: Option<String>,
    pub email: Option<String>,
    /// Where money is sent to, as it reads on an invoice.
    pub account: Option<String>,
    /// ISO 639-1, of papers that are sent to it.
    pub language: String,
    /// The rate of its own country, in hundredths of a per cent.
    pub vat_bp: Option<i32>,
    /// The law under which it charges no tax.
    pub vat_exempt_basis: Option<String>,
    /// The day on which it agreed that invoices are issued on its behalf.
    pub self_billing_since: Option<String>,
    /// Who of the staff looked at them; nobody since a partner changed them.
    pub confirmed_by: Option<Id<id::User>>,
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
