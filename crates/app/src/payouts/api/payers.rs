//! From which accounts the workspace pays.

use axum::{Json, extract::State};
use kernel::{Id, Timestamp, id};
use serde::Serialize;

use crate::{
    App,
    identity::permissions::{CanPay, CanSetWorkspace},
    payouts::{
        entity::payer,
        payers::{self, Payer},
    },
    platform::{Answer, Body},
};

/// How a method is paid, and who said so.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "payer": {"method": "sepa", "name": "Riverside GmbH", "iban": "DE89370400440532013000", "one_booking": true},
    "changed_by": "usr_01KAMX4S5T0000000000000000", "changed_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct PayerOut {
    pub payer: Payer,
    pub changed_by: Id<id::User>,
    pub changed_at: Timestamp,
}

impl PayerOut {
    fn of((payer, row): (Payer, payer::Model)) -> Self {
        Self { payer: payer.without_secret(), changed_by: row.changed_by, changed_at: row.changed_at }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"items": []}))]
pub struct PayersOut {
    /// One for each method that is set.
    pub items: Vec<PayerOut>,
}

/// From which accounts the workspace pays, by method; secrets stay hidden.
#[utoipa::path(
    get, path = "/v1/payout-payers", tag = "payouts", operation_id = "list_payout_payers",
    responses((status = 200, body = PayersOut))
)]
pub async fn list(State(app): State<App>, CanPay(actor): CanPay) -> Answer<Json<PayersOut>> {
    let items = payers::all(&app, actor.tenant).await?.into_iter().map(PayerOut::of).collect();
    Ok(Json(PayersOut { items }))
}

/// Set from which account a method is paid. Batches that were made before are paid as they were frozen.
#[utoipa::path(
    put, path = "/v1/payout-payers", tag = "payouts", operation_id = "set_payout_payer", request_body = Payer,
    responses((status = 200, body = PayerOut))
)]
pub async fn set(
    State(app): State<App>,
    CanSetWorkspace(actor): CanSetWorkspace,
    Body(new): Body<Payer>,
) -> Answer<Json<PayerOut>> {
    let row = payers::set(&app, &actor, new).await?;
    let payer = Payer::opened(&app.secrets, &row.settings_sealed)?;
    Ok(Json(PayerOut::of((payer, row))))
}
