//! Stories of schedules: partners are paid by themselves, on their day.

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{World, text};

use super::sending::payee;

const CSV: &str = "csv";

async fn batches(world: &World) -> Vec<Value> {
    let all = world.manager.get("/v1/payout-batches").await.ok();
    all["items"].as_array().expect("a list").clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_group_is_paid_on_its_day_and_once() {
    let world = World::new().await;
    let ordinary = payee(&world, "Blue Media", (CSV, json!({})), 5_000, "EUR").await;
    let weekly = payee(&world, "Green Blog", (CSV, json!({})), 700, "EUR").await;
    let nowhere = payee(&world, "No Account", ("sepa", json!({"name": "No Account"})), 900, "EUR").await;
    world.manager.patch(&format!("/v1/partners/{weekly}"), json!({"group": "streamers"})).await.ok();
    let monthly = json!({"rhythm": "monthly", "day": 5, "is_automatic": true});
    let set = world.manager.post("/v1/payout-schedules", monthly.clone()).await.ok();
    assert_eq!(set["next_on"], "2026-02-05", "three days ahead");
    world.manager.post("/v1/payout-schedules", monthly).await.refused(409, "already_exists");
    let wrong = json!({"rhythm": "weekly", "day": 8});
    world.manager.post("/v1/payout-schedules", wrong).await.refused(422, "invalid_fields");
    let tuesdays = json!({"rhythm": "weekly", "day": 2, "group": "streamers"});
    let streamers = text(&world.manager.post("/v1/payout-schedules", tuesdays).await.ok(), "id");
    let own = world.partner_member(&weekly).await;
    let next = own.get(&format!("/v1/partners/{weekly}/next-payout")).await.ok();
    assert_eq!(next["items"][0]["pay_on"], "2026-02-03");
    own.get("/v1/payout-schedules").await.refused(403, "not_permitted");

    world.pass_days(1).await;
    let made = batches(&world).await;
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!((&made[0]["state"], &made[0]["total"]["minor"]), (&json!("awaiting_approval"), &json!(700)));
    assert_eq!(made[0]["schedule_id"], streamers.as_str());
    let approve = format!("/v1/payout-batches/{}/approve", text(&made[0], "id"));
    world.manager.post(&approve, json!({})).await.ok();

    world.pass_days(3).await;
    let made = batches(&world).await;
    assert_eq!(made.len(), 2, "{made:?}");
    assert_eq!((&made[0]["state"], &made[0]["total"]["minor"]), (&json!("approved"), &json!(5_000)));
    let told = world.manager.get("/v1/payout-schedules").await.ok();
    assert_eq!(told["items"][0]["next_on"], "2026-03-05");
    let lines = told["items"][0]["last_run"].as_array().expect("lines");
    let refused = lines.iter().find(|line| line["method"] == "sepa").expect("the bank's line");
    assert_eq!((&refused["refused"], &refused["batch_id"]), (&json!("payer_missing"), &Value::Null));
    for (partner, transit, payable) in [(&ordinary, 5_000, 0), (&weekly, 700, 0), (&nowhere, 0, 900)] {
        let balance = world.balance(partner).await;
        assert_eq!((&balance["in_transit"], &balance["payable"]), (&json!(transit), &json!(payable)), "{balance}");
    }
    world.pass_days(1).await;
    assert_eq!(batches(&world).await.len(), 2, "nobody is paid twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_earned_in_one_currency_and_is_paid_in_another_is_paid_too() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let day = world.now().to_string()[..10].to_owned();
    owner.put("/v1/currencies/rates", json!({"day": day, "from": "EUR", "to": "USD", "rate": "2"})).await.ok();
    let partner = payee(&world, "Blue Media", (CSV, json!({})), 5_000, "USD").await;
    let in_euro = json!({"method": CSV, "details": {}, "payout_currency": "EUR"});
    world.manager.put(&format!("/v1/partners/{partner}/payout-details"), in_euro).await.ok();
    let tuesdays = json!({"rhythm": "weekly", "day": 2, "is_automatic": true});
    owner.post("/v1/payout-schedules", tuesdays).await.ok();
    world.pass_days(1).await;
    let made = batches(&world).await;
    assert_eq!(made[0]["total"], json!({"minor": 2_500, "currency": "EUR"}), "{made:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn above_the_limit_a_schedules_batch_waits_all_the_same() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    owner.put("/v1/payout-approval-limit", json!({"limit_minor": 1_000})).await.ok();
    payee(&world, "Blue Media", (CSV, json!({})), 5_000, "EUR").await;
    let daily = json!({"rhythm": "weekly", "day": 2, "is_automatic": true});
    let schedule = text(&owner.post("/v1/payout-schedules", daily).await.ok(), "id");
    world.pass_days(1).await;
    let made = batches(&world).await;
    assert_eq!(made[0]["state"], "awaiting_approval");
    let approve = format!("/v1/payout-batches/{}/approve", text(&made[0], "id"));
    owner.post(&approve, json!({})).await.refused(409, "second_person_needed");
    assert_eq!(world.manager.post(&approve, json!({})).await.ok()["state"], "approved");
    owner.delete(&format!("/v1/payout-schedules/{schedule}")).await;
    payee(&world, "Green Blog", (CSV, json!({})), 100, "EUR").await;
    world.pass_days(7).await;
    assert_eq!(batches(&world).await.len(), 1);
}
