//! Clicks that were made on another platform, before the move: found by the other platform's own click id.
//!
//! They lie in a file of their own beside the click index, because nothing can make them again: the index is rebuilt from
//! the journal, these were only ever in somebody's export. A click is kept under a hash of its workspace and foreign id,
//! about 60 bytes. Invariants: the first import of a foreign id stands, so doing a batch again changes nothing; a batch is
//! on the disk before it is said to be taken; a click's own id follows from its time and its hash, so that a conversion
//! found twice is found as the same.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::Context as _;
use kernel::{
    Id, Timestamp,
    id::{Advertiser, Click, Link, Offer, Partner, Workspace},
};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use super::{
    ClickFacts, Verdict,
    rows::{id_bytes, id_from, join_subs, split_subs},
};
use crate::record::{ClickKind, SUBS};

const BUSY_TIMEOUT: Duration = Duration::from_secs(30);
/// Rows that one turn of forgetting takes.
const ROWS_PER_TURN: i64 = 50_000;
/// The low bits of the hash that stand behind the time in a click's own id.
const HASH_BITS: u32 = 80;

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS clicks (
        key BLOB NOT NULL PRIMARY KEY, route INTEGER NOT NULL, at INTEGER NOT NULL, country TEXT NOT NULL,
        subs TEXT NOT NULL, source_id TEXT NOT NULL
    ) WITHOUT ROWID, STRICT;
    CREATE TABLE IF NOT EXISTS routes (
        key INTEGER PRIMARY KEY, import BLOB NOT NULL, workspace BLOB NOT NULL, advertiser BLOB, offer BLOB NOT NULL,
        partner BLOB NOT NULL, link BLOB, traffic_type TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS routes_by_import ON routes (import, offer, partner);";

/// A click id that another platform drew, within a workspace.
pub type Foreign = (Id<Workspace>, String);

/// Facts of imported clicks by their foreign ids.
pub type ForeignClicks = HashMap<Foreign, Arc<ClickFacts>>;

/// Where a click led, and through whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImportedRoute {
    pub workspace: Id<Workspace>,
    pub advertiser: Option<Id<Advertiser>>,
    pub offer: Id<Offer>,
    pub partner: Id<Partner>,
    pub link: Option<Id<Link>>,
    pub traffic_type: String,
}

/// A click of another platform.
#[derive(Clone, Debug)]
pub struct ImportedClick {
    pub foreign_id: String,
    pub route: ImportedRoute,
    pub at: Timestamp,
    pub country: String,
    pub subs: [String; SUBS],
    pub source_id: String,
}

/// The file of imported clicks. Clones share its connections.
#[derive(Clone)]
pub struct ImportedClicks {
    path: Arc<PathBuf>,
    writer: Arc<Mutex<Connection>>,
    reader: Arc<Mutex<Connection>>,
}

impl ImportedClicks {
    /// Makes the file where there is none.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let writer = connect(path).context("the imported clicks cannot be opened")?;
        writer.execute_batch("PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;")?;
        writer.execute_batch(TABLES)?;
        let reader = connect(path)?;
        let share = |connection| Arc::new(Mutex::new(connection));
        Ok(Self { path: Arc::new(path.to_owned()), writer: share(writer), reader: share(reader) })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes clicks in, all or none; answers how many were not known before.
    pub async fn put_many(&self, import: u128, clicks: Vec<ImportedClick>) -> anyhow::Result<usize> {
        let this = self.clone();
        tokio::task::spawn_blocking(move || {
            let mut writer = this.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction = writer.transaction()?;
            let fresh = insert(&transaction, import, &clicks)?;
            transaction.commit()?;
            Ok(fresh)
        })
        .await?
    }

    /// The facts of those clicks of a workspace that are known, by foreign id.
    pub async fn find_many(&self, wanted: Vec<Foreign>) -> anyhow::Result<ForeignClicks> {
        if wanted.is_empty() {
            return Ok(HashMap::new());
        }
        let this = self.clone();
        tokio::task::spawn_blocking(move || {
            let reader = this.reader.lock().unwrap_or_else(PoisonError::into_inner);
            find(&reader, wanted)
        })
        .await?
    }

    /// Clicks that an import brought.
    pub async fn count(&self, import: u128) -> anyhow::Result<u64> {
        let this = self.clone();
        let counted = tokio::task::spawn_blocking(move || {
            let sql = "SELECT count(*) FROM clicks c JOIN routes r ON r.key = c.route WHERE r.import = ?1";
            let reader = this.reader.lock().unwrap_or_else(PoisonError::into_inner);
            reader.query_row(sql, [import.to_be_bytes()], |row| row.get::<_, i64>(0))
        });
        Ok(counted.await?? as u64)
    }

