//! What people do beside judging: other days for a goal or a group, freezing, moving to another partner, chargebacks.

use serde_json::{Value, json};
use testkit::{Programme, World, text};

use super::{act, clicked, sale, show, standing};

async fn set_clock(world: &World, term: Value) -> Value {
    world.manager.send(reqwest::Method::PUT, "/v1/clocks", Some(term), &[]).await.ok()
}

async fn sale_of_a_new_click(world: &World, programme: &Programme, order: &str) -> String {
    let click = world.click(&programme.slug).await;
    sale(world, &click, order).await
}

/// Payable and debt of a partner, in cents.
async fn payable_and_debt(world: &World, partner: &str) -> (i64, i64) {
    let balance = world.balance(partner).await;
    let part = |name: &str| balance[name].as_i64().expect("an amount");
    (part("payable"), part("debt"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_most_specific_days_count_and_the_conversion_says_whose_they_are() {
    let (world, programme, click) = clicked().await;
    world.manager.patch(&format!("/v1/partners/{}", programme.partner), json!({"group": "vip"})).await.ok();
    set_clock(&world, json!({"partner_group": "vip", "hold_days": 3})).await;
    let first = sale(&world, &click, "A").await;
    let detail = act(&world, &first, "approve", json!({})).await.ok();
    assert_eq!(detail["clocks"]["hold"], json!({"days": 3, "by": "group"}));
    assert_eq!(detail["clocks"]["validation"], json!({"days": 30, "by": "offer"}));
    assert_eq!(detail["lock_at"], "2026-02-04T23:00:00.000Z", "three local days on");

    let offer = world.manager.get(&format!("/v1/offers/{}", programme.offer)).await.ok();
    let goal = text(&offer["goals"][0], "id");
    let of_goal = json!({"offer_id": programme.offer, "goal_id": goal, "hold_days": 20, "validation_days": 5});
    assert_eq!(set_clock(&world, of_goal).await["items"].as_array().map(Vec::len), Some(2));
    let second = sale_of_a_new_click(&world, &programme, "B").await;
    let detail = act(&world, &second, "approve", json!({})).await.ok();
    assert_eq!(detail["clocks"]["hold"], json!({"days": 20, "by": "goal"}), "a goal goes before a group");
    world.pass_days(3).await;
    assert_eq!(show(&world, &first).await["status"], "locked", "clocks that run are not touched");
    assert_eq!(show(&world, &second).await["status"], "approved");

    let path = reqwest::Method::PUT;
    let nothing = json!({"offer_id": programme.offer, "hold_days": 1});
    world.manager.send(path.clone(), "/v1/clocks", Some(nothing), &[]).await.refused(422, "invalid_fields");
    let too_long = json!({"partner_group": "vip", "hold_days": 366});
    world.manager.send(path.clone(), "/v1/clocks", Some(too_long), &[]).await.refused(422, "invalid_fields");
    let foreign = json!({"offer_id": programme.offer, "goal_id": "gol_01KAMX4S5T0000000000000000", "hold_days": 1});
    world.manager.send(path, "/v1/clocks", Some(foreign), &[]).await.refused(404, "not_found");
    let gone = set_clock(&world, json!({"partner_group": "vip"})).await;
    assert_eq!(gone["items"].as_array().map(Vec::len), Some(1), "without days it is the offer's again");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_runs_while_it_is_frozen() {
    let (world, programme, click) = clicked().await;
    let conversion = sale(&world, &click, "A").await;
    act(&world, &conversion, "approve", json!({})).await.ok();
    world.pass_days(10).await;
    let frozen = act(&world, &conversion, "freeze", json!({"note": "the order is in dispute"})).await.ok();
    assert!(frozen["frozen_at"].is_string(), "{frozen}");
    act(&world, &conversion, "freeze", json!({})).await.refused(409, "illegal_move");
    world.pass_days(30).await;
    assert_eq!(show(&world, &conversion).await["status"], "approved", "its lock was due");
    let going = act(&world, &conversion, "unfreeze", json!({})).await.ok();
    assert_eq!((&going["frozen_at"], &going["lock_at"]), (&Value::Null, &json!("2026-03-17T23:00:00.000Z")));
    act(&world, &conversion, "unfreeze", json!({})).await.refused(409, "illegal_move");
    world.pass_days(4).await;
    assert_eq!(show(&world, &conversion).await["status"], "locked", "four of fourteen days were left");

    act(&world, &conversion, "freeze", json!({})).await.ok();
    let owed = world.manager.get("/v1/payouts/owed").await.ok();
    assert_eq!((&owed["items"][0]["frozen"]["minor"], &owed["total"]["minor"]), (&json!(800), &json!(0)));
    world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await.refused(409, "nothing_to_pay");
    act(&world, &conversion, "unfreeze", json!({})).await.ok();
    let batch = world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    assert_eq!(batch["total"]["minor"], 800);
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    act(&world, &conversion, "freeze", json!({})).await.refused(409, "illegal_move");
    let partner = world.partner_member(&programme.partner).await;
    partner.post(&format!("/v1/conversions/{conversion}/freeze"), json!({})).await.refused(403, "not_permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversion_moves_to_another_partner_and_both_see_their_side() {
    let (world, programme, click) = clicked().await;
    let other = json!({"name": "Summit Club", "email": "hello@summit.example"});
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let conversion = sale(&world, &click, "A").await;
    act(&world, &conversion, "approve", json!({})).await.ok();
    let to = json!({"partner_id": other, "note": "the coupon was printed for Summit Club"});
    let moved = act(&world, &conversion, "reassign", to.clone()).await.ok();
    assert_eq!((&moved["partner_id"], &moved["attributed_by"]), (&json!(other), &json!("moved")));
    assert_eq!(standing(&world, &programme).await, [0, 0, 0, 0]);
    assert_eq!(world.balance(&other).await["approved"], 800);
    let last = moved["moves"].as_array().and_then(|moves| moves.last()).expect("a move");
    assert_eq!(
        (&last["action"], &last["from_partner_id"], &last["to_partner_id"]),
        (&json!("reassign"), &json!(programme.partner), &json!(other))
    );
    act(&world, &conversion, "reassign", to).await.refused(409, "illegal_move");

    let path = format!("/v1/conversions/{conversion}");
    let first = world.partner_member(&programme.partner).await;
    let seen = first.get(&path).await.ok();
    assert_eq!((&seen["payout"]["minor"], &seen["commissions"]), (&json!(0), &json!([])), "{seen}");
    assert!(seen["moves"].to_string().contains("reassign") && !seen.to_string().contains(&other), "{seen}");
    let second = world.partner_member(&other).await;
    let seen = second.get(&path).await.ok();
    assert_eq!(
        (&seen["payout"]["minor"], &seen["click_id"], &seen["link_id"]),
        (&json!(800), &Value::Null, &Value::Null)
    );
    let kinds = async |partner: &str| -> Vec<String> {
        let lines = world.manager.get(&format!("/v1/partners/{partner}/statement")).await.ok();
        lines["items"].as_array().expect("lines").iter().map(|line| text(line, "kind")).collect()
    };
    assert_eq!(kinds(&programme.partner).await, ["reassign", "approve", "hold"]);
    assert_eq!(kinds(&other).await, ["reassign"]);
    let totals = world.totals(&["conversions", "payout"]).await;
    assert_eq!(totals, json!({"conversions": 1, "payout": 800}), "counted once");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_payout_the_first_partner_owes_it_and_the_other_is_paid_next() {
    let (world, programme, click) = clicked().await;
    let other = json!({"name": "Summit Club", "email": "hello@summit.example"});
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let conversion = sale(&world, &click, "A").await;
    act(&world, &conversion, "approve", json!({})).await.ok();
    world.pass_days(15).await;
    let batch = world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    let to = json!({"partner_id": other, "note": "credited to the wrong account"});
    let moved = act(&world, &conversion, "reassign", to).await.ok();
    assert_eq!((&moved["status"], &moved["paid_at"]), (&json!("locked"), &Value::Null));
    assert_eq!(payable_and_debt(&world, &programme.partner).await, (0, 800));
    assert_eq!(payable_and_debt(&world, &other).await, (800, 0));
    let batch = world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    assert_eq!(batch["payouts"][0]["partner_id"], json!(other));
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    assert_eq!(show(&world, &conversion).await["status"], "paid");
    let back = json!({"partner_id": programme.partner, "note": "it was right at first"});
    act(&world, &conversion, "reassign", back).await.ok();
    assert_eq!(payable_and_debt(&world, &programme.partner).await, (0, 0), "the debt is settled first");
    assert_eq!(payable_and_debt(&world, &other).await, (0, 800));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chargeback_takes_the_sale_back() {
    let (world, programme, click) = clicked().await;
    let conversion = sale(&world, &click, "A").await;
    act(&world, &conversion, "approve", json!({})).await.ok();
    let reversed = act(&world, &conversion, "reverse", json!({"reason": "chargeback"})).await.ok();
    assert_eq!((&reversed["status"], &reversed["reason"]), (&json!("reversed"), &json!("chargeback")));
    assert_eq!(standing(&world, &programme).await, [0, 0, 0, 0]);
}
