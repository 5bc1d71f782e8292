//! What is taken from payouts.

use axum::{Json, extract::State};
use kernel::{Currency, Id, id};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    identity::permissions::{CanPay, CanReadPayouts},
    partners::{self, model::PayoutMethod},
    payouts::{
        entity::{
            fee, payee_terms,
            terms::{self as row, FeeBearer},
        },
        terms::{self, WantedFee, rules::Fee},
    },
    platform::{Answer, Body, body::PathId},
};

/// What transfers and being paid early cost, and who bears it.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "fee_bearer": "workspace", "early_share_bp": 200,
    "fees": [{"method": "paypal", "currency": "EUR", "fixed_minor": 35, "share_bp": 200}]
}))]
#[serde(deny_unknown_fields)]
pub struct PayoutTerms {
    /// Who bears what a transfer costs, for partners without a rule of their own.
    pub fee_bearer: FeeBearer,
    /// What being paid before the day costs, in hundredths of a per cent of what is paid; nobody may ask where absent.
    pub early_share_bp: Option<i32>,
    /// What a transfer costs, by method and currency; nothing where it is not named.
    pub fees: Vec<PayoutFee>,
}

/// What one transfer costs.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"method": "paypal", "currency": "EUR", "fixed_minor": 35, "share_bp": 200}))]
#[serde(deny_unknown_fields)]
pub struct PayoutFee {
    pub method: PayoutMethod,
    #[schema(value_type = String)]
    pub currency: Currency,
    /// In minor units.
    pub fixed_minor: i64,
    /// Hundredths of a per cent of the amount.
    pub share_bp: i32,
}

impl PayoutFee {
    fn of(row: fee::Model) -> Answer<Self> {
        let fee::Model { method, fixed_minor, share_bp, .. } = row;
        Ok(Self { method, currency: row.currency.parse()?, fixed_minor, share_bp })
    }
}

/// What is taken from all payouts of the workspace.
#[utoipa::path(
    get, path = "/v1/payout-terms", tag = "payouts", operation_id = "get_payout_terms",
    responses((status = 200, body = PayoutTerms))
)]
pub async fn show(State(app): State<App>, CanPay(actor): CanPay) -> Answer<Json<PayoutTerms>> {
    let records = app.records.read();
    let row::Model { fee_bearer, early_share_bp, .. } = terms::of_workspace(records, actor.tenant).await?;
    let fees = terms::fees(records, actor.tenant).await?.into_iter().map(PayoutFee::of).collect::<Answer<_>>()?;
    Ok(Json(PayoutTerms { fee_bearer, early_share_bp, fees }))
}

/// Replace what is taken from payouts. Batches that were made before keep what they were drawn with.
#[utoipa::path(
    put, path = "/v1/payout-terms", tag = "payouts", operation_id = "set_payout_terms", request_body = PayoutTerms,
    responses((status = 200, body = PayoutTerms))
)]
pub async fn set(
    State(app): State<App>,
    CanPay(actor): CanPay,
    Body(body): Body<PayoutTerms>,
) -> Answer<Json<PayoutTerms>> {
    let PayoutTerms { fee_bearer, early_share_bp, fees } = body;
    let wanted = |one: PayoutFee| WantedFee {
        method: one.method,
        currency: one.currency,
        fee: Fee { fixed_minor: one.fixed_minor, share_bp: one.share_bp },
    };
    let wanted: Vec<_> = fees.into_iter().map(wanted).collect();
    let row = row::Model { workspace_id: actor.tenant.id(), fee_bearer, early_share_bp };
    terms::set(&app, &actor, row, &wanted).await?;
    show(State(app), CanPay(actor)).await
}

/// What is taken from one partner's payouts.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"fee_bearer": "partner", "withheld_bp": 1900}))]
#[serde(deny_unknown_fields)]
pub struct PayeeTerms {
    /// Who bears what its transfers cost; as the workspace has it where absent.
    pub fee_bearer: Option<FeeBearer>,
    /// Tax that is kept back, in hundredths of a per cent of what is paid.
    pub withheld_bp: i32,
}

impl From<payee_terms::Model> for PayeeTerms {
    fn from(row: payee_terms::Model) -> Self {
        Self { fee_bearer: row.fee_bearer, withheld_bp: row.withheld_bp }
    }
}

/// What is taken from a partner's payouts. A partner reads its own.
#[utoipa::path(
    get, path = "/v1/partners/{id}/payout-terms", tag = "payouts", operation_id = "get_payee_terms",
    params(("id" = Id<id::Partner>, Path)), responses((status = 200, body = PayeeTerms))
)]
pub async fn show_payee(
    State(app): State<App>,
    CanReadPayouts(actor): CanReadPayouts,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<PayeeTerms>> {
    actor.require_partner(id)?;
    let records = app.records.read();
    partners::store::get(records, actor.tenant, id).await?;
    Ok(Json(terms::of_payee(records, actor.tenant, id).await?.into()))
}

/// Replace what is taken from a partner's payouts.
#[utoipa::path(
    put, path = "/v1/partners/{id}/payout-terms", tag = "payouts", operation_id = "set_payee_terms",
    params(("id" = Id<id::Partner>, Path)), request_body = PayeeTerms, responses((status = 200, body = PayeeTerms))
)]
pub async fn set_payee(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::Partner>>,
    Body(body): Body<PayeeTerms>,
) -> Answer<Json<PayeeTerms>> {
    let PayeeTerms { fee_bearer, withheld_bp } = body;
    let row = payee_terms::Model { partner_id: id, workspace_id: actor.tenant.id(), fee_bearer, withheld_bp };
    Ok(Json(terms::set_payee(&app, &actor, row).await?.into()))
}
