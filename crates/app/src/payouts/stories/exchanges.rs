//! A partner who earns in one currency and is paid in another.

use serde_json::{Value, json};
use testkit::{Programme, World, text};

/// A partner paid in dollars, to whom 80.00 euro are payable; a dollar's rate of today is known.
async fn earned_in_euro() -> (World, Programme) {
    let world = World::new().await;
    let programme = world.programme().await;
    let details = json!({ "method": "csv", "payout_currency": "USD" });
    let path = format!("/v1/partners/{}/payout-details", programme.partner);
    world.manager.send(reqwest::Method::PUT, &path, Some(details), &[]).await.ok();
    let bonus = json!({
        "partner_id": programme.partner, "kind": "bonus", "amount": { "minor": 8000, "currency": "EUR" }, "reason": "Welcome"
    });
    world.manager.post("/v1/adjustments", bonus).await.ok();
    (world, programme)
}

async fn bring_rate(world: &World, per_euro: &str) {
    let day = &world.now().to_string()[..10];
    let csv = format!("Date,USD\n{day},{per_euro}\n");
    world.manager.post("/v1/currencies/rates/file", json!({ "csv": csv })).await.ok();
}

async fn balance_in(world: &World, partner: &str, currency: &str) -> Value {
    let balance = world.manager.get(&format!("/v1/partners/{partner}/balance")).await.ok();
    let of_currency = balance["items"].as_array().expect("items").iter().find(|item| item["currency"] == currency);
    of_currency.cloned().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_earned_in_euro_is_paid_in_dollars_at_the_days_rate() {
    let (world, programme) = earned_in_euro().await;
    let dollars = json!({ "currency": "USD" });
    world.manager.post("/v1/payout-batches", dollars.clone()).await.refused(409, "nothing_to_pay");
    world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.refused(409, "nothing_to_pay");
    bring_rate(&world, "1.0825").await;
    let owed = world.manager.get("/v1/payouts/owed?currency=USD").await.ok();
    assert_eq!(
        (&owed["total"]["minor"], &owed["items"][0]["exchanges"][0]["sold"]["minor"]),
        (&json!(8660), &json!(8000))
    );
    let batch = world.manager.post("/v1/payout-batches", dollars).await.ok();
    let payout = &batch["payouts"][0];
    assert_eq!(payout["amount"], json!({ "minor": 8660, "currency": "USD" }));
    assert_eq!((&payout["exchanges"][0]["rate"], &payout["exchanges"][0]["source"]), (&json!("1.0825"), &json!("ecb")));
    assert_eq!(balance_in(&world, &programme.partner, "EUR").await["payable"], 0);
    assert_eq!(balance_in(&world, &programme.partner, "USD").await["in_transit"], 8660);
    let entries = world.manager.get(&format!("/v1/journal?kind=exchange&payout_id={}", text(payout, "id"))).await.ok();
    assert_eq!(entries["items"][0]["note"], "1 EUR = 1.0825 USD, 2026-02-02, ecb");
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    assert_eq!(balance_in(&world, &programme.partner, "USD").await["paid"], 8660);
    let accounts = world.manager.get("/v1/journal/accounts").await.ok();
    let exchange = |currency: &str| {
        let of = |row: &&Value| row["account"] == "exchange" && row["currency"] == currency;
        accounts["items"].as_array().expect("accounts").iter().find(of).map(|row| row["balance_minor"].clone())
    };
    assert_eq!(
        (exchange("EUR"), exchange("USD")),
        (Some(json!(-8000)), Some(json!(8660))),
        "both sides lie in one account"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_payout_is_payable_in_the_currency_it_was_sent_in() {
    let (world, programme) = earned_in_euro().await;
    bring_rate(&world, "1.0825").await;
    let batch = world.manager.post("/v1/payout-batches", json!({ "currency": "USD" })).await.ok();
    let failed = format!("/v1/payouts/{}/failed", text(&batch["payouts"][0], "id"));
    world.manager.post(&failed, json!({ "reason": "account closed" })).await.ok();
    assert_eq!(balance_in(&world, &programme.partner, "USD").await["payable"], 8660);
    bring_rate(&world, "2.0000").await;
    let again = world.manager.post("/v1/payout-batches", json!({ "currency": "USD" })).await.ok();
    assert_eq!(again["total"]["minor"], 8660, "exchanged once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commission_that_was_exchanged_is_paid_with_its_payout_and_owed_in_its_own_currency() {
    let (world, programme) = earned_in_euro().await;
    let click = world.click(&programme.slug).await;
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=A");
    world.postback(&query).await.ok();
    world.postback("order_id=A&goal=sale&status=approved").await.ok();
    world.pass_days(15).await;
    bring_rate(&world, "1.1000").await;
    let batch = world.manager.post("/v1/payout-batches", json!({ "currency": "USD" })).await.ok();
    assert_eq!(batch["total"]["minor"], 9_680, "88.00 euro");
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    assert_eq!(world.conversions_of("A").await[0]["status"], "paid");
    world.postback("order_id=A&goal=sale&status=refunded&amount=40.00").await.ok();
    assert_eq!(balance_in(&world, &programme.partner, "EUR").await["debt"], 400);
}
