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
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
