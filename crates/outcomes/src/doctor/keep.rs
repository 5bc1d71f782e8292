//! From the doors' memory into the records: refused calls, day by day, and when keys vouched last.

use std::collections::{BTreeMap, HashMap};

use edge::receipt::calls::RefusedCall;
use kernel::{Id, Tenant, Timestamp, id, time::DAY_MS};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};

use super::{
    refused::{Column, Entity, Model},
    rules::{self, TokenSeen},
};
use crate::{
    App,
    advertisers::{key::Model as Key, keys},
    offers,
};

pub const KEEP_CALLS: &str = "keep_calls";
/// Refused calls are told of for seven days, and kept some longer for whoever asks.
const KEPT_DAYS: i64 = 30;
/// Rows of one workspace and day; further kinds of refusal are not told of.
const ROWS_A_DAY_MAX: usize = 2_000;
const MESSAGE_CHARS_MAX: usize = 500;

/// What makes refused calls alike.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    workspace: Id<id::Workspace>,
    advertiser: Option<Id<id::Advertiser>>,
    day: i32,
    door: &'static str,
    dialect: Option<&'static str>,
    reason: &'static str,
    advice: String,
}

/// Brings what the doors saw since the last time into the records.
pub async fn keep(app: &App) -> anyhow::Result<()> {
    let Some(edge) = app.edge() else { return Ok(()) };
    let seen = edge.calls().fetch();
    if seen.unkept > 0 {
        tracing::warn!(calls = seen.unkept, "more calls were refused than could be remembered");
    }
    if seen.refused.is_empty() && seen.uses.is_empty() {
        return Ok(());
    }
    let alike = sort(app, seen.refused).await?;
    let write = app.records.begin().await?;
    keys::note_uses(&*write, &seen.uses).await?;
    for (kind, calls) in alike {
        add(app, &*write, kind, &calls).await?;
    }
    write.commit().await?;
    Ok(())
}

/// Forgets what nobody is told of any more.
pub async fn forget(conn: &impl ConnectionTrait, now: Timestamp) -> anyhow::Result<()> {
    Entity::delete_many().filter(Column::Day.lt(day(now.plus_days(-KEPT_DAYS)))).exec(conn).await?;
    Ok(())
}

/// Puts like to like. Calls of which no workspace is known are nobody's.
async fn sort(app: &App, refused: Vec<RefusedCall>) -> anyhow::Result<BTreeMap<Kind, Vec<RefusedCall>>> {
    let digests: Vec<_> = refused.iter().filter_map(|call| call.token_sha256).collect();
    let owners = keys::owners(app.records.read(), &digests).await?;
    let mut alike: BTreeMap<Kind, Vec<RefusedCall>> = BTreeMap::new();
    for call in refused {
        let key = call.token_sha256.and_then(|sha256| owners.get(&sha256));
        let Some(workspace) = call.workspace.or(key.map(|key| key.workspace_id)) else { continue };
        let advertiser = match key.filter(|key| key.workspace_id == workspace) {
            Some(key) => Some(key.advertiser_id),
            None => about(app, Tenant(workspace), &call).await?,
        };
        let advice = rules::at_the_door(call.code.code(), token_seen(&call, &owners), &call.params, call.at);
        let kind = Kind {
            workspace,
            advertiser,
            day: day(call.at),
            door: call.door.code(),
            dialect: call.dialect.map(edge::dialect::Dialect::code),
            reason: call.code.code(),
            advice: advice.code(),
        };
        alike.entry(kind).or_default().push(call);
    }
    Ok(alike)
}

fn token_seen(call: &RefusedCall, owners: &HashMap<[u8; 32], Key>) -> TokenSeen {
    match call.token_sha256.map(|sha256| owners.get(&sha256)) {
        None => TokenSeen::None,
        Some(Some(key)) if key.retired_at.is_some() => TokenSeen::Retired,
        Some(_) => TokenSeen::Unknown,
    }
}

/// Whose call it was by what it says: its offer, its click, the key it names.
async fn about(app: &App, tenant: Tenant, call: &RefusedCall) -> anyhow::Result<Option<Id<id::Advertiser>>> {
    let of = |name: &str| call.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let conn = app.records.read();
    if let Some(offer) = of("offer_id").and_then(Id::<id::Offer>::parse) {
        let mine = offers::entity::offer::Column::WorkspaceId.eq(tenant.id());
        let row = offers::entity::offer::Entity::find_by_id(offer).filter(mine).one(conn).await?;
        return Ok(row.map(|row| row.advertiser_id));
    }
    if let Some(key) = of("key_id") {
        return Ok(keys::named(conn, tenant, key).await?.map(|key| key.advertiser_id));
    }
    let Some(click) = of("click_id").and_then(edge::click_id::parse) else { return Ok(None) };
    let facts = app.click_index.find_many(&[click]).await?;
    let own = facts.get(&click).filter(|facts| facts.workspace == tenant.id());
    Ok(own.and_then(|facts| facts.advertiser))
}

async fn add(app: &App, conn: &impl ConnectionTrait, kind: Kind, calls: &[RefusedCall]) -> anyhow::Result<()> {
    let Some((first, last)) = calls.first().zip(calls.last()) else { return Ok(()) };
    let of_day = Column::WorkspaceId.eq(kind.workspace).and(Column::Day.eq(kind.day));
    let rows = Entity::find().filter(of_day).all(conn).await?;
    let full = rows.len() >= ROWS_A_DAY_MAX;
    let known = rows.into_iter().find(|row| is_of(row, &kind));
    let is_new = known.is_none();
    if is_new && full {
        return Ok(());
    }
    let mut row = known.unwrap_or_else(|| empty(app, kind, first.at));
    row.calls += i64::try_from(calls.len())?;
    row.last_at = last.at;
    row.message = last.message.chars().take(MESSAGE_CHARS_MAX).collect();
    row.remote_ip = last.remote_ip.to_string();
    row.params = serde_json::to_value(&last.params)?;
    if is_new {
        Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    } else {
        Entity::update(row.into_active_model().reset_all()).exec_without_returning(conn).await?;
    }
    Ok(())
}

fn is_of(row: &Model, kind: &Kind) -> bool {
    let said = (row.door.as_str(), row.dialect.as_deref(), row.reason.as_str(), &row.advice);
    row.advertiser_id == kind.advertiser && said == (kind.door, kind.dialect, kind.reason, &kind.advice)
}

fn empty(app: &App, kind: Kind, first_at: Timestamp) -> Model {
    Model {
        id: app.ambient.new_id(),
        workspace_id: kind.workspace,
        advertiser_id: kind.advertiser,
        day: kind.day,
        door: kind.door.to_owned(),
        dialect: kind.dialect.map(str::to_owned),
        reason: kind.reason.to_owned(),
        advice: kind.advice,
        calls: 0,
        first_at,
        last_at: first_at,
        message: String::new(),
        remote_ip: String::new(),
        params: serde_json::Value::Null,
    }
}

pub fn day(at: Timestamp) -> i32 {
    i32::try_from(at.millis().div_euclid(DAY_MS)).unwrap_or(i32::MAX)
}
