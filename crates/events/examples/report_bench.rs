//! Times reports over synthetic clicks against the bare SQL they could be, and prints one line of JSON.
//!
//! `report_bench [ROWS] [FILE]`: 10,000,000 clicks over a year and one conversion for fifty clicks, in a new DuckDB file
//! (in the system's temporary folder unless said; a file that is there already is asked as it is, and kept). Each pair is run in turns; the median counts.

use std::{path::PathBuf, time::Instant};

use anyhow::Context as _;
use duckdb::Connection;
use events::{
    question::{Asker, Keys, Question, RowLimits},
    store::schema::TABLES,
};
use kernel::{Currency, Id, Tenant};
use serde_json::{Value, json};

const ROWS_UNLESS_SAID: u64 = 10_000_000;
const TURNS: usize = 5;
const WORKSPACE: i32 = 1;
/// 2026-01-01, and a year from it.
const START_MS: i64 = 1_767_225_600_000;
const YEAR_MS: i64 = 365 * 86_400_000;
const CLICKS_PER_CONVERSION: u64 = 50;

struct SameKeys;

impl Keys for SameKeys {
    fn key_of(&self, id: u128) -> Option<i32> {
        i32::try_from(id).ok()
    }

    fn id_of(&self, key: i32) -> Option<u128> {
        u128::try_from(key).ok().filter(|key| *key > 0)
    }
}

/// A report beside the statement that a person would write for the same numbers.
struct Pair {
    name: &'static str,
    question: Value,
    bare: &'static str,
}

fn pairs() -> Vec<Pair> {
    vec![
        Pair {
            name: "clicks by offer",
            question: json!({"dimensions": ["offer"], "metrics": ["gross_clicks", "clicks"]}),
            bare: "SELECT offer, count(*) FILTER (WHERE click_verdict <> 'probe') AS gross, count(*) FILTER (WHERE \
                   click_verdict = 'valid') FROM clicks WHERE {where} GROUP BY offer ORDER BY gross DESC LIMIT 1000",
        },
        Pair {
            name: "clicks by day and partner",
            question: json!({"dimensions": ["day", "partner"], "metrics": ["clicks"], "timezone": "Europe/Warsaw",
                "limit": 100_000}),
            bare: "SELECT (event_time + 3600000) // 86400000 AS day, partner, count(*) FILTER (WHERE click_verdict = \
                   'valid') AS clicks FROM clicks WHERE {where} GROUP BY day, partner ORDER BY day, clicks DESC LIMIT 100000",
        },
        Pair {
            name: "rates by country",
            question: json!({"dimensions": ["country"], "metrics": ["clicks", "conversions", "cr", "payout", "epc"]}),
            bare: "SELECT country, clicks, conversions, conversions / clicks, payout FROM (SELECT country, count(*) FILTER \
                   (WHERE click_verdict = 'valid') AS clicks FROM clicks WHERE {where} GROUP BY country) JOIN (SELECT \
                   country, sum(sign) AS conversions, sum(reporting_payout_minor) AS payout FROM conversions WHERE {where} \
                   AND conversion_status IN ('pending', 'approved') GROUP BY country) USING (country) ORDER BY clicks DESC",
        },
        Pair {
            name: "clicks of one partner by hour",
            question: json!({"dimensions": ["hour"], "metrics": ["clicks"], "limit": 10_000,
                "filters": [{"field": "partner", "values": [Id::<kernel::id::Partner>::from_u128(7).to_string()]}]}),
            bare: "SELECT event_time // 3600000 AS hour, count(*) FILTER (WHERE click_verdict = 'valid') FROM clicks WHERE \
                   {where} AND partner = 7 GROUP BY hour ORDER BY hour LIMIT 10000",
        },
        Pair {
            name: "distinct visitors by month",
            question: json!({"dimensions": ["month"], "metrics": ["visitors"]}),
            bare: "SELECT month(make_timestamp_ms(event_time)) AS month, count(DISTINCT visitor) FROM clicks WHERE {where} \
                   AND click_verdict <> 'probe' GROUP BY GROUPING SETS ((month), ()) ORDER BY month",
        },
    ]
}

