//! A change of a partner's account.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    partners::{model::PayoutMethod, payee_accounts::PayoutSplit},
    platform::columns::TextMap,
};

/// How far a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = AccountChangeState)]
pub enum ChangeState {
    /// Its link waits in a mailbox.
    Unconfirmed,
    /// It was confirmed, and its time has not come.
    Waiting,
    /// The partner is paid there, or was until a later change.
    InForce,
    /// Somebody stopped it.
    Cancelled,
    /// A newer one took its place before it was in force.
    Replaced,
    /// Nobody confirmed it.
    Expired,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payee_account_changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::PayeeAccountChange>,
    pub workspace_id: Id<id::Workspace>,
    pub partner_id: Id<id::Partner>,
    pub method: PayoutMethod,
    /// As in [`crate::partners::model::Model`], sealed.
    pub details_sealed: Vec<u8>,
    /// The ends of each.
    pub details_shown: TextMap,
    /// Where what is due is to be divided.
    pub split: Option<PayoutSplit>,
    pub state: ChangeState,
    /// Staff asked, not the partner.
    pub is_by_staff: bool,
    pub asked_by: Id<id::User>,
    pub asked_at: Timestamp,
    /// SHA-256 of the token of its link.
    #[sea_orm(unique)]
    pub token_hash: String,
    pub token_expires_at: Timestamp,
    pub confirmed_at: Option<Timestamp>,
    pub in_force_from: Option<Timestamp>,
    /// Who stopped or replaced it.
    pub ended_by: Option<Id<id::User>>,
    /// When it came into force, or ended without.
    pub ended_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
