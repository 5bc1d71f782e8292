//! The trust ladder of one advertiser: who stood where in the last seven days, and whom a change would shut out.

use std::net::IpAddr;

use events::record::{Door, Trust};
use kernel::{Id, Tenant, Timestamp, id, reason::ConversionReason as Reason};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, FromQueryResult, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    advertisers::{
        model::{Model as Advertiser, ReceiptTrust},
        proof, store,
    },
    conversions::{
        entity::receipt::{Column, Entity},
        rules::trust::{self, Standing},
    },
    platform::Answer,
};

/// Days that are looked back upon.
pub const DAYS: i64 = 7;
/// Ways of calling (door, proof, address) that are told apart, the busiest first.
const WAYS_MAX: u64 = 5_000;
/// Of those who would be shut out, as many are named.
const SHUT_OUT_MAX: usize = 20;
/// HTTP status of calls that were not believed.
const UNAUTHENTICATED: i32 = 401;

/// Calls that came alike.
#[derive(Clone, Debug, FromQueryResult)]
struct Way {
    door: String,
    trust: String,
    remote_ip: String,
    calls: i64,
    last_at: Timestamp,
}

impl Way {
    fn standing(&self) -> Standing {
        Standing {
            door: door(&self.door),
            trust: proof_of(&self.trust),
            ip: self.remote_ip.parse().unwrap_or(IpAddr::from([0, 0, 0, 0])),
        }
    }
}

fn door(code: &str) -> Door {
    match code {
        "pixel" => Door::Pixel,
        "tag" => Door::Tag,
        "api" => Door::Api,
        "csv" => Door::Csv,
        _ => Door::Postback,
    }
}

/// What a sender showed. A token from a listed address is a token: the list may be another one now.
fn proof_of(code: &str) -> Trust {
    match Trust::from_code(code) {
        Some(Trust::IpList) => Trust::Token,
        known => known.unwrap_or(Trust::Open),
    }
}

/// One rung, and who stood on it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({"rung": "token", "calls": 412, "last_at": "2026-11-22T09:30:00.000Z", "would_be_refused": 0}))]
pub struct Rung {
    pub rung: ReceiptTrust,
    /// Calls of the last seven days that stood exactly here.
    pub calls: i64,
    pub last_at: Option<Timestamp>,
    /// Of all believed calls of the last seven days: those that would have been refused if this rung were asked for.
    pub would_be_refused: i64,
}

/// The ladder as it stands.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "min_trust": "token", "accepts_pixel": true, "calls": 420, "since": "2026-11-15T09:30:00.000Z",
    "rungs": [
        {"rung": "click_id", "calls": 8, "last_at": "2026-11-21T18:02:00.000Z", "would_be_refused": 0},
        {"rung": "token", "calls": 412, "last_at": "2026-11-22T09:30:00.000Z", "would_be_refused": 0},
        {"rung": "ip_list", "calls": 0, "last_at": null, "would_be_refused": 412},
        {"rung": "api_key", "calls": 0, "last_at": null, "would_be_refused": 412},
        {"rung": "signature", "calls": 0, "last_at": null, "would_be_refused": 412}
    ]
}))]
pub struct Ladder {
    pub min_trust: ReceiptTrust,
    pub accepts_pixel: bool,
    /// Believed calls of the last seven days, tests aside.
    pub calls: i64,
    pub since: Timestamp,
    pub rungs: Vec<Rung>,
}

/// A change of the proof that is asked for, to be looked at before it is made.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"min_trust": "ip_list", "ip_allow_list": ["203.0.113.0/24"]}))]
pub struct LadderChange {
    pub min_trust: Option<ReceiptTrust>,
    pub accepts_pixel: Option<bool>,
    pub ip_allow_list: Option<Vec<String>>,
}

