//! Journeys: the clicks and other touches of one visitor with one advertiser, and what came of them.
//!
//! A conversion's journey holds the valid clicks of its click's visitor within [`LOOKBACK_DAYS`] before it, and between
//! them the touches that the first-party tag saw come without a click of ours: directly, from a search, by e-mail. Clicks
//! that one visitor of the tag brought along are one visitor's, from whatever address they came. The one who was credited
//! stands in a journey even where no click led to the conversion (by a coupon, say). Visitors who came within the time
//! asked about and did not convert make journeys that came to nothing.

use std::sync::Arc;

use duckdb::{Connection, params};
use kernel::{
    Id, Tenant, Timestamp, id,
    time::{DAY_MS, MINUTE_MS},
};

use crate::{
    EventStore, StoreError,
    question::{Keys, RowLimits, keys::NO_SUCH_KEY, period::Window},
    store::{high, low},
};

/// A click this long before a conversion had no part in it.
pub const LOOKBACK_DAYS: i64 = 30;
/// Touches of one journey, the last ones.
pub const TOUCHES_MAX: usize = 50;
/// Unlike journeys of one answer, those that converted most first.
pub const JOURNEYS_MAX: usize = 200_000;
const LOOKBACK_MS: i64 = LOOKBACK_DAYS * DAY_MS;
/// Between the steps of a journey as the store answers them. Part of no key and no traffic type.
const BETWEEN: char = '\u{1f}';
/// How the name of a channel begins, so that it is no traffic type's.
pub const CHANNEL_PREFIX: &str = "channel:";
/// Touches by the same channel within this time of each other are one.
const SAME_VISIT_MS: i64 = 30 * MINUTE_MS;

/// What a step of a journey is named by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Partner,
    Offer,
    /// The traffic type of the link.
    TrafficType,
}

impl Step {
    const fn column(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Offer => "offer",
            Self::TrafficType => "traffic_type",
        }
    }
}

/// Which amount of a conversion is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JourneyAmount {
    Sale,
    Revenue,
    Payout,
}

impl JourneyAmount {
    const fn column(self) -> &'static str {
        match self {
            Self::Sale => "reporting_sale_minor",
            Self::Revenue => "reporting_revenue_minor",
            Self::Payout => "reporting_payout_minor",
        }
    }
}

#[derive(Clone, Debug)]
pub struct JourneyQuestion {
    pub tenant: Tenant,
    pub row_limits: RowLimits,
    pub window: Window,
    pub offer: Option<Id<id::Offer>>,
    pub step: Step,
    pub amount: JourneyAmount,
}

/// The name of a step: an id, or the traffic type, empty where there is none; or a channel behind [`CHANNEL_PREFIX`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepName {
    Id(u128),
    Text(String),
}

/// Journeys with the same steps (and, where they converted and are longer than one, the same times).
#[derive(Clone, Debug, PartialEq)]
pub struct Journeys {
    /// Oldest first; never empty.
    pub steps: Vec<StepName>,
    /// Milliseconds from each step to the conversion; empty where none came.
    pub ages_ms: Vec<i64>,
    pub conversions: i64,
    /// In the reporting currency.
    pub minor: i64,
    /// Conversions whose amount has no rate to the reporting currency.
    pub without_rate: i64,
    /// How often the steps were walked without a conversion.
    pub nulls: i64,
}

/// One step of a journey: a click, or a touch without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    pub click: Option<Id<id::Click>>,
    /// How a touch without a click came; empty for a click.
    pub channel: String,
    pub at: Timestamp,
    pub offer: Option<Id<id::Offer>>,
    pub partner: Option<Id<id::Partner>>,
    pub link: Option<Id<id::Link>>,
    pub traffic_type: String,
}

/// The journeys of a time, and whether there were more than [`JOURNEYS_MAX`] unlike ones.
pub async fn ask(store: &Arc<EventStore>, question: JourneyQuestion) -> Result<(Vec<Journeys>, bool), StoreError> {
    let keys = Arc::clone(store);
    store.read(move |connection| question.run(connection, &*keys)).await
}

