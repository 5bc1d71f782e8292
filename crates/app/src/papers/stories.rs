//! Stories of papers: a statement that agrees with the book, invoices issued for partners, invoices of advertisers.

use app::identity::Role;
use kernel::time::HOUR_MS;
use serde_json::{Value, json};
use testkit::{Caller, Programme, Reply, World, text};

const OF_THE_YEAR: &str = "from=2026-01-01&to=2026-12-31";

/// A sale of 80.00 that earns 8.00 and is payable.
async fn payable(world: &World, programme: &Programme, order: &str) {
    let click = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    world.postback(&format!("click_id={click}&goal=sale&order_id={order}&amount=80.00&currency=EUR")).await.ok();
    world.postback(&format!("order_id={order}&goal=sale&status=approved")).await.ok();
    world.pass_days(15).await;
}

/// The payout of all that is payable, paid.
async fn paid_out(world: &World, reference: &str) -> String {
    let batch = world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.ok();
    let paid = format!("/v1/payout-batches/{}/paid", text(&batch, "id"));
    world.manager.post(&paid, json!({ "reference": reference })).await.ok();
    text(&batch["payouts"][0], "id")
}

fn company(name: &str, country: &str, vat_id: Option<&str>) -> Value {
    json!({
        "legal_form": "company", "name": name, "address": ["Long Street 12", "00-001 Town"], "country": country,
        "vat_id": vat_id, "vat_bp": 2_300, "language": "pl", "self_billing": true
    })
}

async fn statement(caller: &Caller, programme: &Programme, more: &str) -> Reply {
    caller.get(&format!("/v1/partners/{}/statement-file?{OF_THE_YEAR}{more}", programme.partner)).await
}

