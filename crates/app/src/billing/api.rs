//! Accounts, receivables and advances over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Currency, Id, Money, Page, PageQuery, Tenant, Timestamp, id};
use serde::Serialize;

use super::{
    accounts::{self, AccountTerms},
    advances::{self, NewAdvance},
    entity::account::{AccountState, Funding, Model, PartnersPaid, StoppedBy},
    receivables::{self, Receivable},
    rules::{self, Ages},
};
use crate::{
    App, advertisers,
    caps::model::OnReach,
    identity::permissions::{CanBillAdvertisers, CanPayInAdvance, CanReadBilling, CanReadReceivables},
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
    },
    workspaces,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "ada_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000", "currency": "EUR",
    "funding": "prepaid", "credit_limit_minor": 0, "low_minor": 50000, "resume_minor": 20000, "on_empty": "redirect",
    "payment_days": 14, "vat_bp": 2300, "vat_note": null, "partners_paid": "on_schedule", "exposure_limit_minor": null,
    "state": "open", "stopped_by": null, "prepaid": 250000, "receivable": 0, "pending": 12000, "left_minor": 238000,
    "cap_id": "cap_01KAMX4S5T0000000000000000", "updated_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct AdvertiserAccountOut {
    pub id: Id<id::AdvertiserAccount>,
    pub advertiser_id: Id<id::Advertiser>,
    pub currency: Currency,
    pub funding: Funding,
    pub credit_limit_minor: i64,
    pub low_minor: i64,
    pub resume_minor: i64,
    pub on_empty: OnReach,
    pub payment_days: i32,
    pub vat_bp: i32,
    pub vat_note: Option<String>,
    /// For staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partners_paid: Option<PartnersPaid>,
    /// For staff alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exposure_limit_minor: Option<i64>,
    pub state: AccountState,
    /// Where it is stopped.
    pub stopped_by: Option<StoppedBy>,
    /// Paid in advance.
    pub prepaid: i64,
    /// Owed; below nought where more was given back than is owed.
    pub receivable: i64,
    /// Would be owed if everything pending were approved.
    pub pending: i64,
    /// What may still be spent; absent where nothing is stopped.
    pub left_minor: Option<i64>,
    /// The cap that it is.
    pub cap_id: Option<Id<id::Cap>>,
    pub updated_at: Timestamp,
}

impl AdvertiserAccountOut {
    async fn of(app: &App, row: Model, is_staff: bool) -> Answer<Self> {
        let (tenant, currency) = (Tenant(row.workspace_id), row.currency());
        let balance = accounts::balance(app.records.read(), tenant, row.advertiser_id, currency).await?;
        Ok(Self {
            left_minor: rules::left(&row, balance.as_ref()),
            stopped_by: rules::stopped_by(&row),
            id: row.id,
            advertiser_id: row.advertiser_id,
            currency,
            funding: row.funding,
            credit_limit_minor: row.credit_limit_minor,
            low_minor: row.low_minor,
            resume_minor: row.resume_minor,
            on_empty: row.on_empty,
            payment_days: row.payment_days,
            vat_bp: row.vat_bp,
            vat_note: row.vat_note,
            partners_paid: is_staff.then_some(row.partners_paid),
            exposure_limit_minor: row.exposure_limit_minor.filter(|_| is_staff),
            state: row.state,
            prepaid: balance.map_or(0, |it| it.prepaid),
            receivable: balance.map_or(0, |it| it.receivable),
            pending: balance.map_or(0, |it| it.pending),
            cap_id: row.cap_id,
            updated_at: row.updated_at,
        })
    }
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"items": []}))]
pub struct AdvertiserAccountsOut {
    pub items: Vec<AdvertiserAccountOut>,
}

