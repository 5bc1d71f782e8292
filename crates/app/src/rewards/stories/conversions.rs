//! What stands of conversions.

use app::{platform::outbox::cursor, rewards::follow};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};
use serde_json::json;
use testkit::{World, text};

use super::{act, catch_up, entries, plan, programme, sale, standing, units};

const BOTH: &str = "reward 50 POINTS ; goal sale\nreward 1.5 CREDIT per whole ; goal sale";

#[tokio::test(flavor = "multi_thread")]
async fn points_and_credit_are_given_beside_money() {
    let (world, programme) = programme(BOTH).await;
    let partner = programme.partner.as_str();
    let conversion = sale(&world, &programme.slug, "A", "amount=80.55").await;
    catch_up(&world).await;
    // 80.55 × 1.5 = 120.825: 120.83, rounded once.
    assert_eq!(standing(&world, partner, "POINTS").await, (0, 50), "pending is coming");
    assert_eq!(standing(&world, partner, "CREDIT").await, (0, 12_083));
    assert_eq!(entries(&world, partner, "CREDIT").await, []);
    act(&world, &conversion, "approve", json!({})).await;
    catch_up(&world).await;
    assert_eq!(standing(&world, partner, "POINTS").await, (50, 0));
    assert_eq!(standing(&world, partner, "CREDIT").await, (12_083, 0));
    assert_eq!(world.balance(partner).await["approved"], 806, "ten per cent, as without rewards");
    let told = world.manager.get(&format!("/v1/reward-entries?conversion_id={conversion}&unit=POINTS")).await.ok();
    let one = &told["items"][0];
    assert_eq!((&one["reason"], &one["minor"], &one["number"]), (&json!("granted"), &json!(50), &json!(1)));
    let plan = world.manager.get(&format!("/v1/offers/{}/plan", programme.offer)).await.ok();
    assert_eq!(one["rule_id"], plan["earnings"]["versions"][0]["rules"][1]["id"]);
    let offer = format!("/v1/offers/{}", programme.offer);
    let rates = world.partner_member(partner).await.get(&offer).await.ok()["rates"].clone();
    let given: Vec<_> = rates.as_array().expect("rates").iter().map(|rate| rate["effect"].clone()).collect();
    let points = json!({"reward": {"unit": "POINTS", "fixed": "50"}});
    let credit = json!({"reward": {"unit": "CREDIT", "per_whole": "1.5"}});
    assert_eq!(given, [json!({"percent": "10"}), credit, points], "the partner reads what it is given");
    world.pass_days(15).await;
    assert_eq!(world.balance(partner).await["payable"], 806);
    assert_eq!(entries(&world, partner, "POINTS").await, [("granted".to_owned(), 50)], "the lock changes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_is_counted_without_tax_and_in_whole_yen() {
    let (world, programme) = programme(BOTH).await;
    let click = world.click(&programme.slug).await;
    let receipt = json!({
        "click_id": click, "goal": "sale", "amount": 80, "order_id": "A", "status": "approved",
        "items": [{"sku": "boot", "net": "65.00", "tax": "15.00"}]
    });
    world.manager.post("/v1/receipts", receipt).await.ok();
    let conversion = text(&world.conversions_of("A").await[0], "id");
    let offer = json!({
        "advertiser_id": programme.advertiser, "name": "Northwind Japan", "landing_url": "https://shop.northwind.example/jp",
        "currency": "JPY", "goals": [{"name": "sale", "payout": {"percent": "10"}}]
    });
    let japan = text(&world.manager.post("/v1/offers", offer).await.ok(), "id");
    let both = json!({"offer_id": japan, "partner_id": programme.partner});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let slug = text(&world.manager.post("/v1/links", both).await.ok(), "slug");
    let japan = testkit::Programme { offer: japan, slug, ..programme };
    plan(&world, &japan, "10% ; goal sale\nreward 0.25 POINTS per whole ; goal sale").await;
    if world.conversions_of("A").await[0]["status"] == "pending" {
        act(&world, &conversion, "approve", json!({})).await;
    }
    let yen = sale(&world, &japan.slug, "B", "amount=1234").await;
    act(&world, &yen, "approve", json!({})).await;
    catch_up(&world).await;
    assert_eq!(standing(&world, &japan.partner, "CREDIT").await, (9_750, 0), "65.00 × 1.5");
    // 1234 × 0.25 = 308.5: 309, beside the 50 of the other offer.
    assert_eq!(standing(&world, &japan.partner, "POINTS").await, (359, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_takes_its_part_back_and_a_reinstatement_gives_it_again() {
    let (world, programme) = programme(BOTH).await;
    let partner = programme.partner.as_str();
    let conversion = sale(&world, &programme.slug, "A", "amount=80.00").await;
    act(&world, &conversion, "approve", json!({})).await;
    catch_up(&world).await;
    act(&world, &conversion, "reverse", json!({"amount": {"minor": 2_000, "currency": "EUR"}})).await;
    catch_up(&world).await;
    // A quarter is gone: of 50 points 37.5 are left, which is 38; of 120.00 credit 90.00.
    assert_eq!(standing(&world, partner, "POINTS").await, (38, 0));
    assert_eq!(standing(&world, partner, "CREDIT").await, (9_000, 0));
    world.postback("order_id=A&amount=40.00").await.ok();
    act(&world, &conversion, "reverse", json!({})).await;
    catch_up(&world).await;
    assert_eq!(standing(&world, partner, "CREDIT").await, (0, 0));
    act(&world, &conversion, "reinstate", json!({})).await;
    catch_up(&world).await;
    // Of 40.00 half was refunded: 60.00 credit, half of it is left.
    assert_eq!(standing(&world, partner, "CREDIT").await, (3_000, 0));
    assert_eq!(world.balance(partner).await["approved"], 200, "as the money does");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_rejected_gives_nothing_and_one_judged_anew_is_coming_again() {
    let (world, programme) = programme(BOTH).await;
    let partner = programme.partner.as_str();
    let conversion = sale(&world, &programme.slug, "A", "amount=80.00").await;
    catch_up(&world).await;
    act(&world, &conversion, "reject", json!({"reason": "unpaid"})).await;
    catch_up(&world).await;
    assert_eq!(standing(&world, partner, "POINTS").await, (0, 0));
    act(&world, &conversion, "reinstate", json!({})).await;
    catch_up(&world).await;
    assert_eq!(standing(&world, partner, "POINTS").await, (50, 0));
    assert_eq!(entries(&world, partner, "POINTS").await, [("granted".to_owned(), 50)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversion_that_moves_takes_its_rewards_along() {
    let (world, programme) = programme(BOTH).await;
    let other = json!({"name": "Summit Club", "email": "hello@summit.example"});
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let conversion = sale(&world, &programme.slug, "A", "amount=80.00").await;
    act(&world, &conversion, "approve", json!({})).await;
    catch_up(&world).await;
    act(&world, &conversion, "reassign", json!({"partner_id": other, "note": "its coupon"})).await;
    catch_up(&world).await;
    assert_eq!(standing(&world, &programme.partner, "POINTS").await, (0, 0));
    assert_eq!(standing(&world, &other, "POINTS").await, (50, 0));
    let first = entries(&world, &programme.partner, "POINTS").await;
    assert_eq!(first, [("granted".to_owned(), 50), ("taken_back".to_owned(), -50)]);
    assert_eq!(world.balance(&other).await["approved"], 800);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_strongest_rule_of_each_unit_gives_by_what_was_known_then() {
    let lines = [
        "reward 30 POINTS ; goal sale",
        "reward 100 POINTS ; goal sale ; customer new",
        "reward 7 CREDIT ; goal sale ; nth 2..2",
        "reward 2 CREDIT ; goal sale ; groups gold",
    ];
    let (world, programme) = programme(&lines.join("\n")).await;
    let partner = programme.partner.as_str();
    for order in ["A", "B", "C"] {
        let conversion = sale(&world, &programme.slug, order, "amount=80.00&customer_id=c-1").await;
        act(&world, &conversion, "approve", json!({})).await;
    }
    // What the partner is in afterwards changes nothing of what was decided.
    world.manager.patch(&format!("/v1/partners/{partner}"), json!({"group": "gold"})).await.ok();
    catch_up(&world).await;
    assert_eq!(standing(&world, partner, "POINTS").await, (160, 0), "100 and twice 30");
    assert_eq!(standing(&world, partner, "CREDIT").await, (700, 0), "the second order alone");
    plan(&world, &programme, "10% ; goal sale\nreward 1 POINTS ; goal sale").await;
    let conversion = text(&world.conversions_of("A").await[0], "id");
    act(&world, &conversion, "reverse", json!({"amount": {"minor": 4_000, "currency": "EUR"}})).await;
    catch_up(&world).await;
    assert_eq!(standing(&world, partner, "POINTS").await, (110, 0), "half of what the plan of its day gave");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_given_twice_whoever_runs_and_from_wherever() {
    let (world, programme) = programme(BOTH).await;
    let partner = programme.partner.as_str();
    for order in ["A", "B", "C"] {
        let conversion = sale(&world, &programme.slug, order, "amount=80.00").await;
        act(&world, &conversion, "approve", json!({})).await;
    }
    let app = world.platform().app();
    let (one, other, third) = tokio::join!(follow::run(app), follow::run(app), follow::run(app));
    one.and(other).and(third).expect("they run");
    assert_eq!(standing(&world, partner, "POINTS").await, (150, 0));
    assert_eq!(entries(&world, partner, "POINTS").await.len(), 3);
    // Everything is read once more, as after a cursor that was lost.
    let write = app.records.begin().await.expect("a write");
    let begin = cursor::Entity::update_many().col_expr(cursor::Column::Seq, Expr::value(0));
    begin.filter(cursor::Column::Consumer.eq("rewards")).exec(&*write).await.expect("a cursor");
    write.commit().await.expect("a commit");
    follow::run(app).await.expect("it runs");
    assert_eq!(entries(&world, partner, "POINTS").await.len(), 3);
    assert_eq!(standing(&world, partner, "CREDIT").await, (36_000, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_names_a_unit_of_the_workspace() {
    let world = World::new().await;
    let programme = world.programme().await;
    let path = format!("/v1/offers/{}/plan/drafts", programme.offer);
    let points = json!({"text": "earnings\n10% ; goal sale\nreward 50 POINTS ; goal sale"});
    let refused = world.manager.post(&path, points.clone()).await.refused(422, "invalid_fields").json();
    assert_eq!(refused["errors"][0]["field"], "earnings.1.effect.reward.unit", "{refused}");
    world.manager.post(&path, json!({"text": "reward 50 EUR"})).await.refused(422, "invalid_fields");
    units(&world).await;
    let draft = world.manager.post(&path, points.clone()).await.ok();
    assert_eq!(draft["findings"], json!([]));
    world.manager.patch("/v1/reward-units/POINTS", json!({"is_active": false})).await.ok();
    let switch = format!("/v1/plan-drafts/{}/switch-on", text(&draft, "id"));
    world.manager.post(&switch, json!({})).await.refused(422, "invalid_fields");
    world.manager.patch("/v1/reward-units/POINTS", json!({"is_active": true})).await.ok();
    world.manager.post(&switch, json!({})).await.ok();
    world.manager.patch("/v1/reward-units/POINTS", json!({"is_active": false})).await.ok();
    world.manager.post(&path, points).await.ok();
    world.manager.post(&path, json!({"text": "revenue\nreward 50 CREDIT"})).await.refused(422, "invalid_fields");
    let (stranger, _) = world.other_workspace().await;
    assert_eq!(stranger.get("/v1/reward-units").await.ok()["items"], json!([]));
    stranger.patch("/v1/reward-units/POINTS", json!({})).await.refused(404, "not_found");
}
