//! Workloads of the crates: examples that measure something and print one line of JSON at the end.

use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Scratch, table::Row};
use crate::repo;

/// An example of a crate, and how its line becomes rows of the table.
pub struct Workload {
    pub package: &'static str,
    pub example: &'static str,
    /// Arguments; `{folder}` is a folder of its own that goes away afterwards.
    pub arguments: &'static [&'static str],
    pub rows: fn(&Value) -> Option<Vec<Row>>,
}

impl Workload {
    pub fn measure(&self) -> Result<Vec<Row>> {
        build(self.package, self.example)?;
        let scratch = Scratch::new(self.example)?;
        let folder = scratch.0.to_string_lossy();
        let output = Command::new(repo::release_dir().join("examples").join(self.example))
            .args(self.arguments.iter().map(|argument| argument.replace("{folder}", &folder)))
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("starting {}", self.example))?;
        let line = last_line(&output).with_context(|| format!("running {}", self.example))?;
        (self.rows)(&line).with_context(|| format!("a row is missing in {line}"))
    }
}

/// The last line of JSON that a program printed before it ended well.
pub fn last_line(output: &Output) -> Result<Value> {
    ensure!(output.status.success(), "it failed: {}", output.status);
    let text = std::str::from_utf8(&output.stdout)?;
    let line = text.lines().rfind(|line| line.starts_with('{')).context("it printed no line of JSON")?;
    Ok(serde_json::from_str(line)?)
}

/// Builds an example in the release profile.
pub fn build(package: &str, example: &str) -> Result<()> {
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--release", "--locked", "--package", package, "--example", example])
        .current_dir(repo::root())
        .status()
        .context("starting cargo")?;
    ensure!(status.success(), "the example {example} of {package} does not build");
    Ok(())
}
