//! Clicks as the event store holds them, one by one: what an explanation is made of.

use std::sync::Arc;

use duckdb::{Connection, Row, params};
use kernel::{Id, Timestamp, id, reason::ClickReason};

use crate::{
    EventStore, StoreError,
    clicks::MAX_DUPLICATE_WINDOW_MS,
    question::Keys,
    record::{SUBS, TargetingMark},
    store::high,
};

/// Columns of a row, in the order in which they are read.
const COLUMNS: &str = "c.click_hi, c.click_lo, c.event_time, c.recorded_at, c.kind, c.workspace, c.advertiser, c.offer,
    c.partner, c.link, c.landing, c.traffic_type, c.sub1, c.sub2, c.sub3, c.sub4, c.sub5, c.sub6, c.sub7, c.sub8, c.sub9,
    c.sub10, c.source_id, c.country, c.device, c.os, c.browser, c.language, c.referrer_host, c.asn, c.user_agent,
    c.click_verdict, c.click_reason, c.visitor, c.referrer, c.duplicate_of_hi, c.duplicate_of_lo, c.destination,
    c.route_version, c.steps, c.method, c.targeting_condition, c.landing_ppm, first.event_time, first.link,
    first.visitor, first.click_verdict";
/// Clicks whose ids begin after $1 and up to $2, each with the click of which it is a duplicate, which began after $3.
const FROM: &str = "FROM (SELECT * FROM clicks WHERE click_hi > $1 AND click_hi <= $2) c
    LEFT JOIN (SELECT * FROM clicks WHERE click_hi > $3 AND click_hi <= $2) first
        ON first.click_hi = c.duplicate_of_hi AND first.click_lo = c.duplicate_of_lo AND c.duplicate_of_lo <> 0";
/// Ids begin with the milliseconds at which they were made, and these bits of other things.
const BITS_BELOW_MILLIS: u32 = 16;

/// A click, with all that was written down of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ClickRow {
    pub click: Id<id::Click>,
    pub at: Timestamp,
    pub recorded_at: Timestamp,
    pub is_probe: bool,
    pub workspace: Option<Id<id::Workspace>>,
    pub advertiser: Option<Id<id::Advertiser>>,
    pub offer: Option<Id<id::Offer>>,
    pub partner: Option<Id<id::Partner>>,
    pub link: Option<Id<id::Link>>,
    pub landing: Option<Id<id::Landing>>,
    pub traffic_type: String,
    pub subs: [String; SUBS],
    pub source_id: String,
    pub country: String,
    pub device: String,
    pub os: String,
    pub browser: String,
    pub language: String,
    pub referrer_host: String,
    pub asn: u32,
    pub user_agent: String,
    pub verdict: String,
    pub reason: Option<ClickReason>,
    pub visitor: u64,
    pub referrer: String,
    pub duplicate_of: Option<FirstClick>,
    pub destination: String,
    pub route_version: u64,
    pub steps: u64,
    pub method: String,
    pub condition: Option<TargetingMark>,
    pub landing_ppm: u32,
}

/// The click that a duplicate repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstClick {
    pub click: Id<id::Click>,
    /// `None` where it is no longer kept.
    pub at: Option<Timestamp>,
    /// Whether it is a valid click of the same visitor on the same link.
    pub is_alike: bool,
}

/// One click.
pub async fn find(store: &Arc<EventStore>, click: Id<id::Click>) -> Result<Option<ClickRow>, StoreError> {
    let keys = Arc::clone(store);
    let hi = high(click.as_u128());
    let rows = store.read(move |connection| between(connection, &*keys, hi.saturating_sub(1), hi)).await?;
    Ok(rows.into_iter().find(|row| row.click == click))
}

/// How far a walk through all clicks has come, in beginnings of ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walked(u64);

