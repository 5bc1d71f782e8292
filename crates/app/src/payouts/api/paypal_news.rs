//! PayPal's webhook. A message says that there is something to read, never what holds: that is asked of PayPal.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use connect::paypal::NewsHeaders;
use kernel::{Id, Refusal, Tenant, id};

use crate::{
    App,
    payouts::through_paypal,
    platform::{Answer, body::PathId},
};

/// News from PayPal of a batch, signed by PayPal.
#[utoipa::path(
    post, path = "/v1/paypal-news/{id}", tag = "payouts", operation_id = "receive_paypal_news",
    params(("id" = Id<id::Workspace>, Path)),
    request_body(content = String, content_type = "application/json", example = json!({"id": "WH-1", "event_type": "PAYMENT.PAYOUTSBATCH.SUCCESS"})),
    responses((status = 204, description = "read"), (status = 404, description = "it is not PayPal's, or nobody waits for it")),
    security(())
)]
pub async fn receive(
    State(app): State<App>,
    PathId(id): PathId<Id<id::Workspace>>,
    headers: HeaderMap,
    message: Bytes,
) -> Answer<StatusCode> {
    let unknown = || Refusal::not_found("webhook");
    let tenant = Tenant(id);
    let signed = NewsHeaders::read(|name| headers.get(name).and_then(|value| value.to_str().ok()));
    let signed = signed.ok_or_else(unknown)?;
    let (paypal, webhook_id) = through_paypal::account(&app, tenant).await?.ok_or_else(unknown)?;
    let news = paypal.news(&webhook_id, &signed, &message).await.map_err(anyhow::Error::from)?;
    let news = news.ok_or_else(unknown)?;
    if let Some(batch) = news.payout_batch_id {
        through_paypal::look_now(&app, tenant, &batch).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
