//! Clicks as they came, newest first: the rows behind lists and exports.

use std::sync::Arc;

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
    async fn what_a_reader_may_not_see_is_not_there() {
        let (_folder, store) = store();
        let limits = RowLimits { partner: Some(Id::from_u128(12_345)), ..RowLimits::default() };
        let asked = ClicksAsked { row_limits: limits, ..asked() };
        assert_eq!(count(&store, asked.clone()).await.expect("a count"), 0);
        assert!(clicks(&store, asked, None, 10).await.expect("a page").is_empty());
    }
}
