//! Another plan, and the end.

use super::*;

async fn post(world: &World, subscription: &Value, step: &str, body: Value) -> testkit::Reply {
    world.manager.post(&format!("/v1/subscriptions/{}/{step}", text(subscription, "id")), body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_are_settled_when_a_plan_changes_within_its_period() {
    let world = World::new().await;
    let programme = world.programme().await;
    let small = plan(&world, ("Small", 4_900, "month"), 0).await;
    let large = plan(&world, ("Large", 9_900, "month"), 0).await;
    let yearly = plan(&world, ("Yearly", 49_000, "year"), 0).await;
    let begun = start(&world, &programme, &small).await;
    let now = |plan: &str| json!({"plan_id": plan, "from": "now"});

    // 2 February to 1 March are 28 days; from 13 February on 17 are left.
    world.pass_days(11).await;
    post(&world, &begun, "change", now(&small)).await.refused(422, "invalid_fields");
    let preview = post(&world, &begun, "preview", now(&large)).await.ok();
    let said: Vec<_> = preview["fees"].as_array().expect("fees").iter().map(|fee| &fee["amount"]["minor"]).collect();
    // 49.00 × 17/28 = 29.75; 99.00 × 17/28 = 60.107…
    assert_eq!((said, &preview["net"]["minor"]), (vec![&json!(-2_975), &json!(6_011)], &json!(3_036)));
    assert_eq!(preview["next_charge"], json!({"on": "2026-03-02", "amount": {"minor": 9_900, "currency": "EUR"}}));
    assert_eq!((standing(&world.manager, &programme).await.1.len(), owes(&world).await), (1, json!(4_900)));
    post(&world, &begun, "change", now(&large)).await.ok();
    assert_eq!(owes(&world).await, 7_936);

    // From 20 February on 10 are left: 99.00 × 10/28 = 35.357…; 49.00 × 10/28 = 17.50.
    world.pass_days(7).await;
    post(&world, &begun, "change", now(&small)).await.ok();
    assert_eq!(owes(&world).await, 6_150, "11 and 10 days of 49.00, 7 of 99.00");

    // A year begins today; what is left of the month is given back.
    let year = post(&world, &begun, "change", now(&yearly)).await.ok();
    assert_eq!((&year["period_to"], &year["next_charge"]["on"]), (&json!("2027-02-19"), &json!("2027-02-20")));
    assert_eq!(owes(&world).await, 6_150 - 1_750 + 49_000);

    // 364 of its 365 days are not used: 488.657…
    world.pass_days(1).await;
    let preview = post(&world, &begun, "preview-end", json!({"from": "now"})).await.ok();
    assert_eq!((&preview["net"]["minor"], &preview["ends_on"]), (&json!(-48_866), &json!("2026-02-21")));
    let over = post(&world, &begun, "cancel", json!({"from": "now"})).await.ok();
    assert_eq!((&over["state"], &over["cancelled_on"]), (&json!("cancelled"), &json!("2026-02-21")));
    assert_eq!((&over["next_charge"], owes(&world).await), (&Value::Null, json!(4_534)));
    post(&world, &begun, "cancel", json!({"from": "now"})).await.refused(409, "illegal_move");
    assert_eq!(
        standing(&world.manager, &programme).await.1,
        vec![
            fee("period", "2026-02-02", "2026-03-01", 4_900),
            fee("unused", "2026-02-13", "2026-03-01", -2_975),
            fee("rest", "2026-02-13", "2026-03-01", 6_011),
            fee("unused", "2026-02-20", "2026-03-01", -3_536),
            fee("rest", "2026-02-20", "2026-03-01", 1_750),
            fee("unused", "2026-02-20", "2026-03-01", -1_750),
            fee("period", "2026-02-20", "2027-02-19", 49_000),
            fee("unused", "2026-02-21", "2027-02-19", -48_866),
        ]
    );
    world.pass_days(60).await;
    assert_eq!(owes(&world).await, 4_534, "nothing more is charged");

    // All of it stands on one invoice, and on no other.
    let invoice = invoiced(&world, &programme).await;
    assert_eq!((&invoice["net"]["minor"], invoice["lines"].as_array().map(Vec::len)), (&json!(4_534), Some(8)));
    let part = invoice["lines"][1]["fee"].clone();
    assert_eq!((&part["kind"], &part["days"], &part["of_days"]), (&json!("unused"), &json!(17), &json!(28)));
    let paper = format!("/v1/invoices/{}/file?format=csv", text(&invoice, "id"));
    for (language, words) in [("en", "Subscription, remaining days"), ("ru", "Абонентская плата"), ("pl", "Abonament")]
    {
        let csv = world.manager.get(&format!("{paper}&language={language}")).await;
        assert!(
            csv.text.contains(words) && csv.text.contains("Large, 2026-02-13 – 2026-03-01 (17/28)"),
            "{}",
            csv.text
        );
    }
    world.advance_millis(HOUR_MS);
    let more = json!({
        "advertiser_id": programme.advertiser, "currency": "EUR", "from": "2026-02-01T00:00:00Z",
        "to": world.now().to_string()
    });
    world.manager.post("/v1/invoices", more).await.refused(409, "nothing_to_invoice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_ends_with_its_period_unless_it_is_kept_and_a_trial_is_given_once() {
    let world = World::new().await;
    let programme = world.programme().await;
    let small = plan(&world, ("Small", 4_900, "month"), 10).await;
    let large = plan(&world, ("Large", 9_900, "month"), 0).await;
    let begun = start(&world, &programme, &small).await;
    let later = json!({"from": "next_period"});
    // On another plan within the trial: it stays a trial.
    let moved = post(&world, &begun, "change", json!({"plan_id": large, "from": "now"})).await.ok();
    assert_eq!((&moved["state"], &moved["next_charge"]["amount"]["minor"]), (&json!("trialing"), &json!(9_900)));
    let ends = post(&world, &begun, "cancel", later.clone()).await.ok();
    assert_eq!((&ends["ends_on"], &ends["next_charge"]), (&json!("2026-02-12"), &Value::Null));
    post(&world, &begun, "change", json!({"plan_id": small, "from": "now"})).await.refused(409, "illegal_move");
    world.pass_days(11).await;
    let (now, fees) = standing(&world.manager, &programme).await;
    assert_eq!((&now["state"], fees.len()), (&json!("cancelled"), 0));

    let second = start(&world, &programme, &small).await;
    assert_eq!((&second["state"], &second["trial_ends_on"]), (&json!("active"), &Value::Null), "it had its trial");
    assert_eq!(owes(&world).await, 4_900);
    let coming = post(&world, &second, "change", json!({"plan_id": large, "from": "next_period"})).await.ok();
    assert_eq!((&coming["plan_name"], &coming["next_plan_name"]), (&json!("Small"), &json!("Large")));
    assert_eq!(coming["next_charge"]["amount"]["minor"], 9_900);
    post(&world, &second, "keep", json!({})).await.refused(409, "illegal_move");
    post(&world, &second, "cancel", later.clone()).await.ok();
    post(&world, &second, "keep", json!({})).await.ok();
    world.pass_days(28).await;
    let (now, fees) = standing(&world.manager, &programme).await;
    assert_eq!((&now["plan_name"], fees.len(), owes(&world).await), (&json!("Large"), 2, json!(14_800)));
    post(&world, &second, "cancel", later).await.ok();
    world.pass_days(31).await;
    let (now, fees) = standing(&world.manager, &programme).await;
    assert_eq!((&now["state"], &now["cancelled_on"], fees.len()), (&json!("cancelled"), &json!("2026-04-13"), 2));
}
