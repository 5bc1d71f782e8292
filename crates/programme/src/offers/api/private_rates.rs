//! Private rates over HTTP.

use axum::{Json, extract::State};
use kernel::{Id, Page, Timestamp, id};
use serde::Serialize;

use crate::{
    App,
    identity::permissions::CanReadPartners,
    offers::private_rates::{self, Found},
    partners,
    plans::rules::{Conditions, Effect, Limit},
    platform::{Answer, body::PathId, labels::Wanted},
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "rule_id": "rul_01KAMX4S5T0000000000000000", "offer_id": "ofr_01KAMX4S5T0000000000000000", "currency": "EUR",
    "conditions": {"goal_id": "gol_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000"},
    "effect": {"percent": "12.5"}, "limits": [], "from": "2026-11-22T09:30:00.000Z", "until": "2026-12-31T23:00:00.000Z"
}))]
pub struct PrivateRateOut {
    pub rule_id: Id<id::PlanRule>,
    pub offer_id: Id<id::Offer>,
    pub currency: String,
    pub conditions: Conditions,
    pub effect: Effect,
    pub limits: Vec<Limit>,
    pub from: Timestamp,
    /// Not included any more; absent where no end is planned.
    pub until: Option<Timestamp>,
}

impl From<Found> for PrivateRateOut {
    fn from(Found { offer_id, currency, held }: Found) -> Self {
        let rule = held.rule;
        Self {
            rule_id: rule.id,
            offer_id,
            currency,
            conditions: rule.conditions,
            effect: rule.effect,
            limits: rule.limits,
            from: held.from,
            until: held.until,
        }
    }
}

/// The rates a partner has for itself, in force or planned, on the offers on which it is or was enrolled. A partner sees
/// its own.
#[utoipa::path(
    get, path = "/v1/partners/{id}/private-rates", tag = "plans", params(("id" = Id<id::Partner>, Path)),
    responses((status = 200, body = Page<PrivateRateOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadPartners(actor): CanReadPartners,
    PathId(id): PathId<Id<id::Partner>>,
) -> Answer<Json<Page<PrivateRateOut>>> {
    actor.require_partner(id)?;
    let records = app.records.read();
    partners::store::get(records, actor.tenant, id).await?;
    let found = private_rates::of_partner(records, &actor, id, app.ambient.now()).await?;
    let wanted = Wanted::default()
        .with(found.iter().map(|found| found.offer_id))
        .with(found.iter().filter_map(|found| found.held.rule.conditions.goal_id));
    let rates = Page::whole(found.into_iter().map(PrivateRateOut::from).collect());
    Ok(Json(wanted.beside(rates, records, actor.tenant).await?))
}
