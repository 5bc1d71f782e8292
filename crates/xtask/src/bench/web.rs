//! The web application on the demo year: how long until the dashboard shows its numbers, and how much was loaded.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{table::Row, workload::last_line};
use crate::repo;

const FIRST_LOAD_KB_MAX: f64 = 350.0;
const INTERACTIVE_MS_MAX: f64 = 1_000.0;

/// `{"interactive_ms","slow_interactive_ms","javascript_kb"}`, medians of several visits with an empty cache.
pub fn measure() -> Result<Vec<Row>> {
    let status = Command::new("make").args(["--silent", "build"]).current_dir(repo::root()).status()?;
    ensure!(status.success(), "the program does not build");
    let output = Command::new("npm")
        .args(["run", "--silent", "interactive"])
        .current_dir(repo::root().join("web"))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("starting npm")?;
    let line = last_line(&output)?;
    rows(&line).with_context(|| format!("a figure is missing in {line}"))
}

fn rows(line: &Value) -> Option<Vec<Row>> {
    let usual_ms = line["interactive_ms"].as_f64()?;
    let slow_ms = line["slow_interactive_ms"].as_f64()?;
    let javascript_kb = line["javascript_kb"].as_f64()?;
    Some(vec![
        Row {
            what: "dashboard of the demo year, address to numbers".into(),
            measured: format!("{usual_ms:.0} ms"),
            promised: format!("under {INTERACTIVE_MS_MAX} ms"),
            held: Some(usual_ms < INTERACTIVE_MS_MAX),
            ..Row::default()
        },
        Row {
            what: "the same with the processor slowed four times".into(),
            measured: format!("{slow_ms:.0} ms"),
            ..Row::default()
        },
        Row {
            what: "JavaScript of the first load, compressed".into(),
            measured: format!("{javascript_kb:.0} kB"),
            promised: format!("at most {FIRST_LOAD_KB_MAX} kB"),
            held: Some(javascript_kb <= FIRST_LOAD_KB_MAX),
            ..Row::default()
        },
    ])
}
