//! Stories of invoices that partners write themselves: who waits for one, what it has to come to, and which payout carries it.

use app::identity::Role;
use kernel::time::HOUR_MS;
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

const PDF: &str = "%PDF-1.7\n1 0 obj\n%%EOF\n";

/// A sale of 80.00 that earns 8.00 and is payable.
async fn payable(world: &World, programme: &Programme, order: &str) {
    let click = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    world.postback(&format!("click_id={click}&goal=sale&order_id={order}&amount=80.00&currency=EUR")).await.ok();
    world.postback(&format!("order_id={order}&goal=sale&status=approved")).await.ok();
    world.pass_days(15).await;
}

/// From now on the partner writes its own invoices.
async fn own_invoices(world: &World, partner: &str) {
    let door = format!("/v1/partners/{partner}/payout-requirements");
    let set = world.manager.put(&door, json!({"requires": [], "billed_by": "own_invoice"})).await.ok();
    assert_eq!((&set["billed_by"], &set["billed_by_of_partner"]), (&json!("own_invoice"), &json!("own_invoice")));
}

/// Where an invoice of so much is handed in, of which `tax` is tax.
fn door(world: &World, partner: &str, number: &str, (gross, tax): (i64, i64)) -> String {
    let today = &world.now().to_string()[..10];
    format!(
        "/v1/partners/{partner}/own-invoices?number={number}&issued_on={today}&currency=EUR&net_minor={}&tax_minor={tax}\
         &gross_minor={gross}&name=invoice.pdf",
        gross - tax
    )
}

async fn submit(world: &World, caller: &Caller, partner: &str, number: &str, amounts: (i64, i64)) -> String {
    let made = caller.post_file(&door(world, partner, number, amounts), PDF).await.ok();
    assert_eq!((&made["state"], &made["gross"]["minor"]), (&json!("submitted"), &json!(amounts.0)));
    text(&made, "id")
}

async fn accept(world: &World, invoice: &str) {
    let review = format!("/v1/own-invoices/{invoice}/review");
    assert_eq!(world.manager.post(&review, json!({"accept": true})).await.ok()["state"], "accepted");
}

async fn send_back(world: &World, invoice: &str, reason: &str) {
    let review = format!("/v1/own-invoices/{invoice}/review");
    let sent = world.manager.post(&review, json!({"accept": false, "reason": reason})).await.ok();
    assert_eq!((&sent["state"], &sent["reason"]), (&json!("sent_back"), &json!(reason)));
}

/// What the partner's next payout comes to, what it lacks, and what is due and accepted.
async fn next(caller: &Caller, partner: &str) -> (i64, Value, Value, Value) {
    let next = caller.get(&format!("/v1/partners/{partner}/next-payout")).await.ok()["items"][0].clone();
    let invoice = &next["own_invoice"];
    let minor = next["next_payout"]["minor"].as_i64().expect("minor");
    (minor, next["missing"].clone(), invoice["due"]["minor"].clone(), invoice["accepted"]["minor"].clone())
}

/// How far billing is, what is due and what is left to invoice.
async fn to_invoice(caller: &Caller, partner: &str) -> (String, i64, i64) {
    let line = caller.get(&format!("/v1/partners/{partner}/to-invoice")).await.ok()["items"][0].clone();
    let minor = |field: &str| line[field]["minor"].as_i64().expect("minor");
    (text(&line, "standing"), minor("due"), minor("to_invoice"))
}

/// State and payout of each of the partner's invoices, newest first.
async fn invoices(caller: &Caller) -> Vec<(String, Value)> {
    let seen = caller.get("/v1/own-invoices").await.ok();
    let rows = seen["items"].as_array().expect("invoices").iter();
    rows.map(|row| (text(row, "state"), row["payout_id"].clone())).collect()
}

/// Makes a batch of all that may be sent, and gives it back with its first payout.
async fn batch(world: &World) -> (String, String, i64) {
    let batch = world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.ok();
    (text(&batch, "id"), text(&batch["payouts"][0], "id"), batch["total"]["minor"].as_i64().expect("minor"))
}

async fn nothing_is_paid(world: &World) {
    world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.refused(409, "nothing_to_pay");
}

