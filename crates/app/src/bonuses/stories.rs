//! Bonuses, told through the public door.

use app::bonuses::count;
use kernel::{
    Timestamp,
    time::{DAY_MS, MINUTE_MS},
};
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

async fn plan(world: &World, made: &Programme, lines: &str) {
    let path = format!("/v1/offers/{}/plan/drafts", made.offer);
    let draft = world.manager.post(&path, json!({"text": lines})).await.ok();
    assert_eq!(draft["findings"], json!([]), "{draft}");
    let path = format!("/v1/plan-drafts/{}/switch-on", text(&draft, "id"));
    world.manager.post(&path, json!({"valid_from": null})).await.ok();
    world.advance_millis(1_000);
}

/// A programme whose sales earn 10 %, and whatever `bonuses` say.
async fn with_bonuses(bonuses: &str) -> (World, Programme) {
    let world = World::new().await;
    let made = world.programme().await;
    plan(&world, &made, &format!("earnings\n10% ; goal sale\n{bonuses}\nrevenue\n15% ; goal sale")).await;
    (world, made)
}

/// A sale that nobody has judged yet.
async fn pending(world: &World, slug: &str, order: &str, amount: &str) -> String {
    let click = world.click(slug).await;
    let sale = format!("click_id={click}&goal=sale&amount={amount}&currency=EUR&order_id={order}");
    text(&world.postback(&sale).await.ok(), "conversion_id")
}

async fn approve(world: &World, conversion: &str) {
    world.manager.post(&format!("/v1/conversions/{conversion}/approve"), json!({})).await.ok();
}

async fn sold(world: &World, slug: &str, order: &str, amount: &str) -> String {
    let conversion = pending(world, slug, order, amount).await;
    approve(world, &conversion).await;
    conversion
}

async fn refund(world: &World, order: &str, amount: &str) {
    let refund = format!("order_id={order}&goal=sale&status=refunded&amount={amount}&currency=EUR");
    world.postback(&refund).await.ok();
}

/// A minute passes, in which figures are counted.
async fn counted(world: &World) {
    world.advance_millis(MINUTE_MS);
    world.settle().await;
}

async fn items(caller: &Caller, path: &str) -> Vec<Value> {
    caller.get(path).await.ok()["items"].as_array().cloned().unwrap_or_default()
}

/// Amounts and states of bonuses, oldest first.
async fn told(caller: &Caller) -> Vec<(i64, String)> {
    let rows = items(caller, "/v1/bonuses").await;
    let one = |row: &Value| (row["amount"]["minor"].as_i64().expect("an amount"), text(row, "state"));
    rows.iter().rev().map(one).collect()
}

fn stands(minor: i64) -> (i64, String) {
    (minor, "standing".to_owned())
}

fn gone(minor: i64) -> (i64, String) {
    (minor, "taken_back".to_owned())
}

/// Reached and threshold of the one bonus that lies ahead, and whether it is met.
async fn ahead(caller: &Caller) -> (i64, i64, bool) {
    let rows = items(caller, "/v1/bonuses/ahead").await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    let number = |name: &str| rows[0][name].as_i64().expect("a number");
    (number("reached"), number("threshold"), rows[0]["is_met"] == true)
}

