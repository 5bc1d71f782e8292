//! Rungs, keys that change over without a gap, and what refused calls tell.

use edge::{
    EdgeRequest,
    receipt::{fields::Fields, signature},
    routes::token_digest,
};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Programme, Reply, World, text};

const HOME: &str = "198.51.100.7";
const AWAY: &str = "192.0.2.9";

async fn call(world: &World, query: &str, from: &str) -> Reply {
    let target = format!("/postback?{query}");
    world.nobody().send(Method::GET, &target, None, &[("x-forwarded-for", from)]).await
}

async fn make_key(world: &World, made: &Programme, kind: &str) -> (String, String) {
    let keys = format!("/v1/advertisers/{}/keys", made.advertiser);
    let new = world.manager.post(&keys, json!({"kind": kind})).await.ok();
    (text(&new["key"], "id"), text(&new, "secret"))
}

async fn sale(world: &World, made: &Programme, order: &str) -> String {
    let click = world.click(&made.slug).await;
    format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id={order}")
}

/// The call with a signature of now.
fn signed(world: &World, query: &str, secret: &str, nonce: &str) -> String {
    let query = format!("{query}&timestamp={}&nonce={nonce}", world.now().millis() / 1_000);
    let key_id: String = token_digest(secret)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let query = format!("{query}&key_id={key_id}");
    let target = format!("/postback?{query}");
    let request = EdgeRequest::get("127.0.0.1", &target, [127, 0, 0, 1].into());
    let fields = Fields::read(&request).expect("fields");
    format!("{query}&signature={}", signature::sign(&token_digest(secret), &request, &fields))
}

