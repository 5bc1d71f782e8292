//! Partners who are paid when the advertiser has paid, and by exception before.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn partners_are_paid_once_the_advertiser_has_paid_or_by_exception() {
    let world = World::new().await;
    let programme = world.programme().await;
    let finance = world.member(Role::Finance).await;
    set_account(&finance, &programme, json!({"funding": "open", "partners_paid": "when_collected"})).await;
    sell_approved(&world, &programme, "A1").await;
    world.pass_days(15).await;
    assert_eq!(world.balance(&programme.partner).await["payable"], 800, "locked, and so payable by the book");
    finance.post("/v1/payout-batches", json!({"currency": "EUR"})).await.refused(409, "nothing_to_pay");

    let draft = json!({
        "advertiser_id": programme.advertiser, "currency": "EUR", "from": "2026-02-01T00:00:00Z",
        "to": world.now().to_string()
    });
    let draft = finance.post("/v1/invoices", draft).await.ok();
    let issued = finance.post(&format!("/v1/invoices/{}/issue", text(&draft, "id")), json!({})).await.ok();
    pay(&finance, &programme, 1_199, "P-1").await;
    finance.post("/v1/payout-batches", json!({"currency": "EUR"})).await.refused(409, "nothing_to_pay");
    pay(&finance, &programme, 1, "P-2").await;
    let batch = finance.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    assert_eq!((&batch["total"]["minor"], &issued["total"]["minor"]), (&json!(800), &json!(1_200)));
    finance.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    assert_eq!(world.conversions_of("A1").await[0]["status"], "paid");

    sell_approved(&world, &programme, "A2").await;
    world.pass_days(15).await;
    let advance = json!({
        "partner_id": programme.partner, "advertiser_id": programme.advertiser, "reason": "The bank confirmed it"
    });
    world.manager.post("/v1/payout-advances", advance.clone()).await.refused(403, "not_permitted");
    finance.post("/v1/payout-batches", json!({"currency": "EUR"})).await.refused(409, "nothing_to_pay");
    let freed = finance.post("/v1/payout-advances", advance.clone()).await.ok();
    assert_eq!(freed["freed"], json!([{"minor": 800, "currency": "EUR"}]));
    finance.post("/v1/payout-advances", advance.clone()).await.refused(409, "nothing_to_pay");
    let batch = finance.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    assert_eq!(batch["total"]["minor"], 800);

    sell_approved(&world, &programme, "A3").await;
    world.pass_days(15).await;
    finance.post("/v1/payout-batches", json!({"currency": "EUR"})).await.refused(409, "nothing_to_pay");
    set_account(&finance, &programme, json!({"funding": "open"})).await;
    let batch = finance.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    assert_eq!(batch["total"]["minor"], 800, "on schedule again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_partners_are_owed_beyond_what_was_collected_stops_the_offers() {
    let world = World::new().await;
    let programme = world.programme().await;
    set_account(&world.manager, &programme, json!({"funding": "open", "exposure_limit_minor": 1_500})).await;
    assert!(lands(&world, &programme).await);
    sell_approved(&world, &programme, "A1").await;
    sell_approved(&world, &programme, "A2").await;
    world.pass_days(15).await;
    world.pass_days(1).await;
    assert_eq!(account(&world.manager, &programme).await["state"], "stopped", "16.00 are owed to the partner");
    assert!(!lands(&world, &programme).await);
    pay(&world.manager, &programme, 1_000, "P-1").await;
    assert_eq!(account(&world.manager, &programme).await["state"], "open", "6.00");
    assert!(lands(&world, &programme).await);
    letters(&world, &programme);
}
