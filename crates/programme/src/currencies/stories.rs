//! Stories of currencies: rates by file and by hand, amounts in another currency, units, reports.

use serde_json::{Value, json};
use testkit::{Programme, World, text};

const FILE: &str = "Date,USD,JPY,KWD,\n2026-02-02,1.0825,161.37,0.3325,\n2026-01-30,1.0800,161.00,N/A,\n";

async fn with_rates() -> World {
    let world = World::new().await;
    let brought = world.manager.post("/v1/currencies/rates/file", json!({ "csv": FILE })).await.ok();
    assert_eq!(brought, json!({ "rates": 5, "days": 2, "first_day": "2026-01-30", "last_day": "2026-02-02" }));
    world
}

/// As the world's programme, with an offer in another currency that pays 10 % and charges 15 %.
async fn programme_in(world: &World, programme: &Programme, currency: &str) -> Programme {
    let programme = programme.clone();
    let offer = json!({
        "advertiser_id": programme.advertiser, "name": format!("Northwind {currency}"), "currency": currency,
        "landing_url": "https://shop.northwind.example/",
        "goals": [{ "name": "sale", "payout": { "percent": "10" }, "revenue": { "percent": "15" } }]
    });
    let offer = text(&world.manager.post("/v1/offers", offer).await.ok(), "id");
    let both = json!({ "offer_id": offer, "partner_id": programme.partner });
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let link = world.manager.post("/v1/links", both).await.ok();
    Programme { offer, link: text(&link, "id"), slug: text(&link, "slug"), ..programme }
}

async fn report(world: &World, programme: &Programme, order: &str, amount: &str) -> Value {
    let click = world.click(&programme.slug).await;
    let query = format!("click_id={click}&goal=sale&order_id={order}&{amount}");
    world.postback(&query).await.ok()
}

