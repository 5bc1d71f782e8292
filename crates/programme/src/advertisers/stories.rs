//! Stories of advertisers, told through the public door.

#[path = "stories/own.rs"]
mod own;

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{World, text};

#[tokio::test(flavor = "multi_thread")]
async fn an_advertiser_is_made_changed_and_remembered() {
    let world = World::new().await;
    let made = world.manager.post("/v1/advertisers", json!({"name": " <b>Northwind</b> "})).await.ok();
    assert_eq!((&made["name"], &made["state"]), (&json!("<b>Northwind</b>"), &json!("active")), "HTML is plain text");
    assert_eq!(made["status_map"]["trash"], json!({"state": "rejected", "reason": "bad_contact"}));
    let path = format!("/v1/advertisers/{}", text(&made, "id"));
    let change = json!({
        "status_map": {"Storno": {"state": "reversed", "reason": "returned"}}, "timezone": "Europe/Berlin",
        "ip_allow_list": ["203.0.113.0/24"], "external_refs": {"everflow": "17"}, "min_trust": "signature"
    });
    let changed = world.manager.patch(&path, change).await.ok();
    assert_eq!(changed["status_map"]["storno"]["state"], "reversed");
    assert_eq!(changed["status_map"]["confirmed"]["state"], "approved", "the common words stay");
    assert_eq!(changed["external_refs"]["everflow"], "17");
    assert_eq!(world.manager.patch(&path, json!({"timezone": null})).await.ok()["timezone"], Value::Null);
    let log = world.manager.get(&format!("/v1/audit?subject={}", text(&made, "id"))).await.ok();
    assert_eq!(log["items"][1]["after"]["timezone"], "Europe/Berlin");
    assert_eq!(log["items"][2]["action"], "advertiser.created");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_texts_and_networks_are_refused() {
    let world = World::new().await;
    let long = "x".repeat(201);
    for body in [
        json!({"name": ""}),
        json!({"name": long}),
        json!({"name": "a\u{0}b"}),
        json!({"name": "a", "ip_allow_list": ["203.0.113.0/64"]}),
        json!({"name": "a", "external_refs": {"x": ""}}),
    ] {
        world.manager.post("/v1/advertisers", body).await.refused(422, "invalid_fields");
    }
    world
        .manager
        .post("/v1/advertisers", json!({"name": "a", "timezone": "Mars/Olympus"}))
        .await
        .refused(400, "bad_timezone");
    world.manager.post("/v1/advertisers", json!({"name": 7})).await.refused(400, "bad_body");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_token_is_known_to_the_edge_at_once_and_the_one_before_until_the_next() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/advertisers/{}/postback-token", made.advertiser);
    let is_known = |token: &str| {
        let table = world.platform().app().routes.table();
        table.token(&edge::routes::token_digest(token)).is_some()
    };
    let first = text(&world.manager.post(&path, json!({})).await.ok(), "secret");
    assert!(is_known(&first) && is_known(&world.postback_token));
    let second = text(&world.manager.post(&path, json!({})).await.ok(), "secret");
    assert!(is_known(&second) && is_known(&first));
    let third = text(&world.manager.post(&path, json!({})).await.ok(), "secret");
    assert!(is_known(&third) && is_known(&second) && !is_known(&first));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_advertisers_offers_take_no_traffic() {
    let world = World::new().await;
    let made = world.programme().await;
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 302);
    world.manager.patch(&format!("/v1/advertisers/{}", made.advertiser), json!({"state": "paused"})).await.ok();
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 404, "no fallback is set");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_advertiser_sees_only_itself_and_another_workspace_nothing() {
    let world = World::new().await;
    let one = text(&world.manager.post("/v1/advertisers", json!({"name": "One"})).await.ok(), "id");
    let two = text(&world.manager.post("/v1/advertisers", json!({"name": "Two"})).await.ok(), "id");
    let member = world.advertiser_member(&one).await;
    assert_eq!(member.get("/v1/advertisers").await.ok()["items"].as_array().map(Vec::len), Some(1));
    member.get(&format!("/v1/advertisers/{two}")).await.refused(404, "not_found");
    member.patch(&format!("/v1/advertisers/{one}"), json!({"name": "Mine"})).await.refused(403, "not_permitted");
    let (stranger, _) = world.other_workspace().await;
    for path in [format!("/v1/advertisers/{one}"), format!("/v1/advertisers/{one}/managers")] {
        stranger.get(&path).await.refused(404, "not_found");
    }
    stranger.patch(&format!("/v1/advertisers/{one}"), json!({"name": "Stolen"})).await.refused(404, "not_found");
    stranger.post(&format!("/v1/advertisers/{one}/postback-token"), json!({})).await.refused(404, "not_found");
    let page = world.manager.get("/v1/advertisers?limit=1").await.ok();
    assert_eq!(page["items"][0]["id"], json!(two));
    let next = format!("/v1/advertisers?limit=1&cursor={}", text(&page, "next_cursor"));
    let page = world.manager.get(&next).await.ok();
    assert_eq!((&page["items"][0]["id"], &page["next_cursor"]), (&json!(one), &Value::Null));
    assert_eq!(stranger.get(&next).await.ok()["items"], json!([]), "a cursor carries no right");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_manager_is_dated() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let made = world.manager.post("/v1/advertisers", json!({"name": "One"})).await.ok();
    let path = format!("/v1/advertisers/{}", text(&made, "id"));
    let other = text(&owner.get("/v1/me").await.ok(), "user_id");
    world.advance_millis(1_000);
    world.manager.patch(&path, json!({"manager_id": other})).await.ok();
    let terms = world.manager.get(&format!("{path}/managers")).await.ok();
    assert_eq!(terms["items"][0]["manager_id"], json!(other));
    assert_eq!(terms["items"][0]["since"], terms["items"][1]["until"]);
    let nobody = "usr_01KAMX4S5T0000000000000000";
    world.manager.patch(&path, json!({"manager_id": nobody})).await.refused(422, "invalid_fields");
}
