//! Postings of traffic over HTTP.

use axum::{Json, extract::State};
use kernel::{Currency, Decimal8, Id, Page, Timestamp, id, paging::PageQuery};
use serde::Serialize;

use super::{
    entity::{accrual, posting},
    store::{self, PostingFilter},
};
use crate::{
    App,
    identity::{Actor, permissions::CanReadBalances},
    plans::model::{PlanSide, TrafficUnit},
    platform::{
        Answer,
        body::{Params, PathId},
        labels::Wanted,
    },
};

/// What a partner's clicks and views on an offer earned, as it was posted. Amounts are minor units of its currency.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "acp_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "day": "2026-11-22", "currency": "EUR", "clicks": 1410, "views": 0,
    "earned_minor": 493, "charged_minor": 705, "lock_at": "2026-12-06T23:00:00.000Z", "locked_at": null,
    "posted_at": "2026-11-23T00:00:00.000Z"
}))]
pub struct AccrualPostingOut {
    pub id: Id<id::AccrualPosting>,
    pub offer_id: Id<id::Offer>,
    pub partner_id: Id<id::Partner>,
    /// The last day it counts; what came in late of the days before it is in it too.
    pub day: String,
    pub currency: Currency,
    pub clicks: i64,
    pub views: i64,
    /// Whole minor units; what is left of one is carried to the next posting.
    pub earned_minor: i64,
    /// Not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charged_minor: Option<i64>,
    /// When it becomes payable.
    pub lock_at: Timestamp,
    pub locked_at: Option<Timestamp>,
    pub posted_at: Timestamp,
}

impl AccrualPostingOut {
    fn of(row: posting::Model, actor: &Actor) -> Self {
        Self {
            id: row.id,
            offer_id: row.offer_id,
            partner_id: row.partner_id,
            currency: row.currency(),
            day: row.day,
            clicks: row.clicks,
            views: row.views,
            earned_minor: row.earned_minor,
            charged_minor: actor.role.is_staff().then_some(row.charged_minor),
            lock_at: row.lock_at,
            locked_at: row.locked_at,
            posted_at: row.created_at,
        }
    }
}

/// What clicks and views earned, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/accruals", tag = "payouts", params(PostingFilter, PageQuery),
    responses((status = 200, body = Page<AccrualPostingOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    Params(filter): Params<PostingFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<AccrualPostingOut>>> {
    let records = app.records.read();
    let rows = Page::from_rows(store::page(records, &actor, &filter, &page).await?, &page, |row| row.id);
    let wanted = Wanted::default()
        .with(rows.items.iter().map(|row| row.offer_id))
        .with(rows.items.iter().map(|row| row.partner_id));
    let shown = rows.map(|row| AccrualPostingOut::of(row, &actor));
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}

/// What one link's clicks or views of a day count for by one rule.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "day": "2026-11-22", "link_id": "lnk_01KAMX4S5T0000000000000000", "side": "earnings",
    "rule_id": "rul_01KAMX4S5T0000000000000000", "unit": "click", "units": 1410, "rate": "0.0035"
}))]
pub struct AccrualOut {
    pub day: String,
    /// Absent where the address named offer and partner alone.
    pub link_id: Option<Id<id::Link>>,
    pub side: PlanSide,
    pub rule_id: Id<id::PlanRule>,
    pub unit: TrafficUnit,
    pub units: i64,
    /// For a click, or a thousand views, in whole units of the currency.
    pub rate: Decimal8,
}

impl From<accrual::Model> for AccrualOut {
    fn from(row: accrual::Model) -> Self {
        let rate = row.rate();
        let accrual::Model { day, link_id, side, rule_id, unit, units, .. } = row;
        Self { day, link_id, side, rule_id, unit, units, rate }
    }
}

/// The days, links and rules of a posting. A partner sees what it earns by them.
#[utoipa::path(
    get, path = "/v1/accruals/{id}/rows", tag = "payouts", params(("id" = Id<id::AccrualPosting>, Path)),
    responses((status = 200, body = Page<AccrualOut>))
)]
pub async fn rows(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    PathId(id): PathId<Id<id::AccrualPosting>>,
) -> Answer<Json<Page<AccrualOut>>> {
    let records = app.records.read();
    let posting = store::get(records, &actor, id).await?;
    let mut rows = store::rows_of(records, actor.tenant, [posting.id]).await?;
    rows.retain(|row| actor.role.is_staff() || row.side == PlanSide::Earnings);
    rows.truncate(store::ROWS_MAX as usize);
    let wanted = Wanted::default().with(rows.iter().filter_map(|row| row.link_id));
    let shown = Page::whole(rows.into_iter().map(AccrualOut::from).collect());
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}
