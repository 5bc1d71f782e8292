//! A tracking domain.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

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
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
