//! Stories of searching, told through the public door.

use serde_json::{Value, json};
use testkit::{Caller, World, text};

async fn found(caller: &Caller, query: &str) -> Vec<(String, String)> {
    let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    let answer = caller.get(&format!("/v1/search?q={query}")).await.ok();
    let pair = |item: &Value| (text(item, "kind"), text(item, "title"));
    answer["items"].as_array().expect("items").iter().map(pair).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(kind, title)| ((*kind).to_owned(), (*title).to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn things_are_found_whatever_the_case_in_every_alphabet() {
    let world = World::new().await;
    let made = world.programme().await;
    let manager = &world.manager;
    for (name, email) in [
        ("ŻÓŁTA Łódka", "zolta@example.com"),
        ("Газета «ЁЖ»", "gazeta@example.com"),
        ("100% Pure_", "pure@example.com"),
    ] {
        manager.post("/v1/partners", json!({"name": name, "email": email})).await.ok();
    }
    for (query, expected) in [
        ("żółta łÓD", &[("partner", "ŻÓŁTA Łódka")][..]),
        ("ГАЗЕТА", &[("partner", "Газета «ЁЖ»")]),
        ("ZOLTA@", &[("partner", "ŻÓŁTA Łódka")]),
        ("0% p", &[("partner", "100% Pure_")]),
        ("%", &[("partner", "100% Pure_")]),
        ("_", &[("partner", "100% Pure_")]),
        ("northwind OUT", &[("offer", "Northwind Outdoor")]),
        (&made.slug[..5].to_uppercase(), &[("link", made.slug.as_str())]),
        (&made.offer.to_lowercase(), &[("offer", "Northwind Outdoor")]),
        (&made.partner, &[("partner", "Trail Notes")]),
        ("  ", &[]),
        ("nothing of the kind", &[]),
    ] {
        assert_eq!(found(manager, query).await, pairs(expected), "{query}");
    }
    manager.get(&format!("/v1/search?q={}", "x".repeat(101))).await.refused(400, "bad_parameter");
    manager.patch(&format!("/v1/partners/{}", made.partner), json!({"name": "Ścieżki"})).await.ok();
    assert_eq!(found(manager, "ŚCIEŻ").await, pairs(&[("partner", "Ścieżki")]), "a new name is found");
    assert_eq!(found(manager, "trail n").await, pairs(&[]), "and the old one is not");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversion_is_found_by_its_order_its_click_and_its_id() {
    let world = World::new().await;
    let made = world.programme().await;
    let click = world.click(&made.slug).await;
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=Ord-1");
    let conversion = text(&world.postback(&query).await.ok(), "conversion_id");
    let expected = pairs(&[("conversion", "Ord-1")]);
    for query in ["Ord-1", &conversion, &conversion.to_lowercase(), &format!("clk_{click}")] {
        assert_eq!(found(&world.manager, query).await, expected, "{query}");
    }
    let whole = world.manager.get("/v1/search?q=Ord-1").await.ok();
    assert_eq!(
        (&whole["items"][0]["subtitle"], &whole["items"][0]["state"]),
        (&json!("Northwind Outdoor"), &json!("pending"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_finds_what_their_lists_would_show() {
    let world = World::new().await;
    let made = world.programme().await;
    let click = world.click(&made.slug).await;
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=A-1");
    world.postback(&query).await.ok();
    let other = json!({"name": "Other", "email": "other@example.com"});
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let (own, stranger) = (world.partner_member(&made.partner).await, world.partner_member(&other).await);
    let advertiser = world.advertiser_member(&made.advertiser).await;
    for (query, by_own, by_advertiser) in [
        ("northwind", pairs(&[("offer", "Northwind Outdoor")]), pairs(&[("offer", "Northwind Outdoor")])),
        (made.slug.as_str(), pairs(&[("link", &made.slug)]), pairs(&[])),
        ("A-1", pairs(&[("conversion", "A-1")]), pairs(&[("conversion", "A-1")])),
        ("trail", pairs(&[]), pairs(&[])),
    ] {
        assert_eq!(found(&own, query).await, by_own, "{query}");
        assert_eq!(found(&advertiser, query).await, by_advertiser, "{query}");
        assert_eq!(found(&stranger, query).await, pairs(&[]), "{query}: a private offer of others");
    }
    let (elsewhere, _) = world.other_workspace().await;
    assert_eq!(found(&elsewhere, "northwind").await, pairs(&[]));
    let narrow = json!({"name": "Narrow", "scopes": ["search:read", "offers:read"]});
    let narrow = world.caller(&text(&world.manager.post("/v1/api-keys", narrow).await.ok(), "key"));
    assert_eq!(found(&narrow, "trail").await, pairs(&[]), "a key finds what its scopes let it list");
    assert_eq!(found(&narrow, "northwind").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_take_a_part_of_a_name() {
    let world = World::new().await;
    let made = world.programme().await;
    for (path, expected) in [
        ("/v1/partners?q=TRAIL".to_owned(), 1),
        ("/v1/partners?q=hello@".to_owned(), 1),
        ("/v1/partners?q=nobody".to_owned(), 0),
        ("/v1/offers?q=outdoor".to_owned(), 1),
        ("/v1/offers?q=indoor".to_owned(), 0),
        (format!("/v1/links?q={}", &made.slug[2..6]), 1),
        ("/v1/links?q=------".to_owned(), 0),
    ] {
        let page = world.manager.get(&path).await.ok();
        assert_eq!(page["items"].as_array().map(Vec::len), Some(expected), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_smart_link_is_found_by_its_name_in_any_case_by_its_slug_and_its_id() {
    let world = World::new().await;
    let made = world.programme().await;
    let body = json!({"partner_id": made.partner, "name": "Все МАГАЗИНЫ", "members": [{"offer_id": made.offer}]});
    let smart = world.manager.post("/v1/smart-links", body).await.ok();
    let expected = pairs(&[("smart_link", "Все МАГАЗИНЫ")]);
    for query in ["все мага", &text(&smart, "slug"), &text(&smart, "id")] {
        assert_eq!(found(&world.manager, query).await, expected, "{query}");
    }
    let own = world.partner_member(&made.partner).await;
    assert_eq!(found(&own, "магазины").await, expected);
    let rival = world.manager.post("/v1/partners", json!({"name": "Rival", "email": "r@rival.example"})).await.ok();
    let rival = world.partner_member(&text(&rival, "id")).await;
    assert_eq!(found(&rival, "магазины").await, pairs(&[]));
}
