//! Caps over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery, period::Period};
use serde::Serialize;

use super::{
    change::{self, Decision, NewCap},
    edge_counts,
    entity::{cap::Model, counter},
    model::{
        CapDecision, CapFilter, CapKind, CapMetric, CapScope, CapState, CountedStatuses, GraceKind, OnReach, Thresholds,
    },
    rules::pacing::{self, Pacing},
    store::{self, CapFilterQuery},
    terms_in::CapTerms,
};
use crate::{
    App,
    identity::{
        Actor,
        permissions::{CanEditCaps, CanReadCaps},
    },
    platform::{
        Answer, Body, Problem,
        body::{Params, PathId},
        labels::Wanted,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "cap_01KAMX4S5T0000000000000000", "metric": "conversions", "period": "day", "scope": "partner",
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "goal_id": null, "partner_id": "prt_01KAMX4S5T0000000000000000", "source_id": null, "limit": 100,
    "currency": null, "timezone": "Europe/Warsaw", "counted": ["pending", "approved"], "on_reach": "redirect",
    "filter": {"countries": [], "goals": [], "sources": []}, "grace": "hours", "grace_hours": 2, "kind": "normal",
    "state": "active", "pacing": {
        "period_start": "2026-11-21T23:00:00.000Z", "period_end": "2026-11-22T23:00:00.000Z", "used": 40, "left": 60,
        "used_percent": 40, "reached_at": null, "full_at": "2026-11-22T21:00:00.000Z", "projected": 110
    }, "thresholds": [80, 100], "kpi": null, "decision": null, "decision_note": null,
    "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct CapOut {
    pub id: Id<id::Cap>,
    pub metric: CapMetric,
    pub period: Period,
    pub scope: CapScope,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub goal_id: Option<Id<id::Goal>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub source_id: Option<String>,
    /// Things, or minor units of `currency`.
    pub limit: i64,
    pub currency: Option<String>,
    pub timezone: String,
    pub counted: CountedStatuses,
    pub on_reach: OnReach,
    pub filter: CapFilter,
    pub grace: GraceKind,
    pub grace_hours: i32,
    pub kind: CapKind,
    pub state: CapState,
    /// Where it stands in its present period.
    pub pacing: PacingOut,
    pub created_at: Timestamp,
    /// For staff alone.
    #[serde(flatten)]
    pub inner: Option<InnerCap>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct PacingOut {
    /// Absent where the period is all of time.
    pub period_start: Option<Timestamp>,
    pub period_end: Option<Timestamp>,
    pub used: i64,
    pub left: i64,
    pub used_percent: i64,
    /// Since when there is no room.
    pub reached_at: Option<Timestamp>,
    /// When it is full at the present pace; absent where the period ends before.
    pub full_at: Option<Timestamp>,
    /// Used at the end of the period at the present pace.
    pub projected: Option<i64>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct InnerCap {
    pub thresholds: Thresholds,
    pub kpi: Option<String>,
    pub decision: Option<CapDecision>,
    pub decision_note: Option<String>,
}

impl CapOut {
    fn of(app: &App, row: Model, counter: Option<&counter::Model>, actor: &Actor) -> Result<Self, Problem> {
        let now = app.ambient.now();
        let span = row.period().around(now, &row.zone()?);
        let since = span.start.max(row.counted_from);
        let counted = counter.map_or(0, |counter| counter.used);
        let used = if row.metric.is_traffic() { edge_counts::used(app, row.id, now) } else { counted };
        let Pacing { used, left, used_percent, full_at, projected } =
            pacing::pacing(used, row.limit_count, span, since, now);
        let inner = actor.role.is_staff().then(|| InnerCap {
            thresholds: row.thresholds.clone(),
            kpi: row.kpi.clone(),
            decision: row.decision,
            decision_note: row.decision_note.clone(),
        });
        let pacing = PacingOut {
            period_start: span.ends().then_some(span.start),
            period_end: span.ends().then_some(span.end),
            used,
            left,
            used_percent,
            reached_at: counter.and_then(|counter| counter.reached_at),
            full_at,
            projected,
        };
        Ok(Self {
            id: row.id,
            metric: row.metric,
            period: row.period(),
            scope: row.scope,
            advertiser_id: row.advertiser_id,
            offer_id: row.offer_id,
            goal_id: row.goal_id,
            partner_id: row.partner_id,
            source_id: row.source_id,
            limit: row.limit_count,
            currency: row.currency,
            timezone: row.timezone,
            counted: row.counted,
            on_reach: row.on_reach,
            filter: row.filter,
            grace: row.grace,
            grace_hours: row.grace_hours,
            kind: row.kind,
            state: row.state,
            pacing,
            created_at: row.created_at,
            inner,
        })
    }
}

/// Make a cap. What was counted in its present period before counts too; a cap of the period `total` starts from nought.
#[utoipa::path(
    post, path = "/v1/caps", tag = "caps", request_body = NewCap, responses((status = 201, body = CapOut))
)]
pub async fn create(
    State(app): State<App>,
    CanEditCaps(actor): CanEditCaps,
    Body(new): Body<NewCap>,
) -> Answer<(StatusCode, Json<CapOut>)> {
    let row = change::create(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(one(&app, &actor, row).await?)))
}

