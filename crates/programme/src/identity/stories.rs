//! Stories of people, their sessions, places and keys, told through the public door.

#[path = "stories/invitations.rs"]
mod invitations;
#[path = "stories/places.rs"]
mod places;

use app::identity::Role;
use kernel::{
    Timestamp,
    time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS},
};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Caller, Reply, World, WorldOptions, text};
use totp_rs::{Builder, Secret, Totp};

const PASSWORD: &str = "correct horse";
const OTHER_PASSWORD: &str = "battery staple";
const CSRF: (&str, &str) = ("x-tributary-csrf", "1");

/// A browser that holds a session cookie.
struct Browser {
    nobody: Caller,
    cookie: String,
}

impl Browser {
    async fn signed_in(world: &World, email: &str, password: &str) -> Self {
        let reply = sign_in(world, json!({"email": email, "password": password})).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        Self { nobody: world.nobody(), cookie: cookie_of(&reply) }
    }

    async fn get(&self, path: &str) -> Reply {
        self.nobody.send(Method::GET, path, None, &[("cookie", &self.cookie)]).await
    }

    async fn post(&self, path: &str, body: Value) -> Reply {
        self.nobody.send(Method::POST, path, Some(body), &[("cookie", &self.cookie), CSRF]).await
    }

    async fn is_signed_in(&self) -> bool {
        self.get("/v1/me").await.status == 200
    }
}

async fn sign_in(world: &World, body: Value) -> Reply {
    world.nobody().post("/v1/session", body).await
}

/// What a browser sends back of a Set-Cookie.
fn cookie_of(reply: &Reply) -> String {
    reply.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
}

/// The token in the newest mail to an address.
fn mailed_token(world: &World, email: &str) -> String {
    let mail = world.mail_to(&email.to_lowercase()).pop().expect("a mail came");
    let (_, token) = mail.text.split_once("#token=").expect("the mail holds a link");
    token.split_whitespace().next().expect("a token").to_owned()
}

async fn invite(world: &World, inviter: &Caller, body: Value) -> String {
    let email = text(&body, "email");
    inviter.post("/v1/invitations", body).await.ok();
    world.settle().await;
    mailed_token(world, &email)
}

async fn accept(world: &World, token: &str) -> Reply {
    let body = json!({"token": token, "name": "Anna", "password": PASSWORD});
    world.nobody().post("/v1/invitations/accept", body).await
}

