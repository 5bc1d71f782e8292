//! Stories of offers, rates and enrollments, told through the public door.

use app::plans::{self, rules::PriceCase};
use kernel::{Id, Timestamp, id, time::HOUR_MS};
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

fn offer_body(advertiser: &str) -> Value {
    json!({
        "advertiser_id": advertiser, "name": "Spring", "currency": "EUR", "landing_url": "https://shop.example/p",
        "goals": [{"name": "sale", "payout": {"percent": "10"}, "revenue": {"percent": "15"}},
                  {"name": "signup", "kind": "registration", "payout": {"minor": 1250}}]
    })
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_has_the_defaults_of_the_contract() {
    let world = World::new().await;
    let advertiser = text(&world.manager.post("/v1/advertisers", json!({"name": "Northwind"})).await.ok(), "id");
    let offer = world.manager.post("/v1/offers", offer_body(&advertiser)).await.ok();
    assert_eq!((&offer["state"], &offer["visibility"]), (&json!("active"), &json!("private")));
    assert_eq!((&offer["duplicate_window_hours"], &offer["hold_days"]), (&json!(24), &json!(14)));
    assert_eq!((&offer["conversion_start"], &offer["validation_expiry"]), (&json!("pending"), &json!("stay")));
    assert_eq!(offer["allowed_hosts"], json!(["shop.example"]));
    let goals = &offer["goals"];
    assert_eq!((&goals[0]["is_primary"], &goals[0]["kind"]), (&json!(true), &json!("sale")));
    assert_eq!((&goals[0]["payout"], &goals[0]["revenue"]), (&json!({"percent": "10"}), &json!({"percent": "15"})));
    assert_eq!((&goals[1]["payout"], &goals[1]["revenue"]), (&json!({"minor": 1250}), &Value::Null));
    assert_eq!(world.manager.get(&format!("/v1/offers/{}", text(&offer, "id"))).await.ok(), offer);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_offers_are_refused_in_plain_words() {
    let world = World::new().await;
    let advertiser = text(&world.manager.post("/v1/advertisers", json!({"name": "Northwind"})).await.ok(), "id");
    let body = || offer_body(&advertiser);
    for url in
        ["javascript:alert(1)", "http://127.0.0.1/", "http://2130706433/", "https://u:p@shop.example/", "shop", ""]
    {
        let refused = world.manager.post("/v1/offers", with(body(), "landing_url", json!(url))).await;
        let refused = refused.refused(422, "landing_not_allowed");
        assert_eq!(refused.json()["errors"][0]["field"], "landing_url");
    }
    for currency in ["EURO!", "ZZZ", "eur"] {
        world.manager.post("/v1/offers", with(body(), "currency", json!(currency))).await.refused(400, "bad_currency");
    }
    let goal = |payout: Value| json!([{"name": "sale", "payout": payout}]);
    for goals in [
        json!([]),
        goal(json!({"minor": -1})),
        goal(json!({"minor": i64::MAX})),
        goal(json!({"percent": "1000.00000001"})),
        goal(json!({"percent": "-1"})),
        json!([{"name": "sale"}, {"name": "SALE"}]),
        json!([{"name": "a", "is_primary": true}, {"name": "b", "is_primary": true}]),
    ] {
        world.manager.post("/v1/offers", with(body(), "goals", goals)).await.refused(422, "invalid_fields");
    }
    for goals in [goal(json!({"percent": "ten"})), goal(json!({"percent": "1", "minor": 1})), json!(7)] {
        world.manager.post("/v1/offers", with(body(), "goals", goals)).await.refused(400, "bad_body");
    }
    for (field, value) in [
        ("hold_days", json!(-1)),
        ("allowed_hosts", json!(["localhost"])),
        ("landing_parameter", json!("a b")),
        ("utm_template", json!("#x")),
        ("attribution_order", json!(["click_id", "click_id"])),
        ("name", json!("x".repeat(201))),
    ] {
        world.manager.post("/v1/offers", with(body(), field, value)).await.refused(422, "invalid_fields");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_is_seen_by_the_edge_at_once() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/offers/{}", made.offer);
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 302);
    world.manager.patch(&path, json!({"state": "paused"})).await.ok();
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 404);
    let fallback = json!({"fallback_url": "https://other.example/sorry"});
    assert_eq!(world.manager.patch(&path, fallback).await.ok()["allowed_hosts"][0], "other.example");
    let reply = world.visit(&made.slug, "203.0.113.7").await;
    assert_eq!((reply.status, reply.header("location")), (302, "https://other.example/sorry"));
    world.manager.patch(&path, json!({"state": "draft"})).await.refused(409, "illegal_move");
    world.manager.patch(&path, json!({"state": "active"})).await.ok();
    assert!(world.visit(&made.slug, "203.0.113.7").await.header("location").contains("click_id="));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_landing_page_can_be_added_and_paused() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/offers/{}/landings", made.offer);
    world
        .manager
        .post(&path, json!({"name": "x", "url": "data:text/html,x"}))
        .await
        .refused(422, "landing_not_allowed");
    let offer = world.manager.post(&path, json!({"name": "B", "url": "https://b.example/?c={click_id}"})).await.ok();
    let first = text(&offer["landings"][0], "id");
    world.manager.patch(&format!("{path}/{first}"), json!({"state": "paused"})).await.ok();
    let reply = world.visit(&made.slug, "203.0.113.7").await;
    assert!(reply.header("location").starts_with("https://b.example/?c="), "{}", reply.header("location"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_sees_no_revenue_and_only_its_own_offers() {
    let world = World::new().await;
    let made = world.programme().await;
    let advertiser = &made.advertiser;
    let private = text(&world.manager.post("/v1/offers", offer_body(advertiser)).await.ok(), "id");
    let open = with(offer_body(advertiser), "visibility", json!("by_approval"));
    let open = text(&world.manager.post("/v1/offers", open).await.ok(), "id");
    let member = world.partner_member(&made.partner).await;
    let list = member.get("/v1/offers").await.ok();
    let seen: Vec<_> = list["items"].as_array().into_iter().flatten().map(|offer| text(offer, "id")).collect();
    assert_eq!(seen, [open.clone(), made.offer.clone()]);
    assert!(!list.to_string().contains("revenue") && !list.to_string().contains("allowed_hosts"), "{list}");
    member.get(&format!("/v1/offers/{private}")).await.refused(404, "not_found");
    member.get(&format!("/v1/offers/{open}/plan")).await.refused(403, "not_permitted");
    let both = json!({"offer_id": private, "partner_id": made.partner});
    member.post("/v1/enrollments", both).await.refused(404, "not_found");
    let owner = world.advertiser_member(advertiser).await;
    let own = owner.get(&format!("/v1/offers/{}", made.offer)).await.ok();
    assert_eq!((&own["goals"][0]["payout"], &own["goals"][0]["revenue"]["percent"]), (&Value::Null, &json!("15")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_waits_for_the_manager() {
    let world = World::new().await;
    let made = world.programme().await;
    let open = with(offer_body(&made.advertiser), "visibility", json!("by_approval"));
    let offer = text(&world.manager.post("/v1/offers", open).await.ok(), "id");
    let member = world.partner_member(&made.partner).await;
    let wish = json!({"offer_id": offer, "source": "a blog", "approved_traffic_types": [{"traffic_type": "adult"}]});
    let enrollment = member.post("/v1/enrollments", wish.clone()).await.ok();
    assert_eq!((&enrollment["state"], &enrollment["approved_traffic_types"]), (&json!("requested"), &json!([])));
    member.post("/v1/enrollments", wish.clone()).await.refused(409, "already_exists");
    member.post("/v1/links", json!({"offer_id": offer})).await.refused(409, "not_enrolled");
    let path = format!("/v1/enrollments/{}", text(&enrollment, "id"));
    member.patch(&path, json!({"state": "approved"})).await.refused(403, "not_permitted");
    world.manager.patch(&path, json!({"state": "paused"})).await.refused(409, "illegal_move");
    world.manager.patch(&path, json!({"state": "approved"})).await.ok();
    let slug = text(&member.post("/v1/links", json!({"offer_id": offer})).await.ok(), "slug");
    assert_eq!(world.visit(&slug, "203.0.113.7").await.status, 302);
    world.manager.patch(&path, json!({"state": "paused", "reason": "cap"})).await.ok();
    assert_eq!(world.visit(&slug, "203.0.113.7").await.status, 404, "the edge knows at once");
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&path).await.refused(404, "not_found");
    stranger.patch(&path, json!({"state": "approved"})).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workspaces_ids_are_404_everywhere() {
    let world = World::new().await;
    let made = world.programme().await;
    let (stranger, _) = world.other_workspace().await;
    let Programme { offer, partner, advertiser, .. } = &made;
    stranger.post("/v1/offers", offer_body(advertiser)).await.refused(404, "not_found");
    for path in ["", "/plan", "/managers"] {
        stranger.get(&format!("/v1/offers/{offer}{path}")).await.refused(404, "not_found");
    }
    stranger.patch(&format!("/v1/offers/{offer}"), json!({"state": "paused"})).await.refused(404, "not_found");
    let rates = json!({"goals": []});
    stranger.put(&format!("/v1/offers/{offer}/partner-rates/{partner}"), rates).await.refused(404, "not_found");
    stranger.post(&format!("/v1/offers/{offer}/goals"), json!({"name": "x"})).await.refused(404, "not_found");
    let landing = json!({"name": "x", "url": "https://x.example/"});
    stranger.post(&format!("/v1/offers/{offer}/landings"), landing).await.refused(404, "not_found");
    let both = json!({"offer_id": offer, "partner_id": partner});
    stranger.post("/v1/enrollments", both.clone()).await.refused(404, "not_found");
    stranger.post("/v1/links", both).await.refused(404, "not_found");
    for list in ["offers", "partners", "enrollments", "links", "domains", "advertisers"] {
        assert_eq!(stranger.get(&format!("/v1/{list}")).await.ok()["items"], json!([]), "{list}");
    }
    world.manager.get("/v1/offers/ofr_nonsense").await.refused(404, "not_found");
}

/// What a sale of 100.00 earns at a moment, by the plan in force then.
async fn earns(world: &World, made: &Programme, at: Timestamp) -> i64 {
    let app = world.platform().app();
    let offer: Id<id::Offer> = made.offer.parse().expect("an id");
    let plans = plans::store::of_offer(app.records.read(), world.tenant, offer).await.expect("plans");
    let shown = world.manager.get(&format!("/v1/offers/{}", made.offer)).await.ok();
    let goal_id = text(&shown["goals"][0], "id").parse().expect("an id");
    let case = PriceCase::plain(goal_id, made.partner.parse().expect("an id"), 10_000);
    plans::rules::price(plans.earnings.rules_at(at), &case).expect("fits").minor
}

async fn change_rate(caller: &Caller, made: &Programme, change: Value) -> Value {
    let shown = caller.get(&format!("/v1/offers/{}", made.offer)).await.ok();
    let goal = text(&shown["goals"][0], "id");
    caller.patch(&format!("/v1/offers/{}/goals/{goal}", made.offer), change).await.ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dated_private_rate_ends_and_no_other_sees_it() {
    let world = World::new().await;
    let made = world.programme().await;
    world.advance_millis(1_000);
    let (from, planned) = (world.now().plus_days(2), world.now().plus_days(4));
    let until = world.now().plus_days(6);
    let raised = json!({"payout": {"percent": "20"}, "valid_from": planned.to_string()});
    change_rate(&world.manager, &made, raised).await;
    let rates = format!("/v1/offers/{}/partner-rates/{}", made.offer, made.partner);
    let own = json!({"goals": [{"name": "sale", "payout": {"minor": 555}}], "valid_from": from, "valid_until": until});
    world.manager.put(&rates, own).await.ok();
    let backwards = json!({"goals": [], "valid_from": until, "valid_until": from});
    world.manager.put(&rates, backwards).await.refused(422, "invalid_fields");
    let private = format!("/v1/partners/{}/private-rates", made.partner);
    let member = world.partner_member(&made.partner).await;
    for caller in [&world.manager, &member] {
        let seen = caller.get(&private).await.ok();
        assert_eq!(seen["items"].as_array().map(Vec::len), Some(1), "{seen}");
        let rate = &seen["items"][0];
        assert_eq!((&rate["effect"], &rate["offer_id"]), (&json!({"minor": 555}), &json!(made.offer)));
        assert_eq!((&rate["from"], &rate["until"]), (&json!(from), &json!(until)));
        assert_eq!(
            seen["labels"][&made.offer],
            json!(world.manager.get(&format!("/v1/offers/{}", made.offer)).await.ok()["name"])
        );
    }
    let other = world.manager.post("/v1/partners", json!({"name": "Other", "email": "o@other.example"})).await.ok();
    let other = world.partner_member(&text(&other, "id")).await;
    other.get(&private).await.refused(404, "not_found");
    assert_eq!(earns(&world, &made, world.now()).await, 1_000);
    assert_eq!(earns(&world, &made, from).await, 555);
    assert_eq!(earns(&world, &made, planned).await, 555, "a version that was planned before does not undo it");
    assert_eq!(earns(&world, &made, until).await, 2_000, "what was planned meanwhile holds after its end");
    world.pass_days(7).await;
    assert_eq!(member.get(&private).await.ok()["items"], json!([]), "what is over is told no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_of_rates_is_a_version_from_its_moment_on() {
    let world = World::new().await;
    let made = world.programme().await;
    let start = world.now();
    let later = start.plus_days(10);
    world.advance_millis(1_000);
    change_rate(&world.manager, &made, json!({"payout": {"percent": "20"}, "valid_from": later.to_string()})).await;
    world.advance_millis(1_000);
    let own = json!({"goals": [{"name": "sale", "payout": {"minor": 555}}]});
    let rates = format!("/v1/offers/{}/partner-rates/{}", made.offer, made.partner);
    world.manager.put(&rates, own).await.ok();
    let member = world.partner_member(&made.partner).await;
    let seen = member.get(&format!("/v1/offers/{}", made.offer)).await.ok();
    assert_eq!(seen["goals"][0]["payout"], json!({"minor": 555}), "a partner sees its own rate");
    assert_eq!(
        earns(&world, &made, start.plus_days(-5)).await,
        1_000,
        "before the first version the first is in force"
    );
    assert_eq!(earns(&world, &made, start).await, 1_000);
    assert_eq!(earns(&world, &made, world.now()).await, 555);
    assert_eq!(earns(&world, &made, later).await, 555, "a planned version does not undo the override");
    world.manager.put(&rates, json!({"goals": []})).await.ok();
    world.advance_millis(1_000);
    assert_eq!(earns(&world, &made, world.now()).await, 1_000);
    assert_eq!(earns(&world, &made, later).await, 2_000);
    let plan = world.manager.get(&format!("/v1/offers/{}/plan", made.offer)).await.ok();
    let versions = plan["earnings"]["versions"].as_array().expect("versions");
    assert_eq!(versions.len(), 6);
    assert_eq!(versions.iter().filter(|version| version["in_force"] == json!(true)).count(), 1);
    assert_eq!(plan["revenue"]["versions"].as_array().map(Vec::len), Some(1));
    let past = json!({"goals": [], "valid_from": start.to_string()});
    world.manager.put(&rates, past).await.refused(422, "invalid_fields");
    let unknown = json!({"goals": [{"name": "nothing", "payout": {"minor": 1}}]});
    world.manager.put(&rates, unknown).await.refused(422, "invalid_fields");
}

#[tokio::test(flavor = "multi_thread")]
async fn goals_are_added_and_the_primary_one_changes_places() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/offers/{}/goals", made.offer);
    let offer =
        world.manager.post(&path, json!({"name": "ftd", "payout": {"minor": 4000}, "is_primary": true})).await.ok();
    let primary = |offer: &Value| -> Vec<bool> {
        offer["goals"].as_array().into_iter().flatten().map(|goal| goal["is_primary"] == json!(true)).collect()
    };
    assert_eq!(primary(&offer), [false, true]);
    assert_eq!(offer["goals"][1]["kind"], "ftd");
    world.manager.post(&path, json!({"name": "FTD"})).await.refused(409, "already_exists");
    let first = format!("{path}/{}", text(&offer["goals"][0], "id"));
    assert_eq!(primary(&world.manager.patch(&first, json!({"is_primary": true})).await.ok()), [true, false]);
    world.manager.patch(&first, json!({"is_primary": false})).await.refused(422, "invalid_fields");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_aimed_and_what_cannot_be_read_is_refused_where_it_stands() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/offers/{}", made.offer);
    let hours = json!({"field": "day_part", "mode": "include", "values": ["Mon-Fri 08:00-20:00"]});
    let device = json!({"field": "device", "mode": "include", "values": ["Desktop"]});
    let source = json!({"field": "source", "mode": "exclude", "match": "pattern", "values": ["bad-*"]});
    let wrong = json!({"targeting": [device, {"field": "country", "mode": "include", "values": ["PL", "Poland"]}]});
    let refused = world.manager.patch(&path, wrong).await.refused(422, "invalid_fields");
    assert!(refused.text.contains("targeting.1.values.1"), "{}", refused.text);
    let aimed = world.manager.patch(&path, json!({"targeting": [hours, device, source]})).await.ok();
    let kept = json!([
        {"field": "day_part", "mode": "include", "match": "range", "values": ["mon-fri 08:00-20:00"],
         "timezone": "Europe/Warsaw"},
        {"field": "device", "mode": "include", "match": "exact", "values": ["desktop"], "timezone": null},
        {"field": "source", "mode": "exclude", "match": "pattern", "values": ["bad-*"], "timezone": null}
    ]);
    assert_eq!(aimed["targeting"], kept);
    let partner = world.partner_member(&made.partner).await.get(&path).await.ok();
    assert_eq!(partner["targeting"].as_array().map(Vec::len), Some(2), "whom it keeps out by name is not told");

    // It is Monday, 10:00 in Warsaw.
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 302);
    assert_eq!(world.visit(&format!("{}?source_id=Bad-7", made.slug), "203.0.113.7").await.status, 404);
    world.advance_millis(10 * HOUR_MS);
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 404);
    world.manager.patch(&path, json!({"targeting": []})).await.ok();
    assert_eq!(world.visit(&made.slug, "203.0.113.7").await.status, 302);
    world.settle().await;
    assert_eq!(world.totals(&["clicks", "gross_clicks"]).await, json!({"clicks": 1, "gross_clicks": 4}));
}

#[tokio::test(flavor = "multi_thread")]
async fn landing_pages_share_visitors_by_weight_and_each_returns_to_its_own() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/offers/{}", made.offer);
    let second = json!({"name": "Second", "url": "https://two.northwind.example/", "weight": 50});
    let offer = world.manager.post(&format!("{path}/landings"), second).await.ok();
    let first = format!("{path}/landings/{}", text(&offer["landings"][0], "id"));
    let to = |reply: testkit::Reply| reply.header("location").starts_with("https://two.");
    assert!(to(world.visit(&made.slug, "203.0.113.7").await), "the only page with a weight");
    world.manager.patch(&first, json!({"weight": 1_001})).await.refused(422, "invalid_fields");
    world.manager.patch(&first, json!({"weight": 50})).await.ok();
    let mut seconds = 0;
    for visitor in 0..60 {
        let address = format!("198.51.100.{visitor}");
        let chosen = to(world.visit(&made.slug, &address).await);
        assert_eq!(to(world.visit(&made.slug, &address).await), chosen, "the same visitor");
        seconds += u32::from(chosen);
    }
    assert!((12..=48).contains(&seconds), "{seconds} of 60");
}
