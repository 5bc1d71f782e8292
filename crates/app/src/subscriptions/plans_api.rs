//! Subscription plans and reminders over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Money, Page, PageQuery, Timestamp, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::{
    entity::{
        Days, SubscriptionPeriod,
        plan::{Column, Entity, Model},
    },
    plans::{self, NewSubscriptionPlan, SubscriptionPlanChange},
    store,
    terms::{self, Reminders},
};
use crate::{
    App,
    identity::permissions::{CanBillAdvertisers, CanReadReceivables},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        listing::newest_first,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "spl_01KAMX4S5T0000000000000000", "name": "Growth", "price": {"minor": 4900, "currency": "EUR"},
    "period": "month", "trial_days": 14, "version": 1, "is_archived": false, "running": 12,
    "created_at": "2026-11-01T09:30:00.000Z", "updated_at": "2026-11-01T09:30:00.000Z"
}))]
pub struct SubscriptionPlanOut {
    pub id: Id<id::SubscriptionPlan>,
    pub name: String,
    /// For new subscriptions: for a whole period, without tax.
    pub price: Money,
    pub period: SubscriptionPeriod,
    pub trial_days: i32,
    /// Of the price; from one on.
    pub version: i32,
    pub is_archived: bool,
    /// How many subscriptions run by it.
    pub running: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl SubscriptionPlanOut {
    fn of(row: Model, running: i64) -> Self {
        Self {
            price: row.price(),
            id: row.id,
            name: row.name,
            period: row.period,
            trial_days: row.trial_days,
            version: row.version,
            is_archived: row.archived_at.is_some(),
            running,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SubscriptionPlanFilter {
    /// Only those that take new subscriptions, or only those that take none.
    pub is_archived: Option<bool>,
}

/// Plans that advertisers subscribe to, newest first.
#[utoipa::path(
    get, path = "/v1/subscription-plans", tag = "subscriptions", operation_id = "list_subscription_plans",
    params(SubscriptionPlanFilter, PageQuery), responses((status = 200, body = Page<SubscriptionPlanOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadReceivables(actor): CanReadReceivables,
    Params(filter): Params<SubscriptionPlanFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<SubscriptionPlanOut>>> {
    let conn = app.records.read();
    let mut query = Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    match filter.is_archived {
        Some(true) => query = query.filter(Column::ArchivedAt.is_not_null()),
        Some(false) => query = query.filter(Column::ArchivedAt.is_null()),
        None => {}
    }
    let rows = newest_first::<_, id::SubscriptionPlan>(conn, query, Column::Id, &page).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let running = store::running(conn, actor.tenant, &ids).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    Ok(Json(rows.map(|row| {
        let count = running.get(&row.id).copied().unwrap_or_default();
        SubscriptionPlanOut::of(row, count)
    })))
}

/// Make a plan that advertisers subscribe to.
#[utoipa::path(
    post, path = "/v1/subscription-plans", tag = "subscriptions", operation_id = "create_subscription_plan",
    request_body = NewSubscriptionPlan, responses((status = 201, body = SubscriptionPlanOut))
)]
pub async fn create(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    Body(new): Body<NewSubscriptionPlan>,
) -> Answer<(StatusCode, Json<SubscriptionPlanOut>)> {
    let row = plans::create(&app, &actor, &new).await?;
    Ok((StatusCode::CREATED, Json(SubscriptionPlanOut::of(row, 0))))
}

/// Change a plan. Another price holds for new subscriptions, and for running ones from their next period on where that is
/// said; nothing that was charged changes.
#[utoipa::path(
    patch, path = "/v1/subscription-plans/{id}", tag = "subscriptions", operation_id = "change_subscription_plan",
    params(("id" = Id<id::SubscriptionPlan>, Path)), request_body = SubscriptionPlanChange,
    responses((status = 200, body = SubscriptionPlanOut))
)]
pub async fn change(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::SubscriptionPlan>>,
    Body(change): Body<SubscriptionPlanChange>,
) -> Answer<Json<SubscriptionPlanOut>> {
    let row = plans::change(&app, &actor, id, &change).await?;
    let running = store::running(app.records.read(), actor.tenant, &[id]).await?.get(&id).copied();
    Ok(Json(SubscriptionPlanOut::of(row, running.unwrap_or_default())))
}

/// When to remind of an invoice with a subscription's fee that is overdue, and when to pause.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"reminder_days": [3, 7, 14], "pause_days": 21}))]
#[serde(deny_unknown_fields)]
pub struct SubscriptionReminders {
    /// Days after it was due, each after the one before.
    pub reminder_days: Days,
    /// Days after it was due at which the subscription is paused and offers stop.
    pub pause_days: i32,
}

impl From<Reminders> for SubscriptionReminders {
    fn from(it: Reminders) -> Self {
        Self { reminder_days: it.reminder_days, pause_days: it.pause_days }
    }
}

/// When overdue fees of subscriptions are reminded of, and when subscriptions are paused.
#[utoipa::path(
    get, path = "/v1/subscription-reminders", tag = "subscriptions", operation_id = "show_subscription_reminders",
    responses((status = 200, body = SubscriptionReminders))
)]
pub async fn reminders(
    State(app): State<App>,
    CanReadReceivables(actor): CanReadReceivables,
) -> Answer<Json<SubscriptionReminders>> {
    Ok(Json(terms::of_workspace(app.records.read(), actor.tenant).await?.into()))
}

/// Set when overdue fees of subscriptions are reminded of, and when subscriptions are paused.
#[utoipa::path(
    put, path = "/v1/subscription-reminders", tag = "subscriptions", operation_id = "set_subscription_reminders",
    request_body = SubscriptionReminders, responses((status = 200, body = SubscriptionReminders))
)]
pub async fn set_reminders(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    Body(wanted): Body<SubscriptionReminders>,
) -> Answer<Json<SubscriptionReminders>> {
    let wanted = Reminders { reminder_days: wanted.reminder_days, pause_days: wanted.pause_days };
    terms::set(&app, &actor, &wanted).await?;
    Ok(Json(wanted.into()))
}
