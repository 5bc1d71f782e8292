//! Stories of batches of many payouts: no answer holds them all.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use testkit::{World, text};

use super::sending::payee;

const PAYEES: usize = 53;

fn ids(page: &Value, field: &str) -> Vec<String> {
    page[field].as_array().expect("a list").iter().map(|row| text(row, "id")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_tells_sums_and_its_payouts_come_in_pages() {
    let world = World::new().await;
    for number in 0..PAYEES {
        payee(&world, &format!("Blog {number}"), ("csv", json!({})), 100, "EUR").await;
    }
    let made = world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    let path = format!("/v1/payout-batches/{}", text(&made, "id"));
    let sum = |state: &str, count: i64| json!({"state": state, "count": count, "amount": {"minor": count * 100, "currency": "EUR"}});
    assert_eq!((&made["payout_count"], &made["results"]), (&json!(PAYEES), &json!([sum("in_transit", 53)])));
    let first = ids(&made, "payouts");
    let next = text(&made, "next_cursor");
    assert_eq!((first.len(), first.last()), (50, Some(&next)));
    let rest = world.manager.get(&format!("{path}/payouts?cursor={next}")).await.ok();
    assert_eq!((ids(&rest, "items").len(), &rest["next_cursor"]), (3, &Value::Null));
    let all: BTreeSet<_> = first.iter().cloned().chain(ids(&rest, "items")).collect();
    assert_eq!(all.len(), PAYEES);

    world.manager.post(&format!("/v1/payouts/{}/failed", first[0]), json!({"reason": "account closed"})).await.ok();
    world.manager.post(&format!("/v1/payouts/{}/paid", first[1]), json!({})).await.ok();
    let results = json!([sum("in_transit", 51), sum("paid", 1), sum("failed", 1)]);
    assert_eq!(world.manager.get(&path).await.ok()["results"], results);
    let listed = world.manager.get("/v1/payout-batches?in_transit=true").await.ok();
    assert_eq!(listed["items"][0]["results"], results, "a list tells the same");
    assert_eq!(listed["items"][0]["payouts"], Value::Null);
    let failed = world.manager.get("/v1/payouts?state=failed&month=2026-02").await.ok();
    assert_eq!(ids(&failed, "items"), [first[0].clone()]);
    assert!(ids(&world.manager.get("/v1/payouts?state=failed&month=2026-01").await.ok(), "items").is_empty());

    let (stranger, _) = world.other_workspace().await;
    stranger.get(&format!("{path}/payouts")).await.refused(404, "not_found");
    let partner = text(&rest["items"][0], "partner_id");
    world.partner_member(&partner).await.get(&format!("{path}/payouts")).await.refused(404, "not_found");
}