impl JourneyQuestion {
    pub fn run(&self, connection: &Connection, keys: &dyn Keys) -> anyhow::Result<(Vec<Journeys>, bool)> {
        let mut statement = connection.prepare(&self.sql(keys))?;
        let mut rows = statement.query([])?;
        let mut journeys = Vec::new();
        while let Some(row) = rows.next()? {
            let (steps, ages): (String, String) = (row.get(0)?, row.get(1)?);
            journeys.push(Journeys {
                steps: steps.split(BETWEEN).map(|step| self.name(step, keys)).collect(),
                ages_ms: ages.split(',').filter_map(|age| age.parse().ok()).collect(),
                conversions: row.get(2)?,
                minor: row.get(3)?,
                without_rate: row.get(4)?,
                nulls: row.get(5)?,
            });
        }
        let more = journeys.len() > JOURNEYS_MAX;
        journeys.truncate(JOURNEYS_MAX);
        Ok((journeys, more))
    }

    fn name(&self, step: &str, keys: &dyn Keys) -> StepName {
        match self.step {
            _ if step.starts_with(CHANNEL_PREFIX) => StepName::Text(step.to_owned()),
            Step::TrafficType => StepName::Text(step.to_owned()),
            _ => StepName::Id(step.parse().ok().and_then(|key| keys.id_of(key)).unwrap_or(0)),
        }
    }

