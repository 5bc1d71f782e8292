//! Months of RevShare: preview, close, and what was closed.

use std::collections::HashMap;

use axum::{Json, extract::State};
use jiff::ToSpan as _;
use kernel::{Currency, Decimal8, Id, Page, Timestamp, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    App, advertisers,
    identity::{
        Actor,
        permissions::{CanEditRevenueShare, CanReadRevenueShare},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
    results::{
        close::{self, Draft},
        entity::{formula, part, statement, terms},
        model::{CarriedMonth, CarryRule, CustomerFigures, Month, ShareTier, ShareTierMode},
        rules::{formula as net_revenue, share},
        store::{self, MonthFilter},
    },
    workspaces,
};

/// A partner's month with an advertiser. Amounts are minor units of its currency.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "rss_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "month": "2026-11", "currency": "EUR",
    "formula": "bets - wins - bonus",
    "figures": {
        "deposits": 500000, "bets": 2000000, "wins": 1600000, "bonus": 50000, "chargeback": 0, "fees": 0, "tax": 0,
        "deposits_count": 40, "bets_count": 1200
    },
    "customers": 18, "net_revenue_minor": 350000, "correction_minor": -1500, "apart_minor": 0,
    "carried_in_minor": -50000, "base_minor": 300000, "carried_out_minor": 0, "carried_out": [],
    "tiers": [{"from_minor": 0, "percent": "30"}], "tier_mode": "whole", "percent": "30", "carry": "carry",
    "carry_months": 0, "earned_minor": 90000, "charged_minor": 135000, "from_conversions_minor": 40000,
    "lock_at": "2026-12-19T23:00:00.000Z", "locked_at": null, "closed_at": "2026-12-05T23:00:00.000Z"
}))]
pub struct MonthOut {
    /// Absent in a preview.
    pub id: Option<Id<id::RevenueShareStatement>>,
    pub advertiser_id: Id<id::Advertiser>,
    pub partner_id: Id<id::Partner>,
    pub month: String,
    pub currency: Currency,
    /// The formula in plain words, as it was then.
    pub formula: String,
    /// Corrections of earlier months among them.
    pub figures: CustomerFigures,
    pub customers: i64,
    /// What counts, without what is kept apart.
    pub net_revenue_minor: i64,
    /// Net revenue of what corrects days of earlier months.
    pub correction_minor: i64,
    /// By how much high rollers' own accounts changed.
    pub apart_minor: i64,
    /// Negative months from before, or nought.
    pub carried_in_minor: i64,
    /// Of what the percentage is taken.
    pub base_minor: i64,
    pub carried_out_minor: i64,
    pub carried_out: Vec<CarriedMonth>,
    pub tiers: Vec<ShareTier>,
    pub tier_mode: ShareTierMode,
    /// The percentage of the tier that was reached.
    pub percent: Decimal8,
    pub carry: CarryRule,
    pub carry_months: i32,
    pub earned_minor: i64,
    /// Not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charged_minor: Option<i64>,
    /// What the partner earned from single conversions with the advertiser in the month: the CPA of a hybrid deal.
    pub from_conversions_minor: i64,
    /// When it becomes payable.
    pub lock_at: Timestamp,
    pub locked_at: Option<Timestamp>,
    pub closed_at: Timestamp,
}

/// What is shown beside statements.
struct Beside {
    formulas: HashMap<Id<id::NetRevenueFormula>, formula::Model>,
    terms: HashMap<Id<id::RevenueShareTerms>, terms::Model>,
    zone: jiff::tz::TimeZone,
}

impl Beside {
    async fn read(conn: &impl ConnectionTrait, actor: &Actor, rows: &[statement::Model]) -> Answer<Self> {
        let mine = formula::Column::WorkspaceId.eq(actor.tenant.id());
        let named = mine.and(formula::Column::Id.is_in(rows.iter().map(|row| row.formula_id)));
        let formulas = formula::Entity::find().filter(named).all(conn).await?;
        let mine = terms::Column::WorkspaceId.eq(actor.tenant.id());
        let named = mine.and(terms::Column::Id.is_in(rows.iter().map(|row| row.terms_id)));
        let agreed = terms::Entity::find().filter(named).all(conn).await?;
        Ok(Self {
            formulas: formulas.into_iter().map(|row| (row.id, row)).collect(),
            terms: agreed.into_iter().map(|row| (row.id, row)).collect(),
            zone: workspaces::store::get(conn, actor.tenant).await?.zone()?,
        })
    }

