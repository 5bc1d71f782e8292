//! A partner.

use std::collections::BTreeMap;

use kernel::{Currency, Id, Timestamp, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::payee_accounts::PayoutSplit;
use crate::platform::columns::{TextList, TextMap};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PartnerState {
    /// Applied, not judged yet.
    Pending,
    Active,
    Suspended,
    Banned,
    /// The application was refused.
    Rejected,
}

/// How a partner is paid.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PayoutMethod {
    Sepa,
    Paypal,
    Wise,
    UsdtTrc20,
    UsdtErc20,
    Capitalist,
    Payoneer,
    Paxum,
    Csv,
    External,
}

impl PayoutMethod {
    /// Whether money may find its way by the payee's mail address alone.
    pub const fn goes_by_mail(self) -> bool {
        match self {
            Self::Paypal | Self::Wise | Self::Capitalist | Self::Payoneer | Self::Paxum | Self::Csv => true,
            Self::Sepa | Self::UsdtTrc20 | Self::UsdtErc20 | Self::External => false,
        }
    }
}

/// Least payout in minor units by currency code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct MinimumPayouts(pub BTreeMap<String, i64>);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "partners")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Partner>,
    pub workspace_id: Id<id::Workspace>,
    pub name: String,
    /// The name as it is looked up.
    pub name_folded: String,
    pub email: String,
    pub state: PartnerState,
    /// Why it was suspended, banned or rejected.
    pub state_reason: Option<String>,
    pub partner_group: Option<String>,
    pub tags: TextList,
    /// ISO 639-1.
    pub language: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub manager_id: Option<Id<id::User>>,
    pub payout_method: Option<PayoutMethod>,
    /// A JSON object of texts by name (`iban`, `address` …), sealed; a list of them where it is divided.
    pub payout_details_sealed: Option<Vec<u8>>,
    /// How what is due is divided over several accounts; all to one where absent.
    pub payout_split: Option<PayoutSplit>,
    pub minimum_payouts: MinimumPayouts,
    /// In which all that is payable is paid, exchanged where it was earned in another; each as it was earned where absent.
    pub payout_currency: Option<String>,
    pub external_refs: TextMap,
    /// Where refused visitors go back to; used only while its host is the verified one.
    pub trafficback_url: Option<String>,
    pub trafficback_verified_host: Option<String>,
    /// The partner that brought this one.
    pub recruited_by: Option<Id<id::Partner>>,
    /// From when its recruiters' shares run.
    pub recruited_at: Option<Timestamp>,
    /// When its mail address was last changed.
    pub email_changed_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// A partner of whom nothing else is known: what a trace does not tell, no rule looks at.
    pub fn bare(id: Id<id::Partner>, workspace_id: Id<id::Workspace>, state: PartnerState) -> Self {
        Self {
            id,
            workspace_id,
            name: String::new(),
            name_folded: String::new(),
            email: String::new(),
            state,
            state_reason: None,
            partner_group: None,
            tags: TextList::default(),
            language: String::new(),
            country: None,
            manager_id: None,
            payout_method: None,
            payout_details_sealed: None,
            payout_split: None,
            minimum_payouts: MinimumPayouts::default(),
            payout_currency: None,
            external_refs: TextMap::default(),
            trafficback_url: None,
            trafficback_verified_host: None,
            recruited_by: None,
            recruited_at: None,
            email_changed_at: None,
            created_at: Timestamp::default(),
        }
    }

    /// Least payout in minor units of `currency`; 1 where none is set.
    pub fn minimum_payout_minor(&self, currency: Currency) -> i64 {
        self.minimum_payouts.0.get(currency.code()).copied().unwrap_or(1)
    }
}
