//! Stories of prelandings.

use serde_json::{Value, json};
use testkit::{World, click_id_of, text};

/// What the address of a prelanding carries to lead on.
fn token_of(location: &str) -> String {
    let (_, rest) = location.split_once("trib_next=").expect("what leads on");
    rest.split('&').next().unwrap_or(rest).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prelanding_leads_on_under_the_same_click_id_and_its_click_through_is_counted() {
    let world = World::new().await;
    let programme = world.programme().await;
    let page = json!({"name": "Quiz", "url": "https://quiz.northwind.example/", "kind": "prelanding"});
    let offer = world.manager.post(&format!("/v1/offers/{}/landings", programme.offer), page).await.ok();
    let quiz = offer["landings"].as_array().expect("pages").iter().find(|page| page["kind"] == "prelanding");
    let quiz = text(quiz.expect("the prelanding"), "id");
    let mut clicks = Vec::new();
    for address in ["203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4"] {
        let reply = world.visit(&programme.slug, address).await;
        assert!(reply.header("location").starts_with("https://quiz.northwind.example/"), "{reply:?}");
        clicks.push(reply.header("location").to_owned());
    }
    let headers = [("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")];
    for _ in 0..2 {
        let door = format!("/go/{}", token_of(&clicks[0]));
        let on = world.nobody().send(reqwest::Method::GET, &door, None, &headers).await;
        assert!(on.header("location").starts_with("https://shop.northwind.example/"), "{on:?}");
        assert_eq!(click_id_of(on.header("location")), click_id_of(&clicks[0]));
    }
    assert_eq!(world.nobody().get("/go/nonsense").await.status, 404);
    let sale = format!("click_id={}&goal=sale&amount=80.00&order_id=A", click_id_of(&clicks[0]));
    assert_eq!(world.postback(&sale).await.ok()["status"], "pending");
    let metrics = ["clicks", "prelanding_clicks", "click_throughs", "click_through_rate", "conversions"];
    let expected = json!({
        "clicks": 4, "prelanding_clicks": 4, "click_throughs": 1, "click_through_rate": 0.25, "conversions": 1
    });
    assert_eq!(world.totals(&metrics).await, expected);
    let question = json!({
        "from": world.now().plus_days(-1).to_string(), "to": world.now().plus_days(1).to_string(),
        "timezone": "Europe/Warsaw", "dimensions": ["prelanding"], "metrics": metrics
    });
    let report = world.manager.post("/v1/reports/query", question).await.ok();
    assert_eq!((&report["rows"][0][0], &report["labels"][&quiz]), (&json!(quiz), &json!("Quiz")));
    assert_eq!(report["rows"].as_array().map(Vec::len), Some(1));

    let paused = json!({"state": "paused"});
    world.manager.patch(&format!("/v1/offers/{}/landings/{quiz}", programme.offer), paused).await.ok();
    let straight = world.visit(&programme.slug, "203.0.113.5").await;
    assert!(straight.header("location").starts_with("https://shop.northwind.example/"));
    assert_eq!(report["totals"]["click_throughs"], Value::from(1));
}
