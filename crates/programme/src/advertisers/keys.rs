//! Keys that rotate without a gap: the next one is made, both live, the old one is retired once nobody uses it.

use std::collections::{HashMap, HashSet};

use kernel::{Id, Refusal, RefusalCode, Tenant, Timestamp, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use serde_json::json;

use super::{
    key::{Column, Entity, KeyKind, Model},
    store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    news::{self, RouteNews},
    platform::{
        Answer, WriteTransaction,
        secrets::{new_token, token_hash},
    },
};

/// Live keys of one kind: the one in use and the next.
const LIVE_MAX: usize = 2;
/// Keys of one advertiser that are told of, retired ones too.
const KEYS_MAX: u64 = 50;
/// A shorter name could be that of many.
const KEY_ID_CHARS_MIN: usize = 16;

/// Keys of an advertiser, newest first.
pub async fn of(conn: &impl ConnectionTrait, tenant: Tenant, advertiser: Id<id::Advertiser>) -> Answer<Vec<Model>> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::AdvertiserId.eq(advertiser));
    Ok(Entity::find().filter(mine).order_by_desc(Column::Id).limit(KEYS_MAX).all(conn).await?)
}

/// Live keys of one kind, newest first.
pub async fn live(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    kind: KeyKind,
) -> Answer<Vec<Model>> {
    let keys = of(conn, tenant, advertiser).await?;
    Ok(keys.into_iter().filter(|key| key.kind == kind && key.retired_at.is_none()).collect())
}

/// Which kinds of live keys some advertisers have.
pub async fn live_kinds(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertisers: impl IntoIterator<Item = Id<id::Advertiser>>,
) -> Answer<HashSet<(Id<id::Advertiser>, KeyKind)>> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::AdvertiserId.is_in(advertisers));
    let rows = Entity::find().filter(mine).filter(Column::RetiredAt.is_null()).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.advertiser_id, row.kind)).collect())
}

/// Makes the next key beside the one in use, and answers its plain form.
pub async fn make(app: &App, actor: &Actor, advertiser: Id<id::Advertiser>, kind: KeyKind) -> Answer<(Model, String)> {
    let write = app.records.begin().await?;
    store::get(&*write, actor.tenant, advertiser).await?;
    if live(&*write, actor.tenant, advertiser, kind).await?.len() >= LIVE_MAX {
        return Err(Refusal::new(RefusalCode::TwoKeysLive, "two keys live already; retire the old one first").into());
    }
    add(app, actor, write, (advertiser, kind)).await
}

/// Makes the next key; where two live already, the older of them goes.
pub async fn renew(app: &App, actor: &Actor, advertiser: Id<id::Advertiser>, kind: KeyKind) -> Answer<String> {
    let write = app.records.begin().await?;
    store::get(&*write, actor.tenant, advertiser).await?;
    for old in live(&*write, actor.tenant, advertiser, kind).await?.into_iter().skip(LIVE_MAX - 1) {
        end(app, &write, old).await?;
    }
    Ok(add(app, actor, write, (advertiser, kind)).await?.1)
}

async fn add(
    app: &App,
    actor: &Actor,
    write: WriteTransaction,
    (advertiser, kind): (Id<id::Advertiser>, KeyKind),
) -> Answer<(Model, String)> {
    let plain = new_token(&app.ambient, kind.prefix());
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        advertiser_id: advertiser,
        kind,
        digest: token_hash(&plain),
        sealed: app.secrets.seal(&app.ambient, plain.as_bytes()),
        made_at: app.ambient.now(),
        last_used_at: None,
        retired_at: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    commit(app, actor, write, ("advertiser.key_made", &row)).await?;
    Ok((row, plain))
}

/// Retires a key: it vouches for nothing from now on.
pub async fn retire(
    app: &App,
    actor: &Actor,
    advertiser: Id<id::Advertiser>,
    key: Id<id::AdvertiserKey>,
) -> Answer<Model> {
    let write = app.records.begin().await?;
    let keys = of(&*write, actor.tenant, advertiser).await?;
    let row = keys.into_iter().find(|row| row.id == key).ok_or_else(|| Refusal::not_found("key"))?;
    if row.retired_at.is_some() {
        return Ok(row);
    }
    let row = end(app, &write, row).await?;
    commit(app, actor, write, ("advertiser.key_retired", &row)).await?;
    Ok(row)
}

async fn end(app: &App, write: &WriteTransaction, mut row: Model) -> Answer<Model> {
    (row.retired_at, row.sealed) = (Some(app.ambient.now()), Vec::new());
    Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&**write).await?;
    Ok(row)
}

async fn commit(app: &App, actor: &Actor, write: WriteTransaction, (action, row): (&str, &Model)) -> Answer<()> {
    let after = Some(json!({"kind": row.kind, "key_id": row.key_id()}));
    let change = Change { action, subject: row.advertiser_id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Advertiser(row.advertiser_id)]).await
}

/// Writes down when keys vouched last. Digests that are no advertiser's key are none of ours.
pub async fn note_uses(conn: &impl ConnectionTrait, uses: &HashMap<[u8; 32], Timestamp>) -> anyhow::Result<()> {
    for (sha256, at) in uses {
        let digest = data_encoding::HEXLOWER.encode(sha256);
        let update = Entity::update_many().col_expr(Column::LastUsedAt, Expr::value(*at));
        update.filter(Column::Digest.eq(digest)).exec(conn).await?;
    }
    Ok(())
}

/// Whose keys some digests are, retired ones too.
pub async fn owners(conn: &impl ConnectionTrait, sha256s: &[[u8; 32]]) -> anyhow::Result<HashMap<[u8; 32], Model>> {
    let digests: HashMap<String, [u8; 32]> =
        sha256s.iter().map(|sha256| (data_encoding::HEXLOWER.encode(sha256), *sha256)).collect();
    let rows = Entity::find().filter(Column::Digest.is_in(digests.keys())).all(conn).await?;
    Ok(rows.into_iter().filter_map(|row| Some((*digests.get(&row.digest)?, row))).collect())
}

/// The key that a signature names.
pub async fn named(conn: &impl ConnectionTrait, tenant: Tenant, key_id: &str) -> anyhow::Result<Option<Model>> {
    if key_id.len() < KEY_ID_CHARS_MIN || !key_id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::Digest.starts_with(key_id.to_ascii_lowercase()));
    Ok(Entity::find().filter(mine).one(conn).await?)
}
