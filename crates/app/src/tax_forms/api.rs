//! Tax forms over HTTP.

use axum::{Json, body::Body as RawBody, extract::State, http::StatusCode, response::Response};
use kernel::{Id, Page, PageQuery, Refusal, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::{
    entity::{Column, Entity, Model, TaxFormState},
    kinds::{KINDS, TaxFormKind, Terms},
    review::{self, ReviewTaxForm},
    store,
    submit::{self, NewTaxForm},
};
use crate::{
    App,
    identity::{
        Role,
        permissions::{CanReadTaxForms, CanReviewTaxForms, CanSubmitTaxForms},
    },
    partner_files::{self, kinds::FileKind, pdf::Pdf},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
        listing::newest_first,
    },
    workspaces,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "txf_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000", "kind": "w8_ben",
    "valid_until": "2029-12-31", "state": "accepted", "reason": null, "file_name": "W-8BEN.pdf", "file_bytes": 81234,
    "created_at": "2026-11-22T09:30:00.000Z", "reviewed_at": "2026-11-23T09:30:00.000Z"
}))]
pub struct TaxFormOut {
    pub id: Id<id::TaxForm>,
    pub partner_id: Id<id::Partner>,
    pub kind: TaxFormKind,
    /// Its last day, by the workspace's clock; always where absent.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_until: Option<String>,
    pub state: TaxFormState,
    /// What staff said to it.
    pub reason: Option<String>,
    pub file_name: Option<String>,
    pub file_bytes: i64,
    pub created_at: Timestamp,
    pub reviewed_at: Option<Timestamp>,
}

impl From<Model> for TaxFormOut {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            partner_id: row.partner_id,
            kind: row.kind,
            valid_until: row.valid_until,
            state: row.state,
            reason: row.reason,
            file_name: row.file_name,
            file_bytes: row.file_bytes,
            created_at: row.created_at,
            reviewed_at: row.reviewed_at,
        }
    }
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"items": [
    {"kind": "w8_ben", "title": "Form W-8BEN", "valid_until": "2029-12-31", "asks_for_last_day": false}
]}))]
pub struct TaxFormKinds {
    pub items: Vec<TaxFormKindOut>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct TaxFormKindOut {
    pub kind: TaxFormKind,
    /// As its authority calls it; absent where each country has its own name.
    pub title: Option<String>,
    /// The last day of one that is signed today, where the kind says.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_until: Option<String>,
    /// Whoever hands it in says its last day.
    pub asks_for_last_day: bool,
}

/// The kinds of tax forms, and how long each holds.
#[utoipa::path(get, path = "/v1/tax-form-kinds", tag = "tax_forms", operation_id = "list_tax_form_kinds", responses((status = 200, body = TaxFormKinds)))]
pub async fn kinds(State(app): State<App>, CanReadTaxForms(actor): CanReadTaxForms) -> Answer<Json<TaxFormKinds>> {
    let zone = workspaces::store::get(app.records.read(), actor.tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone);
    let shown = |terms: Terms| TaxFormKindOut {
        kind: terms.kind,
        title: terms.title.map(str::to_owned),
        valid_until: terms.last_day(today).map(|day| day.to_string()),
        asks_for_last_day: terms.asks_for_last_day(),
    };
    Ok(Json(TaxFormKinds { items: KINDS.into_iter().map(shown).collect() }))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TaxFormFilter {
    pub partner_id: Option<Id<id::Partner>>,
    pub state: Option<TaxFormState>,
}

/// Tax forms, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/tax-forms", tag = "tax_forms", operation_id = "list_tax_forms", params(TaxFormFilter, PageQuery),
    responses((status = 200, body = Page<TaxFormOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadTaxForms(actor): CanReadTaxForms,
    Params(filter): Params<TaxFormFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<TaxFormOut>>> {
    let mut query = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    if actor.role == Role::Partner {
        query = query.filter(Column::PartnerId.eq(actor.partner));
    }
    if let Some(partner) = filter.partner_id {
        query = query.filter(Column::PartnerId.eq(partner));
    }
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state));
    }
    let rows = newest_first::<_, id::TaxForm>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id).map(TaxFormOut::from);
    let wanted = Wanted::default().with(rows.items.iter().map(|row| row.partner_id));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

/// Hand a tax form in: a PDF of 5 MiB at most, which waits for staff.
#[utoipa::path(
    post, path = "/v1/partners/{id}/tax-forms", tag = "tax_forms", operation_id = "submit_tax_form",
    params(("id" = Id<id::Partner>, Path), NewTaxForm),
    request_body(content = String, content_type = "application/pdf", example = "%PDF-1.7\n%%EOF\n"),
    responses(
        (status = 201, body = TaxFormOut), (status = 409, description = "`already_exists`: this file is there"),
        (status = 422, description = "`invalid_fields`: no PDF, or no day until which it holds")
    )
)]
pub async fn create(
    State(app): State<App>,
    CanSubmitTaxForms(actor): CanSubmitTaxForms,
    PathId(id): PathId<Id<id::Partner>>,
    Params(new): Params<NewTaxForm>,
    body: RawBody,
) -> Answer<(StatusCode, Json<TaxFormOut>)> {
    actor.require_partner(id)?;
    let pdf = Pdf::read(new.name.as_deref(), body).await?;
    Ok((StatusCode::CREATED, Json(submit::submit(&app, &actor, id, &new, &pdf).await?.into())))
}

/// A tax form's file as it was handed in.
#[utoipa::path(
    get, path = "/v1/tax-forms/{id}/file", tag = "tax_forms", operation_id = "download_tax_form",
    params(("id" = Id<id::TaxForm>, Path)),
    responses((status = 200, content_type = "application/pdf", body = String, example = "%PDF-1.7"))
)]
pub async fn file(
    State(app): State<App>,
    CanReadTaxForms(actor): CanReadTaxForms,
    PathId(id): PathId<Id<id::TaxForm>>,
) -> Answer<Response> {
    let row = store::get(app.records.read(), actor.tenant, id).await?;
    if !actor.role.is_staff() && actor.partner != Some(row.partner_id) {
        return Err(Refusal::not_found("tax form").into());
    }
    partner_files::store::answer(&app, (actor.tenant, id.uuid()), (&format!("tax-form-{id}"), FileKind::Pdf)).await
}

/// Accept a tax form, or reject it and say why. One that was accepted may be rejected later.
#[utoipa::path(
    post, path = "/v1/tax-forms/{id}/review", tag = "tax_forms", operation_id = "review_tax_form",
    params(("id" = Id<id::TaxForm>, Path)), request_body = ReviewTaxForm,
    responses((status = 200, body = TaxFormOut), (status = 409, description = "`already_decided`, `deadline_passed`"))
)]
pub async fn review(
    State(app): State<App>,
    CanReviewTaxForms(actor): CanReviewTaxForms,
    PathId(id): PathId<Id<id::TaxForm>>,
    Body(wanted): Body<ReviewTaxForm>,
) -> Answer<Json<TaxFormOut>> {
    Ok(Json(review::review(&app, &actor, id, &wanted).await?.into()))
}