    /// Forgets some of what an import brought; `true` once nothing of it is left.
    pub async fn forget(&self, import: u128) -> anyhow::Result<bool> {
        let sql = "DELETE FROM clicks WHERE key IN (SELECT c.key FROM clicks c JOIN routes r ON r.key = c.route
                   WHERE r.import = ?1 LIMIT ?2)";
        self.delete(sql, import.to_be_bytes().to_vec().into()).await
    }

    /// Forgets some of the clicks made before `before`; `true` once none is left.
    pub async fn prune(&self, before: Timestamp) -> anyhow::Result<bool> {
        let sql = "DELETE FROM clicks WHERE key IN (SELECT key FROM clicks WHERE at < ?1 LIMIT ?2)";
        self.delete(sql, before.millis().into()).await
    }

    async fn delete(&self, sql: &'static str, which: rusqlite::types::Value) -> anyhow::Result<bool> {
        let this = self.clone();
        tokio::task::spawn_blocking(move || {
            let writer = this.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let deleted = writer.execute(sql, (which, ROWS_PER_TURN))?;
            Ok((deleted as i64) < ROWS_PER_TURN)
        })
        .await?
    }

    /// Copies the clicks into `file`, which must not exist, while they are used.
    pub fn backup_to(&self, file: &Path) -> anyhow::Result<()> {
        let target = file.to_str().context("the path of a backup is UTF-8")?;
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        reader.execute("VACUUM INTO ?1", [target]).context("the imported clicks could not be copied")?;
        Ok(())
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA temp_store = MEMORY;")?;
    Ok(connection)
}

/// In order of their keys, so that a large batch touches each page of the tree once.
fn insert(transaction: &Transaction<'_>, import: u128, clicks: &[ImportedClick]) -> anyhow::Result<usize> {
    let mut order: Vec<_> = clicks.iter().map(|click| (key(click.route.workspace, &click.foreign_id), click)).collect();
    order.sort_unstable_by_key(|one| one.0);
    let mut routes: HashMap<&ImportedRoute, i64> = HashMap::new();
    let mut statement = transaction.prepare_cached("INSERT OR IGNORE INTO clicks VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let mut fresh = 0;
    for (key, click) in order {
        let route = match routes.get(&click.route) {
            Some(route) => *route,
            None => {
                let found = route_key(transaction, import, &click.route)?;
                routes.insert(&click.route, found);
                found
            }
        };
        let subs = join_subs(&std::array::from_fn(|index| click.subs[index].as_str()));
        let values = (key.to_be_bytes(), route, click.at.millis(), &click.country, subs, &click.source_id);
        fresh += statement.execute(values)?;
    }
    Ok(fresh)
}

fn route_key(transaction: &Transaction<'_>, import: u128, route: &ImportedRoute) -> rusqlite::Result<i64> {
    let values = (
        import.to_be_bytes(),
        id_bytes(route.workspace),
        route.advertiser.map(id_bytes),
        id_bytes(route.offer),
        id_bytes(route.partner),
        route.link.map(id_bytes),
        &route.traffic_type,
    );
    let known = transaction
        .prepare_cached(
            "SELECT key FROM routes WHERE import = ?1 AND workspace = ?2 AND advertiser IS ?3 AND offer = ?4
             AND partner = ?5 AND link IS ?6 AND traffic_type = ?7",
        )?
        .query_row(values, |row| row.get(0))
        .optional()?;
    match known {
        Some(key) => Ok(key),
        None => transaction
            .prepare_cached("INSERT INTO routes VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING key")?
            .query_row(values, |row| row.get(0)),
    }
}

fn find(connection: &Connection, wanted: Vec<Foreign>) -> anyhow::Result<ForeignClicks> {
    let mut statement = connection.prepare_cached(
        "SELECT c.at, c.country, c.subs, c.source_id, r.workspace, r.advertiser, r.offer, r.partner, r.link,
         r.traffic_type FROM clicks c JOIN routes r ON r.key = c.route WHERE c.key = ?1",
    )?;
    let mut found = HashMap::new();
    for (workspace, foreign_id) in wanted {
        let key = key(workspace, &foreign_id);
        let facts = statement.query_row([key.to_be_bytes()], |row| facts_from(key, row)).optional()?;
        found.extend(facts.map(|facts| ((workspace, foreign_id), Arc::new(facts))));
    }
    Ok(found)
}

fn facts_from(key: u128, row: &Row<'_>) -> rusqlite::Result<ClickFacts> {
    let at = Timestamp::from_millis(row.get(0)?);
    Ok(ClickFacts {
        click_id: own_id(key, at),
        workspace: id_from(row.get(4)?),
        advertiser: row.get::<_, Option<[u8; 16]>>(5)?.map(id_from),
        offer: Some(id_from(row.get(6)?)),
        partner: Some(id_from(row.get(7)?)),
        link: row.get::<_, Option<[u8; 16]>>(8)?.map(id_from),
        landing: None,
        at,
        kind: ClickKind::Click,
        verdict: Verdict::Valid,
        reason: None,
        country: row.get(1)?,
        ip: None,
        user_agent_hash: 0,
        traffic_type: row.get(9)?,
        subs: split_subs(&row.get::<_, String>(2)?),
        source_id: row.get(3)?,
        device: String::new(),
    })
}

/// 128 bits of BLAKE3: two foreign ids do not share one.
fn key(workspace: Id<Workspace>, foreign_id: &str) -> u128 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&id_bytes(workspace));
    hasher.update(foreign_id.as_bytes());
    u128::from_be_bytes(hasher.finalize().as_bytes()[..16].try_into().expect("a hash has 32 bytes"))
}