async fn approved(world: &World, partner: &str) -> i64 {
    world.balance(partner).await["approved"].as_i64().expect("an amount")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bonus_is_met_by_its_very_conversion_and_not_by_the_one_before() {
    let (world, made) = with_bonuses("bonus conversions month: 3 100.00 ; goal sale").await;
    let member = world.partner_member(&made.partner).await;
    for order in ["A", "B"] {
        sold(&world, &made.slug, order, "80.00").await;
    }
    let third = pending(&world, &made.slug, "C", "80.00").await;
    counted(&world).await;
    assert_eq!(told(&world.manager).await, [], "the third is not approved");
    assert_eq!(ahead(&member).await, (2, 3, false));
    assert_eq!(approved(&world, &made.partner).await, 1_600);

    approve(&world, &third).await;
    counted(&world).await;
    assert_eq!(told(&member).await, [stands(10_000)]);
    assert_eq!(ahead(&member).await, (3, 3, true));
    assert_eq!(approved(&world, &made.partner).await, 12_400, "24.00 of sales and 100.00");
    let bonus = items(&member, "/v1/bonuses").await.remove(0);
    assert_eq!((&bonus["threshold"], &bonus["reached"]), (&json!(3), &json!(3)), "{bonus}");
    assert_eq!(bonus["period_start"], "2026-01-31T23:00:00.000Z", "February in Warsaw");
    assert_eq!(bonus["lock_at"], "2026-02-15T23:00:00.000Z", "fourteen local days on");
    let balance = world.manager.get(&format!("/v1/partners/{}/next-payout", made.partner)).await.ok();
    assert!(balance.to_string().contains("12400"), "what is held tells the bonus too: {balance}");
    let journal = world.manager.get("/v1/journal").await.ok();
    assert!(journal.to_string().contains(&format!("bonus {}", text(&bonus, "id"))), "{journal}");

    sold(&world, &made.slug, "D", "80.00").await;
    counted(&world).await;
    assert_eq!(told(&member).await, [stands(10_000)], "once a month");
    assert_eq!(ahead(&member).await, (4, 3, true));
    assert_eq!(world.totals(&["bonuses", "payout"]).await, json!({"bonuses": 10_000, "payout": 3_200}));
    world.pass_days(15).await;
    let balance = world.balance(&made.partner).await;
    assert_eq!((&balance["approved"], &balance["payable"]), (&json!(0), &json!(13_200)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_ends_at_midnight_of_the_workspace() {
    let (world, made) = with_bonuses("bonus conversions month: 2 50.00").await;
    let at = |text: &str| world.clock.set(Timestamp::parse(text).expect("a time"));
    at("2026-02-28T22:59:00Z");
    sold(&world, &made.slug, "A", "10.00").await;
    at("2026-02-28T23:00:00Z");
    sold(&world, &made.slug, "B", "10.00").await;
    counted(&world).await;
    assert_eq!(told(&world.manager).await, [], "one in February, one in March");
    sold(&world, &made.slug, "C", "10.00").await;
    counted(&world).await;
    let rows = items(&world.manager, "/v1/bonuses").await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    let period = (text(&rows[0], "period_start"), text(&rows[0], "period_end"));
    assert_eq!(period, ("2026-02-28T23:00:00.000Z".to_owned(), "2026-03-31T22:00:00.000Z".to_owned()), "summer time");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_threshold_pays_for_itself() {
    let bonuses = "bonus conversions month: 2 5.00\nbonus conversions month: 3 7.00\nbonus amount total: 250.00 11.00\n\
                   bonus revenue week: 30.00 13.00 ; countries DE";
    let (world, made) = with_bonuses(bonuses).await;
    for (order, wanted) in [("A", vec![]), ("B", vec![500]), ("C", vec![500, 700, 1_100])] {
        sold(&world, &made.slug, order, "90.00").await;
        counted(&world).await;
        let mut given: Vec<i64> = told(&world.manager).await.into_iter().map(|(minor, _)| minor).collect();
        given.sort_unstable();
        assert_eq!(given, wanted, "after {order}");
    }
    assert_eq!(approved(&world, &made.partner).await, 2_700 + 2_300, "three times 9.00, and 23.00; no click from DE");
    let totals: Vec<_> = items(&world.manager, "/v1/bonuses").await;
    let total = totals.iter().find(|row| row["period"] == "total").expect("one of all time");
    assert_eq!((&total["reached"], &total["period_start"]), (&json!(27_000), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_takes_it_back_and_a_later_sale_gives_it_again() {
    let (world, made) = with_bonuses("bonus amount month: 200.00 30.00 ; goal sale").await;
    sold(&world, &made.slug, "A", "100.00").await;
    sold(&world, &made.slug, "B", "100.00").await;
    counted(&world).await;
    assert_eq!(told(&world.manager).await, [stands(3_000)]);
    refund(&world, "A", "0.01").await;
    counted(&world).await;
    assert_eq!(told(&world.manager).await, [gone(3_000)], "199.99");
    assert_eq!(approved(&world, &made.partner).await, 2_000, "199.99 earn 20.00");
    sold(&world, &made.slug, "C", "0.01").await;
    counted(&world).await;
    assert_eq!(told(&world.manager).await, [gone(3_000), stands(3_000)]);
    assert_eq!(world.totals(&["bonuses"]).await["bonuses"], 3_000, "given twice, taken back once");

    world.pass_days(15).await;
    assert_eq!(world.balance(&made.partner).await["payable"], 5_000);
    let batch = world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    let paid = format!("/v1/payout-batches/{}/paid", text(&batch, "id"));
    world.manager.post(&paid, json!({"reference": "SEPA-1"})).await.ok();
    refund(&world, "B", "100.00").await;
    counted(&world).await;
    assert_eq!(told(&world.manager).await, [gone(3_000), gone(3_000)]);
    let balance = world.balance(&made.partner).await;
    assert_eq!((&balance["paid"], &balance["debt"]), (&json!(5_000), &json!(4_000)), "10.00 of the sale, 30.00");

    let months = 4 * 31 * DAY_MS;
    world.advance_millis(months);
    world.settle().await;
    refund(&world, "A", "50.00").await;
    counted(&world).await;
    let reached = items(&world.manager, "/v1/bonuses").await.remove(0)["reached"].clone();
    assert_eq!(reached, 10_000, "what was taken back stays as it was then");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_of_another_group_gets_none_and_a_partner_sees_its_own() {
    let world = World::new().await;
    let made = world.programme().await;
    let other = json!({"name": "Other", "email": "o@other.example", "group": "gold"});
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    plan(&world, &made, "earnings\n10% ; goal sale\nbonus conversions day: 1 4.00 ; groups gold").await;
    let both = json!({"offer_id": made.offer, "partner_id": other});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let slug = text(&world.manager.post("/v1/links", both).await.ok(), "slug");
    sold(&world, &made.slug, "A", "50.00").await;
    sold(&world, &slug, "B", "50.00").await;
    counted(&world).await;
    assert_eq!(told(&world.manager).await, [stands(400)]);
    let (mine, theirs) = (world.partner_member(&made.partner).await, world.partner_member(&other).await);
    assert_eq!(told(&mine).await, []);
    assert_eq!(told(&theirs).await, [stands(400)]);
    assert_eq!(items(&mine, "/v1/bonuses/ahead").await, Vec::<Value>::new(), "it is not for this partner");
    assert_eq!(ahead(&theirs).await, (1, 1, true));
    assert!(items(&theirs, "/v1/bonuses/ahead").await[0]["conditions"].get("groups").is_none());
    mine.get(&format!("/v1/bonuses/ahead?partner_id={other}")).await.refused(404, "not_found");
    assert_eq!(items(&mine, &format!("/v1/bonuses?partner_id={other}")).await, Vec::<Value>::new());
    world.manager.get("/v1/bonuses/ahead").await.refused(422, "invalid_fields");
    let of_other = items(&world.manager, &format!("/v1/bonuses/ahead?partner_id={other}")).await;
    assert_eq!(of_other[0]["amount"], json!({"minor": 400, "currency": "EUR"}));
    assert_eq!(items(&world.manager, &format!("/v1/bonuses?partner_id={}", made.partner)).await, Vec::<Value>::new());
    let (elsewhere, _) = world.other_workspace().await;
    assert_eq!(told(&elsewhere).await, []);
    elsewhere.get(&format!("/v1/bonuses/ahead?partner_id={other}")).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_that_goes_to_another_partner_takes_its_bonus_along() {
    let (world, made) = with_bonuses("bonus conversions month: 1 6.00").await;
    let other = world.manager.post("/v1/partners", json!({"name": "Other", "email": "o@other.example"})).await.ok();
    let other = text(&other, "id");
    let sale = sold(&world, &made.slug, "A", "50.00").await;
    counted(&world).await;
    assert_eq!(approved(&world, &made.partner).await, 1_100);
    let to = json!({"partner_id": other, "note": "wrong link"});
    world.manager.post(&format!("/v1/conversions/{sale}/reassign"), to).await.ok();
    counted(&world).await;
    assert_eq!(approved(&world, &made.partner).await, 0);
    assert_eq!(approved(&world, &other).await, 1_100, "5.00 and 6.00");
    world.manager.post(&format!("/v1/conversions/{sale}/reverse"), json!({"reason": "manual"})).await.ok();
    counted(&world).await;
    assert_eq!(approved(&world, &other).await, 0);
    assert_eq!(told(&world.manager).await, [gone(600), gone(600)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_that_change_in_the_month_count_what_came_before() {
    let (world, made) = with_bonuses("bonus conversions month: 4 40.00").await;
    sold(&world, &made.slug, "A", "10.00").await;
    let plans = world.manager.get(&format!("/v1/offers/{}/plan", made.offer)).await.ok();
    let mut versions = plans["earnings"]["versions"].as_array().cloned().into_iter().flatten();
    let current = versions.find(|version| version["in_force"] == true).expect("one is in force");
    let rules = current["rules"].as_array().cloned().expect("rules");
    let lowered = rules.into_iter().map(|mut rule| {
        if let Some(bonus) = rule["effect"].get_mut("bonus") {
            (bonus["from"], bonus["minor"]) = (json!(2), json!(1_500));
        }
        rule
    });
    let path = format!("/v1/offers/{}/plan/drafts", made.offer);
    let draft = world.manager.post(&path, json!({"earnings": lowered.collect::<Vec<_>>()})).await.ok();
    let path = format!("/v1/plan-drafts/{}/switch-on", text(&draft, "id"));
    world.manager.post(&path, json!({"valid_from": null})).await.ok();
    counted(&world).await;
    assert_eq!(told(&world.manager).await, []);
    sold(&world, &made.slug, "B", "10.00").await;
    counted(&world).await;
    assert_eq!(told(&world.manager).await, [stands(1_500)], "the second by the terms that held then");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_at_once_post_once() {
    let (world, made) = with_bonuses("bonus conversions month: 2 50.00").await;
    for order in ["A", "B", "C"] {
        sold(&world, &made.slug, order, "10.00").await;
    }
    let app = world.platform().app();
    let (one, two) = tokio::join!(count::pay_due(app), count::pay_due(app));
    one.and(two).expect("both runs end well");
    count::pay_due(app).await.expect("nothing is left");
    counted(&world).await;
    assert_eq!(told(&world.manager).await, [stands(5_000)]);
    assert_eq!(approved(&world, &made.partner).await, 5_300);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_comes_or_goes_later_changes_nothing_of_what_was_counted() {
    let world = World::new().await;
    let made = world.programme().await;
    let partner = format!("/v1/partners/{}", made.partner);
    world.manager.patch(&partner, json!({"tags": ["vip"]})).await.ok();
    let lines = "earnings\n10% ; goal sale\nbonus amount month: 100.00 9.00 ; tags vip";
    plan(&world, &made, lines).await;
    sold(&world, &made.slug, "A", "90.00").await;
    counted(&world).await;
    world.manager.patch(&partner, json!({"tags": []})).await.ok();
    sold(&world, &made.slug, "B", "90.00").await;
    refund(&world, "A", "1.00").await;
    counted(&world).await;
    assert_eq!(told(&world.manager).await, [], "the second came without the tag");
    world.manager.patch(&partner, json!({"tags": ["vip"]})).await.ok();
    refund(&world, "B", "1.00").await;
    counted(&world).await;
    assert_eq!(told(&world.manager).await, [], "and stays so");
    sold(&world, &made.slug, "C", "11.00").await;
    counted(&world).await;
    assert_eq!(told(&world.manager).await, [stands(900)], "89.00 and 11.00");
}