/// Caps with their pacing, newest first. A partner sees what is left of the caps on its own offers.
#[utoipa::path(
    get, path = "/v1/caps", tag = "caps", params(CapFilterQuery, PageQuery),
    responses((status = 200, body = Page<CapOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadCaps(actor): CanReadCaps,
    Params(filter): Params<CapFilterQuery>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<CapOut>>> {
    let records = app.records.read();
    let rows = store::page(records, &actor, &filter, &page).await?;
    let now = app.ambient.now();
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let counters = store::counters_at(records, actor.tenant, &rows.items, now).await?;
    let wanted = Wanted::default()
        .with(rows.items.iter().filter_map(|row| row.advertiser_id).filter(|_| actor.partner.is_none()))
        .with(rows.items.iter().filter_map(|row| row.offer_id))
        .with(rows.items.iter().filter_map(|row| row.goal_id))
        .with(rows.items.iter().filter_map(|row| row.partner_id));
    let shown = rows.try_map(|row| {
        let counter = counters.get(&row.id);
        CapOut::of(&app, row, counter, &actor)
    })?;
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}

/// One cap with its pacing.
#[utoipa::path(
    get, path = "/v1/caps/{id}", tag = "caps", params(("id" = Id<id::Cap>, Path)),
    responses((status = 200, body = CapOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadCaps(actor): CanReadCaps,
    PathId(id): PathId<Id<id::Cap>>,
) -> Answer<Json<CapOut>> {
    let row = store::get_visible(app.records.read(), &actor, id).await?;
    Ok(Json(one(&app, &actor, row).await?))
}

/// Change a cap's terms. It is counted anew by them.
#[utoipa::path(
    patch, path = "/v1/caps/{id}", tag = "caps", params(("id" = Id<id::Cap>, Path)), request_body = CapTerms,
    responses((status = 200, body = CapOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditCaps(actor): CanEditCaps,
    PathId(id): PathId<Id<id::Cap>>,
    Body(terms): Body<CapTerms>,
) -> Answer<Json<CapOut>> {
    let row = change::update(&app, &actor, id, terms).await?;
    Ok(Json(one(&app, &actor, row).await?))
}

/// Decide on a test cap that was reached.
#[utoipa::path(
    post, path = "/v1/caps/{id}/decide", tag = "caps", params(("id" = Id<id::Cap>, Path)), request_body = Decision,
    responses((status = 200, body = CapOut))
)]
pub async fn decide(
    State(app): State<App>,
    CanEditCaps(actor): CanEditCaps,
    PathId(id): PathId<Id<id::Cap>>,
    Body(decision): Body<Decision>,
) -> Answer<Json<CapOut>> {
    let row = change::decide(&app, &actor, id, decision).await?;
    Ok(Json(one(&app, &actor, row).await?))
}

async fn one(app: &App, actor: &Actor, row: Model) -> Answer<CapOut> {
    let now = app.ambient.now();
    let rows = [row];
    let counters = store::counters_at(app.records.read(), actor.tenant, &rows, now).await?;
    let [row] = rows;
    let counter = counters.get(&row.id);
    CapOut::of(app, row, counter, actor)
}
