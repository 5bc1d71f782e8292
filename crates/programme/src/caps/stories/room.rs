//! Room that is taken, given back and taken again.

use serde_json::json;
use testkit::World;

use super::{act, cap, pacing, sell, sell_on, set_terms, used};

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_conversion_gives_its_room_back_and_must_find_room_to_return() {
    let world = World::new().await;
    let programme = world.programme().await;
    let cap = cap(&world, &programme, json!({"limit": 2})).await;
    let (_, _, first) = sell(&world, &programme, "A").await;
    sell(&world, &programme, "B").await;
    let (status, reason, third) = sell(&world, &programme, "C").await;
    assert_eq!((status.as_str(), reason.as_str()), ("rejected", "cap_offer_day_conversions"));
    assert_eq!(used(&world, &cap).await, 2);
    act(&world, &third, "reinstate").await.refused(409, "cap_reached");

    act(&world, &first, "reject").await.ok();
    assert_eq!(used(&world, &cap).await, 1);
    assert_eq!(pacing(&world, &cap).await["reached_at"], json!(null), "there is room again");
    act(&world, &third, "reinstate").await.ok();
    assert_eq!(used(&world, &cap).await, 2);
    act(&world, &first, "reinstate").await.refused(409, "cap_reached");
    act(&world, &third, "reverse").await.ok();
    act(&world, &first, "reinstate").await.ok();
    assert_eq!(used(&world, &cap).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_fits_or_it_does_not() {
    let world = World::new().await;
    let programme = world.programme().await;
    let cap = cap(&world, &programme, json!({"metric": "payout", "period": "month", "limit": 2_000})).await;
    sell(&world, &programme, "A").await;
    let (_, _, second) = sell(&world, &programme, "B").await;
    let refused = sell(&world, &programme, "C").await;
    assert_eq!((refused.0.as_str(), refused.1.as_str()), ("rejected", "cap_offer_month_payout"), "4.00 are left");
    let click = world.click(&programme.slug).await;
    assert_eq!(sell_on(&world, &click, "D", "40.00").await.0, "pending", "4.00 fit to the cent");
    assert_eq!(used(&world, &cap).await, 2_000);
    let repriced = world.postback("order_id=D&amount=41.00&currency=EUR&goal=sale").await.ok();
    assert_eq!(repriced["reason"], "cap_reached", "a raise must find room too");
    world.manager.post(&format!("/v1/conversions/{second}/reverse"), json!({})).await.refused(409, "illegal_move");
    act(&world, &second, "approve").await.ok();
    let part = json!({"amount": {"minor": 4_000, "currency": "EUR"}});
    world.manager.post(&format!("/v1/conversions/{second}/reverse"), part).await.ok();
    assert_eq!(used(&world, &cap).await, 1_600, "half a refund is half the room");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cap_counts_the_statuses_it_names() {
    let world = World::new().await;
    let programme = world.programme().await;
    let cap = cap(&world, &programme, json!({"limit": 1, "counted": ["approved"]})).await;
    let (_, _, first) = sell(&world, &programme, "A").await;
    let (_, _, second) = sell(&world, &programme, "B").await;
    assert_eq!(used(&world, &cap).await, 0, "pending ones take none");
    act(&world, &first, "approve").await.ok();
    act(&world, &second, "approve").await.refused(409, "cap_reached");
    assert_eq!(sell(&world, &programme, "C").await.1, "cap_offer_day_conversions", "full is full");
    act(&world, &first, "reverse").await.ok();
    act(&world, &second, "approve").await.ok();
    assert_eq!(used(&world, &cap).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn clicks_made_before_may_convert_within_the_grace() {
    let world = World::new().await;
    let programme = world.programme().await;
    let cap = cap(&world, &programme, json!({"limit": 1, "grace": "hours", "grace_hours": 2})).await;
    let before = world.click(&programme.slug).await;
    let late = world.click(&programme.slug).await;
    world.advance_millis(1_000);
    sell(&world, &programme, "A").await;
    world.advance_millis(1_000);
    let after = world.click(&programme.slug).await;
    assert_eq!(sell_on(&world, &after, "B", "80.00").await.1, "cap_offer_day_conversions");
    assert_eq!(sell_on(&world, &before, "C", "80.00").await.0, "pending", "clicked in time");
    world.advance_millis(3 * 3_600_000);
    assert_eq!(sell_on(&world, &late, "D", "80.00").await.1, "cap_offer_day_conversions", "the grace is over");
    assert_eq!(used(&world, &cap).await, 2, "what the grace lets through counts");
}

#[tokio::test(flavor = "multi_thread")]
async fn grace_may_last_the_whole_day() {
    let world = World::new().await;
    let programme = world.programme().await;
    cap(&world, &programme, json!({"limit": 1, "grace": "day"})).await;
    let before = world.click(&programme.slug).await;
    world.advance_millis(1_000);
    sell(&world, &programme, "A").await;
    world.advance_millis(13 * 3_600_000);
    assert_eq!(sell_on(&world, &before, "B", "80.00").await.0, "pending", "23:00 in Warsaw");
    assert_eq!(sell(&world, &programme, "C").await.1, "cap_offer_day_conversions");
    world.advance_millis(2 * 3_600_000);
    assert_eq!(sell(&world, &programme, "D").await.0, "pending", "a new day");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_cap_takes_no_room_until_somebody_makes_some() {
    let world = World::new().await;
    let programme = world.programme().await;
    let cap = cap(&world, &programme, json!({"limit": 1, "on_reach": "pending"})).await;
    set_terms(&world, &programme, json!({"conversion_start": "approved"})).await;
    assert_eq!(sell(&world, &programme, "A").await.0, "approved");
    let (status, reason, waiting) = sell(&world, &programme, "B").await;
    assert_eq!((status.as_str(), reason.as_str()), ("pending", "cap_offer_day_conversions"));
    assert_eq!(used(&world, &cap).await, 1);
    act(&world, &waiting, "approve").await.refused(409, "cap_reached");
    world.manager.patch(&format!("/v1/caps/{cap}"), json!({"limit": 2})).await.ok();
    act(&world, &waiting, "approve").await.ok();
    assert_eq!(used(&world, &cap).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cap_made_at_noon_counts_the_morning() {
    let world = World::new().await;
    let programme = world.programme().await;
    sell(&world, &programme, "A").await;
    let (_, _, gone) = sell(&world, &programme, "B").await;
    act(&world, &gone, "reject").await.ok();
    world.advance_millis(1_000);
    let day = cap(&world, &programme, json!({"limit": 2})).await;
    let money = cap(&world, &programme, json!({"metric": "revenue", "period": "week", "limit": 5_000})).await;
    let total = cap(&world, &programme, json!({"period": "total", "limit": 2})).await;
    let rejected = cap(&world, &programme, json!({"limit": 9, "counted": ["rejected"]})).await;
    assert_eq!(used(&world, &day).await, 1);
    assert_eq!(used(&world, &money).await, 1_200);
    assert_eq!(used(&world, &total).await, 0, "a total begins when it is made");
    assert_eq!(used(&world, &rejected).await, 1);
    world.manager.patch(&format!("/v1/caps/{day}"), json!({"counted": ["approved", "rejected"]})).await.ok();
    assert_eq!(used(&world, &day).await, 1, "counted anew by the new terms");
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_a_cap() {
    let world = World::new().await;
    let programme = world.programme().await;
    let filtered = cap(&world, &programme, json!({"limit": 1, "filter": {"sources": ["blog"]}})).await;
    let elsewhere = cap(&world, &programme, json!({"limit": 1, "filter": {"countries": ["ZZ"]}})).await;
    for (order, source, expected) in [("A", "blog", "pending"), ("B", "push", "pending"), ("C", "blog", "rejected")] {
        let reply = world.visit(&format!("{}?source_id={source}", programme.slug), "203.0.113.9").await;
        let click = testkit::click_id_of(reply.header("location"));
        assert_eq!(sell_on(&world, &click, order, "80.00").await.0, expected, "{order}");
    }
    assert_eq!((used(&world, &filtered).await, used(&world, &elsewhere).await), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cap_that_was_reached_first_gives_the_reason() {
    let world = World::new().await;
    let programme = world.programme().await;
    cap(&world, &programme, json!({"limit": 2, "scope": "workspace", "offer_id": null})).await;
    let partner = json!({"limit": 1, "scope": "partner", "partner_id": programme.partner});
    cap(&world, &programme, partner).await;
    sell(&world, &programme, "A").await;
    world.advance_millis(1_000);
    assert_eq!(sell(&world, &programme, "B").await.1, "cap_partner_day_conversions");
}
