//! Workloads of the crates: examples that measure something and print one line of JSON at the end.

use std::{
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Scratch, table::Row};
use crate::repo;

/// An example of a crate, and how its line becomes rows of the table.
pub struct Workload {
    pub example: &'static str,
    pub beside: Beside,
    /// Arguments; `{folder}` is a folder of its own that goes away afterwards.
    pub arguments: &'static [&'static str],
    pub rows: fn(&Value) -> Option<Vec<Row>>,
}

/// What runs while an example is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    Nothing,
    /// A PostgreSQL cluster of its own that waits for the disk, named in `TRIBUTARY_RECORDS_URL`.
    Postgres,
}

impl Beside {
    fn command(self, program: PathBuf) -> Command {
        match self {
            Self::Nothing => Command::new(program),
            Self::Postgres => {
                let mut command = Command::new(repo::root().join("scripts/with_postgres.sh"));
                command.env("WITH_POSTGRES_DURABLE", "1").arg(program);
                command
            }
        }
    }
}

impl Workload {
    pub fn measure(&self) -> Result<Vec<Row>> {
        build(self.example)?;
        let scratch = Scratch::new(self.example)?;
        let folder = scratch.0.to_string_lossy();
        let program = repo::release_dir().join("examples").join(self.example);
        let output = self
            .beside
            .command(program)
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

/// Builds an example in the release profile, as part of the workspace: alone, its dependencies would be compiled again
/// with other features.
pub fn build(example: &str) -> Result<()> {
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--release", "--locked", "--workspace", "--example", example])
        .current_dir(repo::root())
        .status()
        .context("starting cargo")?;
    ensure!(status.success(), "the example {example} does not build");
    Ok(())
}
