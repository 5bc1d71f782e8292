//! The log: what was sent, and what came back. Partner and manager read the same.

use axum::{Json, extract::State};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use serde::Serialize;

use crate::{
    App,
    identity::permissions::{CanEditPostbacks, CanReadPostbacks},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
    postbacks::{
        entity::{delivery, delivery_try},
        model::{DeliveryState, PostbackEvent, PostbackKind},
        replay,
        store::{self, DeliveryFilter},
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "dlv_01KAMX4S5T0000000000000000", "postback_id": "pbk_01KAMX4S5T0000000000000000", "webhook_id": null,
    "partner_id": "prt_01KAMX4S5T0000000000000000", "kind": "url", "host": "tracker.example", "event": "approved",
    "conversion_id": "cnv_01KAMX4S5T0000000000000000", "subject": null, "is_test": false, "state": "waiting", "attempts": 2,
    "due_at": "2026-11-22T09:36:00.000Z", "created_at": "2026-11-22T09:30:00.000Z", "done_at": null,
    "last_status": 502, "last_error": "HTTP 502"
}))]
pub struct DeliveryOut {
    /// Also the key by which a receiver knows a repeated try.
    pub id: Id<id::Delivery>,
    pub postback_id: Option<Id<id::Postback>>,
    pub webhook_id: Option<Id<id::Webhook>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub kind: PostbackKind,
    pub host: String,
    pub event: PostbackEvent,
    /// Absent for a test, and where it is not about a conversion.
    pub conversion_id: Option<Id<id::Conversion>>,
    /// What it is about where that is no conversion: the printed id of a click, partner, enrollment, payout, offer or cap.
    pub subject: Option<String>,
    pub is_test: bool,
    pub state: DeliveryState,
    pub attempts: i32,
    /// When the next try is due, while it waits.
    pub due_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub done_at: Option<Timestamp>,
    /// HTTP status of the last try.
    pub last_status: Option<i32>,
    /// Why the last try failed: `private_address`, `timed_out`, `no_ad_click_id`, `HTTP 502`, or the receiver's words.
    pub last_error: Option<String>,
}

impl From<delivery::Model> for DeliveryOut {
    fn from(row: delivery::Model) -> Self {
        let (is_webhook, subject) = (row.partner_id.is_none(), subject_of(&row));
        Self {
            id: row.id,
            postback_id: (!is_webhook).then_some(row.postback_id),
            webhook_id: is_webhook.then(|| webhook_of(&row)),
            partner_id: row.partner_id,
            kind: row.kind,
            host: row.host,
            event: row.event,
            conversion_id: row.conversion_id,
            subject,
            is_test: row.is_test,
            due_at: (row.state == DeliveryState::Waiting).then_some(row.due_at),
            state: row.state,
            attempts: row.attempts,
            created_at: row.created_at,
            done_at: row.done_at,
            last_status: row.last_status,
            last_error: row.last_error,
        }
    }
}

fn subject_of(row: &delivery::Model) -> Option<String> {
    let at = |place: &str| row.told.pointer(place).and_then(|value| value.as_str()).map(str::to_owned);
    let place = match row.event {
        PostbackEvent::Click => "/click_id",
        PostbackEvent::PartnerCreated | PostbackEvent::PartnerApproved => "/data/partner_id",
        PostbackEvent::EnrollmentRequested | PostbackEvent::EnrollmentApproved | PostbackEvent::EnrollmentRejected => {
            "/data/enrollment_id"
        }
        PostbackEvent::PayoutPaid | PostbackEvent::PayoutFailed => "/data/payout_id",
        PostbackEvent::OfferChanged => "/data/offer_id",
        PostbackEvent::CapReached => "/data/cap_id",
        PostbackEvent::AlertOpened => "/data/alert_id",
        _ => return None,
    };
    at(place).filter(|_| !row.is_test)
}

