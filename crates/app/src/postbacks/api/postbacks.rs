//! Partners' settings over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use serde::{Deserialize, Serialize};

use super::deliveries::{DeliveryDetail, TryOut};
use crate::{
    App,
    identity::permissions::{CanEditPostbacks, CanReadPostbacks},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
    postbacks::{
        change::{self, NewPostback, PostbackChange},
        entity::postback::Model,
        model::{EventRule, PostbackEvent, PostbackKind, PostbackState},
        store::{self, PostbackFilter},
        target::{Target, TargetOut},
        trial,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "pbk_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000", "name": "Tracker",
    "kind": "url", "target": {"kind": "url", "method": "get",
        "url": "https://tracker.example/postback?cid={sub1}&status={status}&payout={payout}"},
    "events": [{"event": "approved", "goal_id": null, "name": null}], "offer_id": null, "ad_click_sub": 10,
    "state": "active", "failures": 0, "failing_since": null, "delivered_at": "2026-11-22T09:30:00.000Z",
    "clicks_left_out": 0, "created_at": "2026-11-01T09:30:00.000Z"
}))]
pub struct PostbackOut {
    pub id: Id<id::Postback>,
    pub partner_id: Option<Id<id::Partner>>,
    pub name: String,
    pub kind: PostbackKind,
    /// Without keys.
    pub target: Option<TargetOut>,
    pub events: Vec<EventRule>,
    /// Of all offers where absent.
    pub offer_id: Option<Id<id::Offer>>,
    /// Which sub id carries the advertising platform's click id.
    pub ad_click_sub: i32,
    pub state: PostbackState,
    /// Failures since the last success.
    pub failures: i32,
    pub failing_since: Option<Timestamp>,
    /// The last success.
    pub delivered_at: Option<Timestamp>,
    /// Clicks that were not told because 10,000 of them waited.
    pub clicks_left_out: i64,
    pub created_at: Timestamp,
}

impl PostbackOut {
    fn of(app: &App, row: Model) -> Answer<Self> {
        let target = TargetOut::of(Target::open(app, &row.target_sealed)?);
        Ok(Self {
            id: row.id,
            partner_id: row.partner_id,
            name: row.name,
            kind: row.kind,
            target,
            events: row.events.0,
            offer_id: row.offer_id,
            ad_click_sub: row.ad_click_sub,
            state: row.state,
            failures: row.failures,
            failing_since: row.failing_since,
            delivered_at: row.delivered_at,
            clicks_left_out: row.clicks_left_out,
            created_at: row.created_at,
        })
    }
}

/// Tell a partner what happens to its conversions: at an address of its own, or at an advertising platform.
#[utoipa::path(
    post, path = "/v1/postbacks", tag = "postbacks", request_body = NewPostback,
    responses((status = 201, body = PostbackOut))
)]
pub async fn create(
    State(app): State<App>,
    CanEditPostbacks(actor): CanEditPostbacks,
    Body(new): Body<NewPostback>,
) -> Answer<(StatusCode, Json<PostbackOut>)> {
    let row = change::create(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(PostbackOut::of(&app, row)?)))
}

/// Postbacks and server events of partners, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/postbacks", tag = "postbacks", params(PostbackFilter, PageQuery),
    responses((status = 200, body = Page<PostbackOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadPostbacks(actor): CanReadPostbacks,
    Params(filter): Params<PostbackFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<PostbackOut>>> {
    let records = app.records.read();
    let rows = store::page(records, &actor, &filter, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let wanted = Wanted::default()
        .with(rows.items.iter().filter_map(|row| row.partner_id).filter(|_| actor.partner.is_none()))
        .with(rows.items.iter().filter_map(|row| row.offer_id))
        .with(rows.items.iter().flat_map(|row| row.events.0.iter().filter_map(|rule| rule.goal_id)));
    let shown = rows.try_map(|row| PostbackOut::of(&app, row))?;
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}

/// One postback of a partner.
#[utoipa::path(
    get, path = "/v1/postbacks/{id}", tag = "postbacks", params(("id" = Id<id::Postback>, Path)),
    responses((status = 200, body = PostbackOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadPostbacks(actor): CanReadPostbacks,
    PathId(id): PathId<Id<id::Postback>>,
) -> Answer<Json<PostbackOut>> {
    let row = store::get(app.records.read(), &actor, id).await?;
    Ok(Json(PostbackOut::of(&app, row)?))
}

/// Change a postback, pause it, or switch it on again.
#[utoipa::path(
    patch, path = "/v1/postbacks/{id}", tag = "postbacks", params(("id" = Id<id::Postback>, Path)),
    request_body = PostbackChange, responses((status = 200, body = PostbackOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditPostbacks(actor): CanEditPostbacks,
    PathId(id): PathId<Id<id::Postback>>,
    Body(change): Body<PostbackChange>,
) -> Answer<Json<PostbackOut>> {
    let row = change::update(&app, &actor, id, change).await?;
    Ok(Json(PostbackOut::of(&app, row)?))
}

/// Take a postback away. Its log stays.
#[utoipa::path(
    delete, path = "/v1/postbacks/{id}", tag = "postbacks", params(("id" = Id<id::Postback>, Path)),
    responses((status = 204, description = "It tells nothing any more"))
)]
pub async fn end(
    State(app): State<App>,
    CanEditPostbacks(actor): CanEditPostbacks,
    PathId(id): PathId<Id<id::Postback>>,
) -> Answer<StatusCode> {
    change::end(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"event": "approved"}))]
pub struct Trial {
    /// Of which a sample is sent; the first that the setting tells unless said.
    pub event: Option<PostbackEvent>,
}

/// Send a sample at once, marked as a test, and see what comes back.
#[utoipa::path(
    post, path = "/v1/postbacks/{id}/test", tag = "postbacks", params(("id" = Id<id::Postback>, Path)),
    request_body = Trial, responses((status = 200, body = DeliveryDetail))
)]
pub async fn test(
    State(app): State<App>,
    CanEditPostbacks(actor): CanEditPostbacks,
    PathId(id): PathId<Id<id::Postback>>,
    Body(wanted): Body<Trial>,
) -> Answer<Json<DeliveryDetail>> {
    let row = store::get(app.records.read(), &actor, id).await?;
    let (delivery, log) = trial::send(&app, &row, wanted.event).await?;
    Ok(Json(DeliveryDetail { delivery: delivery.into(), tries: vec![TryOut::from(log)] }))
}
