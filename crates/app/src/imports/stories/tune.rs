//! A network moves in from TUNE over a weekend.

use std::fmt::Write as _;

use kernel::{Currency, Id, id::Advertiser};
use serde_json::json;
use testkit::{World, text};

use super::{HOST, at, checked, only, run, tally, with_files};

const OFFERS: usize = 50;
const PARTNERS: usize = 400;
const LINKS: usize = 2_000;

/// A transaction id of that platform's form.
pub fn transaction(number: usize) -> String {
    format!("1028{number:026x}")
}

/// Offers of five advertisers, each with a landing page of its own.
pub fn offers() -> String {
    let mut csv = String::from(
        "Offer.id,Offer.name,Offer.status,Offer.offer_url,Offer.currency,Offer.default_payout,Offer.percent_payout,\
         Offer.max_payout,Advertiser.id,Advertiser.company\n",
    );
    for number in 0..OFFERS {
        let advertiser = 900 + number % 5;
        writeln!(
            csv,
            "{},\"Offer {number}, spring\",active,https://shop{number}.example/?tid={{transaction_id}}&s={{aff_sub}},\
             EUR,8.00000,0.00,12.00000,{advertiser},Advertiser {advertiser}",
            26 + number
        )
        .expect("text grows");
    }
    csv
}

pub fn partners() -> String {
    let mut csv =
        String::from("Affiliate.id,Affiliate.company,Affiliate.status,AffiliateUser.email,Affiliate.country\n");
    for number in 0..PARTNERS {
        let status = if number % 50 == 49 { "blocked" } else { "active" };
        writeln!(csv, "{},Partner {number},{status},p{number}@example.com,PL", 1001 + number).expect("text grows");
    }
    csv
}

/// The partner and the offer of a pair: five offers each.
fn pair(number: usize) -> (usize, usize) {
    let partner = number % PARTNERS;
    (1001 + partner, 26 + (partner + number / PARTNERS * 7) % OFFERS)
}

pub fn links() -> String {
    let mut csv = String::from("Offer ID,Affiliate ID,Approval Status\n");
    for number in 0..LINKS {
        let (partner, offer) = pair(number);
        writeln!(csv, "{offer},{partner},approved").expect("text grows");
    }
    csv
}

/// Clicks of the last weeks in New York's time; the one numbered `n` belongs to the pair numbered `n`.
pub fn clicks(count: usize) -> String {
    let mut csv = String::from("Date/Time,Transaction ID,Offer ID,Affiliate ID,Country Code,Source,Sub ID 1\n");
    for number in 0..count {
        let (partner, offer) = pair(number % LINKS);
        let day = 12 + number % 18;
        writeln!(csv, "2026-01-{day:02} 10:00:00,{},{offer},{partner},PL,blog,a{number}", transaction(number))
            .expect("text grows");
    }
    csv
}

/// Twenty that wait and two that were judged.
fn conversions() -> String {
    let mut csv = String::from(
        "Stat.id,Stat.datetime,Stat.ad_id,Stat.offer_id,Stat.affiliate_id,Stat.status,Stat.payout,Stat.revenue,\
         Stat.sale_amount,Stat.currency,Stat.advertiser_info,Stat.goal_id\n",
    );
    for number in 0..22 {
        let (partner, offer) = pair(number);
        let status = if number < 20 { "pending" } else { "approved" };
        writeln!(
            csv,
            "{number},2026-01-31 08:00:00,{},{offer},{partner},{status},8.00,12.00,80.00,EUR,OLD-{number},0",
            transaction(number)
        )
        .expect("text grows");
    }
    csv
}

/// Ten euros and a cent for each number, one partner with a debt.
fn balances() -> String {
    let mut csv = String::from("Affiliate.id,Balance,Currency\n");
    for number in 0..PARTNERS {
        let amount = if number == 7 { "-25.50".to_owned() } else { format!("10.{:02}", number % 100) };
        writeln!(csv, "{},{amount},EUR", 1001 + number).expect("text grows");
    }
    csv
}

fn customers() -> String {
    "Customer ID,Affiliate ID,Offer ID,First Seen\nc-1,1003,28,2025-11-01\nc-2,1004,29,2025-12-01\n".to_owned()
}

