//! Many at once: a cap does not leak.

use std::sync::Arc;

use serde_json::json;
use testkit::{Programme, World};
use tokio::task::JoinSet;

use super::{cap, set_terms, used};

const CONVERSIONS: usize = 10_000;
const SENDERS: usize = 64;

/// Sends all conversions through the public door at once; how many were approved, and for what the others were refused.
async fn storm(world: &Arc<World>, programme: &Programme) -> (usize, usize) {
    let clicks: Vec<String> = (0..CONVERSIONS)
        .map(|number| {
            let address = std::net::Ipv4Addr::from(0x0A00_0000 + number as u32).into();
            world.click_in_process(&programme.slug, address, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0")
        })
        .collect();
    world.settle().await;
    let clicks = Arc::new(clicks);
    let mut senders = JoinSet::new();
    for sender in 0..SENDERS {
        let (world, clicks) = (world.clone(), clicks.clone());
        senders.spawn(async move {
            let (mut approved, mut capped) = (0, 0);
            for number in (sender..clicks.len()).step_by(SENDERS) {
                let click = &clicks[number];
                let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=A{number}");
                let body = world.postback(&query).await.ok();
                let reason = body["reason"].as_str().unwrap_or_default();
                match body["status"].as_str() {
                    Some("approved") => approved += 1,
                    Some("rejected") if reason.starts_with("cap_offer_total_") => capped += 1,
                    _ => panic!("{body}"),
                }
            }
            (approved, capped)
        });
    }
    let told = senders.join_all().await;
    told.into_iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

async fn check(metric: &str, limit: i64, expected: usize) {
    let world = Arc::new(World::new().await);
    let programme = world.programme().await;
    set_terms(&world, &programme, json!({"conversion_start": "approved"})).await;
    let cap = cap(&world, &programme, json!({"metric": metric, "period": "total", "limit": limit})).await;
    let (approved, capped) = storm(&world, &programme).await;
    assert_eq!((approved, capped), (expected, CONVERSIONS - expected));
    assert_eq!(used(&world, &cap).await, limit);
    let page = world.manager.get("/v1/conversions?status=approved&limit=1000").await.ok();
    assert_eq!(page["items"].as_array().map(Vec::len), Some(expected));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_conversions_at_once_on_a_cap_of_a_hundred() {
    check("conversions", 100, 100).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_conversions_at_once_on_a_cap_in_money() {
    // Each earns 8.00: a hundred of them fit into 800.00 and not one cent more.
    check("payout", 80_000, 100).await;
}
