//! Visitors whom the first-party tag saw: with or without their consent, with a click long ago, or after a view alone.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Programme, Reply, World, text};

use super::set_terms;

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const HOME: &str = "203.0.113.7";
const HOUR_MS: i64 = 3_600_000;
const DAY_HOURS: i64 = 24;

async fn tag(world: &World, address: &str, body: Value) -> Reply {
    let headers = [("user-agent", AGENT), ("x-forwarded-for", address)];
    world.nobody().send(Method::POST, "/t", Some(body), &headers).await
}

/// A page that the tag saw; the visitor's signed key.
async fn page(world: &World, address: &str, more: Value) -> String {
    let mut body = json!({"event": "page", "page": "https://shop.northwind.example/"});
    body.as_object_mut().expect("object").extend(more.as_object().expect("object").clone());
    let reply = tag(world, address, body).await;
    assert_eq!(reply.status, 204, "{}", reply.text);
    reply.header("tributary-visitor").to_owned()
}

async fn view(world: &World, slug: &str) {
    let headers = [("user-agent", AGENT), ("x-forwarded-for", HOME)];
    world.nobody().send(Method::GET, &format!("/i/{slug}"), None, &headers).await;
}

/// A sale that the tag reports without a click id.
async fn sale(world: &World, visitor: &str, order: &str) -> Value {
    let body = json!({
        "event": "conversion", "goal": "sale", "amount": "80.00", "currency": "EUR", "order_id": order,
        "visitor_id": visitor, "consent": "granted"
    });
    tag(world, "198.51.100.4", body).await.json()
}

async fn shown(world: &World, verdict: &Value) -> Value {
    world.manager.get(&format!("/v1/conversions/{}", text(verdict, "conversion_id"))).await.ok()
}

