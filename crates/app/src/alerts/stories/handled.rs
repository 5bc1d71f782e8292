//! What people do with an alert.

use app::identity::Role;

use super::*;

const MANAGER: &str = "manager@riverside.example";
const OWNER: &str = "owner@riverside.example";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_stands_is_told_once_and_what_was_resolved_opens_again_only_after_it_was_gone() {
    let world = World::new().await;
    let programme = world.programme().await;
    clicks(&world, &programme.slug, 4);
    hours(&world, 1).await;
    rule(&world, "Few clicks", few_clicks(Some("partner"))).await;
    hours(&world, 3).await;
    assert_eq!(open(&world).await, [("Few clicks".to_owned(), programme.partner.clone())]);
    let mail = world.mail_to(MANAGER);
    assert_eq!(mail.len(), 1, "once, not every hour");
    assert_eq!(mail[0].subject, "Few clicks: Trail Notes");

    let alert = alerts(&world.manager, "").await.remove(0);
    let resolved = handle(&world, &alert, json!({"kind": "resolve", "done": "The partner is on holiday"})).await;
    assert_eq!((&resolved["state"], &resolved["done"]), (&json!("resolved"), &json!("The partner is on holiday")));
    let path = format!("/v1/alerts/{}/handle", text(&alert, "id"));
    world.manager.post(&path, json!({"kind": "resolve", "done": "Again"})).await.refused(409, "already_decided");
    hours(&world, 3).await;
    assert!(open(&world).await.is_empty() && world.mail_to(MANAGER).is_empty(), "it stands, and somebody has looked");

    clicks(&world, &programme.slug, 20);
    hours(&world, 8).await;
    world.advance_millis(20 * HOUR_MS);
    look(&world).await;
    assert_eq!(open(&world).await.len(), 1, "it was gone, and it is back");
    assert_eq!(world.mail_to(MANAGER).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_put_off_comes_back_to_whoever_took_it_on() {
    let world = World::new().await;
    let programme = world.programme().await;
    world.member(Role::Owner).await;
    let analyst = world.member(Role::Analyst).await;
    clicks(&world, &programme.slug, 4);
    hours(&world, 1).await;
    rule(&world, "Few clicks", few_clicks(None)).await;
    look(&world).await;
    assert_eq!(world.mail_to(OWNER).len(), 1);
    let alert = alerts(&analyst, "state=open").await.remove(0);
    let me = text(&analyst.get("/v1/me").await.ok(), "user_id");
    handle(&world, &alert, json!({"kind": "assign", "user_id": me})).await;
    assert_eq!(alerts(&analyst, &format!("assigned_to={me}")).await.len(), 1);

    let until = world.now().plus_millis(2 * HOUR_MS).to_string();
    handle(&world, &alert, json!({"kind": "snooze", "until": until})).await;
    hours(&world, 1).await;
    assert!(open(&world).await.is_empty());
    assert_eq!(alerts(&world.manager, "state=open&snoozed=true").await.len(), 1);
    hours(&world, 2).await;
    assert_eq!(open(&world).await.len(), 1);
    assert_eq!((world.mail_to("analyst@riverside.example").len(), world.mail_to(OWNER).len()), (1, 0));
    hours(&world, 2).await;
    assert!(world.mail_to("analyst@riverside.example").is_empty(), "once more, not every hour");

    let path = format!("/v1/alerts/{}/handle", text(&alert, "id"));
    let past = world.now().plus_millis(-1).to_string();
    world.manager.post(&path, json!({"kind": "snooze", "until": past})).await.refused(422, "invalid_fields");
    let stranger = "usr_01KAMX4S5T0000000000000000";
    world.manager.post(&path, json!({"kind": "assign", "user_id": stranger})).await.refused(422, "invalid_fields");
    world.manager.post(&path, json!({"kind": "resolve", "done": " "})).await.refused(422, "invalid_fields");
    analyst.post(&path, json!({"kind": "resolve", "done": "Done"})).await.refused(403, "not_permitted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_alert_of_another_workspace_is_not_there() {
    let world = World::new().await;
    let programme = world.programme().await;
    clicks(&world, &programme.slug, 4);
    let rule = rule(&world, "Few clicks", few_clicks(None)).await;
    look(&world).await;
    let alert = text(&alerts(&world.manager, "").await[0], "id");
    let (stranger, _) = world.other_workspace().await;
    assert!(alerts(&stranger, "").await.is_empty());
    stranger.get(&format!("/v1/alerts/{alert}")).await.refused(404, "not_found");
    let done = json!({"kind": "resolve", "done": "Done"});
    stranger.post(&format!("/v1/alerts/{alert}/handle"), done).await.refused(404, "not_found");
    stranger.delete(&format!("/v1/alert-rules/{rule}")).await.refused(404, "not_found");
    let partner = world.partner_member(&programme.partner).await;
    partner.get("/v1/alerts").await.refused(403, "not_permitted");
}
