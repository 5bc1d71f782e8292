//! The decider between its doors and the records: races, late clicks, records that are away, restarts.

use serde_json::{Value, json};
use testkit::text;

use super::{clicked, sale, standing};

#[tokio::test(flavor = "multi_thread")]
async fn two_receipts_race_for_one_order() {
    let (world, programme, click) = clicked().await;
    let other = world.click(&programme.slug).await;
    let query = |click: &str| format!("click_id={click}&goal=sale&amount=80.00&order_id=A");
    let (one, two) = (query(&click), query(&other));
    let (one, two) = tokio::join!(world.postback(&one), world.postback(&two));
    let mut statuses = [text(&one.ok(), "status"), text(&two.ok(), "status")];
    statuses.sort();
    assert_eq!(statuses, ["pending", "rejected"]);
    assert_eq!(standing(&world, &programme).await, [800, 0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_of_a_moment_ago_is_waited_for() {
    let (world, programme, _) = clicked().await;
    for order in 0..20 {
        let click = world.click(&programme.slug).await;
        sale(&world, &click, &format!("order-{order}")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn absent_records_defer_the_verdict() {
    let (world, programme, click) = clicked().await;
    world.settle().await;
    let app = world.platform().app().clone();
    let away = app.records.begin().await.expect("records");
    away.lock_workspace(world.tenant).await.expect("records");
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=A");
    let first = world.postback(&query).await;
    assert_eq!((first.status, &first.json()["status"]), (202, &json!("received")), "{}", first.text);
    let receipt = text(&first.json(), "receipt_id");
    let waiting = world.manager.get(&format!("/v1/receipts/{receipt}")).await.ok();
    assert_eq!(waiting["status"], "received");
    drop(away);
    world.settle().await;
    let decided = world.manager.get(&format!("/v1/receipts/{receipt}")).await.ok();
    assert_eq!((&decided["status"], &decided["reason"]), (&json!("pending"), &Value::Null));
    assert_eq!(decided["conversion_id"], first.json()["conversion_id"], "the id drawn at the door");
    assert_eq!(standing(&world, &programme).await, [800, 0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_offers_again_what_was_not_decided() {
    let (mut world, programme, click) = clicked().await;
    sale(&world, &click, "A").await;
    world.settle().await;
    let away = world.platform().app().records.begin().await.expect("records");
    away.lock_workspace(world.tenant).await.expect("records");
    let other = world.click(&programme.slug).await;
    let late = world.postback(&format!("click_id={other}&goal=sale&amount=80.00&order_id=B")).await;
    assert_eq!(late.status, 202, "{}", late.text);
    world.restart().await;
    drop(away);
    world.settle().await;
    let receipt = text(&late.json(), "receipt_id");
    let decided = world.manager.get(&format!("/v1/receipts/{receipt}")).await.ok();
    assert_eq!(decided["status"], "pending");
    assert_eq!(world.conversions_of("A").await.len(), 1, "what was decided is not decided again");
    assert_eq!(standing(&world, &programme).await, [1_600, 0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_is_a_door_too() {
    let (world, programme, click) = clicked().await;
    let receipt = json!({
        "click_id": click, "goal": "sale", "amount": 80, "order_id": "A", "customer_id": "c-1",
        "items": [{"sku": "boot", "category": "shoes", "net": "65.00", "tax": "15.00"}]
    });
    let body = world.manager.post("/v1/receipts", receipt).await.ok();
    assert_eq!(body["status"], "pending", "{body}");
    let detail = super::show(&world, &text(&body, "conversion_id")).await;
    assert_eq!((&detail["door"], &detail["trust"]), (&json!("api"), &json!("api_key")));
    assert_eq!((&detail["items"][0]["sku"], &detail["items"][0]["tax"]["minor"]), (&json!("boot"), &json!(1_500)));
    assert_eq!(detail["is_new_customer"], true);
    let rival = world.manager.post("/v1/advertisers", json!({"name": "Rival"})).await.ok();
    let rival = world.advertiser_member(&text(&rival, "id")).await;
    let stranger = rival.post("/v1/receipts", json!({"order_id": "A", "status": "cancelled"})).await.ok();
    assert_eq!(stranger["reason"], "no_attribution", "another advertiser's order is not theirs to move");
    assert_eq!(standing(&world, &programme).await, [650, 0, 0, 0], "10% of what is left without tax");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pixel_with_nothing_but_a_click_id() {
    let (world, programme, click) = clicked().await;
    let pixel = |amount: &str| format!("/px.gif?click_id={click}&goal=sale&amount={amount}&order_id=A&status=approved");
    let reply = world.nobody().get(&pixel("80.00")).await;
    assert!(reply.header("tributary-status").starts_with("pending"), "{:?}", reply.headers);
    world.nobody().get(&pixel("9000.00")).await;
    assert_eq!(
        standing(&world, &programme).await,
        [800, 0, 0, 0],
        "a click id alone vouches for no state and no update"
    );
}