/// Somebody who came in by invitation and has [`PASSWORD`]; gives the answer to accepting.
async fn joined(world: &World, owner: &Caller, email: &str, role: &str) -> Value {
    let token = invite(world, owner, json!({"email": email, "role": role})).await;
    world.advance_millis(1);
    accept(world, &token).await.ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_invited_signs_in_and_out() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let joined = joined(&world, &owner, "Anna@Example.com", "analyst").await;
    assert_eq!((&joined["role"], &joined["email"]), (&json!("analyst"), &json!("anna@example.com")));

    let wrong = json!({"email": "anna@example.com", "password": OTHER_PASSWORD});
    sign_in(&world, wrong).await.refused(401, "bad_credentials");
    let stranger = json!({"email": "stranger@example.com", "password": PASSWORD});
    sign_in(&world, stranger).await.refused(401, "bad_credentials");

    let reply = sign_in(&world, json!({"email": " ANNA@example.com", "password": PASSWORD})).await;
    let cookie = reply.header("set-cookie").to_owned();
    assert!(cookie.contains("; HttpOnly; SameSite=Lax; Max-Age=") && !cookie.contains("Secure"), "{cookie}");
    let browser = Browser { nobody: world.nobody(), cookie: cookie_of(&reply) };
    assert_eq!(reply.ok()["memberships"][0]["id"], joined["membership_id"]);
    let me = browser.get("/v1/me").await.ok();
    assert_eq!((&me["name"], &me["role"], &me["scopes"]), (&json!("Anna"), &json!("analyst"), &Value::Null));

    let headers = [("cookie", browser.cookie.as_str()), CSRF];
    let out = world.nobody().send(Method::DELETE, "/v1/session", None, &headers).await;
    assert_eq!((out.status, out.header("set-cookie").contains("Max-Age=0")), (204, true));
    browser.get("/v1/me").await.refused(401, "not_authenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_is_secure_where_people_come_by_https() {
    let world = world_with("public_url = \"https://partners.example.com\"").await;
    let owner = world.member(Role::Owner).await;
    owner.post("/v1/invitations", json!({"email": "anna@example.com", "role": "owner"})).await.ok();
    world.settle().await;
    let mail = world.mail_to("anna@example.com").pop().expect("a mail came");
    assert!(mail.text.contains("https://partners.example.com/accept-invitation#token="), "{}", mail.text);
    let (_, token) = mail.text.split_once("#token=").expect("a link");
    accept(&world, token.trim()).await.ok();
    let reply = sign_in(&world, json!({"email": "anna@example.com", "password": PASSWORD})).await;
    assert!(reply.header("set-cookie").ends_with("; Secure"), "{}", reply.header("set-cookie"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_accepted_once_and_in_time() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let anna = json!({"email": "anna@example.com", "role": "finance"});
    let withdrawn = invite(&world, &owner, anna.clone()).await;
    let token = invite(&world, &owner, anna.clone()).await;
    accept(&world, "nonsense").await.refused(401, "bad_token");
    accept(&world, &withdrawn).await.refused(409, "invitation_spent");
    let nobody = world.nobody();
    let without_name = json!({"token": token, "password": PASSWORD});
    nobody.post("/v1/invitations/accept", without_name).await.refused(422, "invalid_fields");
    let weak = json!({"token": token, "name": "Anna", "password": "short"});
    nobody.post("/v1/invitations/accept", weak).await.refused(422, "password_too_weak");
    accept(&world, &token).await.ok();
    accept(&world, &token).await.refused(409, "invitation_spent");
    owner.post("/v1/invitations", anna).await.refused(409, "already_exists");

    let late = invite(&world, &owner, json!({"email": "boris@example.com", "role": "analyst", "language": "ru"})).await;
    let revoked = owner.post("/v1/invitations", json!({"email": "clara@example.com", "role": "analyst"})).await.ok();
    world.settle().await;
    let revoked_token = mailed_token(&world, "clara@example.com");
    let path = format!("/v1/invitations/{}", text(&revoked, "id"));
    assert_eq!(owner.delete(&path).await.status, 204);
    owner.delete(&path).await.refused(409, "invitation_spent");
    accept(&world, &revoked_token).await.refused(409, "invitation_spent");
    world.advance_millis(7 * DAY_MS);
    accept(&world, &late).await.refused(409, "link_expired");
    let list = owner.get("/v1/invitations?limit=2").await.ok();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2));
    assert!(!list.to_string().contains("token") && list["next_cursor"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_known_joins_with_the_password_they_have() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    joined(&world, &owner, "anna@example.com", "analyst").await;
    let (elsewhere, _) = world.other_workspace().await;
    let advertiser = text(&elsewhere.post("/v1/advertisers", json!({"name": "Shop"})).await.ok(), "id");
    let body = json!({"email": "anna@example.com", "role": "advertiser", "advertiser_id": advertiser});
    owner.post("/v1/invitations", body.clone()).await.refused(404, "not_found");
    world.advance_millis(1);
    let token = invite(&world, &elsewhere, body).await;
    let accepted = world.nobody().post("/v1/invitations/accept", json!({"token": token})).await.ok();

    let browser = Browser::signed_in(&world, "anna@example.com", PASSWORD).await;
    let me = browser.get("/v1/me").await.ok();
    assert_eq!(me["role"], "analyst");
    assert_eq!(me["memberships"].as_array().map(Vec::len), Some(2));
    let workspace = text(&accepted, "workspace_id");
    let headers = [("cookie", browser.cookie.as_str()), ("x-tributary-workspace", workspace.as_str())];
    let there = world.nobody().send(Method::GET, "/v1/me", None, &headers).await.ok();
    assert_eq!((&there["role"], &there["advertiser_id"]), (&json!("advertiser"), &json!(advertiser)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_asked_for_and_each_code_works_once() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    joined(&world, &owner, "anna@example.com", "manager").await;
    let browser = Browser::signed_in(&world, "anna@example.com", PASSWORD).await;
    browser.post("/v1/me/totp", json!({"password": OTHER_PASSWORD})).await.refused(401, "bad_credentials");
    let made = browser.post("/v1/me/totp", json!({"password": PASSWORD})).await.ok();
    assert!(text(&made, "otpauth_url").starts_with("otpauth://totp/Tributary:anna%40example.com?"));
    let device = device(&text(&made, "secret"));
    let first = code(&device, world.now());
    browser.post("/v1/me/totp/confirm", json!({"code": "000000"})).await.refused(401, "bad_token");
    assert_eq!(browser.post("/v1/me/totp/confirm", json!({"code": first})).await.status, 204);
    browser.post("/v1/me/totp", json!({"password": PASSWORD})).await.refused(409, "totp_already_on");

    let with = |code: Option<String>| json!({"email": "anna@example.com", "password": PASSWORD, "totp_code": code});
    sign_in(&world, with(None)).await.refused(401, "totp_required");
    sign_in(&world, with(Some(first))).await.refused(401, "bad_token");
    world.advance_millis(MINUTE_MS);
    let second = code(&device, world.now());
    sign_in(&world, with(Some(second.clone()))).await.ok();
    sign_in(&world, with(Some(second.clone()))).await.refused(401, "bad_token");
    let behind = code(&device, world.now().plus_millis(-30 * SECOND_MS));
    sign_in(&world, with(Some(behind))).await.refused(401, "bad_token");
    let ahead = code(&device, world.now().plus_millis(30 * SECOND_MS));
    sign_in(&world, with(Some(ahead))).await.ok();

    world.advance_millis(2 * MINUTE_MS);
    let people = owner.get("/v1/people").await.ok();
    assert!(people["items"].as_array().is_some_and(|items| items.iter().any(|person| person["has_totp"] == true)));
    let off = json!({"password": PASSWORD, "code": code(&device, world.now())});
    assert_eq!(browser.post("/v1/me/totp/disable", off).await.status, 204);
    sign_in(&world, with(None)).await.ok();
}

fn device(secret: &str) -> Totp {
    let secret = Secret::try_from_base32(secret).expect("base 32");
    Builder::new().with_secret(secret).with_account_name("device").build().expect("a device")
}

fn code(device: &Totp, at: Timestamp) -> String {
    device.generate(u64::try_from(at.millis() / SECOND_MS).expect("after 1970")).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_by_mail() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    joined(&world, &owner, "anna@example.com", "manager").await;
    let browser = Browser::signed_in(&world, "anna@example.com", PASSWORD).await;

    let nobody = world.nobody();
    let ask = |email: &'static str| nobody.post("/v1/password-resets", json!({"email": email}));
    let (known, unknown) = (ask("anna@example.com").await, ask("stranger@example.com").await);
    assert_eq!((known.status, &known.text), (202, &unknown.text));
    assert_eq!(known.status, unknown.status);
    world.settle().await;
    assert!(world.mail_to("stranger@example.com").is_empty());
    let token = mailed_token(&world, "anna@example.com");

    let confirm = |token: &str, password: &str| {
        nobody.post("/v1/password-resets/confirm", json!({"token": token, "new_password": password}))
    };
    confirm("nonsense", OTHER_PASSWORD).await.refused(401, "bad_token");
    confirm(&token, "short").await.refused(422, "password_too_weak");
    assert_eq!(confirm(&token, OTHER_PASSWORD).await.status, 204);
    confirm(&token, PASSWORD).await.refused(409, "link_expired");
    assert!(!browser.is_signed_in().await, "every session ended");
    let old = json!({"email": "anna@example.com", "password": PASSWORD});
    sign_in(&world, old).await.refused(401, "bad_credentials");
    Browser::signed_in(&world, "anna@example.com", OTHER_PASSWORD).await;

    ask("anna@example.com").await;
    world.settle().await;
    let late = mailed_token(&world, "anna@example.com");
    world.advance_millis(HOUR_MS);
    confirm(&late, PASSWORD).await.refused(409, "link_expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_password_ends_the_other_sessions() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    joined(&world, &owner, "anna@example.com", "manager").await;
    let here = Browser::signed_in(&world, "anna@example.com", PASSWORD).await;
    let there = Browser::signed_in(&world, "anna@example.com", PASSWORD).await;
    let wrong = json!({"current_password": OTHER_PASSWORD, "new_password": OTHER_PASSWORD});
    here.post("/v1/me/password", wrong).await.refused(401, "bad_credentials");
    let change = json!({"current_password": PASSWORD, "new_password": OTHER_PASSWORD});
    owner.post("/v1/me/password", change.clone()).await.refused(403, "not_permitted");
    let reply = here.post("/v1/me/password", change).await;
    assert_eq!(reply.status, 204, "{}", reply.text);
    let renewed = Browser { nobody: world.nobody(), cookie: cookie_of(&reply) };
    assert!(renewed.is_signed_in().await && !here.is_signed_in().await && !there.is_signed_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_it_is_left_alone_and_after_ninety_days() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    joined(&world, &owner, "anna@example.com", "manager").await;
    let left_alone = Browser::signed_in(&world, "anna@example.com", PASSWORD).await;
    let used = Browser::signed_in(&world, "anna@example.com", PASSWORD).await;
    world.advance_millis(13 * DAY_MS);
    assert!(used.is_signed_in().await);
    world.advance_millis(DAY_MS);
    assert!(used.is_signed_in().await && !left_alone.is_signed_in().await);
    for _ in 0..6 {
        world.advance_millis(12 * DAY_MS);
        assert!(used.is_signed_in().await);
    }
    world.advance_millis(4 * DAY_MS);
    assert!(!used.is_signed_in().await, "ninety days have passed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_page_changes_nothing_with_somebody_s_cookie() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    joined(&world, &owner, "anna@example.com", "owner").await;
    let browser = Browser::signed_in(&world, "anna@example.com", PASSWORD).await;
    let cookie = [("cookie", browser.cookie.as_str())];
    let nobody = world.nobody();
    let new_name = Some(json!({"name": "Stolen"}));
    let forged = nobody.send(Method::PATCH, "/v1/workspace", new_name.clone(), &cookie).await;
    forged.refused(403, "csrf_header_missing");
    nobody.send(Method::DELETE, "/v1/session", None, &cookie).await.refused(403, "csrf_header_missing");
    assert!(browser.is_signed_in().await);
    let own = [cookie[0], CSRF];
    assert_eq!(nobody.send(Method::PATCH, "/v1/workspace", new_name, &own).await.ok()["name"], "Stolen");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_keeps_its_last_owner() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let second = joined(&world, &owner, "anna@example.com", "owner").await;
    let (first, second) = (membership(&owner).await, text(&second, "membership_id"));
    let path = |id: &str| format!("/v1/people/{id}");
    owner.patch(&path(&second), json!({"role": "partner"})).await.refused(422, "invalid_fields");
    assert_eq!(owner.patch(&path(&second), json!({"role": "analyst"})).await.ok()["role"], "analyst");
    owner.patch(&path(&first), json!({"role": "manager"})).await.refused(409, "last_owner");
    owner.delete(&path(&first)).await.refused(409, "last_owner");

    let browser = Browser::signed_in(&world, "anna@example.com", PASSWORD).await;
    assert_eq!(browser.get("/v1/me").await.ok()["role"], "analyst");
    browser.get("/v1/audit").await.refused(403, "not_permitted");
    assert_eq!(owner.delete(&path(&second)).await.status, 204);
    browser.get("/v1/me").await.refused(401, "not_authenticated");
    let gone = json!({"email": "anna@example.com", "password": PASSWORD});
    sign_in(&world, gone).await.refused(403, "not_permitted");
    owner.delete(&path(&second)).await.refused(404, "not_found");
}

async fn membership(caller: &Caller) -> String {
    text(&caller.get("/v1/me").await.ok()["memberships"][0], "id")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_may_at_most_what_its_maker_may() {
    let world = World::new().await;
    let manager = &world.manager;
    let make = |caller: &Caller, scopes: Value| {
        let (caller, body) = (caller.clone(), json!({"name": "Reader", "scopes": scopes}));
        async move { caller.post("/v1/api-keys", body).await }
    };
    let made = make(manager, json!(["audit:read", "profile:read", "profile:write"])).await.ok();
    let reader = world.caller(&text(&made, "key"));
    reader.get("/v1/audit").await.ok();
    reader.get("/v1/people").await.refused(403, "scope_missing");
    make(&reader, json!(["people:read"])).await.refused(403, "scope_missing");
    make(&reader, json!(["*"])).await.refused(403, "scope_missing");
    make(&reader, json!(["audit:read"])).await.ok();
    make(manager, json!(["workspace:write"])).await.refused(403, "scope_missing");
    make(manager, json!(["replay:write"])).await.refused(403, "scope_missing");
    make(manager, json!(["nonsense"])).await.refused(422, "invalid_fields");
    let scopes = reader.get("/v1/scopes").await.ok();
    assert_eq!(scopes["items"], json!(["audit:read", "profile:read", "profile:write"]));

    let list = manager.get("/v1/api-keys").await.ok();
    assert!(!list.to_string().contains(&text(&made, "key")), "a key is shown once");
    let path = format!("/v1/api-keys/{}", text(&made, "id"));
    let analyst = world.member(Role::Analyst).await;
    analyst.delete(&path).await.refused(404, "not_found");
    assert_eq!(manager.delete(&path).await.status, 204);
    reader.get("/v1/audit").await.refused(401, "not_authenticated");
    manager.delete(&path).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_runs_out_and_an_owner_revokes_anybody_s() {
    let world = World::new().await;
    let soon = world.now().plus_millis(HOUR_MS);
    let body = json!({"name": "Soon over", "scopes": ["*"], "expires_at": soon});
    let past = json!({"name": "Over", "scopes": ["*"], "expires_at": world.now()});
    world.manager.post("/v1/api-keys", past).await.refused(422, "invalid_fields");
    let made = world.manager.post("/v1/api-keys", body).await.ok();
    let short_lived = world.caller(&text(&made, "key"));
    short_lived.get("/v1/me").await.ok();
    world.advance_millis(HOUR_MS);
    short_lived.get("/v1/me").await.refused(401, "not_authenticated");

    let owner = world.member(Role::Owner).await;
    assert_eq!(owner.delete(&format!("/v1/api-keys/{}", text(&made, "id"))).await.status, 204);
    let browser_only = json!({"password": PASSWORD});
    owner.post("/v1/me/totp", browser_only).await.refused(403, "not_permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_may_make_a_key_that_replays() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    joined(&world, &owner, "anna@example.com", "manager").await;
    joined(&world, &owner, "boris@example.com", "analyst").await;
    let replay = json!({"name": "Replay", "scopes": ["replay:write"]});
    let manager = Browser::signed_in(&world, "anna@example.com", PASSWORD).await;
    let made = manager.post("/v1/api-keys", replay.clone()).await.ok();
    assert_eq!(made["scopes"], json!(["replay:write"]));
    let analyst = Browser::signed_in(&world, "boris@example.com", PASSWORD).await;
    analyst.post("/v1/api-keys", replay).await.refused(403, "scope_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workspace_s_people_keys_and_invitations_are_not_found() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let (elsewhere, _) = world.other_workspace().await;
    let person = format!("/v1/people/{}", membership(&elsewhere).await);
    owner.patch(&person, json!({"role": "analyst"})).await.refused(404, "not_found");
    owner.delete(&person).await.refused(404, "not_found");
    let key = elsewhere.post("/v1/api-keys", json!({"name": "Theirs", "scopes": ["*"]})).await.ok();
    owner.delete(&format!("/v1/api-keys/{}", text(&key, "id"))).await.refused(404, "not_found");
    let advertiser = text(&elsewhere.post("/v1/advertisers", json!({"name": "Shop"})).await.ok(), "id");
    let body = json!({"email": "anna@example.com", "role": "advertiser", "advertiser_id": advertiser});
    let invitation = elsewhere.post("/v1/invitations", body).await.ok();
    world.settle().await;
    mailed_token(&world, "anna@example.com");
    let path = format!("/v1/invitations/{}", text(&invitation, "id"));
    owner.delete(&path).await.refused(404, "not_found");
    owner.delete("/v1/invitations/inv_nonsense").await.refused(404, "not_found");
    for list in ["/v1/people", "/v1/api-keys", "/v1/invitations"] {
        let page = owner.get(list).await.ok().to_string();
        assert!(!page.contains("elsewhere") && !page.contains("Theirs") && !page.contains("anna@"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_opens_its_own_doors_alone() {
    use Role::{Advertiser, Analyst, Finance, Manager, Owner, Partner};
    let everybody = [Owner, Manager, Analyst, Finance, Partner, Advertiser];
    let doors: [(Method, &str, &[Role]); 15] = [
        (Method::GET, "/v1/me", &everybody),
        (Method::GET, "/v1/scopes", &everybody),
        (Method::GET, "/v1/api-keys", &everybody),
        (Method::GET, "/v1/workspace", &everybody),
        (Method::POST, "/v1/api-keys", &everybody),
        (Method::DELETE, "/v1/api-keys/key_00000000000000000000000000", &everybody),
        (Method::GET, "/v1/people", &[Owner, Manager, Analyst, Finance]),
        (Method::PATCH, "/v1/people/mbr_00000000000000000000000000", &[Owner]),
        (Method::DELETE, "/v1/people/mbr_00000000000000000000000000", &[Owner]),
        (Method::GET, "/v1/invitations", &[Owner, Manager]),
        (Method::POST, "/v1/invitations", &[Owner, Manager]),
        (Method::DELETE, "/v1/invitations/inv_00000000000000000000000000", &[Owner, Manager]),
        (Method::PATCH, "/v1/workspace", &[Owner]),
        (Method::GET, "/v1/workspace/postback-token", &[Owner, Manager]),
        (Method::GET, "/v1/audit", &[Owner, Manager]),
    ];
    let world = World::new().await;
    let programme = world.programme().await;
    for role in everybody {
        let caller = match role {
            Partner => world.partner_member(&programme.partner).await,
            Advertiser => world.advertiser_member(&programme.advertiser).await,
            staff => world.member(staff).await,
        };
        for (method, path, roles) in &doors {
            let reply = caller.send(method.clone(), path, Some(json!([])), &[]).await;
            let refused = reply.code() == "not_permitted";
            assert_eq!(refused, !roles.contains(&role), "{role:?} {method} {path}: {}", reply.text);
        }
    }
    for (method, path, _) in &doors {
        let reply = world.nobody().send(method.clone(), path, Some(json!([])), &[]).await;
        reply.refused(401, "not_authenticated");
    }
    world
        .manager
        .post("/v1/invitations", json!({"email": "a@example.com", "role": "analyst"}))
        .await
        .refused(403, "not_permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_is_limited_by_address_and_by_account() {
    let world = world_with("sign_ins_per_minute = 3").await;
    let try_from = |address: &'static str, email: String| {
        let nobody = world.nobody();
        async move {
            let body = Some(json!({"email": email, "password": PASSWORD}));
            nobody.send(Method::POST, "/v1/session", body, &[("x-forwarded-for", address)]).await
        }
    };
    for guess in 0..3 {
        try_from("203.0.113.1", format!("a{guess}@example.com")).await.refused(401, "bad_credentials");
    }
    let limited = try_from("203.0.113.1", "b@example.com".into()).await.refused(429, "too_many_requests");
    assert_eq!(limited.header("retry-after"), "60");
    for address in ["203.0.113.2", "203.0.113.3", "203.0.113.4"] {
        try_from(address, "anna@example.com".into()).await.refused(401, "bad_credentials");
    }
    try_from("203.0.113.5", "anna@example.com".into()).await.refused(429, "too_many_requests");
    world.advance_millis(MINUTE_MS);
    try_from("203.0.113.1", "anna@example.com".into()).await.refused(401, "bad_credentials");
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_limited_for_each_key() {
    let world = world_with("api_requests_per_minute = 2").await;
    let reply = world.manager.get("/v1/me").await;
    assert_eq!(reply.header("ratelimit-policy"), "\"requests\";q=2;w=60");
    assert_eq!(reply.header("ratelimit"), "\"requests\";r=1;t=60");
    world.advance_millis(20 * SECOND_MS);
    assert_eq!(world.manager.get("/v1/me").await.header("ratelimit"), "\"requests\";r=0;t=40");
    let limited = world.manager.get("/v1/me").await.refused(429, "too_many_requests");
    assert_eq!(limited.header("retry-after"), "40");
    world.nobody().get("/v1/me").await.refused(401, "not_authenticated");
    world.advance_millis(40 * SECOND_MS);
    world.manager.get("/v1/me").await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_tells_who_did_what_and_keeps_no_secret() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let anna = joined(&world, &owner, "anna@example.com", "analyst").await;
    world.advance_millis(1);
    let path = format!("/v1/people/{}", text(&anna, "membership_id"));
    owner.patch(&path, json!({"role": "finance"})).await.ok();
    world.advance_millis(1);
    let key = owner.post("/v1/api-keys", json!({"name": "Export", "scopes": ["*"]})).await.ok();
    let page = owner.get("/v1/audit").await.ok();
    let rows = page["items"].as_array().cloned().unwrap_or_default();
    let actions: Vec<&str> = rows.iter().rev().filter_map(|row| row["action"].as_str()).collect();
    assert_eq!(actions, ["invitation.created", "membership.created", "membership.role_changed", "api_key.created"]);
    assert_eq!(rows[1]["before"]["role"], "analyst");
    assert_eq!(rows[1]["after"]["role"], "finance");
    assert!(!page.to_string().contains(&text(&key, "key")) && !page.to_string().contains(PASSWORD));
    let of_anna = owner.get(&format!("/v1/audit?subject={}", text(&anna, "membership_id"))).await.ok();
    assert_eq!(of_anna["items"].as_array().map(Vec::len), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_request_for_a_key_gives_the_same_key() {
    let world = World::new().await;
    let body = || Some(json!({"name": "Once", "scopes": ["reports:read"]}));
    let once = [("idempotency-key", "one")];
    let first = world.manager.send(Method::POST, "/v1/api-keys", body(), &once).await.ok();
    let again = world.manager.send(Method::POST, "/v1/api-keys", body(), &once).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.ok()["key"], first["key"]);
}

/// A world with settings in place of the defaults.
async fn world_with(settings: &str) -> World {
    let settings = settings.parse().expect("settings");
    World::with(WorldOptions { settings, ..WorldOptions::default() }).await
}
