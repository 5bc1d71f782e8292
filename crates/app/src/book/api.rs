//! Reading the last proof, and proving now.

use axum::{Json, extract::State};
use kernel::Timestamp;
use ledger::Difference;
use sea_orm::EntityTrait as _;
use serde::Serialize;

use super::{
    entity::{Entity, Model},
    nightly,
};
use crate::{App, identity::permissions::CanReadJournal, platform::Answer, workspaces};

/// What the last proof of the book came to.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"proof": {
    "proven_at": "2026-11-22T02:00:00.000Z", "is_whole": true, "entries": 120450, "conversions": 40120, "payouts": 310,
    "difference_count": 0, "differences": []
}}))]
pub struct LastProof {
    /// Absent before the first one.
    pub proof: Option<ProofOut>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct ProofOut {
    pub proven_at: Timestamp,
    /// Every hash and every number is as the entries say.
    pub is_whole: bool,
    /// Entries read.
    pub entries: i64,
    pub conversions: i64,
    pub payouts: i64,
    pub difference_count: i64,
    /// The first of them.
    pub differences: Vec<Difference>,
}

impl From<Model> for ProofOut {
    fn from(row: Model) -> Self {
        Self {
            proven_at: row.proven_at,
            is_whole: row.difference_count == 0,
            entries: row.entries,
            conversions: row.conversions,
            payouts: row.payouts,
            difference_count: row.difference_count,
            differences: serde_json::from_value(row.differences).unwrap_or_default(),
        }
    }
}

/// The last proof of the book: every entry hashed again, every number compared. It is made every night.
#[utoipa::path(get, path = "/v1/book/proof", tag = "payouts", responses((status = 200, body = LastProof)))]
pub async fn show(State(app): State<App>, CanReadJournal(actor): CanReadJournal) -> Answer<Json<LastProof>> {
    let row = Entity::find_by_id(actor.tenant.id()).one(app.records.read()).await?;
    Ok(Json(LastProof { proof: row.map(ProofOut::from) }))
}

/// Prove the book now.
#[utoipa::path(post, path = "/v1/book/proof", tag = "payouts", responses((status = 200, body = LastProof)))]
pub async fn prove(State(app): State<App>, CanReadJournal(actor): CanReadJournal) -> Answer<Json<LastProof>> {
    let workspace = workspaces::store::get(app.records.read(), actor.tenant).await?;
    let row = nightly::prove(&app, &workspace).await?;
    Ok(Json(LastProof { proof: Some(row.into()) }))
}
