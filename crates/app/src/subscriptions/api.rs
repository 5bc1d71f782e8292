//! Subscriptions over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, PageQuery, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::{
    entity::{
        SubscriptionState,
        subscription::{Column, Entity},
    },
    life::{self, NewSubscription, SubscriptionChange, SubscriptionEnd},
    shapes::{SubscriptionFeeOut, SubscriptionOut, SubscriptionPreviewOut},
    store,
};
use crate::{
    App, advertisers,
    identity::permissions::{CanBillAdvertisers, CanReadBilling, CanReadReceivables},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
        listing::newest_first,
    },
};

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SubscriptionFilter {
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub plan_id: Option<Id<id::SubscriptionPlan>>,
    pub state: Option<SubscriptionState>,
}

/// Subscriptions of advertisers, newest first.
#[utoipa::path(
    get, path = "/v1/subscriptions", tag = "subscriptions", operation_id = "list_subscriptions",
    params(SubscriptionFilter, PageQuery), responses((status = 200, body = Page<SubscriptionOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadReceivables(actor): CanReadReceivables,
    Params(filter): Params<SubscriptionFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<SubscriptionOut>>> {
    let conn = app.records.read();
    let wishes = [
        filter.advertiser_id.map(|advertiser| Column::AdvertiserId.eq(advertiser)),
        filter.plan_id.map(|plan| Column::PlanId.eq(plan)),
        filter.state.map(|state| Column::State.eq(state)),
    ];
    let mine = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    let query = wishes.into_iter().flatten().fold(mine, |query, wish| query.filter(wish));
    let rows = newest_first::<_, id::Subscription>(conn, query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let mut items = Vec::with_capacity(rows.items.len());
    for row in rows.items {
        items.push(SubscriptionOut::of(conn, row).await?);
    }
    let wanted = Wanted::default().with(items.iter().map(|row| row.advertiser_id));
    let shown = Page { items, next_cursor: rows.next_cursor, labels: rows.labels };
    Ok(Json(wanted.beside(shown, conn, actor.tenant).await?))
}

/// Start a subscription of an advertiser that has none: with the plan's trial, or with its first fee.
#[utoipa::path(
    post, path = "/v1/subscriptions", tag = "subscriptions", operation_id = "start_subscription",
    request_body = NewSubscription,
    responses(
        (status = 201, body = SubscriptionOut),
        (status = 409, description = "`already_exists`: one runs; `illegal_move`: the plan is archived")
    )
)]
pub async fn start(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    Body(new): Body<NewSubscription>,
) -> Answer<(StatusCode, Json<SubscriptionOut>)> {
    let row = life::start(&app, &actor, &new).await?;
    Ok((StatusCode::CREATED, Json(SubscriptionOut::of(app.records.read(), row).await?)))
}

/// One subscription.
#[utoipa::path(
    get, path = "/v1/subscriptions/{id}", tag = "subscriptions", operation_id = "show_subscription",
    params(("id" = Id<id::Subscription>, Path)), responses((status = 200, body = SubscriptionOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadReceivables(actor): CanReadReceivables,
    PathId(id): PathId<Id<id::Subscription>>,
) -> Answer<Json<SubscriptionOut>> {
    let row = store::get(app.records.read(), actor.tenant, id).await?;
    Ok(Json(SubscriptionOut::of(app.records.read(), row).await?))
}

/// An advertiser's subscription that runs, else its last one, and what it was charged lately.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"subscription": null, "fees": []}))]
pub struct AdvertiserSubscriptionOut {
    /// Absent where it never had one.
    pub subscription: Option<SubscriptionOut>,
    /// Newest first, 24 at most.
    pub fees: Vec<SubscriptionFeeOut>,
}

/// An advertiser's subscription: its plan, its state, the end of its trial, what is charged next, and what was charged lately.
/// An advertiser sees its own.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/subscription", tag = "subscriptions",
    operation_id = "show_advertiser_subscription", params(("id" = Id<id::Advertiser>, Path)),
    responses((status = 200, body = AdvertiserSubscriptionOut))
)]
pub async fn of_advertiser(
    State(app): State<App>,
    CanReadBilling(actor): CanReadBilling,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<Json<AdvertiserSubscriptionOut>> {
    actor.require_advertiser(id)?;
    let conn = app.records.read();
    advertisers::store::get(conn, actor.tenant, id).await?;
    let Some(row) = store::of_advertiser(conn, actor.tenant, id).await? else {
        return Ok(Json(AdvertiserSubscriptionOut { subscription: None, fees: Vec::new() }));
    };
    let fees = store::fees(conn, &row).await?.into_iter().map(SubscriptionFeeOut::from).collect();
    Ok(Json(AdvertiserSubscriptionOut { subscription: Some(SubscriptionOut::of(conn, row).await?), fees }))
}

/// What a change of plan would charge and give back, before it is made.
#[utoipa::path(
    post, path = "/v1/subscriptions/{id}/preview", tag = "subscriptions", operation_id = "preview_subscription_change",
    params(("id" = Id<id::Subscription>, Path)), request_body = SubscriptionChange,
    responses((status = 200, body = SubscriptionPreviewOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn preview(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::Subscription>>,
    Body(wanted): Body<SubscriptionChange>,
) -> Answer<Json<SubscriptionPreviewOut>> {
    let conn = app.records.read();
    let row = store::get(conn, actor.tenant, id).await?;
    let today = life::today(&app, conn, actor.tenant).await?;
    let outcome = life::changed(conn, &row, &wanted, today).await?;
    Ok(Json(SubscriptionPreviewOut::of(conn, outcome).await?))
}

/// Put a subscription on another plan: now, with the days of the period settled, or from its next period on.
#[utoipa::path(
    post, path = "/v1/subscriptions/{id}/change", tag = "subscriptions", operation_id = "change_subscription",
    params(("id" = Id<id::Subscription>, Path)), request_body = SubscriptionChange,
    responses(
        (status = 200, body = SubscriptionOut),
        (status = 409, description = "`illegal_move`: it is paused, over or about to end, or the plan is archived"),
        (status = 422, description = "`invalid_fields`: the plan it has, or one in another currency in the midst of a period")
    )
)]
pub async fn change(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::Subscription>>,
    Body(wanted): Body<SubscriptionChange>,
) -> Answer<Json<SubscriptionOut>> {
    let row = life::change(&app, &actor, id, &wanted).await?;
    Ok(Json(SubscriptionOut::of(app.records.read(), row).await?))
}

/// What the end of a subscription would give back, before it is cancelled.
#[utoipa::path(
    post, path = "/v1/subscriptions/{id}/preview-end", tag = "subscriptions", operation_id = "preview_subscription_end",
    params(("id" = Id<id::Subscription>, Path)), request_body = SubscriptionEnd,
    responses((status = 200, body = SubscriptionPreviewOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn preview_end(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::Subscription>>,
    Body(wanted): Body<SubscriptionEnd>,
) -> Answer<Json<SubscriptionPreviewOut>> {
    let conn = app.records.read();
    let row = store::get(conn, actor.tenant, id).await?;
    let today = life::today(&app, conn, actor.tenant).await?;
    let outcome = life::ended(conn, &row, wanted.from, today).await?;
    Ok(Json(SubscriptionPreviewOut::of(conn, outcome).await?))
}

/// Cancel a subscription: now, with the days that are not used given back, or with the end of its period or trial.
#[utoipa::path(
    post, path = "/v1/subscriptions/{id}/cancel", tag = "subscriptions", operation_id = "cancel_subscription",
    params(("id" = Id<id::Subscription>, Path)), request_body = SubscriptionEnd,
    responses((status = 200, body = SubscriptionOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn cancel(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::Subscription>>,
    Body(wanted): Body<SubscriptionEnd>,
) -> Answer<Json<SubscriptionOut>> {
    let row = life::cancel(&app, &actor, id, wanted.from).await?;
    Ok(Json(SubscriptionOut::of(app.records.read(), row).await?))
}

/// Keep a subscription that was to end with its period.
#[utoipa::path(
    post, path = "/v1/subscriptions/{id}/keep", tag = "subscriptions", operation_id = "keep_subscription",
    params(("id" = Id<id::Subscription>, Path)),
    responses((status = 200, body = SubscriptionOut), (status = 409, description = "`illegal_move`"))
)]
pub async fn keep(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::Subscription>>,
) -> Answer<Json<SubscriptionOut>> {
    let row = life::keep(&app, &actor, id).await?;
    Ok(Json(SubscriptionOut::of(app.records.read(), row).await?))
}
