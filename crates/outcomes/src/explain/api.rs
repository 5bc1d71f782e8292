//! Explanations over HTTP.

use axum::{Json, extract::State};
use events::click_rows::ClickRow;
use kernel::{Id, Refusal, Timestamp, id, reason::ClickReason};
use sea_orm::{EntityTrait as _, QueryFilter as _};
use serde::Serialize;

use super::{click, conversion, step::Explanation, values::Reader};
use crate::{
    App,
    conversions::{api::list::own, entity::conversion as entity},
    identity::{
        Actor, Role,
        permissions::{CanReadConversions, CanReadReports},
    },
    platform::{
        Answer,
        body::PathId,
        labels::{Labels, Wanted},
    },
};

/// Why a conversion was decided as it was: every step in its order, what it looked at, and what would have changed the
/// outcome. Partners and advertisers see theirs, without what is not for them.
#[utoipa::path(
    get, path = "/v1/conversions/{id}/explain", tag = "conversions", params(("id" = Id<id::Conversion>, Path)),
    responses((status = 200, body = Explanation))
)]
pub async fn of_conversion(
    State(app): State<App>,
    CanReadConversions(actor): CanReadConversions,
    PathId(id): PathId<Id<id::Conversion>>,
) -> Answer<Json<Explanation>> {
    let row = entity::Entity::find_by_id(id).filter(own(&actor)).one(app.records.read()).await?;
    let row = row.ok_or_else(|| Refusal::not_found("conversion"))?;
    let reader = Reader::of(&actor);
    let reader = if row.partner_id == actor.partner { reader } else { reader.beside_another() };
    let mut told = conversion::explain(app.records.read(), actor.tenant, row).await?.told(&reader);
    told.labels = told.names().read(app.records.read(), actor.tenant).await?;
    Ok(Json(told))
}

/// A click with the decision on it.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "clk_01KAMX4S5T0000000000000000", "verdict": "invalid", "reason": "targeting_geo",
    "event_time": "2026-11-22T09:00:00.000Z", "recorded_at": "2026-11-22T09:00:00.000Z",
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "partner_id": "prt_01KAMX4S5T0000000000000000",
    "link_id": "lnk_01KAMX4S5T0000000000000000", "landing_id": null, "traffic_type": "seo", "source_id": "",
    "subs": ["banner", "", "", "", "", "", "", "", "", ""], "country": "FR", "device": "mobile", "os": "iOS",
    "browser": "Safari", "language": "fr", "destination": "not_found", "duplicate_of": null,
    "decision": {
        "id": "clk_01KAMX4S5T0000000000000000", "status": "invalid", "reason": "targeting_geo",
        "decided_at": "2026-11-22T09:00:00.000Z", "is_traced": true, "versions": {"routes": 214},
        "steps": [{
            "step": "targeting", "verdict": "refused", "reason": "targeting_geo", "words": "It sent the visitor away.",
            "values": {"field": "country", "mode": "allowed", "allowed": ["DE", "PL"], "seen": "FR"},
            "change": "country is FR; allowed: DE, PL."
        }]
    },
    "labels": {}
}))]
pub struct ClickOut {
    pub id: Id<id::Click>,
    /// `valid`, `duplicate`, `invalid` or `probe`.
    pub verdict: String,
    pub reason: Option<ClickReason>,
    /// When the visitor clicked.
    pub event_time: Timestamp,
    pub recorded_at: Timestamp,
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub link_id: Option<Id<id::Link>>,
    pub landing_id: Option<Id<id::Landing>>,
    pub traffic_type: String,
    pub source_id: String,
    pub subs: Vec<String>,
    pub country: String,
    pub device: String,
    pub os: String,
    pub browser: String,
    pub language: String,
    /// Where the visitor was sent.
    pub destination: String,
    pub duplicate_of: Option<Id<id::Click>>,
    pub decision: Explanation,
    /// Names by id.
    #[serde(default, skip_serializing_if = "Labels::is_empty")]
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub labels: Labels,
}

/// A click and why it was judged as it was. Partners and advertisers see theirs. A click is known here once it is in the
/// reports, a moment after it was made.
#[utoipa::path(
    get, path = "/v1/clicks/{id}", tag = "clicks", params(("id" = Id<id::Click>, Path)),
    responses((status = 200, body = ClickOut))
)]
pub async fn of_click(
    State(app): State<App>,
    CanReadReports(actor): CanReadReports,
    PathId(id): PathId<Id<id::Click>>,
) -> Answer<Json<ClickOut>> {
    let row = click::find(&app, id).await?;
    if !is_own(&row, &actor) {
        return Err(Refusal::not_found("click").into());
    }
    let decision = click::explain(&app, &row, &Reader::of(&actor)).await?;
    let wanted = Wanted::default().with(row.offer).with(row.partner).with(row.link).with(row.landing);
    let labels = wanted.read(app.records.read(), actor.tenant).await?;
    Ok(Json(shown(row, decision, labels)))
}

fn is_own(row: &ClickRow, actor: &Actor) -> bool {
    let of_reader = match actor.role {
        Role::Partner => row.partner.is_some() && row.partner == actor.partner,
        Role::Advertiser => row.advertiser.is_some() && row.advertiser == actor.advertiser,
        _ => true,
    };
    of_reader && row.workspace == Some(actor.tenant.id())
}

fn shown(row: ClickRow, decision: Explanation, labels: Labels) -> ClickOut {
    ClickOut {
        id: row.click,
        verdict: row.verdict,
        reason: row.reason,
        event_time: row.at,
        recorded_at: row.recorded_at,
        offer_id: row.offer,
        partner_id: row.partner,
        link_id: row.link,
        landing_id: row.landing,
        traffic_type: row.traffic_type,
        source_id: row.source_id,
        subs: row.subs.into(),
        country: row.country,
        device: row.device,
        os: row.os,
        browser: row.browser,
        language: row.language,
        destination: row.destination,
        duplicate_of: row.duplicate_of.map(|first| first.click),
        decision,
        labels,
    }
}
