//! Who had a part: the journeys of visitors before a sale, and each model's credit for them.

use serde_json::{Value, json};
use testkit::{Programme, World, text};

use super::sale;

const ATTRIBUTION: &str = "/v1/reports/attribution";
const HOUR_MS: i64 = 3_600_000;

async fn ask(world: &World, more: Value) -> Value {
    world.settle().await;
    let mut asked = json!({"from": "2026-01-01", "to": "2026-12-31"});
    for (name, value) in more.as_object().expect("fields") {
        asked[name] = value.clone();
    }
    world.manager.post(ATTRIBUTION, asked).await.ok()
}

/// A second partner with a link to the programme's offer.
pub async fn second_partner(world: &World, programme: &Programme) -> (String, String) {
    let partner = json!({"name": "Deal Desk", "email": "hello@dealdesk.example"});
    let partner = text(&world.manager.post("/v1/partners", partner).await.ok(), "id");
    let both = json!({"offer_id": programme.offer, "partner_id": partner});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let slug = text(&world.manager.post("/v1/links", both).await.ok(), "slug");
    (partner, slug)
}

fn credit(report: &Value, key: &str, model: &str) -> (f64, i64) {
    let rows = report["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["key"] == key).unwrap_or_else(|| panic!("no {key} in {report}"));
    let credited = &row["models"][model];
    (credited["conversions"].as_f64().expect("a number"), credited["minor"].as_i64().expect("an amount"))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_partners_on_the_way_to_one_sale_share_the_credit() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (desk, desk_slug) = second_partner(&world, &programme).await;
    world.click(&programme.slug).await;
    world.advance_millis(168 * HOUR_MS);
    let last = world.click(&desk_slug).await;
    world.visit(&programme.slug, "203.0.113.99").await;
    sale(&world, &last, "A1").await;

    let report = ask(&world, json!({})).await;
    assert_eq!((&report["conversions"], &report["minor"], &report["nulls"]), (&json!(1), &json!(8000), &json!(1)));
    assert_eq!(credit(&report, &programme.partner, "first_touch"), (1.0, 8000));
    assert_eq!(credit(&report, &desk, "last_touch"), (1.0, 8000));
    assert_eq!(credit(&report, &programme.partner, "linear"), (0.5, 4000));
    let (decayed, minor) = credit(&report, &desk, "time_decay_halflife_168h");
    assert!((decayed - 2.0 / 3.0).abs() < 1e-6 && minor == 5333, "{decayed} {minor}");
    assert_eq!(credit(&report, &desk, "shapley"), (0.5, 4000));
    let path = &report["paths"][0];
    assert_eq!(path["steps"], json!([programme.partner, desk]), "oldest first");
    assert_eq!(report["labels"][&desk], "Deal Desk");

    let by_offer = ask(&world, json!({"by": "offer", "models": ["linear"], "amount": "payout"})).await;
    assert_eq!(credit(&by_offer, &programme.offer, "linear"), (1.0, 800));
    let by_channel = ask(&world, json!({"by": "channel", "models": ["markov_order1"]})).await;
    assert_eq!(by_channel["rows"].as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_conversion_shows_its_journey_and_a_partner_sees_its_own_part() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (desk, desk_slug) = second_partner(&world, &programme).await;
    world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    let last = world.click(&desk_slug).await;
    let conversion = text(&sale(&world, &last, "A1").await, "conversion_id");
    let address = format!("/v1/conversions/{conversion}/journey");
    let journey = world.manager.get(&address).await.ok();
    let partners: Vec<_> =
        journey["touches"].as_array().expect("touches").iter().map(|it| text(it, "partner_id")).collect();
    assert_eq!(partners, [programme.partner.clone(), desk.clone()]);
    assert_eq!(
        (&journey["touches"][0]["converted"], &journey["touches"][1]["converted"]),
        (&json!(false), &json!(true))
    );
    let own = world.partner_member(&desk).await.get(&address).await.ok();
    assert_eq!((own["touches"].as_array().map(Vec::len), &own["of_others"]), (Some(1), &json!(1)));
    world.partner_member(&programme.partner).await.get(&address).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn clicks_of_long_ago_and_refused_sales_have_no_part() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (desk, desk_slug) = second_partner(&world, &programme).await;
    world.click(&programme.slug).await;
    world.pass_days(31).await;
    let last = world.click(&desk_slug).await;
    let conversion = text(&sale(&world, &last, "A1").await, "conversion_id");
    let report = ask(&world, json!({"models": ["first_touch"]})).await;
    assert_eq!(credit(&report, &desk, "first_touch"), (1.0, 8000));
    world.manager.post(&format!("/v1/conversions/{conversion}/reject"), json!({})).await.ok();
    let report = ask(&world, json!({"models": ["first_touch"]})).await;
    assert_eq!(report["conversions"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn partners_do_not_see_others_and_advertisers_not_the_payout() {
    let world = World::new().await;
    let programme = world.programme().await;
    let asked = json!({"from": "2026-01-01", "to": "2026-12-31", "amount": "payout"});
    let partner = world.partner_member(&programme.partner).await;
    partner.post(ATTRIBUTION, asked.clone()).await.refused(403, "not_permitted");
    let advertiser = world.advertiser_member(&programme.advertiser).await;
    advertiser.post(ATTRIBUTION, asked.clone()).await.refused(400, "unknown_metric");
    let other = world.other_workspace().await.0;
    let click = world.click(&programme.slug).await;
    sale(&world, &click, "A1").await;
    assert_eq!(other.post(ATTRIBUTION, asked).await.ok()["conversions"], 0);
}
