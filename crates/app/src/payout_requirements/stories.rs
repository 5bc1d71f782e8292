//! Stories of what has to be on file: who is left out of a batch, what it is told, and when it is paid after all.

use app::identity::Role;
use kernel::time::HOUR_MS;
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

const PDF: &str = "%PDF-1.7\n1 0 obj\n%%EOF\n";

/// A sale of 80.00 that earns 8.00 and is payable.
async fn payable(world: &World, programme: &Programme, order: &str) {
    let click = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    world.postback(&format!("click_id={click}&goal=sale&order_id={order}&amount=80.00&currency=EUR")).await.ok();
    world.postback(&format!("order_id={order}&goal=sale&status=approved")).await.ok();
    world.pass_days(15).await;
}

async fn demand(world: &World, requires: Value) {
    let owner = world.member(Role::Owner).await;
    owner.put("/v1/payout-requirements", json!({ "requires": requires })).await.ok();
}

/// What the partner's next payout comes to, and what it lacks.
async fn next(caller: &Caller, partner: &str) -> (i64, Value) {
    let next = caller.get(&format!("/v1/partners/{partner}/next-payout")).await.ok()["items"][0].clone();
    (next["next_payout"]["minor"].as_i64().expect("minor"), next["missing"].clone())
}

async fn standing(caller: &Caller, partner: &str) -> Value {
    caller.get(&format!("/v1/partners/{partner}/payout-requirements")).await.ok()
}

fn company() -> Value {
    json!({"legal_form": "company", "name": "Trail Notes", "address": ["Long Street 12"], "country": "PL"})
}

/// Hands a form in and has it accepted.
async fn on_file(world: &World, own: &Caller, partner: &str, query: &str) -> String {
    let made = own.post_file(&format!("/v1/partners/{partner}/tax-forms?{query}"), PDF).await.ok();
    let review = format!("/v1/tax-forms/{}/review", text(&made, "id"));
    world.manager.post(&review, json!({"accept": true})).await.ok();
    text(&made, "id")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_paid_before_all_that_is_demanded_is_on_file() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (own, partner) = (world.partner_member(&programme.partner).await, programme.partner.as_str());
    payable(&world, &programme, "A1").await;
    assert_eq!(next(&own, partner).await, (800, json!([])), "nothing is demanded at first");
    demand(&world, json!(["billing_details", "tax_form", "tax_form"])).await;
    assert_eq!(next(&own, partner).await, (0, json!(["tax_form", "billing_details"])));
    let owed = world.manager.get("/v1/payouts/owed").await.ok();
    assert_eq!((&owed["total"]["minor"], &owed["items"][0]["payable"]["minor"]), (&json!(0), &json!(800)));
    assert_eq!(owed["items"][0]["missing"], json!(["tax_form", "billing_details"]));
    let wanted = json!({ "currency": "EUR" });
    world.manager.post("/v1/payout-batches", wanted.clone()).await.refused(409, "nothing_to_pay");

    let made = own.post_file(&format!("/v1/partners/{partner}/tax-forms?kind=w9"), PDF).await.ok();
    own.put(&format!("/v1/partners/{partner}/billing-details"), company()).await.ok();
    let waits = json!([
        {"requirement": "tax_form", "state": "in_review"}, {"requirement": "billing_details", "state": "in_review"}
    ]);
    let stands = standing(&own, partner).await;
    assert_eq!((&stands["items"], &stands["is_met"]), (&waits, &json!(false)));
    world.manager.post("/v1/payout-batches", wanted.clone()).await.refused(409, "nothing_to_pay");
    let review = format!("/v1/tax-forms/{}/review", text(&made, "id"));
    world.manager.post(&review, json!({"accept": true})).await.ok();
    assert_eq!(next(&own, partner).await, (0, json!(["billing_details"])));
    world.manager.put(&format!("/v1/partners/{partner}/billing-details"), company()).await.ok();
    assert_eq!(standing(&own, partner).await["is_met"], true);
    assert_eq!(next(&own, partner).await, (800, json!([])));
    let batch = world.manager.post("/v1/payout-batches", wanted).await.ok();
    assert_eq!((&batch["total"]["minor"], &batch["left_out"]), (&json!(800), &json!([])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_lacks_something_is_left_out_by_name_and_the_others_are_paid() {
    let world = World::new().await;
    let programme = world.programme().await;
    let other = json!({ "name": "Second", "email": "second@partners.example" });
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    payable(&world, &programme, "A1").await;
    let bonus = json!({
        "partner_id": other, "kind": "bonus", "amount": {"minor": 500, "currency": "EUR"}, "reason": "Welcome"
    });
    world.manager.post("/v1/adjustments", bonus).await.ok();
    let of_one = format!("/v1/partners/{other}/payout-requirements");
    world.manager.put(&of_one, json!({"requires": ["tax_form"]})).await.ok();
    let batch = world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.ok();
    assert_eq!(batch["total"]["minor"], 800);
    let left_out = &batch["left_out"];
    assert_eq!((left_out.as_array().map(Vec::len), &left_out[0]["name"]), (Some(1), &json!("Second")));
    assert_eq!(left_out[0]["field"], "tax_form");
    assert_eq!(world.balance(&other).await["payable"], 500, "what is payable stays payable");

    let own = world.partner_member(&other).await;
    let form = on_file(&world, &own, &other, "kind=residence_certificate&valid_until=2026-03-31").await;
    assert_eq!(next(&own, &other).await, (500, json!([])));
    world.pass_days(60).await;
    assert_eq!(next(&own, &other).await, (0, json!(["tax_form"])), "its last day has passed");
    assert_eq!(standing(&own, &other).await["items"][0]["state"], "expired");
    let review = format!("/v1/tax-forms/{form}/review");
    world.manager.post(&review, json!({"accept": false, "reason": "Not yours"})).await.ok();
    assert_eq!(standing(&own, &other).await["items"][0]["state"], "rejected");
    world.manager.put(&of_one, json!({"requires": []})).await.ok();
    let paid = world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.ok();
    assert_eq!(paid["total"]["minor"], 500);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_alone_demands_of_all_and_each_workspace_its_own() {
    let world = World::new().await;
    let programme = world.programme().await;
    let wanted = json!({"requires": ["tax_form"], "billed_by": null});
    let door = "/v1/payout-requirements";
    world.manager.put(door, wanted.clone()).await.refused(403, "not_permitted");
    let owner = world.member(Role::Owner).await;
    owner.put(door, wanted.clone()).await.ok();
    owner.put(door, json!({"requires": ["a_smile"]})).await.refused(400, "bad_body");
    let own = world.partner_member(&programme.partner).await;
    assert_eq!(own.get(door).await.ok(), wanted);
    let of_one = format!("/v1/partners/{}/payout-requirements", programme.partner);
    own.put(&of_one, json!({"requires": []})).await.refused(403, "not_permitted");
    let (stranger, _) = world.other_workspace().await;
    assert_eq!(stranger.get(door).await.ok(), json!({"requires": [], "billed_by": null}));
    stranger.get(&of_one).await.refused(404, "not_found");
    stranger.put(&of_one, wanted).await.refused(404, "not_found");
}
