//! Conversions told to advertising platforms.

use super::*;

const META: &str = "graph.facebook.com";
const TIKTOK: &str = "business-api.tiktok.com";
const GOOGLE: &str = "googleads.googleapis.com";
const GOOGLE_TOKEN: &str = "oauth2.googleapis.com";

/// A partner's server events, told when a conversion is approved.
async fn told_to(target: Value) -> (World, Programme, Caller, String) {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = world.partner_member(&programme.partner).await;
    let events = json!([{"event": "approved", "name": "Purchase"}]);
    let body = json!({"name": "Ads", "events": events, "target": target});
    let id = text(&partner.post("/v1/postbacks", body).await.ok(), "id");
    (world, programme, partner, id)
}

/// A click from an advertisement, its sale, and the approval.
async fn bought(world: &World, programme: &Programme, query: &str, order: &str) {
    let click = world.click(&format!("{}?{query}", programme.slug)).await;
    let said = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id={order}");
    let conversion = text(&world.postback(&said).await.ok(), "conversion_id");
    world.settle().await;
    act(world, &conversion, "approve", json!({})).await;
}

fn body_of(received: &Received) -> Value {
    serde_json::from_str(received.body.as_deref().expect("a body")).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn meta_hears_of_clicks_that_came_from_it() {
    let target = json!({"kind": "meta", "pixel_id": "123456", "access_token": "EAAB-secret"});
    let (world, programme, partner, id) = told_to(target).await;
    world.receivers.tell(META, [FakeReceivers::answer(200, r#"{"events_received":1}"#)]);
    bought(&world, &programme, "fbclid=IwAR0abc", "A-1").await;
    bought(&world, &programme, "sub1=elsewhere", "A-2").await;
    let told = world.receivers.take(META);
    assert_eq!(told.len(), 1, "the other click did not come from Meta");
    let event = &body_of(&told[0])["data"][0];
    assert_eq!((&event["event_name"], &event["action_source"]), (&json!("Purchase"), &json!("system_generated")));
    assert_eq!(event["custom_data"]["value"], json!(8.00), "what the partner earns");
    let fbc = text(&event["user_data"], "fbc");
    assert!(fbc.starts_with("fb.1.") && fbc.ends_with(".IwAR0abc"), "{fbc}");
    let external = text(&json!({"id": event["user_data"]["external_id"][0]}), "id");
    assert!(external.len() == 64 && external.bytes().all(|byte| byte.is_ascii_hexdigit()), "hashed: {external}");

    let rows = log(&partner, "").await;
    assert_eq!((&rows[0]["state"], &rows[0]["last_error"]), (&json!("skipped"), &json!("no_ad_click_id")));
    assert_eq!(rows[1]["state"], "delivered");
    let detail = partner.get(&format!("/v1/deliveries/{}", text(&rows[1], "id"))).await.ok();
    assert!(detail["tries"][0]["url"].as_str().is_some_and(|url| url.ends_with("access_token=***")), "{detail}");
    assert!(!partner.get(&format!("/v1/postbacks/{id}")).await.text.contains("EAAB-secret"), "keys are never answered");
    partner.post(&format!("/v1/postbacks/{id}/test"), json!({})).await.refused(409, "test_code_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn tiktok_may_refuse_with_a_success() {
    let target =
        json!({"kind": "tiktok", "pixel_code": "COQDA8", "access_token": "secret", "test_event_code": "TEST1"});
    let (world, programme, partner, id) = told_to(target).await;
    world
        .receivers
        .tell(TIKTOK, [FakeReceivers::answer(200, r#"{"code":40001,"message":"Access token secret is wrong"}"#)]);
    bought(&world, &programme, "ttclid=E.C.P.x", "A-1").await;
    let told = world.receivers.take(TIKTOK);
    assert_eq!(header(&told[0], "access-token"), "secret");
    assert_eq!(body_of(&told[0])["data"][0]["user"]["ttclid"], "E.C.P.x");
    assert!(body_of(&told[0])["test_event_code"].is_null());
    let row = &log(&partner, "").await[0];
    assert_eq!((&row["state"], &row["last_error"]), (&json!("waiting"), &json!("Access token *** is wrong")));
    world.receivers.tell(TIKTOK, [FakeReceivers::answer(200, r#"{"code":0,"message":"OK"}"#)]);
    let tried = partner.post(&format!("/v1/postbacks/{id}/test"), json!({})).await.ok();
    assert_eq!(tried["state"], "delivered");
    assert_eq!(body_of(&world.receivers.take(TIKTOK)[0])["test_event_code"], "TEST1");
}

#[tokio::test(flavor = "multi_thread")]
async fn google_ads_gets_the_click_back() {
    let target = json!({
        "kind": "google_ads", "customer_id": "123-456-7890", "conversion_action_id": "987", "developer_token": "dev",
        "client_id": "c.apps", "client_secret": "cs", "refresh_token": "1//r"
    });
    let (world, programme, partner, _) = told_to(target).await;
    world.receivers.tell(GOOGLE_TOKEN, [FakeReceivers::answer(200, r#"{"access_token":"ya29.x"}"#)]);
    let refused = r#"{"partialFailureError":{"message":"The click happened too long ago"}}"#;
    world.receivers.tell(GOOGLE, [FakeReceivers::answer(200, refused), FakeReceivers::answer(200, "{}")]);
    bought(&world, &programme, "sub10=Cj0gclid", "A-1").await;
    assert_eq!(world.receivers.take(GOOGLE_TOKEN).len(), 1);
    let told = world.receivers.take(GOOGLE);
    assert!(told[0].url.ends_with("/customers/1234567890:uploadClickConversions"), "{told:?}");
    assert_eq!(header(&told[0], "authorization"), "Bearer ya29.x");
    let conversion = &body_of(&told[0])["conversions"][0];
    assert_eq!((&conversion["gclid"], &conversion["currencyCode"]), (&json!("Cj0gclid"), &json!("EUR")));
    assert_eq!(conversion["conversionAction"], "customers/1234567890/conversionActions/987");
    assert_eq!(log(&partner, "").await[0]["last_error"], "The click happened too long ago");
    world.advance_millis(10_000);
    world.settle().await;
    assert_eq!(log(&partner, "").await[0]["state"], "delivered");
    world.receivers.take(GOOGLE);
    world.receivers.take(GOOGLE_TOKEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn google_ads_takes_back_what_was_reversed_and_hears_of_another_value() {
    let target = json!({
        "kind": "google_ads", "customer_id": "1234567890", "conversion_action_id": "987", "developer_token": "dev",
        "client_id": "c.apps", "client_secret": "cs", "refresh_token": "1//r"
    });
    let (world, programme, partner, id) = told_to(target).await;
    let events = json!({"events": [{"event": "approved"}, {"event": "changed"}, {"event": "reversed"}]});
    partner.patch(&format!("/v1/postbacks/{id}"), events).await.ok();
    world.receivers.tell(GOOGLE_TOKEN, [FakeReceivers::answer(200, r#"{"access_token":"ya29.x"}"#)]);
    world.receivers.tell(GOOGLE, [FakeReceivers::answer(200, "{}")]);
    bought(&world, &programme, "sub10=Cj0gclid", "A-1").await;
    let uploaded = body_of(&world.receivers.take(GOOGLE)[0])["conversions"][0].clone();
    let conversion = text(&world.conversions_of("A-1").await[0], "id");
    assert_eq!(uploaded["orderId"], json!(conversion));
    let part = json!({"reason": "returned", "amount": {"minor": 2_000, "currency": "EUR"}});
    act(&world, &conversion, "reverse", part).await;
    let told = world.receivers.take(GOOGLE);
    assert!(told[0].url.ends_with("/customers/1234567890:uploadConversionAdjustments"), "{told:?}");
    let restated = &body_of(&told[0])["conversionAdjustments"][0];
    assert_eq!((&restated["adjustmentType"], &restated["orderId"]), (&json!("RESTATEMENT"), &json!(conversion)));
    assert_eq!(restated["restatementValue"], json!({"adjustedValue": 6.00, "currencyCode": "EUR"}));
    act(&world, &conversion, "reverse", json!({"reason": "returned"})).await;
    let retracted = &body_of(&world.receivers.take(GOOGLE)[0])["conversionAdjustments"][0];
    assert_eq!((&retracted["adjustmentType"], &retracted["orderId"]), (&json!("RETRACTION"), &json!(conversion)));
    assert!(retracted["gclid"].is_null() && retracted["restatementValue"].is_null(), "{retracted}");
    world.receivers.take(GOOGLE_TOKEN);
}
