//! A tracking domain.

use kernel::{Id, Timestamp, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::rules::Finding;
use crate::platform::columns::TextList;

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DomainState {
    Ok,
    /// Mail providers or browsers have begun to warn of it.
    Warned,
    /// No new links use it.
    Banned,
}

/// What is wrong with a domain, gravest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Findings(pub Vec<Finding>);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tracking_domains")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::TrackingDomain>,
    pub workspace_id: Id<id::Workspace>,
    /// Set where only one partner's links work there.
    pub partner_id: Option<Id<id::Partner>>,
    /// Lower case, without port.
    #[sea_orm(unique)]
    pub host: String,
    /// Postback and link forms of other platforms that are spoken there.
    pub dialects: TextList,
    pub state: DomainState,
    /// A person chose the state: checks leave it.
    pub is_state_chosen: bool,
    /// What the last check found.
    pub findings: Findings,
    pub certificate_until: Option<Timestamp>,
    pub checked_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