/// An advertiser's accounts, one a currency: terms, balance and what is left to spend. An advertiser sees its own.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/accounts", tag = "billing", params(("id" = Id<id::Advertiser>, Path)),
    responses((status = 200, body = AdvertiserAccountsOut))
)]
pub async fn list(
    State(app): State<App>,
    CanReadBilling(actor): CanReadBilling,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<Json<AdvertiserAccountsOut>> {
    actor.require_advertiser(id)?;
    advertisers::store::get(app.records.read(), actor.tenant, id).await?;
    let mut items = Vec::new();
    for row in accounts::of_advertiser(app.records.read(), actor.tenant, id).await? {
        items.push(AdvertiserAccountOut::of(&app, row, actor.role.is_staff()).await?);
    }
    Ok(Json(AdvertiserAccountsOut { items }))
}

/// Set an advertiser's terms in one currency: prepaid or on credit, what happens when nothing is left, when invoices and
/// partners are paid.
#[utoipa::path(
    put, path = "/v1/advertisers/{id}/accounts/{currency}", tag = "billing",
    params(("id" = Id<id::Advertiser>, Path), ("currency" = String, Path)), request_body = AccountTerms,
    responses((status = 200, body = AdvertiserAccountOut))
)]
pub async fn set(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId((id, currency)): PathId<(Id<id::Advertiser>, String)>,
    Body(terms): Body<AccountTerms>,
) -> Answer<Json<AdvertiserAccountOut>> {
    let row = accounts::set(&app, &actor, (id, currency.parse()?), &terms).await?;
    Ok(Json(AdvertiserAccountOut::of(&app, row, true).await?))
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "currency": "EUR", "receivable": 120000, "prepaid": 0,
    "pending": 34000, "collected": 480000, "not_invoiced": 20000,
    "ages": {"current": 60000, "days_1_30": 40000, "days_31_60": 0, "days_61_90": 0, "days_over_90": 0},
    "exposure": 15000, "exposure_limit": 100000, "funding": "credit", "credit_limit": 200000, "state": "open"
}))]
pub struct ReceivableOut {
    pub advertiser_id: Id<id::Advertiser>,
    pub currency: Currency,
    /// Owed, tax with it; below nought where more was given back than is owed.
    pub receivable: i64,
    pub prepaid: i64,
    pub pending: i64,
    /// All that was paid and not given back.
    pub collected: i64,
    /// Charged, and on no issued invoice.
    pub not_invoiced: i64,
    /// What is open of issued invoices.
    pub ages: Ages,
    /// What partners are owed or were sent for its conversions beyond what it has paid.
    pub exposure: i64,
    pub exposure_limit: Option<i64>,
    /// Absent where it has no terms in this currency.
    pub funding: Option<Funding>,
    pub credit_limit: Option<i64>,
    pub state: Option<AccountState>,
}

impl From<Receivable> for ReceivableOut {
    fn from(row: Receivable) -> Self {
        let account = row.account.as_ref();
        Self {
            advertiser_id: row.advertiser,
            currency: row.balance.currency,
            receivable: row.balance.receivable,
            prepaid: row.balance.prepaid,
            pending: row.balance.pending,
            collected: row.balance.paid,
            not_invoiced: row.not_invoiced_minor,
            ages: row.ages,
            exposure: row.exposure_minor,
            exposure_limit: account.and_then(|account| account.exposure_limit_minor),
            funding: account.map(|account| account.funding),
            credit_limit: account.map(|account| account.credit_limit_minor),
            state: account.map(|account| account.state),
        }
    }
}

/// What advertisers owe, by the age of their invoices; newest advertisers first, one row for each of their currencies.
#[utoipa::path(
    get, path = "/v1/receivables", tag = "billing", params(PageQuery),
    responses((status = 200, body = Page<ReceivableOut>))
)]
pub async fn receivables(
    State(app): State<App>,
    CanReadReceivables(actor): CanReadReceivables,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<ReceivableOut>>> {
    let conn = app.records.read();
    let today = app.ambient.now().local_day(&workspaces::store::get(conn, actor.tenant).await?.zone()?);
    let rows = advertisers::store::page(conn, actor.tenant, None, &page).await?;
    let shown = Page::from_rows(rows, &page, |row| row.id);
    let ids: Vec<_> = shown.items.iter().map(|row| row.id).collect();
    let rows = receivables::of(conn, actor.tenant, &ids, today).await?;
    let items = rows.into_iter().map(ReceivableOut::from).collect();
    let wanted = Wanted::default().with(ids);
    let shown = Page { items, next_cursor: shown.next_cursor, labels: shown.labels };
    Ok(Json(wanted.beside(shown, conn, actor.tenant).await?))
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "pya_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000",
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "reason": "The bank of the advertiser confirmed the transfer",
    "freed": [{"minor": 48000, "currency": "EUR"}], "given_by": "usr_01KAMX4S5T0000000000000000",
    "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct PayoutAdvanceOut {
    pub id: Id<id::PayoutAdvance>,
    pub partner_id: Id<id::Partner>,
    pub advertiser_id: Id<id::Advertiser>,
    pub reason: String,
    /// What it made payable.
    pub freed: Vec<Money>,
    pub given_by: Id<id::User>,
    pub created_at: Timestamp,
}

/// Pay a partner before the advertiser has paid, by exception: what is locked until now joins the next payout.
#[utoipa::path(
    post, path = "/v1/payout-advances", tag = "billing", request_body = NewAdvance,
    responses((status = 201, body = PayoutAdvanceOut), (status = 409, description = "`nothing_to_pay`"))
)]
pub async fn advance(
    State(app): State<App>,
    CanPayInAdvance(actor): CanPayInAdvance,
    Body(new): Body<NewAdvance>,
) -> Answer<(StatusCode, Json<PayoutAdvanceOut>)> {
    let (row, freed) = advances::give(&app, &actor, &new).await?;
    let out = PayoutAdvanceOut {
        id: row.id,
        partner_id: row.partner_id,
        advertiser_id: row.advertiser_id,
        reason: row.reason,
        freed,
        given_by: row.given_by,
        created_at: row.created_at,
    };
    Ok((StatusCode::CREATED, Json(out)))
}
