//! What a partner has: balance, statement, and who is owed.

use axum::{Json, extract::State};
use kernel::{Currency, Id, Money, Page, PageQuery, id};
use ledger::{PartnerBalance, StatementLine};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::shapes::ExchangedOut;
use crate::{
    App,
    identity::permissions::{CanPay, CanReadBalances},
    partners::{
        model::{self as partner, PartnerState},
        store::get as get_partner,
    },
    payout_requirements::{entity::PayoutRequirement, hold::on_hold},
    payouts::{
        due::{self, Due},
        rules::{Share, share},
    },
    platform::{
        Answer,
        body::{Params, PathId},
        labels::Wanted,
    },
    workspaces,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"items": [{
    "currency": "EUR", "pending": 800, "approved": 0, "payable": 0, "in_transit": 0, "paid": 0, "debt": 0
}]}))]
pub struct BalanceOut {
    /// One per currency, in whole minor units.
    pub items: Vec<PartnerBalance>,
}

/// A partner's balance per currency, as the book says.
#[utoipa::path(get, path = "/v1/partners/{id}/balance", tag = "payouts", params(("id" = Id<id::Partner>, Path)), responses((status = 200, body = BalanceOut)))]
pub async fn balance(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<BalanceOut>> {
    actor.require_partner(id)?;
    get_partner(app.records.read(), actor.tenant, id).await?;
    let items = ledger::partner_balance(app.records.read(), actor.tenant, id).await.map_err(anyhow::Error::from)?;
    Ok(Json(BalanceOut { items }))
}

/// The entries that touched a partner's accounts, newest first.
#[utoipa::path(
    get, path = "/v1/partners/{id}/statement", tag = "payouts", params(("id" = Id<id::Partner>, Path), PageQuery),
    responses((status = 200, body = Page<StatementLine>))
)]
pub async fn statement(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    PathId(id): PathId<Id<id::Partner>>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<StatementLine>>> {
    actor.require_partner(id)?;
    get_partner(app.records.read(), actor.tenant, id).await?;
    let lines = ledger::statement(app.records.read(), actor.tenant, id, &page).await.map_err(anyhow::Error::from)?;
    let wanted = Wanted::default().with(lines.items.iter().filter_map(|line| line.conversion_id));
    Ok(Json(wanted.beside(lines, app.records.read(), actor.tenant).await?))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwedQuery {
    /// The workspace's own unless said.
    pub currency: Option<Currency>,
}

/// What the next batch would pay one partner.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "partner_id": "prt_01KAMX4S5T0000000000000000", "name": "Trail Notes", "payable": {"minor": 21240, "currency": "EUR"},
    "debt": {"minor": 0, "currency": "EUR"}, "frozen": {"minor": 0, "currency": "EUR"}, "exchanges": [], "next_payout": {"minor": 21240, "currency": "EUR"}, "below_minimum": false,
    "is_withheld": false, "missing": []
}))]
pub struct OwedOut {
    pub partner_id: Id<id::Partner>,
    pub name: String,
    pub payable: Money,
    pub debt: Money,
    /// Of what is payable, stopped by a case or dispute.
    pub frozen: Money,
    /// What is payable in other currencies and would be sent in this one.
    pub exchanges: Vec<ExchangedOut>,
    /// What a batch made now would send.
    pub next_payout: Money,
    /// Rolls forward until the partner's minimum is reached.
    pub below_minimum: bool,
    /// The partner is suspended or banned: nothing is sent.
    pub is_withheld: bool,
    /// What has to be on file before the partner is paid, and is not.
    pub missing: Vec<PayoutRequirement>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"items": [], "total": {"minor": 0, "currency": "EUR"}}))]
pub struct OwedList {
    pub items: Vec<OwedOut>,
    /// Sum of `next_payout`.
    pub total: Money,
}

/// Who is owed, in one currency.
#[utoipa::path(get, path = "/v1/payouts/owed", tag = "payouts", params(OwedQuery), responses((status = 200, body = OwedList)))]
pub async fn owed(
    State(app): State<App>,
    CanPay(actor): CanPay,
    Params(query): Params<OwedQuery>,
) -> Answer<Json<OwedList>> {
    let records = app.records.read();
    let currency = match query.currency {
        Some(currency) => currency,
        None => workspaces::store::get(records, actor.tenant).await?.currency()?,
    };
    let partners =
        partner::Entity::find().filter(partner::Column::WorkspaceId.eq(actor.tenant.id())).all(records).await?;
    let partners = partners.into_iter().map(|payee| (payee.id, payee)).collect();
    let today = app.ambient.now().local_day(&workspaces::store::get(records, actor.tenant).await?.zone()?);
    let due = due::due(records, actor.tenant, (currency, today), &partners).await?;
    let mut held = on_hold(records, actor.tenant, today, partners.keys().copied()).await?;
    let items: Vec<OwedOut> = due
        .into_iter()
        .filter(|due| due.standing.payable_minor + due.frozen_minor > 0)
        .map(|due| {
            let missing = held.remove(&due.payee.id).unwrap_or_default();
            owed_to(due, currency, missing)
        })
        .collect();
    let total = items.iter().map(|item| item.next_payout.minor).fold(0_i64, i64::saturating_add);
    Ok(Json(OwedList { items, total: Money::new(total, currency) }))
}

fn owed_to(due: Due<'_>, currency: Currency, missing: Vec<PayoutRequirement>) -> OwedOut {
    let Due { payee, standing, frozen_minor, exchanges, .. } = due;
    let money = |minor| Money::new(minor, currency);
    let is_withheld = payee.state != PartnerState::Active;
    let share = share(standing, payee.minimum_payout_minor(currency));
    let next_minor = match share {
        Share::Pay { amount_minor, .. } if !is_withheld && missing.is_empty() => amount_minor,
        _ => 0,
    };
    OwedOut {
        partner_id: payee.id,
        name: payee.name.clone(),
        payable: money(standing.payable_minor + frozen_minor),
        debt: money(standing.debt_minor),
        frozen: money(frozen_minor),
        exchanges: exchanges.0.into_iter().map(ExchangedOut::from).collect(),
        next_payout: money(next_minor),
        below_minimum: share == Share::BelowMinimum,
        is_withheld,
        missing,
    }
}
