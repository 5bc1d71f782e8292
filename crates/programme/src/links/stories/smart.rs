//! Stories of smart links.

use edge::EdgeRequest;
use kernel::time::MINUTE_MS;
use serde_json::{Value, json};
use testkit::{Programme, World, click_id_of, text};

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
/// Of a sale of 80.00 the advertiser is charged 15 %, the partner earns 10 %.
const PROFIT: i64 = 400;

/// A further offer of the programme's advertiser at a host of its own, with the partner enrolled.
async fn further_offer(world: &World, programme: &Programme, host: &str) -> String {
    let goals = json!([{"name": "sale", "payout": {"percent": "10"}, "revenue": {"percent": "15"}}]);
    let offer = json!({
        "advertiser_id": programme.advertiser, "name": host, "currency": "EUR", "goals": goals,
        "landing_url": format!("https://{host}/")
    });
    let offer = text(&world.manager.post("/v1/offers", offer).await.ok(), "id");
    let both = json!({"offer_id": offer, "partner_id": programme.partner});
    world.manager.post("/v1/enrollments", both).await.ok();
    offer
}

/// A programme with a second offer, and a smart link over both.
async fn with_smart_link(terms: Value) -> (World, Programme, String, Value) {
    let world = World::new().await;
    let programme = world.programme().await;
    let second = further_offer(&world, &programme, "second.example").await;
    let mut body = json!({
        "partner_id": programme.partner, "name": "Both shops",
        "members": [{"offer_id": programme.offer}, {"offer_id": second}]
    });
    body.as_object_mut().expect("object").extend(terms.as_object().expect("object").clone());
    let smart = world.manager.post("/v1/smart-links", body).await.ok();
    (world, programme, second, smart)
}

/// A click of one of many visitors: the host it was sent to, and its id.
fn click(world: &World, slug: &str, visitor: u32) -> (String, String) {
    let target = format!("/c/{slug}");
    let mut request =
        EdgeRequest::get("127.0.0.1", &target, std::net::Ipv4Addr::from_bits(0xCB00_7100 + visitor).into());
    request.user_agent = AGENT.into();
    let answer = world.platform().edge().click(&request);
    let location = answer.location().unwrap_or_default().to_owned();
    let host = location.split('/').nth(2).unwrap_or_default().to_owned();
    let id = if host.is_empty() { String::new() } else { click_id_of(&location) };
    (host, id)
}

async fn learn(world: &World) {
    world.settle().await;
    world.advance_millis(6 * MINUTE_MS);
    world.settle().await;
}

