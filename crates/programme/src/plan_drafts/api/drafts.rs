//! Drafts: made, read, written anew, thrown away, switched on.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use sea_orm::ConnectionTrait;
use serde::Serialize;

use super::plans::CardOut;
use crate::{
    App,
    identity::permissions::{CanEditPlans, CanReadPlans},
    plan_drafts::{
        entity::Model,
        ground::Ground,
        store,
        write::{self, DraftIn},
    },
    plans::rules::{Rule, lint::PlanFinding},
    platform::{
        Answer, Body,
        body::{Params, PathId},
    },
};

/// The versions that were the newest when a draft was made.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
pub struct BasedOn {
    pub earnings: Option<Id<id::PlanVersion>>,
    pub revenue: Option<Id<id::PlanVersion>>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "drf_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "based_on": {"earnings": "plv_01KAMX4S5T0000000000000000", "revenue": "plv_01KAMX4S5T0000000000000001"},
    "earnings": [{"id": "rul_01KAMX4S5T0000000000000000", "conditions": {"goal_id": "gol_01KAMX4S5T0000000000000000"},
        "effect": {"percent": "12"}, "priority": 0, "created_at": "2026-11-22T09:30:00.000Z"}],
    "revenue": [], "text": "earnings\n12% ; goal sale\nrevenue\n", "findings": [],
    "created_by": "usr_01KAMX4S5T0000000000000000", "created_at": "2026-11-22T09:30:00.000Z",
    "updated_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct DraftOut {
    pub id: Id<id::PlanDraft>,
    pub offer_id: Id<id::Offer>,
    pub based_on: BasedOn,
    pub earnings: Vec<Rule>,
    pub revenue: Vec<Rule>,
    /// Both plans as a text.
    pub text: String,
    /// What looks wrong.
    pub findings: Vec<PlanFinding>,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl DraftOut {
    async fn of(conn: &impl ConnectionTrait, row: Model, ground: &Ground, now: Timestamp) -> Answer<Self> {
        let (earnings, revenue) = (row.earnings.0, row.revenue.0);
        let findings = ground.findings(conn, (&earnings, &revenue), now).await?;
        Ok(Self {
            id: row.id,
            offer_id: row.offer_id,
            based_on: BasedOn { earnings: row.earnings_version_id, revenue: row.revenue_version_id },
            text: ground.text(&earnings, &revenue),
            earnings,
            revenue,
            findings,
            created_by: row.created_by,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Draft both plans of an offer: as rules, as a text, as a card, or as a copy of what is in force.
#[utoipa::path(
    post, path = "/v1/offers/{id}/plan/drafts", tag = "plans", params(("id" = Id<id::Offer>, Path)),
    request_body = DraftIn, responses((status = 201, body = DraftOut))
)]
pub async fn create(
    State(app): State<App>,
    CanEditPlans(actor): CanEditPlans,
    PathId(id): PathId<Id<id::Offer>>,
    Body(body): Body<DraftIn>,
) -> Answer<(StatusCode, Json<DraftOut>)> {
    let (row, ground) = write::create(&app, &actor, id, body).await?;
    let shown = DraftOut::of(app.records.read(), row, &ground, app.ambient.now()).await?;
    Ok((StatusCode::CREATED, Json(shown)))
}

/// Drafts of an offer, newest first.
#[utoipa::path(
    get, path = "/v1/offers/{id}/plan/drafts", tag = "plans", params(("id" = Id<id::Offer>, Path), PageQuery),
    responses((status = 200, body = Page<DraftOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    PathId(id): PathId<Id<id::Offer>>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<DraftOut>>> {
    let conn = app.records.read();
    let ground = Ground::of(conn, actor.tenant, id).await?;
    let rows = Page::from_rows(store::page(conn, actor.tenant, id, &page).await?, &page, |row| row.id);
    let mut shown = Vec::with_capacity(rows.items.len());
    for row in &rows.items {
        shown.push(DraftOut::of(conn, row.clone(), &ground, app.ambient.now()).await?);
    }
    let mut shown = shown.into_iter();
    Ok(Json(rows.map(|_| shown.next().expect("one shown for each row"))))
}

/// One draft with what looks wrong in it.
#[utoipa::path(
    get, path = "/v1/plan-drafts/{id}", tag = "plans", params(("id" = Id<id::PlanDraft>, Path)),
    responses((status = 200, body = DraftOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    PathId(id): PathId<Id<id::PlanDraft>>,
) -> Answer<Json<DraftOut>> {
    let conn = app.records.read();
    let row = store::get(conn, actor.tenant, id).await?;
    let ground = Ground::of(conn, actor.tenant, row.offer_id).await?;
    Ok(Json(DraftOut::of(conn, row, &ground, app.ambient.now()).await?))
}

/// A draft as a rate card.
#[utoipa::path(
    get, path = "/v1/plan-drafts/{id}/card", tag = "plans", params(("id" = Id<id::PlanDraft>, Path)),
    responses((status = 200, body = CardOut))
)]
pub async fn show_card(
    State(app): State<App>,
    CanReadPlans(actor): CanReadPlans,
    PathId(id): PathId<Id<id::PlanDraft>>,
) -> Answer<Json<CardOut>> {
    let conn = app.records.read();
    let row = store::get(conn, actor.tenant, id).await?;
    let ground = Ground::of(conn, actor.tenant, row.offer_id).await?;
    Ok(Json(CardOut::of(&ground, &row.earnings.0, &row.revenue.0)))
}

/// Write a draft anew; an empty body makes it a copy of what is in force.
#[utoipa::path(
    put, path = "/v1/plan-drafts/{id}", tag = "plans", params(("id" = Id<id::PlanDraft>, Path)),
    request_body = DraftIn, responses((status = 200, body = DraftOut))
)]
pub async fn replace(
    State(app): State<App>,
    CanEditPlans(actor): CanEditPlans,
    PathId(id): PathId<Id<id::PlanDraft>>,
    Body(body): Body<DraftIn>,
) -> Answer<Json<DraftOut>> {
    let (row, ground) = write::replace(&app, &actor, id, body).await?;
    Ok(Json(DraftOut::of(app.records.read(), row, &ground, app.ambient.now()).await?))
}

/// Throw a draft away.
#[utoipa::path(
    delete, path = "/v1/plan-drafts/{id}", tag = "plans", params(("id" = Id<id::PlanDraft>, Path)),
    responses((status = 204))
)]
pub async fn discard(
    State(app): State<App>,
    CanEditPlans(actor): CanEditPlans,
    PathId(id): PathId<Id<id::PlanDraft>>,
) -> Answer<StatusCode> {
    write::discard(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