/// A programme whose advertiser believes the tag.
async fn with_tag() -> (World, Programme) {
    let world = World::new().await;
    let programme = world.programme().await;
    let terms = json!({"accepts_pixel": true});
    world.manager.patch(&format!("/v1/advertisers/{}", programme.advertiser), terms).await.ok();
    (world, programme)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_whom_the_tag_saw_come_is_credited_without_a_click_id() {
    let (world, programme) = with_tag().await;
    let click = world.click(&programme.slug).await;
    // The tag knew the visitor from another address before.
    let visitor = page(&world, "198.51.100.9", json!({"entry": "1"})).await;
    page(&world, HOME, json!({"visitor_id": visitor, "click_id": click, "entry": "1", "arrived": "1"})).await;
    world.advance_millis(HOUR_MS);
    let verdict = sale(&world, &visitor, "A").await;
    assert_eq!((&verdict["status"], &verdict["reason"]), (&json!("pending"), &Value::Null), "{verdict}");
    let conversion = shown(&world, &verdict).await;
    assert_eq!(conversion["attributed_by"], "journey");
    assert_eq!(
        (&conversion["partner_id"], &conversion["click_id"]),
        (&json!(programme.partner), &json!(format!("clk_{click}")))
    );
    assert_eq!(world.balance(&programme.partner).await["pending"], 800);

    let again = sale(&world, &visitor, "A").await;
    assert_eq!(again["conversion_id"], verdict["conversion_id"], "a page that is loaded again sells nothing");
    let second = sale(&world, &visitor, "B").await;
    assert_eq!(second["reason"], "duplicate_click_goal", "one conversion for a click and goal");
    set_terms(&world, &programme, json!({"click_to_conversion_max_days": 1, "many_per_click": true})).await;
    assert_eq!(sale(&world, &visitor, "C").await["status"], "pending");
    world.advance_millis(DAY_HOURS * HOUR_MS);
    let late = sale(&world, &visitor, "D").await;
    assert_eq!(late["reason"], "no_attribution", "{late}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_can_invent_a_visitor() {
    let (world, programme) = with_tag().await;
    let click = world.click(&programme.slug).await;
    let visitor = page(&world, HOME, json!({"click_id": click})).await;
    let forged = format!("{}Z", &visitor[..25]);
    let forged = if forged == visitor { format!("{}0", &visitor[..25]) } else { forged };
    for guess in [forged.as_str(), "me", ""] {
        assert_eq!(sale(&world, guess, "A").await["code"], "bad_token", "{guess}");
    }
    set_terms(&world, &programme, json!({"attribution_order": ["click_id", "coupon"]})).await;
    assert_eq!(sale(&world, &visitor, "A").await["reason"], "no_attribution", "the offer does not go by journeys");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_names_the_visitor_and_a_click_id_is_stronger() {
    let (world, programme) = with_tag().await;
    let rival = world.manager.post("/v1/partners", json!({"name": "Rival", "email": "r@rival.example"})).await.ok();
    let both = json!({"offer_id": programme.offer, "partner_id": rival["id"]});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let slug = text(&world.manager.post("/v1/links", both).await.ok(), "slug");
    let first = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    let last = world.click(&slug).await;
    let visitor = page(&world, HOME, json!({"click_id": last})).await;
    let ask = |query: String| {
        let query = format!("{query}&goal=sale&amount=80.00&currency=EUR");
        let world = &world;
        async move { shown(world, &world.postback(&query).await.ok()).await }
    };
    let seen = ask(format!("visitor_id={visitor}&order_id=A")).await;
    assert_eq!((&seen["partner_id"], &seen["attributed_by"]), (&rival["id"], &json!("journey")));
    let named = ask(format!("visitor_id={visitor}&click_id={first}&order_id=B")).await;
    assert_eq!((&named["partner_id"], &named["attributed_by"]), (&json!(programme.partner), &json!("click_id")));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_visitors_are_asked_nothing_is_kept_before_they_agree() {
    let (world, programme) = with_tag().await;
    let owner = world.member(app::identity::Role::Owner).await;
    assert_eq!(owner.get("/v1/workspace").await.ok()["tag_consent"], "off");
    assert!(world.visit(&programme.slug, HOME).await.headers.contains_key("set-cookie"));
    owner.patch("/v1/workspace", json!({"tag_consent": "required"})).await.ok();
    assert!(!world.visit(&programme.slug, HOME).await.headers.contains_key("set-cookie"), "a click sets nothing");
    assert!(world.nobody().get("/t.js").await.text.contains("var asks = true;"));

    let click = world.click(&programme.slug).await;
    let touch = json!({"event": "page", "page": "https://shop.northwind.example/", "click_id": click, "entry": "1"});
    let refused = tag(&world, HOME, touch.clone()).await.refused(403, "consent_required");
    assert!(!refused.headers.contains_key("tributary-visitor"));
    let sold = json!({"event": "conversion", "click_id": click, "goal": "sale", "amount": "1", "order_id": "A"});
    tag(&world, HOME, sold).await.refused(403, "consent_required");
    let mut denied = touch.clone();
    denied["consent"] = json!("denied");
    tag(&world, HOME, denied).await.refused(403, "consent_required");
    world.settle().await;
    let asked = json!({"from": "2026-01-01", "to": "2026-12-31", "models": ["linear"]});
    let report = world.manager.post("/v1/reports/attribution", asked).await.ok();
    assert!(!report.to_string().contains("channel:"), "{report}");

    let visitor = page(&world, HOME, json!({"click_id": click, "consent": "granted"})).await;
    assert_eq!(sale(&world, &visitor, "B").await["status"], "pending", "the journey begins with the consent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_is_heard_even_where_nobody_is_asked() {
    let (world, _) = with_tag().await;
    let body = json!({"event": "page", "page": "https://shop.northwind.example/", "consent": "denied"});
    tag(&world, HOME, body).await.refused(403, "consent_required");
    let body = json!({"event": "page", "consent": "perhaps"});
    tag(&world, HOME, body).await.refused(400, "bad_parameter");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_earns_where_the_offer_says_so_and_nothing_else_does() {
    let (world, programme) = with_tag().await;
    view(&world, &programme.slug).await;
    let visitor = page(&world, HOME, json!({"entry": "1"})).await;
    let unsaid = sale(&world, &visitor, "A").await;
    assert_eq!(unsaid["reason"], "no_attribution", "views earn nothing unless the offer says so");

    set_terms(&world, &programme, json!({"view_to_conversion_hours": 24})).await;
    view(&world, &programme.slug).await;
    world.advance_millis(23 * HOUR_MS);
    let verdict = sale(&world, &visitor, "B").await;
    assert_eq!(verdict["status"], "pending", "{verdict}");
    let conversion = shown(&world, &verdict).await;
    assert_eq!(conversion["attributed_by"], "view");
    assert_eq!((&conversion["partner_id"], &conversion["click_id"]), (&json!(programme.partner), &Value::Null));
    assert_eq!(conversion["link_id"], json!(programme.link));
    world.settle().await;
    let report = json!({
        "from": "2026-01-01", "to": "2026-12-31", "dimensions": ["attributed_by"], "metrics": ["conversions"],
        "filters": [{"field": "attributed_by", "op": "in", "values": ["view"]}]
    });
    let report = world.manager.post("/v1/reports/query", report).await.ok();
    assert_eq!(report["rows"], json!([["view", 1]]), "{report}");
    let by_rung = json!({
        "from": "2026-01-01", "to": "2026-12-31", "dimensions": ["trust"], "metrics": ["conversions"]
    });
    let by_rung = world.manager.post("/v1/reports/query", by_rung).await.ok();
    let rung = &conversion["trust"];
    assert!(by_rung["rows"].as_array().expect("rows").iter().any(|row| &row[0] == rung), "{rung} {by_rung}");
    let partner = world.partner_member(&programme.partner).await;
    let asked = json!({"from": "2026-01-01", "to": "2026-12-31", "dimensions": ["trust"], "metrics": ["conversions"]});
    let reply = partner.post("/v1/reports/query", asked).await;
    assert!(reply.status >= 400, "a partner does not see how a call was proved: {}", reply.text);

    world.advance_millis(2 * HOUR_MS);
    assert_eq!(sale(&world, &visitor, "C").await["reason"], "no_attribution", "a day is over");
    let click = world.click(&programme.slug).await;
    view(&world, &programme.slug).await;
    page(&world, HOME, json!({"visitor_id": visitor, "click_id": click})).await;
    let clicked = shown(&world, &sale(&world, &visitor, "D").await).await;
    assert_eq!(clicked["attributed_by"], "journey", "a view never beats a click");
    let terms = json!({"view_to_conversion_hours": 721});
    world.manager.patch(&format!("/v1/offers/{}", programme.offer), terms).await.refused(422, "invalid_fields");
}

#[tokio::test(flavor = "multi_thread")]
async fn ways_without_a_click_stand_in_the_journey() {
    let (world, programme) = with_tag().await;
    let visitor = page(&world, "198.51.100.9", json!({"entry": "1", "referrer": "https://www.google.pl/"})).await;
    world.advance_millis(HOUR_MS);
    let click = world.click(&programme.slug).await;
    let arrived = json!({"visitor_id": visitor, "click_id": click, "entry": "1", "arrived": "1"});
    page(&world, HOME, arrived).await;
    world.advance_millis(HOUR_MS);
    let back = json!({"visitor_id": visitor, "entry": "1", "utm_medium": "email", "offer_id": programme.offer});
    page(&world, HOME, back.clone()).await;
    page(&world, HOME, back).await;
    let verdict = sale(&world, &visitor, "A").await;
    page(&world, "192.0.2.44", json!({"entry": "1"})).await;
    world.settle().await;

    let asked = json!({"from": "2026-01-01", "to": "2026-12-31", "models": ["linear"]});
    let report = world.manager.post("/v1/reports/attribution", asked).await.ok();
    let steps = json!(["channel:organic_search", programme.partner, "channel:email"]);
    assert_eq!(report["paths"][0]["steps"], steps, "{report}");
    assert_eq!(report["nulls"], 1, "one came directly and left");
    let address = format!("/v1/conversions/{}/journey", text(&verdict, "conversion_id"));
    let journey = world.manager.get(&address).await.ok();
    let channels: Vec<_> =
        journey["touches"].as_array().expect("touches").iter().map(|it| it["channel"].clone()).collect();
    assert_eq!(channels[..3], [json!("organic_search"), Value::Null, json!("email")], "{journey}");
    let own = world.partner_member(&programme.partner).await.get(&address).await.ok();
    assert_eq!((own["touches"].as_array().map(Vec::len), &own["of_others"]), (Some(1), &json!(0)));
}