pub async fn speaks_tune(world: &World) {
    world.manager.post("/v1/domains", json!({"host": HOST, "dialects": ["tune"]})).await.ok();
    world.manager.post("/v1/dialect-tokens", json!({"dialect": "tune", "token": "tune-secret"})).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_moves_in_with_its_links_clicks_and_balances() {
    let world = World::new().await;
    moves_in(&world, 3_000).await;
}

/// Brings a whole network with so many old clicks, and asks of it what its partners and advertisers would.
pub async fn moves_in(world: &World, clicks_count: usize) {
    speaks_tune(world).await;
    let files = [
        ("offers", offers()),
        ("partners", partners()),
        ("links", links()),
        ("clicks", clicks(clicks_count)),
        ("customers", customers()),
        ("conversions", conversions()),
        ("balances", balances()),
    ];
    let import = json!({"platform": "tune", "timezone": "America/New_York", "currency": "EUR"});
    let import = with_files(world, import, &files).await;
    let told = checked(world, &import).await;
    let clicks_count = clicks_count as i64;
    let wanted = [
        ("offers", [50, 50, 0, 0, 0]),
        ("partners", [400, 400, 0, 0, 0]),
        ("links", [2_000, 2_000, 0, 0, 0]),
        ("clicks", [clicks_count, clicks_count, 0, 0, 0]),
        ("customers", [2, 2, 0, 0, 0]),
        ("conversions", [22, 20, 0, 2, 0]),
        ("balances", [400, 400, 0, 0, 0]),
    ];
    wanted.iter().for_each(|(kind, counts)| assert_eq!(tally(&told, kind, "checked"), *counts, "{kind}: {told}"));
    assert_eq!(world.manager.get("/v1/offers").await.ok()["items"], json!([]), "a check makes nothing");
    let done = run(world, &import).await;
    // Eight partners are banned: their links are not made.
    let made = |kind: &str| tally(&done, kind, "tally");
    assert_eq!(made("links"), [2_000, 1_960, 0, 0, 40]);
    for (kind, counts) in wanted.iter().filter(|(kind, _)| *kind != "links") {
        assert_eq!(made(kind), *counts, "{kind}");
    }
    old_links_lead_on(world).await;
    unchanged_postbacks_work(world).await;
    the_book_opens_right(world).await;
    a_bound_customer_earns_without_a_click(world).await;
}

async fn old_links_lead_on(world: &World) {
    for number in [0, 777, LINKS - 2] {
        let (partner, offer) = pair(number);
        let reply = at(world, &format!("/aff_c?offer_id={offer}&aff_id={partner}&aff_sub=x1")).await;
        assert_eq!(reply.status, 302, "{}", reply.text);
        let location = reply.header("location");
        assert!(location.starts_with(&format!("https://shop{}.example/?tid=", offer - 26)), "{location}");
        assert!(location.contains("&s=x1"), "{location}");
    }
}

async fn unchanged_postbacks_work(world: &World) {
    let call =
        format!("/aff_lsr?transaction_id={}&amount=80.00&adv_sub=NEW-1&security_token=tune-secret", transaction(100));
    assert_eq!(at(world, &call).await.text, "success=true;");
    let sale = only(world, "/v1/conversions?order_id=NEW-1").await;
    let partner = world.manager.get(&format!("/v1/partners/{}", text(&sale, "partner_id"))).await.ok();
    assert_eq!(partner["external_refs"]["tune"], (1001 + 100).to_string(), "{partner}");
    let shown = world.manager.get(&format!("/v1/conversions/{}", text(&sale, "id"))).await.ok();
    // Ten in the morning of the 22nd in New York.
    assert_eq!(shown["click_time"], "2026-01-22T15:00:00.000Z", "{shown}");
    // The advertiser approves what it had left pending over there.
    let call =
        format!("/aff_lsr?transaction_id={}&adv_sub=OLD-3&status=approved&security_token=tune-secret", transaction(3));
    assert_eq!(at(world, &call).await.text, "success=true;");
    let old = only(world, "/v1/conversions?order_id=OLD-3").await;
    assert_eq!((old["status"].clone(), old["payout"]["minor"].clone()), (json!("approved"), json!(800)));
    let stranger = format!("/aff_lsr?transaction_id={}&security_token=tune-secret", transaction(9_999_999));
    assert!(at(world, &stranger).await.text.starts_with("success=false"), "an id that nobody brought");
}

async fn the_book_opens_right(world: &World) {
    let balance = async |theirs: &str| {
        let partner = only(world, &format!("/v1/partners?q={theirs}")).await;
        world.balance(&text(&partner, "id")).await
    };
    let first = balance("1001").await;
    assert_eq!((first["payable"].clone(), first["pending"].clone()), (json!(1000), json!(800)));
    let owing = balance("1008").await;
    assert_eq!((owing["payable"].clone(), owing["debt"].clone()), (json!(0), json!(2550)));
    let fourth = balance("1004").await;
    assert_eq!((fourth["payable"].clone(), fourth["approved"].clone()), (json!(1003), json!(800)), "{fourth}");
    let offer = only(world, "/v1/offers?q=offer%200%2C%20spring").await;
    let advertiser: Id<Advertiser> = text(&offer, "advertiser_id").parse().expect("an id");
    let records = world.platform().app().records.read();
    let owes = ledger::advertiser_balance(records, world.tenant, advertiser).await.expect("read");
    assert_eq!(
        (owes[0].currency, owes[0].pending),
        (Currency::EUR, 5 * 1200),
        "held for its four that waited, and the new one"
    );
    let book = ledger::verify(records).await.expect("verified");
    assert!(book.is_whole(), "{book:?}");
}

async fn a_bound_customer_earns_without_a_click(world: &World) {
    let offer = only(world, "/v1/offers?q=offer%202%2C%20spring").await;
    let query = format!("offer_id={}&customer_id=c-1&amount=50.00&order_id=AGAIN", text(&offer, "id"));
    world.postback(&query).await.ok();
    let sale = only(world, "/v1/conversions?order_id=AGAIN").await;
    let partner = world.manager.get(&format!("/v1/partners/{}", text(&sale, "partner_id"))).await.ok();
    assert_eq!(partner["external_refs"]["tune"], "1003", "{sale}");
}
