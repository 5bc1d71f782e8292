//! Sets the stage through the API: advertisers, offers, partners, enrollments, links.

use anyhow::{Context as _, ensure};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, header},
};
use rand::{Rng, RngExt as _, seq::IndexedRandom as _};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::cast::{self, ADVERTISERS, OfferCast, PARTNERS, Profile};

const ANSWER_BYTES_MAX: usize = 4 << 20;
/// Offers that one partner promotes.
const OFFERS_PER_PARTNER: std::ops::RangeInclusive<usize> = 2..=5;

const SMART_LINK: &str = "Sidebar, all offers";
/// Clicks of the smart link against a link of an average partner.
const SMART_LINK_VOLUME: f64 = 1.5;

/// Offer, period and conversions of each cap.
const CAPS: [(usize, &str, u64); 3] = [(0, "day", 12), (4, "month", 150), (8, "week", 60)];

/// The API without a network between.
#[derive(Clone)]
pub struct Api {
    pub router: Router,
    pub key: String,
}

impl Api {
    pub async fn call(&self, method: Method, path: &str, body: Value) -> anyhow::Result<Value> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))?;
        let response = self.router.clone().oneshot(request).await?;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), ANSWER_BYTES_MAX).await?;
        ensure!(status.is_success(), "{path} answered {status}: {}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).with_context(|| format!("read the answer of {path}"))
    }

    pub async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        self.call(Method::POST, path, body).await
    }

    /// Makes a thing and gives its id.
    async fn make(&self, path: &str, body: Value) -> anyhow::Result<String> {
        let made = self.post(path, body).await?;
        Ok(made["id"].as_str().context("a made thing has an id")?.to_owned())
    }
}

pub struct OfferOnStage {
    pub cast: &'static OfferCast,
    pub id: String,
}

pub struct PartnerOnStage {
    pub id: String,
    pub profile: &'static Profile,
    /// Day of the history on which the partner starts.
    pub from_day: u32,
}

pub struct LinkOnStage {
    pub slug: String,
    /// None of its own where it is a smart link.
    pub offer: Option<usize>,
    pub partner: usize,
    /// Clicks against other links.
    pub weight: f64,
}

pub struct Stage {
    pub advertisers: Vec<String>,
    pub offers: Vec<OfferOnStage>,
    pub partners: Vec<PartnerOnStage>,
    pub links: Vec<LinkOnStage>,
}

pub async fn set(api: &Api, chance: &mut impl Rng, days: u32) -> anyhow::Result<Stage> {
    let mut stage = Stage { advertisers: Vec::new(), offers: Vec::new(), partners: Vec::new(), links: Vec::new() };
    for advertiser in &ADVERTISERS {
        let id = api.make("/v1/advertisers", json!({ "name": advertiser.name })).await?;
        for offer in advertiser.offers {
            stage.offers.push(OfferOnStage { cast: offer, id: api.make("/v1/offers", offer_body(&id, offer)).await? });
        }
        stage.advertisers.push(id);
    }
    for index in 0..PARTNERS {
        let partner = make_partner(api, chance, index, days).await?;
        stage.partners.push(partner);
        link_partner(api, chance, &mut stage, index).await?;
    }
    smart_link(api, &mut stage).await?;
    caps(api, &stage).await?;
    Ok(stage)
}

fn offer_body(advertiser: &str, offer: &OfferCast) -> Value {
    let goals = offer.goals.iter().map(|goal| {
        json!({ "name": goal.name, "kind": goal.kind, "payout": goal.payout.json(), "revenue": goal.revenue.json() })
    });
    json!({
        "advertiser_id": advertiser, "name": offer.name, "vertical": offer.vertical, "landing_url": offer.landing_url,
        "currency": "EUR", "goals": goals.collect::<Vec<_>>()
    })
}

async fn make_partner(api: &Api, chance: &mut impl Rng, index: usize, days: u32) -> anyhow::Result<PartnerOnStage> {
    let (name, email) = cast::partner_name(index);
    let profile = cast::profile_of(index);
    let body = json!({ "name": name, "email": email, "group": profile.group });
    let id = api.make("/v1/partners", body).await?;
    // Two thirds are there from the first day, the others join during the first half.
    let from_day = if index.is_multiple_of(3) && index > 0 { chance.random_range(0..=days / 2) } else { 0 };
    Ok(PartnerOnStage { id, profile, from_day })
}

async fn link_partner(api: &Api, chance: &mut impl Rng, stage: &mut Stage, partner: usize) -> anyhow::Result<()> {
    let count = chance.random_range(OFFERS_PER_PARTNER);
    let all: Vec<usize> = (0..stage.offers.len()).collect();
    let chosen: Vec<usize> = all.sample(chance, count).copied().collect();
    let profile = stage.partners[partner].profile;
    for offer in chosen {
        let both = json!({ "offer_id": stage.offers[offer].id, "partner_id": stage.partners[partner].id });
        api.post("/v1/enrollments", both.clone()).await?;
        let traffic_type = profile.traffic_types.choose(chance).expect("a profile has traffic types");
        let mut body = both;
        body["traffic_type"] = json!(traffic_type);
        let link = api.post("/v1/links", body).await?;
        let slug = link["slug"].as_str().context("a link has a slug")?.to_owned();
        let own_luck = chance.random_range(0.4..1.6);
        let weight = profile.volume * stage.offers[offer].cast.popularity * own_luck;
        stage.links.push(LinkOnStage { slug, offer: Some(offer), partner, weight });
    }
    Ok(())
}

/// One address over the offers of a partner, which learns what pays.
async fn smart_link(api: &Api, stage: &mut Stage) -> anyhow::Result<()> {
    let partner = stage.guest();
    let offers: Vec<usize> =
        stage.links.iter().filter(|link| link.partner == partner).filter_map(|link| link.offer).collect();
    let member = |&offer: &usize| json!({ "offer_id": stage.offers[offer].id });
    let body = json!({
        "partner_id": stage.partners[partner].id, "name": SMART_LINK, "traffic_type": "seo", "mode": "learned",
        "floor_clicks": 200, "members": offers.iter().map(member).collect::<Vec<_>>()
    });
    let made = api.post("/v1/smart-links", body).await?;
    let slug = made["slug"].as_str().context("a smart link has a slug")?.to_owned();
    let weight = SMART_LINK_VOLUME * stage.partners[partner].profile.volume;
    stage.links.push(LinkOnStage { slug, offer: None, partner, weight });
    Ok(())
}

/// What is watched of some offers. It stops nothing, so that the rest of the story does not depend on it.
async fn caps(api: &Api, stage: &Stage) -> anyhow::Result<()> {
    for (offer, period, limit) in CAPS {
        let body = json!({
            "metric": "conversions", "period": period, "scope": "offer", "offer_id": stage.offers[offer].id,
            "limit": limit, "on_reach": "alert", "thresholds": [80, 100]
        });
        api.post("/v1/caps", body).await?;
    }
    Ok(())
}

impl Stage {
    /// The partner whose member can sign in: the first of the best group.
    pub fn guest(&self) -> usize {
        (0..PARTNERS).find(|&index| cast::profile_of(index).group == "top").unwrap_or(0)
    }

    /// The offer whose landing page an address is.
    pub fn offer_at(&self, location: &str) -> Option<usize> {
        self.offers.iter().position(|offer| location.starts_with(offer.cast.landing_url))
    }
}
