//! Writing the click index: the shipper's side, and the rule of duplicates.
//!
//! A click is a duplicate of the newest valid click of the same link and visitor in `(t - window, t]`, by event time.
//! Valid clicks are the anchors; duplicates are not, so a window does not stretch with each repeat.

use std::collections::HashMap;

use anyhow::Context as _;
use kernel::{
    Id, Timestamp,
    id::{Click, Workspace},
};
use rusqlite::{Connection, OptionalExtension as _, Transaction};

use super::{
    ClickIndex, Verdict,
    retention::{self, MAX_DUPLICATE_WINDOW_MS, Retention},
    rows, seen,
};
use crate::{
    position::{Lane, Position, Positions},
    record::{ClickKind, ClickRecord, Dims, TouchRecord, ViewRecord},
};

/// Routes that are remembered by key; beyond that they are looked up again.
const MAX_CACHED_ROUTES: usize = 100_000;

/// What was decided about a click when it was first indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    pub verdict: Verdict,
    pub duplicate_of: Option<Id<Click>>,
}

#[derive(PartialEq, Eq, Hash, Clone)]
pub(super) struct Route {
    ids: [u128; 6],
    traffic_type: String,
}

/// The one writer. Held by the shipper.
pub struct ClickIndexWriter {
    connection: Connection,
    indexed: Positions,
    routes: HashMap<Route, i64>,
}

impl ClickIndexWriter {
    pub fn open(index: &ClickIndex) -> anyhow::Result<Self> {
        let connection = rows::open_writer(index.path()).context("the click index cannot be opened for writing")?;
        let indexed = read_cursors(&connection)?;
        Ok(Self { connection, indexed, routes: HashMap::new() })
    }

    /// Every record before these places is indexed.
    pub fn indexed(&self) -> &Positions {
        &self.indexed
    }

