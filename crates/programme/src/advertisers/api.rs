//! Advertisers over HTTP.

use std::collections::HashSet;

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use serde::Serialize;

use super::{
    create::{self, NewAdvertiser},
    key::KeyKind,
    keys,
    managers::{self, SubjectKind, TermOut},
    model::{AdvertiserState, Model, ReceiptTrust},
    status_map::StatusMap,
    store,
    update::{self, AdvertiserChange},
};
use crate::{
    App,
    identity::{
        Actor,
        permissions::{CanEditAdvertisers, CanReadAdvertisers, CanSetOwnPostbackToken},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
        columns::{TextList, TextMap},
        labels::Wanted,
    },
    workspaces::api::show_token::PostbackTokenOut,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "adv_01KAMX4S5T0000000000000000", "name": "Riverside Shop", "state": "active",
    "status_map": {"confirmed": {"state": "approved"}, "trash": {"state": "rejected", "reason": "bad_contact"}},
    "min_trust": "token", "accepts_pixel": true, "has_postback_token": false, "has_signing_secret": false,
    "ip_allow_list": [], "timezone": null, "external_refs": {}, "manager_id": "usr_01KAMX4S5T0000000000000000",
    "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct AdvertiserOut {
    pub id: Id<id::Advertiser>,
    pub name: String,
    pub state: AdvertiserState,
    pub status_map: StatusMap,
    pub min_trust: ReceiptTrust,
    pub accepts_pixel: bool,
    /// It has a token of its own beside the workspace's.
    pub has_postback_token: bool,
    pub has_signing_secret: bool,
    pub ip_allow_list: TextList,
    pub timezone: Option<String>,
    pub external_refs: TextMap,
    pub manager_id: Option<Id<id::User>>,
    pub created_at: Timestamp,
}

impl AdvertiserOut {
    async fn one(app: &App, actor: &Actor, row: Model) -> Answer<Json<Self>> {
        let kinds = keys::live_kinds(app.records.read(), actor.tenant, [row.id]).await?;
        Ok(Json(Self::of(row, &kinds)))
    }

    fn of(row: Model, kinds: &HashSet<(Id<id::Advertiser>, KeyKind)>) -> Self {
        Self {
            id: row.id,
            name: row.name,
            state: row.state,
            status_map: row.status_map,
            min_trust: row.min_trust,
            accepts_pixel: row.accepts_pixel,
            has_postback_token: kinds.contains(&(row.id, KeyKind::Token)),
            has_signing_secret: kinds.contains(&(row.id, KeyKind::Signing)),
            ip_allow_list: row.ip_allow_list,
            timezone: row.timezone,
            external_refs: row.external_refs,
            manager_id: row.manager_id,
            created_at: row.created_at,
        }
    }
}

/// A secret shown once.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"secret": "pbt_dGhpcyBpcyBhbiBleGFtcGxl"}))]
pub struct SecretOut {
    pub secret: String,
}

/// Make an advertiser.
#[utoipa::path(
    post, path = "/v1/advertisers", tag = "advertisers", request_body = NewAdvertiser,
    responses((status = 201, body = AdvertiserOut))
)]
pub async fn create(
    State(app): State<App>,
    CanEditAdvertisers(actor): CanEditAdvertisers,
    Body(new): Body<NewAdvertiser>,
) -> Answer<(StatusCode, Json<AdvertiserOut>)> {
    let row = create::create(&app, &actor, new).await?;
    Ok((StatusCode::CREATED, AdvertiserOut::one(&app, &actor, row).await?))
}

