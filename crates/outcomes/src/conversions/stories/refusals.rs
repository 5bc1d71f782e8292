//! Each refusal, in a story of its own. The sender did its part, so it is told 200; the conversion stays, with its reason.

use serde_json::json;
use testkit::{World, text};

use super::{clicked, sale, set_terms, standing, verdict};

fn rejected(reason: &str) -> (String, String) {
    ("rejected".to_owned(), reason.to_owned())
}

/// The order's one conversion stands rejected, for this reason, and nothing was booked.
async fn assert_stored(world: &World, order: &str, reason: &str) {
    let stored = world.conversions_of(order).await;
    assert_eq!(stored.len(), 1, "{stored:?}");
    assert_eq!((&stored[0]["status"], &stored[0]["reason"]), (&json!("rejected"), &json!(reason)));
    assert_eq!(stored[0]["payout"]["minor"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_is_no_sender() {
    let (world, _, click) = clicked().await;
    let reply = world.nobody().get(&format!("/postback?click_id={click}&order_id=A&token=wrong")).await;
    reply.refused(401, "bad_token");
    assert!(world.conversions_of("A").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invented_click_id() {
    let (world, _, _) = clicked().await;
    let query = "click_id=00000000000000000000000001&amount=80&order_id=A";
    assert_eq!(verdict(&world, query).await, rejected("bad_click_id"));
    assert_stored(&world, "A", "bad_click_id").await;
    assert_eq!(verdict(&world, "click_id=%3Cscript%3E&order_id=B").await, rejected("bad_click_id"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_of_another_workspace() {
    let (world, _, click) = clicked().await;
    let (elsewhere, token) = world.other_workspace().await;
    let query = format!("/postback?click_id={click}&amount=80&order_id=A&token={token}");
    let body = world.nobody().get(&query).await.ok();
    assert_eq!((&body["status"], &body["reason"]), (&json!("rejected"), &json!("click_not_found")));
    let conversion = text(&body, "conversion_id");
    elsewhere.get(&format!("/v1/conversions/{conversion}")).await.ok();
    world.manager.get(&format!("/v1/conversions/{conversion}")).await.refused(404, "not_found");
    assert!(world.conversions_of("A").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_of_another_offer() {
    let (world, _, click) = clicked().await;
    let other = world.manager.post("/v1/advertisers", json!({"name": "Other"})).await.ok();
    let offer = json!({
        "advertiser_id": other["id"], "name": "Other", "landing_url": "https://other.example/", "currency": "EUR",
        "goals": [{"name": "sale", "payout": {"percent": "10"}}]
    });
    let offer = text(&world.manager.post("/v1/offers", offer).await.ok(), "id");
    let query = format!("click_id={click}&amount=80&order_id=A&offer_id={offer}");
    assert_eq!(verdict(&world, &query).await, rejected("click_offer_mismatch"));
    assert_stored(&world, "A", "click_offer_mismatch").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_is_paused() {
    let (world, programme, click) = clicked().await;
    set_terms(&world, &programme, json!({"state": "paused"})).await;
    let query = format!("click_id={click}&amount=80&order_id=A");
    assert_eq!(verdict(&world, &query).await, rejected("offer_inactive"));
    assert_stored(&world, "A", "offer_inactive").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_goal_nobody_knows() {
    let (world, _, click) = clicked().await;
    let query = format!("click_id={click}&amount=80&order_id=A&goal=nonsense");
    assert_eq!(verdict(&world, &query).await, rejected("goal_unknown"));
    assert_stored(&world, "A", "goal_unknown").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_partner() {
    let (world, programme, click) = clicked().await;
    world.manager.patch(&format!("/v1/partners/{}", programme.partner), json!({"state": "suspended"})).await.ok();
    let query = format!("click_id={click}&amount=80&order_id=A");
    assert_eq!(verdict(&world, &query).await, rejected("partner_suspended"));
    assert_stored(&world, "A", "partner_suspended").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_to_attribute_it_to() {
    let (world, programme, _) = clicked().await;
    assert_eq!(verdict(&world, "amount=80&order_id=A").await, rejected("no_attribution"));
    assert_stored(&world, "A", "no_attribution").await;
    let query = format!("amount=80&order_id=B&offer_id={}&customer_id=c-1", programme.offer);
    assert_eq!(verdict(&world, &query).await, rejected("no_attribution"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_order_with_another_click() {
    let (world, programme, click) = clicked().await;
    sale(&world, &click, "A").await;
    let other = world.click(&programme.slug).await;
    let query = format!("click_id={other}&goal=sale&amount=80.00&currency=EUR&order_id=A");
    assert_eq!(verdict(&world, &query).await, rejected("duplicate_order"));
    assert_eq!(world.conversions_of("A").await.len(), 2, "the refused one is kept, with its reason");
    assert_eq!(standing(&world, &programme).await, [800, 0, 0, 0], "booked once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_order_of_one_click() {
    let (world, programme, click) = clicked().await;
    sale(&world, &click, "A").await;
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=B");
    assert_eq!(verdict(&world, &query).await, rejected("duplicate_click_goal"));
    assert_stored(&world, "B", "duplicate_click_goal").await;
    set_terms(&world, &programme, json!({"many_per_click": true})).await;
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=C");
    assert_eq!(verdict(&world, &query).await.0, "pending", "an offer may allow many");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_of_the_same_customer() {
    let world = World::new().await;
    let goals = json!([{"name": "lead", "kind": "lead", "payout": {"minor": 1250}}]);
    let programme = world.programme_with(goals).await;
    for expected in [("pending", ""), ("rejected", "duplicate_customer_goal")] {
        let click = world.click(&programme.slug).await;
        let (status, reason) = verdict(&world, &format!("click_id={click}&goal=lead&customer_id=c-7")).await;
        assert_eq!((status.as_str(), reason.as_str()), expected);
    }
    assert_eq!(standing(&world, &programme).await, [1_250, 0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_receipt_again() {
    let (world, programme, click) = clicked().await;
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=A");
    let first = world.postback(&query).await.ok();
    let conversion = text(&first, "conversion_id");
    super::act(&world, &conversion, "approve", json!({})).await.ok();
    assert_eq!(world.postback(&query).await.ok(), first, "the first verdict, whatever came later");
    assert_eq!(world.conversions_of("A").await.len(), 1);
    assert_eq!(standing(&world, &programme).await, [0, 800, 0, 0]);
    let calls = world.manager.get("/v1/receipts").await.ok();
    assert_eq!(calls["items"].as_array().map(Vec::len), Some(2), "both are kept raw");
    assert_eq!(calls["items"][0]["same_as"], first["receipt_id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_soon_after_the_click() {
    let (world, programme, click) = clicked().await;
    set_terms(&world, &programme, json!({"click_to_conversion_min_seconds": 60})).await;
    world.advance_millis(59_000);
    let query = format!("click_id={click}&amount=80&order_id=A");
    assert_eq!(verdict(&world, &query).await, rejected("too_early"));
    assert_stored(&world, "A", "too_early").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_long_after_the_click() {
    let (world, _, click) = clicked().await;
    world.pass_days(31).await;
    let query = format!("click_id={click}&amount=80&order_id=A");
    assert_eq!(verdict(&world, &query).await, rejected("too_late"));
    let stored = world.conversions_of("A").await;
    let conversion = text(&stored[0], "id");
    let detail = super::act(&world, &conversion, "reinstate", json!({"note": "the shop was down"})).await.ok();
    assert_eq!((&detail["status"], &detail["payout"]["minor"]), (&json!("approved"), &json!(800)));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_decimals_than_the_currency_has() {
    let (world, _, click) = clicked().await;
    let query = format!("click_id={click}&amount=80.005&order_id=A");
    assert_eq!(verdict(&world, &query).await, rejected("bad_amount"));
    assert_stored(&world, "A", "bad_amount").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_currency_without_a_rate() {
    let (world, _, click) = clicked().await;
    let query = format!("click_id={click}&amount=80&currency=USD&order_id=A");
    assert_eq!(verdict(&world, &query).await, rejected("bad_currency"));
    assert_stored(&world, "A", "bad_currency").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn amounts_beyond_reason() {
    let (world, _, click) = clicked().await;
    for amount in ["-80.00", "99999999999999999999", "92233720368547758.07"] {
        let query = format!("click_id={click}&amount={amount}&order_id=A");
        assert_eq!(verdict(&world, &query).await, rejected("amount_out_of_range"), "{amount}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn traffic_that_the_offer_forbids() {
    let (world, programme, click) = clicked().await;
    let link = world.manager.get(&format!("/v1/links/{}", programme.link)).await.ok();
    let mut rules = json!({});
    rules[text(&link, "traffic_type")] = json!("forbidden");
    set_terms(&world, &programme, json!({"traffic_rules": rules})).await;
    let query = format!("click_id={click}&amount=80&order_id=A");
    assert_eq!(verdict(&world, &query).await, rejected("traffic_type_forbidden"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_malformed() {
    let (world, _, click) = clicked().await;
    for (field, code) in [
        ("amount=1%2C000", "bad_amount"),
        ("currency=%E2%82%AC", "bad_currency"),
        ("event_time=2999-01-01T00:00:00Z", "bad_parameter"),
        ("conversion_id=cnv_1", "bad_id"),
    ] {
        let reply = world.postback(&format!("click_id={click}&order_id=A&{field}")).await;
        assert_eq!((reply.status, &reply.json()["reason"]), (400, &json!(code)), "{}", reply.text);
    }
    assert!(world.conversions_of("A").await.is_empty(), "what cannot be read makes no conversion");
    let calls = world.manager.get("/v1/receipts").await.ok();
    assert_eq!(calls["items"].as_array().map(Vec::len), Some(4), "nothing is lost");
}