/// What a manager's dashboard asks for a month.
fn dashboard() -> Vec<Value> {
    let metrics = ["revenue", "clicks", "conversions", "cr", "approval_rate", "payout", "profit", "epc"];
    let month = |dimension: &str, compare: Option<&str>| json!({"from": "2026-11-01", "to": "2026-11-30", "dimensions": [dimension], "metrics": metrics, "compare": compare});
    vec![month("day", Some("previous_period")), month("offer", None), month("partner", None), month("country", None)]
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let rows = arguments.next().map_or(Ok(ROWS_UNLESS_SAID), |text| text.parse()).context("ROWS is a number")?;
    let file = arguments.next().map_or_else(|| std::env::temp_dir().join("report_bench.duckdb"), PathBuf::from);
    let is_new = !file.exists();
    let connection = Connection::open(&file)?;
    connection.execute_batch("SET threads = 2; SET memory_limit = '2GB'")?;
    let began = Instant::now();
    if is_new {
        fill(&connection, rows)?;
    }
    let fill_seconds = began.elapsed().as_secs_f64();
    let reports = pairs().iter().map(|pair| timed(&connection, pair)).collect::<anyhow::Result<Vec<_>>>()?;
    let dashboard_ms = median((0..TURNS).map(|_| dashboard_once(&connection)).collect::<anyhow::Result<_>>()?);
    println!(
        "{}",
        json!({"rows": rows, "fill_seconds": fill_seconds, "reports": reports, "dashboard_ms": dashboard_ms})
    );
    drop(connection);
    if is_new {
        std::fs::remove_file(&file).with_context(|| format!("remove {}", file.display()))?;
    }
    Ok(())
}

fn fill(connection: &Connection, rows: u64) -> anyhow::Result<()> {
    connection.execute_batch(TABLES)?;
    let shared = "1::INTEGER AS workspace, (h % 3 + 1)::INTEGER AS advertiser, (h % 12 + 1)::INTEGER AS offer, \
         (h // 7 % 60 + 1)::INTEGER AS partner, (h // 7 % 720 + 1)::INTEGER AS link, 0::INTEGER AS landing, \
         (h % 4 + 1)::INTEGER AS manager, 'group ' || (h % 3) AS partner_group, 'dating' AS vertical, \
         ['seo', 'push', 'native'][(h % 3 + 1)::INTEGER] AS traffic_type, 'c' || (h // 11 % 500) AS sub1, \
         '' AS sub2, '' AS sub3, '' AS sub4, '' AS sub5, '' AS sub6, '' AS sub7, '' AS sub8, '' AS sub9, '' AS sub10, \
         's' || (h // 13 % 100) AS source_id, ['PL', 'DE', 'FR', 'US', 'BR', 'IN', ''][(h // 17 % 7 + 1)::INTEGER] AS country, \
         ['mobile', 'desktop', 'tablet'][(h // 19 % 3 + 1)::INTEGER] AS device, ['Android', 'iOS', 'Windows'][(h // 23 % 3 \
         + 1)::INTEGER] AS os, ['Chrome', 'Safari', 'Firefox'][(h // 29 % 3 + 1)::INTEGER] AS browser, 'en' AS language, \
         'host' || (h // 31 % 200) || '.example' AS referrer_host, (h // 37 % 300)::UINTEGER AS asn, \
         'agent ' || (h // 41 % 400) AS user_agent, CASE WHEN h // 43 % 20 < 16 THEN 'valid' WHEN h // 43 % 20 < 18 THEN \
         'duplicate' WHEN h // 43 % 20 < 19 THEN 'invalid' ELSE 'probe' END AS click_verdict, '' AS click_reason";
    let moments = |count: u64| {
        format!(
            "(SELECT i, hash(i) // 1000 AS h, {START_MS} + i * {YEAR_MS} // {count} AS t FROM range({count}) AS r(i))"
        )
    };
    connection.execute_batch(&format!(
        "INSERT INTO clicks BY NAME SELECT i::UBIGINT AS click_hi, h AS click_lo, t AS event_time, t AS recorded_at, \
         'click' AS kind, {shared}, h // 47 % {visitors} AS visitor, '' AS referrer, 0::UBIGINT AS duplicate_of_hi, \
         0::UBIGINT AS duplicate_of_lo, 'landing' AS destination, 1::UBIGINT AS route_version, 0::UBIGINT AS steps, \
         'GET' AS method FROM {}",
        moments(rows),
        visitors = rows / 2 + 1,
    ))?;
    let conversions = rows / CLICKS_PER_CONVERSION;
    connection.execute_batch(&format!(
        "INSERT INTO conversions BY NAME SELECT i::UBIGINT AS seq, 1::TINYINT AS sign, i::UBIGINT AS conversion_hi, \
         h AS conversion_lo, t AS event_time, t - 60000 AS click_time, t AS recorded_at, CASE WHEN h % 3 = 0 THEN 'pending' \
         ELSE 'approved' END AS conversion_status, '' AS conversion_reason, 1 AS goal, 'sale' AS goal_kind, true AS \
         is_primary, 0::UBIGINT AS click_hi, 0::UBIGINT AS click_lo, 0::UBIGINT AS customer_hi, h AS customer_lo, true AS \
         is_new_customer, 'EUR' AS currency, 8000 AS sale_minor, 1200 AS revenue_minor, 800 AS payout_minor, 0 AS \
         refund_minor, 0 AS collected_minor, 'EUR' AS reporting_currency, 8000 AS reporting_sale_minor, 1200 AS \
         reporting_revenue_minor, 800 AS reporting_payout_minor, 0 AS reporting_refund_minor, 0 AS \
         reporting_collected_minor, 100000000 AS rate_e8, {shared} FROM {}",
        moments(conversions),
    ))?;
    connection.execute_batch("CHECKPOINT").context("checkpoint")
}

