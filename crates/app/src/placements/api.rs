//! Placements over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Money, Page, PageQuery, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Select};
use serde::{Deserialize, Serialize};

use super::{
    agree::{self, NewPlacement, PlacementChange, WORDS_CHARS_MAX},
    decide::{self, ProofIn},
    model::{Column, Entity, Model, PlacementKind, PlacementState},
    rules,
};
use crate::{
    App,
    identity::{
        Actor, Role,
        permissions::{CanAcceptPlacements, CanEditPlacements, CanProvePlacements, CanReadPlacements},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId, long_text},
        labels::Wanted,
        listing::newest_first,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "plm_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000",
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "kind": "newsletter", "title": "First slot of the Sunday newsletter",
    "day": "2026-11-29", "terms": "40 000 readers, with the autumn creative", "fee": {"minor": 25000, "currency": "EUR"},
    "sample": null, "sample_cost": null, "state": "proven", "proof_url": "https://trailnotes.example/letter-48",
    "proof_note": null, "proven_at": "2026-11-29T09:30:00.000Z", "decision_note": null, "accepted_at": null,
    "entry_id": null, "returned_entry_id": null, "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct PlacementOut {
    pub id: Id<id::Placement>,
    pub partner_id: Id<id::Partner>,
    pub offer_id: Id<id::Offer>,
    pub kind: PlacementKind,
    pub title: String,
    /// When it is to be out.
    #[schema(value_type = String, format = Date)]
    pub day: String,
    /// What was agreed.
    pub terms: Option<String>,
    /// What the partner is paid once it is accepted.
    pub fee: Option<Money>,
    /// A product that the partner gets.
    pub sample: Option<String>,
    /// What the sample costs, for staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample_cost: Option<Money>,
    pub state: PlacementState,
    pub proof_url: Option<String>,
    pub proof_note: Option<String>,
    pub proven_at: Option<Timestamp>,
    /// For staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proven_by: Option<Id<id::User>>,
    /// Why it was sent back, cancelled or missed.
    pub decision_note: Option<String>,
    pub accepted_at: Option<Timestamp>,
    /// For staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_by: Option<Id<id::User>>,
    /// The second person, for staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconded_by: Option<Id<id::User>>,
    /// The fee in the book.
    pub entry_id: Option<Id<id::BookEntry>>,
    /// The fee taken back.
    pub returned_entry_id: Option<Id<id::BookEntry>>,
    /// For staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by: Option<Id<id::User>>,
    pub created_at: Timestamp,
}

impl PlacementOut {
    fn of(row: Model, actor: &Actor) -> Self {
        let staff = actor.role.is_staff();
        let money = |minor: Option<i64>| minor.map(|minor| Money::new(minor, row.currency()));
        Self {
            fee: money(row.fee_minor),
            sample_cost: money(row.sample_cost_minor).filter(|_| staff),
            state: if staff || row.state != PlacementState::Waiting { row.state } else { PlacementState::Proven },
            id: row.id,
            partner_id: row.partner_id,
            offer_id: row.offer_id,
            kind: row.kind,
            title: row.title,
            day: row.day,
            terms: row.terms,
            sample: row.sample,
            proof_url: row.proof_url,
            proof_note: row.proof_note,
            proven_at: row.proven_at,
            proven_by: row.proven_by.filter(|_| staff),
            decision_note: row.decision_note,
            accepted_at: row.accepted_at,
            accepted_by: row.accepted_by.filter(|_| staff),
            seconded_by: row.seconded_by.filter(|_| staff),
            entry_id: row.entry_id,
            returned_entry_id: row.returned_entry_id,
            created_by: staff.then_some(row.created_by),
            created_at: row.created_at,
        }
    }
}

