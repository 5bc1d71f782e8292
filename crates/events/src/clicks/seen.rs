//! What a visitor without a click id was seen with: clicks, by its key or brought along to the tag, and views that may be
//! credited. Of the views of one link the first of each hour is kept.

use std::sync::Arc;

use kernel::{
    Id, Timestamp,
    id::{Advertiser, Click, Link, Offer, Partner, Workspace},
    time::HOUR_MS,
};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use super::{
    ClickFacts,
    retention::SEEN_WINDOW_MS,
    rows::{self, COLUMNS_OF_FACTS},
};
use crate::record::{ClickKind, ViewRecord};

/// Whose, and until when.
#[derive(Clone, Debug)]
pub struct SeenAsked {
    pub visitor: u64,
    pub workspace: Id<Workspace>,
    /// Of this offer alone.
    pub offer: Option<Id<Offer>>,
    pub until: Timestamp,
}

/// The newest of each kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// Valid, or a duplicate of a valid one.
    pub click: Option<Arc<ClickFacts>>,
    pub view: Option<ViewFacts>,
}

/// What a decision on a conversion needs of a view.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewFacts {
    pub at: Timestamp,
    pub workspace: Id<Workspace>,
    pub advertiser: Option<Id<Advertiser>>,
    pub offer: Option<Id<Offer>>,
    pub partner: Option<Id<Partner>>,
    pub link: Option<Id<Link>>,
    pub traffic_type: String,
}

/// Whether a view may ever be credited.
pub fn is_kept(view: &ViewRecord<'_>) -> bool {
    view.more.may_be_credited && view.kind == ClickKind::Click && view.reason.is_none()
}

pub fn keep_view(transaction: &Transaction<'_>, view: &ViewRecord<'_>, route: i64) -> rusqlite::Result<()> {
    let at = view.event_time.millis();
    let mut statement = transaction.prepare_cached("INSERT OR IGNORE INTO views VALUES (?1, ?2, ?3, ?4)")?;
    statement.execute((view.visitor.key as i64, route, at.div_euclid(HOUR_MS), at)).map(drop)
}

pub fn keep_sightings(transaction: &Transaction<'_>, brought: &[(u64, Id<Click>)]) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached("INSERT OR IGNORE INTO sightings VALUES (?1, ?2)")?;
    for (visitor, click) in brought {
        statement.execute((*visitor as i64, rows::id_bytes(*click)))?;
    }
    Ok(())
}

pub fn find(connection: &Connection, asked: &SeenAsked) -> anyhow::Result<Seen> {
    Ok(Seen { click: newest_click(connection, asked)?, view: newest_view(connection, asked)? })
}

fn newest_click(connection: &Connection, asked: &SeenAsked) -> rusqlite::Result<Option<Arc<ClickFacts>>> {
    // 0 and 1: valid and duplicate.
    let sql = format!(
        "SELECT {COLUMNS_OF_FACTS} FROM
         (SELECT click_id FROM visits WHERE visitor = ?1 UNION SELECT click_id FROM sightings WHERE visitor = ?1) own
         JOIN clicks c ON c.click_id = own.click_id JOIN routes r ON r.key = c.route
         WHERE r.workspace = ?2 AND (?3 IS NULL OR r.offer = ?3) AND c.at > ?4 AND c.at <= ?5 AND c.verdict IN (0, 1)
         ORDER BY c.at DESC, c.click_id DESC LIMIT 1"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_row(values(asked), |row| rows::facts_from(row).map(Arc::new)).optional()
}

fn newest_view(connection: &Connection, asked: &SeenAsked) -> rusqlite::Result<Option<ViewFacts>> {
    let mut statement = connection.prepare_cached(
        "SELECT v.at, r.workspace, r.advertiser, r.offer, r.partner, r.link, r.traffic_type
         FROM views v JOIN routes r ON r.key = v.route
         WHERE v.visitor = ?1 AND r.workspace = ?2 AND (?3 IS NULL OR r.offer = ?3) AND v.at > ?4 AND v.at <= ?5
         ORDER BY v.at DESC, r.link DESC LIMIT 1",
    )?;
    statement.query_row(values(asked), view_from).optional()
}

type Values = (i64, [u8; 16], Option<[u8; 16]>, i64, i64);

fn values(asked: &SeenAsked) -> Values {
    let until = asked.until.millis();
    let (workspace, offer) = (rows::id_bytes(asked.workspace), asked.offer.map(rows::id_bytes));
    (asked.visitor as i64, workspace, offer, until.saturating_sub(SEEN_WINDOW_MS), until)
}

fn view_from(row: &Row<'_>) -> rusqlite::Result<ViewFacts> {
    fn optional<K>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Id<K>>> {
        Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(rows::id_from))
    }
    Ok(ViewFacts {
        at: Timestamp::from_millis(row.get(0)?),
        workspace: rows::id_from(row.get(1)?),
        advertiser: optional(row, 2)?,
        offer: optional(row, 3)?,
        partner: optional(row, 4)?,
        link: optional(row, 5)?,
        traffic_type: row.get(6)?,
    })
}
