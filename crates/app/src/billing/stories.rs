//! Stories of advertisers' bills: topped up and spent, invoiced and paid, and partners who wait for it.

#[path = "stories/collected.rs"]
mod collected;
#[path = "stories/invoiced.rs"]
mod invoiced;

use app::identity::Role;
use kernel::{Id, id, time::HOUR_MS};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

/// An advertiser's account as the list shows it.
async fn account(caller: &Caller, programme: &Programme) -> Value {
    caller.get(&format!("/v1/advertisers/{}/accounts", programme.advertiser)).await.ok()["items"][0].clone()
}

async fn set_account(caller: &Caller, programme: &Programme, terms: Value) -> Value {
    let path = format!("/v1/advertisers/{}/accounts/EUR", programme.advertiser);
    caller.send(Method::PUT, &path, Some(terms), &[]).await.ok()
}

fn paid(minor: i64, reference: &str) -> Value {
    json!({"amount": {"minor": minor, "currency": "EUR"}, "reference": reference})
}

async fn pay(caller: &Caller, programme: &Programme, minor: i64, reference: &str) -> Value {
    let path = format!("/v1/advertisers/{}/payments", programme.advertiser);
    caller.post(&path, paid(minor, reference)).await.ok()
}

/// Whether a person who follows the partner's link comes to the landing page.
async fn lands(world: &World, programme: &Programme) -> bool {
    world.settle().await;
    let reply = world.visit(&programme.slug, "198.51.100.9").await;
    reply.status == 302 && reply.header("location").contains("shop.northwind.example")
}

/// Reads what people were written of the balance: how many letters went to finance.
fn letters(world: &World, programme: &Programme) -> usize {
    let advertiser: Id<id::Advertiser> = programme.advertiser.parse().expect("an id");
    world.mail_to("manager@riverside.example");
    world.mail_to(&format!("{}@advertiser.example", advertiser.as_u128()));
    world.mail_to("finance@riverside.example").len()
}

/// A sale of 80.00 by a click of before: charged 12.00, earns 8.00. Its verdict.
async fn sell(world: &World, click: &str, order: &str) -> Value {
    world.postback(&format!("click_id={click}&goal=sale&order_id={order}&amount=80.00&currency=EUR")).await.ok()
}

