//! An advertiser.

use events::record::Trust;
use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::status_map::StatusMap;
use crate::platform::columns::{TextList, TextMap};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum AdvertiserState {
    Active,
    /// Its offers take no traffic.
    Paused,
}

/// The lowest proof with which a receipt is believed, weakest first.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ReceiptTrust {
    /// An unguessable click id is enough.
    ClickId,
    /// The workspace's or the advertiser's own token.
    Token,
    /// A token, from an address of the advertiser's list.
    IpList,
    /// A key of the API.
    ApiKey,
    /// A signature with one of two live keys.
    Signature,
}

impl ReceiptTrust {
    pub const ALL: [Self; 5] = [Self::ClickId, Self::Token, Self::IpList, Self::ApiKey, Self::Signature];

    /// The same rung among those on which a sender may stand.
    pub const fn rung(self) -> Trust {
        match self {
            Self::ClickId => Trust::ClickId,
            Self::Token => Trust::Token,
            Self::IpList => Trust::IpList,
            Self::ApiKey => Trust::ApiKey,
            Self::Signature => Trust::Signature,
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "advertisers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Advertiser>,
    pub workspace_id: Id<id::Workspace>,
    pub name: String,
    pub state: AdvertiserState,
    pub status_map: StatusMap,
    /// Asked of postbacks; pixel and tag are governed by `accepts_pixel`.
    pub min_trust: ReceiptTrust,
    /// Pixel and tag may report conversions with nothing but a click id.
    pub accepts_pixel: bool,
    /// Addresses and networks postbacks may come from; empty is anywhere.
    pub ip_allow_list: TextList,
    /// IANA name; the workspace's where absent.
    pub timezone: Option<String>,
    /// Ids of the same advertiser in other systems, by system.
    pub external_refs: TextMap,
    pub manager_id: Option<Id<id::User>>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// An advertiser of which nothing else is known: what a trace does not tell, no rule looks at.
    pub fn bare(id: Id<id::Advertiser>, workspace_id: Id<id::Workspace>) -> Self {
        Self {
            id,
            workspace_id,
            name: String::new(),
            state: AdvertiserState::Active,
            status_map: StatusMap::default(),
            min_trust: ReceiptTrust::ClickId,
            accepts_pixel: false,
            ip_allow_list: TextList::default(),
            timezone: None,
            external_refs: TextMap::default(),
            manager_id: None,
            created_at: Timestamp::default(),
        }
    }
}
