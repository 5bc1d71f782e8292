//! Every kind of cap on conversions, in every period and scope and with every action, as one table.

use serde_json::{Value, json};
use testkit::{Programme, World, text};

use super::{cap, click, sell, sell_on, used};

const PERIODS: [&str; 5] = ["hour", "day", "week", "month", "total"];
const ACTIONS: [&str; 4] = ["reject", "redirect", "pending", "alert"];
/// Scopes and the words of their reasons.
const SCOPES: [(&str, &str); 6] = [
    ("workspace", "platform"),
    ("advertiser", "advertiser"),
    ("offer", "offer"),
    ("goal", "goal"),
    ("partner", "partner"),
    ("source", "partner"),
];

/// A metric with the room that one sale takes.
async fn check(metric: &str, one_sale: i64) {
    let world = World::new().await;
    let programme = world.programme().await;
    let goal = text(&world.manager.get(&format!("/v1/offers/{}", programme.offer)).await.ok()["goals"][0], "id");
    let mut order = 0;
    for period in PERIODS {
        for (scope, word) in SCOPES {
            for action in ACTIONS {
                let terms = terms(&programme, &goal, (metric, period, scope, action), one_sale);
                let cap = cap(&world, &programme, terms).await;
                let taken_before = used(&world, &cap).await;
                let limit = json!({"limit": taken_before + one_sale});
                world.manager.patch(&format!("/v1/caps/{cap}"), limit).await.ok();
                order += 2;
                let case = format!("{metric} {period} {scope} {action}");
                // The way may be closed once the first has taken the room.
                let (one, other) = (click(&world, &programme).await, click(&world, &programme).await);
                let first = sell_on(&world, &one, &format!("A{order}"), "80.00").await;
                assert_eq!((first.0.as_str(), first.1.as_str()), ("pending", ""), "{case}: the first fits");
                let second = sell_on(&world, &other, &format!("B{order}"), "80.00").await;
                let reason = format!("cap_{word}_{period}_{metric}");
                let expected = match action {
                    "alert" => ("pending", ""),
                    "pending" => ("pending", reason.as_str()),
                    _ => ("rejected", reason.as_str()),
                };
                assert_eq!((second.0.as_str(), second.1.as_str()), expected, "{case}: the second does not");
                let taken = if action == "alert" { 2 * one_sale } else { one_sale };
                assert_eq!(used(&world, &cap).await, taken_before + taken, "{case}");
                world.manager.patch(&format!("/v1/caps/{cap}"), json!({"state": "ended"})).await.ok();
            }
        }
    }
}

fn terms(
    programme: &Programme,
    goal: &str,
    (metric, period, scope, action): (&str, &str, &str, &str),
    one: i64,
) -> Value {
    let named = |wanted: &[&str], id: &str| if wanted.contains(&scope) { json!(id) } else { Value::Null };
    json!({
        "metric": metric, "period": period, "scope": scope, "on_reach": action, "limit": one,
        "advertiser_id": named(&["advertiser"], &programme.advertiser), "goal_id": named(&["goal"], goal),
        "offer_id": named(&["offer", "partner"], &programme.offer),
        "partner_id": named(&["partner"], &programme.partner), "source_id": named(&["source"], "blog")
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn caps_of_conversions() {
    check("conversions", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caps_of_payout() {
    check("payout", 800).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn caps_of_revenue() {
    check("revenue", 1_200).await;
}

/// Each period ends for its cap by the cap's own clock.
#[tokio::test(flavor = "multi_thread")]
async fn periods_end_by_the_clock_of_the_cap() {
    const HOUR: i64 = 3_600_000;
    // The world begins on a Monday, 2026-02-02 at 09:00 UTC.
    for (period, zone, hours) in [
        ("hour", "Asia/Kathmandu", 1),
        ("day", "America/New_York", 20),
        ("week", "Europe/Warsaw", 6 * 24 + 14),
        ("month", "UTC", 26 * 24 + 15),
    ] {
        let world = World::new().await;
        let programme = world.programme().await;
        cap(&world, &programme, json!({"period": period, "timezone": zone, "limit": 1})).await;
        assert_eq!(sell(&world, &programme, "A").await.0, "pending");
        let almost = if period == "hour" { HOUR / 4 - 1 } else { (hours - 1) * HOUR };
        world.advance_millis(almost);
        assert_eq!(sell(&world, &programme, "B").await.1, format!("cap_offer_{period}_conversions"));
        world.advance_millis(hours * HOUR - almost);
        assert_eq!(sell(&world, &programme, "C").await.0, "pending", "{period} in {zone}");
    }
}
