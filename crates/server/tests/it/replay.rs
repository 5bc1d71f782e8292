//! Real input: an excerpt of a public access log through the real doors, counted again by hand.
//!
//! `TRIBUTARY_REPLAY_LOG=FILE` names a larger log to send as well.

use std::{
    collections::{BTreeMap, HashMap},
    io::Read as _,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use edge::redirect::sieve::{AgentVerdict, Sieve};
use regex::Regex;
use serde_json::{Value, json};

use crate::process::{Serving, client, install, post, programme, tributary};

const COUNTED_WITHIN: Duration = Duration::from_secs(60);
const DUPLICATE_WINDOW_SECONDS: i64 = 24 * 3_600;
type Counts = BTreeMap<String, i64>;

/// The same questions, answered from the file alone.
#[derive(Debug, Default, PartialEq)]
struct Counted {
    by_day: Counts,
    by_agent: Counts,
    by_referrer_host: Counts,
    by_verdict: Counts,
}

struct Line {
    at: i64,
    day: String,
    method: String,
    address: String,
    agent: String,
    referrer: String,
}

fn lines(text: &str) -> Vec<Line> {
    let form = Regex::new(
        r#"^(\S+) \S+ \S+ \[([^\]]+)\] "((?:[^"\\]|\\.)*)" \S+ \S+(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?"#,
    )
    .expect("a form");
    let mut lines: Vec<Line> = text
        .lines()
        .filter_map(|line| {
            let found = form.captures(line)?;
            let part = |index: usize| found.get(index).map_or("", |part| part.as_str()).to_owned();
            let time = jiff::fmt::strtime::parse("%d/%b/%Y:%H:%M:%S %z", part(2)).ok()?.to_timestamp().ok()?;
            let empty = |text: String| if text == "-" { String::new() } else { text };
            Some(Line {
                at: time.as_second(),
                day: time.to_string()[..10].to_owned(),
                method: part(3).split(' ').next().unwrap_or("").to_owned(),
                address: part(1),
                referrer: empty(part(4)),
                agent: empty(part(5)),
            })
        })
        .collect();
    lines.sort_by_key(|line| line.at);
    lines
}

fn host_of(referrer: &str) -> String {
    let after_scheme = referrer.split_once("://").map_or("", |(_, rest)| rest);
    let host = after_scheme.split(['/', '\\', '?', '#']).next().unwrap_or("");
    host.rsplit('@').next().unwrap_or("").split(':').next().unwrap_or("").to_lowercase()
}

fn count(text: &str) -> Counted {
    let sieve = Sieve::new().expect("patterns");
    let mut counted = Counted::default();
    let mut last_valid: HashMap<(String, String), i64> = HashMap::new();
    for line in lines(text) {
        let judged = sieve.judge(&line.agent);
        let is_probe = line.method != "GET" || judged == AgentVerdict::Preview;
        let verdict = match judged {
            _ if is_probe => "probe",
            AgentVerdict::Bot => "invalid",
            _ => {
                let visitor = (line.address.clone(), line.agent.clone());
                match last_valid.get(&visitor) {
                    Some(valid_at) if line.at - valid_at < DUPLICATE_WINDOW_SECONDS => "duplicate",
                    _ => {
                        last_valid.insert(visitor, line.at);
                        "valid"
                    }
                }
            }
        };
        *counted.by_verdict.entry(verdict.to_owned()).or_default() += i64::from(!is_probe);
        if !is_probe {
            *counted.by_day.entry(line.day).or_default() += 1;
            *counted.by_agent.entry(line.agent).or_default() += 1;
            *counted.by_referrer_host.entry(host_of(&line.referrer)).or_default() += 1;
        }
    }
    counted.by_verdict.retain(|_, count| *count > 0);
    counted
}

/// The ten largest; of equal counts the first by name.
fn top_ten(counts: &Counts) -> Vec<(String, i64)> {
    let mut ranked: Vec<_> = counts.iter().map(|(name, count)| (name.clone(), *count)).collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(10);
    ranked
}

async fn reported(url: &str, key: &str, dimension: &str) -> Counts {
    let question = json!({
        "from": "2015-01-01T00:00:00Z", "to": "2016-01-01T00:00:00Z", "timezone": "UTC", "dimensions": [dimension],
        "metrics": ["gross_clicks"], "limit": 1_000_000
    });
    let answer = post(&client(), url, key, "/v1/reports/query", question).await;
    let row = |row: &Value| (row[0].as_str().unwrap_or("").to_owned(), row[1].as_i64().unwrap_or(0));
    answer["rows"].as_array().expect("rows").iter().map(row).filter(|(_, count)| *count > 0).collect()
}

async fn replay_and_compare(log: &Path) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let keys = install(&data);
    let serving = Serving::start(&data).await;
    let (_, _, slug) = programme(&client(), &serving.url, &keys.manager).await;
    let mut replay = tributary(&data);
    replay.arg("replay").arg(log).args(["--link", &slug, "--url", &serving.url, "--api-key", &keys.manager]);
    let output = replay.output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let outcome: Value = serde_json::from_slice(&output.stdout).expect("an outcome");
    let text = read(log);
    let sent = lines(&text).len() as i64;
    assert_eq!((outcome["sent"].as_i64(), outcome["accepted"].as_i64()), (Some(sent), Some(sent)), "{outcome}");

    let counted = count(&text);
    let all = counted.by_day.values().sum::<i64>();
    let since = Instant::now();
    while reported(&serving.url, &keys.manager, "day").await.values().sum::<i64>() != all {
        assert!(since.elapsed() < COUNTED_WITHIN, "the report does not come to {all} clicks");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(reported(&serving.url, &keys.manager, "day").await, counted.by_day);
    assert_eq!(top_ten(&reported(&serving.url, &keys.manager, "user_agent").await), top_ten(&counted.by_agent));
    assert_eq!(reported(&serving.url, &keys.manager, "referrer_host").await, counted.by_referrer_host);
    assert_eq!(reported(&serving.url, &keys.manager, "click_verdict").await, counted.by_verdict);
    serving.terminate();
}

fn read(log: &Path) -> String {
    let bytes = std::fs::read(log).expect("the log");
    let mut text = Vec::new();
    match bytes.starts_with(&[0x1f, 0x8b]) {
        true => flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut text).map(drop).expect("gzip"),
        false => text = bytes,
    }
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_real_log_is_counted_as_by_hand() {
    replay_and_compare(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/access_log_excerpt.log")).await;
    if let Some(larger) = std::env::var_os("TRIBUTARY_REPLAY_LOG") {
        replay_and_compare(&PathBuf::from(larger)).await;
    }
}
