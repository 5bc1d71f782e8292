//! How an advertiser connects, over HTTP.

use axum::{Json, extract::State};
use kernel::{Id, Refusal, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _};
use serde::{Deserialize, Serialize};

use super::snippets::{self, Facts, Snippet};
use crate::{
    App,
    advertisers::{self, key::KeyKind, keys, model::ReceiptTrust},
    domains,
    identity::{Actor, permissions::CanSetOwnPostbackToken},
    offers::{self, entity::offer},
    platform::{
        Answer,
        body::{Params, PathId},
    },
};

/// Stands where a token will be once there is one.
const NO_TOKEN: &str = "TOKEN";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct For {
    /// The offer whose ids stand in the lines; the advertiser's newest unless said.
    pub offer_id: Option<Id<id::Offer>>,
    /// The goal that is reported; the offer's primary goal unless said.
    pub goal_id: Option<Id<id::Goal>>,
}

/// How an advertiser connects.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "goal_id": "gol_01KAMX4S5T0000000000000000",
    "origin": "https://track.example.com", "has_token": true, "min_trust": "token", "accepts_pixel": true,
    "key_id": null, "snippets": [{
        "kind": "tag_page", "dialect": null,
        "text": "<script async src=\"https://track.example.com/t.js\"></script>"
    }]
}))]
pub struct Integration {
    /// Absent where the advertiser has no offer yet: then nothing can be written.
    pub offer_id: Option<Id<id::Offer>>,
    pub goal_id: Option<Id<id::Goal>>,
    pub origin: String,
    /// It has a token of its own; else `TOKEN` stands in its place.
    pub has_token: bool,
    /// The rung that is asked for: which of the lines are believed.
    pub min_trust: ReceiptTrust,
    pub accepts_pixel: bool,
    /// How a signature names the newest signing key.
    pub key_id: Option<String>,
    pub snippets: Vec<Snippet>,
}

/// Lines to paste, with the advertiser's own ids: for its server, its pages, its tag manager, and in the forms of other
/// platforms that its tracking domains speak. An advertiser sees its own.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/integration", tag = "advertisers",
    params(("id" = Id<id::Advertiser>, Path), For), responses((status = 200, body = Integration))
)]
pub async fn show(
    State(app): State<App>,
    CanSetOwnPostbackToken(actor): CanSetOwnPostbackToken,
    PathId(id): PathId<Id<id::Advertiser>>,
    Params(wanted): Params<For>,
) -> Answer<Json<Integration>> {
    actor.require_advertiser(id)?;
    Ok(Json(integration(&app, &actor, id, &wanted).await?))
}

async fn integration(app: &App, actor: &Actor, id: Id<id::Advertiser>, wanted: &For) -> Answer<Integration> {
    let conn = app.records.read();
    let advertiser = advertisers::store::get(conn, actor.tenant, id).await?;
    let token = keys::live(conn, actor.tenant, id, KeyKind::Token).await?;
    let token = token.first().and_then(|key| key.plain(&app.secrets));
    let signing = keys::live(conn, actor.tenant, id, KeyKind::Signing).await?;
    let mut told = Integration {
        offer_id: None,
        goal_id: None,
        origin: app.settings.public_url.clone(),
        has_token: token.is_some(),
        min_trust: advertiser.min_trust,
        accepts_pixel: advertiser.accepts_pixel,
        key_id: signing.first().map(|key| key.key_id().to_owned()),
        snippets: Vec::new(),
    };
    let Some(offer) = offer_of(app, actor, id, wanted.offer_id).await? else { return Ok(told) };
    let goals = offers::store::goals_of(conn, actor.tenant, [offer.id]).await?.remove(&offer.id).unwrap_or_default();
    let is_wanted = |goal: &&offers::entity::goal::Model| wanted.goal_id.map_or(goal.is_primary, |id| goal.id == id);
    let goal = goals.iter().find(is_wanted).ok_or_else(|| Refusal::not_found("goal"))?;
    let facts = Facts {
        origin: told.origin.clone(),
        token: token.unwrap_or_else(|| NO_TOKEN.to_owned()),
        offer_id: offer.id.to_string(),
        goal: goal.name.clone(),
        currency: offer.currency.clone(),
        landing_parameter: offer.landing_parameter.clone(),
        dialects: spoken(app, actor, &offer).await?,
    };
    (told.offer_id, told.goal_id, told.snippets) = (Some(offer.id), Some(goal.id), snippets::all(&facts));
    Ok(told)
}

async fn offer_of(
    app: &App,
    actor: &Actor,
    advertiser: Id<id::Advertiser>,
    wanted: Option<Id<id::Offer>>,
) -> Answer<Option<offer::Model>> {
    let mine = offer::Column::WorkspaceId.eq(actor.tenant.id()).and(offer::Column::AdvertiserId.eq(advertiser));
    let mut select = offer::Entity::find().filter(mine);
    if let Some(wanted) = wanted {
        select = select.filter(offer::Column::Id.eq(wanted));
    }
    let found = select.order_by_desc(offer::Column::Id).one(app.records.read()).await?;
    if wanted.is_some() && found.is_none() {
        return Err(Refusal::not_found("offer").into());
    }
    Ok(found)
}

/// For each dialect, the oldest domain of the workspace that speaks it.
async fn spoken(
    app: &App,
    actor: &Actor,
    offer: &offer::Model,
) -> Answer<Vec<(edge::dialect::Dialect, String, Option<String>)>> {
    let usable = domains::store::usable(app.records.read(), actor.tenant).await?;
    let of = |dialect: edge::dialect::Dialect| {
        let speaks = |row: &&domains::model::Model| {
            row.partner_id.is_none() && domains::dialects::spoken(&row.dialects).speak(dialect)
        };
        let domain = usable.iter().find(speaks)?;
        Some((dialect, domain.host.clone(), offer.external_refs.0.get(dialect.code()).cloned()))
    };
    Ok(edge::dialect::Dialect::ALL.into_iter().filter_map(of).collect())
}
