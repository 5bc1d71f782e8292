//! A batch leaves the house: a person gave its file to the bank, or a payment service is asked to pay it.

use kernel::{Id, Refusal, RefusalCode, id};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::{
    entity::{
        batch::{self, BatchState},
        payout::PayoutState,
    },
    frozen::Frozen,
    store, through_paypal,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    partners::model::PayoutMethod,
    platform::Answer,
};

/// Sends an approved batch, once: asked again, it answers what became of it.
pub async fn send(app: &App, actor: &Actor, id: Id<id::PayoutBatch>) -> Answer<batch::Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let row = store::batch(&*write, actor.tenant, id).await?;
    if matches!(row.state, BatchState::Sending | BatchState::Sent) {
        return Ok(row);
    }
    let frozen = Frozen::load(app, &*write, row).await?;
    if frozen.batch.state == BatchState::Doubtful {
        let message = "nobody knows whether this batch was paid; say so of each payout instead";
        return Err(Refusal::new(RefusalCode::AlreadySent, message).into());
    }
    let now = app.ambient.now();
    let is_by_service = frozen.batch.method == PayoutMethod::Paypal;
    if is_by_service && frozen.payouts.iter().any(|payout| payout.state != PayoutState::InTransit) {
        let message = "some of these payouts were settled already; reject the batch and make another";
        return Err(Refusal::new(RefusalCode::PayoutNotInTransit, message).into());
    }
    let state = if is_by_service { BatchState::Sending } else { BatchState::Sent };
    let sent = batch::Model {
        state,
        sent_by: Some(actor.user),
        sent_at: (!is_by_service).then_some(now),
        look_at: is_by_service.then_some(now),
        trouble: None,
        ..frozen.batch
    };
    sent.clone().into_active_model().reset_all().update(&*write).await?;
    let change = Change {
        action: "payout_batch.sent",
        subject: id.to_string(),
        before: Some(json!({"state": BatchState::Approved})),
        after: Some(json!({"state": state, "frozen_hash": sent.frozen_hash})),
    };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    through_paypal::wake(app);
    Ok(sent)
}
