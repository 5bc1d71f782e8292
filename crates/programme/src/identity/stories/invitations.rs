//! How somebody comes in: looked at first, with mail or without, and signed in at the end.

use app::identity::Role;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{World, WorldOptions, text};

use super::{Browser, OTHER_PASSWORD, PASSWORD, cookie_of, invite, joined};

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_is_asked_in_looks_first_and_is_in() {
    let world = World::new().await;
    let made = world.programme().await;
    let body = json!({"email": "jan@trailnotes.example", "role": "partner", "partner_id": made.partner});
    let token = invite(&world, &world.manager, body).await;
    let nobody = world.nobody();
    let view = nobody.post("/v1/invitations/view", json!({"token": token})).await.ok();
    assert_eq!(view["workspace_name"], "Riverside");
    assert_eq!((&view["role"], &view["partner_name"]), (&json!("partner"), &json!("Trail Notes")));
    assert_eq!((&view["email"], &view["is_known"]), (&json!("jan@trailnotes.example"), &json!(false)));
    assert_eq!(view["inviter_name"], "A member");
    assert!(!view.to_string().contains(&token));
    nobody.post("/v1/invitations/view", json!({"token": "nonsense"})).await.refused(401, "bad_token");

    let reply =
        nobody.post("/v1/invitations/accept", json!({"token": token, "name": "Jan", "password": PASSWORD})).await;
    let browser = Browser { nobody: world.nobody(), cookie: cookie_of(&reply) };
    assert_eq!(reply.ok()["signed_in"], true);
    let me = browser.get("/v1/me").await.ok();
    assert_eq!((&me["partner_id"], &me["partner_name"]), (&json!(made.partner), &json!("Trail Notes")));
    nobody.post("/v1/invitations/view", json!({"token": token})).await.refused(409, "invitation_spent");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_known_is_signed_in_by_their_password_alone() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    joined(&world, &owner, "anna@example.com", "analyst").await;
    let (elsewhere, _) = world.other_workspace().await;
    let advertiser = text(&elsewhere.post("/v1/advertisers", json!({"name": "Shop"})).await.ok(), "id");
    world.advance_millis(1);
    let body = json!({"email": "anna@example.com", "role": "advertiser", "advertiser_id": advertiser});
    let token = invite(&world, &elsewhere, body).await;
    let nobody = world.nobody();
    let view = nobody.post("/v1/invitations/view", json!({"token": token})).await.ok();
    assert_eq!((&view["is_known"], &view["advertiser_name"]), (&json!(true), &json!("Shop")));
    let accept =
        |password: &'static str| nobody.post("/v1/invitations/accept", json!({"token": token, "password": password}));
    accept(OTHER_PASSWORD).await.refused(401, "bad_credentials");
    let reply = accept(PASSWORD).await;
    let browser = Browser { nobody: world.nobody(), cookie: cookie_of(&reply) };
    let accepted = reply.ok();
    let me = browser.get("/v1/me").await.ok();
    assert_eq!(me["membership_id"], accepted["membership_id"], "the session is where the invitation led");
    assert_eq!((&me["role"], &me["workspace"]["name"]), (&json!("advertiser"), &json!("Elsewhere")));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_alone_opens_no_account_that_exists() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    joined(&world, &owner, "anna@example.com", "analyst").await;
    let (elsewhere, _) = world.other_workspace().await;
    let advertiser = text(&elsewhere.post("/v1/advertisers", json!({"name": "Shop"})).await.ok(), "id");
    world.advance_millis(1);
    let body = json!({"email": "anna@example.com", "role": "advertiser", "advertiser_id": advertiser});
    let token = invite(&world, &elsewhere, body).await;
    let reply = world.nobody().post("/v1/invitations/accept", json!({"token": token})).await;
    assert_eq!(reply.header("set-cookie"), "");
    assert_eq!(reply.ok()["signed_in"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mail_server_the_link_is_passed_on_by_hand() {
    let world = World::with(WorldOptions { without_mail: true, ..WorldOptions::default() }).await;
    let made = world.programme().await;
    let body = json!({"email": "jan@trailnotes.example", "role": "partner", "partner_id": made.partner});
    let invitation = world.manager.post("/v1/invitations", body).await.ok();
    let url = text(&invitation, "url");
    let (page, token) = url.split_once("#token=").expect("a link");
    assert!(page.ends_with("/accept-invitation"), "{url}");
    let listed = world.manager.get("/v1/invitations").await.ok();
    assert_eq!(listed["items"][0]["url"], Value::Null, "told once");
    assert_eq!(listed["labels"][&made.partner], "Trail Notes");
    let taken = json!({"token": token, "name": "Jan", "password": PASSWORD});
    world.nobody().post("/v1/invitations/accept", taken).await.ok();
    Browser::signed_in(&world, "jan@trailnotes.example", PASSWORD).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_mail_server_the_link_is_only_mailed() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let invitation = owner.post("/v1/invitations", json!({"email": "anna@example.com", "role": "analyst"})).await.ok();
    assert_eq!(invitation["url"], Value::Null);
    world.settle().await;
    assert_eq!(world.mail_to("anna@example.com").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_makes_a_link_for_a_forgotten_password() {
    let world = World::with(WorldOptions { without_mail: true, ..WorldOptions::default() }).await;
    let owner = world.member(Role::Owner).await;
    let invitation = owner.post("/v1/invitations", json!({"email": "anna@example.com", "role": "analyst"})).await.ok();
    let url = text(&invitation, "url");
    let (_, token) = url.split_once("#token=").expect("a link");
    let taken = json!({"token": token, "name": "Anna", "password": PASSWORD});
    world.nobody().post("/v1/invitations/accept", taken).await.ok();
    let app = world.platform().app();
    let url = app::identity::password_resets::link_by_hand(app, "Anna@example.com").await.expect("a link");
    let (_, token) = url.split_once("/reset-password#token=").expect("a link");
    let body = json!({"token": token, "new_password": OTHER_PASSWORD});
    let reply = world.nobody().send(Method::POST, "/v1/password-resets/confirm", Some(body), &[]).await;
    assert_eq!(reply.status, 204, "{}", reply.text);
    Browser::signed_in(&world, "anna@example.com", OTHER_PASSWORD).await;
}
