//! Points and credit beside money: given, taken back, moved on, redeemed, and never turned into money.

#[path = "stories/conversions.rs"]
mod conversions;
#[path = "stories/crashing.rs"]
mod crashing;
#[path = "stories/redeeming.rs"]
mod redeeming;

use kernel::time::MINUTE_MS;
use serde_json::{Value, json};
use testkit::{Programme, World, text};

/// A unit without decimals and one with two.
async fn units(world: &World) {
    for (code, name, decimals, kind) in [("POINTS", "Points", 0, "points"), ("CREDIT", "Shop credit", 2, "credit")] {
        let unit = json!({"code": code, "name": name, "decimals": decimals, "kind": kind});
        world.manager.post("/v1/reward-units", unit).await.ok();
    }
}

/// Makes lines of rules the plan at once.
async fn plan(world: &World, programme: &Programme, lines: &str) {
    let path = format!("/v1/offers/{}/plan/drafts", programme.offer);
    let draft = world.manager.post(&path, json!({"text": lines})).await.ok();
    let path = format!("/v1/plan-drafts/{}/switch-on", text(&draft, "id"));
    world.manager.post(&path, json!({})).await.ok();
}

/// A programme that gives 10 % and the rewards of `lines`.
async fn programme(lines: &str) -> (World, Programme) {
    let world = World::new().await;
    let programme = world.programme().await;
    units(&world).await;
    plan(&world, &programme, &format!("10% ; goal sale\n{lines}")).await;
    (world, programme)
}

/// A minute passes, in which rewards catch up with what conversions did.
async fn catch_up(world: &World) {
    world.advance_millis(MINUTE_MS);
    world.settle().await;
}

/// Reports a sale from a click of its own; the conversion.
async fn sale(world: &World, slug: &str, order: &str, more: &str) -> String {
    let click = world.click(slug).await;
    let reply = world.postback(&format!("click_id={click}&goal=sale&order_id={order}&{more}")).await;
    text(&reply.ok(), "conversion_id")
}

async fn act(world: &World, conversion: &str, action: &str, body: Value) {
    world.manager.post(&format!("/v1/conversions/{conversion}/{action}"), body).await.ok();
}

/// What a partner has of a unit, and what is coming.
async fn standing(world: &World, partner: &str, unit: &str) -> (i64, i64) {
    let path = format!("/v1/reward-balances?partner_id={partner}&unit={unit}");
    let page = world.manager.get(&path).await.ok();
    let part = |name: &str| page["items"][0][name].as_i64().unwrap_or_default();
    (part("balance_minor"), part("coming_minor"))
}

/// Reasons and amounts of a partner's entries in a unit, the first first.
async fn entries(world: &World, partner: &str, unit: &str) -> Vec<(String, i64)> {
    let path = format!("/v1/reward-entries?partner_id={partner}&unit={unit}&limit=200");
    let page = world.manager.get(&path).await.ok();
    let rows = page["items"].as_array().expect("rows");
    let mut told: Vec<_> = rows
        .iter()
        .map(|row| (row["number"].as_i64(), text(row, "reason"), row["minor"].as_i64().expect("an amount")))
        .collect();
    told.sort();
    told.into_iter().map(|(_, reason, minor)| (reason, minor)).collect()
}
