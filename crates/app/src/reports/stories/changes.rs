//! What changed, and why, through the public door.

use serde_json::{Value, json};
use testkit::{Caller, Programme, World, click_id_of};

use super::{at, attribution::second_partner, sale};

const CHANGES: &str = "/v1/reports/changes";

async fn changed(caller: &Caller, metric: &str) -> Value {
    caller.post(CHANGES, json!({"metric": metric, "from": "2026-03-02", "to": "2026-03-02"})).await.ok()
}

/// Values and others of each dimension add up to the whole change.
fn adds_up(change: &Value) {
    let whole = change["change"].as_i64().expect("a change");
    let splits = change["dimensions"].as_array().expect("dimensions");
    assert!(!splits.is_empty(), "{change}");
    for split in splits {
        let values = split["values"].as_array().expect("values");
        let effects = values.iter().chain([&split["others"]]);
        let sum: i64 = effects.flat_map(|one| [one["mix"].as_i64(), one["rate"].as_i64()]).flatten().sum();
        assert_eq!(sum, whole, "{split}");
    }
}

fn of<'a>(change: &'a Value, dimension: &str) -> &'a Value {
    let splits = change["dimensions"].as_array().expect("dimensions");
    splits.iter().find(|split| split["dimension"] == dimension).expect("the dimension")
}

/// Two partners of ten clicks a day each. On the first day both sell five times, on the second one of them once.
async fn two_days(world: &World) -> (Programme, String) {
    let programme = world.programme().await;
    let (rival, slug) = second_partner(world, &programme).await;
    let mut address = 0;
    for (day, sales_of_rival) in [("2026-03-01", 5), ("2026-03-02", 1)] {
        at(world, &format!("{day}T12:00:00Z"));
        for (slug, sales) in [(&programme.slug, 5), (&slug, sales_of_rival)] {
            for visit in 0..10 {
                address += 1;
                let came = world.visit(slug, &format!("203.0.113.{address}")).await;
                if visit < sales {
                    sale(world, &click_id_of(came.header("location")), &format!("{day}-{address}")).await;
                }
            }
        }
    }
    world.settle().await;
    (programme, rival)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_that_sold_less_is_named() {
    let world = World::new().await;
    let (_, rival) = two_days(&world).await;

    let sold = changed(&world.manager, "conversions").await;
    assert_eq!((&sold["before"], &sold["now"], &sold["change"]), (&json!(10), &json!(6), &json!(-4)));
    assert_eq!(sold["causes"][0], json!({"dimension": "partner", "value": rival, "effect": -4}));
    assert!(sold["labels"].get(&rival).is_some(), "{sold}");
    adds_up(&sold);

    let rate = changed(&world.manager, "cr").await;
    assert_eq!((&rate["before"], &rate["now"]), (&json!(500_000), &json!(300_000)));
    assert_eq!(rate["causes"][0]["value"], json!(rival));
    let told = json!({"value": rival, "before": 500_000, "now": 100_000, "mix": 0, "rate": -200_000});
    assert_eq!(of(&rate, "partner")["values"][0], told);
    adds_up(&rate);

    for metric in ["clicks", "payout", "epc", "profit", "margin", "approval_rate", "ecpa"] {
        adds_up(&changed(&world.manager, metric).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_side_looks_into_its_own() {
    let world = World::new().await;
    let (programme, rival) = two_days(&world).await;
    let partner = world.partner_member(&rival).await;

    let own = changed(&partner, "payout").await;
    assert_eq!((&own["before"], &own["now"]), (&json!(4_000), &json!(800)));
    let text = own.to_string();
    assert!(!text.contains(&programme.partner) && !text.contains("advertiser"), "{text}");
    let refused = partner.post(CHANGES, json!({"metric": "profit", "from": "2026-03-02", "to": "2026-03-02"})).await;
    assert_eq!((refused.status, refused.code()), (400, "unknown_metric".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_compared_is_said() {
    let world = World::new().await;
    world.programme().await;
    let nothing = changed(&world.manager, "cr").await;
    assert_eq!((&nothing["before"], &nothing["change"], &nothing["causes"]), (&Value::Null, &Value::Null, &json!([])));

    for (metric, dimensions, code) in [
        ("customers", json!([]), "bad_parameter"),
        ("visitors", json!([]), "bad_parameter"),
        ("cr", json!(["goal"]), "bad_parameter"),
        ("cr", json!(["moon"]), "unknown_dimension"),
        ("luck", json!([]), "unknown_metric"),
    ] {
        let asked = json!({"metric": metric, "dimensions": dimensions, "from": "2026-03-02", "to": "2026-03-02"});
        let refused = world.manager.post(CHANGES, asked).await;
        assert_eq!(refused.code(), code, "{metric} {dimensions}");
    }
}
