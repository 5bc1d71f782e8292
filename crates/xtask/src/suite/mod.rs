//! Everything that CI runs, in one list. It goes on after a failure, so that one run tells all, and it ends with one
//! line: `N passed, N failed`, with the names of what failed right above it.

mod scratch;
mod tally;

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result};

use crate::repo;
use scratch::Scratch;
use tally::Tally;

/// Where records live while a step runs.
#[derive(Clone, Copy)]
enum Records {
    Sqlite,
    Postgres,
}

/// A step passes or fails as a whole, or counts tests.
enum Kind {
    Check,
    Tests(Records),
}

#[derive(Clone, Copy)]
enum Program {
    Cargo,
    /// In the folder of the web application.
    Npm,
}

struct Step {
    name: &'static str,
    kind: Kind,
    program: Program,
    command: Vec<&'static str>,
}

pub fn run() -> Result<()> {
    let scratch = Scratch::make();
    let mut total = Tally::default();
    for step in steps() {
        let started = Instant::now();
        eprintln!("== {}: {}", step.name, step.command.join(" "));
        let mut tally = step.run(scratch.as_ref())?;
        eprintln!("== {}: {tally} in {} s", step.name, started.elapsed().as_secs());
        tally.say_where(step.name);
        total += tally;
    }
    for name in &total.skipped {
        println!("skipped: {name}");
    }
    for name in &total.failures {
        println!("failed: {name}");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    drop(scratch);
    if total.failed > 0 {
        std::process::exit(1);
    }
    Ok(())
}

fn steps() -> Vec<Step> {
    use Program::{Cargo, Npm};
    let check = |name, program, command| Step { name, kind: Kind::Check, program, command };
    let tests = |name, program, records, command| Step { name, kind: Kind::Tests(records), program, command };
    let nextest = has_nextest();
    vec![
        check("format", Cargo, vec!["fmt", "--all", "--check"]),
        check("web types and lint", Npm, vec!["run", "check"]),
        tests("web unit tests", Npm, Records::Sqlite, vec!["run", "test"]),
        check("lint", Cargo, CLIPPY.to_vec()),
        check("dependencies", Cargo, vec!["run", "--quiet", "--release", "--locked", "--bin", "xtask", "--", "deny"]),
        tests("tests on SQLite", Cargo, Records::Sqlite, test_command(nextest, &["--tests"], &[])),
        tests(
            "examples in docs",
            Cargo,
            Records::Sqlite,
            vec!["test", "--release", "--workspace", "--locked", "--doc"],
        ),
        tests("stories on PostgreSQL", Cargo, Records::Postgres, test_command(nextest, &["--test", "*"], &STORIES)),
        check("the program", Cargo, vec!["build", "--release", "--locked", "--bin", "tributary"]),
        tests("journeys in the browser", Npm, Records::Sqlite, vec!["run", "journeys"]),
    ]
}

const CLIPPY: [&str; 8] = ["clippy", "--release", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];

/// The tests that go through the public doors run again on PostgreSQL. What they leave out has run, and has named
/// what it skipped, on SQLite.
const STORIES: [&str; 4] = ["--filterset", "not package(edge) and not package(events)", "--final-status-level", "fail"];

/// The whole workspace is named always, so that both runs share one build. Tidy is among the tests of `xtask`.
fn test_command(nextest: bool, targets: &[&'static str], choice: &[&'static str]) -> Vec<&'static str> {
    let runner: &[&str] = if nextest { &["nextest", "run"] } else { &["test", "--no-fail-fast"] };
    let choice = if nextest { choice } else { &[] };
    [runner, &["--release", "--locked", "--workspace"], targets, choice].concat()
}

fn has_nextest() -> bool {
    let version = cargo().args(["nextest", "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

impl Step {
    fn run(&self, scratch: Option<&Scratch>) -> Result<Tally> {
        match self.kind {
            Kind::Check => self.check(),
            Kind::Tests(records) => self.count(records, scratch),
        }
    }

    fn check(&self) -> Result<Tally> {
        let status = self.command(None).status().with_context(|| format!("starting {}", self.name))?;
        Ok(Tally::of_check(status.success()))
    }

    /// Runs tests, passes their output on, and counts what their runner says of them.
    fn count(&self, records: Records, scratch: Option<&Scratch>) -> Result<Tally> {
        let postgres = matches!(records, Records::Postgres).then(|| repo::root().join("scripts/with_postgres.sh"));
        let mut command = self.command(postgres);
        if let Some(scratch) = scratch {
            command.env("TMPDIR", scratch.path());
        }
        // Both of the runner's streams go through one pipe, so that their lines keep their order.
        let (reader, writer) = std::io::pipe()?;
        command.stdout(writer.try_clone()?).stderr(writer);
        let mut child = command.spawn().with_context(|| format!("starting {}", self.name))?;
        drop(command);
        let mut tally = Tally::default();
        for line in BufReader::new(reader).lines() {
            let line = line?;
            eprintln!("{line}");
            tally.read(&line);
        }
        tally.finish(child.wait()?.success());
        Ok(tally)
    }

    fn command(&self, wrapper: Option<std::path::PathBuf>) -> Command {
        let (program, folder) = match self.program {
            Program::Cargo => (env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), repo::root()),
            Program::Npm => ("npm".into(), repo::root().join("web")),
        };
        let mut command = match wrapper {
            None => Command::new(&program),
            Some(wrapper) => {
                let mut command = Command::new(wrapper);
                command.arg(&program);
                command
            }
        };
        command.args(&self.command).current_dir(folder).stdin(Stdio::null());
        command
    }
}
