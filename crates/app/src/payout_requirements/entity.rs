//! What a workspace demands of all its partners, or of one.

use kernel::{Id, Timestamp, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// What may have to be on file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PayoutRequirement {
    /// A tax form that staff accepted and whose last day has not passed.
    TaxForm,
    /// Billing details at which staff has looked.
    BillingDetails,
}

impl PayoutRequirement {
    /// As the API calls it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TaxForm => "tax_form",
            Self::BillingDetails => "billing_details",
        }
    }
}

/// Who writes the invoice for what a partner is paid.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BilledBy {
    /// The workspace, on the partner's behalf.
    #[default]
    SelfBilling,
    /// The partner, who is paid only once its invoice was accepted.
    OwnInvoice,
}

/// Each once, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct PayoutRequirements(pub Vec<PayoutRequirement>);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payout_requirements")]
pub struct Model {
    /// The id of the workspace, or of the partner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub of_id: Uuid,
    pub workspace_id: Id<id::Workspace>,
    /// Of whom more is demanded; of all where absent.
    pub partner_id: Option<Id<id::Partner>>,
    pub requires: PayoutRequirements,
    /// As for all where absent of a partner, and by the workspace where absent of all.
    pub billed_by: Option<BilledBy>,
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
