//! Recruiters' shares, told through the public door.

use app::recruitment::follow;
use kernel::time::MINUTE_MS;
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

/// A partner that sells, who recruited it, and who recruited that one.
struct Chain {
    made: Programme,
    first: String,
    second: String,
}

async fn plan(world: &World, offer: &str, lines: &str) {
    let draft = world.manager.post(&format!("/v1/offers/{offer}/plan/drafts"), json!({"text": lines})).await.ok();
    let path = format!("/v1/plan-drafts/{}/switch-on", text(&draft, "id"));
    world.manager.post(&path, json!({"valid_from": null})).await.ok();
    world.advance_millis(1_000);
}

async fn partner(world: &World, name: &str) -> String {
    let new = json!({"name": name, "email": format!("{}@partners.example", name.to_lowercase())});
    text(&world.manager.post("/v1/partners", new).await.ok(), "id")
}

async fn recruited_by(world: &World, partner: &str, recruiter: &str) {
    world.manager.patch(&format!("/v1/partners/{partner}"), json!({"recruited_by": recruiter})).await.ok();
    world.advance_millis(1_000);
}

/// Sales earn 10 %, are charged 15 %, and give whatever `shares` say.
async fn chain(shares: &str) -> (World, Chain) {
    let world = World::new().await;
    let made = world.programme().await;
    let (first, second) = (partner(&world, "Anna").await, partner(&world, "Boris").await);
    recruited_by(&world, &made.partner, &first).await;
    recruited_by(&world, &first, &second).await;
    plan(&world, &made.offer, &format!("earnings\n10% ; goal sale\n{shares}\nrevenue\n15% ; goal sale")).await;
    (world, Chain { made, first, second })
}

async fn pending(world: &World, slug: &str, order: &str, amount: &str) -> String {
    let click = world.click(slug).await;
    let sale = format!("click_id={click}&goal=sale&amount={amount}&currency=EUR&order_id={order}");
    text(&world.postback(&sale).await.ok(), "conversion_id")
}

async fn act(world: &World, conversion: &str, what: &str, body: Value) {
    world.manager.post(&format!("/v1/conversions/{conversion}/{what}"), body).await.ok();
}

async fn sold(world: &World, slug: &str, order: &str, amount: &str) -> String {
    let conversion = pending(world, slug, order, amount).await;
    act(world, &conversion, "approve", json!({})).await;
    followed(world).await;
    conversion
}

/// A minute passes, in which recruits are followed.
async fn followed(world: &World) {
    world.advance_millis(MINUTE_MS);
    world.settle().await;
}

async fn shares(caller: &Caller) -> Vec<Value> {
    caller.get("/v1/recruiter-shares").await.ok()["items"].as_array().cloned().unwrap_or_default()
}

