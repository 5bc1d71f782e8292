//! Trying an imagined visitor on a smart link over HTTP.

use std::collections::HashMap;

use axum::{Json, extract::State};
use edge::trial::MemberTrial;
use kernel::{Id, id, reason::ClickReason};
use serde::Serialize;

use super::{member, store};
use crate::{
    App,
    identity::{Role, permissions::CanReadSmartLinks},
    links::trial::{self, TrialIn, TrialOut},
    platform::{Answer, Body, body::PathId},
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "members": [
        {"offer_id": "ofr_01KAMX4S5T0000000000000000", "reason": null, "chance_ppm": 1000000, "is_chosen": true},
        {"offer_id": "ofr_01KAMX4S5T0000000000000001", "reason": "targeting_geo", "chance_ppm": 0, "is_chosen": false}
    ],
    "trial": {
        "reason": null, "destination": "landing", "location": "https://shop.example/?click_id=",
        "steps": [{"step": "bot", "reason": null}], "conditions": [],
        "seen": {
            "country": "PL", "region": "", "region_code": "", "city": "", "language": "pl", "device": "mobile",
            "brand": "Apple", "os": "iOS", "os_version": "17.5", "browser": "Safari", "browser_version": "17.5",
            "connection": "", "asn": 5617, "network_owner": "Orange Polska", "proxy": null, "referrer": "",
            "source": "", "subs": ["", "", "", "", "", "", "", "", "", ""]
        }
    }
}))]
pub struct SmartTrialOut {
    /// Every offer that takes part, with why it would not take the visitor.
    pub members: Vec<SmartMemberTrial>,
    /// What follows at the offer that is chosen. Where none takes the visitor, at the one that it would get if all did.
    pub trial: TrialOut,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct SmartMemberTrial {
    pub offer_id: Id<id::Offer>,
    pub reason: Option<ClickReason>,
    /// How many of a million such visitors it gets. Not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chance_ppm: Option<u32>,
    /// This one visitor's. Another one gets another, by the chances.
    pub is_chosen: bool,
}

/// Which offer of the smart link such a visitor would get, and why not the others. Nothing is stored.
#[utoipa::path(
    post, path = "/v1/smart-links/{id}/try", tag = "links", params(("id" = Id<id::SmartLink>, Path)),
    request_body = TrialIn, responses((status = 200, body = SmartTrialOut))
)]
pub async fn try_visit(
    State(app): State<App>,
    CanReadSmartLinks(actor): CanReadSmartLinks,
    PathId(id): PathId<Id<id::SmartLink>>,
    Body(asked): Body<TrialIn>,
) -> Answer<Json<SmartTrialOut>> {
    let row = store::get(app.records.read(), &actor, id).await?;
    let members = store::members_of(app.records.read(), [id]).await?.remove(&id).unwrap_or_default();
    let (trial, told) = trial::run(&app, &actor, &row.slug, &asked)?;
    Ok(Json(SmartTrialOut { members: shown(&members, told, actor.role != Role::Partner), trial }))
}

fn shown(members: &[member::Model], told: Vec<MemberTrial>, by_staff: bool) -> Vec<SmartMemberTrial> {
    let offers: HashMap<_, _> = members.iter().map(|member| (member.number, member.offer_id)).collect();
    let one = |member: MemberTrial| {
        Some(SmartMemberTrial {
            offer_id: *offers.get(&i32::from(member.number))?,
            reason: member.reason,
            chance_ppm: by_staff.then_some(member.chance_ppm),
            is_chosen: member.is_chosen,
        })
    };
    told.into_iter().filter_map(one).collect()
}
