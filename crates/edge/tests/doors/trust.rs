//! The rungs of the ladder at the door, by tables, with signatures worked out here from the manual's five lines.

use std::borrow::Cow;

use edge::{EdgeRequest, routes::token_digest};
use events::record::{Door, Trust};
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::RefusalCode;
use sha2::Sha256;

use crate::world::{KEY_BEFORE, KEY_NEXT, NOW, TOKEN, World, browser};

const AT: i64 = NOW / 1_000;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn mac(key: &str, lines: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&token_digest(key)).expect("any length");
    mac.update(lines.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// A call and what its sender signed.
struct Call {
    method: &'static str,
    query: String,
    content_type: &'static str,
    body: String,
    lines: String,
}

fn get(query: &str, sorted: &str, at: i64, nonce: &str) -> Call {
    Call {
        method: "GET",
        query: format!("{query}&timestamp={at}&nonce={nonce}"),
        content_type: "",
        body: String::new(),
        lines: format!("GET\n/postback\n{sorted}\n{at}\n{nonce}"),
    }
}

impl Call {
    async fn send(&self, world: &World, key: &str) -> Result<(), String> {
        let target = format!("/postback?{}&signature={}", self.query, mac(key, &self.lines));
        let mut request = browser(&target);
        request.method = self.method;
        request.host = Cow::Borrowed("go.example");
        request.content_type = Cow::Borrowed(self.content_type);
        request.body = self.body.as_bytes();
        told(world, &request).await
    }
}

async fn told(world: &World, request: &EdgeRequest<'_>) -> Result<(), String> {
    let answer = world.edge.postback(request).await;
    let body: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
    if answer.status == 200 { Ok(()) } else { Err(body["code"].as_str().unwrap_or_default().to_owned()) }
}

#[tokio::test]
async fn a_signature_covers_method_path_sorted_parameters_time_and_nonce() {
    let world = World::new();
    let sorted = "amount=80.00&goal=sale&order_id=A%201";
    let with =
        |lines: &str| Call { lines: lines.to_owned(), ..get("order_id=A%201&goal=sale&amount=80.00", sorted, AT, "n") };
    let posted = |content_type, body: &str, nonce: &str| Call {
        method: "POST",
        query: format!("order_id=A+1&timestamp={AT}&nonce={nonce}"),
        content_type,
        body: body.to_owned(),
        lines: format!("POST\n/postback\n{sorted}\n{AT}\n{nonce}"),
    };
    let bad = || Err("bad_signature".to_owned());
    let cases = [
        (
            "unsorted in the lines",
            with(&format!("GET\n/postback\norder_id=A%201&goal=sale&amount=80.00\n{AT}\nn")),
            bad(),
        ),
        ("another path", with(&format!("GET\n/px.gif\n{sorted}\n{AT}\nn")), bad()),
        ("path and method swapped", with(&format!("/postback\nGET\n{sorted}\n{AT}\nn")), bad()),
        ("another method", with(&format!("POST\n/postback\n{sorted}\n{AT}\nn")), bad()),
        ("another amount", with(&format!("GET\n/postback\n{}\n{AT}\nn", sorted.replace("80", "8"))), bad()),
        ("time and nonce swapped", with(&format!("GET\n/postback\n{sorted}\nn\n{AT}")), bad()),
        ("sent in any order, signed sorted", with(&format!("GET\n/postback\n{sorted}\n{AT}\nn")), Ok(())),
        ("a form in the body", posted("application/x-www-form-urlencoded", "goal=sale&amount=80.00", "f"), Ok(())),
        ("JSON in the body", posted("application/json", r#"{"goal":"sale","amount":"80.00"}"#, "j"), Ok(())),
        ("a body changed on the way", posted("application/json", r#"{"goal":"sale","amount":"81.00"}"#, "k"), bad()),
    ];
    for (name, call, wanted) in cases {
        assert_eq!(call.send(&world, KEY_NEXT).await, wanted, "{name}");
    }
    let seen = world.decider.seen.lock().expect("seen");
    assert!(seen.len() == 3 && seen.iter().all(|receipt| receipt.trust == Trust::Signature));
    assert!(seen.windows(2).all(|two| two[0].params == two[1].params), "one canonical form");
}

#[tokio::test]
async fn a_nonce_is_used_once_and_clocks_may_differ_by_five_minutes() {
    let world = World::new();
    let call = |at: i64, nonce: &str| get("order_id=1", "order_id=1", at, nonce);
    for (at, nonce, wanted) in [
        (AT, "a", None),
        (AT, "a", Some("replayed")),
        (AT - 1, "a", Some("replayed")),
        (AT - 300, "b", None),
        (AT - 301, "c", Some("replayed")),
        (AT + 300, "d", None),
        (AT + 301, "e", Some("replayed")),
        (0, "f", Some("replayed")),
        (i64::MAX, "g", Some("replayed")),
        (AT, "", Some("bad_signature")),
        (AT, &"n".repeat(65), Some("bad_signature")),
    ] {
        let told = call(at, nonce).send(&world, KEY_NEXT).await;
        assert_eq!(told.err().as_deref(), wanted, "{at} {nonce}");
    }
    let messages: Vec<_> = world.edge.calls().fetch().refused.into_iter().map(|call| call.message).collect();
    assert!(messages[0].contains("nonce") && messages[2].contains("301 seconds"), "{messages:?}");
}

#[tokio::test]
async fn two_keys_sign_side_by_side_and_a_token_signs_no_higher_than_it_stands() {
    let world = World::new();
    for (nonce, key, wanted) in [
        ("1", KEY_BEFORE, Ok(Trust::Signature)),
        ("2", KEY_NEXT, Ok(Trust::Signature)),
        ("3", TOKEN, Ok(Trust::Token)),
        ("4", "sgn_unknown", Err("bad_signature".to_owned())),
    ] {
        let told = get("order_id=1", "order_id=1", AT, nonce).send(&world, key).await;
        let trust = world.decider.seen.lock().expect("seen").pop().map(|receipt| receipt.trust);
        assert_eq!(told.map(|()| trust.expect("decided")), wanted, "{key}");
    }
    let target = format!("/postback?order_id=1&token={KEY_NEXT}");
    assert_eq!(told(&world, &browser(&target)).await, Err("bad_token".to_owned()), "a signing key never travels");
    let uses = world.edge.calls().fetch().uses;
    assert!([KEY_BEFORE, KEY_NEXT, TOKEN].iter().all(|key| uses.contains_key(&token_digest(key))));
    assert_eq!(uses.len(), 3);
}

#[tokio::test]
async fn refused_calls_are_remembered_without_secrets_and_bounded() {
    let world = World::new();
    let long = "x".repeat(2_000);
    let target = format!("/postback?order_id=7&token=stolen&adv1={long}");
    assert_eq!(told(&world, &browser(&target)).await, Err("bad_token".to_owned()));
    let pixel = browser("/px.gif?amount=1");
    world.edge.conversion_pixel(&pixel).await;
    let seen = world.edge.calls().fetch();
    let [postback, pixel] = &seen.refused[..] else { panic!("{:?}", seen.refused) };
    assert_eq!((postback.code, postback.door, pixel.door), (RefusalCode::BadToken, Door::Postback, Door::Pixel));
    assert_eq!(postback.token_sha256, Some(token_digest("stolen")));
    assert_eq!(postback.params[1], ("order_id".to_owned(), "7".to_owned()));
    assert_eq!(postback.params[0].1.len(), 200, "long values are cut");
    assert!(!format!("{postback:?}").contains("stolen"));
    for _ in 0..1_100 {
        told(&world, &browser("/postback?order_id=7")).await.expect_err("refused");
    }
    let seen = world.edge.calls().fetch();
    assert_eq!((seen.refused.len(), seen.unkept), (1_024, 76));
}
