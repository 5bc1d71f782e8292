//! `tributary demo`: fills an empty data folder with a believable year and serves it.
//!
//! Everything goes through the doors that live traffic uses, under a clock that moves: offers and partners through the
//! API, clicks through the edge, sales through the postback, approvals by status updates, payouts through the API.

mod calendar;
mod cast;
mod fill;
mod office;
mod people;
mod stage;
mod traffic;
mod visitors;

use std::{fs, path::Path};

use anyhow::{Context as _, ensure};
use serde::{Deserialize, Serialize};

use crate::{Config, Platform, Running, cli::surroundings, serve::asked_to_end};

/// Written last: a folder that has it is a whole demo.
const LOGINS_FILE: &str = "demo.json";

#[derive(Clone, Debug, clap::Args)]
pub struct DemoArguments {
    /// Equal seeds and days give equal stories.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Days of history, ending now.
    #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=1_100))]
    pub days: u32,
    /// When ready, print one line of JSON with the address and the logins to stdout, and nothing else.
    #[arg(long)]
    pub json: bool,
    /// Fill the folder and end, without serving.
    #[arg(long, hide = true)]
    pub fill_only: bool,
}

/// How to sign in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Login {
    pub email: String,
    pub password: String,
    pub api_key: String,
}

/// Who can sign in to the demo.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Logins {
    pub manager: Login,
    pub partner: Login,
    pub advertiser: Login,
    pub postback_token: String,
}

#[derive(Serialize)]
struct Ready<'a> {
    url: String,
    #[serde(flatten)]
    logins: &'a Logins,
}

pub async fn run(config: Config, arguments: DemoArguments) -> anyhow::Result<()> {
    let logins = match existing(&config.data)? {
        Some(logins) => logins,
        None => {
            eprintln!("filling {} with {} days of history …", config.data.display(), arguments.days);
            let logins = fill::fill(&config, &arguments).await.context("fill the demo")?;
            fs::write(config.data.join(LOGINS_FILE), serde_json::to_vec_pretty(&logins)?)?;
            logins
        }
    };
    if arguments.fill_only {
        return Ok(());
    }
    let around = surroundings(&config)?;
    let running = Running::start(Platform::open(config, around).await?, true).await?;
    tell(&running.url(), &logins, arguments.json)?;
    asked_to_end().await?;
    running.stop().await
}

/// The logins of a folder that was filled before; a folder with something else in it is refused.
fn existing(data: &Path) -> anyhow::Result<Option<Logins>> {
    let file = data.join(LOGINS_FILE);
    if file.exists() {
        let text = fs::read(&file).with_context(|| format!("read {}", file.display()))?;
        return Ok(Some(serde_json::from_slice(&text).with_context(|| format!("read {}", file.display()))?));
    }
    let occupied = data.exists() && fs::read_dir(data)?.next().is_some();
    ensure!(
        !occupied,
        "{} holds something that is no whole demo; remove it or name another folder with --data",
        data.display()
    );
    Ok(None)
}

fn tell(url: &str, logins: &Logins, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        println!("{}", serde_json::to_string(&Ready { url: url.to_owned(), logins })?);
        return Ok(());
    }
    eprintln!("\nTributary is ready at {url}");
    for (who, login) in [("manager", &logins.manager), ("partner", &logins.partner), ("advertiser", &logins.advertiser)]
    {
        eprintln!("  {who:<11}{}  password {}  API key {}", login.email, login.password, login.api_key);
    }
    eprintln!("  postback token  {}\n", logins.postback_token);
    Ok(())
}
