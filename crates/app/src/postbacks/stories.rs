//! Stories of what is told to others.

#[path = "stories/ads.rs"]
mod ads;
#[path = "stories/clicks.rs"]
mod clicks;
#[path = "stories/happenings.rs"]
mod happenings;
#[path = "stories/troubles.rs"]
mod troubles;
#[path = "stories/webhooks.rs"]
mod webhooks;

use connect::outgoing::{Failure, FakeReceivers, Received};
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

const TRACKER: &str = "tracker.example";
const TRACKER_URL: &str = "https://tracker.example/p?cid={sub1}&click={click_id}&st={status}&pay={payout}&sum={amount}&cur={currency}&o={order_id}&why={reason}";

/// A programme, a member of its partner, and a postback that the member set up for `events`.
async fn with_postback(events: &[&str]) -> (World, Programme, Caller, String) {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = world.partner_member(&programme.partner).await;
    let events: Vec<Value> = events.iter().map(|event| json!({"event": event})).collect();
    let body = json!({"name": "Tracker", "events": events, "target": {"kind": "url", "url": TRACKER_URL}});
    let postback = text(&partner.post("/v1/postbacks", body).await.ok(), "id");
    (world, programme, partner, postback)
}

/// A click with a sub id and a sale of 80.00; the conversion's id.
async fn sale(world: &World, programme: &Programme, order: &str) -> String {
    let click = world.click(&format!("{}?sub1=banner%207", programme.slug)).await;
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id={order}");
    let said = world.postback(&query).await.ok();
    world.settle().await;
    text(&said, "conversion_id")
}

async fn act(world: &World, conversion: &str, action: &str, body: Value) {
    world.manager.post(&format!("/v1/conversions/{conversion}/{action}"), body).await.ok();
    world.settle().await;
}

/// Deliveries as a caller sees them, newest first.
async fn log(caller: &Caller, query: &str) -> Vec<Value> {
    let page = caller.get(&format!("/v1/deliveries?{query}")).await.ok();
    page["items"].as_array().cloned().unwrap_or_default()
}