/// The next clicks of the installation, about `limit` of them, and how far the walk has come; `None` at its end.
pub async fn page(
    store: &Arc<EventStore>,
    Walked(after): Walked,
    limit: usize,
) -> Result<Option<(Vec<ClickRow>, Walked)>, StoreError> {
    let keys = Arc::clone(store);
    store
        .read_at_leisure(move |connection| {
            let sql = format!(
                "SELECT max(click_hi) FROM (SELECT click_hi FROM clicks WHERE click_hi > $1 ORDER BY click_hi LIMIT {limit})"
            );
            let until: Option<u64> = connection.query_row(&sql, params![after], |row| row.get(0))?;
            let Some(until) = until else { return Ok(None) };
            Ok(Some((between(connection, &*keys, after, until)?, Walked(until))))
        })
        .await
}

fn between(connection: &Connection, keys: &dyn Keys, after: u64, until: u64) -> anyhow::Result<Vec<ClickRow>> {
    let first_ms = (after >> BITS_BELOW_MILLIS).saturating_sub(MAX_DUPLICATE_WINDOW_MS as u64);
    let first_after = (first_ms << BITS_BELOW_MILLIS).saturating_sub(1);
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} {FROM}"))?;
    let mut rows = statement.query(params![after, until, first_after])?;
    let mut read = Vec::new();
    while let Some(row) = rows.next()? {
        read.push(click(row, keys)?);
    }
    Ok(read)
}

fn click(row: &Row<'_>, keys: &dyn Keys) -> duckdb::Result<ClickRow> {
    let subs = (12..12 + SUBS).map(|column| row.get(column)).collect::<duckdb::Result<Vec<String>>>()?;
    let reason: String = row.get(32)?;
    Ok(ClickRow {
        click: id_of(row.get(0)?, row.get(1)?),
        at: Timestamp::from_millis(row.get(2)?),
        recorded_at: Timestamp::from_millis(row.get(3)?),
        is_probe: row.get::<_, String>(4)? == "probe",
        workspace: entity(row, keys, 5)?,
        advertiser: entity(row, keys, 6)?,
        offer: entity(row, keys, 7)?,
        partner: entity(row, keys, 8)?,
        link: entity(row, keys, 9)?,
        landing: entity(row, keys, 10)?,
        traffic_type: row.get(11)?,
        subs: subs.try_into().unwrap_or_default(),
        source_id: row.get(22)?,
        country: row.get(23)?,
        device: row.get(24)?,
        os: row.get(25)?,
        browser: row.get(26)?,
        language: row.get(27)?,
        referrer_host: row.get(28)?,
        asn: row.get(29)?,
        user_agent: row.get(30)?,
        verdict: row.get(31)?,
        reason: ClickReason::from_code(&reason),
        visitor: row.get(33)?,
        referrer: row.get(34)?,
        duplicate_of: first(row)?,
        destination: row.get(37)?,
        route_version: row.get(38)?,
        steps: row.get(39)?,
        method: row.get(40)?,
        condition: TargetingMark::from_number(row.get::<_, Option<u32>>(41)?.unwrap_or(0)),
        landing_ppm: row.get::<_, Option<u32>>(42)?.unwrap_or(1_000_000),
    })
}

fn entity<K>(row: &Row<'_>, keys: &dyn Keys, column: usize) -> duckdb::Result<Option<Id<K>>> {
    Ok(keys.id_of(row.get(column)?).map(Id::from_u128))
}

fn first(row: &Row<'_>) -> duckdb::Result<Option<FirstClick>> {
    let click: Id<id::Click> = id_of(row.get(35)?, row.get(36)?);
    if click.as_u128() == 0 {
        return Ok(None);
    }
    let at: Option<i64> = row.get(43)?;
    let (own_link, own_visitor): (i32, u64) = (row.get(9)?, row.get(33)?);
    let (link, visitor, verdict): (Option<i32>, Option<u64>, Option<String>) =
        (row.get(44)?, row.get(45)?, row.get(46)?);
    let is_alike = link == Some(own_link) && visitor == Some(own_visitor) && verdict.as_deref() == Some("valid");
    Ok(Some(FirstClick { click, at: at.map(Timestamp::from_millis), is_alike }))
}

fn id_of<K>(hi: u64, lo: u64) -> Id<K> {
    Id::from_u128(u128::from(hi) << 64 | u128::from(lo))
}
