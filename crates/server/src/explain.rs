//! `tributary explain`: why one decision was taken, or whether all of them would be taken again.

use anyhow::Context as _;
use app::explain::{Reader, again, click, conversion, text};
use clap::Args;
use kernel::{Id, id};
use serde_json::Value;

use crate::{
    Config, Platform,
    cli::{ask_or_open, print_json},
    control::Command,
};

#[derive(Args)]
pub struct ExplainArguments {
    /// A conversion or click, such as `cnv_…` or `clk_…`.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    id: Option<String>,
    /// Decide everything in the installation again from its trace and print what differs.
    #[arg(long)]
    all: bool,
    /// Print JSON instead of text.
    #[arg(long)]
    json: bool,
}

pub async fn run(config: Config, arguments: ExplainArguments) -> anyhow::Result<()> {
    let Some(id) = arguments.id else {
        let report = ask_or_open(config, Command::ExplainAll).await?;
        if arguments.json {
            print_json(&report)?;
        } else {
            print!("{}", text::of_report(&report));
        }
        anyhow::ensure!(report["is_same"] == true, "not everything is decided as it was");
        return Ok(());
    };
    let told = ask_or_open(config, Command::Explain { id }).await?;
    if arguments.json {
        return print_json(&told);
    }
    print!("{}", text::of(&told));
    Ok(())
}

/// Explains what the id names, as staff reads it.
pub async fn one(platform: &Platform, id: &str) -> anyhow::Result<Value> {
    let app = platform.app();
    if let Some(click) = edge::click_id::parse(id) {
        let row = click::find(app, click).await?;
        return Ok(serde_json::to_value(click::explain(app, &row, &Reader::staff()).await?)?);
    }
    let conversion: Id<id::Conversion> = Id::parse(id).context("an id begins with cnv_ or clk_")?;
    Ok(serde_json::to_value(conversion::find(app.records.read(), conversion).await?)?)
}

pub async fn all(platform: &Platform) -> anyhow::Result<Value> {
    let report = again::all(platform.app()).await?;
    let mut told = serde_json::to_value(&report)?;
    told["is_same"] = report.is_same().into();
    Ok(told)
}
