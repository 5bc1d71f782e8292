//! Workloads inside the binary: `tributary bench NAME` prints one row a line as JSON
//! `{"what","measured","beside","promised","held"}`, the last three as far as they exist.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::table::Row;
use crate::repo;

pub fn measure(command: &[&str]) -> Result<Vec<Row>> {
    let output = Command::new(repo::binary()?)
        .arg("bench")
        .args(command)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("starting the workload")?;
    ensure!(output.status.success(), "tributary bench {} failed", command.join(" "));
    let text = String::from_utf8(output.stdout)?;
    let rows: Vec<Row> = text.lines().filter(|line| line.starts_with('{')).map(row).collect::<Result<_>>()?;
    ensure!(!rows.is_empty(), "tributary bench {} printed no row", command.join(" "));
    Ok(rows)
}

fn row(line: &str) -> Result<Row> {
    let value: Value = serde_json::from_str(line).with_context(|| format!("a row of a workload: {line}"))?;
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Ok(Row {
        what: text("what"),
        measured: text("measured"),
        beside: text("beside"),
        promised: text("promised"),
        held: value["held"].as_bool(),
        ..Row::default()
    })
}
