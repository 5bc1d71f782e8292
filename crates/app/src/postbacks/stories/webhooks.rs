//! Webhooks of the workspace.

use app::postbacks::signature;

use super::*;

const ERP: &str = "erp.example";

async fn webhook(world: &World) -> (String, String) {
    let body = json!({"name": "ERP", "url": "https://erp.example/in", "events": [{"event": "approved"}]});
    let made = world.manager.post("/v1/webhooks", body).await.ok();
    (text(&made, "id"), text(&made, "secret"))
}

fn signed(received: &Received, secrets: &[String]) -> String {
    let seconds = header(received, "webhook-timestamp").parse().expect("seconds");
    signature::sign(secrets, header(received, "webhook-id"), seconds, received.body.as_deref().expect("a body"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_signed_and_its_secret_rotates_without_a_gap() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (id, old) = webhook(&world).await;
    assert!(old.starts_with("whsec_"));
    let conversion = sale(&world, &programme, "A-1").await;
    assert!(world.receivers.take(ERP).is_empty(), "only what it asked for");
    act(&world, &conversion, "approve", json!({})).await;
    let told = world.receivers.take(ERP);
    assert_eq!(header(&told[0], "webhook-signature"), signed(&told[0], std::slice::from_ref(&old)));
    let body: Value = serde_json::from_str(told[0].body.as_deref().expect("a body")).expect("JSON");
    assert_eq!((&body["type"], &body["data"]["conversion_id"]), (&json!("conversion.approved"), &json!(conversion)));
    assert_eq!(body["data"]["payout"], json!({"minor": 800, "currency": "EUR"}));

    let new = text(&world.manager.post(&format!("/v1/webhooks/{id}/secret"), json!({})).await.ok(), "secret");
    let conversion = sale(&world, &programme, "A-2").await;
    act(&world, &conversion, "approve", json!({})).await;
    let told = world.receivers.take(ERP);
    let both = header(&told[0], "webhook-signature");
    assert_eq!(both, signed(&told[0], &[new.clone(), old.clone()]));
    assert!(both.contains(&signed(&told[0], &[old])), "who knows the old one still reads it");
    assert_eq!(world.manager.delete(&format!("/v1/webhooks/{id}/secret")).await.ok()["live_secrets"], 1);
    world.manager.post(&format!("/v1/webhooks/{id}/test"), json!({})).await.ok();
    let told = world.receivers.take(ERP);
    assert_eq!(header(&told[0], "webhook-signature"), signed(&told[0], &[new]));
    assert!(told[0].body.as_deref().is_some_and(|body| body.contains(r#""is_test":true"#)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_gone_is_asked_no_more() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (id, _) = webhook(&world).await;
    world.receivers.tell(ERP, [FakeReceivers::answer(410, "")]);
    let conversion = sale(&world, &programme, "A-1").await;
    act(&world, &conversion, "approve", json!({})).await;
    assert_eq!(world.manager.get(&format!("/v1/webhooks/{id}")).await.ok()["state"], "failing");
    assert_eq!(log(&world.manager, &format!("webhook_id={id}&state=held")).await.len(), 1);
    world.receivers.take(ERP);
}

#[tokio::test(flavor = "multi_thread")]
async fn partners_see_nothing_of_webhooks() {
    let world = World::new().await;
    let programme = world.programme().await;
    webhook(&world).await;
    let conversion = sale(&world, &programme, "A-1").await;
    act(&world, &conversion, "approve", json!({})).await;
    let partner = world.partner_member(&programme.partner).await;
    partner.get("/v1/webhooks").await.refused(403, "not_permitted");
    assert!(log(&partner, "").await.is_empty());
    let types = world.manager.get("/v1/webhooks/event-types").await.ok();
    assert_eq!(types["items"][1]["sample"]["type"], "conversion.approved");
    world.receivers.take(ERP);
}