/// Advertisers, newest first. An advertiser's member sees its own.
#[utoipa::path(
    get, path = "/v1/advertisers", tag = "advertisers", params(PageQuery),
    responses((status = 200, body = Page<AdvertiserOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadAdvertisers(actor): CanReadAdvertisers,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<AdvertiserOut>>> {
    let rows = store::page(app.records.read(), actor.tenant, actor.advertiser, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let kinds = keys::live_kinds(app.records.read(), actor.tenant, rows.items.iter().map(|row| row.id)).await?;
    let by_staff = actor.role.is_staff();
    let wanted = Wanted::default().with(rows.items.iter().filter_map(|row| row.manager_id).filter(|_| by_staff));
    let rows = rows.map(|row| AdvertiserOut::of(row, &kinds));
    Ok(Json(wanted.beside(rows, app.records.read(), actor.tenant).await?))
}

/// One advertiser.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}", tag = "advertisers", params(("id" = Id<id::Advertiser>, Path)),
    responses((status = 200, body = AdvertiserOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadAdvertisers(actor): CanReadAdvertisers,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<Json<AdvertiserOut>> {
    actor.require_advertiser(id)?;
    let row = store::get(app.records.read(), actor.tenant, id).await?;
    AdvertiserOut::one(&app, &actor, row).await
}

/// Change an advertiser: state, status map, proof asked of receipts, manager.
#[utoipa::path(
    patch, path = "/v1/advertisers/{id}", tag = "advertisers", params(("id" = Id<id::Advertiser>, Path)),
    request_body = AdvertiserChange, responses((status = 200, body = AdvertiserOut))
)]
pub async fn update(
    State(app): State<App>,
    CanEditAdvertisers(actor): CanEditAdvertisers,
    PathId(id): PathId<Id<id::Advertiser>>,
    Body(change): Body<AdvertiserChange>,
) -> Answer<Json<AdvertiserOut>> {
    let row = update::update(&app, &actor, id, change).await?;
    AdvertiserOut::one(&app, &actor, row).await
}

/// An advertiser's own token, and how it calls us.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "token": "pbt_p2Zk0mJ5c3VqT1l0a2RrZ3hQd2FzZGZnaGprbHF3ZXI",
    "postback_url": "https://track.example.com/postback?click_id={click_id}&goal=sale&amount=80.00&currency=EUR&token=pbt_p2Zk0mJ5c3VqT1l0a2RrZ3hQd2FzZGZnaGprbHF3ZXI"
}))]
pub struct OwnTokenOut {
    /// Absent where the advertiser has none of its own yet: make one by POST.
    pub token: Option<String>,
    /// `TOKEN` stands where there is none yet.
    pub postback_url: String,
}

/// The advertiser's own postback token. An advertiser sees its own.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/postback-token", tag = "advertisers",
    params(("id" = Id<id::Advertiser>, Path)), responses((status = 200, body = OwnTokenOut))
)]
pub async fn postback_token(
    State(app): State<App>,
    CanSetOwnPostbackToken(actor): CanSetOwnPostbackToken,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<Json<OwnTokenOut>> {
    actor.require_advertiser(id)?;
    store::get(app.records.read(), actor.tenant, id).await?;
    let live = keys::live(app.records.read(), actor.tenant, id, KeyKind::Token).await?;
    let token = live.first().and_then(|key| key.plain(&app.secrets));
    let address = PostbackTokenOut::of(&app, token.clone().unwrap_or_else(|| "TOKEN".to_owned()));
    Ok(Json(OwnTokenOut { token, postback_url: address.postback_url }))
}

/// Give the advertiser a new postback token. The one before goes on vouching until it is retired; where two live, the
/// older of them goes. An advertiser may do it itself.
#[utoipa::path(
    post, path = "/v1/advertisers/{id}/postback-token", tag = "advertisers",
    params(("id" = Id<id::Advertiser>, Path)), responses((status = 201, body = SecretOut))
)]
pub async fn renew_postback_token(
    State(app): State<App>,
    CanSetOwnPostbackToken(actor): CanSetOwnPostbackToken,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<(StatusCode, Json<SecretOut>)> {
    actor.require_advertiser(id)?;
    let secret = keys::renew(&app, &actor, id, KeyKind::Token).await?;
    Ok((StatusCode::CREATED, Json(SecretOut { secret })))
}

/// Give the advertiser a new signing key. The one before goes on vouching until it is retired; where two live, the older
/// of them goes.
#[utoipa::path(
    post, path = "/v1/advertisers/{id}/signing-secret", tag = "advertisers",
    params(("id" = Id<id::Advertiser>, Path)), responses((status = 201, body = SecretOut))
)]
pub async fn renew_signing_secret(
    State(app): State<App>,
    CanEditAdvertisers(actor): CanEditAdvertisers,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<(StatusCode, Json<SecretOut>)> {
    let secret = keys::renew(&app, &actor, id, KeyKind::Signing).await?;
    Ok((StatusCode::CREATED, Json(SecretOut { secret })))
}

/// Who was responsible for the advertiser, newest first.
#[utoipa::path(
    get, path = "/v1/advertisers/{id}/managers", tag = "advertisers", params(("id" = Id<id::Advertiser>, Path)),
    responses((status = 200, body = Page<TermOut>))
)]
pub async fn managers(
    State(app): State<App>,
    CanEditAdvertisers(actor): CanEditAdvertisers,
    PathId(id): PathId<Id<id::Advertiser>>,
) -> Answer<Json<Page<TermOut>>> {
    let records = app.records.read();
    store::get(records, actor.tenant, id).await?;
    Ok(Json(managers::history(records, actor.tenant, SubjectKind::Advertiser, id.uuid()).await?))
}
