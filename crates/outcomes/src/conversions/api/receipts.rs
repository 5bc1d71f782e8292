//! What senders said, and what they were told.

use axum::{Json, extract::State};
use kernel::{Id, Page, Refusal, Timestamp, id, paging::PageQuery};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Query, SelectStatement},
};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    conversions::decider,
    conversions::entity::{
        conversion,
        receipt::{Column, Entity, Model},
    },
    identity::{Actor, Role, permissions::CanReadConversions},
    platform::{
        Answer,
        body::{Params, PathId},
        labels::Wanted,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "receipt_id": "rcp_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000",
    "conversion_id": "cnv_01KAMX4S5T0000000000000000",
    "status": "pending", "reason": null, "message": "taken", "http_status": 200, "same_as": null, "is_test": false,
    "door": "postback", "trust": "token", "params": [["amount", "80.00"], ["order_id", "A-1001"]],
    "arrived_at": "2026-11-22T09:30:00.000Z", "decided_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct ReceiptOut {
    pub receipt_id: Id<id::Receipt>,
    /// Whose token, key or signature it came with, or whose offer it is about.
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub conversion_id: Option<Id<id::Conversion>>,
    /// As it was answered; `received` while it waits for its verdict.
    pub status: String,
    pub reason: Option<String>,
    pub message: String,
    pub http_status: i32,
    /// The first receipt equal in all fields, whose verdict this one repeats.
    pub same_as: Option<Id<id::Receipt>>,
    /// Its sender only tried (`test=1`): nothing was booked.
    pub is_test: bool,
    pub door: String,
    pub trust: String,
    /// Names and values, sorted, without secrets.
    #[schema(value_type = Vec<Vec<String>>)]
    pub params: serde_json::Value,
    pub arrived_at: Option<Timestamp>,
    pub decided_at: Option<Timestamp>,
}

impl ReceiptOut {
    fn waiting(receipt_id: Id<id::Receipt>) -> Self {
        Self {
            receipt_id,
            advertiser_id: None,
            conversion_id: None,
            status: "received".to_owned(),
            reason: None,
            message: "kept; it waits for its verdict".to_owned(),
            http_status: 202,
            same_as: None,
            is_test: false,
            door: String::new(),
            trust: String::new(),
            params: serde_json::Value::Array(Vec::new()),
            arrived_at: None,
            decided_at: None,
        }
    }
}

impl From<Model> for ReceiptOut {
    fn from(row: Model) -> Self {
        Self {
            receipt_id: row.id,
            advertiser_id: row.advertiser_id,
            conversion_id: row.conversion_id,
            status: row.status,
            reason: row.reason,
            message: row.message,
            http_status: row.http_status,
            same_as: row.same_as,
            is_test: row.is_test,
            door: row.door,
            trust: row.trust,
            params: row.params,
            arrived_at: Some(row.arrived_at),
            decided_at: Some(row.decided_at),
        }
    }
}

/// One receipt and its outcome.
#[utoipa::path(
    get, path = "/v1/receipts/{id}", tag = "receipts", params(("id" = Id<id::Receipt>, Path)),
    responses((status = 200, body = ReceiptOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadConversions(actor): CanReadConversions,
    PathId(id): PathId<Id<id::Receipt>>,
) -> Answer<Json<ReceiptOut>> {
    let waits = actor.role.is_staff() && decider::of(&app).is_some_and(|desk| desk.is_waiting(actor.tenant, id));
    match Entity::find_by_id(id).filter(own(&actor)?).one(app.records.read()).await? {
        Some(row) => Ok(Json(row.into())),
        None if waits => Ok(Json(ReceiptOut::waiting(id))),
        None => Err(Refusal::not_found("receipt").into()),
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReceiptFilter {
    pub conversion_id: Option<Id<id::Conversion>>,
    /// Status as it was answered.
    pub status: Option<String>,
    /// Reason code.
    pub reason: Option<String>,
}

/// The last calls of senders, newest first: for connecting a postback.
#[utoipa::path(
    get, path = "/v1/receipts", tag = "receipts", params(ReceiptFilter, PageQuery),
    responses((status = 200, body = Page<ReceiptOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadConversions(actor): CanReadConversions,
    Params(filter): Params<ReceiptFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<ReceiptOut>>> {
    let wanted = own(&actor)?
        .add_option(filter.conversion_id.map(|id| Column::ConversionId.eq(id)))
        .add_option(filter.status.map(|status| Column::Status.eq(status)))
        .add_option(filter.reason.map(|reason| Column::Reason.eq(reason)));
    let rows = rows(app.records.read(), wanted, page.after()?, page.limit() + 1).await?;
    let rows = Page::from_rows(rows, &page, |row| row.receipt_id);
    let wanted = Wanted::default()
        .with(rows.items.iter().filter_map(|row| row.advertiser_id))
        .with(rows.items.iter().filter_map(|row| row.conversion_id));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

/// At most `limit` of the wanted rows older than `before`, newest first.
pub async fn rows(
    conn: &impl ConnectionTrait,
    wanted: Condition,
    before: Option<Id<id::Receipt>>,
    limit: u64,
) -> Answer<Vec<ReceiptOut>> {
    let wanted = wanted.add_option(before.map(|before| Column::Id.lt(before)));
    let rows = Entity::find().filter(wanted).order_by_desc(Column::Id).limit(limit).all(conn).await?;
    Ok(rows.into_iter().map(ReceiptOut::from).collect())
}

/// Receipts are evidence: staff see all, partners none, an advertiser what came with its own proof or made a conversion
/// of its own.
pub fn own(actor: &Actor) -> Result<Condition, Refusal> {
    let in_workspace = Condition::all().add(Column::WorkspaceId.eq(actor.tenant.id()));
    match actor.role {
        Role::Partner => Err(Refusal::not_found("receipt")),
        Role::Advertiser => {
            let own_proof = Column::AdvertiserId.eq(actor.advertiser);
            Ok(in_workspace.add(own_proof.or(Column::ConversionId.in_subquery(own_conversions(actor)))))
        }
        _ => Ok(in_workspace),
    }
}

/// Ids of the workspace's conversions of an offer and a partner, where they are named.
pub fn conversions_of(
    actor: &Actor,
    offer: Option<Id<id::Offer>>,
    partner: Option<Id<id::Partner>>,
) -> SelectStatement {
    let mut select = Query::select();
    select
        .column(conversion::Column::Id)
        .from(conversion::Entity)
        .and_where(conversion::Column::WorkspaceId.eq(actor.tenant.id()));
    if let Some(offer) = offer {
        select.and_where(conversion::Column::OfferId.eq(offer));
    }
    if let Some(partner) = partner {
        select.and_where(conversion::Column::PartnerId.eq(partner));
    }
    select
}

fn own_conversions(actor: &Actor) -> SelectStatement {
    Query::select()
        .column(conversion::Column::Id)
        .from(conversion::Entity)
        .and_where(conversion::Column::WorkspaceId.eq(actor.tenant.id()))
        .and_where(conversion::Column::AdvertiserId.eq(actor.advertiser))
        .to_owned()
}
