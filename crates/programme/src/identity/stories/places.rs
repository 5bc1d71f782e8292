//! Somebody with places in several workspaces, and what everybody is told of themselves.

use app::identity::Role;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{World, text};

use super::{Browser, CSRF, PASSWORD, invite, joined};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_goes_to_another_workspace_and_stays_there() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let here = joined(&world, &owner, "anna@example.com", "analyst").await;
    let (elsewhere, _) = world.other_workspace().await;
    let advertiser = text(&elsewhere.post("/v1/advertisers", json!({"name": "Shop"})).await.ok(), "id");
    world.advance_millis(1);
    let body = json!({"email": "anna@example.com", "role": "advertiser", "advertiser_id": advertiser});
    let token = invite(&world, &elsewhere, body).await;
    let there = world.nobody().post("/v1/invitations/accept", json!({"token": token})).await.ok();

    let browser = Browser::signed_in(&world, "anna@example.com", PASSWORD).await;
    let me = browser.get("/v1/me").await.ok();
    assert_eq!(me["membership_id"], here["membership_id"], "the oldest place, unless one was chosen");
    let names: Vec<_> =
        me["memberships"].as_array().expect("places").iter().map(|one| text(one, "workspace_name")).collect();
    assert_eq!(names, ["Riverside", "Elsewhere"]);
    let moved = browser.post("/v1/session/workspace", json!({"membership_id": there["membership_id"]})).await.ok();
    assert_eq!((&moved["role"], &moved["advertiser_name"]), (&json!("advertiser"), &json!("Shop")));
    assert_eq!(browser.get("/v1/me").await.ok(), moved, "and stays there");
    browser.get("/v1/people").await.refused(403, "not_permitted");

    let other = text(&owner.get("/v1/me").await.ok(), "membership_id");
    browser.post("/v1/session/workspace", json!({"membership_id": other})).await.refused(404, "not_found");
    owner.post("/v1/session/workspace", json!({"membership_id": other})).await.refused(403, "not_permitted");
    let back = json!({"membership_id": here["membership_id"]});
    assert_eq!(browser.post("/v1/session/workspace", back).await.ok()["role"], "analyst");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_told_where_they_are_and_what_they_may() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    joined(&world, &owner, "anna@example.com", "analyst").await;
    let browser = Browser::signed_in(&world, "anna@example.com", PASSWORD).await;
    let me = browser.get("/v1/me").await.ok();
    let workspace = json!({
        "id": me["workspace_id"], "name": "Riverside", "timezone": "Europe/Warsaw", "reporting_currency": "EUR"
    });
    assert_eq!(me["workspace"], workspace);
    assert_eq!((&me["totp_enabled"], &me["partner_name"]), (&json!(false), &Value::Null));
    let may = |word: &str| me["permissions"].as_array().expect("words").contains(&json!(word));
    assert!(may("offers:read") && may("people:read") && !may("offers:write") && !may("people:write"));

    let headers = [("cookie", browser.cookie.as_str()), CSRF];
    let nobody = world.nobody();
    let change = |body: Value| nobody.send(Method::PATCH, "/v1/me", Some(body), &headers);
    let changed = change(json!({"name": " Анна ", "language": "ru"})).await.ok();
    assert_eq!((&changed["name"], &changed["language"]), (&json!("Анна"), &json!("ru")));
    assert_eq!(change(json!({"language": "pl"})).await.ok()["name"], "Анна", "what is not named stays");
    change(json!({"language": "de"})).await.refused(422, "invalid_fields");
    change(json!({"name": ""})).await.refused(422, "invalid_fields");
    let log = owner.get("/v1/audit").await.ok();
    assert_eq!(log["items"][0]["action"], "user.updated");
    let author = text(&log["items"][0], "user_id");
    assert_eq!(log["labels"][author], "Анна");
}
