//! The act of a closed period: what its conversions come to, line for line what its invoices hold.

use kernel::{Id, id};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::model::{LineCause, LineClass, LineDecision};
use crate::billing::entity::invoice::Line;

/// Frozen once the period is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
pub struct Act {
    pub advertiser_id: Id<id::Advertiser>,
    pub first_day: String,
    pub last_day: String,
    pub time_zone: String,
    /// SHA-256 of the file that was compared.
    pub file_hash: String,
    /// One for each currency in which something is owed, in its order.
    pub parts: Vec<ActPart>,
    /// What differed, and how it was decided.
    pub differences: Vec<ActDifference>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ActPart {
    pub currency: String,
    /// What of it corrects earlier acts stands on lines of its own.
    pub lines: Vec<Line>,
    pub net_minor: i64,
    /// Drawn with the act; its net amount is the same.
    pub invoice_id: Id<id::Invoice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ActDifference {
    pub class: LineClass,
    pub cause: Option<LineCause>,
    pub decision: Option<LineDecision>,
    pub lines: i64,
}

impl Act {
    /// SHA-256 in hex.
    ///
    /// # Errors
    /// Never for an act: it is plain data.
    pub fn hash(&self) -> serde_json::Result<String> {
        Ok(data_encoding::HEXLOWER.encode(&Sha256::digest(serde_json::to_vec(self)?)))
    }
}