    /// Indexes clicks, each with the place after it, and moves the cursors to `to`, all in one transaction.
    ///
    /// Answers each click's verdict in the order of `clicks`. Clicks that were indexed before keep theirs.
    pub fn index(&mut self, clicks: &[(ClickRecord<'_>, Position)], to: &Positions) -> anyhow::Result<Vec<Judged>> {
        let transaction = self.connection.transaction()?;
        let mut order: Vec<usize> = (0..clicks.len()).collect();
        order.sort_by_key(|&at| (clicks[at].0.event_time, clicks[at].0.click_id));
        let mut judged = vec![Judged { verdict: Verdict::Invalid, duplicate_of: None }; clicks.len()];
        let mut fresh_routes = HashMap::new();
        for at in order {
            let (click, after) = &clicks[at];
            let again = self.indexed.get(after.lane).packed() >= after.packed();
            judged[at] = match if again { known_verdict(&transaction, click)? } else { None } {
                Some(known) => known,
                None => {
                    let route = route_key(
                        &transaction,
                        &self.routes,
                        &mut fresh_routes,
                        Route::of(click.workspace, &click.dims),
                    )?;
                    index_click(&transaction, click, route)?
                }
            };
        }
        write_cursors(&transaction, to)?;
        transaction.commit()?;
        to.iter().for_each(|position| self.indexed.advance(position));
        self.remember(fresh_routes);
        Ok(judged)
    }

    /// Keeps what visitors were seen with. Doing it again changes nothing, so it goes before the cursors move.
    pub fn note_seen(&mut self, views: &[ViewRecord<'_>], touches: &[TouchRecord<'_>]) -> anyhow::Result<()> {
        let views: Vec<_> = views.iter().filter(|view| seen::is_kept(view)).collect();
        let brought: Vec<_> = touches.iter().filter_map(|touch| Some((touch.visitor.key, touch.click_id?))).collect();
        if views.is_empty() && brought.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.transaction()?;
        let mut fresh_routes = HashMap::new();
        for view in views {
            let route = Route::of(view.workspace, &view.dims);
            let route = route_key(&transaction, &self.routes, &mut fresh_routes, route)?;
            seen::keep_view(&transaction, view, route)?;
        }
        seen::keep_sightings(&transaction, &brought)?;
        transaction.commit()?;
        self.remember(fresh_routes);
        Ok(())
    }

    fn remember(&mut self, fresh_routes: HashMap<Route, i64>) {
        if self.routes.len() + fresh_routes.len() > MAX_CACHED_ROUTES {
            self.routes.clear();
        }
        self.routes.extend(fresh_routes);
    }

    /// A bounded turn of retention; `true` once nothing is left to do.
    pub fn prune(&mut self, now: Timestamp, retention: Retention) -> anyhow::Result<bool> {
        let transaction = self.connection.transaction()?;
        let done = retention::prune(&transaction, now, retention)?;
        transaction.commit()?;
        Ok(done)
    }
}

fn read_cursors(connection: &Connection) -> rusqlite::Result<Positions> {
    let mut statement = connection.prepare("SELECT lane, position FROM cursors")?;
    let positions = statement.query_map([], |row| {
        let (lane, packed): (u16, i64) = (row.get(0)?, row.get(1)?);
        Ok(Position::unpack(Lane(lane), packed as u64))
    })?;
    positions.collect()
}

fn write_cursors(transaction: &Transaction<'_>, to: &Positions) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO cursors VALUES (?1, ?2) ON CONFLICT DO UPDATE SET position = max(position, excluded.position)",
    )?;
    for position in to.iter() {
        statement.execute((position.lane.0, position.packed() as i64))?;
    }
    Ok(())
}

fn known_verdict(transaction: &Transaction<'_>, click: &ClickRecord<'_>) -> rusqlite::Result<Option<Judged>> {
    let mut statement = transaction.prepare_cached("SELECT verdict, duplicate_of FROM clicks WHERE click_id = ?1")?;
    let known = statement.query_row([rows::id_bytes(click.click_id)], |row| {
        let duplicate_of: Option<[u8; 16]> = row.get(1)?;
        Ok(Judged { verdict: rows::verdict_from(row.get(0)?), duplicate_of: duplicate_of.map(rows::id_from) })
    });
    known.optional()
}

fn index_click(transaction: &Transaction<'_>, click: &ClickRecord<'_>, route: i64) -> rusqlite::Result<Judged> {
    let judged = judge(transaction, click)?;
    let mut statement = transaction.prepare_cached(
        "INSERT OR IGNORE INTO clicks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    statement.execute((
        rows::id_bytes(click.click_id),
        route,
        click.event_time.millis(),
        rows::verdict_number(judged.verdict),
        click.reason.map(|reason| reason.code()),
        click.visitor.country,
        rows::ip_bytes(click.visitor.ip),
        user_agent_hash(click.visitor.user_agent) as i64,
        rows::join_subs(&click.subs),
        click.source_id,
        judged.duplicate_of.map(rows::id_bytes),
        click.visitor.key as i64,
        click.visitor.device,
    ))?;
    Ok(judged)
}

fn judge(transaction: &Transaction<'_>, click: &ClickRecord<'_>) -> rusqlite::Result<Judged> {
    let plain = |verdict| Judged { verdict, duplicate_of: None };
    if click.kind == ClickKind::Probe {
        return Ok(plain(Verdict::Probe));
    }
    if click.reason.is_some() {
        return Ok(plain(Verdict::Invalid));
    }
    if let Some(first) = newest_visit(transaction, click)? {
        return Ok(Judged { verdict: Verdict::Duplicate, duplicate_of: Some(first) });
    }
    let mut statement = transaction.prepare_cached("INSERT OR IGNORE INTO visits VALUES (?1, ?2, ?3, ?4)")?;
    let visitor = click.visitor.key as i64;
    statement.execute((visitor, link_key(click), click.event_time.millis(), rows::id_bytes(click.click_id)))?;
    Ok(plain(Verdict::Valid))
}

