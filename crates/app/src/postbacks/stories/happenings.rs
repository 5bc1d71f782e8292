//! Webhooks that tell what happens in the workspace.

use super::*;

const ERP: &str = "erp.example";

async fn webhook(world: &World, events: &[&str], offer: Option<&str>) -> String {
    let events: Vec<Value> = events.iter().map(|event| json!({"event": event})).collect();
    let body = json!({"name": "ERP", "url": "https://erp.example/in", "events": events, "offer_id": offer});
    text(&world.manager.post("/v1/webhooks", body).await.ok(), "id")
}

/// Types and data of what the receiver got, oldest first.
async fn heard(world: &World) -> Vec<(String, Value)> {
    world.settle().await;
    let bodies = world.receivers.take(ERP).into_iter().map(|told| told.body.expect("a body"));
    let bodies = bodies.map(|body| serde_json::from_str::<Value>(&body).expect("JSON"));
    bodies.map(|body| (text(&body, "type"), body["data"].clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn partners_and_offers_are_told_once_each() {
    let world = World::new().await;
    let programme = world.programme().await;
    let shown = json!({"visibility": "by_approval"});
    world.manager.patch(&format!("/v1/offers/{}", programme.offer), shown).await.ok();
    world.advance_millis(1_000);
    let wanted = ["partner_created", "enrollment_requested", "enrollment_approved", "offer_changed"];
    let id = webhook(&world, &wanted, None).await;
    assert!(heard(&world).await.is_empty(), "what happened before is not told");
    world.advance_millis(1_000);
    let rival = world.manager.post("/v1/partners", json!({"name": "Rival", "email": "r@rival.example"})).await.ok();
    let told = heard(&world).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((&*told[0].0, &told[0].1["partner_id"]), ("partner.created", &rival["id"]));
    let member = world.partner_member(&text(&rival, "id")).await;
    let asked = member.post("/v1/enrollments", json!({"offer_id": programme.offer})).await.ok();
    let told = heard(&world).await;
    assert_eq!((&*told[0].0, &told[0].1["after"]["state"]), ("enrollment.requested", &json!("requested")));
    let path = format!("/v1/enrollments/{}", text(&asked, "id"));
    world.manager.patch(&path, json!({"state": "approved"})).await.ok();
    let told = heard(&world).await;
    assert_eq!(told.iter().map(|told| &*told.0).collect::<Vec<_>>(), ["enrollment.approved"]);
    world.manager.patch(&format!("/v1/offers/{}", programme.offer), json!({"hold_days": 7})).await.ok();
    let told = heard(&world).await;
    assert_eq!(told.iter().map(|told| &*told.0).collect::<Vec<_>>(), ["offer.changed"]);
    assert_eq!(told[0].1["after"]["hold_days"], 7);
    world.pass_days(1).await;
    assert!(heard(&world).await.is_empty(), "each once");
    let rows = log(&world.manager, &format!("webhook_id={id}&event=offer_changed")).await;
    assert_eq!((rows.len(), &rows[0]["subject"]), (1, &json!(programme.offer)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_cap_is_told_to_those_of_its_offer() {
    let world = World::new().await;
    let programme = world.programme().await;
    webhook(&world, &["cap_reached", "partner_created"], Some(&programme.offer)).await;
    let cap = json!({
        "metric": "conversions", "period": "day", "scope": "offer", "offer_id": programme.offer, "limit": 1,
        "on_reach": "alert", "thresholds": []
    });
    let cap = text(&world.manager.post("/v1/caps", cap).await.ok(), "id");
    world.manager.post("/v1/partners", json!({"name": "Rival", "email": "r@rival.example"})).await.ok();
    assert!(heard(&world).await.is_empty(), "a partner is not the offer's");
    sale(&world, &programme, "A-1").await;
    let told = heard(&world).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((&*told[0].0, &told[0].1["cap_id"], &told[0].1["used"]), ("cap.reached", &json!(cap), &json!(1)));
    sale(&world, &programme, "A-2").await;
    assert!(heard(&world).await.is_empty(), "once in its period");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_type_has_a_sample_and_can_be_tried() {
    let world = World::new().await;
    let types = world.manager.get("/v1/webhooks/event-types").await.ok();
    let types = types["items"].as_array().cloned().unwrap_or_default();
    assert!(types.iter().all(|one| one["event"] != "click" && one["sample"]["type"] == one["type"]));
    let id = webhook(&world, &["payout_paid"], None).await;
    let tried = world.manager.post(&format!("/v1/webhooks/{id}/test"), json!({})).await.ok();
    assert_eq!(tried["state"], "delivered");
    let told = heard(&world).await;
    assert_eq!((&*told[0].0, &told[0].1["is_test"]), ("payout.paid", &json!(true)));
}
