//! The table of promises: what `docs/ARCHITECTURE.md` promises, measured on this machine.
//!
//! Rates that depend on the machine stand beside a program everybody knows, in alternating runs of the same minutes.
//! `rows.rs` is the list of what is measured.

mod nginx;
mod redirect;
mod rows;
mod served;
mod table;
mod web;
mod workload;
mod wrk;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use table::Row;

#[derive(Args)]
pub struct Arguments {
    /// Seconds of each run under load
    #[arg(long, default_value_t = 10)]
    seconds: u32,
    /// Alternating runs of each side; the median counts
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// Connections held open by the load
    #[arg(long, default_value_t = 64)]
    connections: u32,
    /// Links loaded while redirects are measured
    #[arg(long, default_value_t = 1_000_000)]
    links: u32,
    /// Measure only the groups whose name contains this
    #[arg(long)]
    only: Option<String>,
}

/// A folder that goes away with the run.
struct Scratch(PathBuf);

pub fn run(arguments: &Arguments) -> Result<()> {
    let mut rows: Vec<Row> = Vec::new();
    for group in rows::GROUPS {
        if arguments.only.as_ref().is_some_and(|only| !group.name.contains(only.as_str())) {
            continue;
        }
        eprintln!("bench: {}", group.name);
        match group.measure(arguments) {
            Ok(measured) => rows.extend(measured),
            Err(error) => rows.push(Row::failed(group.name, &error)),
        }
    }
    println!("{}", table::render(&rows));
    anyhow::ensure!(rows.iter().all(|row| !row.failed), "a measurement failed");
    Ok(())
}

impl Scratch {
    fn new(name: &str) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("tributary-bench-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that cannot be removed is left to the system's cleaner.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