/// What a change would have done to the last seven days.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "calls": 420, "would_be_refused": 12, "since": "2026-11-15T09:30:00.000Z",
    "shut_out": [{
        "reason": "ip_not_allowed", "door": "postback", "trust": "token", "remote_ip": "198.51.100.9", "calls": 12,
        "last_at": "2026-11-22T09:30:00.000Z"
    }]
}))]
pub struct DryLook {
    pub calls: i64,
    pub would_be_refused: i64,
    pub since: Timestamp,
    /// Who they are, the busiest first.
    pub shut_out: Vec<ShutOut>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ShutOut {
    pub reason: &'static str,
    pub door: String,
    /// What the sender showed.
    pub trust: &'static str,
    pub remote_ip: String,
    pub calls: i64,
    pub last_at: Timestamp,
}

/// The smallest id that a receipt of that moment can have: ids sort by time.
pub fn first_id_at(at: Timestamp) -> Id<id::Receipt> {
    Id::from_parts(at, 0)
}

async fn ways(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    since: Timestamp,
) -> Answer<Vec<Way>> {
    let believed = Column::HttpStatus.ne(UNAUTHENTICATED).and(Column::IsTest.eq(false));
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::AdvertiserId.eq(advertiser));
    let select = Entity::find().filter(mine).filter(Column::Id.gte(first_id_at(since))).filter(believed).select_only();
    let select = select.columns([Column::Door, Column::Trust, Column::RemoteIp]);
    let select = select.expr_as(Expr::col(Column::Id).count(), "calls");
    let select = select.expr_as(Expr::col(Column::ArrivedAt).max(), "last_at");
    let select = select.group_by(Column::Door).group_by(Column::Trust).group_by(Column::RemoteIp);
    let select = select.order_by_desc(Expr::col("calls")).limit(WAYS_MAX);
    Ok(select.into_model::<Way>().all(conn).await?)
}

/// The ladder of an advertiser.
pub async fn ladder(app: &App, tenant: Tenant, advertiser: Id<id::Advertiser>) -> Answer<Ladder> {
    let conn = app.records.read();
    let row = store::get(conn, tenant, advertiser).await?;
    let since = app.ambient.now().plus_days(-DAYS);
    let ways = ways(conn, tenant, advertiser, since).await?;
    let rungs = ReceiptTrust::ALL.map(|rung| on(&row, rung, &ways));
    let calls = ways.iter().map(|way| way.calls).sum();
    Ok(Ladder { min_trust: row.min_trust, accepts_pixel: row.accepts_pixel, calls, since, rungs: rungs.into() })
}

fn on(row: &Advertiser, rung: ReceiptTrust, ways: &[Way]) -> Rung {
    let here = || ways.iter().filter(|way| trust::rung(row, way.standing()) == rung.rung());
    let asked = Advertiser { min_trust: rung, ..row.clone() };
    let refused = ways.iter().filter(|way| trust::admit(&asked, way.standing()).is_err());
    Rung {
        rung,
        calls: here().map(|way| way.calls).sum(),
        last_at: here().map(|way| way.last_at).max(),
        would_be_refused: refused.map(|way| way.calls).sum(),
    }
}

/// Tries a change on the calls of the last seven days.
pub async fn dry_look(
    app: &App,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    change: LadderChange,
) -> Answer<DryLook> {
    let conn = app.records.read();
    let mut row = store::get(conn, tenant, advertiser).await?;
    row.min_trust = change.min_trust.unwrap_or(row.min_trust);
    row.accepts_pixel = change.accepts_pixel.unwrap_or(row.accepts_pixel);
    if let Some(networks) = &change.ip_allow_list {
        row.ip_allow_list = proof::networks("ip_allow_list", networks)?;
    }
    let since = app.ambient.now().plus_days(-DAYS);
    let ways = ways(conn, tenant, advertiser, since).await?;
    let refused: Vec<_> = ways.iter().filter_map(|way| shut_out(&row, way)).collect();
    Ok(DryLook {
        calls: ways.iter().map(|way| way.calls).sum(),
        would_be_refused: refused.iter().map(|way| way.calls).sum(),
        since,
        shut_out: refused.into_iter().take(SHUT_OUT_MAX).collect(),
    })
}

fn shut_out(row: &Advertiser, way: &Way) -> Option<ShutOut> {
    let standing = way.standing();
    let reason: Reason = trust::admit(row, standing).err()?;
    let Way { door, remote_ip, calls, last_at, .. } = way.clone();
    Some(ShutOut { reason: reason.code(), door, trust: standing.trust.code(), remote_ip, calls, last_at })
}