/// Sale, payout and revenue of an order, in minor units of its currency.
async fn amounts(world: &World, order: &str) -> [i64; 3] {
    let row = world.conversions_of(order).await.remove(0);
    ["sale", "payout", "revenue"].map(|field| row[field]["minor"].as_i64().expect("an amount"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_amount_in_another_currency_is_converted_at_its_days_rate() {
    let world = with_rates().await;
    let programme = world.programme().await;
    let told = report(&world, &programme, "A", "amount=86.60&currency=USD").await;
    assert_eq!((&told["status"], &told["reason"]), (&json!("pending"), &Value::Null), "{told}");
    assert_eq!(amounts(&world, "A").await, [8_000, 800, 1_200], "80.00 euro");
    let row = world.conversions_of("A").await.remove(0);
    let said =
        json!({ "amount": "86.60", "currency": "USD", "rate": "0.92378753", "day": "2026-02-02", "source": "ecb" });
    assert_eq!((&row["said"], &row["sale"]["currency"]), (&said, &json!("EUR")));
    // What comes later about the same order is read by the same rate, whatever the day.
    world.manager.post("/v1/currencies/rates/file", json!({ "csv": FILE.replace("1.0825", "2.1650") })).await.ok();
    world.postback("order_id=A&goal=sale&status=refunded&amount=43.30&currency=USD").await.ok();
    assert_eq!(amounts(&world, "A").await, [8_000, 400, 600]);

    let told = report(&world, &programme, "B", "amount=80.00&currency=GBP").await;
    assert_eq!((&told["status"], &told["reason"]), (&json!("rejected"), &json!("bad_currency")), "no rate is known");
    let told = report(&world, &programme, "C", "amount=100.5&currency=JPY").await;
    assert_eq!(told["reason"], "bad_amount", "yen have no decimals");
    world.pass_days(10).await;
    let told = report(&world, &programme, "D", "amount=86.60&currency=USD").await;
    assert_eq!(told["reason"], "bad_currency", "a rate of ten days ago is too old");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn amounts_are_rounded_by_the_decimals_of_their_currency() {
    let world = with_rates().await;
    world.manager.post("/v1/currencies/units", json!({ "code": "USDT" })).await.ok();
    let by_hand = json!({ "day": "2026-02-02", "from": "EUR", "to": "USDT", "rate": "1.0819" });
    world.manager.send(reqwest::Method::PUT, "/v1/currencies/rates", Some(by_hand), &[]).await.ok();
    let base = world.programme().await;
    for (currency, order, expected, in_euro) in [
        ("JPY", "amount=12915&currency=JPY", [12_915, 1_292, 1_937], [8_003, 801, 1_200]),
        ("KWD", "amount=26.605&currency=KWD", [26_605, 2_661, 3_991], [8_002, 800, 1_200]),
        ("USDT", "amount=86.552005&currency=USDT", [86_552_005, 8_655_201, 12_982_801], [8_000, 800, 1_200]),
        ("JPY", "amount=80.01&currency=EUR", [12_911, 1_291, 1_937], [8_001, 800, 1_200]),
    ] {
        let programme = programme_in(&world, &base, currency).await;
        let id = format!("{currency}{}", expected[0]);
        let told = report(&world, &programme, &id, order).await;
        assert_eq!(told["status"], "pending", "{told}");
        assert_eq!(amounts(&world, &id).await, expected, "{currency}");
        let offer = json!({ "dimension": "offer", "values": [programme.offer] });
        world.settle().await;
        let question = json!({
            "from": world.now().plus_days(-1).to_string(), "to": world.now().plus_days(1).to_string(),
            "timezone": "Europe/Warsaw", "dimensions": ["offer"], "metrics": ["sale_amount", "payout", "revenue"],
        });
        let rows = world.manager.post("/v1/reports/query", question).await.ok();
        let of_offer = rows["rows"].as_array().expect("rows").iter().find(|row| row[0] == offer["values"][0]);
        let told: Vec<_> =
            of_offer.expect("the offer's").as_array().expect("cells")[1..].iter().map(|cell| cell.as_i64()).collect();
        assert_eq!(told, in_euro.map(Some), "{currency} in euro: {rows}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_are_registered_and_points_are_not_money() {
    let world = World::new().await;
    let programme = world.programme().await;
    let offer = |currency: &str| {
        json!({
            "advertiser_id": programme.advertiser, "name": "In a unit", "currency": currency,
            "landing_url": "https://shop.northwind.example/", "goals": [{ "name": "sale", "payout": { "percent": "10" } }]
        })
    };
    world.manager.post("/v1/offers", offer("USDT")).await.refused(400, "bad_currency");
    let units = world.manager.post("/v1/currencies/units", json!({ "code": "USDT" })).await.ok();
    let usdt = units["units"].as_array().expect("units").iter().find(|unit| unit["code"] == "USDT").expect("USDT");
    assert_eq!((&usdt["decimals"], &usdt["is_registered"]), (&json!(6), &json!(true)));
    world.manager.post("/v1/offers", offer("USDT")).await.ok();
    world.manager.post("/v1/offers", offer("POINTS")).await.refused(400, "bad_currency");
    world.manager.post("/v1/currencies/units", json!({ "code": "POINTS" })).await.refused(422, "invalid_fields");
    world.manager.post("/v1/currencies/units", json!({ "code": "EUR" })).await.refused(422, "invalid_fields");
    let partner = world.partner_member(&programme.partner).await;
    partner.get("/v1/currencies").await.refused(403, "not_permitted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rates_are_brought_by_hand_and_files_are_checked() {
    let world = with_rates().await;
    let set =
        async |body: Value| world.manager.send(reqwest::Method::PUT, "/v1/currencies/rates", Some(body), &[]).await;
    let dollar = set(json!({ "day": "2026-02-02", "from": "USD", "to": "EUR", "rate": "0.9" })).await.ok();
    assert_eq!((&dollar["in_euro"], &dollar["source"]), (&json!("0.9"), &json!("manual")));
    let yen = set(json!({ "day": "2026-02-02", "from": "GBP", "to": "USD", "rate": "1.3" })).await.ok();
    assert_eq!((&yen["currency"], &yen["in_euro"]), (&json!("GBP"), &json!("1.17")), "over what the other is worth");
    set(json!({ "day": "2026-02-02", "from": "GBP", "to": "PLN", "rate": "5" })).await.refused(409, "rate_unknown");
    set(json!({ "day": "2026-02-02", "from": "USD", "to": "EUR", "rate": "0" })).await.refused(422, "invalid_fields");
    set(json!({ "day": "soon", "from": "USD", "to": "EUR", "rate": "1" })).await.refused(422, "invalid_fields");
    let bring = async |csv: &str| world.manager.post("/v1/currencies/rates/file", json!({ "csv": csv })).await;
    bring("USD,JPY\n1,2\n").await.refused(400, "bad_rate_file");
    bring("Date,USD\n2026-02-02,free\n").await.refused(400, "bad_rate_file");
    let listed = world.manager.get("/v1/currencies?currency=USD").await.ok();
    let days: Vec<_> = listed["rates"].as_array().expect("rates").iter().map(|rate| text(rate, "day")).collect();
    assert_eq!(days, ["2026-02-02", "2026-01-30"]);
    let (elsewhere, _) = world.other_workspace().await;
    assert_eq!(elsewhere.get("/v1/currencies").await.ok()["rates"], json!([]));
}
