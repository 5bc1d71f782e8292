//! Stories of sending: checked before it is frozen, agreed to by two, handed over once.

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

const IBANS: [&str; 2] = ["DE89370400440532013000", "PL61109010140000071219812874"];
const TRON: &str = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";

/// A partner to whom something is payable, paid by `method` at `details`.
pub async fn payee(world: &World, name: &str, (method, details): (&str, Value), minor: i64, currency: &str) -> String {
    let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
    let partner = text(&world.manager.post("/v1/partners", json!({"name": name, "email": email})).await.ok(), "id");
    let path = format!("/v1/partners/{partner}/payout-details");
    world.manager.put(&path, json!({"method": method, "details": details})).await.ok();
    let bonus = json!({
        "partner_id": partner, "kind": "bonus", "amount": {"minor": minor, "currency": currency}, "reason": "Welcome"
    });
    world.manager.post("/v1/adjustments", bonus).await.ok();
    partner
}

async fn bank(owner: &Caller) {
    let payer = json!({
        "method": "sepa", "name": "Riverside GmbH", "iban": "DE02120300000000202051", "town": "Berlin", "country": "DE",
        "one_booking": true
    });
    owner.put("/v1/payout-payers", payer).await.ok();
}

fn sepa(iban: &str) -> (&'static str, Value) {
    ("sepa", json!({"name": "Jürgen Groß", "iban": iban}))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_the_bank_would_refuse_is_named_before_a_batch_is_frozen() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let first = payee(&world, "Blue Media", sepa(IBANS[0]), 12_345, "EUR").await;
    payee(&world, "Green Blog", sepa(IBANS[1]), 655, "EUR").await;
    let nameless = payee(&world, "No Account", ("sepa", json!({"name": "No Account"})), 700, "EUR").await;
    let new = json!({"currency": "EUR", "method": "sepa", "pay_on": "2026-02-04"});
    world.manager.post("/v1/payout-batches", new.clone()).await.refused(409, "payer_missing");
    bank(&owner).await;

    let refused = world.manager.post("/v1/payout-batches", new.clone()).await.refused(422, "invalid_fields");
    let told = refused.json();
    assert_eq!(told["errors"][0]["field"], format!("partners.{nameless}.iban"), "{told}");
    assert!(text(&told["errors"][0], "message").starts_with("No Account: "), "{told}");
    assert_eq!(world.balance(&first).await["payable"], 12_345, "a refusal takes nothing");
    let past = json!({"currency": "EUR", "method": "sepa", "pay_on": "2026-02-01"});
    world.manager.post("/v1/payout-batches", past).await.refused(422, "invalid_fields");

    let mut without = new;
    without["leave_out_faulty"] = json!(true);
    let made = world.manager.post("/v1/payout-batches", without).await.ok();
    assert_eq!((&made["state"], &made["total"]["minor"]), (&json!("approved"), &json!(13_000)));
    assert_eq!((&made["left_out"][0]["partner_id"], &made["left_out"][0]["field"]), (&json!(nameless), &json!("iban")));
    let shown: Vec<_> =
        made["payouts"].as_array().unwrap().iter().map(|payout| text(payout, "account_shown")).collect();
    assert!(shown.contains(&"…3000".to_owned()) && shown.contains(&"…2874".to_owned()), "{shown:?}");

    let file = |format: &str| {
        let (manager, path) = (world.manager.clone(), format!("/v1/payout-batches/{}/file{format}", text(&made, "id")));
        async move { manager.get(&path).await }
    };
    let paper = file("?format=pain.001.001.09").await;
    assert_eq!(paper.header("content-type"), "application/xml");
    for part in [
        "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09",
        "<NbOfTxs>2</NbOfTxs>",
        "<CtrlSum>130.00</CtrlSum>",
        "<Nm>Riverside GmbH</Nm>",
        "DE02120300000000202051",
        "PL61109010140000071219812874",
        "2026-02-04",
    ] {
        assert!(paper.text.contains(part), "{part} in {}", paper.text);
    }
    let details = json!({"method": "sepa", "details": {"name": "Thief", "iban": "DE75512108001245126199"}});
    world.manager.put(&format!("/v1/partners/{first}/payout-details"), details).await.ok();
    world.settle().await;
    assert_eq!(world.mail_to("blue.media@example.com").len(), 1, "the partner is asked to confirm");
    assert_eq!(file("").await.text, paper.text, "a batch goes where it was frozen to, the same bytes every time");
    assert!(file("?format=csv").await.text.contains("DE89370400440532013000,EUR,123.45"));
    file("?format=wise").await.refused(400, "bad_parameter");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn above_the_limit_a_second_person_agrees() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let finance = world.member(Role::Finance).await;
    bank(&owner).await;
    let limit = json!({"limit_minor": 10_000});
    world.manager.put("/v1/payout-approval-limit", limit.clone()).await.refused(403, "not_permitted");
    owner.put("/v1/payout-approval-limit", limit).await.ok();
    let (one, two) = (
        payee(&world, "Blue Media", sepa(IBANS[0]), 6_000, "EUR").await,
        payee(&world, "Green Blog", sepa(IBANS[1]), 6_000, "EUR").await,
    );
    let only = |partner: &str| json!({"currency": "EUR", "method": "sepa", "partner_ids": [partner]});
    let small = finance.post("/v1/payout-batches", only(&one)).await.ok();
    assert_eq!(small["state"], "approved", "60 euros are below the limit");
    let second = finance.post("/v1/payout-batches", only(&two)).await.ok();
    assert_eq!(second["state"], "awaiting_approval", "small batches of one person count together");

    let path = |what: &str| format!("/v1/payout-batches/{}/{what}", text(&second, "id"));
    finance.get(&path("file")).await.refused(409, "batch_not_approved");
    finance.post(&path("send"), json!({})).await.refused(409, "batch_not_approved");
    finance.post(&path("paid"), json!({})).await.refused(409, "batch_not_approved");
    let payout = text(&second["payouts"][0], "id");
    finance.post(&format!("/v1/payouts/{payout}/paid"), json!({})).await.refused(409, "batch_not_approved");
    finance.post(&path("approve"), json!({})).await.refused(409, "second_person_needed");
    world.member(Role::Analyst).await.post(&path("approve"), json!({})).await.refused(403, "not_permitted");
    let (elsewhere, _) = world.other_workspace().await;
    elsewhere.post(&path("approve"), json!({})).await.refused(404, "not_found");

    let agreed = owner.post(&path("approve"), json!({})).await.ok();
    assert_eq!(agreed["state"], "approved");
    owner.post(&path("approve"), json!({})).await.refused(409, "already_decided");
    assert!(finance.get(&path("file")).await.text.contains("60.00"));
    let sent = finance.post(&path("send"), json!({})).await.ok();
    assert_eq!((&sent["state"], &sent["approved_by"]), (&json!("sent"), &agreed["approved_by"]));
    assert_eq!(finance.post(&path("send"), json!({})).await.ok()["sent_at"], sent["sent_at"], "sent once");
    finance.post(&path("reject"), json!({"reason": "too late"})).await.refused(409, "already_sent");
    finance.post(&path("paid"), json!({"reference": "SEPA-1"})).await.ok();

    let undo = format!("/v1/payout-batches/{}/reject", text(&small, "id"));
    finance.get(&format!("/v1/payout-batches/{}/file", text(&small, "id"))).await;
    let word = |file_not_used: bool| json!({"reason": "the wrong month", "file_not_used": file_not_used});
    finance.post(&undo, word(false)).await.refused(409, "already_sent");
    let undone = finance.post(&undo, word(true)).await.ok();
    assert_eq!((&undone["state"], &undone["trouble"]), (&json!("rejected"), &json!("the wrong month")));
    assert_eq!(world.balance(&one).await["payable"], 6_000);
    finance.get(&format!("/v1/payout-batches/{}/file", text(&small, "id"))).await.refused(409, "batch_not_approved");
    let payout = text(&second["payouts"][0], "id");
    let back = json!({"reason": "AC04 closed account"});
    assert_eq!(finance.post(&format!("/v1/payouts/{payout}/returned"), back).await.ok()["state"], "returned");
    let balance = world.balance(&two).await;
    assert_eq!((&balance["payable"], &balance["paid"]), (&json!(6_000), &json!(0)), "it is owed again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rate_set_by_hand_does_not_make_a_batch_small() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    owner.put("/v1/payout-approval-limit", json!({"limit_minor": 1_000_000})).await.ok();
    let day = world.now().to_string()[..10].to_owned();
    let rate = json!({"day": day, "from": "EUR", "to": "USD", "rate": "10000"});
    owner.put("/v1/currencies/rates", rate).await.ok();
    payee(&world, "Blue Media", ("csv", json!({})), 500, "USD").await;
    payee(&world, "Green Blog", ("csv", json!({})), 500, "EUR").await;
    for (currency, state) in [("USD", "awaiting_approval"), ("EUR", "approved")] {
        let batch = owner.post("/v1/payout-batches", json!({"currency": currency})).await.ok();
        assert_eq!(batch["state"], state, "{currency}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transfer_on_a_chain_is_told_by_its_transaction() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    owner.post("/v1/currencies/units", json!({"code": "USDT"})).await.ok();
    payee(&world, "Blue Media", ("usdt_trc20", json!({"address": TRON})), 25_000_000, "USDT").await;
    payee(&world, "Green Blog", ("usdt_trc20", json!({"address": TRON})), 500, "EUR").await;
    let euros = world.manager.post("/v1/payout-batches", json!({"currency": "EUR", "method": "usdt_trc20"})).await;
    euros.refused(422, "invalid_fields");
    let new = json!({"currency": "USDT", "method": "usdt_trc20"});
    let batch = world.manager.post("/v1/payout-batches", new).await.ok();
    let file = world.manager.get(&format!("/v1/payout-batches/{}/file", text(&batch, "id"))).await;
    assert!(file.text.contains(&format!("{TRON},USDT,25.000000")), "{}", file.text);
    let paid = format!("/v1/payouts/{}/paid", text(&batch["payouts"][0], "id"));
    world.manager.post(&paid, json!({})).await.refused(422, "invalid_fields");
    world.manager.post(&paid, json!({"reference": "done"})).await.refused(422, "invalid_fields");
    let transaction = "a".repeat(64);
    assert_eq!(world.manager.post(&paid, json!({"reference": transaction})).await.ok()["reference"], transaction);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn services_are_given_files_of_their_own() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    payee(&world, "Blue Media", ("wise", json!({"name": "Blue", "email": "blue@example.com"})), 5_000, "EUR").await;
    payee(&world, "Green Blog", ("capitalist", json!({"account": "U0123456"})), 700, "EUR").await;
    let wrong = json!({"method": "capitalist", "operation": "a;b"});
    owner.put("/v1/payout-payers", wrong).await.refused(422, "invalid_fields");
    owner.put("/v1/payout-payers", json!({"method": "wise", "source_currency": "USD"})).await.ok();
    for (method, line) in [
        ("wise", "Blue,blue@example.com,Payout 2026-02-02,PERSON,target,50.00,USD,EUR"),
        ("capitalist", "CAPITALIST;U0123456;7.00;EUR;pyt_"),
    ] {
        let batch = world.manager.post("/v1/payout-batches", json!({"currency": "EUR", "method": method})).await.ok();
        let file = world.manager.get(&format!("/v1/payout-batches/{}/file", text(&batch, "id"))).await;
        assert!(file.text.contains(line), "{}", file.text);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_key_of_a_service_is_never_given_out() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    let key = |secret: Option<&str>| json!({"method": "paypal", "client_id": "AY3x", "client_secret": secret});
    owner.put("/v1/payout-payers", key(None)).await.refused(422, "invalid_fields");
    let set = owner.put("/v1/payout-payers", key(Some("hush-hush"))).await.ok();
    assert_eq!(set["payer"]["client_id"], "AY3x");
    owner.put("/v1/payout-payers", key(None)).await.ok();
    let listed = world.manager.get("/v1/payout-payers").await.ok();
    let log = owner.get("/v1/audit").await.ok();
    assert!(!format!("{set}{listed}{log}").contains("hush-hush"), "{listed} {log}");
    let own = world.partner_member(&world.programme().await.partner).await;
    own.get("/v1/payout-payers").await.refused(403, "not_permitted");
    world.manager.put("/v1/payout-payers", key(Some("mine"))).await.refused(403, "not_permitted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_longer_than_one_part_is_drawn_part_by_part_and_frozen_whole() {
    let world = World::new().await;
    let Programme { partner: earlier, .. } = world.programme().await;
    let rows: String = (0..app::payouts::draw::PART_PAYEES + 3)
        .map(|number| format!("Partner {number},p{number}@example.com\n"))
        .collect();
    let partners = partners_of(&world, &rows).await;
    let batch = world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    assert_eq!(batch["payout_count"], partners.len());
    assert_eq!((&batch["state"], &batch["total"]["minor"]), (&json!("approved"), &json!(partners.len() * 100)));
    assert_eq!(world.balance(&earlier).await["in_transit"], 0);
    let paid = format!("/v1/payout-batches/{}/paid", text(&batch, "id"));
    let paid = world.manager.post(&paid, json!({})).await.ok();
    assert!(paid["payouts"].as_array().unwrap().iter().all(|payout| payout["state"] == "paid"));
}

/// Many partners with one euro each.
async fn partners_of(world: &World, rows: &str) -> Vec<String> {
    let mut made = Vec::new();
    for row in rows.lines() {
        let (name, email) = row.split_once(',').expect("a name and an address");
        let partner = world.manager.post("/v1/partners", json!({"name": name, "email": email})).await.ok();
        let bonus = json!({
            "partner_id": text(&partner, "id"), "kind": "bonus", "amount": {"minor": 100, "currency": "EUR"},
            "reason": "Welcome"
        });
        world.manager.post("/v1/adjustments", bonus).await.ok();
        made.push(text(&partner, "id"));
    }
    made
}
