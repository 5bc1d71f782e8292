//! Stories of what advertisers pay for being on the platform: a trial, periods, changes of plan, and what is not paid.

#[path = "stories/changed.rs"]
mod changed;
#[path = "stories/overdue.rs"]
mod overdue;

use app::{
    identity::Role,
    subscriptions::{entity::subscription, run},
};
use kernel::{
    Timestamp,
    time::{HOUR_MS, MINUTE_MS},
};
use reqwest::Method;
use sea_orm::{EntityTrait as _, sea_query::Expr};
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

/// A plan in euros; the price is in cents.
async fn plan(world: &World, (name, price, period): (&str, i64, &str), trial_days: i64) -> String {
    let plan = json!({
        "name": name, "price": {"minor": price, "currency": "EUR"}, "period": period, "trial_days": trial_days
    });
    text(&world.manager.post("/v1/subscription-plans", plan).await.ok(), "id")
}

async fn start(world: &World, programme: &Programme, plan: &str) -> Value {
    let new = json!({"advertiser_id": programme.advertiser, "plan_id": plan});
    world.manager.post("/v1/subscriptions", new).await.ok()
}

/// The advertiser's subscription, and its fees in the order of their charge: kind, first day, last day, cents.
async fn standing(caller: &Caller, programme: &Programme) -> (Value, Vec<(String, String, String, i64)>) {
    let told = caller.get(&format!("/v1/advertisers/{}/subscription", programme.advertiser)).await.ok();
    let fees = told["fees"].as_array().expect("fees").iter().rev().map(|fee| {
        (text(fee, "kind"), text(fee, "from"), text(fee, "to"), fee["amount"]["minor"].as_i64().expect("cents"))
    });
    (told["subscription"].clone(), fees.collect())
}

fn fee(kind: &str, from: &str, to: &str, minor: i64) -> (String, String, String, i64) {
    (kind.to_owned(), from.to_owned(), to.to_owned(), minor)
}

/// The clock stands at a moment, before or ahead; what fell due is done.
async fn at(world: &World, moment: &str) {
    let moment = Timestamp::parse(moment).expect("a moment");
    world.advance_millis(moment.millis() - world.now().millis());
    world.settle().await;
}

/// What the advertiser owes, in cents.
async fn owes(world: &World) -> Value {
    world.manager.get("/v1/receivables").await.ok()["items"][0]["receivable"].clone()
}

async fn set_account(world: &World, programme: &Programme, terms: Value) {
    let path = format!("/v1/advertisers/{}/accounts/EUR", programme.advertiser);
    world.manager.send(Method::PUT, &path, Some(terms), &[]).await.ok();
}

async fn account(world: &World, programme: &Programme) -> Value {
    world.manager.get(&format!("/v1/advertisers/{}/accounts", programme.advertiser)).await.ok()["items"][0].clone()
}

async fn pay(world: &World, programme: &Programme, minor: i64, reference: &str) {
    let path = format!("/v1/advertisers/{}/payments", programme.advertiser);
    let paid = json!({"amount": {"minor": minor, "currency": "EUR"}, "reference": reference});
    world.manager.post(&path, paid).await.ok();
}

/// Whether a person who follows the partner's link comes to the landing page, once the job has run again.
async fn lands(world: &World, programme: &Programme) -> bool {
    world.advance_millis(2 * MINUTE_MS);
    world.settle().await;
    let reply = world.visit(&programme.slug, "198.51.100.9").await;
    reply.status == 302 && reply.header("location").contains("shop.northwind.example")
}

