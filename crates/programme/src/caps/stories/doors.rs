//! Who makes, changes and sees caps; what they are told.

use serde_json::json;
use testkit::{World, text};

use super::{cap, click, pacing, sell, sell_on, used};

#[tokio::test(flavor = "multi_thread")]
async fn terms_that_make_no_sense_are_refused() {
    let world = World::new().await;
    let programme = world.programme().await;
    let base =
        json!({"metric": "conversions", "period": "day", "scope": "offer", "offer_id": programme.offer, "limit": 5});
    for (change, field) in [
        (json!({"limit": 0}), "limit"),
        (json!({"limit": null}), "limit"),
        (json!({"offer_id": null}), "offer_id"),
        (json!({"scope": "partner"}), "partner_id"),
        (json!({"scope": "goal"}), "goal_id"),
        (json!({"scope": "source"}), "source_id"),
        (json!({"metric": "clicks", "on_reach": "pending"}), "on_reach"),
        (json!({"kind": "test"}), "period"),
        (json!({"counted": []}), "counted"),
        (json!({"thresholds": [101]}), "thresholds"),
        (json!({"grace": "hours"}), "grace_hours"),
        (json!({"metric": "payout", "currency": "USD"}), "currency"),
        (json!({"filter": {"countries": ["Poland"]}}), "filter.countries"),
    ] {
        let mut body = base.clone();
        body.as_object_mut().expect("object").extend(change.as_object().expect("object").clone());
        let reply = world.manager.post("/v1/caps", body).await.refused(422, "invalid_fields");
        assert_eq!(reply.json()["errors"][0]["field"], field, "{}", reply.text);
    }
    let mut body = base;
    body["timezone"] = json!("Mars/Olympus");
    world.manager.post("/v1/caps", body).await.refused(400, "bad_timezone");
}

#[tokio::test(flavor = "multi_thread")]
async fn partners_see_what_is_left_of_their_offers() {
    let world = World::new().await;
    let programme = world.programme().await;
    let everybodys = cap(&world, &programme, json!({"limit": 5})).await;
    let own = json!({"limit": 3, "scope": "partner", "partner_id": programme.partner});
    let own = cap(&world, &programme, own).await;
    let money = cap(&world, &programme, json!({"metric": "revenue", "limit": 100_000})).await;
    let other = world.manager.post("/v1/partners", json!({"name": "Other", "email": "o@other.example"})).await.ok();
    let foreign = json!({"limit": 3, "scope": "partner", "partner_id": other["id"]});
    let foreign = cap(&world, &programme, foreign).await;
    sell(&world, &programme, "A").await;

    let partner = world.partner_member(&programme.partner).await;
    let seen = partner.get("/v1/caps").await.ok();
    let ids: Vec<_> = seen["items"].as_array().expect("items").iter().map(|item| text(item, "id")).collect();
    assert_eq!(ids, [own.clone(), everybodys]);
    assert_eq!((&seen["items"][0]["pacing"]["used"], &seen["items"][0]["pacing"]["left"]), (&json!(1), &json!(2)));
    assert!(seen["items"][0].get("thresholds").is_none());
    for hidden in [&money, &foreign] {
        partner.get(&format!("/v1/caps/{hidden}")).await.refused(404, "not_found");
    }
    partner.patch(&format!("/v1/caps/{own}"), json!({"limit": 9})).await.refused(403, "not_permitted");
    let advertiser = world.advertiser_member(&programme.advertiser).await;
    advertiser.get(&format!("/v1/caps/{money}")).await.ok();
    advertiser.get(&format!("/v1/caps/{own}")).await.refused(404, "not_found");
    let (elsewhere, _) = world.other_workspace().await;
    elsewhere.get(&format!("/v1/caps/{own}")).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn pacing_says_when_it_will_be_full() {
    let world = World::new().await;
    let programme = world.programme().await;
    let cap = cap(&world, &programme, json!({"limit": 20})).await;
    for order in ["A", "B", "C", "D"] {
        sell(&world, &programme, order).await;
    }
    let pacing = pacing(&world, &cap).await;
    assert_eq!((&pacing["used"], &pacing["left"], &pacing["used_percent"]), (&json!(4), &json!(16), &json!(20)));
    assert_eq!(pacing["period_start"], "2026-02-01T23:00:00.000Z");
    assert_eq!(pacing["projected"], 9, "four in ten hours");
    assert_eq!(pacing["full_at"], json!(null), "not today");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_manager_is_told_early_and_once() {
    let world = World::new().await;
    let programme = world.programme().await;
    cap(&world, &programme, json!({"limit": 2, "thresholds": [50, 100]})).await;
    sell(&world, &programme, "A").await;
    world.settle().await;
    let letters = world.mail_to("manager@riverside.example");
    assert_eq!(letters.len(), 1);
    assert!(letters[0].subject.contains("50 %") && letters[0].text.contains("1 of 2"), "{letters:?}");
    let (_, _, second) = sell(&world, &programme, "B").await;
    super::act(&world, &second, "reject").await.ok();
    sell(&world, &programme, "C").await;
    world.settle().await;
    let letters = world.mail_to("manager@riverside.example");
    assert_eq!(letters.len(), 1, "100 % is told once: {letters:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_waits_for_a_decision() {
    let world = World::new().await;
    let programme = world.programme().await;
    let test = json!({"period": "total", "limit": 1, "kind": "test", "kpi": "40 % approved"});
    let cap = cap(&world, &programme, test).await;
    let decide = format!("/v1/caps/{cap}/decide");
    world.manager.post(&decide, json!({"decision": "go_on"})).await.refused(409, "illegal_move");
    let late = click(&world, &programme).await;
    sell(&world, &programme, "A").await;
    assert_eq!(sell_on(&world, &late, "B", "80.00").await.1, "cap_offer_total_conversions");
    let waiting = world.manager.get("/v1/caps?decision=open").await.ok();
    assert_eq!((&waiting["items"][0]["id"], &waiting["items"][0]["kpi"]), (&json!(cap), &json!("40 % approved")));
    world.manager.post(&decide, json!({"decision": "go_on", "note": "good"})).await.ok();
    assert_eq!(sell(&world, &programme, "C").await.0, "pending", "the test is over");
    assert_eq!(used(&world, &cap).await, 1);
}
