//! Adjustments over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Money, Page, PageQuery, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::{
    alone,
    decide::{self, NewAdjustment},
    entity::adjustment::{AdjustmentKind, AdjustmentState, Column, Entity, Model},
};
use crate::{
    App,
    identity::{
        Actor, Role,
        permissions::{CanAdjust, CanReadAdjustments, CanSetWorkspace},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId, TEXT_CHARS_MAX, short_text},
        labels::Wanted,
        listing::newest_first,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "adj_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000", "kind": "bonus",
    "amount": {"minor": 5000, "currency": "EUR"}, "reason": "Ten more sales in October than in September",
    "conversion_id": null, "state": "booked", "requested_at": "2026-11-22T09:30:00.000Z",
    "requested_by": "usr_01KAMX4S5T0000000000000000", "decided_by": null, "decided_at": null, "decision_note": null,
    "entry_id": "ent_01KAMX4S5T0000000000000000"
}))]
pub struct AdjustmentOut {
    pub id: Id<id::Adjustment>,
    pub partner_id: Id<id::Partner>,
    pub kind: AdjustmentKind,
    /// What the partner gains; below nought what it loses.
    pub amount: Money,
    pub reason: String,
    pub conversion_id: Option<Id<id::Conversion>>,
    pub state: AdjustmentState,
    pub requested_at: Timestamp,
    /// For staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_by: Option<Id<id::User>>,
    /// The second person, for staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Id<id::User>>,
    pub decided_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_note: Option<String>,
    /// Its entry in the book.
    pub entry_id: Option<Id<id::BookEntry>>,
}

impl AdjustmentOut {
    fn of(row: Model, actor: &Actor) -> Self {
        let staff = actor.role.is_staff();
        Self {
            id: row.id,
            partner_id: row.partner_id,
            kind: row.kind,
            amount: Money::new(row.amount_minor, row.currency()),
            reason: row.reason,
            conversion_id: row.conversion_id,
            state: row.state,
            requested_at: row.requested_at,
            requested_by: staff.then_some(row.requested_by),
            decided_by: row.decided_by.filter(|_| staff),
            decided_at: row.decided_at,
            decision_note: row.decision_note.filter(|_| staff),
            entry_id: row.entry_id,
        }
    }
}

/// Give a partner a bonus, correct a mistake, or take something back. Above the workspace's limit it waits for a second
/// person.
#[utoipa::path(
    post, path = "/v1/adjustments", tag = "payouts", request_body = NewAdjustment,
    responses((status = 201, body = AdjustmentOut))
)]
pub async fn ask(
    State(app): State<App>,
    CanAdjust(actor): CanAdjust,
    Body(new): Body<NewAdjustment>,
) -> Answer<(StatusCode, Json<AdjustmentOut>)> {
    let row = decide::ask(&app, &actor, &new).await?;
    Ok((StatusCode::CREATED, Json(AdjustmentOut::of(row, &actor))))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AdjustmentFilter {
    pub partner_id: Option<Id<id::Partner>>,
    pub state: Option<AdjustmentState>,
}

/// Adjustments, newest first. A partner sees its own that are booked.
#[utoipa::path(
    get, path = "/v1/adjustments", tag = "payouts", params(AdjustmentFilter, PageQuery),
    responses((status = 200, body = Page<AdjustmentOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadAdjustments(actor): CanReadAdjustments,
    Params(filter): Params<AdjustmentFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<AdjustmentOut>>> {
    let mut query = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    if actor.role == Role::Partner {
        query = query.filter(Column::PartnerId.eq(actor.partner)).filter(Column::State.eq(AdjustmentState::Booked));
    }
    if let Some(partner) = filter.partner_id {
        query = query.filter(Column::PartnerId.eq(partner));
    }
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state));
    }
    let rows = newest_first::<_, id::Adjustment>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(|row| AdjustmentOut::of(row, &actor));
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.partner_id))
        .with(rows.items.iter().flat_map(|row| [row.requested_by, row.decided_by]).flatten());
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

/// Approve an adjustment that waits. Whoever asked for it may not.
#[utoipa::path(
    post, path = "/v1/adjustments/{id}/approve", tag = "payouts", params(("id" = Id<id::Adjustment>, Path)),
    responses((status = 200, body = AdjustmentOut), (status = 409, description = "`second_person_needed`"))
)]
pub async fn approve(
    State(app): State<App>,
    CanAdjust(actor): CanAdjust,
    PathId(id): PathId<Id<id::Adjustment>>,
) -> Answer<Json<AdjustmentOut>> {
    let row = decide::decide(&app, &actor, id, None).await?;
    Ok(Json(AdjustmentOut::of(row, &actor)))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"note": "the month is not over"}))]
#[serde(deny_unknown_fields)]
pub struct Refused {
    pub note: String,
}

/// Refuse an adjustment that waits. Whoever asked for it may not.
#[utoipa::path(
    post, path = "/v1/adjustments/{id}/refuse", tag = "payouts", params(("id" = Id<id::Adjustment>, Path)),
    request_body = Refused,
    responses((status = 200, body = AdjustmentOut), (status = 409, description = "`second_person_needed`"))
)]
pub async fn refuse(
    State(app): State<App>,
    CanAdjust(actor): CanAdjust,
    PathId(id): PathId<Id<id::Adjustment>>,
    Body(body): Body<Refused>,
) -> Answer<Json<AdjustmentOut>> {
    let note = short_text("note", &body.note, TEXT_CHARS_MAX)?;
    let row = decide::decide(&app, &actor, id, Some(note)).await?;
    Ok(Json(AdjustmentOut::of(row, &actor)))
}

/// What one person may do to one partner in a day.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"limit_minor": 10000}))]
#[serde(deny_unknown_fields)]
pub struct AdjustmentLimit {
    /// In minor units of the reporting currency; anything where absent.
    pub limit_minor: Option<i64>,
}

/// Above which amount an adjustment takes two people.
#[utoipa::path(
    get, path = "/v1/adjustment-limit", tag = "payouts", responses((status = 200, body = AdjustmentLimit))
)]
pub async fn limit(State(app): State<App>, CanAdjust(actor): CanAdjust) -> Answer<Json<AdjustmentLimit>> {
    let limit_minor = alone::limit_of(app.records.read(), actor.tenant).await?;
    Ok(Json(AdjustmentLimit { limit_minor }))
}

/// Set above which amount an adjustment takes two people.
#[utoipa::path(
    put, path = "/v1/adjustment-limit", tag = "payouts", request_body = AdjustmentLimit,
    responses((status = 200, body = AdjustmentLimit))
)]
pub async fn set_limit(
    State(app): State<App>,
    CanSetWorkspace(actor): CanSetWorkspace,
    Body(body): Body<AdjustmentLimit>,
) -> Answer<Json<AdjustmentLimit>> {
    decide::set_limit(&app, &actor, body.limit_minor).await?;
    Ok(Json(body))
}
