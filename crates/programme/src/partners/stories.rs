//! Stories of partners, told through the public door.

#[path = "stories/accounts.rs"]
mod accounts;
#[path = "stories/own.rs"]
mod own;

use serde_json::{Value, json};
use testkit::{World, text};

#[tokio::test(flavor = "multi_thread")]
async fn a_suspension_is_seen_by_the_edge_at_once() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/partners/{}", made.partner);
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 302);
    let suspend = json!({"state": "suspended", "state_reason": "traffic under review"});
    assert_eq!(world.manager.patch(&path, suspend).await.ok()["state_reason"], "traffic under review");
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 404);
    let both = json!({"offer_id": made.offer, "partner_id": made.partner});
    world.manager.post("/v1/links", both).await.refused(409, "illegal_move");
    assert_eq!(world.manager.patch(&path, json!({"state": "active"})).await.ok()["state_reason"], Value::Null);
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 302);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unverified_trafficback_is_not_followed() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/partners/{}", made.partner);
    world
        .manager
        .patch(&path, json!({"trafficback_url": "http://10.0.0.1/"}))
        .await
        .refused(422, "landing_not_allowed");
    world.manager.patch(&path, json!({"trafficback_url": "https://back.example/?s={sub1}"})).await.ok();
    world.manager.patch(&format!("/v1/offers/{}", made.offer), json!({"state": "paused"})).await.ok();
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 404);
    assert_eq!(
        world.manager.patch(&path, json!({"trafficback_verified": true})).await.ok()["trafficback_verified"],
        true
    );
    let reply = world.visit(&format!("{}?sub1=a%20b", made.slug), "203.0.113.7").await;
    assert_eq!((reply.status, reply.header("location")), (302, "https://back.example/?s=a%20b"));
    let moved = json!({"trafficback_url": "https://evil.example/"});
    assert_eq!(world.manager.patch(&path, moved).await.ok()["trafficback_verified"], false);
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_sees_only_itself() {
    let world = World::new().await;
    let made = world.programme().await;
    let other = json!({"name": "Other", "email": "Other@Example.com", "group": "gold", "tags": ["b", "a", "a"]});
    let other = world.manager.post("/v1/partners", other).await.ok();
    assert_eq!((&other["email"], &other["tags"]), (&json!("other@example.com"), &json!(["a", "b"])));
    let member = world.partner_member(&made.partner).await;
    assert_eq!(member.get("/v1/partners").await.ok()["items"].as_array().map(Vec::len), Some(1));
    for rest in ["", "/team", "/payout-details"] {
        member.get(&format!("/v1/partners/{}{rest}", text(&other, "id"))).await.refused(404, "not_found");
    }
    let own = format!("/v1/partners/{}", made.partner);
    member.patch(&own, json!({"state": "active"})).await.refused(403, "not_permitted");
    member.get("/v1/advertisers").await.refused(403, "not_permitted");
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&own).await.refused(404, "not_found");
    stranger.patch(&own, json!({"name": "Stolen"})).await.refused(404, "not_found");
    let gold = world.manager.get("/v1/partners?group=gold").await.ok();
    assert_eq!(gold["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn payout_details_are_masked_and_a_team_has_roles() {
    let world = World::new().await;
    let made = world.programme().await;
    let member = world.partner_member(&made.partner).await;
    let path = format!("/v1/partners/{}/payout-details", made.partner);
    let details = json!({
        "method": "sepa", "details": {"iban": "DE89370400440532013000"}, "minimum_payouts": {"EUR": 10000}
    });
    let shown = member.put(&path, details).await.ok();
    assert_eq!(shown["details"]["iban"], "…3000");
    member.put(&path, json!({"method": "sepa", "minimum_payouts": {"EUR": -1}})).await.refused(422, "invalid_fields");
    let mistyped = json!({"method": "sepa", "details": {"iban": "DE89370400440532013001"}});
    member.put(&path, mistyped).await.refused(422, "invalid_fields");
    let mistyped = json!({"method": "usdt_trc20", "details": {"address": "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u"}});
    member.put(&path, mistyped).await.refused(422, "invalid_fields");
    let kept = member.get(&path).await.ok();
    assert_eq!((&kept["method"], &kept["details"]["iban"]), (&json!("sepa"), &json!("…3000")));
    let team_path = format!("/v1/partners/{}/team", made.partner);
    let team = world.manager.get(&team_path).await.ok();
    assert_eq!(team["items"][0]["role"], "buyer");
    let one = format!("{team_path}/{}", text(&team["items"][0], "membership_id"));
    assert_eq!(world.manager.put(&one, json!({"role": "owner"})).await.ok()["items"][0]["role"], "owner");
    let (stranger, _) = world.other_workspace().await;
    stranger.put(&one, json!({"role": "owner"})).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_partners_are_refused() {
    let world = World::new().await;
    for body in [
        json!({"name": "a", "email": "nobody"}),
        json!({"name": "", "email": "a@b.example"}),
        json!({"name": "a", "email": "a@b.example", "country": "Poland"}),
        json!({"name": "a", "email": "a@b.example", "tags": vec!["t"; 51]}),
    ] {
        world.manager.post("/v1/partners", body).await.refused(422, "invalid_fields");
    }
}
