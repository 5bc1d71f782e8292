//! What is taken from a payout: tax that is kept back, what its transfer costs, and what being paid early costs.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

use super::assert_balance;

/// A partner to whom 100.50 euro are payable; its transfers cost 0.35 and 1.5 %.
async fn world_with_fees(fee_bearer: &str, early_share_bp: Option<i32>) -> (World, Programme) {
    let world = World::new().await;
    let programme = world.programme().await;
    let bonus = json!({
        "partner_id": programme.partner, "kind": "bonus", "amount": {"minor": 10_050, "currency": "EUR"}, "reason": "A"
    });
    world.manager.post("/v1/adjustments", bonus).await.ok();
    let fees = json!([{"method": "csv", "currency": "EUR", "fixed_minor": 35, "share_bp": 150}]);
    let terms = json!({"fee_bearer": fee_bearer, "early_share_bp": early_share_bp, "fees": fees});
    assert_eq!(put(&world.manager, "/v1/payout-terms", terms.clone()).await, terms);
    (world, programme)
}

async fn put(caller: &Caller, path: &str, body: Value) -> Value {
    caller.send(Method::PUT, path, Some(body), &[]).await.ok()
}

async fn withhold(world: &World, partner: &str, withheld_bp: i32) {
    let path = format!("/v1/partners/{partner}/payout-terms");
    put(&world.manager, &path, json!({"fee_bearer": null, "withheld_bp": withheld_bp})).await;
}

async fn batch(world: &World) -> Value {
    world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok()
}

async fn account(world: &World, name: &str) -> i64 {
    let accounts = world.manager.get("/v1/journal/accounts").await.ok();
    let rows = accounts["items"].as_array().expect("accounts");
    let balance = rows.iter().find(|row| row["account"] == name).map(|row| row["balance_minor"].clone());
    balance.and_then(|minor| minor.as_i64()).unwrap_or_default()
}

