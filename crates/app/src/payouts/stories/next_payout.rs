//! What a partner is paid next, and when the rest follows.

use kernel::time::HOUR_MS;
use serde_json::{Value, json};
use testkit::{World, text};

async fn next(world: &World, partner: &str) -> Value {
    world.manager.get(&format!("/v1/partners/{partner}/next-payout")).await.ok()["items"][0].clone()
}

/// The parts of what is approved add up to the book's figure.
#[track_caller]
fn assert_adds_up(next: &Value, balance: &Value) {
    let minor = |value: &Value| value["minor"].as_i64().expect("an amount");
    let days: i64 = next["upcoming"].as_array().expect("days").iter().map(|day| minor(&day["amount"])).sum();
    assert_eq!(days + minor(&next["later"]) + minor(&next["frozen"]), balance["approved"].as_i64().expect("whole"));
    assert_eq!(minor(&next["approved"]), balance["approved"].as_i64().expect("whole"));
    assert_eq!(minor(&next["payable"]), balance["payable"].as_i64().expect("whole"));
    assert_eq!(minor(&next["debt"]), balance["debt"].as_i64().expect("whole"));
}

async fn sold(world: &World, slug: &str, order: &str, amount: &str) -> String {
    let click = world.click(slug).await;
    world.advance_millis(HOUR_MS);
    let sale = format!("click_id={click}&goal=sale&order_id={order}&amount={amount}&currency=EUR");
    let conversion = text(&world.postback(&sale).await.ok(), "conversion_id");
    world.manager.post(&format!("/v1/conversions/{conversion}/approve"), json!({})).await.ok();
    conversion
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_approved_follows_on_the_days_its_holds_end() {
    let world = World::new().await;
    let made = world.programme().await;
    let details = json!({"method": "csv", "minimum_payouts": {"EUR": 1000}});
    world.manager.put(&format!("/v1/partners/{}/payout-details", made.partner), details).await.ok();
    assert_eq!(next(&world, &made.partner).await, Value::Null, "nothing was earned yet");

    sold(&world, &made.slug, "A1", "80.00").await;
    sold(&world, &made.slug, "A2", "20.00").await;
    world.pass_days(3).await;
    let partly = sold(&world, &made.slug, "A3", "50.00").await;
    let part = json!({"reason": "returned", "amount": {"minor": 1000, "currency": "EUR"}});
    world.manager.post(&format!("/v1/conversions/{partly}/reverse"), part).await.ok();
    let offer = format!("/v1/offers/{}", made.offer);
    world.manager.patch(&offer, json!({"hold_days": 90})).await.ok();
    sold(&world, &made.slug, "A4", "10.00").await;

    let told = next(&world, &made.partner).await;
    assert_adds_up(&told, &world.balance(&made.partner).await);
    let day = |day: &str, minor: i64, conversions: i64| json!({"day": day, "amount": {"minor": minor, "currency": "EUR"}, "conversions": conversions});
    assert_eq!(told["upcoming"], json!([day("2026-02-16", 1000, 2), day("2026-02-19", 400, 1)]));
    assert_eq!(told["later"]["minor"], 100, "after the 60 days that are told one by one");
    assert_eq!((&told["reaches_minimum"], &told["next_payout"]["minor"]), (&json!(false), &json!(0)));

    world.pass_days(12).await;
    let told = next(&world, &made.partner).await;
    assert_adds_up(&told, &world.balance(&made.partner).await);
    assert_eq!(told["upcoming"], json!([day("2026-02-19", 400, 1)]));
    assert_eq!((&told["payable"]["minor"], &told["minimum"]["minor"]), (&json!(1000), &json!(1000)));
    assert_eq!((&told["reaches_minimum"], &told["next_payout"]["minor"]), (&json!(true), &json!(1000)));

    let member = world.partner_member(&made.partner).await;
    let own = member.get(&format!("/v1/partners/{}/next-payout", made.partner)).await.ok();
    assert_eq!(own["items"][0], told);
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&format!("/v1/partners/{}/next-payout", made.partner)).await.refused(404, "not_found");
}