async fn sell_approved(world: &World, programme: &Programme, order: &str) -> Value {
    let click = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    sell(world, &click, order).await;
    world.postback(&format!("order_id={order}&goal=sale&status=approved")).await.ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_paid_in_advance_is_spent_and_the_rest_given_back() {
    let world = World::new().await;
    let programme = world.programme().await;
    let finance = world.member(Role::Finance).await;
    let opened = set_account(&finance, &programme, json!({"funding": "prepaid", "low_minor": 500})).await;
    assert_eq!((&opened["state"], &opened["left_minor"]), (&json!("stopped"), &json!(0)));
    assert!(!lands(&world, &programme).await, "nothing was paid yet");

    let first = pay(&finance, &programme, 10_000, "T-1").await;
    assert_eq!((&first["kind"], &first["free"]["minor"]), (&json!("payment"), &json!(10_000)));
    let path = format!("/v1/advertisers/{}/payments", programme.advertiser);
    finance.post(&path, paid(10_000, "T-1")).await.refused(409, "already_exists");
    assert!(lands(&world, &programme).await);
    sell_approved(&world, &programme, "A1").await;
    let now = account(&finance, &programme).await;
    assert_eq!([&now["prepaid"], &now["receivable"], &now["left_minor"]], [10_000, 1_200, 8_800]);

    let back = format!("/v1/advertisers/{}/refunds", programme.advertiser);
    finance.post(&back, paid(8_801, "R-1")).await.refused(409, "insufficient_balance");
    finance.post(&back, paid(8_800, "R-1")).await.ok();
    finance.post(&back, paid(1, "R-2")).await.refused(409, "insufficient_balance");
    let now = account(&finance, &programme).await;
    assert_eq!([&now["prepaid"], &now["receivable"], &now["left_minor"]], [0, 0, 0]);
    assert_eq!(now["state"], "stopped");

    for (minor, reference) in [(0, "T-2"), (-5, "T-3"), (i64::MAX, "T-4")] {
        finance.post(&path, paid(minor, reference)).await.refused(422, "amount_out_of_range");
    }
    finance.post(&path, paid(1, " ")).await.refused(422, "invalid_fields");
    let mut tomorrow = paid(1, "T-5");
    tomorrow["received_on"] = json!("2027-01-01");
    finance.post(&path, tomorrow).await.refused(422, "invalid_fields");
    let own = world.advertiser_member(&programme.advertiser).await;
    assert_eq!(own.get(&path).await.ok()["items"].as_array().map(Vec::len), Some(2));
    own.post(&path, paid(1, "mine")).await.refused(403, "not_permitted");
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&path).await.refused(404, "not_found");
    stranger.post(&path, paid(1, "theirs")).await.refused(404, "not_found");
    world.settle().await;
    assert_eq!(letters(&world, &programme), 3, "stopped, enough again, stopped");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_balance_runs_out_the_offer_stops_until_enough_is_paid() {
    let world = World::new().await;
    let programme = world.programme().await;
    let finance = world.member(Role::Finance).await;
    let own = world.advertiser_member(&programme.advertiser).await;
    let terms = json!({"funding": "prepaid", "low_minor": 1_500, "resume_minor": 2_000});
    set_account(&finance, &programme, terms).await;
    pay(&finance, &programme, 2_500, "T-1").await;
    let mut clicks = Vec::new();
    for _ in 0..3 {
        clicks.push(world.click(&programme.slug).await);
    }
    world.advance_millis(HOUR_MS);
    let first = sell(&world, &clicks[0], "A1").await;
    assert_eq!(first["status"], "pending", "{first}");
    world.advance_millis(HOUR_MS);
    world.settle().await;
    assert_eq!(account(&own, &programme).await["state"], "low", "13.00 are left");
    letters(&world, &programme);

    assert_eq!(sell(&world, &clicks[1], "A2").await["status"], "pending");
    let third = sell(&world, &clicks[2], "A3").await;
    assert_eq!((&third["status"], &third["reason"]), (&json!("rejected"), &json!("cap_advertiser_total_revenue")));
    assert!(!lands(&world, &programme).await, "one more than there is money for closes the offer at once");
    world.advance_millis(HOUR_MS);
    world.settle().await;
    let now = account(&own, &programme).await;
    assert_eq!((&now["state"], &now["left_minor"]), (&json!("stopped"), &json!(100)));
    assert_eq!(letters(&world, &programme), 1, "told once");

    world.postback("order_id=A1&goal=sale&status=cancelled").await.ok();
    assert!(!lands(&world, &programme).await, "13.00 are less than it takes to resume");
    world.advance_millis(HOUR_MS);
    assert!(!lands(&world, &programme).await);
    assert_eq!(account(&own, &programme).await["state"], "stopped");

    pay(&finance, &programme, 3_000, "T-2").await;
    let now = account(&own, &programme).await;
    assert_eq!((&now["state"], &now["left_minor"]), (&json!("open"), &json!(4_300)));
    assert!(lands(&world, &programme).await);
    let cap = text(&now, "cap_id");
    let refused = world.manager.patch(&format!("/v1/caps/{cap}"), json!({"limit": 1_000_000})).await;
    refused.refused(409, "illegal_move");
    assert_eq!(sell(&world, &clicks[2], "A4").await["status"], "pending");

    let credit = json!({"funding": "credit", "credit_limit_minor": 10_000});
    let now = set_account(&finance, &programme, credit).await;
    assert_eq!(now["left_minor"], 13_100);
    let now = set_account(&finance, &programme, json!({"funding": "open"})).await;
    assert_eq!((&now["state"], &now["left_minor"]), (&json!("open"), &Value::Null));
    assert!(lands(&world, &programme).await);
    let bad = json!({"funding": "prepaid", "credit_limit_minor": 5});
    let path = format!("/v1/advertisers/{}/accounts/EUR", programme.advertiser);
    finance.send(Method::PUT, &path, Some(bad), &[]).await.refused(422, "invalid_fields");
    world.settle().await;
    letters(&world, &programme);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_top_up_counts_that_comes_before_the_stop_was_noted() {
    let world = World::new().await;
    let programme = world.programme().await;
    let finance = world.member(Role::Finance).await;
    set_account(&finance, &programme, json!({"funding": "prepaid"})).await;
    pay(&finance, &programme, 2_000, "T-1").await;
    let clicks = [world.click(&programme.slug).await, world.click(&programme.slug).await];
    assert_eq!(sell(&world, &clicks[0], "A1").await["status"], "pending");
    assert_eq!(sell(&world, &clicks[1], "A2").await["reason"], "cap_advertiser_total_revenue");

    pay(&finance, &programme, 10_000, "T-2").await;
    let now = account(&finance, &programme).await;
    assert_eq!((&now["state"], &now["left_minor"]), (&json!("open"), &json!(10_800)));
    assert!(lands(&world, &programme).await);
    letters(&world, &programme);
}
