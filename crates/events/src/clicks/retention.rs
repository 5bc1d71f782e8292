//! How long the click index remembers.

use kernel::{Timestamp, time::DAY_MS};
use rusqlite::Connection;

/// Rows that one turn of pruning may touch, so that the shipper is not held up.
const ROWS_PER_TURN: i64 = 20_000;
/// The longest duplicate window that an offer may have.
pub const MAX_DUPLICATE_WINDOW_MS: i64 = 30 * DAY_MS;
/// What a visitor was seen with is remembered this long.
pub const SEEN_WINDOW_MS: i64 = 30 * DAY_MS;

const DELETE_CLICKS: &str = "DELETE FROM clicks WHERE click_id IN
    (SELECT click_id FROM clicks WHERE click_id < ?1 ORDER BY click_id LIMIT ?2)";
const CLEAR_ADDRESSES: &str = "UPDATE clicks SET ip = NULL WHERE click_id IN
    (SELECT click_id FROM clicks WHERE click_id < ?1 AND ip IS NOT NULL ORDER BY click_id LIMIT ?2)";
const DELETE_ANCHORS: &str = "DELETE FROM anchors WHERE (visit, at, click_id) IN
    (SELECT visit, at, click_id FROM anchors WHERE click_id < ?1 LIMIT ?2)";

const DELETE_SIGHTINGS: &str = "DELETE FROM sightings WHERE (visitor, click_id) IN
    (SELECT visitor, click_id FROM sightings WHERE click_id < ?1 LIMIT ?2)";
const DELETE_VIEWS: &str = "DELETE FROM views WHERE (visitor, route, hour) IN
    (SELECT visitor, route, hour FROM views WHERE at < ?1 LIMIT ?2)";
const DELETE_VISITS: &str = "DELETE FROM visits WHERE (visitor, link, at, click_id) IN
    (SELECT visitor, link, at, click_id FROM visits WHERE click_id < ?1 LIMIT ?2)";

#[derive(Clone, Copy, Debug)]
pub struct Retention {
    /// The longest attribution window of any offer: clicks older than this can no longer convert.
    pub keep_days: i64,
    /// After this a click's address is cleared.
    pub keep_ip_days: i64,
}

impl Default for Retention {
    fn default() -> Self {
        Self { keep_days: 400, keep_ip_days: 90 }
    }
}

/// Deletes and clears what is due, a bounded part at a time; answers whether all is done.
///
/// Click ids begin with the milliseconds at which they were made, so age is a range of keys, for replays too.
pub fn prune(connection: &Connection, now: Timestamp, retention: Retention) -> rusqlite::Result<bool> {
    let old = first_id_of(now.plus_days(-retention.keep_days));
    let no_ip = first_id_of(now.plus_days(-retention.keep_ip_days));
    let no_anchor = first_id_of(now.plus_millis(-MAX_DUPLICATE_WINDOW_MS));
    let due = [
        (DELETE_CLICKS, old),
        (CLEAR_ADDRESSES, no_ip),
        (DELETE_ANCHORS, no_anchor),
        (DELETE_VISITS, no_anchor),
        (DELETE_SIGHTINGS, no_anchor),
    ];
    let old_view = now.plus_millis(-SEEN_WINDOW_MS).millis();
    let views = connection.prepare_cached(DELETE_VIEWS)?.execute((old_view, ROWS_PER_TURN))?;
    let mut done = (views as i64) < ROWS_PER_TURN;
    for (sql, before) in due {
        let touched = connection.prepare_cached(sql)?.execute((before, ROWS_PER_TURN))?;
        done &= (touched as i64) < ROWS_PER_TURN;
    }
    Ok(done)
}

fn first_id_of(at: Timestamp) -> [u8; 16] {
    let millis = (at.millis().max(0) as u128) & 0xFFFF_FFFF_FFFF;
    (millis << 80).to_be_bytes()
}
