//! A partner is paid to several accounts, each with its share.

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{Programme, World, text};

use super::assert_balance;

const IBAN: &str = "DE89370400440532013000";
const OTHER_IBAN: &str = "PL61109010140000071219812874";

async fn bonus(world: &World, partner: &str, kind: &str, minor: i64) {
    let amount = json!({"minor": minor, "currency": "EUR"});
    let new = json!({"partner_id": partner, "kind": kind, "amount": amount, "reason": "story"});
    world.manager.post("/v1/adjustments", new).await.ok();
}

/// The bank has 70 %, the rest goes another way.
fn seventy_thirty() -> Value {
    json!({
        "method": "sepa", "details": {"name": "Trail Notes", "iban": IBAN},
        "further_accounts": [{"method": "external", "details": {"account": "7001-22"}, "share_bp": 3_000}]
    })
}

async fn world_paid_by(details: Value) -> (World, Programme) {
    let world = World::new().await;
    let programme = world.programme().await;
    let payer = json!({"method": "sepa", "name": "Riverside", "iban": "DE02120300000000202051"});
    world.member(Role::Owner).await.put("/v1/payout-payers", payer).await.ok();
    world.manager.put(&details_of(&programme.partner), details).await.ok();
    (world, programme)
}

fn details_of(partner: &str) -> String {
    format!("/v1/partners/{partner}/payout-details")
}

/// Amount, place of the account and its share, of each payout of a new batch.
async fn drawn(world: &World, method: &str) -> (Value, Vec<(i64, i64, i64)>) {
    let batch = world.manager.post("/v1/payout-batches", json!({"currency": "EUR", "method": method})).await.ok();
    let of = |payout: &Value| {
        let whole = |value: &Value| value.as_i64().expect("a whole number");
        (whole(&payout["amount"]["minor"]), whole(&payout["account_place"]), whole(&payout["share_bp"]))
    };
    let payouts = batch["payouts"].as_array().expect("payouts").iter().map(of).collect();
    (batch, payouts)
}

async fn nothing_goes_by(world: &World, method: &str) {
    let asked = json!({"currency": "EUR", "method": method});
    world.manager.post("/v1/payout-batches", asked).await.refused(409, "nothing_to_pay");
}

/// What a batch made now would send to each account.
async fn next(world: &World, partner: &str) -> Vec<Value> {
    let told = world.manager.get(&format!("/v1/partners/{partner}/next-payout")).await.ok();
    let parts = told["items"][0]["parts"].as_array().expect("parts").clone();
    let owed = world.manager.get("/v1/payouts/owed?currency=EUR").await.ok();
    let own = owed["items"].as_array().expect("a list").iter().find(|row| row["partner_id"] == partner);
    assert_eq!(own.expect("it is owed something")["parts"], json!(parts), "staff sees what the partner sees");
    parts.iter().map(|part| part["amount"]["minor"].clone()).collect()
}

