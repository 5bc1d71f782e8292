//! Stories of moving in, told through the public door.

#[path = "stories/again.rs"]
mod again;
#[path = "stories/million.rs"]
mod million;
#[path = "stories/others.rs"]
mod others;
#[path = "stories/report.rs"]
mod report;
#[path = "stories/tune.rs"]
mod tune;

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Reply, World, text};

const HOST: &str = "track.riverside.example";
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// A request on the tracking domain that moved in.
async fn at(world: &World, target: &str) -> Reply {
    world.nobody().send(Method::GET, target, None, &[("host", HOST), ("user-agent", BROWSER)]).await
}

/// Begins an import with its files; its address.
async fn with_files(world: &World, import: Value, files: &[(&str, String)]) -> String {
    let import = world.manager.post("/v1/imports", import).await.ok();
    let import = format!("/v1/imports/{}", text(&import, "id"));
    for (kind, content) in files {
        let file = world.manager.upload(&format!("{import}/files/{kind}?name={kind}.csv"), content.clone()).await.ok();
        assert_eq!(file["missing_fields"], json!([]), "{kind}: {file}");
    }
    import
}

async fn checked(world: &World, import: &str) -> Value {
    world.manager.post(&format!("{import}/check"), json!({})).await.ok();
    world.settle().await;
    let shown = world.manager.get(import).await.ok();
    assert_eq!(shown["state"], "checked", "{shown}");
    shown
}

async fn run(world: &World, import: &str) -> Value {
    world.manager.post(&format!("{import}/run"), json!({})).await.ok();
    world.settle().await;
    let shown = world.manager.get(import).await.ok();
    assert_eq!(shown["state"], "done", "{shown}");
    shown
}

/// Rows of a file: read, made, matched, left out, not understood.
fn tally(import: &Value, kind: &str, which: &str) -> [i64; 5] {
    let files = import["files"].as_array().expect("files");
    let file = files.iter().find(|file| file["kind"] == kind).unwrap_or_else(|| panic!("no {kind} in {import}"));
    let count = |field: &str| file[which][field].as_i64().unwrap_or_else(|| panic!("no {field} in {file}"));
    ["rows", "made", "matched", "left_out", "not_understood"].map(count)
}

async fn only(world: &World, path: &str) -> Value {
    let page = world.manager.get(path).await.ok();
    let items = page["items"].as_array().expect("items");
    assert_eq!(items.len(), 1, "{path}: {page}");
    items[0].clone()
}
