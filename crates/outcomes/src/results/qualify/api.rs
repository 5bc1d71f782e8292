//! Qualification over HTTP.

use axum::{Json, extract::State};
use kernel::{Id, Page, Refusal, Timestamp, id, paging::PageQuery};
use serde::Serialize;

use super::{
    define::{self, Qualification},
    entity::progress,
    model::{ConditionStanding, QualificationState},
    store::{self, ProgressFilter},
};
use crate::{
    App,
    identity::permissions::{CanEditOffers, CanReadConversions, CanReadOffers},
    offers,
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
    results::store as results,
};

/// What a goal asks of a customer.
#[utoipa::path(
    get, path = "/v1/offers/{id}/goals/{goal_id}/qualification", tag = "results",
    params(("id" = Id<id::Offer>, Path), ("goal_id" = Id<id::Goal>, Path)),
    responses((status = 200, body = Qualification))
)]
pub async fn show(
    State(app): State<App>,
    CanReadOffers(actor): CanReadOffers,
    PathId((offer, goal)): PathId<(Id<id::Offer>, Id<id::Goal>)>,
) -> Answer<Json<Qualification>> {
    let records = app.records.read();
    let offer = offers::store::get_visible(records, &actor, offer).await?;
    let row = store::definition(records, actor.tenant, goal).await?.filter(|row| row.offer_id == offer.id);
    Ok(Json(row.ok_or_else(|| Refusal::not_found("qualification"))?.into()))
}

/// Say what a goal asks of a customer, of those who are won from now on.
///
/// Once all of it is met within the window the goal is reported like any other, by a receipt of its own; at the end of
/// the window the customer is not qualified.
#[utoipa::path(
    put, path = "/v1/offers/{id}/goals/{goal_id}/qualification", tag = "results",
    params(("id" = Id<id::Offer>, Path), ("goal_id" = Id<id::Goal>, Path)),
    request_body = Qualification, responses((status = 200, body = Qualification))
)]
pub async fn set(
    State(app): State<App>,
    CanEditOffers(actor): CanEditOffers,
    PathId(ids): PathId<(Id<id::Offer>, Id<id::Goal>)>,
    Body(wanted): Body<Qualification>,
) -> Answer<Json<Qualification>> {
    Ok(Json(define::set(&app, &actor, ids, wanted).await?))
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "qlf_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "goal_id": "gol_01KAMX4S5T0000000000000000", "customer_id": "cus_01KAMX4S5T0000000000000000",
    "customer": "player-118", "from_conversion_id": "cnv_01KAMX4S5T0000000000000000",
    "started_at": "2026-11-01T09:30:00.000Z", "until": "2026-12-01T23:00:00.000Z", "state": "open",
    "standings": [{"condition": {"kind": "at_least", "figure": "deposits", "value": 1000}, "reached": 600, "is_met": false}],
    "conversion_id": null, "decided_at": null
}))]
pub struct ProgressOut {
    pub id: Id<id::Qualification>,
    pub offer_id: Id<id::Offer>,
    pub goal_id: Id<id::Goal>,
    pub customer_id: Id<id::Customer>,
    /// The advertiser's own id of the customer.
    pub customer: String,
    pub from_conversion_id: Id<id::Conversion>,
    pub started_at: Timestamp,
    /// The first moment that no longer counts.
    pub until: Timestamp,
    pub state: QualificationState,
    pub standings: Vec<ConditionStanding>,
    /// What came of it.
    pub conversion_id: Option<Id<id::Conversion>>,
    pub decided_at: Option<Timestamp>,
}

impl ProgressOut {
    fn of(row: progress::Model, customer: String) -> Self {
        Self {
            id: row.id,
            offer_id: row.offer_id,
            goal_id: row.goal_id,
            customer_id: row.customer_id,
            customer,
            from_conversion_id: row.from_conversion_id,
            started_at: row.started_at,
            until: row.until,
            state: row.state,
            standings: row.standings.0,
            conversion_id: row.conversion_id,
            decided_at: row.decided_at,
        }
    }
}

/// How far customers are with what goals ask for, newest first. A partner sees its own customers.
#[utoipa::path(
    get, path = "/v1/qualifications", tag = "results", params(ProgressFilter, PageQuery),
    responses((status = 200, body = Page<ProgressOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadConversions(actor): CanReadConversions,
    Params(filter): Params<ProgressFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<ProgressOut>>> {
    let records = app.records.read();
    let rows = store::page(records, &actor, &filter, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let ids: Vec<_> = rows.items.iter().map(|row| row.customer_id).collect();
    let customers = results::customers(records, actor.tenant, &ids).await?;
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.offer_id))
        .with(rows.items.iter().map(|row| row.goal_id));
    let shown = rows.map(|row| {
        let customer = customers.get(&row.customer_id).map(|row| row.external_id.clone()).unwrap_or_default();
        ProgressOut::of(row, customer)
    });
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}
