//! What the choices of smart links came to: clicks and profit of each member, and the log by which another way of choosing
//! is judged.
//!
//! Profit is revenue less earnings of everything that is pending or approved, in the reporting currency, so a reversal or
//! a rejection takes back what was learned from the conversion. A conversion of a duplicate click belongs, in the log, to
//! the valid click that it repeats.

use std::sync::Arc;

use duckdb::{Connection, params};
use kernel::{Id, Tenant, Timestamp, id::SmartLink};

use crate::{
    EventStore, StoreError,
    question::{Keys, measures::COUNTED, period::Window},
};

/// Members of one answer: more than an installation's smart links have.
const MEMBERS_MAX: usize = 500_000;
/// Unlike choices of one log: as many as there are sets of eligible members, members and chances.
pub const CHOICES_MAX: usize = 200_000;
/// Key of no fact.
const NO_SUCH_KEY: i32 = -1;

/// What a member of a smart link has brought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemberFacts {
    pub smart_link: Id<SmartLink>,
    pub member: u8,
    /// Valid clicks.
    pub clicks: i64,
    /// Clicks with a profit or a loss.
    pub paying_clicks: i64,
    /// Minor units of the reporting currency.
    pub profit: i64,
    /// The profits of paying clicks, each squared, added up.
    pub profit_squares: f64,
}

/// Clicks that were chosen alike, and what they came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChoiceFacts {
    pub member: u8,
    /// The chance it was chosen with, in millionths.
    pub ppm: u32,
    /// A bit for each member that was eligible.
    pub eligible: u64,
    pub clicks: i64,
    pub profit: f64,
    pub profit_squares: f64,
}

/// What every member of every smart link has brought by clicks since `since`.
pub async fn members(store: &Arc<EventStore>, since: Timestamp) -> Result<Vec<MemberFacts>, StoreError> {
    let keys = Arc::clone(store);
    store.read(move |connection| read_members(connection, &*keys, since)).await
}

fn read_members(connection: &Connection, keys: &dyn Keys, since: Timestamp) -> anyhow::Result<Vec<MemberFacts>> {
    let mut statement = connection.prepare(&format!(
        "WITH clicked AS (
            SELECT smart_link, smart_member, count(*) AS clicks FROM clicks
            WHERE smart_link <> 0 AND smart_eligible <> 0 AND click_verdict = 'valid' AND event_time >= $1
            GROUP BY smart_link, smart_member),
        profits AS (
            SELECT smart_link, smart_member, sum(reporting_revenue_minor - reporting_payout_minor)::BIGINT AS profit
            FROM conversions WHERE smart_link <> 0 AND click_time >= $1 AND {COUNTED}
            GROUP BY smart_link, smart_member, click_hi, click_lo),
        paid AS (
            SELECT smart_link, smart_member, count(*) AS paying, sum(profit)::BIGINT AS profit,
                sum(profit::DOUBLE * profit::DOUBLE) AS squares
            FROM profits WHERE profit <> 0 GROUP BY smart_link, smart_member)
        SELECT clicked.smart_link, clicked.smart_member, clicks, coalesce(paying, 0), coalesce(paid.profit, 0),
            coalesce(squares, 0)
        FROM clicked LEFT JOIN paid
            ON paid.smart_link = clicked.smart_link AND paid.smart_member = clicked.smart_member
        LIMIT {MEMBERS_MAX}"
    ))?;
    let mut rows = statement.query(params![since.millis()])?;
    let mut members = Vec::new();
    while let Some(row) = rows.next()? {
        let Some(smart_link) = keys.id_of(row.get(0)?) else { continue };
        members.push(MemberFacts {
            smart_link: Id::from_u128(smart_link),
            member: row.get::<_, u32>(1)? as u8,
            clicks: row.get(2)?,
            paying_clicks: row.get(3)?,
            profit: row.get(4)?,
            profit_squares: row.get(5)?,
        });
    }
    Ok(members)
}

/// The log of one smart link's choices by clicks within `window`.
pub async fn choices(
    store: &Arc<EventStore>,
    tenant: Tenant,
    smart_link: Id<SmartLink>,
    window: Window,
) -> Result<Vec<ChoiceFacts>, StoreError> {
    let key = |id: u128| Keys::key_of(&**store, id).unwrap_or(NO_SUCH_KEY);
    let (workspace, link) = (key(tenant.id().as_u128()), key(smart_link.as_u128()));
    store.read(move |connection| read_choices(connection, (workspace, link), window)).await
}

fn read_choices(connection: &Connection, whose: (i32, i32), window: Window) -> anyhow::Result<Vec<ChoiceFacts>> {
    let mut statement = connection.prepare(&format!(
        "WITH chosen AS (
            SELECT click_hi, click_lo, click_verdict, smart_member, smart_ppm, smart_eligible,
                CASE WHEN click_verdict = 'valid' THEN click_hi ELSE duplicate_of_hi END AS unit_hi,
                CASE WHEN click_verdict = 'valid' THEN click_lo ELSE duplicate_of_lo END AS unit_lo
            FROM clicks
            WHERE workspace = $1 AND smart_link = $2 AND smart_eligible <> 0 AND event_time >= $3 AND event_time < $4
                AND click_verdict IN ('valid', 'duplicate')),
        profits AS (
            SELECT unit_hi, unit_lo, sum(reporting_revenue_minor - reporting_payout_minor)::DOUBLE AS profit
            FROM conversions JOIN chosen
                ON chosen.click_hi = conversions.click_hi AND chosen.click_lo = conversions.click_lo
            WHERE workspace = $1 AND smart_link = $2 AND click_time >= $3 AND {COUNTED}
            GROUP BY unit_hi, unit_lo),
        units AS (
            SELECT smart_member, smart_ppm, smart_eligible, coalesce(profit, 0) AS profit
            FROM chosen LEFT JOIN profits
                ON profits.unit_hi = chosen.click_hi AND profits.unit_lo = chosen.click_lo
            WHERE click_verdict = 'valid')
        SELECT smart_member, smart_ppm, smart_eligible, count(*), sum(profit), sum(profit * profit)
        FROM units GROUP BY smart_member, smart_ppm, smart_eligible
        ORDER BY smart_member, smart_ppm, smart_eligible LIMIT {CHOICES_MAX}"
    ))?;
    let mut rows = statement.query(params![whose.0, whose.1, window.from, window.to])?;
    let mut choices = Vec::new();
    while let Some(row) = rows.next()? {
        choices.push(ChoiceFacts {
            member: row.get::<_, u32>(0)? as u8,
            ppm: row.get(1)?,
            eligible: row.get(2)?,
            clicks: row.get(3)?,
            profit: row.get(4)?,
            profit_squares: row.get(5)?,
        });
    }
    Ok(choices)
}