async fn lies(world: &World, partner: &str, where_: &str) -> i64 {
    world.balance(partner).await[where_].as_i64().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_levels_share_a_sale_and_it_pays_the_seller_what_it_paid_before() {
    let (world, chain) = chain("recruiter 1 5% of payout for life\nrecruiter 2 2.5% of profit for 12 months").await;
    let sale = pending(&world, &chain.made.slug, "A", "123.45").await;
    followed(&world).await;
    assert_eq!(shares(&world.manager).await, Vec::<Value>::new(), "nobody approved it yet");
    act(&world, &sale, "approve", json!({})).await;
    followed(&world).await;
    // 10 % is 12.345, so 12.35; 15 % is 18.5175, so 18.52. 5 % of 12.35 is 0.6175; 2.5 % of 6.17 is 0.15425.
    assert_eq!(lies(&world, &chain.first, "approved").await, 62);
    assert_eq!(lies(&world, &chain.second, "approved").await, 15);
    assert_eq!(lies(&world, &chain.made.partner, "approved").await, 1_235, "as without the rules");
    let told = world.totals(&["bonuses", "payout"]).await;
    assert_eq!(told, json!({"bonuses": 77, "payout": 1_235}), "shares are costs beside what is earned");
    let journal = world.manager.get("/v1/journal").await.ok().to_string();
    for share in shares(&world.manager).await {
        assert!(journal.contains(&format!("recruiter_share {}", text(&share, "id"))), "{journal}");
        assert_eq!(share["cause"]["conversion_id"], json!(sale));
    }
    let app = world.platform().app();
    follow::run(app).await.expect("nothing is left");
    assert_eq!(shares(&world.manager).await.len(), 2, "posted once");
    world.pass_days(20).await;
    followed(&world).await;
    assert_eq!((lies(&world, &chain.first, "payable").await, lies(&world, &chain.second, "payable").await), (62, 15));
    assert_eq!((lies(&world, &chain.first, "approved").await, lies(&world, &chain.second, "approved").await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_follows_refunds_rejections_and_reinstatements() {
    let (world, chain) = chain("recruiter 1 10% of payout for life").await;
    let sale = sold(&world, &chain.made.slug, "A", "100.00").await;
    assert_eq!(lies(&world, &chain.first, "approved").await, 100);
    world.postback("order_id=A&goal=sale&status=refunded&amount=50.00&currency=EUR").await.ok();
    followed(&world).await;
    assert_eq!(lies(&world, &chain.first, "approved").await, 50, "half of it was refunded");
    act(&world, &sale, "reverse", json!({"reason": "manual"})).await;
    followed(&world).await;
    assert_eq!(lies(&world, &chain.first, "approved").await, 0);
    act(&world, &sale, "reinstate", json!({})).await;
    followed(&world).await;
    assert_eq!(lies(&world, &chain.first, "approved").await, 50);
    world.pass_days(20).await;
    followed(&world).await;
    assert_eq!(lies(&world, &chain.first, "payable").await, 50);
    act(&world, &sale, "reverse", json!({"reason": "manual"})).await;
    followed(&world).await;
    assert_eq!(lies(&world, &chain.first, "payable").await, 0);
    let one = &shares(&world.manager).await[0];
    assert_eq!((&one["amount"]["minor"], &one["cause"]["base_minor"]), (&json!(0), &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_that_was_paid_becomes_a_debt_when_its_sale_is_returned() {
    let (world, chain) = chain("recruiter 1 10% of payout for life").await;
    let sale = sold(&world, &chain.made.slug, "A", "100.00").await;
    world.pass_days(20).await;
    followed(&world).await;
    let batch = world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    let paid = format!("/v1/payout-batches/{}/paid", text(&batch, "id"));
    world.manager.post(&paid, json!({"reference": "SEPA-1"})).await.ok();
    act(&world, &sale, "reverse", json!({"reason": "returned"})).await;
    followed(&world).await;
    assert_eq!((lies(&world, &chain.first, "paid").await, lies(&world, &chain.first, "debt").await), (100, 100));
    assert_eq!(lies(&world, &chain.made.partner, "debt").await, 1_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_that_goes_to_another_partner_leaves_the_recruiter() {
    let (world, chain) = chain("recruiter 1 10% of payout for life").await;
    let sale = sold(&world, &chain.made.slug, "A", "100.00").await;
    let other = partner(&world, "Olga").await;
    act(&world, &sale, "reassign", json!({"partner_id": other, "note": "wrong link"})).await;
    followed(&world).await;
    assert_eq!(lies(&world, &chain.first, "approved").await, 0);
    assert_eq!(lies(&world, &other, "approved").await, 1_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_a_share_who_is_suspended_or_came_later() {
    let (world, chain) = chain("recruiter 1 10% of payout for life").await;
    sold(&world, &chain.made.slug, "A", "100.00").await;
    let before = pending(&world, &chain.made.slug, "B", "100.00").await;
    world.advance_millis(MINUTE_MS);
    recruited_by(&world, &chain.made.partner, &chain.second).await;
    act(&world, &before, "approve", json!({})).await;
    followed(&world).await;
    assert_eq!(lies(&world, &chain.first, "approved").await, 100, "what was approved stays with who recruited then");
    assert_eq!(lies(&world, &chain.second, "approved").await, 0, "it happened before");
    sold(&world, &chain.made.slug, "C", "100.00").await;
    assert_eq!(lies(&world, &chain.second, "approved").await, 100);
    let path = format!("/v1/partners/{}", chain.second);
    world.manager.patch(&path, json!({"state": "suspended", "state_reason": "review"})).await.ok();
    sold(&world, &chain.made.slug, "D", "100.00").await;
    assert_eq!(lies(&world, &chain.second, "approved").await, 100);
    assert_eq!(lies(&world, &chain.made.partner, "approved").await, 4_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_recruits_itself_and_a_code_names_who_did() {
    let (world, chain) = chain("recruiter 1 10% of payout for life").await;
    let of = |partner: &str| format!("/v1/partners/{partner}");
    for recruited in [&chain.second, &chain.first] {
        let change = json!({"recruited_by": chain.made.partner});
        world.manager.patch(&of(recruited), change).await.refused(409, "recruiter_circle");
    }
    let itself = json!({"recruited_by": chain.first});
    world.manager.patch(&of(&chain.first), itself).await.refused(409, "recruiter_circle");
    let nobody = json!({"recruited_by": "prt_01KAMX4S5T0000000000000000"});
    world.manager.patch(&of(&chain.second), nobody).await.refused(422, "invalid_fields");
    let ahead = json!({"recruited_at": "2099-01-01T00:00:00Z"});
    world.manager.patch(&of(&chain.first), ahead).await.refused(422, "invalid_fields");

    let member = world.partner_member(&chain.second).await;
    let code = text(&member.get("/v1/recruiting-code").await.ok(), "code");
    let new = json!({"name": "Vera", "email": "v@partners.example", "recruiter_code": code});
    let made = world.manager.post("/v1/partners", new).await.ok();
    assert_eq!(made["recruited_by"], json!(chain.second));
    let new = json!({"name": "Wim", "email": "w@partners.example", "recruiter_code": "nonsense"});
    world.manager.post("/v1/partners", new).await.refused(422, "invalid_fields");
    let told = member.get("/v1/recruits").await.ok();
    let names: Vec<_> = told["items"].as_array().into_iter().flatten().map(|one| text(one, "name")).collect();
    assert_eq!(names, ["Vera", "Anna"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_sees_its_own_shares_and_of_whom_it_recruited_the_name() {
    let (world, chain) = chain("recruiter 1 10% of payout for life\nrecruiter 2 5% of payout for life").await;
    sold(&world, &chain.made.slug, "A", "100.00").await;
    let first = world.partner_member(&chain.first).await;
    let own = shares(&first).await;
    assert_eq!(own.len(), 1);
    assert_eq!((&own[0]["recruited_name"], &own[0]["amount"]["minor"]), (&json!("Trail Notes"), &json!(100)));
    assert!(own[0].get("cause").is_none(), "{own:?}");
    assert!(!json!(own).to_string().contains(&chain.made.partner), "{own:?}");
    let recruits = first.get("/v1/recruits").await.ok();
    assert_eq!(recruits["items"][0]["brought"], json!([{"minor": 100, "currency": "EUR"}]));
    assert!(recruits["items"][0].get("id").is_none());
    first.get(&format!("/v1/recruits?partner_id={}", chain.second)).await.refused(404, "not_found");
    let seller = world.partner_member(&chain.made.partner).await;
    assert_eq!(shares(&seller).await, Vec::<Value>::new());
    assert_eq!(seller.get(&format!("/v1/partners/{}", chain.made.partner)).await.ok()["recruited_by"], Value::Null);
    let (elsewhere, _) = world.other_workspace().await;
    assert_eq!(shares(&elsewhere).await, Vec::<Value>::new());
}
