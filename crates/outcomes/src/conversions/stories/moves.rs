//! How conversions move: by people, by the advertiser's words, by the clock; what the book and the partner see of it.

use serde_json::{Value, json};
use testkit::text;

use super::{act, clicked, sale, set_terms, show, standing, verdict};

#[tokio::test(flavor = "multi_thread")]
async fn from_a_click_to_payable() {
    let (world, programme, click) = clicked().await;
    let conversion = sale(&world, &click, "A").await;
    assert_eq!(standing(&world, &programme).await, [800, 0, 0, 0]);
    act(&world, &conversion, "approve", json!({})).await.ok();
    assert_eq!(standing(&world, &programme).await, [0, 800, 0, 0]);
    world.pass_days(13).await;
    assert_eq!(standing(&world, &programme).await, [0, 800, 0, 0], "the hold is 14 days");
    world.pass_days(1).await;
    assert_eq!(standing(&world, &programme).await, [0, 0, 800, 0]);
    let detail = show(&world, &conversion).await;
    let actions: Vec<_> = detail["moves"].as_array().expect("moves").iter().map(|one| text(one, "action")).collect();
    assert_eq!(actions, ["receive", "approve", "lock"]);
    assert_eq!(detail["commissions"][0]["amount"], json!({"minor": 800, "currency": "EUR"}));
    let why = json!({"conditions": detail["commissions"][0]["rule"]["conditions"], "effect": {"percent": "10"}, "limits": []});
    assert_eq!(detail["commissions"][0]["rule"], why, "the rule that priced it");
    assert_eq!(why["conditions"]["goal_id"], detail["goal_id"]);
    let member = world.partner_member(&programme.partner).await;
    let own = member.get(&format!("/v1/conversions/{conversion}")).await.ok();
    assert_eq!(own["commissions"][0]["rule"], why, "and its partner reads the same");
    act(&world, &conversion, "reject", json!({})).await.refused(409, "conversion_locked");
    act(&world, &conversion, "approve", json!({})).await.refused(409, "conversion_locked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejection_and_a_reinstatement() {
    let (world, programme, click) = clicked().await;
    let conversion = sale(&world, &click, "A").await;
    let rejected = act(&world, &conversion, "reject", json!({"reason": "unpaid", "note": "no money came"})).await.ok();
    assert_eq!((&rejected["status"], &rejected["reason"]), (&json!("rejected"), &json!("unpaid")));
    assert_eq!(standing(&world, &programme).await, [0, 0, 0, 0]);
    act(&world, &conversion, "reverse", json!({})).await.refused(409, "illegal_move");
    let again = act(&world, &conversion, "reinstate", json!({})).await.ok();
    assert_eq!((&again["status"], &again["reason"]), (&json!("approved"), &Value::Null));
    assert_eq!(standing(&world, &programme).await, [0, 800, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_advertisers_words_move_it() {
    let (world, programme, click) = clicked().await;
    let conversion = sale(&world, &click, "A").await;
    for (query, status, reason, expected) in [
        ("status=CONFIRMED", "approved", "", [0, 800, 0, 0]),
        ("status=perhaps", "approved", "", [0, 800, 0, 0]),
        ("status=refunded&amount=20.00", "approved", "", [0, 600, 0, 0]),
        ("status=hold", "approved", "illegal_move", [0, 600, 0, 0]),
        ("status=refunded&amount=60.01", "approved", "amount_out_of_range", [0, 600, 0, 0]),
        ("status=cancelled", "reversed", "customer_refused", [0, 0, 0, 0]),
        ("status=approved", "approved", "", [0, 600, 0, 0]),
    ] {
        let (found, why) = verdict(&world, &format!("order_id=A&goal=sale&{query}")).await;
        assert_eq!((found.as_str(), why.as_str()), (status, reason), "{query}");
        assert_eq!(standing(&world, &programme).await, expected, "{query}");
    }
    assert_eq!(world.conversions_of("A").await.len(), 1, "updates are never duplicates");
    assert_eq!(text(&show(&world, &conversion).await, "advertiser_words"), "approved");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_amount_reprices() {
    let (world, programme, click) = clicked().await;
    sale(&world, &click, "A").await;
    let query = format!("click_id={click}&goal=sale&amount=120.00&order_id=A");
    assert_eq!(verdict(&world, &query).await.0, "pending");
    assert_eq!(standing(&world, &programme).await, [1_200, 0, 0, 0]);
    assert_eq!(verdict(&world, &format!("{query}&status=approved&adv1=x")).await.0, "approved");
    assert_eq!(verdict(&world, "order_id=A&amount=40.00").await.0, "approved");
    assert_eq!(standing(&world, &programme).await, [0, 400, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_after_the_lock_comes_from_what_is_payable() {
    let (world, programme, click) = clicked().await;
    let conversion = sale(&world, &click, "A").await;
    act(&world, &conversion, "approve", json!({})).await.ok();
    world.pass_days(15).await;
    let part = json!({"reason": "returned", "amount": {"minor": 2000, "currency": "EUR"}});
    let detail = act(&world, &conversion, "reverse", part).await.ok();
    assert_eq!((&detail["status"], &detail["refunded"]["minor"]), (&json!("locked"), &json!(2000)));
    assert_eq!(standing(&world, &programme).await, [0, 0, 600, 0]);
    let too_much = json!({"amount": "60.01"});
    act(&world, &conversion, "reverse", too_much).await.refused(422, "amount_out_of_range");
    act(&world, &conversion, "reverse", json!({"amount": {"minor": 1, "currency": "USD"}}))
        .await
        .refused(400, "bad_currency");
    let whole = act(&world, &conversion, "reverse", json!({})).await.ok();
    assert_eq!(whole["status"], "reversed");
    assert_eq!(standing(&world, &programme).await, [0, 0, 0, 0]);
    let again = act(&world, &conversion, "reinstate", json!({})).await.ok();
    assert_eq!((&again["status"], &again["payout"]["minor"]), (&json!("locked"), &json!(600)));
    assert_eq!(standing(&world, &programme).await, [0, 0, 600, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn unjudged_conversions_do_as_the_offer_says() {
    for (expiry, status) in [("stay", "pending"), ("approve", "approved"), ("reject", "rejected")] {
        let (world, programme, click) = clicked().await;
        set_terms(&world, &programme, json!({"validation_days": 7, "validation_expiry": expiry})).await;
        let conversion = sale(&world, &click, "A").await;
        world.pass_days(6).await;
        assert_eq!(show(&world, &conversion).await["status"], "pending");
        world.pass_days(1).await;
        assert_eq!(show(&world, &conversion).await["status"], status, "{expiry}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_may_start_approved() {
    let (world, programme, click) = clicked().await;
    set_terms(&world, &programme, json!({"conversion_start": "approved", "hold_days": 0})).await;
    assert_eq!(verdict(&world, &format!("click_id={click}&amount=80&order_id=A")).await.0, "approved");
    world.advance_millis(60_000);
    world.settle().await;
    assert_eq!(standing(&world, &programme).await, [0, 0, 800, 0], "no hold: payable at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_judged_at_once() {
    let (world, programme, click) = clicked().await;
    let first = sale(&world, &click, "A").await;
    let second = sale(&world, &world.click(&programme.slug).await, "B").await;
    let judgement = json!({"action": "approve", "ids": [first, second], "note": "checked"});
    assert_eq!(world.manager.post("/v1/conversions/bulk", judgement.clone()).await.ok()["moved"], 2);
    let again = world.manager.post("/v1/conversions/bulk", judgement).await.ok();
    assert_eq!((&again["moved"], &again["refused"][1]["code"]), (&json!(0), &json!("illegal_move")));
    assert_eq!(standing(&world, &programme).await, [0, 1_600, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reader_sees_their_own() {
    let (world, programme, click) = clicked().await;
    let conversion = sale(&world, &click, "A").await;
    let path = format!("/v1/conversions/{conversion}");
    let partner = world.partner_member(&programme.partner).await;
    let seen = partner.get(&path).await.ok();
    assert_eq!((&seen["payout"]["minor"], &seen["revenue"], &seen["trust"]), (&json!(800), &Value::Null, &Value::Null));
    partner.post(&format!("{path}/approve"), json!({})).await.refused(403, "not_permitted");
    partner.get("/v1/receipts").await.refused(404, "not_found");
    let advertiser = world.advertiser_member(&programme.advertiser).await;
    let seen = advertiser.get(&path).await.ok();
    assert_eq!((&seen["revenue"]["minor"], &seen["payout"]), (&json!(1_200), &Value::Null));
    let other = world.manager.post("/v1/partners", json!({"name": "Other", "email": "other@example.com"})).await.ok();
    world.partner_member(&text(&other, "id")).await.get(&path).await.refused(404, "not_found");
    let rival = world.manager.post("/v1/advertisers", json!({"name": "Rival"})).await.ok();
    let rival = world.advertiser_member(&text(&rival, "id")).await;
    rival.get(&path).await.refused(404, "not_found");
    rival.post(&format!("{path}/approve"), json!({})).await.refused(404, "not_found");
    let (elsewhere, _) = world.other_workspace().await;
    elsewhere.get(&path).await.refused(404, "not_found");
    elsewhere.post(&format!("{path}/approve"), json!({})).await.refused(404, "not_found");
    assert_eq!(elsewhere.get("/v1/conversions").await.ok()["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_follows_every_move() {
    let (world, _, click) = clicked().await;
    let conversion = sale(&world, &click, "A").await;
    let payout = async |world: &testkit::World| world.totals(&["conversions", "payout", "revenue"]).await;
    let totals = payout(&world).await;
    assert_eq!(
        (&totals["conversions"], &totals["payout"], &totals["revenue"]),
        (&json!(1), &json!(800), &json!(1_200))
    );
    act(&world, &conversion, "approve", json!({})).await.ok();
    act(&world, &conversion, "reverse", json!({"amount": "40.00"})).await.ok();
    let totals = payout(&world).await;
    assert_eq!((&totals["conversions"], &totals["payout"], &totals["revenue"]), (&json!(1), &json!(400), &json!(600)));
}
