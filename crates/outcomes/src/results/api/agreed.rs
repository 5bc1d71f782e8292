//! Formulas of net revenue and terms of RevShare.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Currency, Decimal8, Id, Page, Refusal, Timestamp, id};
use serde::{Deserialize, Serialize};

use crate::{
    App, advertisers,
    identity::permissions::{CanEditRevenueShare, CanReadResults},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
    results::{
        agree::{self, NewFormula, NewTerms},
        entity::{formula, terms},
        model::{CarryRule, CustomerFigures, FormulaTerm, ShareTier, ShareTierMode},
        rules::formula as net_revenue,
        store,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "version": 2, "currency": "EUR", "close_after_days": 5,
    "terms": [{"percent": "100", "plus": ["bets"], "minus": ["wins", "bonus"]}],
    "words": "bets - wins - bonus",
    "example": {
        "figures": {
            "deposits": 50000, "bets": 200000, "wins": 160000, "bonus": 5000, "chargeback": 2000, "fees": 1500,
            "tax": 1000, "deposits_count": 4, "bets_count": 120
        },
        "net_revenue_minor": 35000
    },
    "created_at": "2026-11-01T09:30:00.000Z"
}))]
pub struct FormulaOut {
    pub version: i32,
    pub currency: Currency,
    pub close_after_days: Option<i32>,
    pub terms: Vec<FormulaTerm>,
    /// The formula in plain words.
    pub words: String,
    pub example: FormulaExample,
    pub created_at: Timestamp,
}

/// The formula worked out on some figures.
#[derive(Serialize, utoipa::ToSchema)]
pub struct FormulaExample {
    pub figures: CustomerFigures,
    pub net_revenue_minor: i64,
}

impl FormulaOut {
    fn of(row: formula::Model) -> Self {
        let currency = row.currency();
        let figures = net_revenue::example(10_i64.pow(currency.decimals().unwrap_or_default()));
        let net_revenue_minor = net_revenue::net_revenue(&row.terms.0, &figures).unwrap_or_default();
        Self {
            version: row.version,
            currency,
            close_after_days: row.close_after_days,
            words: net_revenue::words(&row.terms.0),
            terms: row.terms.0,
            example: FormulaExample { figures, net_revenue_minor },
            created_at: row.created_at,
        }
    }
}

/// How an advertiser's net revenue is worked out. An advertiser sees its own.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/net-revenue", tag = "results", params(("id" = Id<id::Advertiser>, Path)),
    responses((status = 200, body = FormulaOut))
)]
pub async fn show_formula(
    State(app): State<App>,
    CanReadResults(actor): CanReadResults,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<Json<FormulaOut>> {
    actor.require_advertiser(id)?;
    let records = app.records.read();
    let advertiser = advertisers::store::get(records, actor.tenant, id).await?;
    let row = store::formula(records, actor.tenant, advertiser.id).await?;
    Ok(Json(FormulaOut::of(row.ok_or_else(|| Refusal::not_found("formula"))?)))
}

/// Agree how an advertiser's net revenue is worked out, for the months that are closed from now on.
///
/// A term is a percentage of a signed sum of figures; the terms add up. The answer says the formula in words and works an
/// example out.
#[utoipa::path(
    put, path = "/v1/advertisers/{id}/net-revenue", tag = "results", params(("id" = Id<id::Advertiser>, Path)),
    request_body = NewFormula, responses((status = 200, body = FormulaOut))
)]
pub async fn set_formula(
    State(app): State<App>,
    CanEditRevenueShare(actor): CanEditRevenueShare,
    PathId(id): PathId<Id<id::Advertiser>>,
    Body(new): Body<NewFormula>,
) -> Answer<Json<FormulaOut>> {
    Ok(Json(FormulaOut::of(agree::set_formula(&app, &actor, id, new).await?)))
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "rst_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000",
    "partner_id": "prt_01KAMX4S5T0000000000000000", "partner_group": null, "starts_month": "2026-11",
    "tiers": [{"from_minor": 0, "percent": "30"}], "tier_mode": "whole", "carry": "carry", "carry_months": 0,
    "high_roller_minor": 1000000, "charge_percent": "45", "hold_days": 14, "created_at": "2026-11-01T09:30:00.000Z"
}))]
pub struct TermsOut {
    pub id: Id<id::RevenueShareTerms>,
    pub advertiser_id: Id<id::Advertiser>,
    pub partner_id: Option<Id<id::Partner>>,
    pub partner_group: Option<String>,
    pub starts_month: String,
    pub tiers: Vec<ShareTier>,
    pub tier_mode: ShareTierMode,
    pub carry: CarryRule,
    pub carry_months: i32,
    pub high_roller_minor: Option<i64>,
    pub charge_percent: Option<Decimal8>,
    pub hold_days: i32,
    pub created_at: Timestamp,
}

impl From<terms::Model> for TermsOut {
    fn from(row: terms::Model) -> Self {
        Self {
            id: row.id,
            advertiser_id: row.advertiser_id,
            partner_id: row.partner_id,
            partner_group: row.partner_group,
            starts_month: row.starts_month,
            tiers: row.tiers.0,
            tier_mode: row.tier_mode,
            carry: row.carry,
            carry_months: row.carry_months,
            high_roller_minor: row.high_roller_minor,
            charge_percent: row.charge_percent_e8.map(Decimal8::from_raw),
            hold_days: row.hold_days,
            created_at: row.created_at,
        }
    }
}

/// Agree on a share of net revenue, from a month on.
///
/// For a month, a partner's own terms hold before its group's, those before everyone's, and of each the latest to begin.
#[utoipa::path(
    post, path = "/v1/revenue-share/terms", tag = "results", request_body = NewTerms,
    responses((status = 201, body = TermsOut))
)]
pub async fn add_terms(
    State(app): State<App>,
    CanEditRevenueShare(actor): CanEditRevenueShare,
    Body(new): Body<NewTerms>,
) -> Answer<(StatusCode, Json<TermsOut>)> {
    Ok((StatusCode::CREATED, Json(agree::add_terms(&app, &actor, new).await?.into())))
}

/// With whom.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TermsFilter {
    #[param(value_type = String)]
    pub advertiser_id: Id<id::Advertiser>,
}

/// All that was agreed with an advertiser's partners, newest first.
#[utoipa::path(
    get, path = "/v1/revenue-share/terms", tag = "results", params(TermsFilter),
    responses((status = 200, body = Page<TermsOut>))
)]
pub async fn list_terms(
    State(app): State<App>,
    CanEditRevenueShare(actor): CanEditRevenueShare,
    Params(filter): Params<TermsFilter>,
) -> Answer<Json<Page<TermsOut>>> {
    let records = app.records.read();
    let rows = store::terms_of(records, actor.tenant, filter.advertiser_id).await?;
    let wanted = Wanted::default().with(rows.iter().filter_map(|row| row.partner_id));
    let shown = Page::whole(rows.into_iter().map(TermsOut::from).collect());
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}
