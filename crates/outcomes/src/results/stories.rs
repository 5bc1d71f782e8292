//! Stories of what customers did after they were won, and what partners earn from it.

use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use testkit::{Programme, World, text};

/// A brand whose net revenue is bets less wins, and which closes its months by hand.
async fn brand() -> (World, Programme) {
    let world = World::new().await;
    let programme = world.programme().await;
    agree(&world, &programme, json!(null)).await;
    (world, programme)
}

async fn agree(world: &World, programme: &Programme, close_after_days: Value) {
    let formula = json!({
        "currency": "EUR", "close_after_days": close_after_days,
        "terms": [{"percent": "100", "plus": ["bets"], "minus": ["wins"]}]
    });
    world.manager.put(&format!("/v1/advertisers/{}/net-revenue", programme.advertiser), formula).await.ok();
}

/// 30 per cent for a partner from February on, unless `terms` says otherwise.
async fn deal(world: &World, programme: &Programme, partner: &str, terms: Value) {
    let mut body = json!({
        "advertiser_id": programme.advertiser, "partner_id": partner, "starts_month": "2026-02",
        "tiers": [{"percent": "30"}], "carry": "carry"
    });
    body.as_object_mut().expect("object").extend(terms.as_object().expect("object").clone());
    world.manager.post("/v1/revenue-share/terms", body).await.ok();
}

/// Another partner with a link to the offer: its id and slug.
async fn another(world: &World, programme: &Programme, name: &str) -> (String, String) {
    let email = format!("{name}@partner.example");
    let partner = world.manager.post("/v1/partners", json!({"name": name, "email": email})).await.ok();
    let both = json!({"offer_id": programme.offer, "partner_id": partner["id"]});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let link = world.manager.post("/v1/links", both).await.ok();
    (text(&partner, "id"), text(&link, "slug"))
}

/// A customer is won through a link: a sale of 80.00, approved, that pays 8.00.
async fn win(world: &World, slug: &str, customer: &str) {
    let click = world.click(slug).await;
    let query =
        format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id={customer}&customer_id={customer}");
    let sale = world.postback(&query).await.ok();
    let path = format!("/v1/conversions/{}/approve", text(&sale, "conversion_id"));
    world.manager.post(&path, json!({})).await.ok();
}

fn day(customer: &str, day: &str, bets: &str, wins: &str) -> Value {
    json!({"customer_id": customer, "day": day, "figures": {"bets": bets, "wins": wins}})
}

async fn report(world: &World, programme: &Programme, results: Value) -> Value {
    let body = json!({"advertiser_id": programme.advertiser, "results": results});
    world.manager.post("/v1/customer-results", body).await.ok()
}

async fn close(world: &World, programme: &Programme, month: &str) -> Value {
    let body = json!({"advertiser_id": programme.advertiser, "month": month});
    world.manager.post("/v1/revenue-share/close", body).await.ok()
}