fn question(asked: &Value) -> anyhow::Result<Question> {
    let mut asked = asked.clone();
    for (field, value) in [("from", "2026-01-01"), ("to", "2026-12-31")] {
        if asked.get(field).is_none() {
            asked[field] = json!(value);
        }
    }
    let asker = Asker {
        tenant: Tenant(Id::from_u128(WORKSPACE as u128)),
        timezone: "UTC".to_owned(),
        reporting_currency: Currency::EUR,
        row_limits: RowLimits::default(),
        may_see_metric: |_| true,
        may_see_dimension: |_| true,
    };
    Ok(Question::read(&serde_json::from_value(asked)?, &asker)?)
}

fn timed(connection: &Connection, pair: &Pair) -> anyhow::Result<Value> {
    let question = question(&pair.question)?;
    let within = format!(
        "workspace = {WORKSPACE} AND event_time >= {} AND event_time < {}",
        question.period.window.from, question.period.window.to
    );
    let bare = pair.bare.replace("{where}", &within);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        ours.push(milliseconds(|| question.run(connection, &SameKeys).map(drop))?);
        theirs.push(milliseconds(|| run_bare(connection, &bare))?);
    }
    let (ours_ms, bare_ms) = (median(ours), median(theirs));
    Ok(json!({"name": pair.name, "ours_ms": ours_ms, "bare_ms": bare_ms, "times": ours_ms / bare_ms}))
}

fn run_bare(connection: &Connection, sql: &str) -> anyhow::Result<()> {
    let mut prepared = connection.prepare(sql)?;
    let mut rows = prepared.query([])?;
    while let Some(row) = rows.next()? {
        std::hint::black_box(row.get_ref(0)?);
    }
    Ok(())
}

fn dashboard_once(connection: &Connection) -> anyhow::Result<f64> {
    let questions = dashboard().iter().map(question).collect::<anyhow::Result<Vec<_>>>()?;
    milliseconds(|| questions.iter().try_for_each(|question| question.run(connection, &SameKeys).map(drop)))
}

fn milliseconds(work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    let began = Instant::now();
    work()?;
    Ok(began.elapsed().as_secs_f64() * 1_000.0)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
