//! Caps at the edge: clicks and views, and the way that a reached cap on conversions closes.

use std::net::{IpAddr, Ipv4Addr};

use serde_json::{Value, json};
use testkit::{Programme, World};

use super::{act, cap, pacing, sell, sell_on, set_terms, used};

const FALLBACK: &str = "https://elsewhere.example/";

/// Where a click with this source is sent; empty for a plain page.
async fn sent_to(world: &World, programme: &Programme) -> String {
    let reply = world.visit(&format!("{}?source_id=blog", programme.slug), "203.0.113.7").await;
    reply.header("location").split('?').next().unwrap_or_default().to_owned()
}

async fn with_fallback() -> (World, Programme) {
    let world = World::new().await;
    let programme = world.programme().await;
    set_terms(&world, &programme, json!({"fallback_url": FALLBACK})).await;
    (world, programme)
}

fn terms(programme: &Programme, (metric, period, scope, action): (&str, &str, &str, &str)) -> Value {
    let named = |wanted: &[&str], id: &str| if wanted.contains(&scope) { json!(id) } else { Value::Null };
    json!({
        "metric": metric, "period": period, "scope": scope, "on_reach": action, "limit": 1_000,
        "advertiser_id": named(&["advertiser"], &programme.advertiser),
        "offer_id": named(&["offer", "partner"], &programme.offer),
        "partner_id": named(&["partner"], &programme.partner), "source_id": named(&["source"], "blog")
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn caps_of_clicks() {
    let (world, programme) = with_fallback().await;
    for period in ["hour", "day", "week", "month", "total"] {
        for scope in ["workspace", "advertiser", "offer", "partner", "source"] {
            for (action, beyond) in
                [("reject", ""), ("redirect", FALLBACK), ("alert", "https://shop.northwind.example/")]
            {
                world.advance_millis(10);
                let cap = cap(&world, &programme, terms(&programme, ("clicks", period, scope, action))).await;
                let before = used(&world, &cap).await;
                world.manager.patch(&format!("/v1/caps/{cap}"), json!({"limit": before + 1})).await.ok();
                let case = format!("{period} {scope} {action}");
                world.advance_millis(10);
                assert_eq!(sent_to(&world, &programme).await, "https://shop.northwind.example/", "{case}: the first");
                assert_eq!(sent_to(&world, &programme).await, beyond, "{case}: the second");
                let taken = if action == "alert" { 2 } else { 1 };
                assert_eq!(used(&world, &cap).await, before + taken, "{case}");
                world.manager.patch(&format!("/v1/caps/{cap}"), json!({"state": "ended"})).await.ok();
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn caps_of_views() {
    let (world, programme) = with_fallback().await;
    let cap = cap(&world, &programme, json!({"metric": "views", "limit": 2})).await;
    world.advance_millis(10);
    for expected in [1, 2, 2] {
        let agent = [("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")];
        let path = format!("/i/{}", programme.slug);
        assert_eq!(world.nobody().send(reqwest::Method::GET, &path, None, &agent).await.status, 200);
        assert_eq!(used(&world, &cap).await, expected);
    }
    assert_eq!(sent_to(&world, &programme).await, "https://shop.northwind.example/", "clicks are another matter");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_does_not_begin_from_nought() {
    let (mut world, programme) = with_fallback().await;
    let cap = cap(&world, &programme, json!({"metric": "clicks", "limit": 3, "on_reach": "redirect"})).await;
    world.advance_millis(10);
    for _ in 0..2 {
        sent_to(&world, &programme).await;
    }
    world.advance_millis(10);
    world.restart().await;
    assert_eq!(used(&world, &cap).await, 2);
    assert_eq!(sent_to(&world, &programme).await, "https://shop.northwind.example/");
    assert_eq!(sent_to(&world, &programme).await, FALLBACK);
    world.advance_millis(10);
    world.restart().await;
    assert_eq!(sent_to(&world, &programme).await, FALLBACK, "full stays full");
    world.pass_days(1).await;
    assert_eq!(sent_to(&world, &programme).await, "https://shop.northwind.example/", "a new day");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_clicks_at_once_on_a_cap_of_a_hundred() {
    let (world, programme) = with_fallback().await;
    cap(&world, &programme, json!({"metric": "clicks", "limit": 100, "on_reach": "redirect"})).await;
    world.advance_millis(10);
    let edge = world.platform().edge().clone();
    let threads: Vec<_> = (0..4_u32)
        .map(|thread| {
            let (edge, target) = (edge.clone(), format!("/c/{}", programme.slug));
            std::thread::spawn(move || {
                let landed = |number: &u32| {
                    let address = IpAddr::V4(Ipv4Addr::from(0x0A00_0000 + thread * 1_000 + number));
                    let mut request = edge::EdgeRequest::get("127.0.0.1", &target, address);
                    request.user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0".into();
                    edge.click(&request).location().is_some_and(|location| location.contains("northwind"))
                };
                (0..250).filter(landed).count()
            })
        })
        .collect();
    let landed: usize = threads.into_iter().map(|thread| thread.join().expect("clicked")).sum();
    assert_eq!(landed, 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reached_cap_on_conversions_sends_clicks_elsewhere_until_there_is_room() {
    let (world, programme) = with_fallback().await;
    let cap =
        cap(&world, &programme, json!({"limit": 1, "on_reach": "redirect", "grace": "hours", "grace_hours": 1})).await;
    let early = world.click(&programme.slug).await;
    world.advance_millis(10);
    let (_, _, first) = sell(&world, &programme, "A").await;
    assert_eq!(sent_to(&world, &programme).await, FALLBACK);
    assert_eq!(sell_on(&world, &early, "B", "80.00").await.0, "pending", "clicked before, within the grace");
    act(&world, &first, "reject").await.ok();
    assert_eq!(sent_to(&world, &programme).await, FALLBACK, "the grace took that room");
    world.manager.patch(&format!("/v1/caps/{cap}"), json!({"limit": 2})).await.ok();
    assert_eq!(sent_to(&world, &programme).await, "https://shop.northwind.example/", "raised");
    sell(&world, &programme, "C").await;
    assert_eq!(sent_to(&world, &programme).await, FALLBACK);
    world.advance_millis(24 * 3_600_000);
    assert_eq!(sent_to(&world, &programme).await, "https://shop.northwind.example/", "a new day");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_on_clicks_stops_traffic_and_asks() {
    let (world, programme) = with_fallback().await;
    let test = json!({"metric": "clicks", "period": "total", "limit": 2, "kind": "test", "thresholds": [100]});
    let cap = cap(&world, &programme, test).await;
    world.advance_millis(10);
    for expected in ["https://shop.northwind.example/", "https://shop.northwind.example/", FALLBACK] {
        assert_eq!(sent_to(&world, &programme).await, expected);
    }
    world.advance_millis(60_000);
    world.settle().await;
    let letters = world.mail_to("manager@riverside.example");
    assert!(letters.len() == 1 && letters[0].text.contains("test cap"), "{letters:?}");
    let waiting = world.manager.get("/v1/caps?decision=open").await.ok();
    assert_eq!(waiting["items"][0]["id"], json!(cap));
    assert_eq!(pacing(&world, &cap).await["left"], 0);
    world.manager.post(&format!("/v1/caps/{cap}/decide"), json!({"decision": "go_on"})).await.ok();
    assert_eq!(sent_to(&world, &programme).await, "https://shop.northwind.example/");
}
