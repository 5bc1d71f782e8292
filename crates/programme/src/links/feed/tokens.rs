//! What authenticates at the edge: postback tokens of workspaces and advertisers, keys that may replay.
//!
//! All tokens of a workspace are compared with those the edge has, so that a renewed or revoked one goes.

use std::collections::{HashMap, HashSet};

use edge::routes::{RouteChange, TokenKind, TokenRoute};
use kernel::{Id, Timestamp, id};
use sea_orm::{ConnectionTrait, ExprTrait as _, entity::prelude::*};

use crate::{
    App, advertisers,
    identity::{
        entity::{api_key, membership},
        permissions::REPLAY_SCOPE,
    },
    workspaces::model as workspace,
};

/// Upserts of every token the workspaces have now, removals of those they no longer have.
pub async fn changes(app: &App, workspaces: &HashSet<Id<id::Workspace>>) -> anyhow::Result<Vec<RouteChange>> {
    if workspaces.is_empty() {
        return Ok(Vec::new());
    }
    let only = Some(workspaces.iter().copied().collect());
    let present = in_records(app.records.read(), only, app.ambient.now()).await?;
    let kept: HashMap<[u8; 32], &TokenRoute> = present.iter().map(|token| (token.sha256, token)).collect();
    let table = app.routes.table();
    let gone = table
        .tokens()
        .filter(|token| workspaces.contains(&token.workspace_id) && !kept.contains_key(&token.sha256))
        .map(|token| RouteChange::RemoveToken(token.sha256))
        .collect::<Vec<_>>();
    Ok(gone.into_iter().chain(present.into_iter().map(RouteChange::UpsertToken)).collect())
}

/// Tokens of some workspaces, or of all.
pub async fn in_records(
    conn: &impl ConnectionTrait,
    only: Option<Vec<Id<id::Workspace>>>,
    now: Timestamp,
) -> anyhow::Result<Vec<TokenRoute>> {
    let mut found = of_workspaces(conn, only.as_deref()).await?;
    found.extend(of_advertisers(conn, only.as_deref()).await?);
    found.extend(that_may_replay(conn, only.as_deref(), now).await?);
    Ok(found)
}

fn within(column: impl ColumnTrait, only: Option<&[Id<id::Workspace>]>) -> sea_orm::Condition {
    let all = sea_orm::Condition::all();
    only.map_or(all.clone(), |ids| all.add(column.is_in(ids.iter().copied())))
}

async fn of_workspaces(
    conn: &impl ConnectionTrait,
    only: Option<&[Id<id::Workspace>]>,
) -> anyhow::Result<Vec<TokenRoute>> {
    let rows = workspace::Entity::find().filter(within(workspace::Column::Id, only)).all(conn).await?;
    rows.iter().map(|row| token(&row.postback_token_hash, TokenKind::Postback, row.id, None)).collect()
}

async fn of_advertisers(
    conn: &impl ConnectionTrait,
    only: Option<&[Id<id::Workspace>]>,
) -> anyhow::Result<Vec<TokenRoute>> {
    let live = advertisers::key::Column::RetiredAt.is_null();
    let select = advertisers::key::Entity::find().filter(within(advertisers::key::Column::WorkspaceId, only));
    let rows = select.filter(live).all(conn).await?;
    rows.iter().map(|row| token(&row.digest, row.kind.at_edge(), row.workspace_id, Some(row.advertiser_id))).collect()
}

/// Keys of staff that name the scope: `*` does not cover it.
async fn that_may_replay(
    conn: &impl ConnectionTrait,
    only: Option<&[Id<id::Workspace>]>,
    now: Timestamp,
) -> anyhow::Result<Vec<TokenRoute>> {
    let live = api_key::Column::ExpiresAt.is_null().or(api_key::Column::ExpiresAt.gt(now));
    let rows = api_key::Entity::find()
        .filter(within(api_key::Column::WorkspaceId, only))
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(live)
        .find_also_related(membership::Entity)
        .all(conn)
        .await?;
    let may = |(key, member): &(api_key::Model, Option<membership::Model>)| {
        let scopes: Vec<String> = serde_json::from_value(key.scopes.clone()).unwrap_or_default();
        let works_here = member.as_ref().is_some_and(|member| member.ended_at.is_none() && member.role.is_staff());
        works_here && scopes.iter().any(|scope| scope == REPLAY_SCOPE)
    };
    let able = rows.iter().filter(|row| may(row));
    able.map(|(key, _)| token(&key.token_hash, TokenKind::Replay, key.workspace_id, None)).collect()
}

fn token(
    hash: &str,
    kind: TokenKind,
    workspace_id: Id<id::Workspace>,
    advertiser_id: Option<Id<id::Advertiser>>,
) -> anyhow::Result<TokenRoute> {
    let bytes = data_encoding::HEXLOWER.decode(hash.as_bytes())?;
    let sha256 = bytes.try_into().map_err(|_| anyhow::anyhow!("a token's hash is not 32 bytes long"))?;
    Ok(TokenRoute { sha256, kind, workspace_id, advertiser_id })
}
