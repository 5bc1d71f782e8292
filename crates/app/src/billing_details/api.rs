//! Billing details of the workspace, of partners and of advertisers.

use axum::{Json, extract::State};
use kernel::{Id, Refusal, Timestamp, id};
use serde::Serialize;

use super::{
    entity::{LegalForm, Model},
    store::{self, DetailsIn, Subject},
};
use crate::{
    App, advertisers,
    identity::{
        Actor,
        permissions::{CanBillAdvertisers, CanSetPayoutDetails},
    },
    partners,
    platform::{Answer, Body, body::PathId},
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "legal_form": "company", "name": "Trail Notes sp. z o.o.", "address": ["ul. Długa 12", "31-147 Kraków"],
    "country": "PL", "vat_id": "PL6762412345", "tax_id": null, "registration": null, "email": null, "account": null,
    "language": "pl", "vat_bp": 2300, "vat_exempt_basis": null, "self_billing_since": "2026-11-22", "is_confirmed": true,
    "updated_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct BillingDetailsOut {
    pub legal_form: LegalForm,
    pub name: String,
    pub address: Vec<String>,
    pub country: String,
    pub vat_id: Option<String>,
    pub tax_id: Option<String>,
    pub registration: Option<String>,
    pub email: Option<String>,
    pub account: Option<String>,
    pub language: String,
    pub vat_bp: Option<i32>,
    pub vat_exempt_basis: Option<String>,
    /// The day on which it agreed that invoices are issued on its behalf.
    pub self_billing_since: Option<String>,
    /// Staff has looked at them since a partner changed them.
    pub is_confirmed: bool,
    pub updated_at: Timestamp,
}

impl From<Model> for BillingDetailsOut {
    fn from(row: Model) -> Self {
        Self {
            legal_form: row.legal_form,
            name: row.name,
            address: row.address.lines().map(str::to_owned).collect(),
            country: row.country,
            vat_id: row.vat_id,
            tax_id: row.tax_id,
            registration: row.registration,
            email: row.email,
            account: row.account,
            language: row.language,
            vat_bp: row.vat_bp,
            vat_exempt_basis: row.vat_exempt_basis,
            self_billing_since: row.self_billing_since,
            is_confirmed: row.confirmed_by.is_some(),
            updated_at: row.updated_at,
        }
    }
}

async fn shown(app: &App, actor: &Actor, of: Subject) -> Answer<Json<BillingDetailsOut>> {
    let row = store::find(app.records.read(), actor.tenant, of).await?;
    Ok(Json(row.ok_or_else(|| Refusal::not_found("billing details"))?.into()))
}

async fn written(app: &App, actor: &Actor, of: Subject, new: &DetailsIn) -> Answer<Json<BillingDetailsOut>> {
    Ok(Json(store::set(app, actor, of, new).await?.into()))
}

/// The workspace's own billing details, as they stand on papers.
#[utoipa::path(
    get, path = "/v1/billing-details", tag = "papers", operation_id = "show_own_billing_details",
    responses((status = 200, body = BillingDetailsOut))
)]
pub async fn show_own(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
) -> Answer<Json<BillingDetailsOut>> {
    shown(&app, &actor, Subject::workspace(actor.tenant)).await
}

/// Set the workspace's own billing details. What was issued stays as it is.
#[utoipa::path(
    put, path = "/v1/billing-details", tag = "papers", operation_id = "set_own_billing_details",
    request_body = DetailsIn, responses((status = 200, body = BillingDetailsOut))
)]
pub async fn set_own(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    Body(new): Body<DetailsIn>,
) -> Answer<Json<BillingDetailsOut>> {
    written(&app, &actor, Subject::workspace(actor.tenant), &new).await
}

/// A partner's billing details.
#[utoipa::path(
    get, path = "/v1/partners/{id}/billing-details", tag = "papers", operation_id = "show_partner_billing_details",
    params(("id" = Id<id::Partner>, Path)), responses((status = 200, body = BillingDetailsOut))
)]
pub async fn show_partners(
    State(app): State<App>,
    CanSetPayoutDetails(actor): CanSetPayoutDetails,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<BillingDetailsOut>> {
    actor.require_partner(id)?;
    partners::store::get(app.records.read(), actor.tenant, id).await?;
    shown(&app, &actor, Subject::partner(id)).await
}

/// Set a partner's billing details. What a partner sets itself waits until staff sets it too: until then no invoice is
/// issued on it.
#[utoipa::path(
    put, path = "/v1/partners/{id}/billing-details", tag = "papers", operation_id = "set_partner_billing_details",
    params(("id" = Id<id::Partner>, Path)), request_body = DetailsIn, responses((status = 200, body = BillingDetailsOut))
)]
pub async fn set_partners(
    State(app): State<App>,
    CanSetPayoutDetails(actor): CanSetPayoutDetails,
    PathId(id): PathId<Id<id::Partner>>,
    Body(new): Body<DetailsIn>,
) -> Answer<Json<BillingDetailsOut>> {
    actor.require_partner(id)?;
    partners::store::get(app.records.read(), actor.tenant, id).await?;
    written(&app, &actor, Subject::partner(id), &new).await
}

/// An advertiser's billing details.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/billing-details", tag = "papers", operation_id = "show_advertiser_billing_details",
    params(("id" = Id<id::Advertiser>, Path)), responses((status = 200, body = BillingDetailsOut))
)]
pub async fn show_advertisers(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<Json<BillingDetailsOut>> {
    advertisers::store::get(app.records.read(), actor.tenant, id).await?;
    shown(&app, &actor, Subject::advertiser(id)).await
}

/// Set an advertiser's billing details.
#[utoipa::path(
    put, path = "/v1/advertisers/{id}/billing-details", tag = "papers", operation_id = "set_advertiser_billing_details",
    params(("id" = Id<id::Advertiser>, Path)), request_body = DetailsIn,
    responses((status = 200, body = BillingDetailsOut))
)]
pub async fn set_advertisers(
    State(app): State<App>,
    CanBillAdvertisers(actor): CanBillAdvertisers,
    PathId(id): PathId<Id<id::Advertiser>>,
    Body(new): Body<DetailsIn>,
) -> Answer<Json<BillingDetailsOut>> {
    advertisers::store::get(app.records.read(), actor.tenant, id).await?;
    written(&app, &actor, Subject::advertiser(id), &new).await
}