fn company(name: &str, country: &str) -> Value {
    json!({
        "legal_form": "company", "name": name, "address": ["Long Street 12", "00-001 Town"], "country": country,
        "vat_id": "PL6762412345", "vat_bp": 2_300, "self_billing": true
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_writes_its_own_invoices_is_paid_once_one_is_accepted() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (own, partner) = (world.partner_member(&programme.partner).await, programme.partner.as_str());
    let finance = world.member(Role::Finance).await;
    payable(&world, &programme, "A1").await;
    assert_eq!(next(&own, partner).await, (800, json!([]), json!(null), json!(null)), "the workspace bills at first");
    own_invoices(&world, partner).await;
    assert_eq!(next(&own, partner).await, (0, json!(["own_invoice"]), json!(800), json!(0)));
    let owed = finance.get("/v1/payouts/owed").await.ok()["items"][0].clone();
    assert_eq!((&owed["standing"], &owed["missing"]), (&json!("missing"), &json!(["own_invoice"])));
    assert_eq!((&owed["own_invoice"]["due"]["minor"], &owed["next_payout"]["minor"]), (&json!(800), &json!(0)));
    nothing_is_paid(&world).await;

    let told = own.get(&format!("/v1/partners/{partner}/to-invoice")).await.ok();
    assert_eq!((&told["billed_by"], &told["bill_to"]), (&json!("own_invoice"), &json!(null)));
    assert_eq!(told["items"][0]["statement_to"], world.now().to_string()[..10]);
    finance.put("/v1/billing-details", company("Riverside sp. z o.o.", "PL")).await.ok();
    let told = own.get(&format!("/v1/partners/{partner}/to-invoice")).await.ok();
    assert_eq!(told["bill_to"]["name"], "Riverside sp. z o.o.");
    assert_eq!(to_invoice(&own, partner).await, ("to_invoice".to_owned(), 800, 800));

    // 8.00 hold 23 %: 6.50 and 1.50.
    let first = submit(&world, &own, partner, "FV%2F1", (800, 150)).await;
    assert_eq!(to_invoice(&own, partner).await, ("in_review".to_owned(), 800, 0));
    nothing_is_paid(&world).await;
    let review = format!("/v1/own-invoices/{first}/review");
    own.post(&review, json!({"accept": true})).await.refused(403, "not_permitted");
    finance.post(&review, json!({"accept": false})).await.refused(422, "invalid_fields");
    send_back(&world, &first, "Our VAT number is missing").await;
    assert_eq!(own.get("/v1/own-invoices").await.ok()["items"][0]["reason"], "Our VAT number is missing");
    assert_eq!(to_invoice(&own, partner).await, ("to_invoice".to_owned(), 800, 800));
    finance.post(&review, json!({"accept": true})).await.refused(409, "already_decided");

    let second = submit(&world, &own, partner, "FV%2F1", (800, 150)).await;
    accept(&world, &second).await;
    assert_eq!(to_invoice(&own, partner).await, ("covered".to_owned(), 800, 0));
    assert_eq!(next(&own, partner).await, (800, json!([]), json!(800), json!(800)));
    let (made, payout, total) = batch(&world).await;
    assert_eq!(total, 800);
    let states = invoices(&own).await;
    assert_eq!(states, [("used".to_owned(), json!(payout)), ("sent_back".to_owned(), json!(null))]);
    let late = json!({"accept": false, "reason": "Too late"});
    finance.post(&format!("/v1/own-invoices/{second}/review"), late).await.refused(409, "already_decided");

    finance.put(&format!("/v1/partners/{partner}/billing-details"), company("Trail Notes", "PL")).await.ok();
    world.manager.post(&format!("/v1/payout-batches/{made}/paid"), json!({})).await.ok();
    finance.post(&format!("/v1/payouts/{payout}/invoice"), json!({})).await.refused(409, "wrong_biller");
    let statement = format!("/v1/partners/{partner}/statement-file?from=2026-01-01&to=2026-12-31&format=csv");
    assert!(own.get(&statement).await.text.contains("-8.00,EUR"), "a statement is still there");
    let changes = world.member(Role::Owner).await.get("/v1/audit?limit=200").await.text;
    let count = |action: &str| changes.matches(&format!("\"own_invoice.{action}\"")).count();
    assert_eq!(["submitted", "reviewed", "used"].map(count), [2, 2, 1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_payable_again_is_billed_by_the_same_invoice() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (own, partner) = (world.partner_member(&programme.partner).await, programme.partner.as_str());
    own_invoices(&world, partner).await;
    payable(&world, &programme, "A1").await;
    accept(&world, &submit(&world, &own, partner, "1", (800, 0)).await).await;
    let free = || vec![("accepted".to_owned(), json!(null))];

    let (undone, ..) = batch(&world).await;
    let undo = format!("/v1/payout-batches/{undone}/reject");
    world.manager.post(&undo, json!({"reason": "wrong day"})).await.ok();
    assert_eq!(invoices(&own).await, free());
    let (_, failed, total) = batch(&world).await;
    assert_eq!((invoices(&own).await, total), (vec![("used".to_owned(), json!(failed))], 800));
    world.manager.post(&format!("/v1/payouts/{failed}/failed"), json!({"reason": "account closed"})).await.ok();
    assert_eq!(invoices(&own).await, free());
    let (_, returned, _) = batch(&world).await;
    world.manager.post(&format!("/v1/payouts/{returned}/paid"), json!({})).await.ok();
    assert_eq!(invoices(&own).await, [("used".to_owned(), json!(returned))]);
    nothing_is_paid(&world).await;
    let back = json!({"reason": "account closed"});
    world.manager.post(&format!("/v1/payouts/{returned}/returned"), back).await.ok();
    assert_eq!(invoices(&own).await, free());
    assert_eq!(next(&own, partner).await, (800, json!([]), json!(800), json!(800)));
    assert_eq!(batch(&world).await.2, 800);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_invoices_come_to_is_sent_and_nothing_else() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (own, partner) = (world.partner_member(&programme.partner).await, programme.partner.as_str());
    own_invoices(&world, partner).await;
    let other = json!({ "name": "Second", "email": "second@partners.example" });
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let adjust = |partner: String, kind: &'static str, minor: i64| {
        let body = json!({
            "partner_id": partner, "kind": kind, "amount": {"minor": minor, "currency": "EUR"}, "reason": "Agreed"
        });
        world.manager.post("/v1/adjustments", body)
    };
    payable(&world, &programme, "A1").await;
    accept(&world, &submit(&world, &own, partner, "1", (800, 0)).await).await;
    payable(&world, &programme, "A2").await;
    assert_eq!(next(&own, partner).await, (0, json!(["invoice_differs"]), json!(1_600), json!(800)));
    assert_eq!(to_invoice(&own, partner).await, ("to_invoice".to_owned(), 1_600, 800));
    adjust(other.clone(), "bonus", 500).await.ok();
    let made = world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.ok();
    assert_eq!(made["total"]["minor"], 500, "the other is paid");
    let left_out = &made["left_out"][0];
    assert_eq!((&left_out["partner_id"], &left_out["field"]), (&json!(partner), &json!("invoice_differs")));
    assert_eq!(left_out["message"], "accepted invoices come to 8.00 EUR, and 16.00 EUR is due");
    assert_eq!(world.balance(partner).await["payable"], 1_600, "what is payable stays payable");

    // The rest is billed by another invoice, and one payout carries both.
    accept(&world, &submit(&world, &own, partner, "2", (800, 0)).await).await;
    let (_, payout, total) = batch(&world).await;
    assert_eq!(total, 1_600);
    assert_eq!(invoices(&own).await, [("used".to_owned(), json!(payout)), ("used".to_owned(), json!(payout))]);

    adjust(partner.to_owned(), "bonus", 500).await.ok();
    let wrong = submit(&world, &own, partner, "3", (500, 0)).await;
    accept(&world, &wrong).await;
    adjust(partner.to_owned(), "clawback", 100).await.ok();
    assert_eq!(next(&own, partner).await, (0, json!(["invoice_differs"]), json!(400), json!(500)));
    assert_eq!(to_invoice(&own, partner).await, ("too_much".to_owned(), 400, 0));
    nothing_is_paid(&world).await;
    send_back(&world, &wrong, "1.00 was taken back").await;
    assert_eq!(next(&own, partner).await, (0, json!(["own_invoice"]), json!(400), json!(0)));
    accept(&world, &submit(&world, &own, partner, "3a", (400, 0)).await).await;
    assert_eq!(batch(&world).await.2, 400);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invoice_is_taken_once_and_a_wrong_one_not_at_all() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (own, partner) = (world.partner_member(&programme.partner).await, programme.partner.as_str());
    let first = door(&world, partner, "FV%2F1", (800, 150));
    own.post_file(&first, PDF).await.refused(409, "wrong_biller");
    own_invoices(&world, partner).await;
    own.post_file(&first, "<html>an invoice</html>").await.refused(422, "invalid_fields");
    own.post_file(&first, "x".repeat((5 << 20) + 1)).await.refused(413, "body_too_large");
    for (right, wrong) in [
        ("net_minor=650", "net_minor=651"),
        ("gross_minor=800", "gross_minor=0"),
        ("tax_minor=150", "tax_minor=-150"),
        ("issued_on=2026", "issued_on=2027"),
        ("issued_on=2026", "issued_on=2020"),
        ("number=FV%2F1", "number=%20"),
    ] {
        let door = first.replace(right, wrong);
        assert_ne!(door, first);
        own.post_file(&door, PDF).await.refused(422, "invalid_fields");
    }
    let details = format!("/v1/partners/{partner}/payout-details");
    world.manager.put(&details, json!({"method": "csv", "payout_currency": "EUR"})).await.ok();
    own.post_file(&first.replace("currency=EUR", "currency=USD"), PDF).await.refused(422, "invalid_fields");
    assert!(invoices(&own).await.is_empty());

    // The answer was lost on its way: what is sent again under its key is the same invoice.
    let taken = own.post_file_once("invoice-1", &first, PDF).await;
    let again = own.post_file_once("invoice-1", &first, PDF).await;
    assert_eq!((taken.status, &taken.text), (201, &again.text));
    own.post_file(&first, PDF).await.refused(409, "already_exists");
    let alike = door(&world, partner, "fv%20%2F%201", (500, 0));
    own.post_file(&alike, PDF).await.refused(409, "already_exists");
    let structured = "<?xml version=\"1.0\"?><Faktura/>";
    let made = own.post_file(&door(&world, partner, "FV%2F2", (500, 0)), structured).await.ok();
    assert_eq!(made["file_kind"], "xml");
    let file = own.get(&format!("/v1/own-invoices/{}/file", text(&made, "id"))).await;
    assert_eq!((file.text.as_str(), file.header("content-type")), (structured, "application/xml"));
    assert!(file.header("content-disposition").starts_with("attachment"), "browsers save it");
    assert_eq!(invoices(&own).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invoice_exists_for_its_partner_and_those_who_pay_alone() {
    let world = World::new().await;
    let programme = world.programme().await;
    let (own, partner) = (world.partner_member(&programme.partner).await, programme.partner.as_str());
    own_invoices(&world, partner).await;
    let made = submit(&world, &own, partner, "1", (800, 0)).await;
    let (file, review) = (format!("/v1/own-invoices/{made}/file"), format!("/v1/own-invoices/{made}/review"));
    assert_eq!(world.member(Role::Finance).await.get(&file).await.text, PDF);
    world.member(Role::Analyst).await.get(&file).await.refused(403, "not_permitted");
    let other = json!({ "name": "Other", "email": "other@partners.example" });
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let others = world.partner_member(&other).await;
    others.get(&file).await.refused(404, "not_found");
    assert!(invoices(&others).await.is_empty());
    others.get(&format!("/v1/partners/{partner}/to-invoice")).await.refused(404, "not_found");
    others.post_file(&door(&world, partner, "2", (1, 0)), PDF).await.refused(404, "not_found");
    let (stranger, _) = world.other_workspace().await;
    assert!(invoices(&stranger).await.is_empty());
    stranger.get(&file).await.refused(404, "not_found");
    stranger.post(&review, json!({"accept": true})).await.refused(404, "not_found");
    stranger.post_file(&door(&world, partner, "2", (1, 0)), PDF).await.refused(404, "not_found");

    // A number is its partner's own, and what is said of one goes before what is said of all.
    let owner = world.member(Role::Owner).await;
    owner.put("/v1/payout-requirements", json!({"requires": [], "billed_by": "own_invoice"})).await.ok();
    submit(&world, &others, &other, "1", (800, 0)).await;
    let exempt = json!({"requires": [], "billed_by": "self_billing"});
    world.manager.put(&format!("/v1/partners/{other}/payout-requirements"), exempt).await.ok();
    others.post_file(&door(&world, &other, "2", (1, 0)), PDF).await.refused(409, "wrong_biller");
}