async fn said(world: &World, batch: &Value, what: &str, body: Value) {
    let payout = text(&batch["payouts"][0], "id");
    world.manager.post(&format!("/v1/payouts/{payout}/{what}"), body).await.ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_account_has_its_share_whichever_batch_is_made_first() {
    let (world, programme) = world_paid_by(seventy_thirty()).await;
    let partner = &programme.partner;
    let shown = world.manager.get(&details_of(partner)).await.ok();
    let further = json!([{"method": "external", "details": {"account": "…1-22"}, "share_bp": 3_000}]);
    assert_eq!((&shown["method"], &shown["further_accounts"]), (&json!("sepa"), &further));
    bonus(&world, partner, "bonus", 100_001).await;
    assert_eq!(next(&world, partner).await, [70_001, 30_000], "70 % of 1,000.01 to the nearest cent");

    let (bank, payouts) = drawn(&world, "sepa").await;
    assert_eq!(payouts, [(70_001, 0, 7_000)]);
    assert_balance(&world.balance(partner).await, [0, 0, 30_000, 70_001, 0, 0]);
    nothing_goes_by(&world, "sepa").await;
    said(&world, &bank, "paid", json!({"reference": "SEPA-1"})).await;

    // 50.00 more come in between, and what was to go the other way still does.
    bonus(&world, partner, "bonus", 5_000).await;
    assert_eq!(next(&world, partner).await, [3_500, 31_500]);
    let (other, payouts) = drawn(&world, "external").await;
    assert_eq!(payouts, [(31_500, 1, 3_000)]);
    // What fails on one account is that account's again, and nobody else's.
    said(&world, &other, "failed", json!({"reason": "account closed"})).await;
    assert_eq!(next(&world, partner).await, [3_500, 31_500]);
    assert_eq!(drawn(&world, "sepa").await.1, [(3_500, 0, 7_000)]);
    assert_eq!(drawn(&world, "external").await.1, [(31_500, 1, 3_000)]);
    assert_balance(&world.balance(partner).await, [0, 0, 0, 35_000, 70_001, 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn debt_comes_off_once_and_the_shares_hold_for_what_is_left() {
    let (world, programme) = world_paid_by(seventy_thirty()).await;
    let partner = &programme.partner;
    bonus(&world, partner, "bonus", 10_000).await;
    drawn(&world, "sepa").await;
    assert_balance(&world.balance(partner).await, [0, 0, 3_000, 7_000, 0, 0]);

    // 20.00 are taken back of what the bank was sent too much of by now: 56.00 are its share of 80.00.
    bonus(&world, partner, "clawback", 2_000).await;
    nothing_goes_by(&world, "sepa").await;
    assert_eq!(drawn(&world, "external").await.1, [(1_000, 1, 3_000)]);
    // The next 100.00 bring both to what is theirs: 126.00 and 54.00 of 180.00.
    bonus(&world, partner, "bonus", 10_000).await;
    assert_eq!(drawn(&world, "external").await.1, [(4_400, 1, 3_000)]);
    assert_eq!(drawn(&world, "sepa").await.1, [(5_600, 0, 7_000)]);
    let balance = world.balance(partner).await;
    assert_eq!((&balance["payable"], &balance["debt"], &balance["in_transit"]), (&json!(0), &json!(0), &json!(18_000)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_accounts_of_one_method_are_two_payments_of_one_file() {
    let (world, programme) = world_paid_by(json!({
        "method": "sepa", "details": {"name": "Trail Notes", "iban": IBAN}, "minimum_payouts": {"EUR": 10_000},
        "further_accounts": [{"method": "sepa", "details": {"name": "Trail Notes", "iban": OTHER_IBAN}, "share_bp": 5_000}]
    }))
    .await;
    let partner = &programme.partner;
    let fees = json!([{"method": "sepa", "currency": "EUR", "fixed_minor": 35, "share_bp": 0}]);
    let terms = json!({"fee_bearer": "partner", "early_share_bp": 200, "fees": fees});
    world.manager.put("/v1/payout-terms", terms).await.ok();
    bonus(&world, partner, "bonus", 9_999).await;
    nothing_goes_by(&world, "sepa").await;
    bonus(&world, partner, "bonus", 1).await;
    assert_eq!(next(&world, partner).await, [4_965, 4_965], "each transfer costs its fee");

    let (batch, payouts) = drawn(&world, "sepa").await;
    assert_eq!(payouts, [(4_965, 0, 5_000), (4_965, 1, 5_000)]);
    let ends: Vec<_> =
        batch["payouts"].as_array().unwrap().iter().map(|payout| payout["account_shown"].clone()).collect();
    assert_eq!(ends, ["…3000", "…2874"]);
    let path = format!("/v1/payout-batches/{}/file?format=pain.001.001.09", text(&batch, "id"));
    let file = world.manager.get(&path).await.text;
    assert!(file.contains(IBAN) && file.contains(OTHER_IBAN) && file.matches("49.65").count() >= 2, "{file}");
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    assert_balance(&world.balance(partner).await, [0, 0, 0, 0, 9_930, 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_least_payout_counts_for_the_whole_and_early_payouts_are_of_one_method() {
    let (world, programme) = world_paid_by({
        let mut details = seventy_thirty();
        details["minimum_payouts"] = json!({"EUR": 10_000});
        details
    })
    .await;
    let partner = &programme.partner;
    let terms = json!({"fee_bearer": "workspace", "early_share_bp": 200, "fees": []});
    world.manager.put("/v1/payout-terms", terms).await.ok();
    bonus(&world, partner, "bonus", 10_000).await;
    drawn(&world, "sepa").await;
    let told = world.manager.get(&format!("/v1/partners/{partner}/next-payout")).await.ok();
    assert_eq!(told["items"][0]["early"], Value::Null);
    let member = world.partner_member(partner).await;
    let asked = json!({"currency": "EUR"});
    member.post("/v1/early-payouts", asked).await.refused(409, "nothing_to_pay");
    // 30.00 alone are below the least payout, but they are what is left of one that reached it.
    assert_eq!(drawn(&world, "external").await.1, [(3_000, 1, 3_000)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_own_invoice_is_paid_whole_so_it_needs_one_account() {
    let (world, programme) = world_paid_by(seventy_thirty()).await;
    let partner = &programme.partner;
    let door = format!("/v1/partners/{partner}/payout-requirements");
    world.manager.put(&door, json!({"requires": [], "billed_by": "own_invoice"})).await.ok();
    bonus(&world, partner, "bonus", 10_000).await;
    let owed = world.manager.get("/v1/payouts/owed?currency=EUR").await.ok();
    let own = &owed["items"][0];
    assert_eq!((&own["standing"], &own["missing"]), (&json!("missing"), &json!(["several_accounts"])));
    nothing_goes_by(&world, "sepa").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_split_is_confirmed_like_any_new_account_and_begins_anew() {
    let (world, programme) = world_paid_by(seventy_thirty()).await;
    let partner = &programme.partner;
    bonus(&world, partner, "bonus", 10_000).await;
    drawn(&world, "sepa").await;

    let mut halves = seventy_thirty();
    halves["further_accounts"][0]["share_bp"] = json!(5_000);
    let asked = world.manager.put(&details_of(partner), halves).await.ok();
    assert_eq!(asked["change"]["further_accounts"][0]["share_bp"], 5_000);
    assert_eq!(asked["further_accounts"][0]["share_bp"], 3_000, "the old one holds until then");
    world.settle().await;
    let mail = world.mail_to("hello@trailnotes.example").pop().expect("the partner is asked");
    assert!(mail.text.contains("50.00 %: iban …3000") && mail.text.contains("50.00 %: account …1-22"), "{}", mail.text);
    let (_, token) = mail.text.split_once("#token=").expect("a link");
    let token = token.split_whitespace().next().expect("a token");
    world.nobody().post("/v1/account-changes/confirm", json!({ "token": token })).await.ok();
    world.pass_days(3).await;
    assert!(!world.mail_to("hello@trailnotes.example").is_empty(), "it is told that the change holds");

    // What is payable now is divided by the new shares, whatever was paid before.
    assert_eq!(next(&world, partner).await, [1_500, 1_500]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_split_that_cannot_be_is_refused_by_its_field() {
    let world = World::new().await;
    let programme = world.programme().await;
    let path = details_of(&programme.partner);
    let with = |further: Value| {
        let mut details = seventy_thirty();
        details["further_accounts"] = further;
        world.manager.put(&path, details)
    };
    let account = |share_bp: i64| json!({"method": "external", "details": {"account": "1"}, "share_bp": share_bp});
    let wrong = [
        (json!([account(10_000)]), "further_accounts"),
        (json!([account(0)]), "further_accounts"),
        (json!([account(6_000), {"method": "csv", "details": {}, "share_bp": 6_000}]), "further_accounts"),
        (json!([account(1), account(2), account(3), account(4), account(5)]), "further_accounts"),
        (json!([account(1_000), account(1_000)]), "further_accounts.1.method"),
        (
            json!([{"method": "sepa", "details": {"iban": "DE89370400440532013001"}, "share_bp": 1_000}]),
            "further_accounts.0.details.iban",
        ),
    ];
    for (further, field) in wrong {
        let refusal = with(further.clone()).await.refused(422, "invalid_fields");
        assert_eq!(refusal.json()["errors"][0]["field"], field, "{further}: {}", refusal.text);
    }
    let shown = world.manager.get(&path).await.ok();
    assert_eq!(shown["method"], Value::Null, "nothing was kept");
}
