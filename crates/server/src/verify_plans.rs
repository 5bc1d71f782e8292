//! `tributary verify-plans`: every plan in force tried on all that happened, against what stands.

use app::simulations::in_force;
use clap::Args;
use serde_json::Value;

use crate::{
    Config, Platform,
    cli::{ask_or_open, print_json},
    control::Command,
};

#[derive(Args)]
pub struct VerifyPlansArguments {
    /// Print the whole report as JSON.
    #[arg(long)]
    json: bool,
}

/// Fails where a plan does not come to what stands.
pub async fn run(config: Config, arguments: VerifyPlansArguments) -> anyhow::Result<()> {
    let report = ask_or_open(config, Command::VerifyPlans).await?;
    if arguments.json {
        print_json(&report)?
    } else {
        tell(&report)
    }
    anyhow::ensure!(report["is_same"] == true, "a plan in force does not come to what stands");
    Ok(())
}

pub async fn all(platform: &Platform) -> anyhow::Result<Value> {
    let report = in_force::all(platform.app()).await?;
    let mut told = serde_json::to_value(&report)?;
    told["is_same"] = report.is_same().into();
    Ok(told)
}

fn tell(report: &Value) {
    println!(
        "{} conversions of {} offers priced again by the plans in force; {} were priced elsewhere and moved in",
        report["checked"], report["offers"], report["moved_in"]
    );
    for one in report["differences"].as_array().into_iter().flatten() {
        println!(
            "{} {}: earnings {} stand, {} by the plan; revenue {} stands, {} by the plan ({} minor, {})",
            word(&one["offer_id"]),
            word(&one["conversion_id"]),
            one["earnings_stand_minor"],
            one["earnings_priced_minor"],
            one["revenue_stand_minor"],
            one["revenue_priced_minor"],
            word(&one["currency"]),
            word(&one["why"])
        );
    }
    println!(
        "{} differ, {} of them repriced on purpose, {} counted otherwise",
        report["differing"], report["repriced"], report["counted_otherwise"]
    );
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
