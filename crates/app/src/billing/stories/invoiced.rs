//! Invoices: drawn from the book, numbered, paid in parts, overdue, corrected, undone.

use super::*;

fn until_now(world: &World, programme: &Programme) -> Value {
    world.advance_millis(HOUR_MS);
    json!({
        "advertiser_id": programme.advertiser, "currency": "EUR", "from": "2026-02-01T00:00:00Z",
        "to": world.now().to_string()
    })
}

async fn invoiced(world: &World, programme: &Programme) -> Value {
    let draft = world.manager.post("/v1/invoices", until_now(world, programme)).await.ok();
    world.manager.post(&format!("/v1/invoices/{}/issue", text(&draft, "id")), json!({})).await.ok()
}

async fn shown(world: &World, invoice: &Value) -> Value {
    world.manager.get(&format!("/v1/invoices/{}", text(invoice, "id"))).await.ok()
}

async fn receivable(world: &World) -> Value {
    world.manager.get("/v1/receivables").await.ok()["items"][0].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invoice_is_drawn_from_the_book_and_paid_in_parts() {
    let world = World::new().await;
    let programme = world.programme().await;
    set_account(&world.manager, &programme, json!({"funding": "open", "vat_bp": 2_300, "payment_days": 14})).await;
    world.manager.post("/v1/invoices", until_now(&world, &programme)).await.refused(409, "nothing_to_invoice");
    sell_approved(&world, &programme, "A1").await;
    sell_approved(&world, &programme, "A2").await;
    let draft = world.manager.post("/v1/invoices", until_now(&world, &programme)).await.ok();
    let line = &draft["lines"][0];
    assert_eq!((&line["count"], &line["amount_minor"], &line["correction"]), (&json!(2), &json!(2_400), &json!(false)));
    assert_eq!((&draft["state"], &draft["number"]), (&json!("draft"), &Value::Null));
    assert_eq!(draft["total"]["minor"], 2_952);
    let again = world.manager.post("/v1/invoices", until_now(&world, &programme)).await;
    again.refused(409, "nothing_to_invoice");

    let discard = format!("/v1/invoices/{}", text(&draft, "id"));
    let gone = world.manager.send(Method::DELETE, &discard, None, &[]).await;
    assert_eq!(gone.status, 204, "{}", gone.text);
    let issued = invoiced(&world, &programme).await;
    assert_eq!(text(&issued, "number"), "INV-00001", "a draft that was thrown away left no gap");
    world
        .manager
        .send(Method::DELETE, &format!("/v1/invoices/{}", text(&issued, "id")), None, &[])
        .await
        .refused(409, "illegal_move");
    assert_eq!(receivable(&world).await["ages"]["current"], 2_952);

    pay(&world.manager, &programme, 1_000, "P-1").await;
    assert_eq!((&shown(&world, &issued).await["open"]["minor"]), &json!(1_952));
    world.pass_days(20).await;
    assert_eq!(shown(&world, &issued).await["state"], "overdue");
    let overdue = world.manager.get("/v1/invoices?state=overdue").await.ok();
    assert_eq!(overdue["items"].as_array().map(Vec::len), Some(1));
    let owes = receivable(&world).await;
    assert_eq!((&owes["ages"]["days_1_30"], &owes["collected"]), (&json!(1_952), &json!(1_000)));
    assert_eq!((&owes["not_invoiced"], &owes["exposure"]), (&json!(0), &json!(600)), "16.00 earned, 10.00 collected");

    let last = pay(&world.manager, &programme, 3_000, "P-2").await;
    assert_eq!(last["free"]["minor"], 1_048);
    let settled = shown(&world, &issued).await;
    assert_eq!((&settled["state"], &settled["open"]["minor"]), (&json!("paid"), &json!(0)));
    let owes = receivable(&world).await;
    assert_eq!([&owes["receivable"], &owes["prepaid"], &owes["not_invoiced"]], [0, 1_048, 0]);

    sell_approved(&world, &programme, "A3").await;
    let second = invoiced(&world, &programme).await;
    assert_eq!(text(&second, "number"), "INV-00002");
    assert_eq!(second["open"]["minor"], 1_476 - 1_048, "what was paid in advance settles it at once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changes_later_is_a_correction_and_an_undone_invoice_is_drawn_anew() {
    let world = World::new().await;
    let programme = world.programme().await;
    sell_approved(&world, &programme, "B1").await;
    sell_approved(&world, &programme, "B2").await;
    let first = invoiced(&world, &programme).await;
    world.postback("order_id=B1&goal=sale&status=refunded&amount=40.00&currency=EUR").await.ok();
    sell_approved(&world, &programme, "B3").await;
    let second = invoiced(&world, &programme).await;
    let lines = second["lines"].as_array().expect("lines");
    let of = |correction: bool| {
        let line = lines.iter().find(|line| line["correction"] == correction).expect("a line");
        (line["count"].as_i64(), line["amount_minor"].as_i64())
    };
    assert_eq!((of(false), of(true)), ((Some(1), Some(1_200)), (Some(1), Some(-600))));
    assert_eq!(second["total"]["minor"], 600);

    pay(&world.manager, &programme, 2_400, "P-1").await;
    assert_eq!(shown(&world, &first).await["state"], "paid");
    let void = format!("/v1/invoices/{}/void", text(&first, "id"));
    world.manager.post(&void, json!({"reason": ""})).await.refused(422, "invalid_fields");
    let note = world.manager.post(&void, json!({"reason": "the wrong company"})).await.ok();
    assert_eq!((&note["kind"], &note["total"]["minor"]), (&json!("credit_note"), &json!(-2_400)));
    assert_eq!((text(&note, "number"), text(&note, "corrects_id")), ("CN-00001".to_owned(), text(&first, "id")));
    assert_eq!(shown(&world, &first).await["state"], "void");
    assert_eq!(shown(&world, &second).await["state"], "paid", "what had settled the first now settles the second");
    world.manager.post(&void, json!({"reason": "again"})).await.refused(409, "illegal_move");

    let anew = invoiced(&world, &programme).await;
    assert_eq!((text(&anew, "number"), &anew["total"]["minor"]), ("INV-00003".to_owned(), &json!(2_400)));
    assert_eq!(anew["open"]["minor"], 600, "18.00 of the payment were free");
    let owes = receivable(&world).await;
    assert_eq!([&owes["receivable"], &owes["ages"]["current"], &owes["not_invoiced"]], [600, 600, 0]);

    world.postback("order_id=B3&goal=sale&status=cancelled").await.ok();
    let note = invoiced(&world, &programme).await;
    assert_eq!((&note["kind"], text(&note, "number")), (&json!("credit_note"), "CN-00002".to_owned()));
    let settled = shown(&world, &anew).await;
    assert_eq!(settled["state"], "paid", "what the correction gave back settles what was open");
    let own = world.advertiser_member(&programme.advertiser).await;
    assert_eq!(own.get("/v1/invoices").await.ok()["items"].as_array().map(Vec::len), Some(5));
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&format!("/v1/invoices/{}", text(&anew, "id"))).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_have_no_gap_when_many_issue_at_once() {
    let world = World::new().await;
    let programme = world.programme().await;
    let mut drafts = Vec::new();
    for order in ["C1", "C2", "C3", "C4"] {
        sell_approved(&world, &programme, order).await;
        let draft = world.manager.post("/v1/invoices", until_now(&world, &programme)).await.ok();
        drafts.push(format!("/v1/invoices/{}/issue", text(&draft, "id")));
    }
    let issue = |path: &String| {
        let (caller, path) = (world.manager.clone(), path.clone());
        tokio::spawn(async move { caller.post(&path, json!({"series": "2026"})).await })
    };
    // Each is asked for twice, as by an impatient hand.
    let asked: Vec<_> = drafts.iter().chain(&drafts).map(issue).collect();
    let mut all = Vec::new();
    for one in asked {
        all.push(one.await.expect("answered"));
    }
    let mut numbers: Vec<_> =
        all.iter().filter(|reply| reply.status == 200).map(|reply| text(&reply.json(), "number")).collect();
    numbers.sort();
    assert_eq!(numbers, ["2026-00001", "2026-00002", "2026-00003", "2026-00004"]);
    let bad = format!("/v1/invoices/{}/issue", "ivc_00000000000000000000000000");
    world.manager.post(&bad, json!({})).await.refused(404, "not_found");
}
