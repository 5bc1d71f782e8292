//! The tables of `clicks.db` and how facts become rows.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use kernel::{Id, Timestamp, reason::ClickReason};
use rusqlite::{Connection, OpenFlags, Row};

use super::{ClickFacts, Verdict};
use crate::record::{ClickKind, SUBS};

/// Between the sub ids in their one column. Never part of a sub id: it is taken out at the door of this file.
const SUB_SEPARATOR: char = '\u{1f}';
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS clicks (
        click_id BLOB NOT NULL PRIMARY KEY, route INTEGER NOT NULL, at INTEGER NOT NULL,
        verdict INTEGER NOT NULL, reason TEXT, country TEXT NOT NULL, ip BLOB, user_agent_hash INTEGER NOT NULL,
        subs TEXT NOT NULL, source_id TEXT NOT NULL, duplicate_of BLOB
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE IF NOT EXISTS routes (
        key INTEGER PRIMARY KEY, workspace BLOB NOT NULL, advertiser BLOB, offer BLOB, partner BLOB, link BLOB,
        landing BLOB, traffic_type TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS routes_by_link ON routes (link);
    CREATE TABLE IF NOT EXISTS anchors (
        visit INTEGER NOT NULL, at INTEGER NOT NULL, click_id BLOB NOT NULL, PRIMARY KEY (visit, at, click_id)
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE IF NOT EXISTS visits (
        visitor INTEGER NOT NULL, link INTEGER NOT NULL, at INTEGER NOT NULL, click_id BLOB NOT NULL,
        PRIMARY KEY (visitor, link, at, click_id)
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE IF NOT EXISTS sightings (
        visitor INTEGER NOT NULL, click_id BLOB NOT NULL, PRIMARY KEY (visitor, click_id)
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE IF NOT EXISTS views (
        visitor INTEGER NOT NULL, route INTEGER NOT NULL, hour INTEGER NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (visitor, route, hour)
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE IF NOT EXISTS cursors (lane INTEGER PRIMARY KEY, position INTEGER NOT NULL) STRICT;";

pub const COLUMNS_OF_FACTS: &str = "c.click_id, r.workspace, r.advertiser, r.offer, r.partner, r.link, r.landing, c.at, \
     c.verdict, c.reason, c.country, c.ip, c.user_agent_hash, r.traffic_type, c.subs, c.source_id, c.device";

/// A connection that writes; makes the tables where they are missing.
pub fn open_writer(path: &std::path::Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // What the last moments lose in a power cut is indexed again from the journal, because the cursor is lost with it.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
    )?;
    connection.execute_batch(TABLES)?;
    if connection.prepare("SELECT visitor FROM clicks LIMIT 0").is_err() {
        connection.execute_batch("ALTER TABLE clicks ADD COLUMN visitor INTEGER")?;
    }
    if connection.prepare("SELECT device FROM clicks LIMIT 0").is_err() {
        connection.execute_batch("ALTER TABLE clicks ADD COLUMN device TEXT")?;
    }
    Ok(connection)
}

pub fn open_reader(path: &std::path::Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch("PRAGMA cache_size = -16384;")?;
    Ok(connection)
}

pub fn id_bytes<K>(id: Id<K>) -> [u8; 16] {
    id.as_u128().to_be_bytes()
}

pub fn id_from<K>(bytes: [u8; 16]) -> Id<K> {
    Id::from_u128(u128::from_be_bytes(bytes))
}

pub fn ip_bytes(ip: IpAddr) -> Vec<u8> {
    match ip {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    }
}

fn ip_from(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = <[u8; 4]>::try_from(bytes).map(|octets| Ipv4Addr::from(octets).into());
    v4.or_else(|_| <[u8; 16]>::try_from(bytes).map(|octets| Ipv6Addr::from(octets).into())).ok()
}

/// The sub ids in one text, without those at the end that are empty.
pub fn join_subs(subs: &[&str; SUBS]) -> String {
    let used = subs.iter().rposition(|sub| !sub.is_empty()).map_or(0, |last| last + 1);
    let mut joined = String::new();
    for (index, sub) in subs[..used].iter().enumerate() {
        if index > 0 {
            joined.push(SUB_SEPARATOR);
        }
        joined.extend(sub.chars().filter(|&character| character != SUB_SEPARATOR));
    }
    joined
}

pub fn split_subs(joined: &str) -> [String; SUBS] {
    let mut parts = joined.split(SUB_SEPARATOR);
    std::array::from_fn(|_| parts.next().unwrap_or_default().to_owned())
}

pub fn verdict_number(verdict: Verdict) -> i64 {
    verdict as i64
}

pub fn verdict_from(number: i64) -> Verdict {
    let known = usize::try_from(number).ok().and_then(|index| Verdict::ALL.get(index));
    known.copied().unwrap_or(Verdict::Invalid)
}

pub fn facts_from(row: &Row<'_>) -> rusqlite::Result<ClickFacts> {
    fn optional<K>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Id<K>>> {
        Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(id_from))
    }
    let verdict = verdict_from(row.get(8)?);
    let reason: Option<String> = row.get(9)?;
    let ip: Option<Vec<u8>> = row.get(11)?;
    Ok(ClickFacts {
        click_id: id_from(row.get(0)?),
        workspace: id_from(row.get(1)?),
        advertiser: optional(row, 2)?,
        offer: optional(row, 3)?,
        partner: optional(row, 4)?,
        link: optional(row, 5)?,
        landing: optional(row, 6)?,
        at: Timestamp::from_millis(row.get(7)?),
        kind: if verdict == Verdict::Probe { ClickKind::Probe } else { ClickKind::Click },
        verdict,
        reason: reason.as_deref().and_then(ClickReason::from_code),
        country: row.get(10)?,
        ip: ip.as_deref().and_then(ip_from),
        user_agent_hash: row.get::<_, i64>(12)? as u64,
        traffic_type: row.get(13)?,
        subs: split_subs(&row.get::<_, String>(14)?),
        source_id: row.get(15)?,
        device: row.get::<_, Option<String>>(16)?.unwrap_or_default(),
    })
}
