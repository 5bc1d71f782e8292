use std::sync::Arc;

use events::{JournalOptions, journal::DiskLimit};

use crate::world::{Decider, TOKEN, World, browser};

fn on_a_small_disk() -> (World, Arc<DiskLimit>) {
    let limit = Arc::new(DiskLimit::of_bytes(1 << 30));
    let options = JournalOptions { reserve_bytes: 0, disk_limit: Some(limit.clone()), ..JournalOptions::default() };
    (World::with(options, Decider::default()), limit)
}

#[test]
fn without_a_journal_the_visitor_is_still_sent_on() {
    let (world, limit) = on_a_small_disk();
    limit.set_bytes(0);
    let answer = world.click("/c/go?sub1=x");
    assert_eq!(answer.status, 302);
    assert_eq!(answer.location(), Some("https://shop.example/item?x=1&click_id="));
    assert_eq!(answer.headers.get("tributary-click").and_then(|value| value.to_str().ok()), Some("unstored"));
    assert!(answer.click_id.is_none() && answer.headers.get("set-cookie").is_none());
    assert!(world.edge.counters().read().contains(&("clicks_unstored", 1)));
    limit.set_bytes(1 << 30);
    assert!(world.click("/c/go").click_id.is_some(), "room came back");
    assert_eq!(world.stories(), ["click valid landing"]);
}

#[tokio::test]
async fn without_a_journal_no_receipt_is_acknowledged() {
    let (world, limit) = on_a_small_disk();
    limit.set_bytes(0);
    let answer = world.edge.postback(&browser(&format!("/postback?token={TOKEN}&order_id=1"))).await;
    assert_eq!(answer.status, 503);
    assert!(world.decider.seen.lock().expect("seen").is_empty());
}