fn group<'a>(calls: &'a Value, reason: &str) -> &'a Value {
    let groups = calls["groups"].as_array().expect("groups");
    groups.iter().find(|group| group["reason"] == reason).unwrap_or_else(|| panic!("no {reason} in {calls}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_higher_rung_is_tried_on_what_came_before_it_is_asked_for() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/advertisers/{}", made.advertiser);
    let (_, token) = make_key(&world, &made, "token").await;
    for (order, from) in [("A1", HOME), ("A2", HOME), ("A3", AWAY)] {
        let query = sale(&world, &made, order).await;
        assert_eq!(call(&world, &format!("{query}&token={token}"), from).await.ok()["status"], "pending");
    }
    let ladder = world.manager.get(&format!("{path}/ladder")).await.ok();
    let on = |rung: &str| {
        let rungs = ladder["rungs"].as_array().expect("rungs");
        let rung = rungs.iter().find(|it| it["rung"] == rung).expect("a rung");
        (rung["calls"].as_i64().expect("calls"), rung["would_be_refused"].as_i64().expect("refused"))
    };
    assert_eq!((on("token"), on("signature"), on("click_id")), ((3, 0), (0, 3), (0, 0)));

    let home = json!({"min_trust": "ip_list", "ip_allow_list": ["198.51.100.0/24"]});
    let look = world.manager.post(&format!("{path}/ladder/try"), home.clone()).await.ok();
    assert_eq!((&look["calls"], &look["would_be_refused"]), (&json!(3), &json!(1)));
    assert_eq!(
        (&look["shut_out"][0]["remote_ip"], &look["shut_out"][0]["reason"]),
        (&json!(AWAY), &json!("ip_not_allowed"))
    );
    assert_eq!(world.manager.get(&path).await.ok()["min_trust"], "token", "a dry look changes nothing");

    world.manager.patch(&path, home).await.ok();
    let late = format!("{}&token={token}", sale(&world, &made, "A4").await);
    call(&world, &late, AWAY).await.refused(401, "");
    assert_eq!(call(&world, &late, AWAY).await.json()["reason"], "ip_not_allowed");
    let calls = world.manager.get(&format!("{path}/calls")).await.ok();
    let shut_out = group(&calls, "ip_not_allowed");
    assert_eq!((&shut_out["calls"], &shut_out["advice"]), (&json!(2), &json!("list_address")));
    assert_eq!((&calls["taken"], &calls["refused"]), (&json!(3), &json!(2)));
    assert_eq!(
        call(&world, &late, HOME).await.ok()["status"],
        "pending",
        "the same call from the right address is believed"
    );
    let receipts = world.manager.get("/v1/receipts").await.ok();
    assert_eq!(receipts["items"][0]["trust"], "ip_list");

    world.manager.patch(&path, json!({"min_trust": "api_key"})).await.ok();
    let by_token = format!("{}&token={token}", sale(&world, &made, "A5").await);
    assert_eq!(call(&world, &by_token, HOME).await.json()["reason"], "bad_token");
    let click = world.click(&made.slug).await;
    let by_api = json!({"click_id": click, "goal": "sale", "amount": "80.00", "currency": "EUR", "order_id": "A6"});
    let member = world.advertiser_member(&made.advertiser).await;
    assert_eq!(member.post("/v1/receipts", by_api).await.ok()["status"], "pending");
    let update = format!("order_id=A6&goal=sale&status=approved&token={}", world.postback_token);
    assert_eq!(
        call(&world, &update, HOME).await.json()["reason"],
        "bad_token",
        "an update climbs no lower than a sale"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_keys_change_over_without_a_gap() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/advertisers/{}", made.advertiser);
    world.manager.patch(&path, json!({"min_trust": "signature"})).await.ok();
    let (old_id, old) = make_key(&world, &made, "signing").await;
    let send = async |order: &str, secret: &str| {
        let query = sale(&world, &made, order).await;
        call(&world, &signed(&world, &query, secret, order), HOME).await
    };
    assert_eq!(send("S1", &old).await.ok()["status"], "pending");
    let by_token = format!("{}&token={}", sale(&world, &made, "S2").await, world.postback_token);
    assert_eq!(call(&world, &by_token, HOME).await.json()["reason"], "bad_token");

    let (next_id, next) = make_key(&world, &made, "signing").await;
    let keys = format!("{path}/keys");
    world.manager.post(&keys, json!({"kind": "signing"})).await.refused(409, "two_keys_live");
    assert_eq!(send("S3", &old).await.status, 200, "both live");
    world.advance_millis(60_000);
    assert_eq!(send("S4", &next).await.status, 200);
    let listed = world.manager.get(&keys).await.ok();
    let used = |id: &str| {
        let items = listed["items"].as_array().expect("items");
        text(items.iter().find(|key| key["id"] == id).expect("the key"), "last_used_at")
    };
    assert!(used(&old_id) < used(&next_id), "{listed}");
    assert!(!listed.to_string().contains(&next), "secrets are shown once");

    world.manager.post(&format!("{keys}/{old_id}/retire"), json!({})).await.ok();
    assert_eq!(send("S5", &old).await.code(), "bad_signature");
    assert_eq!(send("S6", &next).await.status, 200);
    let query = sale(&world, &made, "S7").await;
    let once = signed(&world, &query, &next, "n");
    assert_eq!(call(&world, &once, HOME).await.status, 200);
    assert_eq!(call(&world, &once, HOME).await.code(), "replayed");
    world.advance_millis(301_000);
    assert_eq!(
        call(&world, &signed(&world, &query, &next, "m").replace("nonce=m", "nonce=k"), HOME).await.code(),
        "bad_signature"
    );
    let calls = world.manager.get(&format!("{path}/calls")).await.ok();
    assert_eq!(group(&calls, "replayed")["advice"], "fresh_nonce");
    assert_eq!(group(&calls, "bad_signature")["advice"], "sign_as_the_manual");
    assert_eq!(group(&calls, "bad_token")["advice"], "climb_ladder");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_door_refused_is_told_to_whom_it_concerns() {
    let world = World::new().await;
    let made = world.programme().await;
    let other = text(&world.manager.post("/v1/advertisers", json!({"name": "Other"})).await.ok(), "id");
    let (first_id, first) = make_key(&world, &made, "token").await;
    make_key(&world, &made, "token").await;
    world.manager.post(&format!("/v1/advertisers/{}/keys/{first_id}/retire", made.advertiser), json!({})).await.ok();
    for order in ["R1", "R2", "R3"] {
        let query = sale(&world, &made, order).await;
        call(&world, &format!("{query}&token={first}"), HOME).await.refused(401, "bad_token");
    }
    call(&world, &format!("offer_id={}&amount=1", made.offer), HOME).await.refused(401, "bad_token");
    call(&world, &format!("order_id=R5&order_id=R6&offer_id={}", made.offer), HOME).await.refused(400, "bad_parameter");

    let member = world.advertiser_member(&made.advertiser).await;
    let calls = member.get(&format!("/v1/advertisers/{}/calls", made.advertiser)).await.ok();
    let by = |advice: &str| {
        let groups = calls["groups"].as_array().expect("groups");
        groups.iter().find(|group| group["advice"] == advice).unwrap_or_else(|| panic!("no {advice} in {calls}"))
    };
    let retired = by("use_live_token");
    assert_eq!((&retired["calls"], &retired["remote_ip"]), (&json!(3), &json!(HOME)));
    assert!(retired["params"].to_string().contains("R3"), "the last one is the example");
    assert_eq!((&by("send_token")["calls"], &by("read_message")["calls"]), (&json!(1), &json!(1)));
    assert!(!calls.to_string().contains(&first), "no secret is kept");
    let latest = member.get(&format!("/v1/advertisers/{}/calls/latest", made.advertiser)).await.ok();
    assert_eq!(latest["items"].as_array().map(Vec::len), Some(3));

    let foreign = world.advertiser_member(&other).await;
    foreign.get(&format!("/v1/advertisers/{}/calls", made.advertiser)).await.refused(404, "not_found");
    let none = foreign.get(&format!("/v1/advertisers/{other}/calls")).await.ok();
    assert_eq!((&none["refused"], &none["groups"]), (&json!(0), &json!([])));
    world.pass_days(8).await;
    let forgotten = member.get(&format!("/v1/advertisers/{}/calls", made.advertiser)).await.ok();
    assert_eq!(forgotten["refused"], json!(0), "seven days are told of");
}