/// The amounts of a CSV, in minor units.
fn amounts(csv: &str) -> Vec<i64> {
    let amount = |line: &str| line.rsplit(',').nth(1).map(|amount| amount.replace('.', ""));
    csv.lines().skip(1).filter_map(amount).map(|amount| amount.parse().expect("an amount")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_statement_agrees_with_the_book_and_is_for_its_own_partner() {
    let world = World::new().await;
    let programme = world.programme().await;
    payable(&world, &programme, "A1").await;
    payable(&world, &programme, "A2").await;
    paid_out(&world, "SEPA-7").await;
    payable(&world, &programme, "A3").await;
    world.postback("order_id=A1&goal=sale&status=refunded&amount=40.00&currency=EUR").await.ok();

    let csv = statement(&world.manager, &programme, "&format=csv").await;
    assert_eq!(csv.status, 200, "{}", csv.text);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(amounts(&csv.text), [800, 800, -1_600, 800, -400], "{}", csv.text);
    assert!(csv.text.contains("Payout,SEPA-7,,-16.00,EUR"), "{}", csv.text);
    assert!(csv.text.contains("Commission,\"Northwind Outdoor, cnv_"), "{}", csv.text);
    let balance = world.balance(&programme.partner).await;
    let has = ["approved", "payable", "in_transit"].map(|part| balance[part].as_i64().expect("a whole number"));
    let owed = has.iter().sum::<i64>() - balance["debt"].as_i64().expect("a whole number");
    assert_eq!((amounts(&csv.text).iter().sum::<i64>(), owed), (400, 400));

    let pdf = statement(&world.manager, &programme, "&language=ru").await;
    assert!(pdf.text.starts_with("%PDF-1."), "{}", pdf.text);
    assert!(pdf.header("content-disposition").contains("statement-prt_"));
    assert!(statement(&world.manager, &programme, "&format=xlsx").await.text.starts_with("PK"));
    let none = statement(&world.manager, &programme, "&format=csv&currency=USD").await;
    assert_eq!(amounts(&none.text), Vec::<i64>::new());

    let own = world.partner_member(&programme.partner).await;
    assert_eq!(statement(&own, &programme, "&format=csv").await.text, csv.text);
    let other = json!({ "name": "Other", "email": "other@partners.example" });
    let other = text(&world.manager.post("/v1/partners", other).await.ok(), "id");
    let other = world.partner_member(&other).await;
    statement(&other, &programme, "").await.refused(404, "not_found");
    let (stranger, _) = world.other_workspace().await;
    statement(&stranger, &programme, "").await.refused(404, "not_found");
    for bad in ["from=2026-02-01&to=2026-01-01", "from=x&to=2026-01-01", "from=1900-01-01&to=2026-01-01"] {
        let path = format!("/v1/partners/{}/statement-file?{bad}", programme.partner);
        world.manager.get(&path).await.refused(400, "bad_parameter");
    }
    statement(&world.manager, &programme, "&language=de").await.refused(400, "bad_parameter");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invoice_is_issued_once_for_a_payout_and_stays_as_it_was() {
    let world = World::new().await;
    let programme = world.programme().await;
    let finance = world.member(Role::Finance).await;
    let own = world.partner_member(&programme.partner).await;
    payable(&world, &programme, "A1").await;
    let payout = paid_out(&world, "SEPA-1").await;
    let door = format!("/v1/payouts/{payout}/invoice");
    let of_partner = format!("/v1/partners/{}/billing-details", programme.partner);

    finance.get(&of_partner).await.refused(404, "not_found");
    finance.post(&door, json!({})).await.refused(409, "billing_details_missing");
    let mut theirs = company("Trail Notes sp. z o.o.", "PL", Some("PL6762412345"));
    theirs["self_billing"] = json!(false);
    assert_eq!(own.put(&of_partner, theirs.clone()).await.ok()["is_confirmed"], false);
    finance.post(&door, json!({})).await.refused(409, "self_billing_not_agreed");
    theirs["self_billing"] = json!(true);
    assert!(own.put(&of_partner, theirs.clone()).await.ok()["self_billing_since"].is_string());
    finance.post(&door, json!({})).await.refused(409, "billing_details_missing");
    assert_eq!(finance.put(&of_partner, theirs.clone()).await.ok()["is_confirmed"], true);
    finance.post(&door, json!({})).await.refused(409, "billing_details_missing");
    finance.put("/v1/billing-details", company("Riverside GmbH", "DE", Some("DE301234567"))).await.ok();

    own.post(&door, json!({})).await.refused(403, "not_permitted");
    own.get(&door).await.refused(404, "not_found");
    let issued = finance.post(&door, json!({})).await.ok();
    assert_eq!((&issued["number"], &issued["total"]["minor"]), (&json!("SB-00001"), &json!(800)));
    finance.post(&door, json!({})).await.refused(409, "already_exists");
    let file = |more: &str| format!("{door}/file?{more}");
    let csv = own.get(&file("format=csv")).await;
    assert!(csv.text.contains("Usługi reklamowe,,,8.00,EUR"), "over the border nothing is added: {}", csv.text);
    let structured = own.get(&file("format=ksef")).await;
    assert!(structured.text.contains("<P_17>1</P_17><P_18>1</P_18>"), "{}", structured.text);
    assert!(structured.text.contains("<P_2>SB-00001</P_2>") && structured.text.contains("<P_13_9>8.00</P_13_9>"));
    let first = own.get(&file("format=pdf")).await;
    assert!(first.text.starts_with("%PDF-1.") && first.header("content-disposition").contains("SB-00001.pdf"));

    // What the partner changes is on nothing that was issued, and on nothing new before somebody has looked.
    theirs["name"] = json!("Other Name");
    own.put(&of_partner, theirs.clone()).await.ok();
    assert_eq!(own.get(&file("format=pdf")).await.text, first.text);
    payable(&world, &programme, "A2").await;
    let second = format!("/v1/payouts/{}/invoice", paid_out(&world, "SEPA-2").await);
    finance.post(&second, json!({})).await.refused(409, "billing_details_missing");
    finance.put(&of_partner, theirs).await.ok();
    assert_eq!(finance.post(&second, json!({})).await.ok()["number"], "SB-00002", "refusals left no gap");

    let agreement = format!("/v1/partners/{}/self-billing-agreement", programme.partner);
    assert!(own.get(&agreement).await.text.starts_with("%PDF-1."));
    let owner = world.member(Role::Owner).await;
    let changes = owner.get("/v1/audit?limit=200").await;
    assert_eq!(changes.text.matches("\"billing_details.set\"").count(), 6, "{}", changes.text);
    assert_eq!(changes.text.matches("\"partner_invoice.issued\"").count(), 2);
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&door).await.refused(404, "not_found");
    stranger.get(&of_partner).await.refused(404, "not_found");
    stranger.post(&door, json!({})).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_home_what_was_paid_holds_the_tax() {
    let world = World::new().await;
    let programme = world.programme().await;
    let of_partner = format!("/v1/partners/{}/billing-details", programme.partner);
    world.manager.put("/v1/billing-details", company("Riverside sp. z o.o.", "PL", Some("PL5252344078"))).await.ok();
    world.manager.put(&of_partner, company("Trail Notes sp. z o.o.", "pl", Some("PL6762412345"))).await.ok();
    payable(&world, &programme, "A1").await;
    let batch = world.manager.post("/v1/payout-batches", json!({ "currency": "EUR" })).await.ok();
    let payout = text(&batch["payouts"][0], "id");
    let door = format!("/v1/payouts/{payout}/invoice");
    world.manager.post(&door, json!({})).await.refused(409, "illegal_move");
    world.manager.post(&format!("/v1/payouts/{payout}/paid"), json!({})).await.ok();
    world.manager.post(&door, json!({"series": "pl 1"})).await.refused(422, "invalid_fields");
    assert_eq!(world.manager.post(&door, json!({"series": "PL"})).await.ok()["number"], "PL-00001");
    // 8.00 hold 23 %: 6.50 and 1.50.
    let csv = world.manager.get(&format!("{door}/file?format=csv&language=en")).await;
    assert!(csv.text.contains("Advertising services,,,6.50,EUR"), "{}", csv.text);
    world.manager.get(&format!("{door}/file?format=ksef")).await.refused(409, "not_structured");

    for (field, wrong) in [
        ("name", json!(" ")),
        ("country", json!("Poland")),
        ("address", json!([])),
        ("language", json!("de")),
        ("vat_bp", json!(10_001)),
        ("email", json!("nobody")),
    ] {
        let mut bad = company("X", "PL", None);
        bad[field] = wrong;
        world.manager.put(&of_partner, bad).await.refused(422, "invalid_fields");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_advertisers_invoice_is_a_file_with_the_sums_that_were_issued() {
    let world = World::new().await;
    let programme = world.programme().await;
    let terms = json!({"funding": "open", "vat_bp": 2_300, "payment_days": 14});
    world.manager.put(&format!("/v1/advertisers/{}/accounts/EUR", programme.advertiser), terms).await.ok();
    let theirs = format!("/v1/advertisers/{}/billing-details", programme.advertiser);
    world.manager.put(&theirs, company("Northwind Outdoor sp. z o.o.", "PL", Some("PL1"))).await.ok();
    payable(&world, &programme, "A1").await;
    let draft = json!({
        "advertiser_id": programme.advertiser, "currency": "EUR", "from": "2026-02-01T00:00:00Z",
        "to": world.now().to_string()
    });
    let invoice = text(&world.manager.post("/v1/invoices", draft).await.ok(), "id");
    let file = format!("/v1/invoices/{invoice}/file");
    let own = world.advertiser_member(&programme.advertiser).await;
    own.get(&file).await.refused(404, "not_found");
    assert!(world.manager.get(&file).await.header("content-disposition").contains("draft-ivc_"));
    world.manager.post(&format!("/v1/invoices/{invoice}/issue"), json!({})).await.ok();
    let pdf = own.get(&file).await;
    assert!(pdf.text.starts_with("%PDF-1.") && pdf.header("content-disposition").contains("INV-00001.pdf"));
    let csv = own.get(&format!("{file}?format=csv")).await;
    assert!(csv.text.contains("Usługi reklamowe,Northwind Outdoor,1,12.00,EUR"), "{}", csv.text);
    own.get(&theirs).await.refused(403, "not_permitted");
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&file).await.refused(404, "not_found");
}
