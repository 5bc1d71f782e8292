//! Conversions decided while many partners are paid: `payout_bench [PARTNERS] [PER_SECOND]`.
//!
//! PARTNERS have something payable; a batch of all of them is made, its SEPA file written, and all marked as paid, while
//! PER_SECOND sales come in every second. The book proves itself at the end, as the end of every world does. Prints one
//! line: `{"paid","seconds","decided_meanwhile","per_second","p50_ms","p99_ms"}`.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{Caller, World, feed, text};
use tokio::task::JoinSet;

const PARTNERS: usize = 20_000;
const PER_SECOND: usize = 2_000;
/// Clicks are there for so long.
const SECONDS_MAX: usize = 120;
const MAKERS: usize = 16;

fn main() {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse().expect("a number"));
    let (partners, per_second) = (numbers.next().unwrap_or(PARTNERS), numbers.next().unwrap_or(PER_SECOND));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(run(partners, per_second));
}

async fn run(partners: usize, per_second: usize) {
    let settings = "api_requests_per_minute = 10000000".parse().expect("a setting");
    let world = World::with(testkit::WorldOptions { settings, ..Default::default() }).await;
    let programme = world.programme().await;
    let owner = world.member(Role::Owner).await;
    let payer = json!({"method": "sepa", "name": "Riverside", "iban": "DE02120300000000202051"});
    owner.put("/v1/payout-payers", payer).await.ok();
    payees(&world, partners).await;
    let clicks = feed::clicks(&world, &[programme.slug], 0..per_second * SECONDS_MAX);
    world.settle().await;
    let is_done = AtomicBool::new(false);
    let ((seconds, paid), sold) =
        tokio::join!(pay(&owner, &is_done), feed::stream(&world, clicks, per_second, &is_done));
    world.settle().await;
    let answer = json!({
        "paid": paid, "seconds": seconds.as_secs_f64(), "decided_meanwhile": sold.count(),
        "per_second": sold.per_second(), "p50_ms": sold.millis(50), "p99_ms": sold.millis(99)
    });
    println!("{answer}");
}

async fn payees(world: &World, partners: usize) {
    let mut makers = JoinSet::new();
    for maker in 0..MAKERS {
        let manager = world.manager.clone();
        makers.spawn(async move {
            for number in (maker..partners).step_by(MAKERS) {
                payee(&manager, number).await;
            }
        });
    }
    makers.join_all().await;
}

async fn payee(manager: &Caller, number: usize) {
    let new = json!({"name": format!("Partner {number}"), "email": format!("p{number}@example.com")});
    let partner = text(&manager.post("/v1/partners", new).await.ok(), "id");
    let details = json!({"method": "sepa", "details": {"name": "Partner", "iban": "DE89370400440532013000"}});
    manager.put(&format!("/v1/partners/{partner}/payout-details"), details).await.ok();
    let amount = json!({"minor": 1_000 + number, "currency": "EUR"});
    let bonus = json!({"partner_id": partner, "kind": "bonus", "amount": amount, "reason": "measured"});
    manager.post("/v1/adjustments", bonus).await.ok();
}

/// A batch of all, from the list to the last result: how long, and how many were paid.
async fn pay(owner: &Caller, is_done: &AtomicBool) -> (Duration, usize) {
    let begun = Instant::now();
    let batch = owner.post("/v1/payout-batches", json!({"currency": "EUR", "method": "sepa"})).await.ok();
    let path = |what: &str| format!("/v1/payout-batches/{}/{what}", text(&batch, "id"));
    let file = owner.get(&path("file")).await;
    assert!(file.text.contains(&format!("<NbOfTxs>{}</NbOfTxs>", batch["payout_count"])), "{}", file.text.len());
    owner.post(&path("send"), json!({})).await.ok();
    let paid: Value = owner.post(&path("paid"), json!({"reference": "measured"})).await.ok();
    is_done.store(true, Ordering::Release);
    let sums = paid["results"].as_array().expect("a sum for each state");
    let paid = sums.iter().filter(|sum| sum["state"] == "paid").map(|sum| sum["count"].as_u64().expect("a count"));
    (begun.elapsed(), paid.sum::<u64>() as usize)
}
