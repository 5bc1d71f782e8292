//! Stories of what partners dispute, and how it is put right.

use kernel::time::HOUR_MS;
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

/// A sale of 80.00, charged 12.00, of which the partner earns 8.00; its click.
async fn sell(world: &World, programme: &Programme, order: &str) -> String {
    let click = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    world.postback(&format!("click_id={click}&goal=sale&order_id={order}&amount=80.00&currency=EUR")).await.ok();
    click
}

async fn verdict(world: &World, order: &str, word: &str) {
    world.postback(&format!("order_id={order}&goal=sale&status={word}")).await.ok();
}

async fn stands(world: &World, order: &str) -> (String, i64) {
    let row = world.conversions_of(order).await.remove(0);
    (text(&row, "status"), row["payout"]["minor"].as_i64().expect("an amount"))
}

async fn id_of(world: &World, order: &str) -> String {
    text(&world.conversions_of(order).await[0], "id")
}

async fn dispute(partner: &Caller, body: Value) -> String {
    text(&partner.post("/v1/disputes", body).await.ok(), "id")
}

async fn decide(world: &World, id: &str, body: Value) -> Value {
    world.manager.post(&format!("/v1/disputes/{id}/decision"), body).await.ok()
}

async fn approved(world: &World, programme: &Programme) -> i64 {
    world.balance(&programme.partner).await["approved"].as_i64().expect("minor")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rejected_conversion_is_disputed_talked_over_and_reinstated() {
    let world = World::new().await;
    let programme = world.programme().await;
    sell(&world, &programme, "D1").await;
    verdict(&world, "D1", "cancelled").await;
    let partner = world.partner_member(&programme.partner).await;
    let conversion = id_of(&world, "D1").await;
    let words = json!({"kind": "rejected", "conversion_id": conversion, "words": "It was delivered on the 12th"});
    let id = dispute(&partner, words.clone()).await;
    partner.post("/v1/disputes", words).await.refused(409, "already_exists");

    let path = format!("/v1/disputes/{id}");
    world.manager.post(&format!("{path}/messages"), json!({"words": "Who signed for it?"})).await.ok();
    let thread = partner.post(&format!("{path}/messages"), json!({"words": "The customer"})).await.ok();
    let said: Vec<_> = thread["messages"]
        .as_array()
        .expect("messages")
        .iter()
        .map(|one| (one["from_staff"].as_bool(), text(one, "words")))
        .collect();
    assert_eq!(said, [(Some(true), "Who signed for it?".to_owned()), (Some(false), "The customer".to_owned())]);
    assert_eq!(thread["related"], Value::Null);

    let upheld = decide(&world, &id, json!({"uphold": true, "words": "The slip is signed"})).await;
    assert_eq!((&upheld["state"], &upheld["decision_words"]), (&json!("upheld"), &json!("The slip is signed")));
    assert_eq!(stands(&world, "D1").await, ("approved".to_owned(), 800));
    assert_eq!(approved(&world, &programme).await, 800);
    let again = json!({"uphold": false, "words": "No"});
    world.manager.post(&format!("{path}/decision"), again).await.refused(409, "already_decided");
    partner.post(&format!("{path}/messages"), json!({"words": "Thanks"})).await.refused(409, "already_decided");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_price_stops_the_clocks_and_is_made_up_for_once() {
    let world = World::new().await;
    let programme = world.programme().await;
    sell(&world, &programme, "P1").await;
    verdict(&world, "P1", "approved").await;
    let partner = world.partner_member(&programme.partner).await;
    let conversion = id_of(&world, "P1").await;
    let body = json!({
        "kind": "price", "conversion_id": conversion, "amount": {"minor": 1_000, "currency": "EUR"},
        "words": "My rate is 10.00", "proof": "Mail of the 2nd"
    });
    let rejected = json!({"kind": "rejected", "conversion_id": conversion, "words": "It was taken back"});
    partner.post("/v1/disputes", rejected).await.refused(409, "illegal_move");
    let id = dispute(&partner, body.clone()).await;
    assert!(world.conversions_of("P1").await[0]["frozen_at"].is_string(), "no clock of a disputed conversion runs");

    let path = format!("/v1/disputes/{id}/decision");
    let nothing = json!({"uphold": true, "words": "So it is"});
    world.manager.post(&path, nothing).await.refused(422, "invalid_fields");
    let two = json!({"minor": 200, "currency": "EUR"});
    let upheld = decide(&world, &id, json!({"uphold": true, "words": "So it is", "amount": two})).await;
    assert!(upheld["adjustment_id"].is_string());
    assert_eq!(world.conversions_of("P1").await[0]["frozen_at"], Value::Null);
    let given = partner.get("/v1/adjustments").await.ok()["items"][0].clone();
    assert_eq!((&given["amount"]["minor"], &given["conversion_id"]), (&json!(200), &json!(conversion)));
    assert_eq!(stands(&world, "P1").await, ("approved".to_owned(), 800), "the price itself stays");

    let id = dispute(&partner, body).await;
    let back = partner.post(&format!("/v1/disputes/{id}/withdraw"), json!({})).await.ok();
    assert_eq!(back["state"], "withdrawn");
    assert_eq!(world.conversions_of("P1").await[0]["frozen_at"], Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_is_reported_like_any_other_or_made_up_for() {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = world.partner_member(&programme.partner).await;
    let click = world.click(&programme.slug).await;
    world.settle().await;
    world.advance_millis(5 * HOUR_MS);
    let today = "2026-02-02";
    let missing = json!({
        "kind": "missing", "click_id": click, "order_id": "M1", "happened_on": today,
        "amount": {"minor": 800, "currency": "EUR"}, "words": "The customer showed me the confirmation"
    });
    partner
        .post("/v1/disputes", json!({"kind": "missing", "words": "One is lacking"}))
        .await
        .refused(422, "invalid_fields");
    let id = dispute(&partner, missing).await;
    let report = json!({"goal": "sale", "order_value": {"minor": 8_000, "currency": "EUR"}});
    let upheld = decide(&world, &id, json!({"uphold": true, "words": "Their postback failed", "report": report})).await;
    assert_eq!(upheld["conversion_id"], json!(id_of(&world, "M1").await));
    assert_eq!(stands(&world, "M1").await, ("pending".to_owned(), 800));

    let bare = json!({"kind": "missing", "order_id": "M2", "happened_on": today, "words": "Ordered by telephone"});
    let id = dispute(&partner, bare).await;
    let path = format!("/v1/disputes/{id}/decision");
    let report = json!({"uphold": true, "words": "Yes", "report": {"goal": "sale"}});
    world.manager.post(&path, report).await.refused(409, "illegal_move");
    let given = json!({"uphold": true, "words": "Told by the shop", "amount": {"minor": 500, "currency": "EUR"}});
    assert!(decide(&world, &id, given).await["adjustment_id"].is_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_right_lapses_and_nobody_sees_anothers_dispute() {
    let world = World::new().await;
    let programme = world.programme().await;
    let terms = json!({"dispute_days": 3, "answer_days": 2});
    assert_eq!(world.manager.put("/v1/dispute-terms", terms.clone()).await.ok(), terms);
    for order in ["L1", "L2"] {
        sell(&world, &programme, order).await;
        verdict(&world, order, "cancelled").await;
    }
    let partner = world.partner_member(&programme.partner).await;
    partner.put("/v1/dispute-terms", terms).await.refused(403, "not_permitted");
    let body = |conversion: String| json!({"kind": "rejected", "conversion_id": conversion, "words": "It stands"});
    let id = dispute(&partner, body(id_of(&world, "L1").await)).await;
    let (stranger, _) = world.other_workspace().await;
    let path = format!("/v1/disputes/{id}");
    stranger.get(&path).await.refused(404, "not_found");
    let no = json!({"uphold": false, "words": "It came back"});
    stranger.post(&format!("{path}/decision"), no.clone()).await.refused(404, "not_found");
    partner.post(&format!("{path}/decision"), no.clone()).await.refused(403, "not_permitted");
    world.advertiser_member(&programme.advertiser).await.get(&path).await.refused(403, "not_permitted");
    assert_eq!(stranger.get("/v1/disputes").await.ok()["items"], json!([]));

    assert_eq!(decide(&world, &id, no).await["state"], "refused");
    assert_eq!(stands(&world, "L1").await, ("rejected".to_owned(), 0));
    let due = text(&partner.get(&path).await.ok()["dispute"], "due_at");
    world.pass_days(4).await;
    partner.post("/v1/disputes", body(id_of(&world, "L2").await)).await.refused(409, "deadline_passed");
    assert_eq!(due, "2026-02-04T23:00:00.000Z", "the end of the second day in Warsaw");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_advertiser_had_removed_is_appealed_against_and_not_disputed() {
    let world = World::new().await;
    let programme = world.programme().await;
    sell(&world, &programme, "S1").await;
    verdict(&world, "S1", "approved").await;
    let own = world.advertiser_member(&programme.advertiser).await;
    let asked = json!({"reason": "returned", "evidence": "Sent back", "order_ids": ["S1"]});
    let request = text(&own.post("/v1/scrub-requests", asked).await.ok(), "id");
    let accept = json!({"accept": true, "bearer": "partner"});
    world.manager.post(&format!("/v1/scrub-requests/{request}/decisions"), accept).await.ok();
    let body = json!({"kind": "rejected", "conversion_id": id_of(&world, "S1").await, "words": "It stands"});
    world.partner_member(&programme.partner).await.post("/v1/disputes", body).await.refused(409, "illegal_move");
}
