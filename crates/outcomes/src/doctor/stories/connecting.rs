//! An advertiser connects: lines to paste, tests that leave nothing behind.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{World, text};

const HOST: &str = "track.riverside.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_test_is_judged_like_a_sale_and_leaves_nothing_behind() {
    let world = World::new().await;
    let made = world.programme().await;
    let cap = json!({
        "metric": "conversions", "period": "day", "scope": "offer", "offer_id": made.offer, "limit": 1, "thresholds": []
    });
    world.manager.post("/v1/caps", cap).await.ok();
    let click = world.click(&made.slug).await;
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=T1");
    for _ in 0..3 {
        let told = world.postback(&format!("{query}&test=1")).await.ok();
        assert_eq!(
            (&told["status"], &told["reason"], &told["conversion_id"]),
            (&json!("pending"), &json!("test"), &Value::Null)
        );
    }
    let wrong = world.postback(&format!("click_id={click}&goal=sael&test=1")).await.ok();
    assert_eq!((&wrong["status"], &wrong["reason"]), (&json!("rejected"), &json!("goal_unknown")));
    assert!(world.conversions_of("T1").await.is_empty());
    assert_eq!(world.balance(&made.partner).await["pending"], 0);
    assert_eq!(world.totals(&["conversions", "payout"]).await["conversions"], json!(0));
    assert_eq!(
        world.postback(&query).await.ok()["status"],
        "pending",
        "the test took no room under the cap, and is no duplicate"
    );
    let told = world.postback(&format!("{query}&test=1")).await.ok();
    assert_eq!(told["conversion_id"], Value::Null, "a test of a known order changes nothing");

    let receipts = world.manager.get("/v1/receipts?limit=20").await.ok();
    let tests = receipts["items"].as_array().expect("items").iter().filter(|row| row["is_test"] == true).count();
    assert_eq!(tests, 5);
    let calls = world.manager.get(&format!("/v1/advertisers/{}/calls", made.advertiser)).await.ok();
    assert_eq!((&calls["tests"], &calls["taken"], &calls["refused"]), (&json!(5), &json!(1), &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_to_paste_is_taken_as_it_stands() {
    let world = World::new().await;
    let made = world.programme().await;
    let refs = json!({"external_refs": {"tune": "26", "everflow": "7", "affise": "12", "awin": "1001"}});
    world.manager.patch(&format!("/v1/offers/{}", made.offer), refs).await.ok();
    let all = json!({"host": HOST, "dialects": ["tune", "everflow", "affise", "keitaro", "awin"]});
    world.manager.post("/v1/domains", all).await.ok();
    // One of the dialects has no place for a token: there the click id alone vouches.
    let trust = json!({"min_trust": "click_id"});
    world.manager.patch(&format!("/v1/advertisers/{}", made.advertiser), trust).await.ok();
    let member = world.advertiser_member(&made.advertiser).await;
    let path = format!("/v1/advertisers/{}/integration", made.advertiser);
    let before = member.get(&path).await.ok();
    assert!(before["has_token"] == false && before.to_string().contains("token=TOKEN"), "{before}");
    member.post(&format!("/v1/advertisers/{}/keys", made.advertiser), json!({"kind": "token"})).await.ok();
    let told = member.get(&path).await.ok();
    let snippets = told["snippets"].as_array().expect("snippets");
    let mut sent = 0;
    for (at, snippet) in snippets.iter().enumerate() {
        let (kind, line) = (text(snippet, "kind"), text(snippet, "text"));
        if !["server", "dialect"].contains(&kind.as_str()) {
            continue;
        }
        let order = format!("P{at}");
        let click = world.click(&made.slug).await;
        let filled = line.replace("{click_id}", &click).replace("{order_id}", &order).replace("{amount}", "80.00");
        let (host, target) = filled.split_once("://").expect("an address").1.split_once('/').expect("a path");
        let reply = world.nobody().send(Method::GET, &format!("/{target}"), None, &[("host", host)]).await;
        let conversions = world.conversions_of(&order).await;
        assert_eq!(conversions.len(), 1, "{line}: {}", reply.text);
        assert_ne!(conversions[0]["status"], "rejected", "{line}: {}", conversions[0]);
        assert_eq!(conversions[0]["sale"]["minor"], 8_000, "{line}");
        sent += 1;
    }
    assert_eq!(sent, 6, "one native line and five dialects");
    let kinds: Vec<_> = snippets.iter().map(|snippet| text(snippet, "kind")).collect();
    for kind in ["signed", "tag_page", "tag_sale", "pixel", "tag_manager_page", "tag_manager_sale", "verdict"] {
        assert!(kinds.iter().any(|known| known == kind), "{kind}");
    }
    let stranger = world.manager.post("/v1/advertisers", json!({"name": "Other"})).await.ok();
    member.get(&format!("/v1/advertisers/{}/integration", text(&stranger, "id"))).await.refused(404, "not_found");
}