async fn assert_whole(world: &World) {
    let proof = world.manager.post("/v1/book/proof", json!({})).await.ok();
    assert_eq!(proof["proof"]["is_whole"], true, "{proof}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tax_is_kept_back_and_the_partner_bears_the_transfer() {
    let (world, programme) = world_with_fees("partner", None).await;
    withhold(&world, &programme.partner, 1_900).await;
    let next = world.manager.get(&format!("/v1/partners/{}/next-payout", programme.partner)).await.ok();
    let next = &next["items"][0];
    let parts = ["payable", "withheld", "fee", "next_payout"].map(|name| next[name]["minor"].clone());
    assert_eq!(parts, [10_050, 1_910, 186, 7_954].map(Value::from), "19 % of 100.50; 1.5 % and 0.35");
    let owed = world.manager.get("/v1/payouts/owed").await.ok();
    assert_eq!(owed["items"][0]["next_payout"]["minor"], 7_954);

    let batch = batch(&world).await;
    let payout = &batch["payouts"][0];
    let parts = ["amount", "withheld", "fee", "early_fee"].map(|name| payout[name]["minor"].clone());
    assert_eq!(parts, [7_954, 1_910, 186, 0].map(Value::from));
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 0, 7_954, 0, 0]);
    assert_eq!((account(&world, "tax_withheld").await, account(&world, "fees").await), (1_910, -186));
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 0, 0, 7_954, 0]);
    assert_eq!(account(&world, "fees").await, 0, "what the bank took is what the partner bore");
    assert_whole(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_not_paid_gives_back_all_that_was_taken() {
    let (world, programme) = world_with_fees("partner", None).await;
    withhold(&world, &programme.partner, 1_900).await;
    let first = batch(&world).await;
    let failed = format!("/v1/payouts/{}/failed", text(&first["payouts"][0], "id"));
    world.manager.post(&failed, json!({"reason": "account closed"})).await.ok();
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 10_050, 0, 0, 0]);
    assert_eq!((account(&world, "tax_withheld").await, account(&world, "fees").await), (0, 0));

    let second = batch(&world).await;
    let payout = text(&second["payouts"][0], "id");
    world.manager.post(&format!("/v1/payouts/{payout}/paid"), json!({})).await.ok();
    world.manager.post(&format!("/v1/payouts/{payout}/returned"), json!({"reason": "unknown payee"})).await.ok();
    // The transfer took place, so its fee is spent; the tax is not due on money that came back.
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 9_864, 0, 0, 0]);
    assert_eq!(account(&world, "tax_withheld").await, 0);
    assert_whole(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workspace_that_bears_fees_pays_them_beside() {
    let (world, programme) = world_with_fees("workspace", None).await;
    let first = batch(&world).await;
    assert_eq!(first["payouts"][0]["amount"]["minor"], 10_050);
    assert_eq!(account(&world, "fees").await, 0);
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&first, "id")), json!({})).await.ok();
    assert_eq!(account(&world, "fees").await, 186);
    assert_whole(&world).await;

    // A partner's own rule comes before the workspace's.
    let path = format!("/v1/partners/{}/payout-terms", programme.partner);
    put(&world.manager, &path, json!({"fee_bearer": "partner", "withheld_bp": 0})).await;
    let bonus = json!({
        "partner_id": programme.partner, "kind": "bonus", "amount": {"minor": 35, "currency": "EUR"}, "reason": "B"
    });
    world.manager.post("/v1/adjustments", bonus).await.ok();
    let nothing = world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await;
    nothing.refused(409, "nothing_to_pay");
    let owed = world.manager.get("/v1/payouts/owed").await.ok();
    assert_eq!(owed["items"][0]["standing"], "below_minimum", "the fee would take all of it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn terms_that_cannot_be_are_refused() {
    let (world, programme) = world_with_fees("workspace", None).await;
    let fee = |fixed_minor: i64, share_bp: i32| {
        let fee = json!({"method": "csv", "currency": "EUR", "fixed_minor": fixed_minor, "share_bp": share_bp});
        json!({"fee_bearer": "partner", "early_share_bp": null, "fees": [fee]})
    };
    for wrong in [fee(-1, 0), fee(0, 5_001), fee(1_000_001, 0)] {
        world.manager.send(Method::PUT, "/v1/payout-terms", Some(wrong), &[]).await.refused(422, "invalid_fields");
    }
    let mut twice = fee(1, 1);
    let again = twice["fees"][0].clone();
    twice["fees"].as_array_mut().expect("a list").push(again);
    world.manager.send(Method::PUT, "/v1/payout-terms", Some(twice), &[]).await.refused(422, "invalid_fields");
    let path = format!("/v1/partners/{}/payout-terms", programme.partner);
    let body = json!({"fee_bearer": null, "withheld_bp": 9_000});
    world.manager.send(Method::PUT, &path, Some(body.clone()), &[]).await.refused(422, "invalid_fields");
    let (stranger, _) = world.other_workspace().await;
    stranger.send(Method::PUT, &path, Some(body), &[]).await.refused(422, "invalid_fields");
    stranger.get(&path).await.refused(404, "not_found");
    let partner = world.partner_member(&programme.partner).await;
    assert_eq!(partner.get(&path).await.ok()["withheld_bp"], 0);
    partner.get("/v1/payout-terms").await.refused(403, "not_permitted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_is_paid_before_the_day_for_a_fee() {
    let (world, programme) = world_with_fees("workspace", Some(200)).await;
    let partner = world.partner_member(&programme.partner).await;
    let next = partner.get(&format!("/v1/partners/{}/next-payout", programme.partner)).await.ok();
    let early = &next["items"][0]["early"];
    assert_eq!((&early["fee"]["minor"], &early["next_payout"]["minor"]), (&json!(201), &json!(9_849)));
    let asked = partner.post("/v1/early-payouts", json!({"currency": "EUR"})).await.ok();
    partner.post("/v1/early-payouts", json!({"currency": "EUR"})).await.refused(409, "already_exists");
    partner.post("/v1/early-payouts", json!({"currency": "USD"})).await.refused(409, "nothing_to_pay");
    let id = text(&asked, "id");
    partner.post(&format!("/v1/early-payouts/{id}/approve"), json!({})).await.refused(403, "not_permitted");
    let (stranger, _) = world.other_workspace().await;
    stranger.post(&format!("/v1/early-payouts/{id}/approve"), json!({})).await.refused(404, "not_found");

    let board = world.manager.get("/v1/payday").await.ok().to_string();
    assert!(board.contains("early_asked"), "it waits for somebody: {board}");
    // Dearer terms of tomorrow are not those that the partner was told.
    let dearer = json!({"fee_bearer": "workspace", "early_share_bp": 1_000, "fees": []});
    put(&world.manager, "/v1/payout-terms", dearer).await;
    let approved = world.manager.post(&format!("/v1/early-payouts/{id}/approve"), json!({})).await.ok();
    assert_eq!(approved["state"], "approved");
    world.manager.post(&format!("/v1/early-payouts/{id}/approve"), json!({})).await.refused(409, "already_decided");
    let batch = world.manager.get(&format!("/v1/payout-batches/{}", text(&approved, "batch_id"))).await.ok();
    assert_eq!((&batch["early_payout_id"], &batch["total"]["minor"]), (&asked["id"], &json!(9_849)));
    assert_eq!(batch["payouts"][0]["early_fee"]["minor"], 201);
    assert_eq!(account(&world, "fees").await, -201);
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 0, 0, 9_849, 0]);
    assert_whole(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_answered_once_and_pays_nothing_where_the_day_came_first() {
    let (world, programme) = world_with_fees("workspace", Some(200)).await;
    let partner = world.partner_member(&programme.partner).await;
    let ask = async || text(&partner.post("/v1/early-payouts", json!({"currency": "EUR"})).await.ok(), "id");
    let first = ask().await;
    let declined = json!({"reason": "paid on Friday anyway"});
    world.manager.post(&format!("/v1/early-payouts/{first}/decline"), declined).await.ok();
    partner.post(&format!("/v1/early-payouts/{first}/withdraw"), json!({})).await.refused(409, "already_decided");
    let second = ask().await;
    partner.post(&format!("/v1/early-payouts/{second}/withdraw"), json!({})).await.ok();
    let third = ask().await;
    batch(&world).await;
    let late = world.manager.post(&format!("/v1/early-payouts/{third}/approve"), json!({})).await;
    late.refused(409, "nothing_to_pay");
    let listed = partner.get("/v1/early-payouts").await.ok();
    let states: Vec<_> = listed["items"].as_array().expect("a list").iter().map(|row| text(row, "state")).collect();
    assert_eq!(states, ["asked", "withdrawn", "declined"]);

    // Where nobody is paid early, nobody may ask.
    put(&world.manager, "/v1/payout-terms", json!({"fee_bearer": "workspace", "early_share_bp": null, "fees": []}))
        .await;
    partner.post("/v1/early-payouts", json!({"currency": "EUR"})).await.refused(409, "illegal_move");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_who_agree_at_once_make_one_batch() {
    let (world, programme) = world_with_fees("workspace", Some(200)).await;
    let partner = world.partner_member(&programme.partner).await;
    let id = text(&partner.post("/v1/early-payouts", json!({"currency": "EUR"})).await.ok(), "id");
    let path = format!("/v1/early-payouts/{id}/approve");
    let (one, other) = tokio::join!(world.manager.post(&path, json!({})), world.manager.post(&path, json!({})));
    let made = [one.status, other.status].iter().filter(|status| **status == 200).count();
    assert_eq!(made, 1, "{} {}", one.text, other.text);
    let batches = world.manager.get("/v1/payout-batches").await.ok();
    assert_eq!(batches["items"].as_array().map(Vec::len), Some(1));
    assert_balance(&world.balance(&programme.partner).await, [0, 0, 0, 9_849, 0, 0]);
}
