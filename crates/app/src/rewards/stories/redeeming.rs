//! Giving rewards up for something, and giving and taking them by hand.

use app::{
    book::proof,
    rewards::{model::balance, prove},
};
use kernel::{Tenant, id};
use sea_orm::{EntityTrait as _, sea_query::Expr};
use serde_json::{Value, json};
use testkit::{World, text};

use super::{act, catch_up, entries, programme, sale, standing};

const POINTS: &str = "reward 50 POINTS ; goal sale";

async fn approved(world: &World, slug: &str, order: &str) -> String {
    let conversion = sale(world, slug, order, "amount=80.00").await;
    act(world, &conversion, "approve", json!({})).await;
    catch_up(world).await;
    conversion
}

async fn journal(world: &World) -> Value {
    world.manager.get("/v1/journal").await.ok()["items"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn points_are_redeemed_and_no_money_moves() {
    let (world, programme) = programme(POINTS).await;
    let partner = programme.partner.as_str();
    let own = world.partner_member(partner).await;
    approved(&world, &programme.slug, "A").await;
    let before = (journal(&world).await, world.totals(&["earnings", "profit", "programme_costs"]).await);
    let asked = own.post("/v1/reward-redemptions", json!({"unit": "POINTS", "minor": 30, "wish": "A mug"})).await.ok();
    assert_eq!((&asked["state"], &asked["minor"]), (&json!("asked"), &json!(30)));
    assert_eq!(standing(&world, partner, "POINTS").await, (20, 0), "given up at once");
    let path = format!("/v1/reward-redemptions/{}", text(&asked, "id"));
    own.post(&format!("{path}/fulfil"), json!({"words": "Mine"})).await.refused(403, "not_permitted");
    world.manager.post(&format!("{path}/fulfil"), json!({"words": " "})).await.refused(422, "invalid_fields");
    let done = world.manager.post(&format!("{path}/fulfil"), json!({"words": "Mug, sent on Monday"})).await.ok();
    assert_eq!(done["state"], "fulfilled");
    world.manager.post(&format!("{path}/decline"), json!({"words": "Late"})).await.refused(409, "already_decided");
    let seen = own.get("/v1/reward-redemptions?state=fulfilled").await.ok();
    assert_eq!(seen["items"][0]["words"], "Mug, sent on Monday");
    assert_eq!(seen["items"][0]["decided_by"], Value::Null, "who did it is for staff");
    let again = own.post("/v1/reward-redemptions", json!({"unit": "POINTS", "minor": 20})).await.ok();
    let path = format!("/v1/reward-redemptions/{}", text(&again, "id"));
    world.manager.post(&format!("{path}/decline"), json!({"words": "No mugs are left"})).await.ok();
    assert_eq!(standing(&world, partner, "POINTS").await, (20, 0), "they are the partner's again");
    let told = entries(&world, partner, "POINTS").await;
    let reasons = [("granted", 50), ("redeemed", -30), ("redeemed", -20), ("returned", 20)];
    assert_eq!(told, reasons.map(|(reason, minor)| (reason.to_owned(), minor)));
    let after = (journal(&world).await, world.totals(&["earnings", "profit", "programme_costs"]).await);
    assert_eq!(before, after, "the book and the reports know nothing of it");
    assert_eq!(world.balance(partner).await["approved"], 800);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_redeemed_and_is_taken_back_is_made_up_for_by_later_sales() {
    let (world, programme) = programme(POINTS).await;
    let partner = programme.partner.as_str();
    let own = world.partner_member(partner).await;
    let first = approved(&world, &programme.slug, "A").await;
    own.post("/v1/reward-redemptions", json!({"unit": "POINTS", "minor": 40})).await.ok();
    act(&world, &first, "reverse", json!({})).await;
    catch_up(&world).await;
    assert_eq!(standing(&world, partner, "POINTS").await, (-40, 0));
    let one = json!({"unit": "POINTS", "minor": 1});
    own.post("/v1/reward-redemptions", one.clone()).await.refused(409, "insufficient_balance");
    approved(&world, &programme.slug, "B").await;
    assert_eq!(standing(&world, partner, "POINTS").await, (10, 0));
    own.post("/v1/reward-redemptions", one).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_redeems_more_than_it_has_nor_twice_nor_anothers() {
    let (world, programme) = programme(POINTS).await;
    let partner = programme.partner.as_str();
    let own = world.partner_member(partner).await;
    let path = "/v1/reward-redemptions";
    sale(&world, &programme.slug, "A", "amount=80.00").await;
    catch_up(&world).await;
    let all = json!({"unit": "POINTS", "minor": 50});
    own.post(path, all.clone()).await.refused(409, "insufficient_balance");
    approved(&world, &programme.slug, "B").await;
    for wrong in [json!({"unit": "POINTS", "minor": 0}), json!({"unit": "POINTS", "minor": -5})] {
        own.post(path, wrong).await.refused(422, "invalid_fields");
    }
    own.post(path, json!({"unit": "MILES", "minor": 5})).await.refused(404, "not_found");
    own.post(path, json!({"unit": "POINTS", "minor": 51})).await.refused(409, "insufficient_balance");
    world.manager.post(path, all.clone()).await.refused(403, "not_permitted");
    let (one, other) = tokio::join!(own.post(path, all.clone()), own.post(path, all.clone()));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "of two at once one is too many");
    assert_eq!(standing(&world, partner, "POINTS").await, (0, 50));
    approved(&world, &programme.slug, "C").await;
    let key = [("idempotency-key", "mug-1")];
    let first = own.send(reqwest::Method::POST, path, Some(all.clone()), &key).await.ok();
    let again = own.send(reqwest::Method::POST, path, Some(all), &key).await.ok();
    assert_eq!(first["id"], again["id"]);

    let other = json!({"name": "Summit Club", "email": "hello@summit.example"});
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let rival = world.partner_member(&other).await;
    for list in ["/v1/reward-balances", "/v1/reward-entries", path] {
        let of_another = format!("{list}?partner_id={partner}");
        assert_eq!(rival.get(&of_another).await.ok()["items"], json!([]), "{list}");
        assert_ne!(own.get(list).await.ok()["items"], json!([]), "{list}");
    }
    let (stranger, _) = world.other_workspace().await;
    assert_eq!(stranger.get("/v1/reward-entries").await.ok()["items"], json!([]));
    let decline = format!("{path}/{}/decline", text(&first, "id"));
    stranger.post(&decline, json!({"words": "No"})).await.refused(404, "not_found");
    world.advertiser_member(&programme.advertiser).await.get(path).await.refused(403, "not_permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_give_and_take_with_words() {
    let (world, programme) = programme(POINTS).await;
    let partner = programme.partner.as_str();
    let given =
        |minor: i64, words: &str| json!({"partner_id": partner, "unit": "CREDIT", "minor": minor, "words": words});
    world.manager.post("/v1/reward-entries", given(500, "Newcomer of November")).await.ok();
    world.manager.post("/v1/reward-entries", given(-700, "Given by mistake")).await.ok();
    world.manager.post("/v1/reward-entries", given(0, "Nothing")).await.refused(422, "invalid_fields");
    world.manager.post("/v1/reward-entries", given(5, " ")).await.refused(422, "invalid_fields");
    assert_eq!(standing(&world, partner, "CREDIT").await, (-200, 0));
    let own = world.partner_member(partner).await;
    own.post("/v1/reward-entries", given(500, "Me")).await.refused(403, "not_permitted");
    let seen = own.get("/v1/reward-entries").await.ok();
    assert_eq!(seen["items"][0]["words"], "Given by mistake");
    assert_eq!(seen["items"][0]["user_id"], Value::Null);
    let audit = world.manager.get("/v1/audit").await.ok();
    let actions: Vec<_> = audit["items"].as_array().expect("rows").iter().map(|row| text(row, "action")).collect();
    for action in ["reward_unit.created", "reward.given", "reward.taken"] {
        assert!(actions.iter().any(|one| one == action), "{action}: {actions:?}");
    }
    let (stranger, _) = world.other_workspace().await;
    stranger.post("/v1/reward-entries", given(5, "Another's")).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_balance_is_proven_and_made_again_from_its_entries() {
    let (world, programme) = programme(POINTS).await;
    approved(&world, &programme.slug, "A").await;
    sale(&world, &programme.slug, "B", "amount=80.00").await;
    catch_up(&world).await;
    let app = world.platform().app();
    let write = app.records.begin().await.expect("a write");
    let forged = balance::Entity::update_many().col_expr(balance::Column::BalanceMinor, Expr::value(9_999));
    forged.exec(&*write).await.expect("a forgery");
    write.commit().await.expect("a commit");
    let report = proof::all(&app.records, None).await.expect("a proof");
    assert!(!report.is_whole() && report.reward_entries == 1, "{report:?}");
    let row = balance::Entity::find().one(app.records.read()).await.expect("a row").expect("a balance");
    let tenant: Tenant = Tenant(kernel::Id::<id::Workspace>::from_uuid(row.workspace_id.uuid()));
    let write = app.records.begin().await.expect("a write");
    prove::rebuild(&*write, &app.ambient, tenant).await.expect("made again");
    write.commit().await.expect("a commit");
    assert_eq!(standing(&world, &programme.partner, "POINTS").await, (50, 50));
    assert!(proof::all(&app.records, None).await.expect("a proof").is_whole());
}
