//! Enrollments.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use serde::Serialize;

use crate::{
    App,
    identity::permissions::{CanEditPartners, CanReadPartners, CanRequestEnrollments},
    offers::{
        enrollments::{self, EnrollmentChange, EnrollmentFilter, NewEnrollment},
        entity::enrollment::Model,
        terms::{ApprovedTrafficTypes, EnrollmentState},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "enr_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "state": "approved", "reason": null,
    "approved_traffic_types": [{"traffic_type": "adult", "proof": "seen on a call"}], "source": "a blog about rivers",
    "volume": null, "creatives": null, "created_at": "2026-11-22T09:30:00.000Z",
    "decided_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct EnrollmentOut {
    pub id: Id<id::Enrollment>,
    pub offer_id: Id<id::Offer>,
    pub partner_id: Id<id::Partner>,
    pub state: EnrollmentState,
    pub reason: Option<String>,
    pub approved_traffic_types: ApprovedTrafficTypes,
    pub source: Option<String>,
    pub volume: Option<String>,
    pub creatives: Option<String>,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
}

impl From<Model> for EnrollmentOut {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            offer_id: row.offer_id,
            partner_id: row.partner_id,
            state: row.state,
            reason: row.reason,
            approved_traffic_types: row.approved_traffic_types,
            source: row.source,
            volume: row.volume,
            creatives: row.creatives,
            created_at: row.created_at,
            decided_at: row.decided_at,
        }
    }
}

/// Enroll a partner on an offer, or as a partner ask for it.
#[utoipa::path(
    post, path = "/v1/enrollments", tag = "enrollments", request_body = NewEnrollment,
    responses((status = 201, body = EnrollmentOut))
)]
pub async fn create(
    State(app): State<App>,
    CanRequestEnrollments(actor): CanRequestEnrollments,
    Body(new): Body<NewEnrollment>,
) -> Answer<(StatusCode, Json<EnrollmentOut>)> {
    let row = enrollments::create(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Enrollments, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/enrollments", tag = "enrollments", params(EnrollmentFilter, PageQuery),
    responses((status = 200, body = Page<EnrollmentOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadPartners(actor): CanReadPartners,
    Params(filter): Params<EnrollmentFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<EnrollmentOut>>> {
    let rows = enrollments::page(app.records.read(), &actor, &filter, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(EnrollmentOut::from);
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.offer_id))
        .with(rows.items.iter().map(|row| row.partner_id));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

/// One enrollment.
#[utoipa::path(
    get, path = "/v1/enrollments/{id}", tag = "enrollments", params(("id" = Id<id::Enrollment>, Path)),
    responses((status = 200, body = EnrollmentOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadPartners(actor): CanReadPartners,
    PathId(id): PathId<Id<id::Enrollment>>,
) -> Answer<Json<EnrollmentOut>> {
    Ok(Json(enrollments::get(app.records.read(), &actor, id).await?.into()))
}

/// Approve, reject, pause or end an enrollment, or approve traffic types. Answered when the local edge has seen it.
#[utoipa::path(
    patch, path = "/v1/enrollments/{id}", tag = "enrollments", params(("id" = Id<id::Enrollment>, Path)),
    request_body = EnrollmentChange, responses((status = 200, body = EnrollmentOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditPartners(actor): CanEditPartners,
    PathId(id): PathId<Id<id::Enrollment>>,
    Body(change): Body<EnrollmentChange>,
) -> Answer<Json<EnrollmentOut>> {
    Ok(Json(enrollments::update(&app, &actor, id, change).await?.into()))
}
