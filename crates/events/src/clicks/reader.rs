//! Reading the click index.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use anyhow::Context as _;
use kernel::{Id, id::Click};
use rusqlite::Connection;

use super::{
    ClickFacts,
    rows::{self, COLUMNS_OF_FACTS},
    seen::{self, Seen, SeenAsked},
};

/// Clicks of one journey.
pub const JOURNEY_CLICKS_MAX: usize = 50;
/// Idle connections that are kept.
const MAX_IDLE: usize = 4;

/// Reads the click index. Clones share the connections.
#[derive(Clone)]
pub struct ClickIndex {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl ClickIndex {
    /// Makes the index where there is none.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        drop(rows::open_writer(path).context("the click index cannot be opened")?);
        Ok(Self { path: Arc::new(path.to_owned()), idle: Arc::default() })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The facts of those clicks that are known.
    pub async fn find_many(&self, ids: &[Id<Click>]) -> anyhow::Result<HashMap<Id<Click>, Arc<ClickFacts>>> {
        let (index, ids) = (self.clone(), ids.to_vec());
        tokio::task::spawn_blocking(move || index.find_many_blocking(&ids)).await?
    }

    /// As [`Self::find_many`], on the calling thread.
    pub fn find_many_blocking(&self, ids: &[Id<Click>]) -> anyhow::Result<HashMap<Id<Click>, Arc<ClickFacts>>> {
        let connection = self.take()?;
        let found = find(&connection, ids)?;
        self.give_back(connection);
        Ok(found)
    }

    /// The valid clicks of each click's visitor on its offer within `lookback_ms` until it, oldest first, the last
    /// [`JOURNEY_CLICKS_MAX`]; itself among them unless it is a duplicate.
    pub async fn journeys(
        &self,
        ids: &[Id<Click>],
        lookback_ms: i64,
    ) -> anyhow::Result<HashMap<Id<Click>, Vec<Arc<ClickFacts>>>> {
        let (index, ids) = (self.clone(), ids.to_vec());
        tokio::task::spawn_blocking(move || {
            let connection = index.take()?;
            let found = journeys(&connection, &ids, lookback_ms)?;
            index.give_back(connection);
            Ok(found)
        })
        .await?
    }

    /// What each visitor was seen with last, in the order of `asked`.
    pub async fn seen(&self, asked: Vec<SeenAsked>) -> anyhow::Result<Vec<Seen>> {
        let index = self.clone();
        tokio::task::spawn_blocking(move || {
            let connection = index.take()?;
            let seen = asked.iter().map(|one| seen::find(&connection, one)).collect::<anyhow::Result<_>>()?;
            index.give_back(connection);
            Ok(seen)
        })
        .await?
    }

    pub fn count(&self) -> anyhow::Result<u64> {
        let connection = self.take()?;
        let count: i64 = connection.query_row("SELECT count(*) FROM clicks", [], |row| row.get(0))?;
        self.give_back(connection);
        Ok(count as u64)
    }

    /// Copies the index into `file`, which must not exist, while it runs.
    pub fn backup_to(&self, file: &Path) -> anyhow::Result<()> {
        let target = file.to_str().context("the path of a backup is UTF-8")?;
        let connection = self.take()?;
        connection.execute("VACUUM INTO ?1", [target]).context("the click index could not be copied")?;
        self.give_back(connection);
        Ok(())
    }

    fn take(&self) -> anyhow::Result<Connection> {
        let idle = self.idle.lock().expect("idle connections").pop();
        idle.map_or_else(|| rows::open_reader(&self.path).context("the click index cannot be read"), Ok)
    }

    fn give_back(&self, connection: Connection) {
        let mut idle = self.idle.lock().expect("idle connections");
        if idle.len() < MAX_IDLE {
            idle.push(connection);
        }
    }
}

fn find(connection: &Connection, ids: &[Id<Click>]) -> anyhow::Result<HashMap<Id<Click>, Arc<ClickFacts>>> {
    let sql = format!("SELECT {COLUMNS_OF_FACTS} FROM clicks c JOIN routes r ON r.key = c.route WHERE c.click_id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = HashMap::with_capacity(ids.len());
    for id in ids {
        let mut rows = statement.query([rows::id_bytes(*id)])?;
        if let Some(row) = rows.next()? {
            found.insert(*id, Arc::new(rows::facts_from(row)?));
        }
    }
    Ok(found)
}

fn journeys(
    connection: &Connection,
    ids: &[Id<Click>],
    lookback_ms: i64,
) -> anyhow::Result<HashMap<Id<Click>, Vec<Arc<ClickFacts>>>> {
    let sql = format!(
        "SELECT {COLUMNS_OF_FACTS} FROM clicks own JOIN routes here ON here.key = own.route
         JOIN visits v ON v.visitor = own.visitor AND v.at > own.at - ?2 AND v.at <= own.at
         JOIN clicks c ON c.click_id = v.click_id JOIN routes r ON r.key = c.route
         WHERE own.click_id = ?1 AND r.workspace = here.workspace AND r.offer IS here.offer
         ORDER BY v.at DESC, v.click_id DESC LIMIT {JOURNEY_CLICKS_MAX}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = HashMap::with_capacity(ids.len());
    for id in ids {
        let facts =
            statement.query_map((rows::id_bytes(*id), lookback_ms), |row| rows::facts_from(row).map(Arc::new))?;
        let mut clicks = facts.collect::<Result<Vec<_>, _>>()?;
        clicks.reverse();
        found.insert(*id, clicks);
    }
    Ok(found)
}
