use std::borrow::Cow;

use edge::{
    EdgeRequest, EdgeResponse,
    dialect::{Dialect, address::Manner},
    receipt::{fields::Fields, signature},
    routes::token_digest,
};
use events::record::{Door, Trust};
use kernel::Id;
use proptest::prelude::*;
use serde_json::Value;

use crate::world::{Decider, KEY_NEXT, NOW, REPLAY_KEY, TOKEN, World, browser, workspace};

fn code(answer: &EdgeResponse) -> String {
    let body: Value = serde_json::from_slice(&answer.body).expect("JSON");
    body["code"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_postback_is_kept_then_decided() {
    let world = World::new();
    let target = format!("/postback?token={TOKEN}&amount=80.00&order_id=1001&currency=EUR");
    let answer = world.edge.postback(&browser(&target)).await;
    assert_eq!(answer.status, 200);
    let body: Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!((body["status"].as_str(), body["reason"].as_str()), (Some("pending"), None));
    let seen = world.decider.seen.lock().expect("seen");
    let receipt = &seen[0];
    assert_eq!(body["receipt_id"], receipt.receipt_id.to_string());
    assert_eq!(body["conversion_id"], receipt.conversion_id.to_string());
    assert_eq!((receipt.workspace, receipt.door, receipt.trust), (workspace(9), Door::Postback, Trust::Token));
    let params: Vec<_> = receipt.params.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(params, ["amount=80.00", "currency=EUR", "order_id=1001"]);
    assert!(!String::from_utf8_lossy(&receipt.raw).contains(TOKEN));
}

#[tokio::test]
async fn senders_without_a_right_are_told() {
    let world = World::new();
    let refused = async |target: String, host: &'static str| {
        let mut request = browser(&target);
        request.host = Cow::Borrowed(host);
        let answer = world.edge.postback(&request).await;
        (answer.status.as_u16(), code(&answer))
    };
    let no_token = (401, "bad_token".to_owned());
    assert_eq!(refused("/postback?amount=1".into(), "go.example").await, no_token);
    assert_eq!(refused("/postback?token=wrong".into(), "go.example").await, no_token);
    assert_eq!(refused(format!("/postback?token={REPLAY_KEY}"), "go.example").await, no_token);
    assert_eq!(refused(format!("/postback?token={TOKEN}"), "other.example").await, no_token);
    assert_eq!(refused("/postback?signature=00&nonce=1".into(), "go.example").await, (401, "bad_signature".to_owned()));
    let twice = format!("/postback?token={TOKEN}&a=1&a=2");
    assert_eq!(refused(twice, "go.example").await, (400, "bad_parameter".to_owned()));
    assert!(world.decider.seen.lock().expect("seen").is_empty());
}

fn signed(query: &str) -> String {
    let request_of = |query: &str| {
        let target = Box::leak(format!("/postback?{query}").into_boxed_str());
        EdgeRequest::get("go.example", target, "127.0.0.1".parse().expect("an address"))
    };
    let request = request_of(query);
    let fields = Fields::read(&request).expect("fields");
    format!("/postback?{query}&signature={}", signature::sign(&token_digest(KEY_NEXT), &request, &fields))
}

#[tokio::test]
async fn signatures_hold_once_and_for_a_while() {
    let world = World::new();
    let send = async |target: &str| {
        let mut request = browser(target);
        request.host = Cow::Borrowed("go.example");
        world.edge.postback(&request).await.status.as_u16()
    };
    let at = NOW / 1_000;
    let good = signed(&format!("order_id=1&amount=8.00&timestamp={at}&nonce=a"));
    assert_eq!(send(&good.replace("8.00", "9.00")).await, 401);
    assert_eq!(send(&good).await, 200);
    assert_eq!(send(&good).await, 401, "replayed");
    assert_eq!(send(&signed(&format!("order_id=1&timestamp={}&nonce=b", at - 301))).await, 401, "stale");
    assert_eq!(send(&signed(&format!("order_id=1&timestamp={at}"))).await, 401, "without a nonce");
    let digest: String = token_digest(KEY_NEXT)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let named = signed(&format!("order_id=2&timestamp={at}&nonce=c&key_id={digest}"));
    assert_eq!(world.edge.postback(&browser(&named)).await.status, 200, "on the main host by key id");
    let seen = world.decider.seen.lock().expect("seen");
    assert!(seen.iter().all(|receipt| receipt.trust == Trust::Signature));
    assert_eq!(seen[0].params.len(), 2);
}

#[tokio::test]
async fn the_pixel_trusts_a_click_of_ours() {
    let world = World::new();
    let click = world.click("/c/go").click_id.expect("stored");
    let status = |answer: &EdgeResponse| {
        let header = answer.headers.get("tributary-status").expect("a verdict");
        assert_eq!(answer.body.len(), 43);
        header.to_str().expect("text").to_owned()
    };
    let named = format!("/px.gif?click_id={click}&amount=1");
    assert_eq!(status(&world.edge.conversion_pixel(&browser(&named)).await), "pending");
    let mut from_cookie = browser("/px.gif?amount=1");
    from_cookie.cookie = Cow::Owned(format!("trib_c={}", &click.to_string()[4..]));
    assert_eq!(status(&world.edge.conversion_pixel(&from_cookie).await), "pending");
    let forged = format!("/px.gif?click_id={}", Id::<kernel::id::Click>::from_u128(click.as_u128() ^ 1));
    assert_eq!(status(&world.edge.conversion_pixel(&browser(&forged)).await), "refused; reason=bad_token");
    let seen = world.decider.seen.lock().expect("seen");
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|receipt| receipt.trust == Trust::ClickId && receipt.door == Door::Pixel));
    assert_eq!(seen[1].params[1], ("click_id".to_owned(), click.to_string()));
}

