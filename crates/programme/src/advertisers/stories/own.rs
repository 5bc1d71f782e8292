//! An advertiser serves itself: its offers, its conversions, its calls, its token.

use serde_json::{Value, json};
use testkit::{World, text};

#[tokio::test(flavor = "multi_thread")]
async fn an_advertiser_judges_what_came_and_sees_its_calls() {
    let world = World::new().await;
    let made = world.programme().await;
    let member = world.advertiser_member(&made.advertiser).await;
    let other = text(&world.manager.post("/v1/advertisers", json!({"name": "Other"})).await.ok(), "id");
    let token = text(
        &member.post(&format!("/v1/advertisers/{}/postback-token", made.advertiser), json!({})).await.ok(),
        "secret",
    );
    let mut sales = Vec::new();
    for order in ["A1", "A2", "A3"] {
        let click = world.click(&made.slug).await;
        let call =
            format!("/postback?click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id={order}&token={token}");
        sales.push(text(&world.nobody().get(&call).await.ok(), "conversion_id"));
    }
    let refused =
        world.nobody().get(&format!("/postback?order_id=A9&goal=sale&amount=1&currency=EUR&token={token}")).await;
    assert_eq!(refused.json()["status"], "rejected", "{}", refused.text);
    let click = world.click(&made.slug).await;
    world.postback(&format!("click_id={click}&goal=sale&amount=5.00&currency=EUR&order_id=W1")).await.ok();

    let act = |id: &str, action: &str, body: Value| {
        let (member, path) = (member.clone(), format!("/v1/conversions/{id}/{action}"));
        async move { member.post(&path, body).await }
    };
    assert_eq!(act(&sales[0], "approve", json!({})).await.ok()["status"], "approved");
    assert_eq!(act(&sales[1], "reject", json!({"reason": "unreachable"})).await.ok()["reason"], "unreachable");
    assert_eq!(act(&sales[0], "reverse", json!({"reason": "returned"})).await.ok()["status"], "reversed");

    let listed = member.get("/v1/conversions").await.ok();
    assert!(!listed.to_string().contains("payout"), "{listed}");
    assert_eq!(listed["labels"][&made.partner], "Trail Notes");
    let receipts = member.get("/v1/receipts").await.ok();
    let told = receipts.to_string();
    assert!(told.contains("A9") && told.contains("W1"), "refused calls and calls with the workspace's token too");
    assert!(!told.contains(&token) && !told.contains(&world.postback_token), "but no token");
    let offers = member.get("/v1/offers").await.ok();
    assert_eq!(offers["items"].as_array().map(Vec::len), Some(1));
    assert!(!offers.to_string().contains("payout"));

    let foreign = world.advertiser_member(&other).await;
    assert_eq!(foreign.get("/v1/receipts").await.ok()["items"], json!([]));
    assert_eq!(foreign.get("/v1/conversions").await.ok()["items"], json!([]));
    foreign.post(&format!("/v1/conversions/{}/approve", sales[2]), json!({})).await.refused(404, "not_found");
    foreign.get(&format!("/v1/offers/{}", made.offer)).await.refused(404, "not_found");
    let dashboard = member.get("/v1/dashboard").await.ok();
    let tiles: Vec<_> = dashboard["tiles"].as_array().expect("tiles").iter().map(|tile| text(tile, "metric")).collect();
    assert!(tiles.contains(&"revenue".to_owned()) && !tiles.contains(&"payout".to_owned()), "{tiles:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_advertiser_shows_and_renews_its_own_token() {
    let world = World::new().await;
    let made = world.programme().await;
    let member = world.advertiser_member(&made.advertiser).await;
    let path = format!("/v1/advertisers/{}/postback-token", made.advertiser);
    let before = member.get(&path).await.ok();
    assert_eq!(before["token"], Value::Null);
    assert!(text(&before, "postback_url").ends_with("&token=TOKEN"));
    let first = text(&member.post(&path, json!({})).await.ok(), "secret");
    let shown = member.get(&path).await.ok();
    assert_eq!(text(&shown, "token"), first);
    assert!(text(&shown, "postback_url").ends_with(&format!("&token={first}")));
    let second = text(&member.post(&path, json!({})).await.ok(), "secret");
    let call = |token: &str| format!("/postback?order_id=1&amount=1&currency=EUR&token={token}");
    assert_ne!(world.nobody().get(&call(&first)).await.code(), "bad_token", "until it is retired");
    let keys = format!("/v1/advertisers/{}/keys", made.advertiser);
    let old = text(&member.get(&keys).await.ok()["items"][1], "id");
    member.post(&format!("{keys}/{old}/retire"), json!({})).await.ok();
    assert_eq!(world.nobody().get(&call(&first)).await.code(), "bad_token");
    assert_ne!(world.nobody().get(&call(&second)).await.code(), "bad_token");

    let other = text(&world.manager.post("/v1/advertisers", json!({"name": "Other"})).await.ok(), "id");
    let foreign = format!("/v1/advertisers/{other}/postback-token");
    member.get(&foreign).await.refused(404, "not_found");
    member.post(&foreign, json!({})).await.refused(404, "not_found");
    world.partner_member(&made.partner).await.get(&path).await.refused(403, "not_permitted");
    let log = world.manager.get(&format!("/v1/audit?subject={}", made.advertiser)).await.ok();
    assert_eq!(log["items"][0]["action"], "advertiser.key_retired");
    assert!(!log.to_string().contains(&second));
}
