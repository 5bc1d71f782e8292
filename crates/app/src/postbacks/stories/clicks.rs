//! Partners who hear of each click.

use super::*;

const CLICK_URL: &str =
    "https://tracker.example/c?id={click_id}&s={sub1}&os={os}&on={browser}&dev={device}&pay={payout}";

/// A click of a visitor of its own, and a moment for it to be shipped.
async fn visited(world: &World, programme: &Programme, query: &str, address: &str) -> String {
    let reply = world.visit(&format!("{}?{query}", programme.slug), address).await;
    let click = testkit::click_id_of(reply.header("location"));
    world.advance_millis(1_000);
    world.settle().await;
    click
}

async fn with_clicks() -> (World, Programme, Caller, String) {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = world.partner_member(&programme.partner).await;
    let body = json!({"name": "Clicks", "events": [{"event": "click"}], "target": {"kind": "url", "url": CLICK_URL}});
    let id = text(&partner.post("/v1/postbacks", body).await.ok(), "id");
    (world, programme, partner, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_hears_once_of_each_valid_click_with_its_visitor() {
    let (world, programme, partner, _) = with_clicks().await;
    let click = visited(&world, &programme, "sub1=a", "203.0.113.7").await;
    let told = world.receivers.take(TRACKER);
    assert_eq!(told.len(), 1, "{told:?}");
    let wanted = format!("https://tracker.example/c?id={click}&s=a&os=Linux&on=Firefox&dev=desktop&pay=");
    assert_eq!(told[0].url, wanted);
    visited(&world, &programme, "sub1=b", "203.0.113.7").await;
    assert!(world.receivers.take(TRACKER).is_empty(), "a duplicate is not told");
    visited(&world, &programme, "sub1=c", "203.0.113.8").await;
    assert_eq!(world.receivers.take(TRACKER).len(), 1);
    let rows = log(&partner, "event=click").await;
    assert_eq!((rows.len(), &rows[0]["state"], &rows[0]["conversion_id"]), (2, &json!("delivered"), &json!(null)));
    assert!(rows[1]["subject"].as_str().is_some_and(|subject| subject.starts_with("clk_")), "{rows:?}");
    world.settle().await;
    assert!(world.receivers.take(TRACKER).is_empty(), "each once");
}

#[tokio::test(flavor = "multi_thread")]
async fn clicks_of_others_and_from_before_are_told_to_nobody() {
    let world = World::new().await;
    let programme = world.programme().await;
    visited(&world, &programme, "", "203.0.113.7").await;
    let rival = world.manager.post("/v1/partners", json!({"name": "Rival", "email": "r@rival.example"})).await.ok();
    for partner in [text(&rival, "id"), programme.partner.clone()] {
        let body = json!({
            "name": "Clicks", "partner_id": partner, "events": [{"event": "click"}],
            "target": {"kind": "url", "url": format!("https://tracker.example/{partner}?id={{click_id}}")}
        });
        world.manager.post("/v1/postbacks", body).await.ok();
    }
    visited(&world, &programme, "", "203.0.113.9").await;
    let told = world.receivers.take(TRACKER);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].url.contains(&programme.partner), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_that_was_not_taken_is_sent_again_and_can_be_replayed() {
    let (world, programme, partner, id) = with_clicks().await;
    world.receivers.tell(TRACKER, [FakeReceivers::answer(500, "busy"), FakeReceivers::answer(200, "OK")]);
    visited(&world, &programme, "", "203.0.113.7").await;
    assert_eq!(log(&partner, "").await[0]["state"], "waiting");
    world.advance_millis(10_000);
    world.settle().await;
    let delivery = &log(&partner, "").await[0];
    assert_eq!((&delivery["state"], &delivery["attempts"]), (&json!("delivered"), &json!(2)));
    partner.post(&format!("/v1/deliveries/{}/replay", text(delivery, "id")), json!({})).await.ok();
    world.settle().await;
    let told = world.receivers.take(TRACKER);
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|one| header(one, "idempotency-key") == text(delivery, "id")), "under one key");
    let tried = partner.post(&format!("/v1/postbacks/{id}/test"), json!({})).await.ok();
    assert_eq!((&tried["event"], &tried["state"]), (&json!("click"), &json!("delivered")));
    let told = world.receivers.take(TRACKER);
    assert!(told[0].url.ends_with("&s=test&os=test&on=test&dev=mobile&pay=&test=1"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn clicks_are_told_to_addresses_alone_and_have_no_goal() {
    let world = World::new().await;
    let programme = world.programme().await;
    let offer = world.manager.get(&format!("/v1/offers/{}", programme.offer)).await.ok();
    let hook = json!({"name": "x", "url": "https://erp.example/in", "events": [{"event": "click"}]});
    world.manager.post("/v1/webhooks", hook).await.refused(422, "invalid_fields");
    let target = json!({"kind": "url", "url": CLICK_URL});
    let meta = json!({"kind": "meta", "pixel_id": "1", "access_token": "EAAB"});
    for (target, event) in [
        (meta, json!({"event": "click"})),
        (target.clone(), json!({"event": "click", "goal_id": offer["goals"][0]["id"]})),
        (target, json!({"event": "payout_paid"})),
    ] {
        let body = json!({"partner_id": programme.partner, "name": "x", "events": [event], "target": target});
        world.manager.post("/v1/postbacks", body).await.refused(422, "invalid_fields");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversion_is_told_with_its_visitor_too() {
    let world = World::new().await;
    let programme = world.programme().await;
    let body = json!({
        "name": "Sales", "partner_id": programme.partner, "events": [{"event": "pending"}],
        "target": {"kind": "url", "url": "https://tracker.example/p?dev={device}&os={os}&on={browser}&in={city}"}
    });
    world.manager.post("/v1/postbacks", body).await.ok();
    sale(&world, &programme, "A-1").await;
    let told = world.receivers.take(TRACKER);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].url, "https://tracker.example/p?dev=desktop&os=Linux&on=Firefox&in=");
}
