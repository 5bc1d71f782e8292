//! Sends recorded items, each visitor's over one connection.

use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash as _, Hasher as _},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use reqwest::{Client, Method, header, redirect};

use super::{Outcome, Recorded, RecordedClick, ReplayArguments};

const CONNECTIONS_MAX: usize = 256;
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
const TRIES_MAX: u32 = 3;
/// Told by the server with a click that it could not store.
const UNSTORED_HEADER: &str = "tributary-click";
pub const TIME_HEADER: &str = "tributary-replay-time";
pub const ADDRESS_HEADER: &str = "tributary-replay-address";

#[derive(Default)]
struct Tally {
    sent: AtomicU64,
    accepted: AtomicU64,
}

pub async fn all(arguments: &ReplayArguments, recorded: Vec<Recorded>) -> anyhow::Result<Outcome> {
    let bar = ProgressBar::new(recorded.len() as u64);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}").context("progress bar")?);
    let tally = Arc::new(Tally::default());
    let mut workers = tokio::task::JoinSet::new();
    for share in by_visitor(recorded, arguments.connections.clamp(1, CONNECTIONS_MAX)) {
        let (arguments, tally, bar) = (arguments.clone(), tally.clone(), bar.clone());
        workers.spawn(async move { send_share(&arguments, share, &tally, &bar).await });
    }
    while let Some(worker) = workers.join_next().await {
        worker.context("a sender stopped")??;
    }
    bar.finish();
    let (sent, accepted) = (tally.sent.load(Ordering::Relaxed), tally.accepted.load(Ordering::Relaxed));
    Ok(Outcome { sent, accepted, refused: sent - accepted, unreadable: 0 })
}

/// Splits items so that all of one visitor's are in one share, in order.
fn by_visitor(recorded: Vec<Recorded>, shares: usize) -> Vec<Vec<Recorded>> {
    let mut split = vec![Vec::new(); shares];
    for item in recorded {
        let mut hasher = DefaultHasher::new();
        match &item {
            Recorded::Click(click) => (&click.address, &click.user_agent).hash(&mut hasher),
            Recorded::Conversion(fields) => fields.iter().find(|field| field.0 == "click_id").hash(&mut hasher),
        }
        split[hasher.finish() as usize % shares].push(item);
    }
    split
}

async fn send_share(
    arguments: &ReplayArguments,
    share: Vec<Recorded>,
    tally: &Tally,
    bar: &ProgressBar,
) -> anyhow::Result<()> {
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .pool_max_idle_per_host(1)
        .timeout(REQUEST_TIMEOUT)
        .no_proxy()
        .build()
        .context("make an HTTP client")?;
    for item in share {
        let accepted = send_with_retries(arguments, &client, &item).await?;
        tally.sent.fetch_add(1, Ordering::Relaxed);
        tally.accepted.fetch_add(u64::from(accepted), Ordering::Relaxed);
        bar.inc(1);
    }
    Ok(())
}

/// Only a connection that could not be made is tried again: a click that may have been counted is not.
async fn send_with_retries(arguments: &ReplayArguments, client: &Client, item: &Recorded) -> anyhow::Result<bool> {
    let mut tries = 0;
    loop {
        tries += 1;
        let outcome = match item {
            Recorded::Click(click) => send_click(arguments, client, click).await,
            Recorded::Conversion(fields) => send_conversion(arguments, client, fields).await,
        };
        match outcome {
            Err(error) if error.is_connect() && tries < TRIES_MAX => {}
            outcome => return outcome.context("send a request"),
        }
    }
}

async fn send_click(arguments: &ReplayArguments, client: &Client, click: &RecordedClick) -> reqwest::Result<bool> {
    let base = arguments.url.trim_end_matches('/');
    let address = format!("{base}/c/{}", arguments.link.as_deref().unwrap_or_default());
    let method = Method::from_bytes(click.method.as_bytes()).unwrap_or(Method::GET);
    let mut request = client
        .request(method, address)
        .query(&click.query)
        .bearer_auth(&arguments.api_key)
        .header(TIME_HEADER, click.at.to_string())
        .header(ADDRESS_HEADER, &click.address);
    for (name, value) in [(header::USER_AGENT, &click.user_agent), (header::REFERER, &click.referrer)] {
        if let Ok(value) = header::HeaderValue::from_bytes(value.as_bytes())
            && !value.is_empty()
        {
            request = request.header(name, value);
        }
    }
    let response = request.send().await?;
    Ok(response.status().is_redirection() && !response.headers().contains_key(UNSTORED_HEADER))
}

async fn send_conversion(
    arguments: &ReplayArguments,
    client: &Client,
    fields: &[(String, String)],
) -> reqwest::Result<bool> {
    let base = arguments.url.trim_end_matches('/');
    let body: serde_json::Map<_, _> =
        fields.iter().map(|(name, value)| (name.clone(), serde_json::Value::from(value.as_str()))).collect();
    let request = client.post(format!("{base}/v1/receipts")).bearer_auth(&arguments.api_key).json(&body);
    Ok(request.send().await?.status().is_success())
}
