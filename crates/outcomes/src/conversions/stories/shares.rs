//! A commission is split among the partners whose clicks led to the sale.

use kernel::time::HOUR_MS;
use serde_json::{Value, json};
use testkit::{Programme, World, text};

use super::{act, sale, set_terms, show};

/// A further partner with a link to the programme's offer: the partner and the link's slug.
async fn joins(world: &World, programme: &Programme, name: &str) -> (String, String) {
    let partner = json!({"name": name, "email": format!("{}@partner.example", name.to_lowercase())});
    let partner = text(&world.manager.post("/v1/partners", partner).await.ok(), "id");
    let both = json!({"offer_id": programme.offer, "partner_id": partner});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let slug = text(&world.manager.post("/v1/links", both).await.ok(), "slug");
    (partner, slug)
}

/// One visitor clicks on the links of three partners, an hour between them, and buys for 80.00.
async fn three_partners(terms: Value) -> (World, [String; 3], String) {
    let world = World::new().await;
    let programme = world.programme().await;
    set_terms(&world, &programme, terms).await;
    let (second, second_slug) = joins(&world, &programme, "Second").await;
    let (third, third_slug) = joins(&world, &programme, "Third").await;
    let mut last = String::new();
    for slug in [&programme.slug, &second_slug, &third_slug] {
        last = world.click(slug).await;
        world.advance_millis(HOUR_MS);
    }
    let conversion = sale(&world, &last, "A").await;
    (world, [programme.partner, second, third], conversion)
}

