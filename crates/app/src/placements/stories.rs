//! Stories of placements: agreed, proven, paid; by two people above the limit; called off after payment.

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{Programme, World, text};

const DAY: &str = "2026-11-20";

fn slot(programme: &Programme, fee_minor: i64) -> Value {
    json!({
        "partner_id": programme.partner, "offer_id": programme.offer, "kind": "newsletter",
        "title": "First slot of the Sunday letter", "day": DAY, "fee": {"minor": fee_minor, "currency": "EUR"},
        "terms": "40 000 readers"
    })
}

async fn agreed(world: &World, body: Value) -> String {
    let placement = world.manager.post("/v1/placements", body).await.ok();
    assert_eq!(placement["state"], "agreed");
    format!("/v1/placements/{}", text(&placement, "id"))
}

async fn payable_and_debt(world: &World, partner: &str) -> (i64, i64) {
    let balance = world.balance(partner).await;
    let part = |name: &str| balance[name].as_i64().expect("an amount");
    (part("payable"), part("debt"))
}

fn shown() -> Value {
    json!({"url": "https://trailnotes.example/letter-48", "note": "On top"})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slot_is_agreed_proven_by_the_partner_and_paid() {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = programme.partner.as_str();
    let own = world.partner_member(partner).await;
    let path = agreed(&world, slot(&programme, 25_000)).await;
    world.manager.post(&format!("{path}/accept"), json!({})).await.refused(409, "illegal_move");
    own.post(&format!("{path}/prove"), json!({})).await.refused(422, "invalid_fields");
    own.post(&format!("{path}/prove"), json!({"url": "javascript:alert(1)"})).await.refused(422, "invalid_fields");
    let proven = own.post(&format!("{path}/prove"), shown()).await.ok();
    assert_eq!((&proven["state"], &proven["proven_by"]), (&json!("proven"), &Value::Null));
    own.post(&format!("{path}/accept"), json!({})).await.refused(403, "not_permitted");

    let back = world.manager.post(&format!("{path}/send-back"), json!({"note": "Not our link"})).await.ok();
    assert_eq!((&back["state"], &back["decision_note"]), (&json!("agreed"), &json!("Not our link")));
    own.post(&format!("{path}/prove"), shown()).await.ok();
    assert_eq!(payable_and_debt(&world, partner).await, (0, 0), "nothing before it is accepted");
    let accepted = world.manager.post(&format!("{path}/accept"), json!({})).await.ok();
    assert_eq!(accepted["state"], "accepted");
    assert_eq!(payable_and_debt(&world, partner).await, (25_000, 0));
    world.manager.post(&format!("{path}/accept"), json!({})).await.refused(409, "illegal_move");
    own.post(&format!("{path}/prove"), shown()).await.refused(409, "illegal_move");

    let journal = world.manager.get(&format!("/v1/journal?kind=placement&partner_id={partner}")).await.ok();
    assert_eq!(journal["items"][0]["id"], accepted["entry_id"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_called_off_after_it_was_paid_becomes_a_debt() {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = programme.partner.as_str();
    let path = agreed(&world, slot(&programme, 25_000)).await;
    world.manager.post(&format!("{path}/prove"), json!({"note": "Seen on air"})).await.ok();
    world.manager.post(&format!("{path}/accept"), json!({})).await.ok();
    let clawback = json!({
        "partner_id": partner, "kind": "clawback", "amount": {"minor": 20_000, "currency": "EUR"}, "reason": "Paid by hand"
    });
    world.manager.post("/v1/adjustments", clawback).await.ok();
    let cancelled = world.manager.post(&format!("{path}/cancel"), json!({"note": "Taken down"})).await.ok();
    assert_eq!(cancelled["state"], "cancelled");
    assert!(cancelled["returned_entry_id"].is_string() && cancelled["entry_id"] != cancelled["returned_entry_id"]);
    assert_eq!(payable_and_debt(&world, partner).await, (0, 20_000), "5000 were left, the rest is a debt");
    world.manager.post(&format!("{path}/cancel"), json!({"note": "Again"})).await.refused(409, "illegal_move");

    let early = agreed(&world, slot(&programme, 10_000)).await;
    let cancelled = world.manager.post(&format!("{early}/cancel"), json!({"note": "Changed our minds"})).await.ok();
    assert_eq!((&cancelled["entry_id"], &cancelled["returned_entry_id"]), (&Value::Null, &Value::Null));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn above_the_limit_a_second_person_accepts() {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = programme.partner.as_str();
    let (owner, finance) = (world.member(Role::Owner).await, world.member(Role::Finance).await);
    owner.put("/v1/adjustment-limit", json!({"limit_minor": 30_000})).await.ok();
    let own = world.partner_member(partner).await;
    let state = async |path: &str| text(&world.manager.post(&format!("{path}/accept"), json!({})).await.ok(), "state");

    let (first, second) =
        (agreed(&world, slot(&programme, 20_000)).await, agreed(&world, slot(&programme, 20_000)).await);
    for path in [&first, &second] {
        own.post(&format!("{path}/prove"), shown()).await.ok();
    }
    assert_eq!(state(&first).await, "accepted");
    assert_eq!(state(&second).await, "waiting", "forty thousand in a day");
    assert_eq!(own.get(&second).await.ok()["state"], "proven", "nothing is promised before it is booked");
    assert_eq!(own.get("/v1/placements?state=waiting").await.ok()["items"], json!([]));
    let bonus = json!({
        "partner_id": partner, "kind": "bonus", "amount": {"minor": 15_000, "currency": "EUR"}, "reason": "By another door"
    });
    assert_eq!(world.manager.post("/v1/adjustments", bonus).await.ok()["state"], "waiting", "they count together");
    world.manager.post(&format!("{second}/accept"), json!({})).await.refused(409, "second_person_needed");
    assert_eq!(payable_and_debt(&world, partner).await, (20_000, 0));
    let accepted = finance.post(&format!("{second}/accept"), json!({})).await.ok();
    assert!(accepted["accepted_by"] != accepted["seconded_by"] && accepted["state"] == "accepted");
    assert_eq!(payable_and_debt(&world, partner).await, (40_000, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_sees_its_own_and_not_what_a_sample_cost() {
    let world = World::new().await;
    let programme = world.programme().await;
    let own = world.partner_member(&programme.partner).await;
    let mut review = slot(&programme, 1);
    review["fee"] = Value::Null;
    world.manager.post("/v1/placements", review.clone()).await.refused(422, "invalid_fields");
    review["sample"] = json!("A pair of boots");
    world.manager.post("/v1/placements", review.clone()).await.refused(422, "invalid_fields");
    review["sample_cost"] = json!({"minor": 9_000, "currency": "EUR"});
    let path = agreed(&world, review).await;
    let seen = own.get(&path).await.ok();
    assert_eq!((&seen["sample"], &seen["sample_cost"]), (&json!("A pair of boots"), &Value::Null));
    own.post(&format!("{path}/prove"), shown()).await.ok();
    let accepted = world.manager.post(&format!("{path}/accept"), json!({})).await.ok();
    assert_eq!((&accepted["state"], &accepted["entry_id"]), (&json!("accepted"), &Value::Null));
    assert_eq!(payable_and_debt(&world, &programme.partner).await, (0, 0), "a sample is no money");

    let other = world.manager.post("/v1/partners", json!({"name": "Other", "email": "other@example.com"})).await.ok();
    let rival = world.partner_member(&text(&other, "id")).await;
    rival.get(&path).await.refused(404, "not_found");
    rival.post(&format!("{path}/prove"), shown()).await.refused(404, "not_found");
    let whole = format!("/v1/placements?partner_id={}", programme.partner);
    assert_eq!(rival.get(&whole).await.ok()["items"], json!([]));
    let (elsewhere, _) = world.other_workspace().await;
    elsewhere.get(&path).await.refused(404, "not_found");
    elsewhere.post("/v1/placements", slot(&programme, 1)).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_agreed_may_change_until_it_is_proven_and_be_missed_after_its_day() {
    let world = World::new().await;
    let programme = world.programme().await;
    let mut later = slot(&programme, 25_000);
    later["day"] = json!(world.now().plus_days(3).to_string()[..10]);
    let path = agreed(&world, later).await;
    world.manager.post(&format!("{path}/miss"), json!({})).await.refused(409, "illegal_move");
    let changed =
        world.manager.patch(&path, json!({"fee": {"minor": 30_000, "currency": "EUR"}, "terms": null})).await.ok();
    assert_eq!((&changed["fee"]["minor"], &changed["terms"]), (&json!(30_000), &Value::Null));
    world.manager.patch(&path, json!({"fee": null})).await.refused(422, "invalid_fields");
    world.manager.patch(&path, json!({"day": "tomorrow"})).await.refused(422, "invalid_fields");
    world.pass_days(5).await;
    let missed =
        world.manager.post(&format!("{path}/miss"), json!({"note": "The letter went out without it"})).await.ok();
    assert_eq!(missed["state"], "missed");
    let found = world.manager.get("/v1/placements?state=missed&from=2000-01-01&to=2099-12-31").await.ok();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    world.manager.get("/v1/placements?from=soon").await.refused(422, "invalid_fields");
    world.manager.post(&format!("{path}/prove"), shown()).await.ok();
    world.manager.patch(&path, json!({"title": "Another"})).await.refused(409, "illegal_move");
}