#[tokio::test]
async fn a_door_that_fails_defers() {
    let world = World::with(events::JournalOptions::default(), Decider { panics: true, ..Decider::default() });
    let answer = world.edge.postback(&browser(&format!("/postback?token={TOKEN}&order_id=1"))).await;
    assert_eq!(answer.status, 202);
    let body: Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(body["status"], "received");
    assert!(body["receipt_id"].as_str().is_some_and(|id| id.starts_with("rcp_")));
}

const DIALECT_DOORS: [(&str, Dialect, Manner); 7] = [
    ("/aff_lsr", Dialect::Tune, Manner::Postback),
    ("/aff_l", Dialect::Tune, Manner::Pixel),
    ("/", Dialect::Everflow, Manner::Postback),
    ("/postback", Dialect::Affise, Manner::Postback),
    ("/key-of-it/postback", Dialect::Keitaro, Manner::Postback),
    ("/sread.php", Dialect::Awin, Manner::Postback),
    ("/sread.img", Dialect::Awin, Manner::Pixel),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn random_bytes_are_answered_below_500(
        query in "\\PC{0,60}",
        with_token: bool,
        body in proptest::collection::vec(any::<u8>(), 0..200),
        json: bool,
        method in prop_oneof![Just("GET"), Just("POST"), Just("PUT")],
    ) {
        let world = World::new();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let query = if with_token { format!("token={TOKEN}&{query}") } else { query };
        let mut request = browser("/postback");
        (request.method, request.query, request.body) = (method, &query, &body);
        request.content_type = Cow::Borrowed(if json { "application/json" } else { "text/plain" });
        let answer = runtime.block_on(world.edge.postback(&request));
        prop_assert!(answer.status.as_u16() < 500);
        for (path, dialect, manner) in DIALECT_DOORS {
            let mut request = request.clone();
            (request.path, request.host) = (path, Cow::Borrowed("all.example"));
            let answer = runtime.block_on(world.edge.dialect_conversion(&request, dialect, manner));
            prop_assert!(answer.status.as_u16() < 500, "{}", path);
            request.dialect = Some(dialect);
            prop_assert!(world.edge.click(&request).status.as_u16() < 500, "{}", path);
        }
        let pixel = runtime.block_on(world.edge.conversion_pixel(&request));
        prop_assert_eq!(pixel.status.as_u16(), 200);
    }
}