async fn balances(world: &World, partners: &[String; 3], part: &str) -> [i64; 3] {
    let mut found = [0; 3];
    for (place, partner) in partners.iter().enumerate() {
        found[place] = world.balance(partner).await[part].as_i64().expect("an amount");
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offer_says_who_is_paid() {
    for (terms, expected) in [
        (json!({}), [0, 0, 800]),
        (json!({"pay_model": "first"}), [800, 0, 0]),
        (json!({"pay_model": "position"}), [320, 160, 320]),
        (json!({"pay_model": "assist", "assist_percent": 25}), [100, 100, 600]),
    ] {
        let (world, partners, _) = three_partners(terms.clone()).await;
        assert_eq!(balances(&world, &partners, "pending").await, expected, "{terms}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn shares_follow_the_conversion_to_the_payout() {
    let (world, partners, conversion) = three_partners(json!({"pay_model": "position"})).await;
    let part = json!({"reason": "returned", "amount": {"minor": 2703, "currency": "EUR"}});
    act(&world, &conversion, "approve", json!({})).await.ok();
    act(&world, &conversion, "reverse", part).await.ok();
    let left = balances(&world, &partners, "approved").await;
    assert_eq!((left, left.iter().sum()), ([212, 106, 212], 530), "of 800, for 52.97 of 80.00");
    world.pass_days(15).await;
    assert_eq!(balances(&world, &partners, "payable").await, left);

    let batch = json!({"currency": "EUR", "partner_ids": [partners[0]]});
    let batch = world.manager.post("/v1/payout-batches", batch).await.ok();
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    let shown = show(&world, &conversion).await;
    assert_eq!(shown["status"], "locked", "two partners wait for their money");
    let paid = shown["commissions"].as_array().expect("shares").iter().filter(|it| it["status"] == "paid").count();
    assert_eq!(paid, 1);
    let batch = world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    assert_eq!(show(&world, &conversion).await["status"], "paid");
    assert_eq!(balances(&world, &partners, "paid").await, left);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_partner_sees_its_own_share_and_reports_add_up() {
    let (world, partners, conversion) = three_partners(json!({"pay_model": "position"})).await;
    for (partner, expected) in partners.iter().zip([320, 160, 320]) {
        let member = world.partner_member(partner).await;
        let list = member.get("/v1/conversions").await.ok();
        let row = &list["items"][0];
        assert_eq!((&row["payout"]["minor"], &row["partner_id"]), (&json!(expected), &json!(partner)));
        let detail = member.get(&format!("/v1/conversions/{conversion}")).await.ok();
        assert_eq!(detail["commissions"].as_array().map(Vec::len), Some(1), "{detail}");
        assert_eq!(detail["click_id"].is_null(), partner != &partners[2], "another partner's click is not shown");
    }
    assert_eq!(world.totals(&["conversions", "payout"]).await, json!({"conversions": 1, "payout": 800}));
    let asked = json!({"from": "2026-01-01", "to": "2026-12-31", "dimensions": ["partner"], "metrics": ["conversions", "payout"]});
    let report = world.manager.post("/v1/reports/query", asked).await.ok();
    let rows = report["rows"].as_array().expect("rows");
    for (partner, row) in partners.iter().zip([json!([0, 320]), json!([0, 160]), json!([1, 320])]) {
        let found = rows.iter().find(|row| row[0] == *partner).expect("a row");
        assert_eq!(json!([found[1], found[2]]), row);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_partner_and_clicks_of_long_ago_get_no_share() {
    let world = World::new().await;
    let programme = world.programme().await;
    set_terms(&world, &programme, json!({"pay_model": "position", "click_to_conversion_max_days": 10})).await;
    let (second, second_slug) = joins(&world, &programme, "Second").await;
    let (third, third_slug) = joins(&world, &programme, "Third").await;
    world.click(&programme.slug).await;
    world.pass_days(11).await;
    world.click(&second_slug).await;
    world.advance_millis(HOUR_MS);
    let last = world.click(&third_slug).await;
    world.manager.patch(&format!("/v1/partners/{second}"), json!({"state": "suspended"})).await.ok();
    sale(&world, &last, "A").await;
    let partners = [programme.partner, second, third];
    assert_eq!(balances(&world, &partners, "pending").await, [0, 0, 800]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assist_share_leaves_something_for_both_sides() {
    let world = World::new().await;
    let programme = world.programme().await;
    let offer = format!("/v1/offers/{}", programme.offer);
    for percent in [0, 91] {
        world.manager.patch(&offer, json!({"assist_percent": percent})).await.refused(422, "invalid_fields");
    }
    let changed = world.manager.patch(&offer, json!({"pay_model": "assist", "assist_percent": 30})).await.ok();
    assert_eq!((&changed["pay_model"], &changed["assist_percent"]), (&json!("assist"), &json!(30)));
}

#[tokio::test(flavor = "multi_thread")]
async fn shares_stand_under_the_group_and_manager_of_their_partner() {
    let world = World::new().await;
    let programme = world.programme().await;
    set_terms(&world, &programme, json!({"pay_model": "position"})).await;
    let (second, second_slug) = joins(&world, &programme, "Second").await;
    for (partner, group) in [(&programme.partner, "silver"), (&second, "gold")] {
        world.manager.patch(&format!("/v1/partners/{partner}"), json!({"group": group})).await.ok();
    }
    world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    let last = world.click(&second_slug).await;
    let conversion = sale(&world, &last, "A").await;
    world.manager.patch(&format!("/v1/partners/{}", programme.partner), json!({"group": "bronze"})).await.ok();
    act(&world, &conversion, "approve", json!({})).await.ok();
    world.settle().await;
    let asked = json!({
        "from": "2026-01-01", "to": "2026-12-31", "dimensions": ["partner_group"], "metrics": ["conversions", "payout"]
    });
    let report = world.manager.post("/v1/reports/query", asked).await.ok();
    let mut rows: Vec<Value> = report["rows"].as_array().expect("rows").clone();
    rows.retain(|row| row[2] != json!(0));
    rows.sort_by_key(|row| row[0].to_string());
    assert_eq!(json!(rows), json!([["gold", 1, 400], ["silver", 0, 400]]), "as it was when the sale came");
}
