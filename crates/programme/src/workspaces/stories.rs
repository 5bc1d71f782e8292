//! Stories of the workspace, told through the public door.

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{World, WorldOptions, text};

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_changes_the_workspace() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let before = owner.get("/v1/workspace").await.ok();
    assert_eq!((&before["name"], &before["timezone"]), (&json!("Riverside"), &json!("Europe/Warsaw")));
    let change = json!({"name": " Lakeside ", "timezone": "Asia/Kathmandu", "reporting_currency": "USD"});
    let after = owner.patch("/v1/workspace", change).await.ok();
    assert_eq!((&after["name"], &after["reporting_currency"]), (&json!("Lakeside"), &json!("USD")));
    assert_eq!(owner.get("/v1/workspace").await.ok(), after);
    for (wrong, code) in [
        (json!({"name": "  "}), "invalid_fields"),
        (json!({"timezone": "Mars/Olympus"}), "bad_timezone"),
        (json!({"reporting_currency": "euro"}), "bad_currency"),
        (json!({"name": 7}), "bad_body"),
    ] {
        assert_eq!(owner.patch("/v1/workspace", wrong.clone()).await.code(), code, "{wrong}");
    }
    assert_eq!(owner.get("/v1/workspace").await.ok(), after, "a refusal changes nothing");
    let log = owner.get("/v1/audit").await.ok();
    assert_eq!(log["items"][0]["before"]["name"], "Riverside");
    assert_eq!(log["items"][0]["after"]["name"], "Lakeside");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fallback_is_a_public_web_address() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let set = |url: Value| owner.patch("/v1/workspace", json!({"fallback_url": url}));
    for url in ["javascript:alert(1)", "http://127.0.0.1/", "http://10.0.0.1/x", "https://{sub1}.example.com/", "x"] {
        set(json!(url)).await.refused(422, "landing_not_allowed");
    }
    let reply = set(json!("https://example.com/sorry?from={sub1}")).await.ok();
    assert_eq!(reply["fallback_url"], "https://example.com/sorry?from={sub1}");
    let renamed = owner.patch("/v1/workspace", json!({"name": "Riverside"})).await.ok();
    assert_eq!(renamed["fallback_url"], reply["fallback_url"], "what is not named stays");
    assert_eq!(set(Value::Null).await.ok()["fallback_url"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotated_postback_token_replaces_the_old_one() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let shown = world.manager.get("/v1/workspace/postback-token").await.ok();
    assert_eq!(text(&shown, "token"), world.postback_token);
    world.member(Role::Finance).await.get("/v1/workspace/postback-token").await.refused(403, "not_permitted");
    world.manager.post("/v1/workspace/postback-token/rotate", json!({})).await.refused(403, "not_permitted");
    world.nobody().post("/v1/workspace/postback-token/rotate", json!({})).await.refused(401, "not_authenticated");

    let rotated = text(&owner.post("/v1/workspace/postback-token/rotate", json!({})).await.ok(), "token");
    assert_ne!(rotated, world.postback_token);
    let nobody = world.nobody();
    let postback = |token: &str| {
        let (nobody, path) = (nobody.clone(), format!("/postback?order_id=1&amount=1&currency=EUR&token={token}"));
        async move { nobody.get(&path).await }
    };
    assert_eq!(postback(&world.postback_token).await.code(), "bad_token", "the edge has forgotten it");
    assert_ne!(postback(&rotated).await.code(), "bad_token");
    let shown = owner.get("/v1/workspace/postback-token").await.ok();
    assert_eq!(text(&shown, "token"), rotated);
    assert!(text(&shown, "postback_url").ends_with(&format!("&token={rotated}")));
    let log = owner.get("/v1/audit").await.ok();
    assert_eq!(log["items"][0]["action"], "workspace.postback_token_rotated");
    assert!(!log.to_string().contains(&rotated));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_installation_is_set_up_once_by_whoever_runs_it() {
    let world = World::with(WorldOptions { bare: true, ..WorldOptions::default() }).await;
    let nobody = world.nobody();
    let body = |token: &str| {
        json!({
            "token": token, "workspace_name": "Riverside", "timezone": "Europe/Warsaw", "reporting_currency": "EUR",
            "name": "Anna", "email": "Anna@example.com", "password": "correct horse", "language": "pl"
        })
    };
    assert_eq!(nobody.get("/v1/setup").await.ok()["needed"], true);
    nobody.post("/v1/setup", body("guess")).await.refused(401, "bad_token");
    let token = world.setup_token().await.expect("nobody was here before");
    nobody.post("/v1/setup", body("guess")).await.refused(401, "bad_token");
    for (field, value, code) in [
        ("password", "short", "password_too_weak"),
        ("timezone", "Mars/Olympus", "bad_timezone"),
        ("reporting_currency", "ZZZ", "invalid_fields"),
        ("workspace_name", " ", "invalid_fields"),
        ("email", "anna", "invalid_fields"),
    ] {
        let mut wrong = body(&token);
        wrong[field] = json!(value);
        assert_eq!(nobody.post("/v1/setup", wrong).await.code(), code, "{field}");
    }
    assert_eq!(nobody.get("/v1/setup").await.ok()["needed"], true, "a refusal changes nothing");

    let reply = nobody.post("/v1/setup", body(&token)).await;
    let cookie = reply.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    assert_eq!(reply.ok()["memberships"][0]["workspace_name"], "Riverside");
    let me = nobody.send(reqwest::Method::GET, "/v1/me", None, &[("cookie", &cookie)]).await.ok();
    assert_eq!((&me["role"], &me["language"]), (&json!("owner"), &json!("pl")));
    assert_eq!((&me["email"], &me["workspace"]["timezone"]), (&json!("anna@example.com"), &json!("Europe/Warsaw")));
    assert_eq!(nobody.get("/v1/setup").await.ok()["needed"], false);
    nobody.post("/v1/setup", body(&token)).await.refused(409, "setup_done");
    assert_eq!(world.setup_token().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_installation_with_a_workspace_is_never_set_up_again() {
    let world = World::new().await;
    assert_eq!(world.nobody().get("/v1/setup").await.ok()["needed"], false);
    let body = json!({
        "token": "guess", "workspace_name": "Mine", "timezone": "UTC", "reporting_currency": "EUR", "name": "Eve",
        "email": "eve@example.com", "password": "correct horse"
    });
    world.nobody().post("/v1/setup", body).await.refused(409, "setup_done");
}
