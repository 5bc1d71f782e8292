//! What they have and we never received, workbooks, and several currencies.

use super::*;

/// The undecided line of an order.
async fn line_of(world: &World, path: &str, order: &str) -> Value {
    let lines = world.manager.get(&format!("{path}/lines")).await.ok()["items"].clone();
    let found = lines.as_array().expect("lines").iter().find(|line| line["order_id"] == order).cloned();
    found.unwrap_or_else(|| panic!("no {order} in {lines}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_we_never_received_becomes_one_conversion_like_any_other() {
    let world = World::new().await;
    let programme = world.programme().await;
    let mut values = mapping();
    values["amount_of"] = json!("order_value");
    agree(&world.manager, &programme, values).await;
    let (one, two) = (world.click(&programme.slug).await, world.click(&programme.slug).await);
    world.advance_millis(HOUR_MS);
    let file = format!(
        "Order;Click;State;Sum;Cur\nQ1;{one};ok;80,00;EUR\nQ2;{two};wait;80,00;EUR\nF1;0a1b-other;ok;80,00;EUR\n"
    );
    let path = compared(&world, &programme, ("2026-02-01", "2026-02-28"), file).await;
    let make = json!({"decision": "make_conversion", "class": "only_theirs", "cause": "not_received"});
    let mut tried = make.clone();
    tried["dry_run"] = json!(true);
    let told = world.manager.post(&format!("{path}/decisions"), tried).await.ok();
    assert_eq!((&told["decided"], &told["change"]), (&json!(2), &Value::Null), "its door alone knows what it earns");
    assert_eq!(decide(&world, &path, make).await, 2);
    assert_eq!(status_of(&world, "Q1").await, ("approved".to_owned(), 1_200, 800), "15 and 10 per cent of 80.00");
    assert_eq!(status_of(&world, "Q2").await.0, "pending", "they have not decided either");
    let made = line_of(&world, &path, "Q1").await;
    assert_eq!(made["conversion_id"], world.conversions_of("Q1").await[0]["id"]);
    assert_ne!(made["applied_at"], Value::Null);
    let again = json!({"decision": "make_conversion", "line_ids": [made["id"]]});
    world.manager.post(&format!("{path}/decisions"), again).await.refused(409, "already_decided");
    convert(&world, &one, "Q1").await;
    assert_eq!(world.conversions_of("Q1").await.len(), 1, "a postback that comes after all is the same order");
    let earned = world.balance(&programme.partner).await["approved"].clone();
    assert_eq!(earned, 800);

    // What names nobody is refused by the door, and comes back to people with why.
    assert_eq!(decide(&world, &path, json!({"decision": "make_conversion", "cause": "foreign_id"})).await, 1);
    let back = line_of(&world, &path, "F1").await;
    assert_eq!((&back["decision"], &back["problem"]), (&Value::Null, &json!("nothing_to_take")), "{back}");
    assert_eq!(decide(&world, &path, json!({"decision": "keep_ours"})).await, 1);
    go_to(&world, "2026-03-03T09:00:00Z");
    world.settle().await;
    let closed = world.manager.post(&format!("{path}/close"), json!({})).await.ok();
    assert_eq!(invoiced_as_closed(&world, &closed).await, 1_200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_they_tell_what_they_owe_a_person_says_what_the_customer_paid() {
    let world = World::new().await;
    let programme = world.programme().await;
    agree(&world.manager, &programme, mapping()).await;
    let click = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    let file = format!("Order;Click;State;Sum;Cur\nQ1;{click};ok;11,00;EUR\nQ3;;no;12,00;EUR\n");
    let path = compared(&world, &programme, ("2026-02-01", "2026-02-28"), file).await;
    let (made, gone) = (line_of(&world, &path, "Q1").await, line_of(&world, &path, "Q3").await);
    let report = json!({"goal": "sale", "order_value": {"minor": 8_000, "currency": "EUR"}});
    let both = json!({"decision": "make_conversion", "line_ids": [made["id"], gone["id"]], "report": report});
    world.manager.post(&format!("{path}/decisions"), both).await.refused(422, "invalid_fields");
    let rejected = json!({"decision": "make_conversion", "line_ids": [gone["id"]]});
    world.manager.post(&format!("{path}/decisions"), rejected).await.refused(409, "nothing_to_take");
    let one = json!({"decision": "make_conversion", "line_ids": [made["id"]], "report": report});
    assert_eq!(decide(&world, &path, one).await, 1);
    assert_eq!(status_of(&world, "Q1").await, ("approved".to_owned(), 1_100, 800), "charged as they say");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workbook_is_read_as_well_as_a_text() {
    let world = World::new().await;
    let programme = world.programme().await;
    let mut dots = mapping();
    dots["decimal_mark"] = json!("point");
    agree(&world.manager, &programme, dots).await;
    sell_approved(&world, &programme, "S1").await;
    sell_approved(&world, &programme, "1002").await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["Order", "Click", "State", "Sum", "Cur"].into_iter().enumerate() {
        sheet.write(0, column as u16, name).expect("a header");
    }
    sheet.write(1, 0, "S1").expect("an order");
    // As spreadsheets have it: what looks like a number is one.
    sheet.write(2, 0, 1002).expect("an order");
    for (row, sum) in [(1, 12.0), (2, 9.5)] {
        sheet.write(row, 2, "ok").expect("a word");
        sheet.write(row, 3, sum).expect("a sum");
        sheet.write(row, 4, "EUR").expect("a currency");
    }
    let content = book.save_to_buffer().expect("a workbook");
    let made = world.manager.post_file(&period(&programme, "2026-02-01", "2026-02-28"), content).await.ok();
    world.settle().await;
    let path = format!("/v1/reconciliations/{}", text(&made, "id"));
    let expected = [("amount_differs", "price", 1), ("matched", "", 1)];
    let expected = expected.map(|(class, cause, count)| (class.to_owned(), cause.to_owned(), count));
    assert_eq!(groups(&world, &path).await, expected);
    assert_eq!(line_of(&world, &path, "1002").await["theirs"]["amount"]["minor"], 950);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn totals_in_several_currencies_are_compared_each_for_itself() {
    let world = World::new().await;
    let programme = world.programme().await;
    let offer = json!({
        "advertiser_id": programme.advertiser, "name": "Northwind Overseas", "landing_url": "https://shop.northwind.example/",
        "currency": "USD", "goals": [{"name": "sale", "payout": {"percent": "10"}, "revenue": {"percent": "15"}}]
    });
    let offer = text(&world.manager.post("/v1/offers", offer).await.ok(), "id");
    let both = json!({"offer_id": offer, "partner_id": programme.partner});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let slug = text(&world.manager.post("/v1/links", both).await.ok(), "slug");
    sell_approved(&world, &programme, "S1").await;
    let click = world.click(&slug).await;
    world.advance_millis(HOUR_MS);
    world.postback(&format!("click_id={click}&goal=sale&order_id=S2&amount=60.00&currency=USD")).await.ok();
    approve(&world, "S2").await;
    let totals = json!({
        "columns": {"source": "Sub", "count": "Leads", "amount": "Sum", "currency": "Cur"}, "currency": "EUR",
        "time_zone": "America/New_York"
    });
    agree(&world.manager, &programme, totals).await;
    let file = "Sub,Leads,Sum,Cur\n,1,12.00,EUR\n,1,8.00,USD\n".to_owned();
    let path = compared(&world, &programme, ("2026-02-01", "2026-02-28"), file).await;
    let lines = world.manager.get(&format!("{path}/lines")).await.ok()["items"].clone();
    let told = |line: &Value| (text(line, "class"), line["ours"]["amount"].clone(), line["theirs"]["amount"].clone());
    let mut cells: Vec<_> = lines.as_array().expect("cells").iter().map(told).collect();
    cells.sort_by_key(|cell| cell.0.clone());
    let money = |minor: i64, currency: &str| json!({"minor": minor, "currency": currency});
    assert_eq!(
        cells,
        [
            ("amount_differs".to_owned(), money(900, "USD"), money(800, "USD")),
            ("matched".to_owned(), money(1_200, "EUR"), money(1_200, "EUR")),
        ]
    );
}
