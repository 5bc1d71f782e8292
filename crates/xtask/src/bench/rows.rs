//! Everything that is measured, one group a line, with what was promised.

use anyhow::Result;
use serde_json::Value;

use super::{
    Arguments, redirect,
    table::Row,
    web,
    workload::{Beside, Workload},
};

const CONVERSIONS_PER_SECOND_MIN: f64 = 3_000.0;
const CONVERSIONS_ON_POSTGRES_PER_SECOND_MIN: f64 = 1_500.0;
const SHIPPED_PER_SECOND_MIN: f64 = 20_000.0;
const BEHIND_MS_MAX: f64 = 2_000.0;
const REPORT_TIMES_MAX: f64 = 2.0;
const DASHBOARD_MS_MAX: f64 = 150.0;
const SIMULATION_SECONDS_MAX: f64 = 10.0;
const DECIDED_WHILE_REPRICING_PER_SECOND_MIN: f64 = 2_000.0;
const DECIDED_WHILE_PAYING_PER_SECOND_MIN: f64 = 2_000.0;

/// Rows that are measured together.
pub struct Group {
    pub name: &'static str,
    how: How,
}

enum How {
    /// Redirects under load beside nginx, start-up and memory.
    Redirects,
    Workload(Workload),
    /// The dashboard in a browser.
    Web,
}

pub const GROUPS: &[Group] = &[
    Group { name: "redirects", how: How::Redirects },
    Group {
        name: "conversions",
        how: How::Workload(Workload {
            example: "conversions_bench",
            beside: Beside::Nothing,
            arguments: &["30000"],
            rows: |line| conversions(line, "SQLite", CONVERSIONS_PER_SECOND_MIN),
        }),
    },
    Group {
        name: "conversions on postgres",
        how: How::Workload(Workload {
            example: "conversions_bench",
            beside: Beside::Postgres,
            arguments: &["30000"],
            rows: |line| conversions(line, "PostgreSQL", CONVERSIONS_ON_POSTGRES_PER_SECOND_MIN),
        }),
    },
    Group {
        name: "simulation",
        how: How::Workload(Workload {
            example: "simulation_bench",
            beside: Beside::Nothing,
            arguments: &["1000000"],
            rows: simulation,
        }),
    },
    Group {
        name: "reprice",
        how: How::Workload(Workload {
            example: "reprice_bench",
            beside: Beside::Nothing,
            arguments: &["200000", "2100"],
            rows: reprice,
        }),
    },
    Group {
        name: "payouts",
        how: How::Workload(Workload {
            example: "payout_bench",
            beside: Beside::Nothing,
            arguments: &["20000", "2100"],
            rows: payouts,
        }),
    },
    Group {
        name: "shipping",
        how: How::Workload(Workload {
            example: "shipping_bench",
            beside: Beside::Nothing,
            arguments: &["400000", "{folder}"],
            rows: shipping,
        }),
    },
    Group {
        name: "reports",
        how: How::Workload(Workload {
            example: "report_bench",
            beside: Beside::Nothing,
            arguments: &["10000000", "{folder}/report_bench.duckdb"],
            rows: reports,
        }),
    },
    Group { name: "web", how: How::Web },
];

impl Group {
    pub fn measure(&self, arguments: &Arguments) -> Result<Vec<Row>> {
        match &self.how {
            How::Redirects => redirect::measure(arguments),
            How::Workload(workload) => workload.measure(),
            How::Web => web::measure(),
        }
    }
}

/// `{"conversions","seconds","per_second","p50_ms","p99_ms"}`
fn conversions(line: &Value, records: &str, promised: f64) -> Option<Vec<Row>> {
    let per_second = line["per_second"].as_f64()?;
    let (p50_ms, p99_ms) = (line["p50_ms"].as_f64()?, line["p99_ms"].as_f64()?);
    Some(vec![Row {
        what: format!("conversions decided and booked on {records}, {} in all", line["conversions"].as_u64()?),
        measured: format!("{per_second:.0}/s, p50 {p50_ms:.0} ms, p99 {p99_ms:.0} ms"),
        promised: format!("at least {promised}/s"),
        held: Some(per_second >= promised),
        ..Row::default()
    }])
}

/// `{"conversions","seconds","differing","winners","losers"}`
fn simulation(line: &Value) -> Option<Vec<Row>> {
    let (seconds, differing) = (line["seconds"].as_f64()?, line["differing"].as_u64()?);
    Some(vec![Row {
        what: format!("a plan tried on {} conversions", line["conversions"].as_u64()?),
        measured: format!("{seconds:.1} s, {differing} unlike what stands"),
        promised: format!("under {SIMULATION_SECONDS_MAX} s, none unlike"),
        held: Some(seconds < SIMULATION_SECONDS_MAX && differing == 0),
        ..Row::default()
    }])
}

