//! What has to be on file, over HTTP.

use axum::{Json, extract::State};
use kernel::{Id, id};
use serde::{Deserialize, Serialize};

use super::{
    entity::{BilledBy, PayoutRequirement},
    rules::Demands,
    standing::{self, Standing},
    store,
};
use crate::{
    App,
    identity::permissions::{CanPay, CanReadBalances, CanSetWorkspace},
    partners,
    platform::{Answer, Body, body::PathId},
    tax_forms::rules::OnFile,
    workspaces,
};

/// What has to be on file before a partner is paid, and who writes the invoices.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"requires": ["tax_form", "billing_details"], "billed_by": "own_invoice"}))]
#[serde(deny_unknown_fields)]
pub struct PayoutDemands {
    pub requires: Vec<PayoutRequirement>,
    /// Who writes the invoice for what a partner is paid. Absent of a partner: as for all; absent of all: the workspace.
    #[serde(default)]
    pub billed_by: Option<BilledBy>,
}

impl From<Demands> for PayoutDemands {
    fn from(demands: Demands) -> Self {
        Self { requires: demands.of_all.0, billed_by: demands.bills_of_all }
    }
}

/// What the workspace demands of all partners before they are paid.
#[utoipa::path(
    get, path = "/v1/payout-requirements", tag = "payouts", operation_id = "show_payout_requirements",
    responses((status = 200, body = PayoutDemands))
)]
pub async fn show(State(app): State<App>, CanReadBalances(actor): CanReadBalances) -> Answer<Json<PayoutDemands>> {
    Ok(Json(store::demands(app.records.read(), actor.tenant).await?.into()))
}

/// Demand these of all partners from now on, and say who writes invoices; batches that were made stay.
#[utoipa::path(
    put, path = "/v1/payout-requirements", tag = "payouts", operation_id = "set_payout_requirements",
    request_body = PayoutDemands, responses((status = 200, body = PayoutDemands))
)]
pub async fn set(
    State(app): State<App>,
    CanSetWorkspace(actor): CanSetWorkspace,
    Body(new): Body<PayoutDemands>,
) -> Answer<Json<PayoutDemands>> {
    store::set(&app, &actor, None, (new.requires, new.billed_by)).await?;
    Ok(Json(store::demands(app.records.read(), actor.tenant).await?.into()))
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "items": [{"requirement": "tax_form", "state": "in_review"}, {"requirement": "billing_details", "state": "met"}],
    "of_partner": [], "is_met": false, "billed_by": "self_billing", "billed_by_of_partner": null
}))]
pub struct PartnerRequirements {
    pub items: Vec<RequirementStanding>,
    /// Beyond what is demanded of all.
    pub of_partner: Vec<PayoutRequirement>,
    /// All of it is on file.
    pub is_met: bool,
    /// Who writes the invoices for what it is paid.
    pub billed_by: BilledBy,
    /// Where that was said of this partner alone.
    pub billed_by_of_partner: Option<BilledBy>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"requirement": "tax_form", "state": "in_review"}))]
pub struct RequirementStanding {
    pub requirement: PayoutRequirement,
    pub state: OnFile,
}

impl From<Standing> for PartnerRequirements {
    fn from(standing: Standing) -> Self {
        let item = |(requirement, state)| RequirementStanding { requirement, state };
        Self {
            is_met: standing.each.iter().all(|(_, state)| *state == OnFile::Met),
            of_partner: standing.of_partner.0,
            billed_by: standing.billed_by,
            billed_by_of_partner: standing.billed_by_of_partner,
            items: standing.each.into_iter().map(item).collect(),
        }
    }
}

/// What is demanded of a partner before it is paid, and how it stands with each. A partner reads its own.
#[utoipa::path(
    get, path = "/v1/partners/{id}/payout-requirements", tag = "payouts",
    operation_id = "show_partner_payout_requirements", params(("id" = Id<id::Partner>, Path)),
    responses((status = 200, body = PartnerRequirements))
)]
pub async fn of_partner(
    State(app): State<App>,
    CanReadBalances(actor): CanReadBalances,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<PartnerRequirements>> {
    actor.require_partner(id)?;
    let records = app.records.read();
    partners::store::get(records, actor.tenant, id).await?;
    let zone = workspaces::store::get(records, actor.tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone);
    Ok(Json(standing::of(records, actor.tenant, (id, today)).await?.into()))
}

/// Demand these of one partner beyond what is demanded of all, and say who writes its invoices.
#[utoipa::path(
    put, path = "/v1/partners/{id}/payout-requirements", tag = "payouts",
    operation_id = "set_partner_payout_requirements", params(("id" = Id<id::Partner>, Path)),
    request_body = PayoutDemands, responses((status = 200, body = PartnerRequirements))
)]
pub async fn set_of_partner(
    State(app): State<App>,
    CanPay(actor): CanPay,
    PathId(id): PathId<Id<id::Partner>>,
    Body(new): Body<PayoutDemands>,
) -> Answer<Json<PartnerRequirements>> {
    store::set(&app, &actor, Some(id), (new.requires, new.billed_by)).await?;
    of_partner(State(app), CanReadBalances(actor), PathId(id)).await
}
