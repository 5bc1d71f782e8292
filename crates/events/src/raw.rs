//! Clicks as they came, newest first: the rows behind lists and exports.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use duckdb::{Connection, Row};
use kernel::{
    Id, Tenant, Timestamp,
    id::{Advertiser, Click, Landing, Link, Offer, Partner, User},
};

use crate::{
    EventStore, StoreError,
    clicks::Verdict,
    question::{Keys, RowLimits, keys::NO_SUCH_KEY, period::Window},
    record::SUBS,
    store::{high, low},
};

/// Clicks of one page.
pub const CLICKS_PER_PAGE_MAX: usize = 20_000;

/// Which clicks.
#[derive(Clone, Debug)]
pub struct ClicksAsked {
    pub tenant: Tenant,
    pub row_limits: RowLimits,
    pub window: Window,
    pub offer: Option<Id<Offer>>,
    pub partner: Option<Id<Partner>>,
    pub link: Option<Id<Link>>,
    pub verdict: Option<Verdict>,
}

/// One click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawClick {
    pub click_id: Id<Click>,
    pub at: Timestamp,
    pub verdict: String,
    /// Reason code, or empty.
    pub reason: String,
    pub advertiser: Option<Id<Advertiser>>,
    pub offer: Option<Id<Offer>>,
    pub partner: Option<Id<Partner>>,
    pub link: Option<Id<Link>>,
    pub landing: Option<Id<Landing>>,
    pub manager: Option<Id<User>>,
    pub partner_group: String,
    pub vertical: String,
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
    pub destination: String,
    pub duplicate_of: Option<Id<Click>>,
}

const COLUMNS: &str = "click_hi, click_lo, event_time, click_verdict, click_reason, advertiser, offer, partner, link, \
     landing, manager, partner_group, vertical, traffic_type, source_id, country, device, os, browser, language, \
     referrer_host, asn, user_agent, destination, duplicate_of_hi, duplicate_of_lo, \
     sub1, sub2, sub3, sub4, sub5, sub6, sub7, sub8, sub9, sub10";
const FIRST_SUB: usize = 26;

/// At most `limit` clicks older than `before`, newest first.
pub async fn clicks(
    store: &Arc<EventStore>,
    asked: ClicksAsked,
    before: Option<Id<Click>>,
    limit: usize,
) -> Result<Vec<RawClick>, StoreError> {
    let keys = Arc::clone(store);
    let limit = limit.min(CLICKS_PER_PAGE_MAX + 1);
    store.read(move |connection| page(connection, &*keys, &asked, before, limit)).await
}

/// How many there are.
pub async fn count(store: &Arc<EventStore>, asked: ClicksAsked) -> Result<u64, StoreError> {
    let keys = Arc::clone(store);
    let sql = move || format!("SELECT count(*) FROM clicks WHERE {}", asked.condition(&*keys));
    store
        .read(move |connection| {
            let count: i64 = connection.query_row(&sql(), [], |row| row.get(0))?;
            Ok(u64::try_from(count)?)
        })
        .await
}

/// Clicks in the order in which they came to be known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recorded {
    pub clicks: Vec<RawClick>,
    /// Everything recorded before this moment is among them.
    pub until: Timestamp,
}

/// Valid clicks of these partners that were recorded in `window`, oldest first: about `limit` of them, and all of the
/// last one's millisecond.
pub async fn recorded(
    store: &Arc<EventStore>,
    partners: Vec<Id<Partner>>,
    window: Window,
    limit: usize,
) -> Result<Recorded, StoreError> {
    let keys = Arc::clone(store);
    store.read(move |connection| read_recorded(connection, &*keys, &partners, window, limit)).await
}

