//! Stories of adjustments: given, taken back, and by two people above the limit.

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{World, text};

fn adjustment(partner: &str, kind: &str, minor: i64) -> Value {
    json!({
        "partner_id": partner, "kind": kind, "amount": {"minor": minor, "currency": "EUR"},
        "reason": "Ten more sales than in September"
    })
}

async fn payable_and_debt(world: &World, partner: &str) -> (i64, i64) {
    let balance = world.balance(partner).await;
    let part = |name: &str| balance[name].as_i64().expect("an amount");
    (part("payable"), part("debt"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bonus_is_payable_and_a_clawback_beyond_it_a_debt() {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = programme.partner.as_str();
    let bonus = world.manager.post("/v1/adjustments", adjustment(partner, "bonus", 5_000)).await.ok();
    assert_eq!((&bonus["state"], &bonus["amount"]["minor"]), (&json!("booked"), &json!(5_000)));
    assert_eq!(payable_and_debt(&world, partner).await, (5_000, 0));
    let back = world.manager.post("/v1/adjustments", adjustment(partner, "clawback", 6_000)).await.ok();
    assert_eq!(back["amount"]["minor"], -6_000);
    assert_eq!(payable_and_debt(&world, partner).await, (0, 1_000));
    world.manager.post("/v1/adjustments", adjustment(partner, "correction", 1_500)).await.ok();
    assert_eq!(payable_and_debt(&world, partner).await, (500, 0), "the debt first");
    for (kind, minor) in [("bonus", -1), ("bonus", 0), ("correction", 0), ("clawback", -5)] {
        let refused = world.manager.post("/v1/adjustments", adjustment(partner, kind, minor)).await;
        refused.refused(422, "amount_out_of_range");
    }
    let blank =
        json!({"partner_id": partner, "kind": "bonus", "amount": {"minor": 1, "currency": "EUR"}, "reason": " "});
    world.manager.post("/v1/adjustments", blank).await.refused(422, "invalid_fields");

    let own = world.partner_member(partner).await;
    let seen = own.get("/v1/adjustments").await.ok();
    let first = &seen["items"][2];
    assert_eq!(
        (text(first, "reason").as_str(), &first["requested_by"]),
        ("Ten more sales than in September", &Value::Null)
    );
    own.post("/v1/adjustments", adjustment(partner, "bonus", 1)).await.refused(403, "not_permitted");
    let other = world.manager.post("/v1/partners", json!({"name": "Other", "email": "other@example.com"})).await.ok();
    let rival = world.partner_member(&text(&other, "id")).await;
    assert_eq!(rival.get(&format!("/v1/adjustments?partner_id={partner}")).await.ok()["items"], json!([]));
    let (elsewhere, _) = world.other_workspace().await;
    elsewhere.post("/v1/adjustments", adjustment(partner, "bonus", 1)).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn above_the_limit_it_takes_a_second_person() {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = programme.partner.as_str();
    let (owner, finance) = (world.member(Role::Owner).await, world.member(Role::Finance).await);
    let put = reqwest::Method::PUT;
    let limit = json!({"limit_minor": 10_000});
    world
        .manager
        .send(put.clone(), "/v1/adjustment-limit", Some(limit.clone()), &[])
        .await
        .refused(403, "not_permitted");
    owner.send(put, "/v1/adjustment-limit", Some(limit), &[]).await.ok();

    let asked = world.manager.post("/v1/adjustments", adjustment(partner, "bonus", 10_001)).await.ok();
    let path = format!("/v1/adjustments/{}", text(&asked, "id"));
    assert_eq!((&asked["state"], &asked["entry_id"]), (&json!("waiting"), &Value::Null));
    assert_eq!(payable_and_debt(&world, partner).await, (0, 0));
    let own = world.partner_member(partner).await;
    assert_eq!(own.get("/v1/adjustments").await.ok()["items"], json!([]), "nothing is promised before it is booked");
    world.manager.post(&format!("{path}/approve"), json!({})).await.refused(409, "second_person_needed");
    world.manager.post(&format!("{path}/refuse"), json!({"note": "no"})).await.refused(409, "second_person_needed");
    finance.post(&format!("{path}/approve"), json!({})).await.ok();
    assert_eq!(payable_and_debt(&world, partner).await, (10_001, 0));
    finance.post(&format!("{path}/approve"), json!({})).await.refused(409, "already_decided");

    let second = world.manager.post("/v1/adjustments", adjustment(partner, "clawback", 20_000)).await.ok();
    let path = format!("/v1/adjustments/{}", text(&second, "id"));
    let refused = finance.post(&format!("{path}/refuse"), json!({"note": "the month is not over"})).await.ok();
    assert_eq!((&refused["state"], &refused["decision_note"]), (&json!("refused"), &json!("the month is not over")));
    assert_eq!(payable_and_debt(&world, partner).await, (10_001, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_small_ones_add_up_to_a_large_one() {
    let world = World::new().await;
    let programme = world.programme().await;
    let partner = programme.partner.as_str();
    let owner = world.member(Role::Owner).await;
    let limit = json!({"limit_minor": 10_000});
    owner.send(reqwest::Method::PUT, "/v1/adjustment-limit", Some(limit), &[]).await.ok();
    let state = async |minor: i64| {
        let asked = world.manager.post("/v1/adjustments", adjustment(partner, "bonus", minor)).await.ok();
        text(&asked, "state")
    };
    assert_eq!(state(6_000).await, "booked");
    assert_eq!(state(6_000).await, "waiting", "twelve thousand in a day");
    assert_eq!(state(4_000).await, "booked", "ten thousand");
    world.pass_days(2).await;
    assert_eq!(state(6_000).await, "booked", "another day");
    let foreign = json!({
        "partner_id": partner, "kind": "bonus", "amount": {"minor": 1, "currency": "USD"}, "reason": "of unknown worth"
    });
    assert_eq!(world.manager.post("/v1/adjustments", foreign).await.ok()["state"], "waiting", "no rate is known");
}