/// Agree with a partner on a post, newsletter slot, stream or review. Nothing is paid before it is proven and accepted.
#[utoipa::path(
    post, path = "/v1/placements", tag = "payouts", request_body = NewPlacement,
    responses((status = 201, body = PlacementOut))
)]
pub async fn agree(
    State(app): State<App>,
    CanEditPlacements(actor): CanEditPlacements,
    Body(new): Body<NewPlacement>,
) -> Answer<(StatusCode, Json<PlacementOut>)> {
    let row = agree::agree(&app, &actor, &new).await?;
    Ok((StatusCode::CREATED, Json(PlacementOut::of(row, &actor))))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlacementFilter {
    pub partner_id: Option<Id<id::Partner>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub kind: Option<PlacementKind>,
    pub state: Option<PlacementState>,
    /// First day, such as `2026-11-22`.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

impl PlacementFilter {
    fn select(&self, actor: &Actor) -> Answer<Select<Entity>> {
        let mut query = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
        if actor.role == Role::Partner {
            query = query.filter(Column::PartnerId.eq(actor.partner));
        }
        let wanted = [
            self.partner_id.map(|partner| Column::PartnerId.eq(partner)),
            self.offer_id.map(|offer| Column::OfferId.eq(offer)),
            self.kind.map(|kind| Column::Kind.eq(kind)),
            self.state.map(|state| Column::State.is_in(states(state, actor))),
            self.from
                .as_deref()
                .map(|day| rules::day("from", day))
                .transpose()?
                .map(|day| Column::Day.gte(day.to_string())),
            self.to
                .as_deref()
                .map(|day| rules::day("to", day))
                .transpose()?
                .map(|day| Column::Day.lte(day.to_string())),
        ];
        Ok(wanted.into_iter().flatten().fold(query, |query, wish| query.filter(wish)))
    }
}

/// The states that look like `state` to the actor.
fn states(state: PlacementState, actor: &Actor) -> Vec<PlacementState> {
    match state {
        _ if actor.role.is_staff() => vec![state],
        PlacementState::Proven => vec![PlacementState::Proven, PlacementState::Waiting],
        PlacementState::Waiting => Vec::new(),
        _ => vec![state],
    }
}

/// Placements, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/placements", tag = "payouts", params(PlacementFilter, PageQuery),
    responses((status = 200, body = Page<PlacementOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadPlacements(actor): CanReadPlacements,
    Params(filter): Params<PlacementFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<PlacementOut>>> {
    let query = filter.select(&actor)?;
    let rows = newest_first::<_, id::Placement>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(|row| PlacementOut::of(row, &actor));
    let people = rows.items.iter().flat_map(|row| [row.created_by, row.proven_by, row.accepted_by, row.seconded_by]);
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.partner_id))
        .with(rows.items.iter().map(|row| row.offer_id))
        .with(people.flatten());
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

/// One placement.
#[utoipa::path(
    get, path = "/v1/placements/{id}", tag = "payouts", params(("id" = Id<id::Placement>, Path)),
    responses((status = 200, body = PlacementOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadPlacements(actor): CanReadPlacements,
    PathId(id): PathId<Id<id::Placement>>,
) -> Answer<Json<PlacementOut>> {
    let row = decide::load(app.records.read(), &actor, id).await?;
    Ok(Json(PlacementOut::of(row, &actor)))
}

/// Change what was agreed, until it is proven.
#[utoipa::path(
    patch, path = "/v1/placements/{id}", tag = "payouts", params(("id" = Id<id::Placement>, Path)),
    request_body = PlacementChange,
    responses((status = 200, body = PlacementOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn change(
    State(app): State<App>,
    CanEditPlacements(actor): CanEditPlacements,
    PathId(id): PathId<Id<id::Placement>>,
    Body(body): Body<PlacementChange>,
) -> Answer<Json<PlacementOut>> {
    let row = agree::change(&app, &actor, id, body).await?;
    Ok(Json(PlacementOut::of(row, &actor)))
}

/// Show that a placement was done: by its address, by a note, or by both.
#[utoipa::path(
    post, path = "/v1/placements/{id}/prove", tag = "payouts", params(("id" = Id<id::Placement>, Path)),
    request_body = ProofIn,
    responses((status = 200, body = PlacementOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn prove(
    State(app): State<App>,
    CanProvePlacements(actor): CanProvePlacements,
    PathId(id): PathId<Id<id::Placement>>,
    Body(body): Body<ProofIn>,
) -> Answer<Json<PlacementOut>> {
    let row = decide::prove(&app, &actor, id, &body).await?;
    Ok(Json(PlacementOut::of(row, &actor)))
}

/// Accept a placement that was proven: its fee is owed from then on. Above the limit of one person it waits for a second.
#[utoipa::path(
    post, path = "/v1/placements/{id}/accept", tag = "payouts", params(("id" = Id<id::Placement>, Path)),
    responses((status = 200, body = PlacementOut), (status = 409, description = "`illegal_move`, `second_person_needed`"))
)]
pub async fn accept(
    State(app): State<App>,
    CanAcceptPlacements(actor): CanAcceptPlacements,
    PathId(id): PathId<Id<id::Placement>>,
) -> Answer<Json<PlacementOut>> {
    let row = decide::accept(&app, &actor, id).await?;
    Ok(Json(PlacementOut::of(row, &actor)))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"note": "The link leads to another shop"}))]
#[serde(deny_unknown_fields)]
pub struct PlacementNote {
    /// Why, in words that the partner reads.
    pub note: String,
}

impl PlacementNote {
    fn read(&self) -> Answer<String> {
        Ok(long_text("note", &self.note, WORDS_CHARS_MAX)?)
    }
}

/// Say what a proof lacks: the placement is agreed again, for the partner to prove.
#[utoipa::path(
    post, path = "/v1/placements/{id}/send-back", tag = "payouts", params(("id" = Id<id::Placement>, Path)),
    request_body = PlacementNote,
    responses((status = 200, body = PlacementOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn send_back(
    State(app): State<App>,
    CanAcceptPlacements(actor): CanAcceptPlacements,
    PathId(id): PathId<Id<id::Placement>>,
    Body(body): Body<PlacementNote>,
) -> Answer<Json<PlacementOut>> {
    let row = decide::send_back(&app, &actor, id, body.read()?).await?;
    Ok(Json(PlacementOut::of(row, &actor)))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"note": "The letter went out without it"}))]
#[serde(deny_unknown_fields)]
pub struct MissedPlacement {
    /// Words that the partner reads.
    pub note: Option<String>,
}

/// Mark a placement whose day has passed without it. It may still be proven.
#[utoipa::path(
    post, path = "/v1/placements/{id}/miss", tag = "payouts", params(("id" = Id<id::Placement>, Path)),
    request_body = MissedPlacement,
    responses((status = 200, body = PlacementOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn miss(
    State(app): State<App>,
    CanEditPlacements(actor): CanEditPlacements,
    PathId(id): PathId<Id<id::Placement>>,
    Body(body): Body<MissedPlacement>,
) -> Answer<Json<PlacementOut>> {
    let row = decide::miss(&app, &actor, id, agree::words("note", body.note.as_deref())?).await?;
    Ok(Json(PlacementOut::of(row, &actor)))
}

/// Call a placement off. A fee that was owed or paid is taken back by an entry of its own: off what is payable, beyond it
/// as a debt.
#[utoipa::path(
    post, path = "/v1/placements/{id}/cancel", tag = "payouts", params(("id" = Id<id::Placement>, Path)),
    request_body = PlacementNote,
    responses((status = 200, body = PlacementOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn cancel(
    State(app): State<App>,
    CanAcceptPlacements(actor): CanAcceptPlacements,
    PathId(id): PathId<Id<id::Placement>>,
    Body(body): Body<PlacementNote>,
) -> Answer<Json<PlacementOut>> {
    let row = decide::cancel(&app, &actor, id, body.read()?).await?;
    Ok(Json(PlacementOut::of(row, &actor)))
}