/// `{"repriced","seconds","decided_meanwhile","per_second","p50_ms","p99_ms"}`
fn reprice(line: &Value) -> Option<Vec<Row>> {
    let (repriced, seconds) = (line["repriced"].as_u64()?, line["seconds"].as_f64()?);
    let (per_second, p99_ms) = (line["per_second"].as_f64()?, line["p99_ms"].as_f64()?);
    Some(vec![Row {
        what: format!("conversions decided while {repriced} are priced anew"),
        measured: format!("{per_second:.0}/s, p99 {p99_ms:.0} ms; priced anew in {seconds:.0} s"),
        promised: format!("at least {DECIDED_WHILE_REPRICING_PER_SECOND_MIN}/s"),
        held: Some(per_second >= DECIDED_WHILE_REPRICING_PER_SECOND_MIN),
        ..Row::default()
    }])
}

/// `{"paid","seconds","decided_meanwhile","per_second","p50_ms","p99_ms"}`
fn payouts(line: &Value) -> Option<Vec<Row>> {
    let (paid, seconds) = (line["paid"].as_u64()?, line["seconds"].as_f64()?);
    let (per_second, p99_ms) = (line["per_second"].as_f64()?, line["p99_ms"].as_f64()?);
    Some(vec![Row {
        what: format!("conversions decided while {paid} partners are paid"),
        measured: format!("{per_second:.0}/s, p99 {p99_ms:.0} ms; paid in {seconds:.0} s"),
        promised: format!("at least {DECIDED_WHILE_PAYING_PER_SECOND_MIN}/s"),
        held: Some(per_second >= DECIDED_WHILE_PAYING_PER_SECOND_MIN),
        ..Row::default()
    }])
}

/// `{"clicks","per_second","sustained_per_second","behind_p50_ms","behind_max_ms"}`
fn shipping(line: &Value) -> Option<Vec<Row>> {
    let (per_second, sustained) = (line["per_second"].as_f64()?, line["sustained_per_second"].as_f64()?);
    let (p50_ms, max_ms) = (line["behind_p50_ms"].as_f64()?, line["behind_max_ms"].as_f64()?);
    let rate = Row {
        what: format!("clicks shipped to the reports, {} in all", line["clicks"].as_u64()?),
        measured: format!("{per_second:.0}/s"),
        promised: format!("at least {SHIPPED_PER_SECOND_MIN}/s"),
        held: Some(per_second >= SHIPPED_PER_SECOND_MIN),
        ..Row::default()
    };
    let behind = Row {
        what: format!("click to report at {sustained:.0} clicks/s"),
        measured: format!("p50 {p50_ms:.0} ms, longest {max_ms:.0} ms"),
        promised: format!("under {BEHIND_MS_MAX} ms"),
        held: Some(max_ms < BEHIND_MS_MAX),
        ..Row::default()
    };
    Some(vec![rate, behind])
}

/// `{"rows","reports":[{"name","ours_ms","bare_ms","times"}],"dashboard_ms"}`
fn reports(line: &Value) -> Option<Vec<Row>> {
    let clicks = line["rows"].as_u64()?;
    let reports = line["reports"].as_array()?.iter().map(|report| report_row(clicks, report));
    let dashboard_ms = line["dashboard_ms"].as_f64()?;
    let dashboard = Row {
        what: format!("dashboard, {clicks} clicks"),
        measured: format!("{dashboard_ms:.0} ms"),
        promised: format!("under {DASHBOARD_MS_MAX} ms"),
        held: Some(dashboard_ms < DASHBOARD_MS_MAX),
        ..Row::default()
    };
    reports.chain([Some(dashboard)]).collect()
}

fn report_row(clicks: u64, report: &Value) -> Option<Row> {
    let times = report["times"].as_f64()?;
    Some(Row {
        what: format!("report {}, {clicks} clicks", report["name"].as_str()?),
        measured: format!("{:.1} ms, {times:.2} of bare", report["ours_ms"].as_f64()?),
        beside: format!("bare DuckDB {:.1} ms", report["bare_ms"].as_f64()?),
        promised: format!("at most {REPORT_TIMES_MAX} of bare"),
        held: Some(times <= REPORT_TIMES_MAX),
        ..Row::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_reports_becomes_rows() {
        let line = serde_json::json!({"rows": 10, "dashboard_ms": 151.0, "reports": [
            {"name": "clicks by offer", "ours_ms": 21.0, "bare_ms": 20.0, "times": 1.05}]});
        let held: Vec<Option<bool>> = reports(&line).unwrap().into_iter().map(|row| row.held).collect();
        assert_eq!(held, [Some(true), Some(false)]);
        assert!(reports(&serde_json::json!({"rows": 10})).is_none());
    }
}