fn read_recorded(
    connection: &Connection,
    keys: &dyn Keys,
    partners: &[Id<Partner>],
    Window { from, to }: Window,
    limit: usize,
) -> anyhow::Result<Recorded> {
    let known: Vec<String> =
        partners.iter().filter_map(|id| keys.key_of(id.as_u128())).map(|key| key.to_string()).collect();
    if known.is_empty() {
        return Ok(Recorded { clicks: Vec::new(), until: Timestamp::from_millis(to) });
    }
    let condition = format!(
        "recorded_at >= {from} AND recorded_at < {to} AND kind = 'click' AND click_verdict = 'valid' AND partner IN ({})",
        known.join(", ")
    );
    let last = format!(
        "SELECT count(*), max(recorded_at) FROM
         (SELECT recorded_at FROM clicks WHERE {condition} ORDER BY recorded_at LIMIT {limit})"
    );
    let (count, last): (i64, Option<i64>) = connection.query_row(&last, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let until = if (count as usize) < limit { to } else { last.map_or(to, |last| last + 1) };
    if count == 0 {
        return Ok(Recorded { clicks: Vec::new(), until: Timestamp::from_millis(until) });
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM clicks WHERE {condition} AND recorded_at < {until}
         ORDER BY recorded_at, click_hi, click_lo"
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut clicks = Vec::with_capacity(count as usize);
    while let Some(row) = rows.next()? {
        clicks.push(click(row, keys)?);
    }
    Ok(Recorded { clicks, until: Timestamp::from_millis(until) })
}

/// What the store knows of the agents of these clicks; those that it does not hold (yet) are missing.
pub async fn agents(store: &Arc<EventStore>, ids: Vec<Id<Click>>) -> Result<HashMap<Id<Click>, Agent>, StoreError> {
    store.read(move |connection| read_agents(connection, &ids)).await
}

/// The visitor's software.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agent {
    pub device: String,
    pub os: String,
    pub browser: String,
}

fn read_agents(connection: &Connection, ids: &[Id<Click>]) -> anyhow::Result<HashMap<Id<Click>, Agent>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let wanted: HashSet<_> = ids.iter().map(|id| id.as_u128()).collect();
    let heads: Vec<String> = wanted.iter().map(|id| high(*id).to_string()).collect();
    let sql =
        format!("SELECT click_hi, click_lo, device, os, browser FROM clicks WHERE click_hi IN ({})", heads.join(", "));
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut agents = HashMap::with_capacity(wanted.len());
    while let Some(row) = rows.next()? {
        let (hi, lo): (u64, u64) = (row.get(0)?, row.get(1)?);
        let id = u128::from(hi) << 64 | u128::from(lo);
        if wanted.contains(&id) {
            agents.insert(Id::from_u128(id), Agent { device: row.get(2)?, os: row.get(3)?, browser: row.get(4)? });
        }
    }
    Ok(agents)
}

impl ClicksAsked {
    fn condition(&self, keys: &dyn Keys) -> String {
        let key = |id: u128| keys.key_of(id).unwrap_or(NO_SUCH_KEY);
        let Window { from, to } = self.window;
        let mut condition =
            format!("workspace = {} AND event_time >= {from} AND event_time < {to}", key(self.tenant.id().as_u128()));
        let mut limit = |column: &str, id: Option<u128>| {
            condition += &id.map(|id| format!(" AND {column} = {}", key(id))).unwrap_or_default();
        };
        limit("partner", self.row_limits.partner.map(|id| id.as_u128()));
        limit("advertiser", self.row_limits.advertiser.map(|id| id.as_u128()));
        limit("manager", self.row_limits.manager.map(|id| id.as_u128()));
        limit("offer", self.offer.map(|id| id.as_u128()));
        limit("partner", self.partner.map(|id| id.as_u128()));
        limit("link", self.link.map(|id| id.as_u128()));
        let verdict = self.verdict.map(|verdict| format!(" AND click_verdict = '{}'", verdict.code()));
        condition + &verdict.unwrap_or_default()
    }
}

/// The place of the page's last click first, by ids alone, so that whole rows are sorted for one page and no more.
fn page(
    connection: &Connection,
    keys: &dyn Keys,
    asked: &ClicksAsked,
    before: Option<Id<Click>>,
    limit: usize,
) -> anyhow::Result<Vec<RawClick>> {
    let mut condition = asked.condition(keys);
    if let Some(before) = before.map(|id| id.as_u128()) {
        let (hi, lo) = (high(before), low(before));
        condition += &format!(" AND click_hi <= {hi} AND (click_hi < {hi} OR click_lo < {lo})");
    }
    let last = format!(
        "SELECT min(click_hi) FROM (SELECT click_hi FROM clicks WHERE {condition} ORDER BY click_hi DESC LIMIT {limit})"
    );
    let Some(last): Option<u64> = connection.query_row(&last, [], |row| row.get(0))? else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT {COLUMNS} FROM clicks WHERE {condition} AND click_hi >= {last}
         ORDER BY click_hi DESC, click_lo DESC LIMIT {limit}"
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut clicks = Vec::new();
    while let Some(row) = rows.next()? {
        clicks.push(click(row, keys)?);
    }
    Ok(clicks)
}

