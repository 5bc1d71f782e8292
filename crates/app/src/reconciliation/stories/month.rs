//! The month of the contract: an advertiser's file that was altered in twelve known ways.

use super::*;

const MATCHED: [&str; 5] = ["M1", "M2", "M3", "M4", "M5"];
const DIFFERING: [&str; 7] = ["D1", "W1", "U1", "P1", "R1", "C1", "T1"];

/// Sells the month: what is shifted by the time zone lies at its end.
async fn month(world: &World, programme: &Programme) {
    for order in MATCHED.into_iter().chain(DIFFERING).chain(["N1"]) {
        sell_approved(world, programme, order).await;
    }
    sell(world, programme, "A1").await;
    let early = world.click(&programme.slug).await;
    world.advance_millis(30 * HOUR_MS);
    convert(world, &early, "X1").await;
    approve(world, "X1").await;
    for (order, moment) in [("Z1", "2026-03-01T02:00:00Z"), ("Z2", "2026-03-01T05:00:00Z")] {
        go_to(world, moment);
        world.settle().await;
        sell_approved(world, programme, order).await;
    }
    go_to(world, "2026-03-03T09:00:00Z");
    world.settle().await;
}

fn altered() -> String {
    let mut file = "Order;Click;State;Sum;Cur\n".to_owned();
    let mut row = |order: &str, state: &str, sum: &str, currency: &str| {
        file.push_str(&format!("{order};;{state};{sum};{currency}\n"));
    };
    MATCHED.iter().for_each(|order| row(order, "OK", "12,00", "EUR"));
    row("Z2", "ok", "12,00", "EUR");
    row("M5", "ok", "12,00", "EUR");
    row("D1", "no", "12,00", "EUR");
    row("W1", "wait", "12,00", "EUR");
    row("U1", "returned?", "12,00", "EUR");
    row("P1", "ok", "9,00", "EUR");
    row("R1", "ok", "12,01", "EUR");
    row("C1", "ok", "12,00", "USD");
    row("T1", "test", "12,00", "EUR");
    row("A1", "ok", "12,00", "EUR");
    file.push_str("F1;0a1b2c-other;ok;12,00;EUR\n");
    file.push_str(&format!("G1;clk_{:026};ok;12,00;EUR\n", 7));
    file
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_altered_in_twelve_ways_is_classed_decided_closed_and_invoiced() {
    let world = World::new().await;
    let programme = world.programme().await;
    agree(&world.manager, &programme, mapping()).await;
    month(&world, &programme).await;
    let path = compared(&world, &programme, ("2026-02-01", "2026-02-28"), altered()).await;
    let expected = [
        ("amount_differs", "currency", 1),
        ("amount_differs", "price", 1),
        ("amount_differs", "rounding", 1),
        ("matched", "", 5),
        ("only_ours", "not_reported", 1),
        ("only_ours", "time_zone", 1),
        ("only_ours", "window", 1),
        ("only_theirs", "duplicate", 1),
        ("only_theirs", "foreign_id", 1),
        ("only_theirs", "not_received", 1),
        ("only_theirs", "time_zone", 1),
        ("status_differs", "decided_otherwise", 1),
        ("status_differs", "not_yet_decided", 2),
        ("status_differs", "status_word", 1),
        ("status_differs", "test_row", 1),
    ];
    let expected = expected.map(|(class, cause, count)| (class.to_owned(), cause.to_owned(), count));
    assert_eq!(groups(&world, &path).await, expected);
    decide_all(&world, &path).await;
    stands_as_decided(&world, &programme).await;

    let closed = world.manager.post(&format!("{path}/close"), json!({})).await.ok();
    let line = &closed["act"]["parts"][0]["lines"][0];
    assert_eq!((&line["count"], &line["correction"]), (&json!(11), &json!(false)));
    // Five matched, what was kept, taken and priced: 60.00 + 5 x 12.00 + 9.00 + 0.01.
    assert_eq!(invoiced_as_closed(&world, &closed).await, 12_901);
    assert_eq!(text(&closed, "act_hash").len(), 64);
    later_changes_fall_into_the_next_period(&world, &programme, &closed).await;
}

async fn decide_all(world: &World, path: &str) {
    let take = |class: &str, cause: &str| json!({"decision": "take_theirs", "class": class, "cause": cause});
    let reversed = json!({
        "decision": "take_theirs", "class": "only_ours", "cause": "not_reported", "reason": "customer_refused"
    });
    let mut tried = reversed.clone();
    tried["dry_run"] = json!(true);
    let told = world.manager.post(&format!("{path}/decisions"), tried).await.ok();
    let amounts = json!([{"currency": "EUR", "charged_minor": -1_200, "earned_minor": -800}]);
    assert_eq!((&told["decided"], &told["change"]["amounts"]), (&json!(1), &amounts));
    assert_eq!((&told["change"]["moved"], &told["change"]["partners"]), (&json!(1), &json!(1)));
    assert_eq!(decide(world, path, reversed).await, 1);
    for (class, cause, count) in [
        ("only_ours", "window", 1),
        ("only_theirs", "time_zone", 1),
        ("status_differs", "decided_otherwise", 1),
        ("status_differs", "test_row", 1),
        ("amount_differs", "price", 1),
        ("amount_differs", "rounding", 1),
    ] {
        assert_eq!(decide(world, path, take(class, cause)).await, count, "{class} {cause}");
    }
    // Of what one side has not decided, only what they have decided can be taken.
    let waiting = format!("{path}/decisions");
    let undecided = world.manager.post(&waiting, take("status_differs", "not_yet_decided")).await.ok();
    assert_eq!((&undecided["decided"], &undecided["unfit"]), (&json!(1), &json!(1)));
    for cause in ["duplicate", "foreign_id", "not_received"] {
        world.manager.post(&waiting, take("only_theirs", cause)).await.refused(409, "nothing_to_take");
    }
    // Euros are not charged in dollars: the line comes back with why.
    assert_eq!(decide(world, path, take("amount_differs", "currency")).await, 1);
    let back = world.manager.get(&format!("{path}/lines?cause=currency")).await.ok()["items"][0].clone();
    assert_eq!((&back["decision"], &back["problem"]), (&Value::Null, &json!("nothing_to_take")));
    let close = format!("{path}/close");
    world.manager.post(&close, json!({})).await.refused(409, "not_all_decided");

    let later = |class: &str, cause: &str| json!({"decision": "next_period", "class": class, "cause": cause});
    assert_eq!(decide(world, path, later("only_ours", "time_zone")).await, 1);
    assert_eq!(decide(world, path, later("status_differs", "not_yet_decided")).await, 1);
    assert_eq!(decide(world, path, json!({"decision": "keep_ours"})).await, 5, "all that is left");
}

async fn stands_as_decided(world: &World, programme: &Programme) {
    for (order, status, revenue, payout) in [
        ("M1", "locked", 1_200, 800),
        ("D1", "reversed", 0, 0),
        ("T1", "reversed", 0, 0),
        ("N1", "reversed", 0, 0),
        ("X1", "reversed", 0, 0),
        ("A1", "approved", 1_200, 800),
        ("P1", "locked", 900, 800),
        ("R1", "locked", 1_201, 800),
        ("C1", "locked", 1_200, 800),
        ("Z2", "approved", 1_200, 800),
    ] {
        let stands = status_of(world, order).await;
        assert_eq!(stands, (status.to_owned(), revenue, payout), "{order}");
    }
    let reason = |order: &'static str| async move { world.conversions_of(order).await[0]["reason"].clone() };
    assert_eq!([reason("D1").await, reason("T1").await], ["returned", "test"]);
    assert_eq!([reason("N1").await, reason("X1").await], ["customer_refused", "too_late"]);
    let balance = world.balance(&programme.partner).await;
    let earned = balance["approved"].as_i64().expect("minor") + balance["payable"].as_i64().expect("minor");
    assert_eq!(earned, 13 * 800);
}

/// What was left to March, and a sale of February that is returned after its act was closed.
async fn later_changes_fall_into_the_next_period(world: &World, programme: &Programme, february: &Value) {
    let of_day = json!({
        "advertiser_id": programme.advertiser, "currency": "EUR", "from": "2026-02-01T00:00:00Z",
        "to": "2026-03-01T05:00:00Z"
    });
    world.manager.post("/v1/invoices", of_day).await.refused(422, "invalid_fields");
    let drawn = format!("/v1/invoices/{}", text(&february["act"]["parts"][0], "invoice_id"));
    world.manager.delete(&drawn).await.refused(409, "illegal_move");
    world.manager.post(&format!("{drawn}/issue"), json!({})).await.ok();
    world.postback("order_id=M1&goal=sale&status=cancelled").await.ok();

    let again = world.manager.post_file(&period(programme, "2026-02-10", "2026-02-20"), altered()).await;
    again.refused(409, "period_closed");
    let file = "Order;Click;State;Sum;Cur\nZ1;;ok;12,00;EUR\nW1;;ok;12,00;EUR\n".to_owned();
    let path = compared(world, programme, ("2026-03-01", "2026-03-31"), file).await;
    world.manager.post(&format!("{path}/close"), json!({})).await.refused(409, "period_not_over");
    assert_eq!(groups(world, &path).await, [("matched".to_owned(), String::new(), 2)], "Z2 was taken into February");
    go_to(world, "2026-04-02T09:00:00Z");
    world.settle().await;
    let closed = world.manager.post(&format!("{path}/close"), json!({})).await.ok();
    let lines = closed["act"]["parts"][0]["lines"].as_array().expect("lines").clone();
    let mut told: Vec<_> =
        lines.iter().map(|line| (line["correction"].clone(), line["amount_minor"].clone())).collect();
    told.sort_by_key(|line| line.0.as_bool());
    assert_eq!(told, [(json!(false), json!(2_400)), (json!(true), json!(-1_200))]);
    assert_eq!(invoiced_as_closed(world, &closed).await, 1_200);
    let stays = world.manager.get(&format!("/v1/reconciliations/{}", text(february, "id"))).await.ok();
    assert_eq!((&stays["act"], &stays["act_hash"]), (&february["act"], &february["act_hash"]));
}
