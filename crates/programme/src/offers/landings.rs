//! Landing pages of an offer.

use kernel::{Id, Refusal, id};
use sea_orm::{ConnectionTrait, IntoActiveModel as _, entity::prelude::*};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{landing, offer},
    rules::within,
    store,
    terms::{LandingKind, LandingState},
    terms_in::name,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    news::{self, RouteNews},
    platform::{
        Answer, WriteTransaction,
        addresses::web_address,
        body::TEXT_CHARS_MAX,
        columns::{ENTRIES_MAX, TextList},
    },
};

/// Largest share of a landing page among the others.
const WEIGHT_MAX: i32 = 1_000;

/// A landing page to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"name": "Spring sale", "url": "https://shop.example/spring?click_id={click_id}"}))]
pub struct NewLanding {
    pub name: String,
    /// May hold out-macros behind the host. Its host joins the offer's allowed hosts.
    pub url: String,
    pub kind: Option<LandingKind>,
    /// Its share among the offer's pages that have one, 0 to 1,000. Links that name no page take one by weight, each
    /// visitor always the same; where no page has a weight, the first.
    pub weight: Option<i32>,
}

/// What is to change in a landing page; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"state": "paused"}))]
pub struct LandingChange {
    pub name: Option<String>,
    pub url: Option<String>,
    pub kind: Option<LandingKind>,
    pub state: Option<LandingState>,
    /// 0 to 1,000; 0 takes the page out of the rotation.
    pub weight: Option<i32>,
}

/// A first landing page, and the host it is at.
pub(super) fn first(app: &App, offer: &offer::Model, url: &str) -> Result<(landing::Model, String), Refusal> {
    let address = web_address("landing_url", url, app.settings.allow_private_addresses)?;
    let row = landing::Model { name: "Main".to_owned(), url: address.url, ..blank(app, offer, 0) };
    Ok((row, address.host))
}

fn blank(app: &App, offer: &offer::Model, position: i32) -> landing::Model {
    landing::Model {
        id: app.ambient.new_id(),
        workspace_id: offer.workspace_id,
        offer_id: offer.id,
        name: String::new(),
        url: String::new(),
        kind: LandingKind::Landing,
        state: LandingState::Active,
        position,
        weight: 0,
        created_at: app.ambient.now(),
    }
}

/// Adds a landing page.
pub async fn add(app: &App, actor: &Actor, offer: Id<id::Offer>, new: NewLanding) -> Answer<offer::Model> {
    let write = app.records.begin().await?;
    let row = store::get(&*write, actor.tenant, offer).await?;
    let present = store::landings_of(&*write, actor.tenant, [offer]).await?.remove(&offer).unwrap_or_default();
    if present.len() >= ENTRIES_MAX {
        return Err(Refusal::field("url", format!("an offer has at most {ENTRIES_MAX} landing pages")).into());
    }
    let address = web_address("url", &new.url, app.settings.allow_private_addresses)?;
    let landing = landing::Model {
        name: name(&new.name)?,
        url: address.url,
        kind: new.kind.unwrap_or(LandingKind::Landing),
        weight: weight(new.weight.unwrap_or(0))?,
        ..blank(app, &row, present.len() as i32)
    };
    landing::Entity::insert(landing.clone().into_active_model()).exec_without_returning(&*write).await?;
    let row = allow_host(&*write, row, address.host).await?;
    finish(app, actor, write, "offer.landing_added", &landing).await?;
    Ok(row)
}

/// Changes a landing page.
pub async fn update(
    app: &App,
    actor: &Actor,
    (offer, landing): (Id<id::Offer>, Id<id::Landing>),
    wanted: LandingChange,
) -> Answer<offer::Model> {
    let write = app.records.begin().await?;
    let mut row = store::get(&*write, actor.tenant, offer).await?;
    let present = store::landings_of(&*write, actor.tenant, [offer]).await?.remove(&offer).unwrap_or_default();
    let found = present.into_iter().find(|present| present.id == landing);
    let mut landing = found.ok_or_else(|| Refusal::not_found("landing page"))?;
    if let Some(text) = &wanted.name {
        landing.name = name(text)?;
    }
    if let Some(url) = &wanted.url {
        let address = web_address("url", url, app.settings.allow_private_addresses)?;
        landing.url = address.url;
        row = allow_host(&*write, row, address.host).await?;
    }
    landing.kind = wanted.kind.unwrap_or(landing.kind);
    landing.state = wanted.state.unwrap_or(landing.state);
    landing.weight = weight(wanted.weight.unwrap_or(landing.weight))?;
    landing::Entity::update(landing.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    finish(app, actor, write, "offer.landing_updated", &landing).await?;
    Ok(row)
}

fn weight(value: i32) -> Result<i32, Refusal> {
    within("weight", value, 0, WEIGHT_MAX)
}

async fn allow_host(conn: &impl ConnectionTrait, mut row: offer::Model, host: String) -> Answer<offer::Model> {
    if !row.allowed_hosts.0.contains(&host) {
        let hosts = [row.allowed_hosts.0, vec![host]].concat();
        row.allowed_hosts = TextList::checked("allowed_hosts", &hosts, TEXT_CHARS_MAX)?;
        offer::Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(conn).await?;
    }
    Ok(row)
}

async fn finish(
    app: &App,
    actor: &Actor,
    write: WriteTransaction,
    action: &str,
    landing: &landing::Model,
) -> Answer<()> {
    let offer = landing.offer_id;
    let after = json!({"landing_id": landing.id, "name": landing.name, "url": landing.url, "state": landing.state, "weight": landing.weight});
    let change = Change { action, subject: offer.to_string(), before: None, after: Some(after) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Offer(offer)]).await
}
