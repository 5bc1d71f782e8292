//! Offers themselves.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, id, paging::PageQuery};

use crate::{
    App,
    advertisers::managers::{self, SubjectKind, TermOut},
    identity::permissions::{CanEditOffers, CanReadOffers},
    offers::{
        change::{self, OfferChange},
        create::{self, NewOffer},
        store::{self, OfferFilter},
        view::{self, OfferOut},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
    },
};

/// Make an offer with its goals and first landing page. It is active at once unless said otherwise.
#[utoipa::path(
    post, path = "/v1/offers", tag = "offers", request_body = NewOffer, responses((status = 201, body = OfferOut))
)]
pub async fn create(
    State(app): State<App>,
    CanEditOffers(actor): CanEditOffers,
    Body(new): Body<NewOffer>,
) -> Answer<(StatusCode, Json<OfferOut>)> {
    let row = create::create(&app, &actor, new).await?;
    let shown = view::one(app.records.read(), &actor, row, app.ambient.now()).await?;
    Ok((StatusCode::CREATED, Json(shown)))
}

/// Offers, newest first. A partner sees those that are public, by approval, or its own; an advertiser its own.
#[utoipa::path(
    get, path = "/v1/offers", tag = "offers", params(OfferFilter, PageQuery),
    responses((status = 200, body = Page<OfferOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadOffers(actor): CanReadOffers,
    Params(filter): Params<OfferFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<OfferOut>>> {
    let records = app.records.read();
    let rows = store::page(records, &actor, &filter, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let items = view::shown(records, &actor, rows.items, app.ambient.now()).await?;
    let wanted = view::names(&actor, &items);
    let shown = Page { items, next_cursor: rows.next_cursor, labels: rows.labels };
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}

/// One offer with its goals and landing pages.
#[utoipa::path(
    get, path = "/v1/offers/{id}", tag = "offers", params(("id" = Id<id::Offer>, Path)),
    responses((status = 200, body = OfferOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadOffers(actor): CanReadOffers,
    PathId(id): PathId<Id<id::Offer>>,
) -> Answer<Json<OfferOut>> {
    let records = app.records.read();
    let row = store::get_visible(records, &actor, id).await?;
    Ok(Json(view::one(records, &actor, row, app.ambient.now()).await?))
}

/// Change an offer's terms or state. Answered when the local edge has seen it.
#[utoipa::path(
    patch, path = "/v1/offers/{id}", tag = "offers", params(("id" = Id<id::Offer>, Path)),
    request_body = OfferChange, responses((status = 200, body = OfferOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditOffers(actor): CanEditOffers,
    PathId(id): PathId<Id<id::Offer>>,
    Body(change): Body<OfferChange>,
) -> Answer<Json<OfferOut>> {
    let row = change::update(&app, &actor, id, change).await?;
    Ok(Json(view::one(app.records.read(), &actor, row, app.ambient.now()).await?))
}

/// Who was responsible for the offer, newest first.
#[utoipa::path(
    get, path = "/v1/offers/{id}/managers", tag = "offers", params(("id" = Id<id::Offer>, Path)),
    responses((status = 200, body = Page<TermOut>))
)]
pub async fn managers(
    State(app): State<App>,
    CanEditOffers(actor): CanEditOffers,
    PathId(id): PathId<Id<id::Offer>>,
) -> Answer<Json<Page<TermOut>>> {
    let records = app.records.read();
    store::get(records, actor.tenant, id).await?;
    Ok(Json(managers::history(records, actor.tenant, SubjectKind::Offer, id.uuid()).await?))
}
