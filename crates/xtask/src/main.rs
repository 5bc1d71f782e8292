//! Chores of the repository: `cargo xtask tidy|deny|test|bench|openapi`.
//!
//! Nothing here is shipped, and nothing here needs the network once the dependencies are fetched.

mod bench;
mod deny;
mod openapi;
mod repo;
mod suite;
mod tidy;

use anyhow::Result;
use clap::Parser;

#[derive(Parser)]
#[command(name = "xtask", about = "Chores of the repository")]
enum Chore {
    /// Check sizes, directions, purity and words
    Tidy,
    /// Check licences, bans and sources of the dependencies
    Deny,
    /// Run everything that CI runs; the last line is the total
    Test,
    /// Measure and print the table of promises
    Bench(bench::Arguments),
    /// Write openapi.json anew from the built binary
    Openapi,
}

fn main() -> Result<()> {
    match Chore::parse() {
        Chore::Tidy => tidy::run(),
        Chore::Deny => deny::run(),
        Chore::Test => suite::run(),
        Chore::Bench(arguments) => bench::run(&arguments),
        Chore::Openapi => openapi::run(),
    }
}
