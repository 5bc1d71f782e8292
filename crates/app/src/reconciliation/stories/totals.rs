//! Figures that come as totals only, and as order values.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn totals_are_compared_cell_by_cell() {
    let world = World::new().await;
    let programme = world.programme().await;
    let totals = json!({
        "columns": {"offer": "Offer", "count": "Leads", "amount": "Sum"}, "currency": "EUR",
        "time_zone": "America/New_York"
    });
    agree(&world.manager, &programme, totals).await;
    for order in ["S1", "S2", "S3"] {
        sell_approved(&world, &programme, order).await;
    }
    sell(&world, &programme, "S4").await;
    let same = "Offer,Leads,Sum\nNorthwind outdoor,2,24.00\nNORTHWIND OUTDOOR,1,12.00\n".to_owned();
    let path = compared(&world, &programme, ("2026-02-01", "2026-02-28"), same).await;
    assert_eq!(groups(&world, &path).await, [("matched".to_owned(), String::new(), 1)]);
    let gone = world.manager.delete(&path).await;
    assert_eq!(gone.status, 204, "{}", gone.text);
    world.manager.get(&path).await.refused(404, "not_found");

    let other = format!("Offer,Leads,Sum\n{},2,24.00\nNorthwind Indoor,5,60.00\n", programme.offer);
    let path = compared(&world, &programme, ("2026-02-01", "2026-02-28"), other).await;
    let cells = world.manager.get(&format!("{path}/lines")).await.ok()["items"].clone();
    let of = |class: &str| {
        let found = cells.as_array().expect("cells").iter().find(|cell| cell["class"] == class);
        found.unwrap_or_else(|| panic!("no {class} in {cells}")).clone()
    };
    let differs = of("count_differs");
    assert_eq!(text(&differs, "offer_id"), programme.offer);
    assert_eq!((&differs["ours"]["count"], &differs["theirs"]["count"]), (&json!(3), &json!(2)));
    assert_eq!(
        (&differs["ours"]["amount"]["minor"], &differs["theirs"]["amount"]["minor"]),
        (&json!(3_600), &json!(2_400))
    );
    assert_eq!(text(&of("only_theirs"), "order_id"), "Northwind Indoor");
    let decisions = format!("{path}/decisions");
    world.manager.post(&decisions, json!({"decision": "take_theirs"})).await.refused(409, "nothing_to_take");
    assert_eq!(decide(&world, &path, json!({"decision": "keep_ours"})).await, 2);
    go_to(&world, "2026-03-02T09:00:00Z");
    world.settle().await;
    let closed = world.manager.post(&format!("{path}/close"), json!({})).await.ok();
    assert_eq!(invoiced_as_closed(&world, &closed).await, 3_600);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_they_tell_order_values_the_sale_is_priced_anew_by_its_plan() {
    let world = World::new().await;
    let programme = world.programme().await;
    let mut values = mapping();
    values["amount_of"] = json!("order_value");
    agree(&world.manager, &programme, values).await;
    sell_approved(&world, &programme, "V1").await;
    let file = "Order;Click;State;Sum;Cur\nV1;;ok;60,00;EUR\n".to_owned();
    let path = compared(&world, &programme, ("2026-02-01", "2026-02-28"), file).await;
    assert_eq!(decide(&world, &path, json!({"decision": "take_theirs"})).await, 1);
    assert_eq!(status_of(&world, "V1").await, ("approved".to_owned(), 900, 600), "15 and 10 per cent of 60.00");
}
