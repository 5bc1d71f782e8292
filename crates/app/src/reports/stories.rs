//! Reports through the public door.

#[path = "stories/attribution.rs"]
mod attribution;
#[path = "stories/changes.rs"]
mod changes;

use app::identity::Role;
use kernel::Timestamp;
use serde_json::{Value, json};
use testkit::{Caller, World, text};

const QUERY: &str = "/v1/reports/query";

/// A question over the whole story, with more said.
fn question(metrics: &[&str], more: Value) -> Value {
    let mut question = json!({"from": "2026-01-01", "to": "2026-12-31", "metrics": metrics});
    for (name, value) in more.as_object().expect("fields") {
        question[name] = value.clone();
    }
    question
}

async fn ask(caller: &Caller, metrics: &[&str], more: Value) -> Value {
    caller.post(QUERY, question(metrics, more)).await.ok()
}

async fn sale(world: &World, click: &str, order: &str) -> Value {
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id={order}");
    let reply = world.postback(&query).await.ok();
    world.settle().await;
    reply
}

fn at(world: &World, moment: &str) {
    world.clock.set(Timestamp::parse(moment).expect("valid"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_and_a_sale_appear_and_the_total_is_the_sum() {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    world.click(&programme.slug).await;
    world.visit(&programme.slug, "203.0.113.8").await;
    sale(&world, &click, "A1").await;

    let metrics = ["gross_clicks", "clicks", "duplicate_clicks", "conversions", "payout", "revenue", "epc"];
    let more = json!({"dimensions": ["partner", "offer"]});
    let report = ask(&world.manager, &metrics, more.clone()).await;
    assert_eq!(report["rows"], json!([[programme.partner, programme.offer, 3, 2, 1, 1, 800, 1200, 4_000_000]]));
    assert_eq!(report["labels"][&programme.partner], "Trail Notes");
    assert_eq!(report["labels"][&programme.offer], "Northwind Outdoor");
    assert_eq!((&report["totals"]["payout"], &report["truncated"]), (&json!(800), &json!(false)));

    let by_verdict = ask(&world.manager, &["gross_clicks"], json!({"dimensions": ["click_verdict"]})).await;
    let sum: i64 = by_verdict["rows"].as_array().expect("rows").iter().filter_map(|row| row[1].as_i64()).sum();
    assert_eq!(by_verdict["totals"]["gross_clicks"], sum);

    let csv = world.manager.post("/v1/reports/export", question(&metrics, more)).await;
    assert!(csv.text.ends_with("total,,,,3,2,1,1,800,1200,4000000\n"), "{}", csv.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn days_are_local_to_the_zone_asked() {
    let world = World::new().await;
    let programme = world.programme().await;
    for (moment, address) in [
        ("2026-03-28T18:20:00Z", "203.0.113.1"),
        ("2026-03-29T00:30:00Z", "203.0.113.2"),
        ("2026-03-29T01:30:00Z", "203.0.113.3"),
    ] {
        at(&world, moment);
        world.visit(&programme.slug, address).await;
    }
    world.settle().await;
    let by = async |dimension: &str, zone: &str| {
        ask(&world.manager, &["clicks"], json!({"dimensions": [dimension], "timezone": zone})).await["rows"].clone()
    };
    assert_eq!(by("day", "Asia/Kathmandu").await, json!([["2026-03-29", 3]]));
    assert_eq!(by("day", "UTC").await, json!([["2026-03-28", 1], ["2026-03-29", 2]]));
    let hours =
        json!([["2026-03-28T19:00:00+01:00", 1], ["2026-03-29T01:00:00+01:00", 1], ["2026-03-29T03:00:00+02:00", 1]]);
    assert_eq!(by("hour", "Europe/Warsaw").await, hours);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_and_the_date_basis_are_asked_for() {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    at(&world, "2026-02-04T10:00:00Z");
    let conversion = text(&sale(&world, &click, "A1").await, "conversion_id");
    at(&world, "2026-02-06T10:00:00Z");
    world.manager.post(&format!("/v1/conversions/{conversion}/approve"), json!({})).await.ok();
    world.settle().await;

    let as_of = async |moment: Option<&str>| {
        ask(&world.manager, &["pending", "approved"], json!({"as_of": moment})).await["rows"].clone()
    };
    assert_eq!(as_of(None).await, json!([[0, 1]]));
    assert_eq!(as_of(Some("2026-02-05T00:00:00Z")).await, json!([[1, 0]]));
    assert_eq!(as_of(Some("2026-02-03T00:00:00Z")).await, json!([[0, 0]]));
    for (basis, day) in
        [("event", "2026-02-04"), ("conversion", "2026-02-04"), ("click", "2026-02-02"), ("decided", "2026-02-06")]
    {
        let report = ask(&world.manager, &["approved"], json!({"dimensions": ["day"], "date_basis": basis})).await;
        assert_eq!(report["rows"], json!([[day, 1]]), "{basis}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn partners_and_advertisers_see_their_own_side() {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    sale(&world, &click, "A1").await;
    let other = json!({"name": "Other Path", "email": "other@path.example"});
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");

    let partner = world.partner_member(&programme.partner).await;
    let seen = ask(&partner, &["clicks", "payout"], json!({"dimensions": ["offer"]})).await;
    assert_eq!(seen["rows"], json!([[programme.offer, 1, 800]]));
    for metric in ["revenue", "profit", "margin", "rpc"] {
        partner.post(QUERY, question(&[metric], json!({}))).await.refused(400, "unknown_metric");
    }
    partner
        .post(QUERY, question(&["clicks"], json!({"dimensions": ["advertiser"]})))
        .await
        .refused(400, "unknown_dimension");
    let stranger = world.partner_member(&other).await;
    assert_eq!(ask(&stranger, &["clicks", "payout"], json!({})).await["rows"], json!([[0, 0]]));

    let advertiser = world.advertiser_member(&programme.advertiser).await;
    assert_eq!(ask(&advertiser, &["clicks", "revenue"], json!({})).await["rows"], json!([[1, 1200]]));
    advertiser.post(QUERY, question(&["payout"], json!({}))).await.refused(400, "unknown_metric");
    let dictionary = partner.get("/v1/reports/dictionary").await.ok();
    assert!(!dictionary.to_string().contains("\"revenue\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_workspace_sees_another() {
    let world = World::new().await;
    let programme = world.programme().await;
    world.click(&programme.slug).await;
    world.settle().await;
    let (elsewhere, _) = world.other_workspace().await;
    let by_offer = json!({"dimensions": ["offer"]});
    let report = ask(&elsewhere, &["gross_clicks"], by_offer).await;
    assert_eq!((&report["rows"], &report["labels"]), (&json!([]), &json!({})));
    let filtered = json!({"filters": [{"field": "offer", "op": "in", "values": [programme.offer]}]});
    assert_eq!(ask(&elsewhere, &["gross_clicks"], filtered).await["rows"], json!([[0]]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_tells_tiles_series_and_tops() {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    sale(&world, &click, "A1").await;
    let analyst = world.member(Role::Analyst).await;
    let page = analyst.get("/v1/dashboard?from=2026-02-01&to=2026-02-03&timezone=Europe/Warsaw").await.ok();
    assert_eq!(page["series"]["buckets"], json!(["2026-02-01", "2026-02-02", "2026-02-03"]));
    assert_eq!(page["series"]["values"]["clicks"], json!([0, 1, 0]));
    let revenue = json!({"metric": "revenue", "unit": "minor", "value": 1200, "previous": 0, "change": null});
    assert_eq!(page["tiles"][0], revenue);
    assert_eq!(page["top_offers"]["rows"][0][0], json!(programme.offer));
    assert_eq!(page["labels"][&programme.offer], "Northwind Outdoor");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_is_none_is_refused_by_name() {
    let world = World::new().await;
    for (more, code) in [
        (json!({"dimensions": ["1; DROP TABLE clicks"]}), "unknown_dimension"),
        (json!({"metrics": ["luck"]}), "unknown_metric"),
        (json!({"timezone": "Mars/Olympus"}), "bad_timezone"),
        (json!({"limit": 1_000_001}), "bad_parameter"),
        (json!({"from": "soon"}), "bad_parameter"),
        (json!({"colour": "red"}), "bad_body"),
    ] {
        world.manager.post(QUERY, question(&["clicks"], more)).await.refused(400, code);
    }
    world.nobody().post(QUERY, question(&["clicks"], json!({}))).await.refused(401, "not_authenticated");
}
