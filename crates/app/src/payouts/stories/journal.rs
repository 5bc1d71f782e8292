//! The book read by those who keep it: from a balance to its entries, from an entry to its cause.

use app::identity::actor::Role;
use kernel::time::HOUR_MS;
use serde_json::{Value, json};
use testkit::{World, text};

async fn kinds(world: &World, query: &str) -> Vec<String> {
    let page = world.manager.get(&format!("/v1/journal?{query}")).await.ok();
    page["items"].as_array().expect("entries").iter().map(|entry| text(entry, "kind")).collect()
}

/// A sale that was paid out.
async fn paid_out(world: &World) -> (String, String) {
    let made = world.programme().await;
    let click = world.click(&made.slug).await;
    world.advance_millis(HOUR_MS);
    let sale = format!("click_id={click}&goal=sale&order_id=J1&amount=80.00&currency=EUR");
    let conversion = text(&world.postback(&sale).await.ok(), "conversion_id");
    world.manager.post(&format!("/v1/conversions/{conversion}/approve"), json!({})).await.ok();
    world.pass_days(15).await;
    let batch = world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    (made.partner, conversion)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_balance_leads_to_its_entries_and_an_entry_to_its_cause() {
    let world = World::new().await;
    let (partner, conversion) = paid_out(&world).await;

    let accounts = world.manager.get("/v1/journal/accounts").await.ok();
    let items = accounts["items"].as_array().expect("accounts");
    let sum = |side: &str| items.iter().map(|item| item[side].as_i64().expect("whole")).sum::<i64>();
    assert_eq!(sum("debit_minor"), sum("credit_minor"), "{accounts}");
    let own = world.manager.get(&format!("/v1/journal/accounts?partner_id={partner}")).await.ok();
    let of = |account: &str| -> Value {
        let found = own["items"].as_array().expect("accounts").iter().find(|item| item["account"] == account);
        found.map_or(Value::Null, |item| item["balance_minor"].clone())
    };
    assert_eq!((of("partner_payable"), of("in_transit"), of("cash")), (json!(0), json!(0), json!(-800)));

    assert_eq!(kinds(&world, &format!("conversion_id={conversion}")).await, ["lock", "approve", "hold"]);
    assert_eq!(kinds(&world, &format!("partner_id={partner}&account=in_transit")).await, ["paid", "batch"]);
    assert_eq!(kinds(&world, "account=partner_pending&kind=hold&limit=1").await.len(), 1);
    assert_eq!(kinds(&world, "account=tax_withheld").await.len(), 0);
    assert_eq!(kinds(&world, "currency=USD").await.len(), 0);

    let newest = world.manager.get("/v1/journal?limit=1").await.ok();
    let cursor = text(&newest, "next_cursor");
    let next = world.manager.get(&format!("/v1/journal?limit=1&cursor={cursor}")).await.ok();
    let paid = world.manager.get(&format!("/v1/journal/{}", text(&newest["items"][0], "id"))).await.ok();
    assert_eq!((&paid["kind"], &paid["is_intact"]), (&json!("paid"), &json!(true)));
    assert_eq!(paid["previous_hash"], next["items"][0]["hash"], "chained to the entry before it");
    let batches = world.manager.get("/v1/payout-batches").await.ok();
    assert_eq!(paid["batch_id"], batches["items"][0]["id"]);
    assert_eq!(paid["labels"][&partner], "Trail Notes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_book_is_the_matter_of_the_own_staff() {
    let world = World::new().await;
    let (partner, _) = paid_out(&world).await;
    let entry = text(&world.manager.get("/v1/journal?limit=1").await.ok()["items"][0], "id");
    world.member(Role::Analyst).await.get("/v1/journal").await.ok();
    let member = world.partner_member(&partner).await;
    member.get("/v1/journal").await.refused(403, "not_permitted");
    member.get("/v1/journal/accounts").await.refused(403, "not_permitted");
    let (stranger, _) = world.other_workspace().await;
    assert_eq!(stranger.get("/v1/journal").await.ok()["items"], json!([]));
    stranger.get(&format!("/v1/journal/{entry}")).await.refused(404, "not_found");
    stranger.get(&format!("/v1/journal?cursor={entry}")).await.refused(404, "not_found");
    let two = format!("/v1/journal?partner_id={partner}&advertiser_id=adv_01KAMX4S5T0000000000000000");
    world.manager.get(&two).await.refused(422, "invalid_fields");
}