fn click(row: &Row<'_>, keys: &dyn Keys) -> duckdb::Result<RawClick> {
    let id = |column: usize| -> duckdb::Result<Option<u128>> { Ok(keys.id_of(row.get(column)?)) };
    let whole = |at: usize| -> duckdb::Result<u128> {
        let (hi, lo): (u64, u64) = (row.get(at)?, row.get(at + 1)?);
        Ok(u128::from(hi) << 64 | u128::from(lo))
    };
    let mut subs: [String; SUBS] = Default::default();
    for (index, sub) in subs.iter_mut().enumerate() {
        *sub = row.get(FIRST_SUB + index)?;
    }
    Ok(RawClick {
        click_id: Id::from_u128(whole(0)?),
        at: Timestamp::from_millis(row.get(2)?),
        verdict: row.get(3)?,
        reason: row.get(4)?,
        advertiser: id(5)?.map(Id::from_u128),
        offer: id(6)?.map(Id::from_u128),
        partner: id(7)?.map(Id::from_u128),
        link: id(8)?.map(Id::from_u128),
        landing: id(9)?.map(Id::from_u128),
        manager: id(10)?.map(Id::from_u128),
        partner_group: row.get(11)?,
        vertical: row.get(12)?,
        traffic_type: row.get(13)?,
        source_id: row.get(14)?,
        country: row.get(15)?,
        device: row.get(16)?,
        os: row.get(17)?,
        browser: row.get(18)?,
        language: row.get(19)?,
        referrer_host: row.get(20)?,
        asn: row.get(21)?,
        user_agent: row.get(22)?,
        destination: row.get(23)?,
        duplicate_of: Some(whole(24)?).filter(|first| *first != 0).map(Id::from_u128),
        subs,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLICKS: usize = 3_000;

    /// A store with [`CLICKS`] clicks of one workspace, some of the same millisecond, and one of another.
    fn store() -> (tempfile::TempDir, Arc<EventStore>) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = EventStore::open(&folder.path().join("events.duckdb"), crate::StoreOptions::default());
        let store = Arc::new(store.expect("opens"));
        let mut clicks: Vec<_> = (0..CLICKS as u64).map(crate::sample::click_record).collect();
        for (number, click) in clicks.iter_mut().enumerate() {
            click.click_id = Id::from_u128((number as u128 / 3 + 1) << 64 | number as u128);
        }
        let mut other = crate::sample::click_record(7);
        other.workspace = Id::from_u128(99);
        clicks.push(other);
        let judged = crate::clicks::Judged { verdict: Verdict::Valid, duplicate_of: None };
        let clicks = clicks.iter().map(|click| (click, judged)).collect();
        store.ship(&crate::store::ShipBatch { clicks, ..Default::default() }).expect("shipped");
        (folder, store)
    }

    fn asked() -> ClicksAsked {
        ClicksAsked {
            tenant: Tenant(Id::from_u128(1)),
            row_limits: RowLimits::default(),
            window: Window { from: 0, to: i64::MAX },
            offer: None,
            partner: None,
            link: None,
            verdict: None,
        }
    }

    #[tokio::test]
    async fn pages_hold_every_click_once_newest_first() {
        let (_folder, store) = store();
        assert_eq!(count(&store, asked()).await.expect("a count"), CLICKS as u64);
        let (mut before, mut seen) = (None, Vec::new());
        loop {
            let page = clicks(&store, asked(), before, 700).await.expect("a page");
            let Some(last) = page.last() else { break };
            before = Some(last.click_id);
            seen.extend(page.iter().map(|click| click.click_id.as_u128()));
        }
        assert_eq!(seen.len(), CLICKS);
        assert!(seen.is_sorted_by(|newer, older| newer > older));
    }

    #[tokio::test]
    async fn clicks_of_partners_are_read_once_in_the_order_of_their_recording() {
        let (_folder, store) = store();
        let everything = Window { from: 0, to: i64::MAX };
        let page = clicks(&store, asked(), None, CLICKS).await.expect("a page");
        let partners: HashSet<_> = page.iter().filter_map(|click| click.partner).collect();
        let partners: Vec<_> = partners.into_iter().take(2).collect();
        let of_them = page.iter().filter(|click| click.partner.is_some_and(|one| partners.contains(&one))).count();
        let (mut from, mut seen) = (0, HashSet::new());
        loop {
            let window = Window { from, ..everything };
            let read = recorded(&store, partners.clone(), window, 10).await.expect("clicks");
            assert!(read.clicks.iter().all(|click| seen.insert(click.click_id)), "each once");
            from = read.until.millis();
            if from == i64::MAX {
                break;
            }
        }
        // The other workspace has one click of the same partner.
        assert!((of_them..=of_them + 1).contains(&seen.len()), "{} of {of_them}", seen.len());
        assert!(recorded(&store, Vec::new(), everything, 10).await.expect("none").clicks.is_empty());
    }

    #[tokio::test]
    async fn agents_are_found_by_click() {
        let (_folder, store) = store();
        let first = clicks(&store, asked(), None, 1).await.expect("a page").remove(0);
        let found = agents(&store, vec![first.click_id, Id::from_u128(5)]).await.expect("agents");
        assert_eq!(found.len(), 1);
        assert_eq!((&found[&first.click_id].device, &found[&first.click_id].os), (&first.device, &first.os));
    }

    #[tokio::test]
    async fn what_a_reader_may_not_see_is_not_there() {
        let (_folder, store) = store();
        let limits = RowLimits { partner: Some(Id::from_u128(12_345)), ..RowLimits::default() };
        let asked = ClicksAsked { row_limits: limits, ..asked() };
        assert_eq!(count(&store, asked.clone()).await.expect("a count"), 0);
        assert!(clicks(&store, asked, None, 10).await.expect("a page").is_empty());
    }
}
