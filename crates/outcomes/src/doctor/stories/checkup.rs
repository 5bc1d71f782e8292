//! The doctor walks from the link to the booking and names the hop that does not hold.

use connect::probe::{FakeHosts, Seen, Stop, Walked};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Programme, World, text};

async fn look(world: &World, made: &Programme) -> Value {
    world.manager.post(&format!("/v1/offers/{}/doctor", made.offer), json!({})).await.ok()
}

fn hop<'a>(checkup: &'a Value, name: &str) -> &'a Value {
    let hops = checkup["hops"].as_array().expect("hops");
    hops.iter().find(|hop| hop["hop"] == name).unwrap_or_else(|| panic!("no {name} in {checkup}"))
}

fn broken(checkup: &Value) -> (&str, &str) {
    (checkup["broken_hop"].as_str().unwrap_or_default(), checkup["reason"].as_str().unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_offer_is_walked_from_link_to_booking_and_nothing_counts() {
    let world = World::new().await;
    let made = world.programme().await;
    let checkup = look(&world, &made).await;
    assert_eq!(broken(&checkup), ("", ""), "{checkup}");
    for name in ["link", "domain", "click", "landing", "parameter", "conversion"] {
        assert_eq!(hop(&checkup, name)["state"], "sound", "{checkup}");
    }
    assert_eq!(hop(&checkup, "calls")["reason"], "no_calls");
    let totals = world.totals(&["gross_clicks", "clicks", "conversions", "payout"]).await;
    assert_eq!((&totals["gross_clicks"], &totals["conversions"]), (&json!(0), &json!(0)), "{totals}");
    assert_eq!(world.balance(&made.partner).await["pending"], 0);
    let receipts = world.manager.get("/v1/receipts").await.ok();
    assert_eq!((&receipts["items"][0]["is_test"], &receipts["items"][0]["reason"]), (&json!(true), &json!("test")));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_hop_that_breaks_is_named_with_its_reason() {
    let world = World::new().await;
    let made = world.programme().await;
    let host = "shop.northwind.example";
    let page = |url: &str, status| (format!("https://{host}{url}"), status);
    let gone = Walked { hops: vec![page("/?{query}", Some(503))], stop: None };
    let strays = Walked {
        hops: vec![page("/?{query}", Some(302)), ("https://else.example/".to_owned(), None)],
        stop: Some(Stop::LeftAllowedHosts),
    };
    let loses = Walked { hops: vec![page("/?{query}", Some(301)), page("/welcome", Some(200))], stop: None };
    let keeps = Walked { hops: vec![page("/?{query}", Some(301)), page("/en?{query}", Some(200))], stop: None };
    for (walked, wanted) in [
        (gone, ("landing", "error_status")),
        (strays, ("landing", "left_allowed_hosts")),
        (loses, ("parameter", "parameter_lost")),
        (keeps, ("", "")),
    ] {
        world.hosts.tell_walk(host, walked);
        let checkup = look(&world, &made).await;
        assert_eq!(broken(&checkup), wanted, "{checkup}");
        assert_eq!(hop(&checkup, "conversion")["state"], "sound", "what does not hang on it is looked at all the same");
    }
    let advertiser = format!("/v1/advertisers/{}", made.advertiser);
    world.manager.patch(&advertiser, json!({"min_trust": "signature"})).await.ok();
    let checkup = look(&world, &made).await;
    assert_eq!(broken(&checkup), ("conversion", "no_signing_key"));
    world.manager.post(&format!("{advertiser}/keys"), json!({"kind": "signing"})).await.ok();
    assert_eq!(broken(&look(&world, &made).await), ("", ""), "the doctor signs with the new key");

    world.manager.post("/v1/domains", json!({"host": "go.riverside.example"})).await.ok();
    world.hosts.tell("go.riverside.example", Seen { leads_here: false, ..FakeHosts::sound() });
    assert_eq!(broken(&look(&world, &made).await), ("domain", "leads_elsewhere"));
    world.hosts.tell("go.riverside.example", FakeHosts::sound());
    world.manager.patch(&format!("/v1/offers/{}", made.offer), json!({"state": "paused"})).await.ok();
    let checkup = look(&world, &made).await;
    assert_eq!(broken(&checkup), ("click", "offer_paused"));
    assert_eq!(hop(&checkup, "conversion")["reason"], "came_not_so_far");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_postback_is_found_daily_and_repaired() {
    let world = World::new().await;
    let made = world.programme().await;
    look(&world, &made).await;
    let advertiser = format!("/v1/advertisers/{}", made.advertiser);
    world.manager.patch(&advertiser, json!({"ip_allow_list": ["198.51.100.0/24"]})).await.ok();
    let click = world.click(&made.slug).await;
    let sale =
        format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=D1&token={}", world.postback_token);
    let call = async || {
        let target = format!("/postback?{sale}");
        world.nobody().send(Method::GET, &target, None, &[("x-forwarded-for", "192.0.2.9")]).await.status
    };
    assert_eq!(call().await, 401);
    world.pass_days(1).await;
    let doctor = world.manager.get(&format!("/v1/offers/{}/doctor", made.offer)).await.ok();
    let daily = &doctor["checkups"][0];
    assert_eq!((broken(daily), &daily["asked_by"]), (("calls", "ip_not_allowed"), &Value::Null), "{doctor}");
    assert_eq!(
        (&hop(daily, "calls")["advice"], &hop(daily, "conversion")["state"]),
        (&json!("list_address"), &json!("sound"))
    );
    let member = world.advertiser_member(&made.advertiser).await;
    let tasks = member.get("/v1/doctor/broken").await.ok();
    assert_eq!(
        (&tasks["items"][0]["offer_id"], &tasks["labels"][&made.offer]),
        (&json!(made.offer), &json!("Northwind Outdoor"))
    );

    world.manager.patch(&advertiser, json!({"ip_allow_list": ["198.51.100.0/24", "192.0.2.9"]})).await.ok();
    assert_eq!(call().await, 200);
    let repaired = member.post(&format!("/v1/offers/{}/doctor", made.offer), json!({})).await.ok();
    assert_eq!(broken(&repaired), ("", ""), "{repaired}");
    assert_eq!(member.get("/v1/doctor/broken").await.ok()["items"], json!([]));

    let path = format!("/v1/offers/{}/doctor", made.offer);
    assert!(member.patch(&path, json!({"is_watched": false})).await.is(reqwest::StatusCode::NO_CONTENT));
    let before = member.get(&path).await.ok()["checkups"].as_array().map(Vec::len);
    world.pass_days(2).await;
    assert_eq!(member.get(&path).await.ok()["checkups"].as_array().map(Vec::len), before, "nobody looks any more");
    let other = text(&world.manager.post("/v1/advertisers", json!({"name": "Other"})).await.ok(), "id");
    world.advertiser_member(&other).await.get(&path).await.refused(404, "not_found");
}