    async fn out(
        &self,
        conn: &impl ConnectionTrait,
        actor: &Actor,
        row: statement::Model,
        is_closed: bool,
    ) -> Answer<MonthOut> {
        let month: Month = row.month.parse()?;
        let start = Timestamp::start_of_day(month.first_day(), &self.zone);
        let end = Timestamp::start_of_day(month.last_day().saturating_add(1.day()), &self.zone);
        let from_conversions_minor = store::from_conversions(conn, &row, (start, end)).await?;
        let terms = self.terms.get(&row.terms_id);
        let tiers = terms.map(|terms| terms.tiers.0.clone()).unwrap_or_default();
        let formula = self.formulas.get(&row.formula_id);
        Ok(MonthOut {
            id: is_closed.then_some(row.id),
            advertiser_id: row.advertiser_id,
            partner_id: row.partner_id,
            currency: row.currency(),
            formula: formula.map(|formula| net_revenue::words(&formula.terms.0)).unwrap_or_default(),
            figures: row.figures,
            customers: row.customers_count,
            net_revenue_minor: row.net_minor,
            correction_minor: row.correction_minor,
            apart_minor: row.apart_minor,
            carried_in_minor: row.carried_in_minor,
            base_minor: row.base_minor,
            carried_out_minor: row.carried_out_minor,
            carried_out: row.carried_out.0,
            percent: share::percent_at(&tiers, row.base_minor),
            tiers,
            tier_mode: terms.map(|terms| terms.tier_mode).unwrap_or_default(),
            carry: terms.map(|terms| terms.carry).unwrap_or_default(),
            carry_months: terms.map_or(0, |terms| terms.carry_months),
            earned_minor: row.earned_minor,
            charged_minor: actor.role.is_staff().then_some(row.charged_minor),
            from_conversions_minor,
            lock_at: row.lock_at,
            locked_at: row.locked_at,
            closed_at: row.created_at,
            month: row.month,
        })
    }
}

/// Closed months of RevShare, newest first. A partner sees its own.
#[utoipa::path(
    get, path = "/v1/revenue-share/months", tag = "results", params(MonthFilter, PageQuery),
    responses((status = 200, body = Page<MonthOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadRevenueShare(actor): CanReadRevenueShare,
    Params(filter): Params<MonthFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<MonthOut>>> {
    let records = app.records.read();
    let rows = store::statements(records, &actor, &filter, &page).await?;
    let Page { items, next_cursor, .. } = Page::from_rows(rows, &page, |row| row.id);
    let wanted =
        Wanted::default().with(items.iter().map(|row| row.advertiser_id)).with(items.iter().map(|row| row.partner_id));
    let beside = Beside::read(records, &actor, &items).await?;
    let mut shown = Page { next_cursor, ..Page::whole(Vec::with_capacity(items.len())) };
    for row in items {
        shown.items.push(beside.out(records, &actor, row, true).await?);
    }
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}

/// A customer's part of a month.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "customer": "player-118", "figures": {
        "deposits": 10000, "bets": 25000, "wins": 18050, "bonus": 0, "chargeback": 0, "fees": 0, "tax": 0,
        "deposits_count": 2, "bets_count": 0
    },
    "net_revenue_minor": 6950, "counted_minor": 6950, "apart_before_minor": 0, "apart_after_minor": 0
}))]
pub struct MonthPartOut {
    /// The advertiser's own id of the customer.
    pub customer: String,
    pub figures: CustomerFigures,
    pub net_revenue_minor: i64,
    /// What of it counts for the partner.
    pub counted_minor: i64,
    /// What stood on a high roller's own account before: negative, or nought.
    pub apart_before_minor: i64,
    pub apart_after_minor: i64,
}

