//! The workspace's webhooks over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id};
use serde::Serialize;

use super::{
    deliveries::{DeliveryDetail, TryOut},
    postbacks::Trial,
};
use crate::{
    App,
    identity::permissions::CanEditWebhooks,
    platform::{Answer, Body, body::PathId, labels::Wanted},
    postbacks::{
        change::{self, NewWebhook, WebhookChange},
        entity::postback::Model,
        model::{EventRule, PostbackEvent, PostbackKind, PostbackState},
        rules, store,
        target::Target,
        told::Told,
        trial,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "whk_01KAMX4S5T0000000000000000", "name": "Warehouse", "url": "https://erp.example/hooks/tributary",
    "events": [{"event": "approved", "goal_id": null, "name": null}], "offer_id": null, "live_secrets": 1,
    "state": "active", "failures": 0, "failing_since": null, "delivered_at": null,
    "created_at": "2026-11-01T09:30:00.000Z"
}))]
pub struct WebhookOut {
    pub id: Id<id::Webhook>,
    pub name: String,
    pub url: String,
    pub events: Vec<EventRule>,
    pub offer_id: Option<Id<id::Offer>>,
    /// Two while an older secret still signs.
    pub live_secrets: usize,
    pub state: PostbackState,
    /// Failures since the last success.
    pub failures: i32,
    pub failing_since: Option<Timestamp>,
    /// The last success.
    pub delivered_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl WebhookOut {
    fn of(app: &App, row: Model) -> Answer<Self> {
        let (url, live_secrets) = match Target::open(app, &row.target_sealed)? {
            Target::Webhook { url, secrets } => (url, secrets.len()),
            _ => (String::new(), 0),
        };
        Ok(Self {
            id: Id::from_uuid(row.id.uuid()),
            name: row.name,
            url,
            events: row.events.0,
            offer_id: row.offer_id,
            live_secrets,
            state: row.state,
            failures: row.failures,
            failing_since: row.failing_since,
            delivered_at: row.delivered_at,
            created_at: row.created_at,
        })
    }
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "id": "whk_01KAMX4S5T0000000000000000", "name": "Warehouse",
    "url": "https://erp.example/hooks/tributary", "events": [{"event": "approved", "goal_id": null, "name": null}],
    "offer_id": null, "live_secrets": 1, "state": "active", "failures": 0, "failing_since": null,
    "delivered_at": null, "created_at": "2026-11-01T09:30:00.000Z"
}))]
pub struct WebhookMade {
    /// Shown this once.
    pub secret: String,
    #[serde(flatten)]
    pub about: WebhookOut,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "event": "approved", "type": "conversion.approved",
    "sample": {"type": "conversion.approved", "timestamp": "2026-11-22T09:30:00.000Z", "data": {"status": "approved"}}
}))]
pub struct EventTypeOut {
    pub event: PostbackEvent,
    #[serde(rename = "type")]
    pub name: &'static str,
    /// A body as it is sent.
    #[schema(value_type = Object)]
    pub sample: serde_json::Value,
}

/// Every type of event that webhooks tell, each with a sample.
#[utoipa::path(
    get, path = "/v1/webhooks/event-types", tag = "webhooks", responses((status = 200, body = Page<EventTypeOut>))
)]
pub async fn event_types(
    State(app): State<App>,
    CanEditWebhooks(_actor): CanEditWebhooks,
) -> Answer<Json<Page<EventTypeOut>>> {
    let now = app.ambient.now();
    let of = |event: PostbackEvent| EventTypeOut {
        event,
        name: event.webhook_type(),
        sample: Told::sample(event, now, None, None).webhook_body(),
    };
    let told = PostbackEvent::ALL.iter().copied().filter(|event| rules::may_ask(PostbackKind::Webhook, *event));
    Ok(Json(Page::whole(told.map(of).collect())))
}

/// Tell another system of the workspace what happens, signed as Standard Webhooks. The secret is shown once.
#[utoipa::path(
    post, path = "/v1/webhooks", tag = "webhooks", request_body = NewWebhook,
    responses((status = 201, body = WebhookMade))
)]
pub async fn create(
    State(app): State<App>,
    CanEditWebhooks(actor): CanEditWebhooks,
    Body(new): Body<NewWebhook>,
) -> Answer<(StatusCode, Json<WebhookMade>)> {
    let (row, secret) = change::create_webhook(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(WebhookMade { secret, about: WebhookOut::of(&app, row)? })))
}

