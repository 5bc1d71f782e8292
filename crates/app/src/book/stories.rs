//! Stories of the proof: what was altered by hand is found and named, what is derived comes back.

#[path = "stories/histories.rs"]
mod histories;

use app::platform::Records;
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};
use testkit::{Programme, World, text};

/// A programme with a locked, a paid and a partly refunded sale.
async fn traded() -> (World, Programme) {
    let world = World::new().await;
    let programme = world.programme().await;
    for order in ["A", "B"] {
        let click = world.click(&programme.slug).await;
        world.advance_millis(60_000);
        let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id={order}");
        world.postback(&query).await.ok();
        world.postback(&format!("order_id={order}&goal=sale&status=approved")).await.ok();
        if order == "A" {
            world.pass_days(15).await;
            let batch = world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.ok();
            world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
            world.postback("order_id=A&goal=sale&status=refunded&amount=20.00&currency=EUR").await.ok();
        }
    }
    (world, programme)
}

fn records(world: &World) -> &Records {
    &world.platform().app().records
}

async fn alter(world: &World, statement: &str) {
    let write = records(world).begin().await.expect("records");
    write.execute_unprepared(statement).await.expect("altered");
    write.commit().await.expect("committed");
}

async fn prove(world: &World) -> Value {
    world.manager.post("/v1/book/proof", json!({})).await.ok()["proof"].clone()
}

async fn dump(world: &World, table: &str, order: &str) -> Vec<String> {
    let text = format!("select * from {table} order by {order}");
    let conn = records(world).read();
    let rows = conn.query_all_raw(Statement::from_string(records(world).backend(), text)).await.expect("rows");
    rows.iter().map(|row| format!("{row:?}")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_number_is_what_its_entries_say() {
    let (world, _) = traded().await;
    let proof = prove(&world).await;
    let counts = ["conversions", "payouts", "difference_count"].map(|field| proof[field].as_i64().expect("a count"));
    assert_eq!((counts, &proof["is_whole"]), ([2, 1, 0], &json!(true)), "{proof}");
    for (alteration, back, found) in [
        (
            "update book_entries set note = 'x' where seq = 2",
            "update book_entries set note = 'approve' where seq = 2",
            "hash",
        ),
        (
            "update commissions set amount_minor = amount_minor + 1",
            "update commissions set amount_minor = amount_minor - 1",
            "commissions add up",
        ),
        (
            "update conversions set revenue_minor = revenue_minor + 1",
            "update conversions set revenue_minor = revenue_minor - 1",
            "Advertiser",
        ),
        (
            "update payouts set amount_minor = amount_minor + 1",
            "update payouts set amount_minor = amount_minor - 1",
            "payouts add up",
        ),
        ("update payout_batches set total_minor = 1", "update payout_batches set total_minor = 800", "payouts add up"),
        (
            "update book_balances set debit = debit + 1, credit = credit + 1",
            "update book_balances set debit = debit - 1, credit = credit - 1",
            "is stored as",
        ),
    ] {
        alter(&world, alteration).await;
        let proof = prove(&world).await;
        let told = proof["differences"].to_string();
        assert!(proof["is_whole"] == false && told.contains(found), "{alteration}: {proof}");
        alter(&world, back).await;
        assert_eq!(prove(&world).await["is_whole"], true, "{back}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_altered_entry_is_named_and_the_owners_hear_of_it_once() {
    let (world, _) = traded().await;
    world.member(app::identity::Role::Owner).await;
    assert_eq!(world.manager.get("/v1/book/proof").await.ok()["proof"]["is_whole"], true, "proven in the night");
    alter(&world, "update book_postings set debit = debit * 2 where entry_seq = 3 and debit > 0").await;
    world.pass_days(2).await;
    let proof = world.manager.get("/v1/book/proof").await.ok()["proof"].clone();
    let first = &proof["differences"][0];
    assert_eq!((&first["seq"], &proof["is_whole"]), (&json!(3), &json!(false)), "{proof}");
    assert!(text(first, "entry").starts_with("ent_"));
    assert_eq!(world.mail_to("owner@riverside.example").len(), 1, "once, not every night");
    let rows = world.manager.get("/v1/audit").await.ok();
    let told = rows["items"].as_array().expect("rows").iter().filter(|row| row["action"] == "book.differs").count();
    assert_eq!(told, 1);
    alter(&world, "update book_postings set debit = debit / 2 where entry_seq = 3 and debit > 0").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn derived_tables_thrown_away_come_back_as_they_were() {
    let (world, _) = traded().await;
    let tables =
        [("book_balances", "workspace_id, currency, account, owner_kind, owner_id"), ("book_chains", "workspace_id")];
    let mut before = Vec::new();
    for (table, order) in tables {
        before.push(dump(&world, table, order).await);
        alter(&world, &format!("delete from {table}")).await;
    }
    assert_eq!(prove(&world).await["is_whole"], false);
    let write = records(&world).begin().await.expect("records");
    ledger::rebuild(&*write, world.tenant).await.expect("rebuilt");
    write.commit().await.expect("committed");
    for ((table, order), before) in tables.into_iter().zip(before) {
        assert!(!before.is_empty());
        assert_eq!(dump(&world, table, order).await, before, "{table}");
    }
    assert_eq!(prove(&world).await["is_whole"], true);
}