/// The customers of a closed month, those with the least net revenue first.
#[utoipa::path(
    get, path = "/v1/revenue-share/months/{id}/customers", tag = "results",
    params(("id" = Id<id::RevenueShareStatement>, Path)), responses((status = 200, body = Page<MonthPartOut>))
)]
pub async fn customers(
    State(app): State<App>,
    CanReadRevenueShare(actor): CanReadRevenueShare,
    PathId(id): PathId<Id<id::RevenueShareStatement>>,
) -> Answer<Json<Page<MonthPartOut>>> {
    let records = app.records.read();
    let row = store::statement(records, &actor, id).await?;
    let parts = store::parts_of(records, actor.tenant, row.id).await?;
    let ids: Vec<_> = parts.iter().map(|part| part.customer_id).collect();
    let customers = store::customers(records, actor.tenant, &ids).await?;
    let shown = parts.into_iter().map(|part| {
        let part::Model { customer_id, figures, net_minor, counted_minor, .. } = part;
        MonthPartOut {
            customer: customers.get(&customer_id).map(|row| row.external_id.clone()).unwrap_or_default(),
            figures,
            net_revenue_minor: net_minor,
            counted_minor,
            apart_before_minor: part.apart_before_minor,
            apart_after_minor: part.apart_after_minor,
        }
    });
    Ok(Json(Page::whole(shown.collect())))
}

/// A month of an advertiser.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"advertiser_id": "adv_01KAMX4S5T0000000000000000", "month": "2026-11"}))]
pub struct MonthIn {
    pub advertiser_id: Id<id::Advertiser>,
    pub month: Month,
}

/// A month worked out.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"month": "2026-11", "statements": [], "unowned_customers": 2, "without_terms": 0, "labels": {}}))]
pub struct MonthDraftOut {
    pub month: String,
    pub statements: Vec<MonthOut>,
    /// Customers with figures who belong to no partner yet: they wait for a later month.
    pub unowned_customers: usize,
    /// Customers of partners without a deal: their figures are counted for nothing.
    pub without_terms: usize,
    /// Names of the partners.
    pub labels: std::collections::BTreeMap<String, String>,
}

impl MonthDraftOut {
    async fn of(app: &App, actor: &Actor, draft: Draft, is_closed: bool) -> Answer<Self> {
        let records = app.records.read();
        let rows: Vec<_> = draft.statements.into_iter().map(|(row, _)| row).collect();
        let wanted = Wanted::default().with(rows.iter().map(|row| row.partner_id));
        let beside = Beside::read(records, actor, &rows).await?;
        let mut statements = Vec::with_capacity(rows.len());
        for row in rows {
            statements.push(beside.out(records, actor, row, is_closed).await?);
        }
        Ok(Self {
            month: draft.month.to_string(),
            statements,
            unowned_customers: draft.unowned_count,
            without_terms: draft.without_terms_count,
            labels: wanted.read(records, actor.tenant).await?,
        })
    }
}

/// Work a month out as it stands now, without closing it.
#[utoipa::path(
    post, path = "/v1/revenue-share/preview", tag = "results", request_body = MonthIn,
    responses((status = 200, body = MonthDraftOut))
)]
pub async fn preview(
    State(app): State<App>,
    CanEditRevenueShare(actor): CanEditRevenueShare,
    Body(wanted): Body<MonthIn>,
) -> Answer<Json<MonthDraftOut>> {
    let records = app.records.read();
    let advertiser = advertisers::store::get(records, actor.tenant, wanted.advertiser_id).await?;
    let draft = close::work_out(&app, records, actor.tenant, advertiser.id, wanted.month).await?;
    Ok(Json(MonthDraftOut::of(&app, &actor, draft, false).await?))
}

/// Close a month: what is earned is booked, and nothing of it is edited from then on.
#[utoipa::path(
    post, path = "/v1/revenue-share/close", tag = "results", request_body = MonthIn,
    responses((status = 200, body = MonthDraftOut))
)]
pub async fn close(
    State(app): State<App>,
    CanEditRevenueShare(actor): CanEditRevenueShare,
    Body(wanted): Body<MonthIn>,
) -> Answer<Json<MonthDraftOut>> {
    let advertiser = advertisers::store::get(app.records.read(), actor.tenant, wanted.advertiser_id).await?;
    let draft = close::close(&app, actor.author(), advertiser.id, wanted.month).await?;
    Ok(Json(MonthDraftOut::of(&app, &actor, draft, true).await?))
}