fn header<'a>(received: &'a Received, name: &str) -> &'a str {
    received.headers.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_hears_of_each_state_it_asked_for() {
    let (world, programme, partner, postback) = with_postback(&["pending", "approved", "rejected"]).await;
    let conversion = sale(&world, &programme, "A-1").await;
    let told = world.receivers.take(TRACKER);
    assert_eq!(told.len(), 1);
    let url = &told[0].url;
    assert!(url.starts_with("https://tracker.example/p?cid=banner%207&click="), "{url}");
    assert!(url.ends_with("&st=pending&pay=8.00&sum=80.00&cur=EUR&o=A-1&why="), "{url}");
    act(&world, &conversion, "approve", json!({})).await;
    let approved = world.receivers.take(TRACKER);
    assert!(approved[0].url.contains("&st=approved&"), "{approved:?}");
    assert_ne!(header(&told[0], "idempotency-key"), header(&approved[0], "idempotency-key"));
    act(&world, &conversion, "reverse", json!({"reason": "returned"})).await;
    assert!(world.receivers.take(TRACKER).is_empty(), "nobody asked for reversals");
    let [own, all] = [log(&partner, "").await, log(&world.manager, &format!("postback_id={postback}")).await];
    assert_eq!((own.len(), &own), (2, &all), "partner and manager read the same");
    assert_eq!(
        (&own[0]["event"], &own[0]["state"], &own[0]["last_status"]),
        (&json!("approved"), &json!("delivered"), &json!(200))
    );
    let settings = partner.get(&format!("/v1/postbacks/{postback}")).await.ok();
    assert_eq!((&settings["failures"], settings["delivered_at"].is_string()), (&json!(0), true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_speaks_of_its_offer_and_goal_alone() {
    let (world, programme, partner, postback) = with_postback(&["pending"]).await;
    let path = format!("/v1/postbacks/{postback}");
    let other = json!({
        "advertiser_id": programme.advertiser, "name": "Other", "landing_url": "https://other.example/", "currency": "EUR",
        "visibility": "public", "goals": [{"name": "lead", "payout": {"percent": "5"}, "revenue": {"percent": "9"}}]
    });
    let other = world.manager.post("/v1/offers", other).await.ok();
    let goal = &other["goals"][0]["id"];
    partner.patch(&path, json!({"offer_id": programme.offer})).await.ok();
    partner
        .patch(&path, json!({"events": [{"event": "pending", "goal_id": goal}]}))
        .await
        .refused(422, "invalid_fields");
    sale(&world, &programme, "A-1").await;
    assert_eq!(world.receivers.take(TRACKER).len(), 1);
    partner.patch(&path, json!({"offer_id": other["id"]})).await.ok();
    sale(&world, &programme, "A-2").await;
    assert!(world.receivers.take(TRACKER).is_empty(), "another offer's");
    partner.patch(&path, json!({"offer_id": null, "state": "paused"})).await.ok();
    sale(&world, &programme, "A-3").await;
    partner.patch(&path, json!({"state": "active"})).await.ok();
    sale(&world, &programme, "A-4").await;
    let told = world.receivers.take(TRACKER);
    assert!(told.len() == 1 && told[0].url.contains("&o=A-4&"), "what happened while it was paused is not told");
    partner.delete(&path).await;
    sale(&world, &programme, "A-5").await;
    assert!(world.receivers.take(TRACKER).is_empty());
    assert_eq!(log(&partner, "").await.len(), 2, "the log stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_anothers_does_not_exist() {
    let (world, programme, partner, postback) = with_postback(&["pending"]).await;
    sale(&world, &programme, "A-1").await;
    let delivery = text(&log(&partner, "").await[0], "id");
    let rival = world.manager.post("/v1/partners", json!({"name": "Rival", "email": "r@rival.example"})).await.ok();
    let rival = world.partner_member(&text(&rival, "id")).await;
    let (elsewhere, _) = world.other_workspace().await;
    for stranger in [&rival, &elsewhere] {
        stranger.get(&format!("/v1/postbacks/{postback}")).await.refused(404, "not_found");
        stranger.post(&format!("/v1/postbacks/{postback}/test"), json!({})).await.refused(404, "not_found");
        stranger.get(&format!("/v1/deliveries/{delivery}")).await.refused(404, "not_found");
        stranger.post(&format!("/v1/deliveries/{delivery}/replay"), json!({})).await.refused(404, "not_found");
        assert!(log(stranger, "").await.is_empty());
    }
    let body = json!({"partner_id": programme.partner, "name": "x", "events": [{"event": "paid"}], "target": {"kind": "url", "url": TRACKER_URL}});
    let made = rival.post("/v1/postbacks", body).await.ok();
    assert_ne!(made["partner_id"], json!(programme.partner), "a member sets up its own partner's");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_sets_it_up_for_the_partner_and_posts_a_form() {
    let (world, programme, partner, _) = with_postback(&["paid"]).await;
    let body = json!({
        "partner_id": programme.partner, "name": "Form", "events": [{"event": "pending"}],
        "target": {"kind": "url", "method": "post", "url": "https://form.example/in?id={conversion_id}&token=sesame"}
    });
    world.manager.post("/v1/postbacks", body).await.ok();
    let conversion = sale(&world, &programme, "A-1").await;
    let told = world.receivers.take("form.example");
    assert_eq!(told[0].url, "https://form.example/in");
    assert_eq!(told[0].body.as_deref(), Some(&*format!("id={conversion}&token=sesame")));
    assert_eq!(partner.get("/v1/postbacks").await.ok()["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_is_sent_at_once_and_says_so_and_test_conversions_are_told_to_nobody() {
    let (world, programme, partner, postback) = with_postback(&["pending", "rejected"]).await;
    world.receivers.tell(TRACKER, [FakeReceivers::answer(404, "no such campaign")]);
    let tried = partner.post(&format!("/v1/postbacks/{postback}/test"), json!({"event": "rejected"})).await.ok();
    assert_eq!(
        (&tried["is_test"], &tried["state"], &tried["last_error"]),
        (&json!(true), &json!("failed"), &json!("HTTP 404"))
    );
    assert_eq!(tried["tries"][0]["answer"], "no such campaign");
    let sent = world.receivers.take(TRACKER);
    assert!(sent[0].url.contains("cid=test&") && sent[0].url.ends_with("&test=1"), "{sent:?}");
    let delivery = text(&tried, "id");
    partner.post(&format!("/v1/deliveries/{delivery}/replay"), json!({})).await.refused(409, "not_replayable");

    let map = json!({"status_map": {"trial": {"state": "rejected", "reason": "test"}}});
    world.manager.patch(&format!("/v1/advertisers/{}", programme.advertiser), map).await.ok();
    let click = world.click(&programme.slug).await;
    let said = world.postback(&format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&status=trial")).await.ok();
    assert_eq!((&said["status"], &said["reason"]), (&json!("rejected"), &json!("test")));
    world.settle().await;
    assert!(world.receivers.take(TRACKER).is_empty(), "a test is told to nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_into_private_networks_are_refused_when_set_and_when_they_turn_out_so() {
    let (world, programme, partner, _) = with_postback(&["pending"]).await;
    for url in
        ["http://127.0.0.1/p", "http://169.254.169.254/latest", "https://db.internal/x", "https://{sub1}.example/"]
    {
        let body = json!({"name": "x", "events": [{"event": "paid"}], "target": {"kind": "url", "url": url}});
        partner.post("/v1/postbacks", body).await.refused(422, "landing_not_allowed");
    }
    world.receivers.tell(TRACKER, [Err(Failure::Private)]);
    sale(&world, &programme, "A-1").await;
    let told = &log(&partner, "").await[0];
    assert_eq!((&told["state"], &told["last_error"]), (&json!("waiting"), &json!("private_address")));
    world.receivers.take(TRACKER);
}
