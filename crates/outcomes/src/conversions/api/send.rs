//! The API door: a conversion reported with an API key, in the fields of the postback.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use edge::{ReceiptAnswer, ReceiptDoor as _};
use events::{
    ReceiptRecord,
    record::{Door, Trust},
};
use kernel::{Id, Refusal, RefusalCode, Tenant, id};
use serde::Serialize;
use serde_json::Value;

use crate::{
    App,
    conversions::decider,
    identity::{Actor, permissions::CanSendReceipts},
    platform::Answer,
};

/// Names in one receipt.
const FIELDS_MAX: usize = 64;
const NAME_BYTES_MAX: usize = 64;
/// Names whose values are secrets and are kept nowhere.
const SECRETS: [&str; 2] = ["token", "signature"];

/// The fields of the postback, all of them texts; numbers are read as their text, `adv2` to `adv10` as `adv1`.
#[derive(utoipa::ToSchema)]
#[schema(example = json!({
    "click_id": "01KAMX4S5T0000000000000000", "goal": "sale", "amount": "80.00", "currency": "EUR",
    "order_id": "A-1001", "customer_id": "c-77", "status": "approved", "adv1": "newsletter"
}))]
#[expect(dead_code, reason = "describes the body, which is read as a map so that unknown fields are kept")]
pub struct ReceiptIn {
    click_id: Option<String>,
    conversion_id: Option<String>,
    offer_id: Option<String>,
    /// Name of the goal; the offer's primary goal unless said.
    goal: Option<String>,
    /// Decimal in units of `currency`.
    amount: Option<String>,
    currency: Option<String>,
    order_id: Option<String>,
    coupon: Option<String>,
    customer_id: Option<String>,
    /// The advertiser's word, by its status map.
    status: Option<String>,
    /// When the customer converted, RFC 3339; now unless said.
    event_time: Option<String>,
    adv1: Option<String>,
}

/// What the sender is told.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "receipt_id": "rcp_01KAMX4S5T0000000000000000", "conversion_id": "cnv_01KAMX4S5T0000000000000000",
    "status": "pending", "reason": null, "message": "taken"
}))]
pub struct ReceiptAnswerOut {
    receipt_id: Id<id::Receipt>,
    conversion_id: Option<Id<id::Conversion>>,
    status: String,
    reason: Option<String>,
    message: String,
}

/// Report a conversion, or a change of one.
#[utoipa::path(
    post, path = "/v1/receipts", tag = "receipts", request_body = ReceiptIn,
    responses(
        (status = 200, body = ReceiptAnswerOut), (status = 202, body = ReceiptAnswerOut),
        (status = 400, body = ReceiptAnswerOut)
    )
)]
pub async fn send(State(app): State<App>, CanSendReceipts(actor): CanSendReceipts, body: Bytes) -> Answer<Response> {
    let ReceiptAnswer { http_status, receipt_id, conversion_id, status, reason, message } =
        report(&app, &actor, params(&body)?, body.to_vec()).await?;
    let code = StatusCode::from_u16(http_status).expect("verdicts have HTTP statuses");
    let answer = ReceiptAnswerOut { receipt_id, conversion_id, status, reason, message };
    Ok((code, Json(answer)).into_response())
}

/// Takes a conversion in that a person or a program of the workspace reports, and tells the verdict.
pub async fn report(
    app: &App,
    actor: &Actor,
    params: Vec<(String, String)>,
    raw: Vec<u8>,
) -> Result<ReceiptAnswer, Refusal> {
    report_of(app, (actor.tenant, actor.advertiser), params, raw).await
}

/// As [`report`], where nobody asks any more; of the advertiser's offers alone where one is named.
pub async fn report_of(
    app: &App,
    sender: (Tenant, Option<Id<id::Advertiser>>),
    params: Vec<(String, String)>,
    raw: Vec<u8>,
) -> Result<ReceiptAnswer, Refusal> {
    let decider = decider::of(app).ok_or_else(|| Refusal::new(RefusalCode::Busy, "receipts are not decided yet"))?;
    let receipt = record(app, sender, params, raw);
    let kept = app.journal.receipts().append(&receipt).await;
    let position = kept.map_err(|error| {
        tracing::error!(%error, "a receipt could not be written to the journal");
        Refusal::new(RefusalCode::JournalUnavailable, "not kept; send it again later")
    })?;
    Ok(decider.decide(receipt, position).await)
}

fn record(
    app: &App,
    (tenant, advertiser): (Tenant, Option<Id<id::Advertiser>>),
    params: Vec<(String, String)>,
    raw: Vec<u8>,
) -> ReceiptRecord {
    ReceiptRecord {
        receipt_id: app.ambient.new_id(),
        conversion_id: app.ambient.new_id(),
        workspace: tenant.id(),
        advertiser,
        arrived_at: app.ambient.now(),
        door: Door::Api,
        trust: Trust::ApiKey,
        remote_ip: std::net::Ipv4Addr::UNSPECIFIED.into(),
        params,
        raw,
        clicks_before: app.journal.ends().of_clicks(),
    }
}

/// The body as canonical parameters.
fn params(body: &[u8]) -> Result<Vec<(String, String)>, Refusal> {
    let bad = |message: &str| Refusal::new(RefusalCode::BadBody, message);
    let fields: BTreeMap<String, Value> =
        serde_json::from_slice(body).map_err(|_| bad("the body is no JSON object in UTF-8"))?;
    if fields.len() > FIELDS_MAX || fields.keys().any(|name| name.len() > NAME_BYTES_MAX) {
        return Err(bad("a receipt has at most 64 names of 64 bytes"));
    }
    let open = fields.into_iter().filter(|(name, _)| !SECRETS.contains(&name.as_str()));
    Ok(open.filter_map(|(name, value)| Some((name, text(value)?))).collect())
}

/// `None` for what counts as not given.
fn text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text).filter(|text| !text.is_empty()),
        other => Some(other.to_string()),
    }
}