/// Sorts by time as the ids of our own clicks do; no key of ours vouches for it.
fn own_id(key: u128, at: Timestamp) -> Id<Click> {
    let millis = (at.millis().max(0) as u128) & 0xFFFF_FFFF_FFFF;
    Id::from_u128(millis << HASH_BITS | (key & ((1 << HASH_BITS) - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn click(foreign_id: &str, partner: u128) -> ImportedClick {
        let route = ImportedRoute {
            workspace: Id::from_u128(1),
            advertiser: None,
            offer: Id::from_u128(2),
            partner: Id::from_u128(partner),
            link: None,
            traffic_type: "seo".to_owned(),
        };
        let subs = std::array::from_fn(|index| if index == 1 { "b".to_owned() } else { String::new() });
        let at = Timestamp::from_millis(1_780_000_000_000);
        ImportedClick {
            foreign_id: foreign_id.to_owned(),
            route,
            at,
            country: "PL".into(),
            subs,
            source_id: "s".into(),
        }
    }

    #[tokio::test]
    async fn a_click_is_found_by_its_foreign_id_and_the_first_import_stands() {
        let folder = tempfile::tempdir().expect("a folder");
        let clicks = ImportedClicks::open(&folder.path().join("imported.db")).expect("opens");
        assert_eq!(clicks.put_many(9, vec![click("102c88", 3), click("102c89", 4)]).await.expect("put"), 2);
        assert_eq!(clicks.put_many(9, vec![click("102c88", 5), click("102c90", 3)]).await.expect("put"), 1);
        let wanted = |workspace: u128, text: &str| (Id::from_u128(workspace), text.to_owned());
        let asked = vec![wanted(1, "102c88"), wanted(1, "unknown"), wanted(2, "102c88")];
        let found = clicks.find_many(asked.clone()).await.expect("read");
        assert_eq!(found.len(), 1, "another workspace's click is not found");
        let facts = &found[&wanted(1, "102c88")];
        assert_eq!((facts.partner, facts.offer), (Some(Id::from_u128(3)), Some(Id::from_u128(2))));
        assert_eq!((facts.subs[1].as_str(), facts.country.as_str(), facts.verdict), ("b", "PL", Verdict::Valid));
        let again = clicks.find_many(asked).await.expect("read");
        assert_eq!(again[&wanted(1, "102c88")].click_id, facts.click_id);
        assert_eq!(facts.click_id.as_u128() >> HASH_BITS, 1_780_000_000_000);
    }

    #[tokio::test]
    async fn an_import_is_forgotten_whole_and_old_clicks_in_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let clicks = ImportedClicks::open(&folder.path().join("imported.db")).expect("opens");
        clicks.put_many(9, vec![click("102c88", 3)]).await.expect("put");
        clicks.put_many(10, vec![click("102c89", 3)]).await.expect("put");
        assert!(clicks.forget(9).await.expect("forgotten"));
        assert_eq!((clicks.count(9).await.expect("read"), clicks.count(10).await.expect("read")), (0, 1));
        assert!(clicks.prune(Timestamp::from_millis(1_780_000_000_001)).await.expect("pruned"));
        assert_eq!(clicks.count(10).await.expect("read"), 0);
    }
}