fn newest_visit(transaction: &Transaction<'_>, click: &ClickRecord<'_>) -> rusqlite::Result<Option<Id<Click>>> {
    let window = i64::try_from(click.duplicate_window_ms).unwrap_or(i64::MAX).min(MAX_DUPLICATE_WINDOW_MS);
    let at = click.event_time.millis();
    let mut statement = transaction.prepare_cached(
        "SELECT click_id FROM visits WHERE visitor = ?1 AND link = ?2 AND at > ?3 AND at <= ?4 AND click_id <> ?5
         ORDER BY at DESC, click_id DESC LIMIT 1",
    )?;
    let (visitor, own) = (click.visitor.key as i64, rows::id_bytes(click.click_id));
    let visit = (visitor, link_key(click), at.saturating_sub(window), at, own);
    let found = statement.query_row(visit, |row| row.get(0).map(rows::id_from)).optional()?;
    if found.is_some() {
        return Ok(found);
    }
    let mut statement = transaction.prepare_cached(
        "SELECT click_id FROM anchors WHERE visit = ?1 AND at > ?2 AND at <= ?3 AND click_id <> ?4
         ORDER BY at DESC, click_id DESC LIMIT 1",
    )?;
    let anchor = (visit_key(click), at.saturating_sub(window), at, own);
    statement.query_row(anchor, |row| row.get(0).map(rows::id_from)).optional()
}

/// A link as a number. Two unlike links share one by a chance of 2^-64.
fn link_key(click: &ClickRecord<'_>) -> i64 {
    let link = click.dims.link.map_or(0, |link| link.as_u128());
    (mix(link as u64) ^ mix((link >> 64) as u64).rotate_left(32)) as i64
}

/// Link and visitor in one number, as `anchors` has them.
fn visit_key(click: &ClickRecord<'_>) -> i64 {
    mix(click.visitor.key ^ link_key(click) as u64) as i64
}

/// The finalizer of MurmurHash3: every bit of the input reaches every bit of the output.
fn mix(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ (bits >> 33)
}

/// FNV-1a, 64 bits: stable, so that agents can be compared across restarts.
pub fn user_agent_hash(user_agent: &str) -> u64 {
    user_agent
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

pub(super) fn route_key(
    transaction: &Transaction<'_>,
    known: &HashMap<Route, i64>,
    fresh: &mut HashMap<Route, i64>,
    route: Route,
) -> rusqlite::Result<i64> {
    if let Some(key) = known.get(&route).or_else(|| fresh.get(&route)) {
        return Ok(*key);
    }
    let ids = route.ids.map(|id| (id != 0).then(|| id.to_be_bytes()));
    let [workspace, advertiser, offer, partner, link, landing] = ids;
    let workspace = workspace.unwrap_or_default();
    let values = (workspace, advertiser, offer, partner, link, landing, &route.traffic_type);
    let key = transaction
        .prepare_cached(
            "SELECT key FROM routes WHERE link IS ?5 AND workspace = ?1 AND advertiser IS ?2 AND offer IS ?3
             AND partner IS ?4 AND landing IS ?6 AND traffic_type = ?7",
        )?
        .query_row(values, |row| row.get(0))
        .optional()?;
    let key = match key {
        Some(key) => key,
        None => transaction
            .prepare_cached("INSERT INTO routes VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING key")?
            .query_row(values, |row| row.get(0))?,
    };
    fresh.insert(route, key);
    Ok(key)
}

impl Route {
    pub(super) fn of(workspace: Id<Workspace>, dims: &Dims<'_>) -> Self {
        let ids = [
            workspace.as_u128(),
            dims.advertiser.map_or(0, |id| id.as_u128()),
            dims.offer.map_or(0, |id| id.as_u128()),
            dims.partner.map_or(0, |id| id.as_u128()),
            dims.link.map_or(0, |id| id.as_u128()),
            dims.landing.map_or(0, |id| id.as_u128()),
        ];
        Self { ids, traffic_type: dims.traffic_type.to_owned() }
    }
}
