//! One dispute of a partner.

use kernel::{Currency, Id, Money, Timestamp, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::disputes::missing::MissingReport;

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DisputeKind {
    /// It never came.
    Missing,
    /// It was rejected or taken back.
    Rejected,
    /// It earns another amount than was agreed.
    Price,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DisputeState {
    Open,
    Upheld,
    Refused,
    /// By the partner.
    Withdrawn,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct ReportAsked(pub MissingReport);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "disputes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Dispute>,
    pub workspace_id: Id<id::Workspace>,
    pub partner_id: Id<id::Partner>,
    pub kind: DisputeKind,
    /// Of what is missing: the one that was made for it, once it is.
    pub conversion_id: Option<Id<id::Conversion>>,
    /// Of what is missing, as the partner tells it.
    pub offer_id: Option<Id<id::Offer>>,
    pub click_id: Option<Id<id::Click>>,
    pub order_id: Option<String>,
    pub customer: Option<String>,
    /// A day such as `2026-11-01`.
    pub happened_on: Option<String>,
    /// What the partner says it should earn.
    pub currency: Option<String>,
    pub claimed_minor: Option<i64>,
    pub words: String,
    pub proof: Option<String>,
    pub state: DisputeState,
    /// Whether its clocks were stopped for this.
    pub froze: bool,
    /// Of what is missing: what was reported for it, noted before it was.
    pub report_asked: Option<ReportAsked>,
    pub adjustment_id: Option<Id<id::Adjustment>>,
    pub decision_words: Option<String>,
    pub decided_by: Option<Id<id::User>>,
    pub decided_at: Option<Timestamp>,
    pub opened_by: Id<id::User>,
    pub created_at: Timestamp,
    /// By when an answer is promised.
    pub due_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn claimed(&self) -> Option<Money> {
        let currency = self.currency.as_deref().and_then(|code| code.parse::<Currency>().ok());
        self.claimed_minor.zip(currency).map(|(minor, currency)| Money::new(minor, currency))
    }
}