    /// Conversions with their visitors, clicks and touches by visitor, and both together; then the visitors who are left.
    fn sql(&self, keys: &dyn Keys) -> String {
        let Window { from, to } = self.window;
        let (step, amount) = (self.step.column(), self.amount.column());
        let last =
            |list: &str, between: &str| format!("array_to_string(list_slice({list}, -{TOUCHES_MAX}, -1), {between})");
        let (steps, ages) = (last("steps", "chr(31)"), last("ages", "','"));
        format!(
            "WITH converted AS (
                SELECT conversion_hi, conversion_lo, max(event_time) AS moment, any_value(click_hi) AS click_hi,
                    any_value(click_lo) AS click_lo, any_value(advertiser) AS advertiser,
                    arg_max({step}, seq) FILTER (WHERE sign = 1)::VARCHAR AS own, sum({amount})::BIGINT AS minor
                FROM conversions
                WHERE {whose} AND is_primary AND event_time >= {from} AND event_time < {to}
                    AND conversion_status IN ('pending', 'approved', 'locked', 'paid')
                GROUP BY conversion_hi, conversion_lo HAVING sum(sign) > 0),
            {touched},
            owned AS (
                SELECT converted.*, seen.visitor FROM converted
                LEFT JOIN seen ON seen.click_hi = converted.click_hi AND seen.click_lo = converted.click_lo),
            walked AS (
                SELECT any_value(owned.own) AS own, any_value(owned.minor) AS minor,
                    list(touched.step ORDER BY touched.moment, touched.click_hi, touched.click_lo)
                        FILTER (WHERE touched.step IS NOT NULL) AS steps,
                    list(owned.moment - touched.moment ORDER BY touched.moment, touched.click_hi, touched.click_lo)
                        FILTER (WHERE touched.step IS NOT NULL) AS ages
                FROM owned LEFT JOIN touched ON touched.visitor = owned.visitor
                    AND (touched.advertiser = owned.advertiser OR touched.advertiser = 0)
                    AND touched.moment <= owned.moment AND touched.moment > owned.moment - {LOOKBACK_MS}
                GROUP BY owned.conversion_hi, owned.conversion_lo),
            led AS (
                SELECT minor, CASE WHEN list_contains(steps, own) THEN steps ELSE list_append(steps, own) END AS steps,
                    CASE WHEN list_contains(steps, own) THEN ages ELSE list_append(ages, 0) END AS ages
                FROM (SELECT own, minor, coalesce(steps, []) AS steps, coalesce(ages, []) AS ages FROM walked)),
            lost AS (
                SELECT list(step ORDER BY moment, click_hi, click_lo) AS steps FROM touched
                WHERE moment >= {from} AND alone AND NOT EXISTS (
                    SELECT 1 FROM owned WHERE owned.visitor = touched.visitor
                        AND (owned.advertiser = touched.advertiser OR touched.advertiser = 0))
                GROUP BY visitor, advertiser),
            journeys AS (
                SELECT {steps} AS steps, CASE WHEN len(steps) = 1 THEN '0' ELSE {ages} END AS ages, 1 AS conversions,
                    coalesce(minor, 0) AS minor, (minor IS NULL)::INTEGER AS without_rate, 0 AS nulls FROM led
                UNION ALL SELECT {steps}, '', 0, 0, 0, 1 FROM lost)
            SELECT steps, ages, sum(conversions)::BIGINT AS conversions, sum(minor)::BIGINT,
                sum(without_rate)::BIGINT, sum(nulls)::BIGINT AS nulls
            FROM journeys GROUP BY steps, ages ORDER BY conversions DESC, nulls DESC, steps, ages LIMIT {most}",
            whose = self.whose(keys),
            touched = self.touched(keys),
            most = JOURNEYS_MAX + 1,
        )
    }

    fn whose(&self, keys: &dyn Keys) -> String {
        let key = |id: u128| keys.key_of(id).unwrap_or(NO_SUCH_KEY);
        let mut whose = format!("workspace = {}", key(self.tenant.id().as_u128()));
        let mut limit = |column: &str, id: Option<u128>| {
            whose += &id.map(|id| format!(" AND {column} = {}", key(id))).unwrap_or_default();
        };
        limit("advertiser", self.row_limits.advertiser.map(|id| id.as_u128()));
        limit("offer", self.offer.map(|id| id.as_u128()));
        whose
    }

    /// Clicks and touches by visitor: `ties` names visitors by the tag that saw them. A step is a journey of its own where
    /// it is known whose it is; where one offer is asked about, touches alone are none.
    fn touched(&self, keys: &dyn Keys) -> String {
        let key = |id: u128| keys.key_of(id).unwrap_or(NO_SUCH_KEY);
        let (from, to) = (self.window.from.saturating_sub(LOOKBACK_MS), self.window.to);
        let in_time = format!("event_time >= {from} AND event_time < {to}");
        let advertiser = self.row_limits.advertiser.map(|id| format!("AND advertiser IN (0, {})", key(id.as_u128())));
        let alone = match (self.offer, self.row_limits.advertiser) {
            (Some(_), _) => "false",
            (None, Some(_)) => "advertiser <> 0",
            (None, None) => "true",
        };
        format!(
            "clicked AS (SELECT * FROM clicks WHERE {whose} AND {in_time}),
            told AS (SELECT * FROM touches WHERE workspace = {workspace} {advertiser} AND {in_time}),
            ties AS (
                SELECT clicked.visitor AS visitor, min(told.visitor) AS canonical
                FROM told JOIN clicked ON clicked.click_hi = told.click_hi AND clicked.click_lo = told.click_lo
                WHERE told.click_hi <> 0 GROUP BY clicked.visitor),
            seen AS (
                SELECT coalesce(ties.canonical, clicked.visitor) AS visitor, clicked.advertiser, clicked.event_time,
                    clicked.click_hi, clicked.click_lo, clicked.click_verdict, clicked.{step}
                FROM clicked LEFT JOIN ties ON ties.visitor = clicked.visitor),
            arrived AS (
                SELECT coalesce(ties.canonical, told.visitor) AS visitor, told.advertiser, told.event_time,
                    told.touch_hi, told.touch_lo, told.channel
                FROM told LEFT JOIN ties ON ties.visitor = told.visitor WHERE told.channel <> ''),
            visited AS (
                SELECT *, event_time - lag(event_time) OVER (
                    PARTITION BY visitor, advertiser, channel ORDER BY event_time, touch_hi, touch_lo) AS since
                FROM arrived),
            touched AS (
                SELECT visitor, advertiser, event_time AS moment, click_hi, click_lo, {step}::VARCHAR AS step,
                    true AS alone
                FROM seen WHERE click_verdict = 'valid'
                UNION ALL
                SELECT visitor, advertiser, event_time, touch_hi, touch_lo, '{CHANNEL_PREFIX}' || channel, {alone}
                FROM visited WHERE since IS NULL OR since > {SAME_VISIT_MS})",
            whose = self.whose(keys),
            workspace = key(self.tenant.id().as_u128()),
            advertiser = advertiser.unwrap_or_default(),
            step = self.step.column(),
        )
    }
}