async fn choices(world: &World, smart: &Value) -> Vec<Value> {
    let shown = world.manager.get(&format!("/v1/smart-links/{}", text(smart, "id"))).await.ok();
    shown["members"].as_array().expect("members").iter().map(|member| member["choice"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offer_that_pays_gets_the_clicks_and_a_rejection_takes_it_back() {
    let (world, _, second, smart) = with_smart_link(json!({"floor_clicks": 10, "floor_percent": 10})).await;
    let slug = text(&smart, "slug");
    let even: Vec<_> = choices(&world, &smart).await.iter().map(|choice| choice["share_ppm"].clone()).collect();
    assert_eq!(even, [json!(500_000), json!(500_000)]);
    let mut sales = Vec::new();
    for visitor in 0..60 {
        let (host, id) = click(&world, &slug, visitor);
        if host == "second.example" {
            let sale = world.postback(&format!("click_id={id}&goal=sale&amount=80.00&order_id={visitor}")).await.ok();
            sales.push(text(&sale, "conversion_id"));
        }
    }
    let paid = sales.len() as i64;
    assert!((15..=45).contains(&paid), "about half: {paid}");
    learn(&world).await;
    let learned = choices(&world, &smart).await;
    assert_eq!(learned[1]["profit_minor"], json!(paid * PROFIT));
    assert_eq!((&learned[0]["clicks"], &learned[1]["paying_clicks"]), (&json!(60 - paid), &json!(paid)));
    assert_eq!(learned[1]["per_click_micros"], json!(PROFIT * 10_000));
    assert!(learned[1]["share_ppm"].as_i64() > Some(950_000), "{learned:?}");
    let to_second = (100..160).filter(|visitor| click(&world, &slug, *visitor).0 == "second.example").count();
    assert!(to_second > 50, "the edge has the new shares: {to_second}");

    let question = json!({
        "from": world.now().plus_days(-1).to_string(), "to": world.now().plus_days(1).to_string(),
        "timezone": "Europe/Warsaw", "dimensions": ["smart_link", "offer"], "metrics": ["profit", "clicks"]
    });
    world.settle().await;
    let report = world.manager.post("/v1/reports/query", question).await.ok();
    assert_eq!(report["totals"], json!({"clicks": 120, "profit": paid * PROFIT}));
    let rows = report["rows"].as_array().expect("rows");
    let of_second = rows.iter().find(|row| row[1] == json!(second)).expect("the second offer");
    assert_eq!((&of_second[0], &of_second[2]), (&smart["id"], &json!(paid * PROFIT)));
    assert_eq!(report["labels"][text(&smart, "id")], "Both shops");

    for sale in &sales {
        let path = format!("/v1/conversions/{sale}/reject");
        world.manager.post(&path, json!({"reason": "returned"})).await.ok();
    }
    learn(&world).await;
    let taken_back = choices(&world, &smart).await;
    assert_eq!((&taken_back[1]["profit_minor"], &taken_back[1]["paying_clicks"]), (&json!(0), &json!(0)));
    assert!(taken_back[0]["share_ppm"].as_i64() > Some(400_000), "{taken_back:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_says_what_another_way_of_choosing_would_have_brought() {
    let (world, programme, second, smart) = with_smart_link(json!({"mode": "weights"})).await;
    let slug = text(&smart, "slug");
    let mut paid = 0;
    let mut to_second = 0;
    for visitor in 0..40 {
        let (host, id) = click(&world, &slug, visitor);
        if host == "second.example" {
            to_second += 1;
            world.postback(&format!("click_id={id}&goal=sale&amount=80.00&order_id={visitor}")).await.ok();
            paid += PROFIT;
        }
    }
    world.settle().await;
    let day = |days: i64| world.now().plus_days(days).to_string();
    let path = format!("/v1/smart-links/{}/replay", text(&smart, "id"));
    let ask = |policy: Value| {
        let mut body = json!({"from": day(-1), "to": day(1)});
        body.as_object_mut().expect("object").extend(policy.as_object().expect("object").clone());
        world.manager.post(&path, body)
    };
    let equal = ask(json!({"policy": "equal"})).await.ok();
    assert_eq!((&equal["clicks"], &equal["covered_ppm"]), (&json!(40), &json!(1_000_000)));
    assert_eq!(equal["live"]["micros"], json!(paid * 10_000 / 40));
    assert_eq!(equal["live"], equal["replayed"], "the weights were equal");
    let only_second = ask(json!({"policy": "weights", "weights": {second.clone(): 1}})).await.ok();
    assert_eq!(only_second["replayed"]["micros"], json!(PROFIT * 10_000));
    assert_eq!(only_second["effective_clicks"], json!(to_second));
    let only_first = ask(json!({"policy": "weights", "weights": {programme.offer.clone(): 1}})).await.ok();
    assert_eq!(only_first["replayed"]["micros"], json!(0));
    let member = world.partner_member(&programme.partner).await;
    member.post(&path, json!({"from": day(-1), "to": day(1), "policy": "equal"})).await.refused(403, "not_permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_come_and_go_and_go_on_where_they_were() {
    let (world, programme, second, smart) = with_smart_link(json!({"mode": "priorities"})).await;
    let (slug, path) = (text(&smart, "slug"), format!("/v1/smart-links/{}", text(&smart, "id")));
    let members = json!([{"offer_id": programme.offer, "priority": 1}, {"offer_id": second, "priority": 9}]);
    world.manager.patch(&path, json!({"members": members})).await.ok();
    assert_eq!(click(&world, &slug, 1).0, "second.example");
    world.manager.patch(&format!("/v1/offers/{second}"), json!({"state": "paused"})).await.ok();
    assert_eq!(click(&world, &slug, 2).0, "shop.northwind.example", "the next that matches");
    world.manager.patch(&format!("/v1/offers/{second}"), json!({"state": "active"})).await.ok();
    let third = further_offer(&world, &programme, "third.example").await;
    let changed = world.manager.patch(&path, json!({"members": [{"offer_id": third}]})).await.ok();
    assert_eq!(changed["members"].as_array().map(Vec::len), Some(1));
    assert_eq!(click(&world, &slug, 3).0, "third.example");
    learn(&world).await;
    let back = json!({"members": [{"offer_id": third}, {"offer_id": second, "state": "paused"}]});
    let back = world.manager.patch(&path, back).await.ok();
    assert_eq!((&back["members"][0]["offer_id"], &back["members"][0]["choice"]["clicks"]), (&json!(second), &json!(1)));
    assert_eq!(back["members"][0]["link_id"], smart["members"][1]["link_id"]);
    world.manager.patch(&path, json!({"state": "archived"})).await.ok();
    assert_eq!(world.visit(&slug, "203.0.113.7").await.status, 404);
    world.manager.patch(&path, json!({"state": "active"})).await.ok();
    app::links::feed::load_all(world.platform().app()).await.expect("loads");
    assert_eq!(click(&world, &slug, 4).0, "third.example");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_smart_link_is_of_offers_on_which_the_partner_is_and_what_we_earn_stays_ours() {
    let (world, programme, _, smart) = with_smart_link(json!({})).await;
    let other = json!({
        "advertiser_id": programme.advertiser, "name": "Elsewhere", "currency": "EUR",
        "landing_url": "https://elsewhere.example/", "goals": [{"name": "sale", "payout": {"percent": "10"}}]
    });
    let other = text(&world.manager.post("/v1/offers", other).await.ok(), "id");
    let path = format!("/v1/smart-links/{}", text(&smart, "id"));
    let body = |members: Value| json!({"partner_id": programme.partner, "name": "Another", "members": members});
    for (members, status, code) in [
        (json!([{"offer_id": other}]), 409, "not_enrolled"),
        (json!([]), 422, "invalid_fields"),
        (json!([{"offer_id": programme.offer}, {"offer_id": programme.offer}]), 422, "invalid_fields"),
        (json!([{"offer_id": programme.offer, "weight": 0}]), 422, "invalid_fields"),
    ] {
        world.manager.post("/v1/smart-links", body(members.clone())).await.refused(status, code);
        world.manager.patch(&path, json!({"members": members})).await.refused(status, code);
    }
    world.manager.patch(&path, json!({"floor_percent": 51})).await.refused(422, "invalid_fields");
    let member = world.partner_member(&programme.partner).await;
    let own = member.get(&path).await.ok();
    assert_eq!((&own["url"], own["members"].as_array().map(Vec::len)), (&smart["url"], Some(2)));
    assert!(own["choosing"].is_null() && own["members"][0]["choice"].is_null(), "{own}");
    member.patch(&path, json!({"name": "Mine"})).await.refused(403, "not_permitted");
    let stranger = json!({"name": "Other", "email": "other@example.com"});
    let stranger = text(&world.manager.post("/v1/partners", stranger).await.ok(), "id");
    let stranger = world.partner_member(&stranger).await;
    stranger.get(&path).await.refused(404, "not_found");
    assert_eq!(stranger.get("/v1/smart-links").await.ok()["items"], json!([]));
    let (elsewhere, _) = world.other_workspace().await;
    elsewhere.patch(&path, json!({"name": "Theirs"})).await.refused(404, "not_found");
    let listed = world.manager.get(&format!("/v1/smart-links?q={}", text(&smart, "slug"))).await.ok();
    assert_eq!(listed["items"][0]["id"], smart["id"]);
    assert_eq!(listed["labels"][&programme.offer], "Northwind Outdoor");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imagined_visitor_learns_which_offer_it_would_get_and_why_not_the_others() {
    let (world, programme, second, smart) = with_smart_link(json!({"mode": "weights"})).await;
    let poland = json!([{"field": "country", "mode": "include", "match": "exact", "values": ["PL"]}]);
    world.manager.patch(&format!("/v1/offers/{second}"), json!({"targeting": poland})).await.ok();
    let path = format!("/v1/smart-links/{}/try", text(&smart, "id"));
    let visitor = json!({"address": "203.0.113.7", "user_agent": AGENT});
    let tried = world.manager.post(&path, visitor.clone()).await.ok();
    assert_eq!(
        tried["members"],
        json!([
            {"offer_id": programme.offer, "reason": null, "chance_ppm": 1_000_000, "is_chosen": true},
            {"offer_id": second, "reason": "targeting_geo", "chance_ppm": 0, "is_chosen": false}
        ])
    );
    assert_eq!((&tried["trial"]["destination"], &tried["trial"]["conditions"]), (&json!("landing"), &json!([])));
    assert!(text(&tried["trial"], "location").starts_with("https://shop.northwind.example/"), "{tried}");

    world.manager.patch(&format!("/v1/offers/{}", programme.offer), json!({"targeting": poland})).await.ok();
    let refused = world.manager.post(&path, visitor.clone()).await.ok();
    assert!(refused["members"].as_array().expect("two").iter().all(|member| member["reason"] == "targeting_geo"));
    assert_eq!(
        (&refused["trial"]["destination"], &refused["trial"]["reason"]),
        (&json!("not_found"), &json!("targeting_geo"))
    );
    assert_eq!(refused["trial"]["conditions"][0]["spoke"], json!(true), "{refused}");

    let partner = world.partner_member(&programme.partner).await;
    let seen = partner.post(&path, visitor.clone()).await.ok();
    assert!(seen["members"][0]["chance_ppm"].is_null(), "a partner does not see how we choose");
    let (elsewhere, _) = world.other_workspace().await;
    elsewhere.post(&path, visitor).await.refused(404, "not_found");
}
