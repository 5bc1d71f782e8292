//! What the rules that come with the program find.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_that_fell_silent_is_found_by_what_its_days_brought_before() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (quiet, quiet_slug) = second_link(&world, &programme).await;
    // Seventy-two days: the first partner brings twelve visitors a day to the end, the second stops before the last.
    for day in 0..72 {
        clicks(&world, &programme.slug, 12);
        world.advance_millis(MINUTE_MS);
        if day < 71 {
            clicks(&world, &quiet_slug, 12);
        }
        world.advance_millis(DAY_MS - MINUTE_MS);
    }
    look(&world).await;

    assert_eq!(open(&world).await, [("A partner has gone quiet".to_owned(), quiet.clone())]);
    let alert = alerts(&world.manager, "state=open").await.remove(0);
    assert_eq!((&alert["seen"], &alert["unit"], &alert["usual_to"]), (&json!(0), &json!("count"), &Value::Null));
    let usual = alert["usual_from"].as_i64().expect("a bound");
    assert!((1..=12).contains(&usual), "{usual}");
    let mail = world.mail_to("manager@riverside.example");
    assert_eq!(mail.len(), 1);
    assert_eq!(mail[0].subject, "A partner has gone quiet: Summit Deals");
    assert!(mail[0].text.contains(&format!("Summit Deals: 0; usually not below {usual}\n")), "{}", mail[0].text);

    // It comes back, and once it was there for six hours the alert goes by itself.
    clicks(&world, &programme.slug, 12);
    world.advance_millis(MINUTE_MS);
    clicks(&world, &quiet_slug, 12);
    hours(&world, 1).await;
    assert_eq!(open(&world).await.len(), 1, "what comes and goes is told once");
    hours(&world, 6).await;
    assert!(open(&world).await.is_empty());
    let ended = alerts(&world.manager, "state=recovered").await.remove(0);
    assert!(ended["ended_by"].is_null() && ended["ended_at"].is_string(), "{ended}");
    assert!(world.mail_to("manager@riverside.example").is_empty());
}

/// A week in which so many sales of an amount came in.
async fn week(world: &World, programme: &Programme, name: &str, sales: u32, amount: &str) {
    for sale_number in 0..sales {
        world.advance_millis(HOUR_MS);
        sale(world, &programme.slug, &format!("{name}-{sale_number}"), amount).await;
    }
    world.advance_millis(7 * DAY_MS - i64::from(sales) * HOUR_MS - 6 * MINUTE_MS);
    look(world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn conversions_that_cost_more_are_found_where_they_bring_no_more() {
    let world = World::new().await;
    let programme = world.programme().await;
    let rule = built_in(&world, "cost_without_revenue").await;
    assert_eq!((&rule["watch"]["metric"], &rule["watch"]["test"]["unless"]), (&json!("ecpa"), &json!("revenue")));
    let mut watch = rule["watch"].clone();
    watch["at_least"] = json!(6);
    tune(&world, &rule, json!({"watch": watch, "is_on": true})).await;

    week(&world, &programme, "a", 6, "80.00").await;
    week(&world, &programme, "b", 6, "120.00").await;
    assert!(open(&world).await.is_empty(), "half as much again for each, and half as much again of revenue");

    week(&world, &programme, "c", 3, "240.00").await;
    let alert = alerts(&world.manager, "state=open").await.remove(0);
    assert_eq!((&alert["built_in"], &alert["subject"]), (&json!("cost_without_revenue"), &json!(programme.offer)));
    // A tenth of 240.00 a sale after a tenth of 120.00, in millionths of a euro; 15.60 would have been well.
    assert_eq!((&alert["seen"], &alert["before"]), (&json!(24_000_000), &json!(12_000_000)));
    assert_eq!((&alert["usual_to"], &alert["currency"]), (&json!(15_600_000), &json!("EUR")));
    let mail = world.mail_to("manager@riverside.example").remove(0);
    assert!(
        mail.text.contains("Northwind Outdoor: 24 EUR; usually not above 15.6 EUR; before 12 EUR"),
        "{}",
        mail.text
    );
    let why = json!({"metric": "ecpa", "from": alert["window_from"], "to": alert["window_to"]});
    let changes = world.manager.post("/v1/reports/changes", why).await.ok();
    assert_eq!(
        (&changes["now"], &changes["before"]),
        (&alert["seen"], &alert["before"]),
        "what changed tells the same"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_in_a_bad_state_is_found_at_once_and_goes_with_it() {
    let world = World::new().await;
    let programme = world.programme().await;
    let cap = json!({
        "metric": "conversions", "period": "day", "scope": "offer", "offer_id": programme.offer, "limit": 2,
        "on_reach": "alert"
    });
    let cap = text(&world.manager.post("/v1/caps", cap).await.ok(), "id");
    sale(&world, &programme.slug, "one", "80.00").await;
    look(&world).await;
    assert!(open(&world).await.is_empty(), "half of it");

    sale(&world, &programme.slug, "second", "80.00").await;
    look(&world).await;
    let page = world.manager.get("/v1/alerts").await.ok();
    let alert = &page["items"][0];
    assert_eq!(
        (&alert["built_in"], &alert["subject"], &alert["seen"]),
        (&json!("cap_near_its_end"), &json!(cap), &json!(100))
    );
    assert_eq!(page["labels"][&cap], "Northwind Outdoor", "a cap is called by what it lies on");

    assert_eq!(world.mail_to("manager@riverside.example").len(), 1, "caps write letters of their own");
    world.pass_days(1).await;
    assert!(open(&world).await.is_empty(), "the new day has room");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn webhooks_hear_of_what_was_found() {
    let world = World::new().await;
    let programme = world.programme().await;
    let hook = json!({"name": "Chat", "url": "https://chat.example/in", "events": [{"event": "alert_opened"}]});
    world.manager.post("/v1/webhooks", hook).await.ok();
    clicks(&world, &programme.slug, 3);
    hours(&world, 1).await;
    rule(&world, "Few clicks", few_clicks(None)).await;
    look(&world).await;
    let heard = world.receivers.take("chat.example");
    let told: Value = serde_json::from_str(heard[0].body.as_deref().expect("a body")).expect("JSON");
    assert_eq!((heard.len(), &told["type"]), (1, &json!("alert.opened")));
    assert_eq!((&told["data"]["after"]["rule"], &told["data"]["after"]["seen"]), (&json!("Few clicks"), &json!(3)));
}