/// A webhook is a setting with an id of its own prefix.
fn webhook_of(row: &delivery::Model) -> Id<id::Webhook> {
    Id::from_uuid(row.postback_id.uuid())
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "dtr_01KAMX4S5T0000000000000000", "at": "2026-11-22T09:30:01.000Z", "method": "GET",
    "url": "https://tracker.example/postback?cid=banner&token=***", "body": null, "status": 502, "error": "HTTP 502",
    "took_ms": 120, "answer": "Bad gateway"
}))]
pub struct TryOut {
    pub id: Id<id::DeliveryTry>,
    pub at: Timestamp,
    pub method: String,
    /// Values of parameters that are called like secrets are hidden.
    pub url: String,
    pub body: Option<String>,
    /// HTTP status; absent where nothing came back.
    pub status: Option<i32>,
    pub error: Option<String>,
    pub took_ms: i32,
    /// The beginning of what came back.
    pub answer: String,
}

impl From<delivery_try::Model> for TryOut {
    fn from(row: delivery_try::Model) -> Self {
        let delivery_try::Model { id, at, method, url, body, status, error, took_ms, answer, .. } = row;
        Self { id, at, method, url, body, status, error, took_ms, answer }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct DeliveryDetail {
    #[serde(flatten)]
    pub delivery: DeliveryOut,
    /// Newest first.
    pub tries: Vec<TryOut>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"replayed": 14}))]
pub struct Replayed {
    pub replayed: u64,
}

/// What was told to others, newest first.
#[utoipa::path(
    get, path = "/v1/deliveries", tag = "postbacks", params(DeliveryFilter, PageQuery),
    responses((status = 200, body = Page<DeliveryOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadPostbacks(actor): CanReadPostbacks,
    Params(filter): Params<DeliveryFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<DeliveryOut>>> {
    let records = app.records.read();
    let rows = store::deliveries(records, &actor, &filter, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let subjects: Vec<_> = rows.items.iter().filter_map(subject_of).collect();
    let wanted = Wanted::default()
        .with(rows.items.iter().filter_map(|row| row.partner_id).filter(|_| actor.partner.is_none()))
        .with(rows.items.iter().filter(|row| row.partner_id.is_some()).map(|row| row.postback_id))
        .with(rows.items.iter().filter(|row| row.partner_id.is_none()).map(webhook_of))
        .with(rows.items.iter().filter_map(|row| row.conversion_id))
        .with_printed(subjects.iter().map(String::as_str));
    Ok(Json(wanted.beside(rows.map(DeliveryOut::from), records, actor.tenant).await?))
}

/// One delivery with its tries.
#[utoipa::path(
    get, path = "/v1/deliveries/{id}", tag = "postbacks", params(("id" = Id<id::Delivery>, Path)),
    responses((status = 200, body = DeliveryDetail, example = json!({
        "id": "dlv_01KAMX4S5T0000000000000000", "state": "failed", "event": "approved", "tries": []
    })))
)]
pub async fn show(
    State(app): State<App>,
    CanReadPostbacks(actor): CanReadPostbacks,
    PathId(id): PathId<Id<id::Delivery>>,
) -> Answer<Json<DeliveryDetail>> {
    let row = store::delivery(app.records.read(), &actor, id).await?;
    let tries = store::tries(app.records.read(), &row).await?.into_iter().map(TryOut::from).collect();
    Ok(Json(DeliveryDetail { delivery: row.into(), tries }))
}

/// Send a delivery again. Its key stays the same.
#[utoipa::path(
    post, path = "/v1/deliveries/{id}/replay", tag = "postbacks", params(("id" = Id<id::Delivery>, Path)),
    responses((status = 200, body = DeliveryOut))
)]
pub async fn replay_one(
    State(app): State<App>,
    CanEditPostbacks(actor): CanEditPostbacks,
    PathId(id): PathId<Id<id::Delivery>>,
) -> Answer<Json<DeliveryOut>> {
    Ok(Json(replay::one(&app, &actor, id).await?.into()))
}

/// Send again what failed, was held or was delivered: up to 1,000 of them, oldest first.
#[utoipa::path(
    post, path = "/v1/deliveries/replay", tag = "postbacks", request_body = DeliveryFilter,
    responses((status = 200, body = Replayed))
)]
pub async fn replay_many(
    State(app): State<App>,
    CanEditPostbacks(actor): CanEditPostbacks,
    Body(filter): Body<DeliveryFilter>,
) -> Answer<Json<Replayed>> {
    Ok(Json(Replayed { replayed: replay::many(&app, &actor, &filter).await? }))
}