/// `$1` workspace, `$2` and `$3` the click, `$4` and `$5` from (not included) and until, `$6` how many.
const OF_CLICK: &str = "WITH own AS (
        SELECT visitor, advertiser FROM clicks WHERE workspace = $1 AND click_hi = $2 AND click_lo = $3),
    told AS (SELECT * FROM touches WHERE workspace = $1 AND event_time > $4 AND event_time <= $5),
    who AS (SELECT visitor FROM own UNION SELECT visitor FROM told WHERE click_hi = $2 AND click_lo = $3),
    brought AS (SELECT click_hi, click_lo FROM told WHERE click_hi <> 0 AND visitor IN (SELECT visitor FROM who)),
    steps AS (
        SELECT click_hi, click_lo, event_time, offer, partner, link, traffic_type, '' AS channel FROM clicks
        WHERE workspace = $1 AND event_time > $4 AND event_time <= $5 AND advertiser IN (SELECT advertiser FROM own)
            AND (visitor IN (SELECT visitor FROM who) OR (click_hi, click_lo) IN (SELECT click_hi, click_lo FROM brought))
            AND (click_verdict = 'valid' OR click_hi = $2 AND click_lo = $3)
        UNION ALL
        SELECT touch_hi, touch_lo, event_time, 0, 0, 0, '', channel FROM told
        WHERE channel <> '' AND visitor IN (SELECT visitor FROM who)
            AND (advertiser = 0 OR advertiser IN (SELECT advertiser FROM own)))
    SELECT * FROM steps ORDER BY event_time DESC, click_hi DESC, click_lo DESC LIMIT $6";

/// The valid clicks of one click's visitor with its advertiser until `until`, and the touches between them, oldest first; that
/// click always among them.
pub async fn of_click(
    store: &Arc<EventStore>,
    tenant: Tenant,
    click: Id<id::Click>,
    until: Timestamp,
) -> Result<Vec<Touch>, StoreError> {
    let keys = Arc::clone(store);
    store.read(move |connection| touches(connection, &*keys, tenant, click, until)).await
}

fn touches(
    connection: &Connection,
    keys: &dyn Keys,
    tenant: Tenant,
    click: Id<id::Click>,
    until: Timestamp,
) -> anyhow::Result<Vec<Touch>> {
    let workspace = keys.key_of(tenant.id().as_u128()).unwrap_or(NO_SUCH_KEY);
    let (hi, lo) = (high(click.as_u128()), low(click.as_u128()));
    let mut statement = connection.prepare(OF_CLICK)?;
    let (from, most) = (until.millis().saturating_sub(LOOKBACK_MS), TOUCHES_MAX as i64);
    let mut rows = statement.query(params![workspace, hi, lo, from, until.millis(), most])?;
    let mut touches = Vec::new();
    while let Some(row) = rows.next()? {
        let (hi, lo): (u64, u64) = (row.get(0)?, row.get(1)?);
        let at = |column: usize| -> duckdb::Result<Option<u128>> { Ok(keys.id_of(row.get(column)?)) };
        let channel: String = row.get(7)?;
        touches.push(Touch {
            click: channel.is_empty().then(|| Id::from_u128(u128::from(hi) << 64 | u128::from(lo))),
            channel,
            at: Timestamp::from_millis(row.get(2)?),
            offer: at(3)?.map(Id::from_u128),
            partner: at(4)?.map(Id::from_u128),
            link: at(5)?.map(Id::from_u128),
            traffic_type: row.get(6)?,
        });
    }
    touches.reverse();
    Ok(touches)
}
