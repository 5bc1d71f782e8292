//! What traffic earns, told through the public door.

use std::net::{IpAddr, Ipv4Addr};

use kernel::time::HOUR_MS;
use serde_json::{Value, json};
use testkit::{Programme, World, text};

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

async fn plan(world: &World, made: &Programme, lines: &str) {
    let path = format!("/v1/offers/{}/plan/drafts", made.offer);
    let draft = world.manager.post(&path, json!({"text": lines})).await.ok();
    assert_eq!(draft["findings"], json!([]), "{draft}");
    let path = format!("/v1/plan-drafts/{}/switch-on", text(&draft, "id"));
    world.manager.post(&path, json!({"valid_from": null})).await.ok();
    world.advance_millis(1_000);
}

/// So many visitors, each for the first time.
fn visitors(world: &World, slug: &str, from: u8, count: u8) {
    for host in from..from + count {
        world.click_in_process(slug, IpAddr::V4(Ipv4Addr::new(203, 0, 113, host)), AGENT);
    }
}

/// The day ends, and the hour after it.
async fn next_day(world: &World) {
    world.settle().await;
    world.pass_days(1).await;
    world.advance_millis(2 * HOUR_MS);
    world.settle().await;
}

async fn postings(world: &World) -> Vec<Value> {
    world.manager.get("/v1/accruals").await.ok()["items"].as_array().cloned().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn clicks_earn_by_the_day_and_lose_nothing() {
    let world = World::new().await;
    let made = world.programme().await;
    plan(&world, &made, "earnings\n10% ; goal sale\n0.0035 per click\nrevenue\n12% ; goal sale\n0.005 per click").await;
    let member = world.partner_member(&made.partner).await;
    let offer = member.get(&format!("/v1/offers/{}", made.offer)).await.ok();
    assert_eq!(offer["traffic_payouts"], json!([{"per_click": "0.0035"}]));
    assert_eq!(offer["goals"][0]["payout"], json!({"percent": "10"}), "a sale earns beside it");
    for _ in 0..3 {
        visitors(&world, &made.slug, 1, 47);
        visitors(&world, &made.slug, 1, 5);
        next_day(&world).await;
    }
    let told: Vec<_> = postings(&world).await;
    let earned: Vec<_> = told.iter().rev().map(|one| (one["clicks"].clone(), one["earned_minor"].clone())).collect();
    assert_eq!(earned, [(json!(47), json!(16)), (json!(47), json!(16)), (json!(47), json!(17))], "16.45 a day");
    let charged: Vec<_> = told.iter().rev().map(|one| one["charged_minor"].clone()).collect();
    assert_eq!(charged, [json!(23), json!(24), json!(23)], "23.5 a day");
    assert_eq!(world.balance(&made.partner).await["approved"], 49);
    world.advance_millis(2 * HOUR_MS);
    world.settle().await;
    assert_eq!(postings(&world).await.len(), 3, "a day is posted once");
    let path = format!("/v1/accruals/{}/rows", text(&told[0], "id"));
    let rows = member.get(&path).await.ok();
    assert_eq!(rows["items"].as_array().map(Vec::len), Some(1), "what is charged is not shown to partners: {rows}");
    assert_eq!((&rows["items"][0]["units"], &rows["items"][0]["rate"]), (&json!(47), &json!("0.0035")));
    assert!(member.get("/v1/accruals").await.ok()["items"][0].get("charged_minor").is_none());
    world.pass_days(20).await;
    assert_eq!(world.balance(&made.partner).await["payable"], 49, "payable once its hold is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_partner_has_for_itself_and_what_changes_in_the_day_count() {
    let world = World::new().await;
    let made = world.programme().await;
    plan(&world, &made, &format!("earnings\n0.01 per click\n0.02 per click ; partner {}", made.partner)).await;
    visitors(&world, &made.slug, 1, 10);
    world.settle().await;
    world.advance_millis(1_000);
    plan(&world, &made, "earnings\n0.05 per click").await;
    visitors(&world, &made.slug, 100, 10);
    next_day(&world).await;
    let told = postings(&world).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((&told[0]["clicks"], &told[0]["earned_minor"]), (&json!(20), &json!(70)), "ten at 2 cents, ten at 5");
    let rows = world.manager.get(&format!("/v1/accruals/{}/rows", text(&told[0], "id"))).await.ok();
    let rates: Vec<_> = rows["items"].as_array().into_iter().flatten().map(|row| row["rate"].clone()).collect();
    assert_eq!(rates, [json!("0.02"), json!("0.05")]);
    let other = world.manager.post("/v1/partners", json!({"name": "Other", "email": "o@other.example"})).await.ok();
    let other = world.partner_member(&text(&other, "id")).await;
    assert_eq!(other.get("/v1/accruals").await.ok()["items"], json!([]));
    other.get(&format!("/v1/accruals/{}/rows", text(&told[0], "id"))).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_for_traffic_asks_for_nothing_that_a_click_has_not() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/offers/{}/plan/drafts", made.offer);
    for line in ["0.01 per click ; goal sale", "0.01 per click ; limit 5.00 per partner per day", "20000 per click"] {
        world.manager.post(&path, json!({"text": format!("earnings\n{line}")})).await.refused(422, "invalid_fields");
    }
    let rates = format!("/v1/offers/{}/partner-rates/{}", made.offer, made.partner);
    let of_goal = json!({"goals": [{"name": "sale", "payout": {"per_click": "1"}}]});
    world.manager.put(&rates, of_goal).await.refused(422, "invalid_fields");
}
