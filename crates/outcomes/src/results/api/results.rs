//! What was reported, and its versions.

use axum::{Json, extract::State};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use serde::Serialize;

use crate::{
    App,
    identity::permissions::CanReadResults,
    platform::{
        Answer,
        body::{Params, PathId},
        labels::Wanted,
    },
    results::{
        entity::{change, result},
        model::{CustomerFigures, ResultDoor},
        store::{self, ResultFilter},
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "crs_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000",
    "customer_id": "cus_01KAMX4S5T0000000000000000", "customer": "player-118", "day": "2026-11-01", "currency": "EUR",
    "figures": {
        "deposits": 10000, "bets": 25000, "wins": 18050, "bonus": 0, "chargeback": 0, "fees": 0, "tax": 0,
        "deposits_count": 2, "bets_count": 0
    },
    "version": 1, "updated_at": "2026-11-02T06:00:00.000Z"
}))]
pub struct ResultOut {
    pub id: Id<id::CustomerResult>,
    pub advertiser_id: Id<id::Advertiser>,
    pub customer_id: Id<id::Customer>,
    /// The advertiser's own id of the customer.
    pub customer: String,
    pub day: String,
    pub currency: String,
    /// Minor units, and counts.
    pub figures: CustomerFigures,
    /// 1 as first said; each correction is one more.
    pub version: i32,
    pub updated_at: Timestamp,
}

impl ResultOut {
    fn of(row: result::Model, customer: String) -> Self {
        let result::Model { id, advertiser_id, customer_id, day, currency, figures, version, updated_at, .. } = row;
        Self { id, advertiser_id, customer_id, customer, day, currency, figures, version, updated_at }
    }
}

/// What customers did, newest first. An advertiser sees its own.
#[utoipa::path(
    get, path = "/v1/customer-results", tag = "results", params(ResultFilter, PageQuery),
    responses((status = 200, body = Page<ResultOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadResults(actor): CanReadResults,
    Params(filter): Params<ResultFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<ResultOut>>> {
    let records = app.records.read();
    let rows = store::results(records, &actor, &filter, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let ids: Vec<_> = rows.items.iter().map(|row| row.customer_id).collect();
    let customers = store::customers(records, actor.tenant, &ids).await?;
    let wanted = Wanted::default().with(rows.items.iter().map(|row| row.advertiser_id));
    let shown = rows.map(|row| {
        let customer = customers.get(&row.customer_id).map(|row| row.external_id.clone()).unwrap_or_default();
        ResultOut::of(row, customer)
    });
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "version": 2, "difference": {
        "deposits": 0, "bets": 0, "wins": -500, "bonus": 0, "chargeback": 0, "fees": 0, "tax": 0,
        "deposits_count": 0, "bets_count": 0
    },
    "door": "csv", "user_id": "usr_01KAMX4S5T0000000000000000", "at": "2026-11-09T06:00:00.000Z", "closed_month": null
}))]
pub struct ResultVersionOut {
    pub version: i32,
    /// By how much the figures changed.
    pub difference: CustomerFigures,
    pub door: ResultDoor,
    /// Absent for a postback.
    pub user_id: Option<Id<id::User>>,
    pub at: Timestamp,
    /// The month in whose close the difference was counted; absent while it is open.
    pub closed_month: Option<String>,
}

impl From<change::Model> for ResultVersionOut {
    fn from(row: change::Model) -> Self {
        let difference = row.figures();
        let change::Model { version, door, actor_id, at, closed_month, .. } = row;
        Self { version, difference, door, user_id: actor_id, at, closed_month }
    }
}

/// The versions of a customer's day, newest first: who said what when.
#[utoipa::path(
    get, path = "/v1/customer-results/{id}/versions", tag = "results",
    params(("id" = Id<id::CustomerResult>, Path)), responses((status = 200, body = Page<ResultVersionOut>))
)]
pub async fn versions(
    State(app): State<App>,
    CanReadResults(actor): CanReadResults,
    PathId(id): PathId<Id<id::CustomerResult>>,
) -> Answer<Json<Page<ResultVersionOut>>> {
    let records = app.records.read();
    let row = store::result(records, &actor, id).await?;
    let changes = store::changes_of(records, actor.tenant, row.id).await?;
    let wanted = Wanted::default().with(changes.iter().filter_map(|change| change.actor_id));
    let wanted = if actor.role.is_staff() { wanted } else { Wanted::default() };
    let shown = Page::whole(changes.into_iter().map(ResultVersionOut::from).collect());
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}
