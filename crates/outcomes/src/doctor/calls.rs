//! What an advertiser's calls said: by reason over seven days, and the last ones as they come in.

use kernel::{Id, Tenant, Timestamp, id};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, FromQueryResult, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use serde::Serialize;

use super::{
    keep::day,
    ladder::{DAYS, first_id_at},
    refused,
    rules::{self, Advice},
};
use crate::{
    App, advertisers,
    conversions::entity::receipt::{self, Column, Entity},
    platform::Answer,
};

/// Kinds of outcome that are told apart.
const KINDS_MAX: u64 = 60;
/// Rows of refused calls that are summed.
const REFUSED_ROWS_MAX: u64 = 2_000;
/// Of the last calls, as many are shown.
const LATEST_MAX: u64 = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It did what its sender wanted.
    Taken,
    Refused,
}

/// A call, or how many alike with the last of them.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "outcome": "refused", "status": "rejected", "reason": "ip_not_allowed", "advice": "list_address", "is_test": false,
    "calls": 12, "at": "2026-11-22T09:30:00.000Z", "door": "postback", "dialect": null, "trust": "token",
    "remote_ip": "198.51.100.9", "message": "the call came from an address that is not on the advertiser's list",
    "params": [["amount", "80.00"], ["order_id", "A-1001"]], "receipt_id": "rcp_01KAMX4S5T0000000000000000",
    "conversion_id": null
}))]
pub struct Call {
    pub outcome: Outcome,
    /// Status of the conversion as it was answered; absent where the door refused.
    pub status: Option<String>,
    pub reason: Option<String>,
    /// What to do about it.
    pub advice: Option<Advice>,
    /// It only tried: nothing was booked.
    pub is_test: bool,
    pub calls: i64,
    /// When the last of them came.
    pub at: Timestamp,
    pub door: String,
    pub dialect: Option<String>,
    /// Absent where the door refused.
    pub trust: Option<String>,
    pub remote_ip: String,
    pub message: String,
    /// Names and values, sorted, without secrets.
    #[schema(value_type = Vec<Vec<String>>)]
    pub params: serde_json::Value,
    pub receipt_id: Option<Id<id::Receipt>>,
    pub conversion_id: Option<Id<id::Conversion>>,
}

/// What an advertiser's postbacks said in the last seven days.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "since": "2026-11-15T09:30:00.000Z", "taken": 412, "refused": 12, "tests": 1, "groups": [{
        "outcome": "refused", "status": "rejected", "reason": "ip_not_allowed", "advice": "list_address",
        "is_test": false, "calls": 12, "at": "2026-11-22T09:30:00.000Z", "door": "postback", "dialect": null,
        "trust": "token", "remote_ip": "198.51.100.9",
        "message": "the call came from an address that is not on the advertiser's list",
        "params": [["amount", "80.00"], ["order_id", "A-1001"]], "receipt_id": "rcp_01KAMX4S5T0000000000000000",
        "conversion_id": null
    }]
}))]
pub struct Calls {
    pub since: Timestamp,
    pub taken: i64,
    pub refused: i64,
    pub tests: i64,
    /// By reason, refused ones first, the commonest before the rarer.
    pub groups: Vec<Call>,
}

#[derive(Clone, Debug, FromQueryResult)]
struct Kind {
    status: String,
    reason: Option<String>,
    http_status: i32,
    is_test: bool,
    calls: i64,
}

/// The last seven days of an advertiser.
pub async fn last_days(app: &App, tenant: Tenant, advertiser: Id<id::Advertiser>) -> Answer<Calls> {
    let conn = app.records.read();
    advertisers::store::get(conn, tenant, advertiser).await?;
    let since = app.ambient.now().plus_days(-DAYS);
    let mut groups = decided(conn, tenant, advertiser, since).await?;
    groups.extend(refused_since(conn, tenant, advertiser, since).await?);
    groups.sort_by_key(|group| (group.outcome == Outcome::Taken, std::cmp::Reverse(group.calls)));
    let sum = |wanted: &dyn Fn(&Call) -> bool| groups.iter().filter(|it| wanted(it)).map(|it| it.calls).sum();
    let taken = sum(&|group| !group.is_test && group.outcome == Outcome::Taken);
    let refused = sum(&|group| !group.is_test && group.outcome == Outcome::Refused);
    let tests = sum(&|group| group.is_test);
    Ok(Calls { since, taken, refused, tests, groups })
}

fn mine(tenant: Tenant, advertiser: Id<id::Advertiser>, since: Timestamp) -> Condition {
    Condition::all()
        .add(Column::WorkspaceId.eq(tenant.id()))
        .add(Column::AdvertiserId.eq(advertiser))
        .add(Column::Id.gte(first_id_at(since)))
}

