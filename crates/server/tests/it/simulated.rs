//! The plans in force, tried on all that a demo did, come to what stands to the minor unit.

use std::fs;

use kernel::{Clock as _, time::SystemClock};
use reqwest::Method;
use serde_json::{Value, json};

use crate::process::{Serving, client, run};

/// Days of the demo that is filled for it; the journeys try the whole year.
const DAYS: &str = "30";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_plans_of_a_demo_come_to_what_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("demo");
    run(&data, &["demo", "--fill-only", "--days", DAYS]);
    let logins = fs::read(data.join("demo.json")).expect("a whole demo");
    let logins: Value = serde_json::from_slice(&logins).expect("logins");
    let key = logins["manager"]["api_key"].as_str().expect("a key");
    let serving = Serving::start(&data).await;
    let now = SystemClock.now();
    let window = json!({"from": now.plus_days(-60).to_string(), "to": now.plus_days(1).to_string()});
    let offers = ask(&serving, key, Method::GET, "/v1/offers?limit=200", Value::Null).await;
    let mut conversions = 0;
    for offer in offers["items"].as_array().expect("offers") {
        let door = format!("/v1/offers/{}/plan/simulate", offer["id"].as_str().expect("an id"));
        let told = ask(&serving, key, Method::POST, &door, window.clone()).await;
        let result = &told["result"];
        assert_eq!(told["state"], "done", "{told}");
        assert_eq!((&result["reproduction"]["differing"], &result["before"]), (&json!(0), &result["after"]), "{told}");
        conversions += result["reproduction"]["checked"].as_i64().expect("a count");
    }
    assert!(conversions > 100, "only {conversions} were looked at");
}

async fn ask(serving: &Serving, key: &str, method: Method, path: &str, body: Value) -> Value {
    let asked = client().request(method, format!("{}{path}", serving.url)).bearer_auth(key).json(&body);
    let answer = asked.send().await.expect("the server answers");
    let status = answer.status();
    let body: Value = answer.json().await.expect("JSON");
    assert!(status.is_success(), "{path}: {status} {body}");
    body
}
