//! A partner serves itself, with its own key, and managers keep notes on it that it does not see.

use serde_json::{Value, json};
use testkit::{World, text};

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_finds_an_offer_asks_and_makes_a_link() {
    let world = World::new().await;
    let made = world.programme().await;
    let terms = json!({"visibility": "by_approval"});
    world.manager.patch(&format!("/v1/offers/{}", made.offer), terms).await.ok();
    let other = json!({"name": "Blue Media", "email": "team@bluemedia.example"});
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let rates = |percent: &str| json!({"goals": [{"name": "sale", "payout": {"percent": percent}}]});
    let path = |partner: &str| format!("/v1/offers/{}/partner-rates/{partner}", made.offer);
    world.manager.put(&path(&other), rates("12.5")).await.ok();
    world.manager.put(&path(&made.partner), rates("33")).await.ok();

    let member = world.partner_member(&other).await;
    let offers = member.get("/v1/offers").await.ok();
    let offer = &offers["items"][0];
    assert_eq!(offer["goals"][0]["payout"], json!({"percent": "12.5"}), "its own rate");
    assert_eq!(offer["enrollment"], Value::Null);
    let text_of_it = offers.to_string();
    for hidden in ["revenue", "33", "manager_id", "allowed_hosts", "external_refs", "Northwind\""] {
        assert!(!text_of_it.contains(hidden), "{hidden} in {text_of_it}");
    }
    let asked = member.post("/v1/enrollments", json!({"offer_id": made.offer, "source": "a newsletter"})).await.ok();
    assert_eq!(asked["state"], "requested");
    member.post("/v1/links", json!({"offer_id": made.offer})).await.refused(409, "not_enrolled");
    let approve = format!("/v1/enrollments/{}", text(&asked, "id"));
    member.patch(&approve, json!({"state": "approved"})).await.refused(403, "not_permitted");
    world.manager.patch(&approve, json!({"state": "approved"})).await.ok();
    let shown = member.get(&format!("/v1/offers/{}", made.offer)).await.ok();
    assert_eq!(shown["enrollment"]["state"], "approved");
    let link = member.post("/v1/links", json!({"offer_id": made.offer})).await.ok();
    assert_eq!(link["partner_id"], other.as_str());
    let links = member.get("/v1/links").await.ok();
    assert_eq!(links["items"].as_array().map(Vec::len), Some(1), "its own alone");
    assert_eq!(links["labels"][&made.offer], "Northwind Outdoor");
    assert_eq!(links["labels"][&other], "Blue Media");

    let manager = world.manager.get(&format!("/v1/offers/{}", made.offer)).await.ok();
    assert_eq!(manager["enrollment"], Value::Null, "the manager is no partner");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_sees_its_money_and_nobody_else_s() {
    let world = World::new().await;
    let made = world.programme().await;
    let other = json!({"name": "Blue Media", "email": "team@bluemedia.example"});
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let click = world.click(&made.slug).await;
    let sale = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=A1&adv1=inner");
    let conversion = text(&world.postback(&sale).await.ok(), "conversion_id");
    let reject = json!({"reason": "fraud_score", "note": "seen from a data centre"});
    world.manager.post(&format!("/v1/conversions/{conversion}/reject"), reject).await.ok();

    let member = world.partner_member(&made.partner).await;
    let listed = member.get("/v1/conversions").await.ok();
    let item = &listed["items"][0];
    assert_eq!((&item["status"], &item["reason"]), (&json!("rejected"), &json!("fraud_score")));
    assert_eq!(listed["labels"][&made.offer], "Northwind Outdoor");
    assert_eq!(listed["labels"][text(item, "goal_id")], "sale");
    assert_eq!(listed["labels"][&made.advertiser], Value::Null);
    let detail = member.get(&format!("/v1/conversions/{conversion}")).await.ok();
    for hidden in ["revenue", "data centre", "trust", "inner", "user_id", "receipt_id"] {
        assert!(!detail.to_string().contains(hidden) && !listed.to_string().contains(hidden), "{hidden} in {detail}");
    }
    let own = format!("/v1/partners/{}", made.partner);
    for rest in ["", "/balance", "/statement", "/next-payout", "/payout-details", "/team"] {
        member.get(&format!("{own}{rest}")).await.ok();
        member.get(&format!("/v1/partners/{other}{rest}")).await.refused(404, "not_found");
    }
    let sorted = json!({"group": "watched", "tags": ["slow"]});
    world.manager.patch(&own, sorted).await.ok();
    for path in [own.as_str(), "/v1/partners"] {
        let profile = member.get(path).await.ok().to_string();
        assert!(!profile.contains("watched") && !profile.contains("slow") && !profile.contains("usr_"), "{profile}");
    }
    let statement = member.get(&format!("{own}/statement")).await.ok();
    assert_eq!(statement["labels"][&conversion], "Northwind Outdoor, A1");
    for path in ["/v1/receipts", "/v1/audit", "/v1/people", "/v1/advertisers", "/v1/payouts/owed"] {
        let status = member.get(path).await.status;
        assert!(matches!(status, 403 | 404), "{path}: {status}");
    }
    member.post(&format!("/v1/conversions/{conversion}/approve"), json!({})).await.refused(403, "not_permitted");
    let stranger = world.partner_member(&other).await;
    stranger.get(&format!("/v1/conversions/{conversion}")).await.refused(404, "not_found");
    world.settle().await;
    let dashboard = member.get("/v1/dashboard").await.ok();
    let tiles: Vec<_> = dashboard["tiles"].as_array().expect("tiles").iter().map(|tile| text(tile, "metric")).collect();
    assert!(tiles.contains(&"payout".to_owned()) && !tiles.contains(&"revenue".to_owned()), "{tiles:?}");
    assert_eq!(dashboard["top_offers"]["rows"][0][0], made.offer.as_str());
    assert_eq!(dashboard["labels"][&made.offer], "Northwind Outdoor");
    let tops = stranger.get("/v1/dashboard").await.ok();
    assert_eq!((&tops["top_offers"]["rows"], &tops["top_countries"]["rows"]), (&json!([]), &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_are_kept_for_those_who_look_after_a_partner() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/partners/{}/notes", made.partner);
    let note = |text: &str| json!({"text": text});
    world.manager.post(&path, note("Wants banners.\nIn Polish.\r\n")).await.ok();
    world.advance_millis(1);
    let second = world.manager.post(&path, note("Called back.")).await.ok();
    let list = world.manager.get(&path).await.ok();
    let texts: Vec<_> = list["items"].as_array().expect("items").iter().map(|item| text(item, "text")).collect();
    assert_eq!(texts, ["Called back.", "Wants banners.\nIn Polish."]);
    assert_eq!(list["labels"][text(&second, "author_id")], "A member");
    let page = world.manager.get(&format!("{path}?limit=1")).await.ok();
    let next = world.manager.get(&format!("{path}?limit=1&cursor={}", text(&page, "next_cursor"))).await.ok();
    assert_eq!(next["items"][0]["text"], "Wants banners.\nIn Polish.");
    for bad in ["  ".to_owned(), "x".repeat(4_001), "a\u{0}b".to_owned()] {
        world.manager.post(&path, note(&bad)).await.refused(422, "invalid_fields");
    }
    world.manager.post(&path, note(&"ż".repeat(4_000))).await.ok();
    let member = world.partner_member(&made.partner).await;
    member.get(&path).await.refused(403, "not_permitted");
    member.post(&path, note("hello")).await.refused(403, "not_permitted");
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&path).await.refused(404, "not_found");
    stranger.post(&path, note("hello")).await.refused(404, "not_found");
    let log = world.manager.get(&format!("/v1/audit?subject={}", made.partner)).await.ok();
    assert_eq!(log["items"][0]["action"], "partner.note_added");
    assert_eq!(log["labels"][&made.partner], "Trail Notes");
}