async fn decided(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    since: Timestamp,
) -> Answer<Vec<Call>> {
    let mine = mine(tenant, advertiser, since);
    let columns = [Column::Status, Column::Reason, Column::HttpStatus, Column::IsTest];
    let mut select = Entity::find().filter(mine.clone()).select_only().columns(columns);
    for column in columns {
        select = select.group_by(column);
    }
    let select = select.expr_as(Expr::col(Column::Id).count(), "calls").order_by_desc(Expr::col("calls"));
    let kinds = select.limit(KINDS_MAX).into_model::<Kind>().all(conn).await?;
    let mut groups = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let like = mine
            .clone()
            .add(Column::Status.eq(&kind.status))
            .add(Column::HttpStatus.eq(kind.http_status))
            .add(Column::IsTest.eq(kind.is_test))
            .add(kind.reason.as_ref().map_or(Column::Reason.is_null(), |reason| Column::Reason.eq(reason)));
        let last = Entity::find().filter(like).order_by_desc(Column::Id).one(conn).await?;
        groups.extend(last.map(|row| Call { calls: kind.calls, ..of_receipt(row) }));
    }
    Ok(groups)
}

fn of_receipt(row: receipt::Model) -> Call {
    let refused = row.http_status >= 400 || row.status == "rejected";
    let advice = row.reason.as_deref().filter(|_| refused).map(rules::after_reading);
    let outcome = match advice {
        Some(Advice::AsAgreed) | None if row.http_status < 400 => Outcome::Taken,
        _ => Outcome::Refused,
    };
    Call {
        outcome,
        status: Some(row.status),
        reason: row.reason,
        advice: advice.filter(|_| outcome == Outcome::Refused),
        is_test: row.is_test,
        calls: 1,
        at: row.arrived_at,
        door: row.door,
        dialect: None,
        trust: Some(row.trust),
        remote_ip: row.remote_ip,
        message: row.message,
        params: row.params,
        receipt_id: Some(row.id),
        conversion_id: row.conversion_id,
    }
}

async fn refused_rows(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    since: Timestamp,
) -> Answer<Vec<refused::Model>> {
    let mine = refused::Column::WorkspaceId
        .eq(tenant.id())
        .and(refused::Column::AdvertiserId.eq(advertiser))
        .and(refused::Column::Day.gte(day(since)))
        .and(refused::Column::LastAt.gte(since));
    let newest = refused::Entity::find().filter(mine).order_by_desc(refused::Column::LastAt);
    Ok(newest.limit(REFUSED_ROWS_MAX).all(conn).await?)
}

/// Rows of several days become one for each reason, door and advice.
async fn refused_since(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    since: Timestamp,
) -> Answer<Vec<Call>> {
    let mut groups: Vec<Call> = Vec::new();
    for row in refused_rows(conn, tenant, advertiser, since).await? {
        let call = of_refused(row);
        let same = |known: &&mut Call| {
            (&known.reason, &known.door, &known.dialect, known.advice)
                == (&call.reason, &call.door, &call.dialect, call.advice)
        };
        match groups.iter_mut().find(same) {
            Some(known) => known.calls += call.calls,
            None => groups.push(call),
        }
    }
    Ok(groups)
}

fn of_refused(row: refused::Model) -> Call {
    Call {
        outcome: Outcome::Refused,
        status: None,
        reason: Some(row.reason),
        advice: Advice::from_code(&row.advice),
        is_test: false,
        calls: row.calls,
        at: row.last_at,
        door: row.door,
        dialect: row.dialect,
        trust: None,
        remote_ip: row.remote_ip,
        message: row.message,
        params: row.params,
        receipt_id: None,
        conversion_id: None,
    }
}

/// The last calls, newest first, whatever became of them; of those that the door refused alike, the last.
pub async fn latest(app: &App, tenant: Tenant, advertiser: Id<id::Advertiser>, since: Timestamp) -> Answer<Vec<Call>> {
    let conn = app.records.read();
    advertisers::store::get(conn, tenant, advertiser).await?;
    let newest = Entity::find().filter(mine(tenant, advertiser, since)).order_by_desc(Column::Id).limit(LATEST_MAX);
    let mut calls: Vec<Call> = newest.all(conn).await?.into_iter().map(of_receipt).collect();
    let refused = refused_rows(conn, tenant, advertiser, since).await?;
    calls.extend(refused.into_iter().map(of_refused));
    calls.sort_by_key(|call| std::cmp::Reverse(call.at));
    calls.truncate(LATEST_MAX as usize);
    Ok(calls)
}