/// The workspace's webhooks, newest first.
#[utoipa::path(get, path = "/v1/webhooks", tag = "webhooks", responses((status = 200, body = Page<WebhookOut>)))]
pub async fn list(State(app): State<App>, CanEditWebhooks(actor): CanEditWebhooks) -> Answer<Json<Page<WebhookOut>>> {
    let rows = store::webhooks(app.records.read(), &actor).await?;
    let wanted = Wanted::default()
        .with(rows.iter().filter_map(|row| row.offer_id))
        .with(rows.iter().flat_map(|row| row.events.0.iter().filter_map(|rule| rule.goal_id)));
    let shown = Page::whole(rows).try_map(|row| WebhookOut::of(&app, row))?;
    Ok(Json(wanted.beside(shown, app.records.read(), actor.tenant).await?))
}

/// One webhook.
#[utoipa::path(
    get, path = "/v1/webhooks/{id}", tag = "webhooks", params(("id" = Id<id::Webhook>, Path)),
    responses((status = 200, body = WebhookOut))
)]
pub async fn show(
    State(app): State<App>,
    CanEditWebhooks(actor): CanEditWebhooks,
    PathId(id): PathId<Id<id::Webhook>>,
) -> Answer<Json<WebhookOut>> {
    let row = store::webhook(app.records.read(), &actor, id).await?;
    Ok(Json(WebhookOut::of(&app, row)?))
}

/// Change a webhook, pause it, or switch it on again.
#[utoipa::path(
    patch, path = "/v1/webhooks/{id}", tag = "webhooks", params(("id" = Id<id::Webhook>, Path)),
    request_body = WebhookChange, responses((status = 200, body = WebhookOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditWebhooks(actor): CanEditWebhooks,
    PathId(id): PathId<Id<id::Webhook>>,
    Body(change): Body<WebhookChange>,
) -> Answer<Json<WebhookOut>> {
    let row = change::update_webhook(&app, &actor, id, change).await?;
    Ok(Json(WebhookOut::of(&app, row)?))
}

/// Take a webhook away. Its log stays.
#[utoipa::path(
    delete, path = "/v1/webhooks/{id}", tag = "webhooks", params(("id" = Id<id::Webhook>, Path)),
    responses((status = 204, description = "It tells nothing any more"))
)]
pub async fn end(
    State(app): State<App>,
    CanEditWebhooks(actor): CanEditWebhooks,
    PathId(id): PathId<Id<id::Webhook>>,
) -> Answer<StatusCode> {
    change::end_webhook(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give a webhook a new secret. The one before signs beside it until it is retired.
#[utoipa::path(
    post, path = "/v1/webhooks/{id}/secret", tag = "webhooks", params(("id" = Id<id::Webhook>, Path)),
    responses((status = 201, body = WebhookMade))
)]
pub async fn rotate(
    State(app): State<App>,
    CanEditWebhooks(actor): CanEditWebhooks,
    PathId(id): PathId<Id<id::Webhook>>,
) -> Answer<(StatusCode, Json<WebhookMade>)> {
    let (row, secret) = change::rotate(&app, &actor, id).await?;
    Ok((StatusCode::CREATED, Json(WebhookMade { secret, about: WebhookOut::of(&app, row)? })))
}

/// Let only the newest secret sign.
#[utoipa::path(
    delete, path = "/v1/webhooks/{id}/secret", tag = "webhooks", params(("id" = Id<id::Webhook>, Path)),
    responses((status = 200, body = WebhookOut))
)]
pub async fn retire_secret(
    State(app): State<App>,
    CanEditWebhooks(actor): CanEditWebhooks,
    PathId(id): PathId<Id<id::Webhook>>,
) -> Answer<Json<WebhookOut>> {
    let row = change::retire_secret(&app, &actor, id).await?;
    Ok(Json(WebhookOut::of(&app, row)?))
}

/// Send a sample at once, marked as a test, and see what comes back.
#[utoipa::path(
    post, path = "/v1/webhooks/{id}/test", tag = "webhooks", params(("id" = Id<id::Webhook>, Path)),
    request_body = Trial, responses((status = 200, body = DeliveryDetail))
)]
pub async fn test(
    State(app): State<App>,
    CanEditWebhooks(actor): CanEditWebhooks,
    PathId(id): PathId<Id<id::Webhook>>,
    Body(wanted): Body<Trial>,
) -> Answer<Json<DeliveryDetail>> {
    let row = store::webhook(app.records.read(), &actor, id).await?;
    let (delivery, log) = trial::send(&app, &row, wanted.event).await?;
    Ok(Json(DeliveryDetail { delivery: delivery.into(), tries: vec![TryOut::from(log)] }))
}
