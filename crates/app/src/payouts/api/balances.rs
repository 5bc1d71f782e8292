//! What a partner has: balance, statement, and who is owed.

use axum::{Json, extract::State};
use kernel::{Currency, Id, Money, Page, PageQuery, id};
use ledger::{PartnerBalance, StatementLine};
use serde::{Deserialize, Serialize};

use super::{
    next_payout::PayoutPart,
    shapes::{ExchangedOut, LeftOutOut},
};
use crate::{
    App,
    identity::permissions::{CanPay, CanReadBalances},
    own_invoices::hold::{HoldReason, Invoiced},
    partners::{model::PayoutMethod, store::get as get_partner},
    payouts::owed::{self, Owed, OwedPart, OwedStanding},
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
    "is_withheld": false, "method": "sepa", "parts": [{"method": "sepa", "share_bp": 10000, "amount": {"minor": 21240, "currency": "EUR"}}], "standing": "ready", "missing": [], "own_invoice": null, "fault": null
}))]
pub struct OwedOut {
    pub partner_id: Id<id::Partner>,
    pub name: String,
    /// By which it is paid; the main account's where it has several.
    pub method: PayoutMethod,
    /// What of the next payout goes to each of its accounts, the main one first.
    pub parts: Vec<PayoutPart>,
    pub payable: Money,
    pub debt: Money,
    /// Of what is payable, stopped by a case or dispute.
    pub frozen: Money,
    /// What is payable in other currencies and would be sent in this one.
    pub exchanges: Vec<ExchangedOut>,
    /// What a batch made now would send, after all that is taken from it.
    pub next_payout: Money,
    /// Tax that is kept back from it.
    pub withheld: Money,
    /// What its transfer costs, where the partner bears that.
    pub fee: Money,
    /// Rolls forward until the partner's minimum is reached.
    pub below_minimum: bool,
    /// The partner is suspended or banned: nothing is sent.
    pub is_withheld: bool,
    /// What a batch made now would do with it.
    pub standing: OwedStanding,
    /// What has to be on file or accepted before the partner is paid, and is not.
    pub missing: Vec<HoldReason>,
    /// Where it writes its own invoices and something is due: that, beside what is accepted.
    pub own_invoice: Option<Invoiced>,
    /// What the bank or service would refuse of its account.
    pub fault: Option<LeftOutOut>,
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
    let today = app.ambient.now().local_day(&workspaces::store::get(records, actor.tenant).await?.zone()?);
    let owed = owed::in_currency(&app, actor.tenant, (currency, today)).await?;
    let items: Vec<OwedOut> = owed.into_iter().map(|one| OwedOut::of(one, currency)).collect();
    let total = items.iter().map(|item| item.next_payout.minor).fold(0_i64, i64::saturating_add);
    Ok(Json(OwedList { items, total: Money::new(total, currency) }))
}

impl OwedOut {
    fn of(owed: Owed, currency: Currency) -> Self {
        let money = |minor| Money::new(minor, currency);
        let part = |part: &OwedPart| PayoutPart {
            method: part.method,
            share_bp: part.share_bp,
            amount: money(part.next_minor),
        };
        Self {
            partner_id: owed.partner,
            name: owed.name,
            method: owed.method,
            parts: owed.parts.iter().map(part).collect(),
            payable: money(owed.payable_minor),
            debt: money(owed.debt_minor),
            frozen: money(owed.frozen_minor),
            exchanges: owed.exchanges.0.into_iter().map(ExchangedOut::from).collect(),
            next_payout: money(owed.next_minor),
            withheld: money(owed.taken.withheld_minor),
            fee: money(owed.taken.fee_of_partner_minor()),
            below_minimum: owed.standing == OwedStanding::BelowMinimum,
            is_withheld: owed.standing == OwedStanding::Withheld,
            standing: owed.standing,
            missing: owed.missing,
            own_invoice: owed.own_invoice,
            fault: owed.fault.map(LeftOutOut::from),
        }
    }
}
