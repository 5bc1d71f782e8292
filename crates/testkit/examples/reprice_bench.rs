//! Conversions decided while a long past is priced anew: `reprice_bench [COUNT] [PER_SECOND]`.
//!
//! COUNT sales are decided and booked; two people have them priced anew; while the job is at it, PER_SECOND sales come in
//! every second. The book proves itself at the end, as the end of every world does. Prints one line:
//! `{"repriced","seconds","decided_meanwhile","per_second","p50_ms","p99_ms"}`.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{Programme, World, feed, text};

const COUNT: usize = 200_000;
const PER_SECOND: usize = 2_000;
/// Clicks are there for so long.
const SECONDS_MAX: usize = 120;

fn main() {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse().expect("a number"));
    let (count, per_second) = (numbers.next().unwrap_or(COUNT), numbers.next().unwrap_or(PER_SECOND));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(run(count, per_second));
}

async fn run(count: usize, per_second: usize) {
    let world = World::new().await;
    let programme = world.programme().await;
    let slugs = [programme.slug.clone()];
    feed::sell(&world, feed::clicks(&world, &slugs, 0..count)).await;
    let clicks = feed::clicks(&world, &slugs, count..count + per_second * SECONDS_MAX);
    world.settle().await;
    let path = confirmed(&world, &programme).await;
    let is_done = AtomicBool::new(false);
    let (seconds, sold) =
        tokio::join!(reprice(&world, &path, &is_done), feed::stream(&world, clicks, per_second, &is_done));
    let told = world.manager.get(&path).await.ok();
    world.settle().await;
    world.mail_to("hello@trailnotes.example");
    let answer = json!({
        "repriced": told["repriced"], "seconds": seconds.as_secs_f64(), "decided_meanwhile": sold.count(),
        "per_second": sold.per_second(), "p50_ms": sold.millis(50), "p99_ms": sold.millis(99)
    });
    println!("{answer}");
}

/// All that was sold is to earn 12 % in place of 10; the path of the reprice.
async fn confirmed(world: &World, programme: &Programme) -> String {
    let plan = world.manager.get(&format!("/v1/offers/{}/plan", programme.offer)).await.ok();
    let mut rules = plan["earnings"]["versions"][0]["rules"].clone();
    for rule in rules.as_array_mut().expect("rules") {
        rule["effect"] = json!({"percent": "12"});
    }
    let now = world.now();
    let window = (now.plus_days(-30).to_string(), now.plus_days(1).to_string());
    let tried = json!({"from": window.0, "to": window.1, "growth": [], "earnings": rules});
    let simulation = world.manager.post(&format!("/v1/offers/{}/plan/simulate", programme.offer), tried).await.ok();
    world.settle().await;
    let new = json!({"simulation_id": text(&simulation, "id"), "words": "measured"});
    let path = format!("/v1/reprices/{}", text(&world.manager.post("/v1/reprices", new).await.ok(), "id"));
    world.member(Role::Finance).await.post(&format!("{path}/confirm"), Value::Null).await.ok();
    world.advance_millis(1_000);
    path
}

async fn reprice(world: &World, path: &str, is_done: &AtomicBool) -> Duration {
    let begun = Instant::now();
    while world.manager.get(path).await.ok()["state"] != "done" {
        world.platform().tick().await.expect("jobs run");
    }
    is_done.store(true, Ordering::Release);
    begun.elapsed()
}
