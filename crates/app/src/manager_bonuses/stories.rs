//! Stories of managers' bonuses: planned, worked out once for a closed month, and counted among costs.

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{Caller, World, text};

async fn user_of(caller: &Caller) -> String {
    text(&caller.get("/v1/me").await.ok(), "user_id")
}

async fn sold(world: &World, slug: &str, order: &str) {
    let click = world.click(slug).await;
    let sale = format!("click_id={click}&goal=sale&amount=1000.00&currency=EUR&order_id={order}");
    world.postback(&sale).await;
    let conversion = text(&world.conversions_of(order).await[0], "id");
    world.manager.post(&format!("/v1/conversions/{conversion}/approve"), json!({})).await.ok();
}

fn percent_of(manager: &str, base: &str, percent: &str) -> Value {
    json!({"manager_id": manager, "base": base, "basis": "booked", "percent": percent, "from_month": "2026-02"})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_month_is_worked_out_once_and_stays() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (owner, manager) = (world.member(Role::Owner).await, user_of(&world.manager).await);
    let other = world.member_at("second@riverside.example", app::identity::Place::staff(Role::Manager)).await;
    let plan = percent_of(&manager, "profit", "10");
    world.manager.post("/v1/manager-bonus-plans", plan.clone()).await.refused(403, "not_permitted");
    let planned = owner.post("/v1/manager-bonus-plans", plan).await.ok();
    assert_eq!(planned["formula"], "10% * (revenue - earnings)");
    let flat = json!({
        "manager_id": user_of(&other).await, "base": "month", "basis": "booked", "sum": {"minor": 20_000, "currency": "EUR"},
        "from_month": "2026-02"
    });
    owner.post("/v1/manager-bonus-plans", flat).await.ok();
    sold(&world, &programme.slug, "A-1").await;
    let close = json!({"month": "2026-02"});
    owner.post("/v1/manager-bonuses/close", close.clone()).await.refused(409, "month_not_over");
    world.pass_days(30).await;
    world.manager.post("/v1/manager-bonuses/close", close.clone()).await.refused(403, "not_permitted");
    let closed = owner.post("/v1/manager-bonuses/close", close.clone()).await.ok();
    assert_eq!(closed["items"].as_array().map(Vec::len), Some(2));
    let mine = world.manager.get("/v1/manager-bonuses").await.ok();
    assert_eq!(mine["items"].as_array().map(Vec::len), Some(1), "a manager sees its own");
    let statement = &mine["items"][0];
    assert_eq!((&statement["conversions"], &statement["amount"]["minor"]), (&json!(1), &json!(500)), "10 % of 50.00");
    assert_eq!((&statement["earnings"]["minor"], &statement["revenue"]["minor"]), (&json!(10_000), &json!(15_000)));
    assert_eq!(other.get("/v1/manager-bonuses").await.ok()["items"][0]["amount"]["minor"], 20_000);

    owner.post("/v1/manager-bonus-plans", percent_of(&manager, "profit", "50")).await.ok();
    owner.post("/v1/manager-bonuses/close", close).await.ok();
    let after = owner.get(&format!("/v1/manager-bonuses?manager_id={manager}")).await.ok();
    assert_eq!(after["items"], mine["items"], "what is closed is closed");
    let question =
        json!({"from": "2026-02-01", "to": "2026-02-28", "dimensions": [], "metrics": ["other_costs", "payout"]});
    let totals = world.manager.post("/v1/reports/query", question).await.ok()["totals"].clone();
    assert_eq!(totals["other_costs"], 20_500);
    let balance = world.balance(&programme.partner).await;
    assert_eq!(balance["payable"], 10_000, "the commission alone: a bonus is in no account of a partner");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plan_that_does_not_fit_is_refused() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let manager = user_of(&owner).await;
    let sum = json!({"minor": 100, "currency": "EUR"});
    for (field, value) in [
        ("percent", json!("101")),
        ("percent", Value::Null),
        ("sum", sum),
        ("basis", json!("collected")),
        ("from_month", json!("2026-13")),
    ] {
        let mut plan = percent_of(&manager, "earnings", "5");
        plan[field] = value;
        owner.post("/v1/manager-bonus-plans", plan).await.refused(422, "invalid_fields");
    }
    let programme = world.programme().await;
    let partner = world.partner_member(&programme.partner).await;
    let outsider = percent_of(&user_of(&partner).await, "earnings", "5");
    owner.post("/v1/manager-bonus-plans", outsider).await.refused(422, "invalid_fields");
    partner.get("/v1/manager-bonuses").await.refused(403, "not_permitted");
}