fn of<'a>(closed: &'a Value, partner: &str) -> &'a Value {
    let statements = closed["statements"].as_array().expect("statements");
    statements.iter().find(|one| one["partner_id"] == partner).expect("a statement of the partner")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hybrid_deal_over_a_negative_month_under_each_carry_rule() {
    let (world, programme) = brand().await;
    let (anew, anew_slug) = another(&world, &programme, "Anew").await;
    let (short, short_slug) = another(&world, &programme, "Short").await;
    deal(&world, &programme, &programme.partner, json!({"charge_percent": "40"})).await;
    deal(&world, &programme, &anew, json!({"carry": "reset"})).await;
    deal(&world, &programme, &short, json!({"carry": "carry_months", "carry_months": 1})).await;
    let people = [(&programme.slug, "p-1"), (&anew_slug, "p-2"), (&short_slug, "p-3")];
    for (slug, customer) in people {
        win(&world, slug, customer).await;
    }
    for (pass, month, date, bets, wins) in [
        (29, "2026-02", "2026-02-10", "500.00", "1500.00"),
        (30, "2026-03", "2026-03-10", "400.00", "0"),
        (30, "2026-04", "2026-04-10", "2000.00", "0"),
    ] {
        world.pass_days(pass).await;
        let lines: Vec<Value> = people.iter().map(|(_, customer)| day(customer, date, bets, wins)).collect();
        report(&world, &programme, json!(lines)).await;
        close(&world, &programme, month).await;
    }
    let months = world.manager.get("/v1/revenue-share/months").await.ok();
    let earned = |partner: &str| -> Vec<(String, i64, i64)> {
        let of_partner = months["items"].as_array().expect("months").iter().filter(|one| one["partner_id"] == partner);
        let told = |one: &Value| {
            let minor = |name: &str| one[name].as_i64().expect("an amount");
            (text(one, "month"), minor("earned_minor"), minor("carried_out_minor"))
        };
        let mut all: Vec<_> = of_partner.map(told).collect();
        all.sort();
        all
    };
    let told = |figures: [(i64, i64); 3]| -> Vec<(String, i64, i64)> {
        let months = ["2026-02", "2026-03", "2026-04"];
        months.into_iter().zip(figures).map(|(month, (earned, carried))| (month.to_owned(), earned, carried)).collect()
    };
    assert_eq!(earned(&programme.partner), told([(0, -100_000), (0, -60_000), (42_000, 0)]));
    assert_eq!(earned(&anew), told([(0, 0), (12_000, 0), (60_000, 0)]));
    assert_eq!(earned(&short), told([(0, -100_000), (0, -60_000), (60_000, 0)]));

    let april = world.manager.get(&format!("/v1/revenue-share/months?partner_id={}", programme.partner)).await.ok();
    assert_eq!(
        (&april["items"][0]["charged_minor"], &april["items"][0]["base_minor"]),
        (&json!(56_000), &json!(140_000))
    );
    let february = &april["items"][2];
    assert_eq!(february["from_conversions_minor"], 800, "the CPA of the sale stands beside it");
    world.pass_days(20).await;
    let balance = world.balance(&programme.partner).await;
    assert_eq!((&balance["payable"], &balance["approved"]), (&json!(42_800), &json!(0)), "{balance}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_high_roller_is_kept_apart_until_its_own_account_is_positive() {
    let (world, programme) = brand().await;
    deal(&world, &programme, &programme.partner, json!({"high_roller_minor": 1_000_000})).await;
    win(&world, &programme.slug, "whale").await;
    win(&world, &programme.slug, "minnow").await;
    world.pass_days(29).await;
    let lines =
        json!([day("whale", "2026-02-05", "1000.00", "16000.00"), day("minnow", "2026-02-05", "300.00", "100.00")]);
    report(&world, &programme, lines).await;
    let february = close(&world, &programme, "2026-02").await;
    let row = of(&february, &programme.partner);
    assert_eq!((&row["net_revenue_minor"], &row["apart_minor"]), (&json!(20_000), &json!(-1_500_000)));
    assert_eq!(row["earned_minor"], 6_000);
    world.pass_days(30).await;
    let lines = json!([day("whale", "2026-03-05", "18000.00", "0"), day("minnow", "2026-03-05", "0", "50.00")]);
    report(&world, &programme, lines).await;
    let march = close(&world, &programme, "2026-03").await;
    let row = of(&march, &programme.partner);
    assert_eq!((&row["net_revenue_minor"], &row["apart_minor"]), (&json!(295_000), &json!(1_500_000)));
    assert_eq!(row["earned_minor"], 88_500);
    let parts = world.manager.get(&format!("/v1/revenue-share/months/{}/customers", text(row, "id"))).await.ok();
    let whale = parts["items"].as_array().expect("parts").iter().find(|part| part["customer"] == "whale");
    let whale = whale.expect("the whale's part");
    assert_eq!((&whale["counted_minor"], &whale["apart_before_minor"]), (&json!(300_000), &json!(-1_500_000)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_of_a_closed_month_joins_the_next_one() {
    let (world, programme) = brand().await;
    deal(&world, &programme, &programme.partner, json!({})).await;
    win(&world, &programme.slug, "p-1").await;
    world.pass_days(29).await;
    report(&world, &programme, json!([day("p-1", "2026-02-28", "1000.00", "0")])).await;
    let body = json!({"advertiser_id": programme.advertiser, "month": "2026-02"});
    let preview = world.manager.post("/v1/revenue-share/preview", body.clone()).await.ok();
    assert_eq!(
        (&of(&preview, &programme.partner)["earned_minor"], &preview["statements"][0]["id"]),
        (&json!(30_000), &json!(null))
    );
    assert_eq!(world.balance(&programme.partner).await["approved"], 0, "a preview books nothing");
    close(&world, &programme, "2026-02").await;
    world.manager.post("/v1/revenue-share/close", body).await.refused(409, "month_closed");
    let march = json!({"advertiser_id": programme.advertiser, "month": "2026-03"});
    world.manager.post("/v1/revenue-share/close", march).await.refused(409, "month_not_over");
    let late = json!({"advertiser_id": programme.advertiser, "starts_month": "2026-02", "tiers": [{"percent": "50"}]});
    world.manager.post("/v1/revenue-share/terms", late).await.refused(409, "month_closed");

    let corrected = report(&world, &programme, json!([day("p-1", "2026-02-28", "1000.00", "150.00")])).await;
    assert_eq!(corrected, json!({"added": 0, "corrected": 1, "same": 0}));
    let february = world.manager.get("/v1/revenue-share/months?month=2026-02").await.ok();
    assert_eq!(february["items"][0]["earned_minor"], 30_000, "what was closed stays");
    world.pass_days(30).await;
    report(&world, &programme, json!([day("p-1", "2026-03-31", "500.00", "0"), day("p-1", "2026-04-01", "7.00", "0")]))
        .await;
    let march = close(&world, &programme, "2026-03").await;
    let row = of(&march, &programme.partner);
    assert_eq!((&row["net_revenue_minor"], &row["correction_minor"]), (&json!(35_000), &json!(-15_000)));
    assert_eq!(row["earned_minor"], 10_500);
    let rows = world.manager.get("/v1/customer-results?customer=p-1&to=2026-02-28").await.ok();
    let path = format!("/v1/customer-results/{}/versions", text(&rows["items"][0], "id"));
    let versions = world.manager.get(&path).await.ok();
    let months: Vec<_> =
        versions["items"].as_array().expect("versions").iter().map(|one| &one["closed_month"]).collect();
    assert_eq!(months, ["2026-03", "2026-02"]);
    assert!(versions["items"][0]["user_id"].is_string() && versions["items"][0]["difference"]["wins"] == 15_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_forgives_no_correction() {
    let (world, programme) = brand().await;
    deal(&world, &programme, &programme.partner, json!({"carry": "reset"})).await;
    win(&world, &programme.slug, "p-1").await;
    let mut told = Vec::new();
    for (pass, month, days) in [
        (29, "2026-02", json!([day("p-1", "2026-02-10", "1000.00", "0")])),
        (
            30,
            "2026-03",
            json!([day("p-1", "2026-02-10", "1000.00", "900.00"), day("p-1", "2026-03-10", "0", "400.00")]),
        ),
        (30, "2026-04", json!([day("p-1", "2026-04-10", "1500.00", "0")])),
    ] {
        world.pass_days(pass).await;
        report(&world, &programme, days).await;
        let closed = close(&world, &programme, month).await;
        let row = of(&closed, &programme.partner);
        told.push(["earned_minor", "carried_out_minor"].map(|name| row[name].as_i64().expect("an amount")));
    }
    // March's own loss of 400 is forgiven, the 900 that February had too much are not.
    assert_eq!(told, [[30_000, 0], [0, -90_000], [18_000, 0]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_bad_lines_is_refused_by_line_and_nothing_of_it_is_taken() {
    let (world, programme) = brand().await;
    let path = format!("/v1/customer-results/file?advertiser_id={}", programme.advertiser);
    let bad = "customer_id;day;bets;wins\np-1;2026-02-01;10.00;\np-2;2026-02-31;1;1\np-3;2026-02-01;ten;1\n\
               p-1;2026-02-01;5;5\np-4;2026-02-01\n";
    let refused = world.manager.upload(&path, bad).await.refused(422, "invalid_fields").json();
    let mut fields: Vec<_> =
        refused["errors"].as_array().expect("errors").iter().map(|one| text(one, "field")).collect();
    fields.sort();
    assert_eq!(fields, ["line 3.day", "line 4.bets", "line 5", "line 6"]);
    let none = world.manager.get("/v1/customer-results").await.ok();
    assert_eq!(none["items"], json!([]));
    let good = "customer_id,day,bets,wins\np-1,2026-02-01,10.00,\np-2,2026-02-01,1,1\n";
    let taken = world.manager.upload(&path, good).await.ok();
    assert_eq!(taken, json!({"added": 2, "corrected": 0, "same": 0}));
    let again = world.manager.upload(&path, good).await.ok();
    assert_eq!(again, json!({"added": 0, "corrected": 0, "same": 2}));
    let other = "customer_id,day,fees\np-1,2026-02-01,0.50\n";
    assert_eq!(world.manager.upload(&path, other).await.ok()["corrected"], 1);
    let rows = world.manager.get("/v1/customer-results?customer=p-1").await.ok();
    assert_eq!(
        (&rows["items"][0]["figures"]["bets"], &rows["items"][0]["figures"]["fees"]),
        (&json!(1_000), &json!(50))
    );
    world.manager.upload(&path, "customer_id,day,luck\np,2026-02-01,7\n").await.refused(422, "invalid_fields");
    world.manager.upload(&path, "").await.refused(422, "invalid_fields");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_advertisers_token_reports_by_postback() {
    let (world, programme) = brand().await;
    let path = format!("/v1/advertisers/{}/postback-token", programme.advertiser);
    let token = text(&world.manager.post(&path, json!({})).await.ok(), "secret");
    let said = "customer_id=p-1&day=2026-02-01&bets=20.00&wins=5";
    let door = format!("/v1/customer-results/postback?token={token}&{said}");
    let nobody = world.nobody();
    assert_eq!(nobody.get(&door).await.ok(), json!({"added": 1, "corrected": 0, "same": 0}));
    assert_eq!(nobody.get(&door).await.ok(), json!({"added": 0, "corrected": 0, "same": 1}));
    nobody.get(&format!("/v1/customer-results/postback?token=pbt_x&{said}")).await.refused(401, "bad_token");
    nobody.get(&format!("/v1/customer-results/postback?{said}")).await.refused(401, "bad_token");
    let stranger = format!("/v1/customer-results/postback?token={}&{said}", world.postback_token);
    nobody.get(&stranger).await.refused(401, "bad_token");
    nobody.get(&format!("{door}&luck=7")).await.refused(422, "invalid_fields");
    let advertiser = format!("/v1/advertisers/{}", programme.advertiser);
    world.manager.patch(&advertiser, json!({"min_trust": "signature"})).await.ok();
    nobody.get(&door).await.refused(401, "bad_token");
    world.manager.patch(&advertiser, json!({"min_trust": "token", "ip_allow_list": ["198.51.100.0/24"]})).await.ok();
    nobody.get(&door).await.refused(401, "bad_token");
}

#[tokio::test(flavor = "multi_thread")]
async fn months_close_by_themselves_and_become_payable_after_their_hold() {
    let (world, programme) = brand().await;
    agree(&world, &programme, json!(5)).await;
    deal(
        &world,
        &programme,
        &programme.partner,
        json!({"tiers": [{"percent": "25"}, {"from_minor": 50_000, "percent": "40"}]}),
    )
    .await;
    win(&world, &programme.slug, "p-1").await;
    report(&world, &programme, json!([day("p-1", "2026-02-01", "500.00", "0"), day("x-1", "2026-02-01", "9.00", "0")]))
        .await;
    world.pass_days(30).await;
    let months = world.manager.get("/v1/revenue-share/months").await.ok();
    assert_eq!(months["items"], json!([]), "the days to wait are not over");
    world.pass_days(3).await;
    let months = world.manager.get("/v1/revenue-share/months").await.ok();
    let row = &months["items"][0];
    assert_eq!((&row["earned_minor"], &row["percent"], &row["customers"]), (&json!(20_000), &json!("40"), &json!(1)));
    let path = format!("/v1/partners/{}/next-payout", programme.partner);
    let next = world.manager.get(&path).await.ok();
    let upcoming = next["items"][0]["upcoming"].as_array().expect("days").clone();
    assert!(upcoming.iter().any(|day| day["amount"]["minor"] == 20_000), "{next}");
    world.pass_days(15).await;
    assert_eq!(world.balance(&programme.partner).await["payable"], 20_800);
    every_month_is_what_its_entries_say(&world).await;
    let batch = json!({"currency": "EUR", "method": "csv"});
    world.manager.post("/v1/payout-batches", batch).await.ok();
    assert_eq!(world.balance(&programme.partner).await["in_transit"], 20_800);

    win(&world, &programme.slug, "x-1").await;
    world.pass_days(20).await;
    let march = world.manager.get("/v1/revenue-share/months?month=2026-03").await.ok();
    assert_eq!(march["items"][0]["net_revenue_minor"], 900, "who was nobody's joins once it is somebody's");
}

/// A month altered by hand is named by the proof, and none is once it is put right.
async fn every_month_is_what_its_entries_say(world: &World) {
    for (alteration, back) in [
        ("earned_minor = earned_minor + 1", "earned_minor = earned_minor - 1"),
        ("charged_minor = 5", "charged_minor = 0"),
    ] {
        for (change, is_whole) in [(alteration, false), (back, true)] {
            let write = world.platform().app().records.begin().await.expect("records");
            let statement = format!("update revenue_share_statements set {change}");
            write.execute_unprepared(&statement).await.expect("altered");
            write.commit().await.expect("committed");
            let proof = world.manager.post("/v1/book/proof", json!({})).await.ok()["proof"].clone();
            assert_eq!(proof["is_whole"], is_whole, "{change}: {proof}");
            assert!(is_whole || proof["differences"].to_string().contains("its entries say"), "{proof}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_of_results_what_is_theirs() {
    let (world, programme) = brand().await;
    deal(&world, &programme, &programme.partner, json!({"charge_percent": "40"})).await;
    let (other, slug) = another(&world, &programme, "Other").await;
    deal(&world, &programme, &other, json!({})).await;
    win(&world, &programme.slug, "p-1").await;
    win(&world, &slug, "p-2").await;
    world.pass_days(29).await;
    let advertiser = world.advertiser_member(&programme.advertiser).await;
    let lines = json!({"results": [day("p-1", "2026-02-03", "10.00", "0"), day("p-2", "2026-02-03", "10.00", "0")]});
    advertiser.post("/v1/customer-results", lines).await.ok();
    let closed = close(&world, &programme, "2026-02").await;
    assert_eq!(of(&closed, &programme.partner)["charged_minor"], 400);
    let partner = world.partner_member(&programme.partner).await;
    let seen = partner.get("/v1/revenue-share/months").await.ok();
    let items = seen["items"].as_array().expect("months");
    assert_eq!((items.len(), &items[0]["earned_minor"], items[0].get("charged_minor")), (1, &json!(300), None));
    let foreign = text(of(&closed, &other), "id");
    partner.get(&format!("/v1/revenue-share/months/{foreign}/customers")).await.refused(404, "not_found");
    advertiser.get("/v1/revenue-share/months").await.refused(403, "not_permitted");
    partner.get("/v1/customer-results").await.refused(403, "not_permitted");
    let (elsewhere, _) = world.other_workspace().await;
    assert_eq!(elsewhere.get("/v1/customer-results").await.ok()["items"], json!([]));
    let body = json!({"advertiser_id": programme.advertiser, "month": "2026-03"});
    elsewhere.post("/v1/revenue-share/preview", body).await.refused(404, "not_found");
    let formula = json!({"currency": "USD", "terms": [{"percent": "100", "plus": ["bets"]}]});
    let path = format!("/v1/advertisers/{}/net-revenue", programme.advertiser);
    world.manager.put(&path, formula).await.refused(422, "invalid_fields");
    assert_eq!(advertiser.get(&path).await.ok()["words"], "bets - wins");
}

/// An offer whose `qualified` goal asks for deposits of 10 EUR, bets of 87 EUR and activity on day 14; its goals' ids.
async fn asking(world: &World, conditions: Value, report_days: i64) -> (Programme, String) {
    let goals = json!([
        {"name": "sale", "payout": {"percent": "10"}}, {"name": "qualified", "kind": "qualified", "payout": {"minor": 4_000}}
    ]);
    let programme = world.programme_with(goals).await;
    agree(world, &programme, json!(null)).await;
    let offer = world.manager.get(&format!("/v1/offers/{}", programme.offer)).await.ok();
    let goal = |name: &str| {
        let goals = offer["goals"].as_array().expect("goals");
        text(goals.iter().find(|goal| goal["name"] == name).expect("the goal"), "id")
    };
    let asked = json!({
        "from_goal_id": goal("sale"), "window_days": 14, "report_days": report_days, "is_on": true, "conditions": conditions
    });
    let path = format!("/v1/offers/{}/goals/{}/qualification", programme.offer, goal("qualified"));
    assert_eq!(world.manager.put(&path, asked.clone()).await.ok(), asked);
    assert_eq!(world.manager.get(&path).await.ok(), asked);
    (programme, path)
}

async fn progress(world: &World, customer: &str) -> Value {
    let all = world.manager.get("/v1/qualifications").await.ok();
    let items = all["items"].as_array().expect("progress");
    items.iter().find(|one| one["customer"] == customer).cloned().expect("a customer's progress")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_goal_follows_from_what_the_customer_did_in_its_window() {
    let world = World::new().await;
    let asks = json!([
        {"kind": "at_least", "figure": "deposits", "value": 1_000}, {"kind": "at_least", "figure": "bets", "value": 8_700},
        {"kind": "active_on_day", "day": 14}
    ]);
    let (programme, path) = asking(&world, asks, 2).await;
    for customer in ["p-1", "p-2"] {
        win(&world, &programme.slug, customer).await;
    }
    world.pass_days(1).await;
    let begun = progress(&world, "p-1").await;
    assert_eq!((&begun["state"], &begun["until"]), (&json!("open"), &json!("2026-02-16T23:00:00.000Z")));
    let figures = |customer: &str, day: &str, deposits: &str, bets: &str| json!({"customer_id": customer, "day": day, "figures": {"deposits": deposits, "bets": bets}});
    report(&world, &programme, json!([figures("p-1", "2026-02-02", "10.00", "86.99")])).await;
    world.pass_days(1).await;
    let half = progress(&world, "p-1").await;
    let met: Vec<_> = half["standings"].as_array().expect("standings").iter().map(|one| &one["is_met"]).collect();
    assert_eq!(met, [&json!(true), &json!(false), &json!(false)]);

    world.pass_days(14).await;
    let lines = json!([
        figures("p-1", "2026-02-16", "0", "0.01"),
        figures("p-2", "2026-02-02", "10.00", "87.00"),
        figures("p-2", "2026-02-17", "0", "5.00")
    ]);
    report(&world, &programme, lines).await;
    world.advance_millis(120_000);
    world.settle().await;
    let met = progress(&world, "p-1").await;
    assert_eq!(met["state"], "met");
    let conversion = world.manager.get(&format!("/v1/conversions/{}", text(&met, "conversion_id"))).await.ok();
    assert_eq!((&conversion["status"], &conversion["partner_id"]), (&json!("pending"), &json!(programme.partner)));
    assert_eq!(conversion["payout"]["minor"], 4_000, "{conversion}");
    assert_eq!(progress(&world, "p-2").await["state"], "open", "its last day may still be reported");
    world.pass_days(2).await;
    assert_eq!(progress(&world, "p-2").await["state"], "not_qualified", "a day late");
    let partner = world.partner_member(&programme.partner).await;
    assert_eq!(partner.get("/v1/qualifications?state=met").await.ok()["items"].as_array().map(Vec::len), Some(1));
    let (elsewhere, _) = world.other_workspace().await;
    elsewhere.get(&path).await.refused(404, "not_found");
    let nonsense = json!({"from_goal_id": "gol_00000000000000000000000000", "window_days": 3, "is_on": true,
        "conditions": [{"kind": "active_on_day", "day": 4}]});
    world.manager.put(&path, nonsense).await.refused(422, "invalid_fields");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_order_counts_to_the_last_minute_of_the_window_and_not_a_minute_later() {
    let world = World::new().await;
    let (programme, _) = asking(&world, json!([{"kind": "orders", "count": 2}]), 0).await;
    for customer in ["p-1", "p-2"] {
        win(&world, &programme.slug, customer).await;
    }
    world.pass_days(14).await;
    for (customer, at) in [("p-1", "2026-02-16T22:59:00Z"), ("p-2", "2026-02-16T23:00:00Z")] {
        let at = kernel::Timestamp::parse(at).expect("a moment");
        world.advance_millis(at.millis() - world.now().millis());
        let click = world.click(&programme.slug).await;
        let query = format!(
            "click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=2-{customer}&customer_id={customer}"
        );
        world.postback(&query).await.ok();
        world.settle().await;
    }
    world.advance_millis(60_000);
    world.settle().await;
    assert_eq!(progress(&world, "p-1").await["state"], "met");
    let late = progress(&world, "p-2").await;
    assert_eq!((&late["state"], &late["standings"][0]["reached"]), (&json!("not_qualified"), &json!(1)));
}
