//! Conversions a second, from a journaled receipt to booked: `conversions_bench [COUNT]`.
//!
//! A whole platform on the default stores, one click per conversion, receipts through the journal (fsynced) and the
//! decider from many senders at once. Prints one line: `{"conversions","seconds","per_second","p50_ms","p99_ms"}`.

use testkit::{World, feed};

const COUNT: usize = 30_000;
const PARTNERS: usize = 20;

fn main() {
    let count = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(COUNT);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(run(count));
}

async fn run(count: usize) {
    let world = World::new().await;
    let programme = world.programme().await;
    let mut slugs = vec![programme.slug.clone()];
    for number in 1..PARTNERS {
        slugs.push(another_partner(&world, &programme.offer, number).await);
    }
    let clicks = feed::clicks(&world, &slugs, 0..count);
    world.settle().await;
    let (elapsed, mut times) = feed::sell(&world, clicks).await;
    times.sort_unstable();
    let millis = |share: usize| times[times.len() * share / 100].as_secs_f64() * 1_000.0;
    let answer = serde_json::json!({
        "conversions": count, "seconds": elapsed.as_secs_f64(), "per_second": count as f64 / elapsed.as_secs_f64(),
        "p50_ms": millis(50), "p99_ms": millis(99)
    });
    println!("{answer}");
}

async fn another_partner(world: &World, offer: &str, number: usize) -> String {
    let partner = serde_json::json!({"name": format!("Partner {number}"), "email": format!("p{number}@example.com")});
    let partner = testkit::text(&world.manager.post("/v1/partners", partner).await.ok(), "id");
    let both = serde_json::json!({"offer_id": offer, "partner_id": partner});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    testkit::text(&world.manager.post("/v1/links", both).await.ok(), "slug")
}
