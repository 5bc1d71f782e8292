//! What an advertiser proves itself with: a postback token, or a key that signs.

use edge::routes::TokenKind;
use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::platform::secrets::Secrets;

/// Digits of the digest by which a signature names its key.
const KEY_ID_DIGITS: usize = 16;

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// Sent along with each postback.
    Token,
    /// Signs postbacks and never travels.
    Signing,
}

impl KeyKind {
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Token => "pbt_",
            Self::Signing => "sgn_",
        }
    }

    /// What the edge knows it as.
    pub const fn at_edge(self) -> TokenKind {
        match self {
            Self::Token => TokenKind::Postback,
            Self::Signing => TokenKind::Signing,
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "advertiser_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::AdvertiserKey>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub kind: KeyKind,
    /// SHA-256 in hex.
    #[sea_orm(unique)]
    pub digest: String,
    /// Sealed, so that settings can show it and the doctor can use it; emptied when it is retired.
    pub sealed: Vec<u8>,
    pub made_at: Timestamp,
    /// To about a minute.
    pub last_used_at: Option<Timestamp>,
    /// From then on it vouches for nothing.
    pub retired_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The secret itself, while it lives.
    pub fn plain(&self, secrets: &Secrets) -> Option<String> {
        String::from_utf8(secrets.open_sealed(&self.sealed)?).ok()
    }

    /// How signatures name it (`key_id`), and people tell one from another.
    pub fn key_id(&self) -> &str {
        self.digest.get(..KEY_ID_DIGITS).unwrap_or_default()
    }
}