/// An invoice of all that was charged until now.
async fn invoiced(world: &World, programme: &Programme) -> Value {
    world.advance_millis(HOUR_MS);
    let until_now = json!({
        "advertiser_id": programme.advertiser, "currency": "EUR", "from": "2026-02-01T00:00:00Z",
        "to": world.now().to_string()
    });
    let draft = world.manager.post("/v1/invoices", until_now).await.ok();
    world.manager.post(&format!("/v1/invoices/{}/issue", text(&draft, "id")), json!({})).await.ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trial_ends_and_periods_begin_on_the_last_days_of_months() {
    let world = World::new().await;
    let programme = world.programme().await;
    // 57 days from 2 February: clocks in Warsaw go forward on 29 March, two days before it is over.
    let growth = plan(&world, ("Growth", 4_900, "month"), 57).await;
    let begun = start(&world, &programme, &growth).await;
    assert_eq!((&begun["state"], &begun["trial_ends_on"]), (&json!("trialing"), &json!("2026-03-31")));
    assert_eq!(begun["next_charge"], json!({"on": "2026-03-31", "amount": {"minor": 4_900, "currency": "EUR"}}));
    let again = json!({"advertiser_id": programme.advertiser, "plan_id": growth});
    world.manager.post("/v1/subscriptions", again).await.refused(409, "already_exists");

    at(&world, "2026-03-30T21:59:00Z").await;
    let (now, fees) = standing(&world.manager, &programme).await;
    assert_eq!((&now["state"], fees.len()), (&json!("trialing"), 0), "a minute is left of its last day");
    at(&world, "2026-03-30T22:01:00Z").await;
    let (now, fees) = standing(&world.manager, &programme).await;
    assert_eq!(now["state"], "active", "midnight in summer time");
    let first = fee("period", "2026-03-31", "2026-04-29", 4_900);
    assert_eq!((&fees, &now["next_charge"]["on"]), (&vec![first.clone()], &json!("2026-04-30")));
    assert_eq!(owes(&world).await, 4_900);

    // Nothing ran for two months.
    at(&world, "2026-05-31T08:00:00Z").await;
    let all =
        vec![first, fee("period", "2026-04-30", "2026-05-30", 4_900), fee("period", "2026-05-31", "2026-06-29", 4_900)];
    assert_eq!(standing(&world.manager, &programme).await.1, all, "each that was missed, in order");
    at(&world, "2026-04-20T08:00:00Z").await;
    run::run_due(world.platform().app()).await.expect("nothing to do");
    at(&world, "2026-06-01T08:00:00Z").await;
    assert_eq!((standing(&world.manager, &programme).await.1, owes(&world).await), (all, json!(14_700)));

    // Another income than that of conversions, and no report counts it.
    let revenue = world.totals(&["revenue"]).await;
    assert!(!revenue.to_string().contains("147"), "{revenue}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_period_is_charged_once_whoever_asks_and_whatever_was_lost() {
    let world = World::new().await;
    let programme = world.programme().await;
    let growth = plan(&world, ("Growth", 4_900, "month"), 0).await;
    start(&world, &programme, &growth).await;
    world.advance_millis(60 * 24 * HOUR_MS);
    let app = world.platform().app().clone();
    let nodes = (0..4).map(|_| {
        let app = app.clone();
        tokio::spawn(async move { run::run_due(&app).await })
    });
    for node in nodes.collect::<Vec<_>>() {
        node.await.expect("ran").expect("charged");
    }
    let all = vec![
        fee("period", "2026-02-02", "2026-03-01", 4_900),
        fee("period", "2026-03-02", "2026-04-01", 4_900),
        fee("period", "2026-04-02", "2026-05-01", 4_900),
    ];
    assert_eq!(standing(&world.manager, &programme).await.1, all);

    // Its row is as if it had been written before all three, and the fees stand.
    let write = app.records.begin().await.expect("records");
    subscription::Entity::update_many()
        .col_expr(subscription::Column::NextOn, Expr::value("2026-02-02"))
        .col_expr(subscription::Column::Periods, Expr::value(0))
        .exec(&*write)
        .await
        .expect("written");
    write.commit().await.expect("written");
    world.settle().await;
    run::run_due(&app).await.expect("charged");
    let (now, fees) = standing(&world.manager, &programme).await;
    assert_eq!((fees, owes(&world).await), (all, json!(14_700)));
    assert_eq!(now["next_charge"]["on"], "2026-05-02");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_price_that_was_agreed_changes_with_a_period_and_only_where_it_is_said() {
    let world = World::new().await;
    let programme = world.programme().await;
    let growth = plan(&world, ("Growth", 4_900, "month"), 0).await;
    start(&world, &programme, &growth).await;
    let path = format!("/v1/subscription-plans/{growth}");
    let raised = world.manager.patch(&path, json!({"price_minor": 5_900})).await.ok();
    assert_eq!((&raised["version"], &raised["running"]), (&json!(2), &json!(1)));
    assert_eq!(standing(&world.manager, &programme).await.0["next_charge"]["amount"]["minor"], 4_900);
    world.pass_days(28).await;
    world.manager.patch(&path, json!({"holds_for_running": true, "is_archived": true})).await.ok();
    let (now, fees) = standing(&world.manager, &programme).await;
    assert_eq!((&now["price"]["minor"], &now["next_charge"]["amount"]["minor"]), (&json!(4_900), &json!(5_900)));
    assert_eq!(fees.len(), 2);
    world.pass_days(31).await;
    let (now, fees) = standing(&world.manager, &programme).await;
    assert_eq!((&now["price"]["minor"], &now["next_plan_id"]), (&json!(5_900), &Value::Null));
    assert_eq!(fees.iter().map(|fee| fee.3).collect::<Vec<_>>(), [4_900, 4_900, 5_900], "archived, it goes on");

    let other = text(&world.manager.post("/v1/advertisers", json!({"name": "Late"})).await.ok(), "id");
    let new = json!({"advertiser_id": other, "plan_id": growth});
    world.manager.post("/v1/subscriptions", new).await.refused(409, "illegal_move");
    for bad in [json!({"price_minor": 0}), json!({"trial_days": 366}), json!({"name": " "})] {
        world.manager.patch(&path, bad).await.refused(422, "invalid_fields");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fee_is_taken_off_what_was_paid_in_advance() {
    let world = World::new().await;
    let programme = world.programme().await;
    set_account(&world, &programme, json!({"funding": "prepaid"})).await;
    pay(&world, &programme, 10_000, "T-1").await;
    let growth = plan(&world, ("Growth", 4_900, "month"), 0).await;
    start(&world, &programme, &growth).await;
    assert_eq!(account(&world, &programme).await["left_minor"], 5_100);
    world.pass_days(28).await;
    assert_eq!(account(&world, &programme).await["left_minor"], 200);
    assert!(lands(&world, &programme).await);
    world.pass_days(31).await;
    let now = account(&world, &programme).await;
    assert_eq!((&now["left_minor"], &now["stopped_by"]), (&json!(-4_700), &json!("balance")));
    assert!(!lands(&world, &programme).await, "as with any other charge");
    pay(&world, &programme, 10_000, "T-2").await;
    assert!(lands(&world, &programme).await);
    let invoice = invoiced(&world, &programme).await;
    assert_eq!((&invoice["net"]["minor"], &invoice["state"]), (&json!(14_700), &json!("paid")));
    world.settle().await;
    world.mail_to("manager@riverside.example");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_advertiser_sees_its_own_and_nobody_elses() {
    let world = World::new().await;
    let programme = world.programme().await;
    let own = world.advertiser_member(&programme.advertiser).await;
    assert_eq!(standing(&own, &programme).await, (Value::Null, Vec::new()));
    let growth = plan(&world, ("Growth", 4_900, "quarter"), 14).await;
    let begun = start(&world, &programme, &growth).await;
    let (seen, _) = standing(&own, &programme).await;
    assert_eq!((&seen["trial_ends_on"], &seen["next_charge"]["on"]), (&json!("2026-02-16"), &json!("2026-02-16")));
    let other = text(&world.manager.post("/v1/advertisers", json!({"name": "Other"})).await.ok(), "id");
    own.get(&format!("/v1/advertisers/{other}/subscription")).await.refused(404, "not_found");
    own.get("/v1/subscriptions").await.refused(403, "not_permitted");
    let path = format!("/v1/subscriptions/{}", text(&begun, "id"));
    own.post(&format!("{path}/cancel"), json!({"from": "now"})).await.refused(403, "not_permitted");
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&path).await.refused(404, "not_found");
    stranger.post(&format!("{path}/cancel"), json!({"from": "now"})).await.refused(404, "not_found");
    let theirs = json!({"advertiser_id": programme.advertiser, "plan_id": growth});
    stranger.post("/v1/subscriptions", theirs).await.refused(404, "not_found");
    let mine = json!({"name": "Late"});
    let late = text(&world.manager.post("/v1/advertisers", mine).await.ok(), "id");
    let listed = world.manager.get(&format!("/v1/subscriptions?state=trialing&plan_id={growth}")).await.ok();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    let none = world.manager.get(&format!("/v1/subscriptions?advertiser_id={late}")).await.ok();
    assert_eq!(none["items"], json!([]));
    let analyst = world.member(Role::Analyst).await;
    assert_eq!(analyst.get(&path).await.ok()["period"], "quarter");
}
