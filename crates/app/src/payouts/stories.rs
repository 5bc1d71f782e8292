//! Stories of payouts, and the whole main job from a click to a payout.

#[path = "stories/batches.rs"]
mod batches;
#[path = "stories/exchanges.rs"]
mod exchanges;
#[path = "stories/journal.rs"]
mod journal;
#[path = "stories/next_payout.rs"]
mod next_payout;
#[path = "stories/paypal.rs"]
mod paypal;
#[path = "stories/runs.rs"]
mod runs;
#[path = "stories/schedules.rs"]
mod schedules;
#[path = "stories/sending.rs"]
mod sending;
#[path = "stories/splits.rs"]
mod splits;
#[path = "stories/taken.rs"]
mod taken;

use kernel::time::HOUR_MS;
use serde_json::json;
use testkit::{World, text};

const BALANCE_PARTS: [&str; 6] = ["pending", "approved", "payable", "in_transit", "paid", "debt"];

#[track_caller]
fn assert_balance(balance: &serde_json::Value, wanted: [i64; 6]) {
    let parts = BALANCE_PARTS.map(|part| balance[part].as_i64().expect("a whole number"));
    assert_eq!(parts, wanted, "{BALANCE_PARTS:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_click_to_a_payout() {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);

    let sale = format!("click_id={click}&goal=sale&order_id=A1&amount=80.00&currency=EUR");
    let verdict = world.postback(&sale).await.ok();
    assert_eq!(verdict["status"], "pending", "{verdict}");
    let conversion = text(&verdict, "conversion_id");
    assert_balance(&world.balance(&programme.partner).await, [800, 0, 0, 0, 0, 0]);
    let totals = world.totals(&["clicks", "conversions", "payout", "revenue", "sale_amount"]).await;
    assert_eq!(totals, json!({ "clicks": 1, "conversions": 1, "payout": 800, "revenue": 1200, "sale_amount": 8000 }));

    world.manager.post(&format!("/v1/conversions/{conversion}/approve"), json!({})).await.ok();
    assert_balance(&world.balance(&programme.partner).await, [0, 800, 0, 0, 0, 0]);
    world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.refused(409, "nothing_to_pay");

    world.pass_days(15).await;
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 800, 0, 0, 0]);
    let owed = world.manager.get("/v1/payouts/owed").await.ok();
    assert_eq!(owed["total"], json!({ "minor": 800, "currency": "EUR" }));

    let batch = world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.ok();
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 0, 800, 0, 0]);
    let (batch_id, payout) = (text(&batch, "id"), text(&batch["payouts"][0], "id"));
    let file = world.manager.get(&format!("/v1/payout-batches/{batch_id}/file?format=csv")).await;
    assert!(file.text.contains("EUR,8.00") && file.text.contains("Trail Notes"), "{}", file.text);

    let failed = json!({ "reason": "account closed" });
    world.manager.post(&format!("/v1/payouts/{payout}/failed"), failed.clone()).await.ok();
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 800, 0, 0, 0]);
    let twice = world.manager.post(&format!("/v1/payouts/{payout}/failed"), failed).await;
    twice.refused(409, "payout_not_in_transit");

    let batch = world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.ok();
    let paid = format!("/v1/payout-batches/{}/paid", text(&batch, "id"));
    world.manager.post(&paid, json!({ "reference": "SEPA-1" })).await.ok();
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 0, 0, 800, 0]);
    assert_eq!(world.conversions_of("A1").await[0]["status"], "paid");

    // The customer sends a half of it back after the partner was paid: a debt that the next payout settles.
    let refund = world.postback("order_id=A1&goal=sale&status=refunded&amount=40.00&currency=EUR").await.ok();
    assert_eq!(refund["conversion_id"], conversion.as_str(), "{refund}");
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 0, 0, 800, 400]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_status_update_and_a_reinstatement_end_at_a_book_that_adds_up() {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    world.postback(&format!("click_id={click}&goal=sale&order_id=B1&amount=50.00&currency=EUR")).await.ok();

    let update = world.postback("order_id=B1&goal=sale&status=cancelled").await.ok();
    assert_eq!(update["status"], "rejected", "{update}");
    assert_balance(&world.balance(&programme.partner).await, [0; 6]);
    let conversion = text(&update, "conversion_id");
    world.manager.post(&format!("/v1/conversions/{conversion}/reinstate"), json!({})).await.ok();
    assert_balance(&world.balance(&programme.partner).await, [0, 500, 0, 0, 0, 0]);
    assert_eq!(world.totals(&["conversions", "payout"]).await, json!({ "conversions": 1, "payout": 500 }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn debt_comes_off_the_next_payout_and_the_minimum_rolls_forward() {
    let world = World::new().await;
    let programme = world.programme().await;
    for (order, amount) in [("C1", "80.00"), ("C2", "50.00")] {
        let click = world.click(&programme.slug).await;
        world.advance_millis(HOUR_MS);
        let sale = format!("click_id={click}&goal=sale&order_id={order}&amount={amount}&currency=EUR");
        world.postback(&sale).await.ok();
        world.postback(&format!("order_id={order}&goal=sale&status=approved")).await.ok();
        world.pass_days(15).await;
        if order == "C1" {
            let batch = world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.ok();
            world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
            world.postback("order_id=C1&goal=sale&status=refunded&amount=30.00&currency=EUR").await.ok();
        }
    }
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 500, 0, 800, 300]);
    let batch = world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.ok();
    assert_eq!(batch["total"], json!({ "minor": 200, "currency": "EUR" }));
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 0, 200, 800, 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_batch_for_one_key_and_none_for_another_workspace() {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    world
        .postback(&format!("click_id={click}&goal=sale&order_id=D1&amount=80.00&currency=EUR&status=approved"))
        .await
        .ok();
    world.postback("order_id=D1&goal=sale&status=approved").await.ok();
    world.pass_days(15).await;

    let key = [("idempotency-key", "payday-1")];
    let post = reqwest::Method::POST;
    let body = json!({ "currency": "EUR" });
    let first = world.manager.send(post.clone(), "/v1/payout-batches", Some(body.clone()), &key).await;
    let again = world.manager.send(post.clone(), "/v1/payout-batches", Some(body), &key).await;
    assert_eq!((first.status, &first.text), (201, &again.text));
    let other = world.manager.send(post, "/v1/payout-batches", Some(json!({ "currency": "USD" })), &key).await;
    other.refused(409, "idempotency_key_reused");

    let (stranger, _) = world.other_workspace().await;
    let batch = text(&first.json(), "id");
    stranger.get(&format!("/v1/payout-batches/{batch}")).await.refused(404, "not_found");
    stranger.get(&format!("/v1/payout-batches/{batch}/file?format=csv")).await.refused(404, "not_found");
    stranger.post(&format!("/v1/payout-batches/{batch}/paid"), json!({})).await.refused(404, "not_found");
    stranger.get(&format!("/v1/partners/{}/balance", programme.partner)).await.refused(404, "not_found");

    let partner = world.partner_member(&programme.partner).await;
    assert_eq!(partner.get("/v1/payouts").await.ok()["items"].as_array().map(Vec::len), Some(1));
    partner.get(&format!("/v1/payout-batches/{batch}/file")).await.refused(403, "not_permitted");
    partner.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.refused(403, "not_permitted");
}
