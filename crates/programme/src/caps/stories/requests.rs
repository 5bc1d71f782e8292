//! A partner asks for a cap.

use serde_json::json;
use testkit::{World, text};

use super::{cap, click, sell, sell_on};

#[tokio::test(flavor = "multi_thread")]
async fn a_request_becomes_a_cap() {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = world.partner_member(&programme.partner).await;
    let wish =
        json!({"offer_id": programme.offer, "metric": "conversions", "period": "day", "limit": 5, "note": "new"});
    let request = text(&partner.post("/v1/cap-requests", wish.clone()).await.ok(), "id");
    let path = format!("/v1/cap-requests/{request}");
    partner.patch(&path, json!({"state": "confirmed"})).await.refused(403, "not_permitted");
    world.manager.patch(&path, json!({"state": "refused"})).await.refused(422, "invalid_fields");
    let decided = world.manager.patch(&path, json!({"state": "confirmed", "limit": 1})).await.ok();
    assert_eq!((&decided["state"], &decided["limit"]), (&json!("confirmed"), &json!(1)));
    world.manager.patch(&path, json!({"state": "refused", "reason": "no"})).await.refused(409, "illegal_move");
    let late = click(&world, &programme).await;
    sell(&world, &programme, "A").await;
    assert_eq!(sell_on(&world, &late, "B", "80.00").await.1, "cap_partner_day_conversions");

    world.settle().await;
    assert_eq!(world.mail_to("manager@riverside.example").len(), 1, "the cap tells that it is full");

    let raised = text(&partner.post("/v1/cap-requests", wish).await.ok(), "id");
    let decided = world.manager.patch(&format!("/v1/cap-requests/{raised}"), json!({"state": "confirmed"})).await.ok();
    let caps = partner.get("/v1/caps").await.ok();
    assert_eq!(caps["items"].as_array().map(Vec::len), Some(1), "the same cap, raised");
    assert_eq!((&caps["items"][0]["id"], &caps["items"][0]["limit"]), (&decided["cap_id"], &json!(5)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_advertiser_may_have_the_last_word() {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = world.partner_member(&programme.partner).await;
    let advertiser = world.advertiser_member(&programme.advertiser).await;
    let wish = json!({"offer_id": programme.offer, "metric": "clicks", "period": "month", "limit": 500});
    let path = format!("/v1/cap-requests/{}", text(&partner.post("/v1/cap-requests", wish).await.ok(), "id"));
    advertiser.patch(&path, json!({"state": "confirmed"})).await.refused(404, "not_found");
    world.manager.patch(&path, json!({"state": "with_advertiser"})).await.ok();
    let seen = advertiser.get("/v1/cap-requests").await.ok();
    assert_eq!(seen["items"].as_array().map(Vec::len), Some(1));
    advertiser.patch(&path, json!({"state": "refused", "reason": "sold out"})).await.ok();
    let told = partner.get("/v1/cap-requests").await.ok();
    assert_eq!((&told["items"][0]["state"], &told["items"][0]["reason"]), (&json!("refused"), &json!("sold out")));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_promote_the_offer_ask() {
    let world = World::new().await;
    let programme = world.programme().await;
    cap(&world, &programme, json!({"limit": 5})).await;
    let other = world.manager.post("/v1/partners", json!({"name": "Other", "email": "o@other.example"})).await.ok();
    let other = world.partner_member(&text(&other, "id")).await;
    let wish = json!({"offer_id": programme.offer, "metric": "conversions", "period": "day", "limit": 5});
    other.post("/v1/cap-requests", wish.clone()).await.refused(404, "not_found");
    let partner = world.partner_member(&programme.partner).await;
    let mut greedy = wish;
    greedy["limit"] = json!(0);
    partner.post("/v1/cap-requests", greedy).await.refused(422, "invalid_fields");
}
