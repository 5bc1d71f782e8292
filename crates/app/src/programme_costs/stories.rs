//! Stories of costs: written down, changed, taken out, loaded from a file, and counted in CPA and ROI.

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{World, text};

const METRICS: [&str; 8] =
    ["bonuses", "placement_costs", "fees", "other_costs", "programme_costs", "payout", "cpa", "roi"];

fn cost(category: &str, date: &str, minor: i64) -> Value {
    json!({"category": category, "date": date, "amount": {"minor": minor, "currency": "EUR"}})
}

async fn add(world: &World, body: Value) -> Value {
    world.manager.post("/v1/programme-costs", body).await.ok()
}

fn today(world: &World) -> String {
    world.now().to_string()[..10].to_owned()
}

fn asked(metrics: &[&str], dimensions: &[&str]) -> Value {
    json!({"from": "2026-02-01", "to": "2026-02-28", "dimensions": dimensions, "metrics": metrics})
}

async fn report(world: &World, question: Value) -> Value {
    world.settle().await;
    world.manager.post("/v1/reports/query", question).await.ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_was_spent_is_in_cpa_and_roi() {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    let sale = format!("click_id={click}&goal=sale&amount=1000.00&currency=EUR&order_id=A-1&customer_id=c-1");
    world.postback(&sale).await;
    let conversion = text(&world.conversions_of("A-1").await[0], "id");
    world.manager.post(&format!("/v1/conversions/{conversion}/approve"), json!({})).await.ok();
    let before = report(&world, asked(&METRICS, &[])).await["totals"].clone();
    assert_eq!((&before["payout"], &before["cpa"]), (&json!(10_000), &json!(100_000_000)), "100.00 for one customer");
    assert_eq!(before["roi"], 0.5, "150.00 charged for 100.00 earned");

    let day = today(&world);
    add(&world, cost("fees", &day, 1_000)).await;
    add(&world, cost("salaries", "2026-02", 28_000)).await;
    let bonus = json!({
        "partner_id": programme.partner, "kind": "bonus", "amount": {"minor": 2_000, "currency": "EUR"}, "reason": "Well done"
    });
    world.manager.post("/v1/adjustments", bonus).await.ok();
    let slot = json!({
        "partner_id": programme.partner, "offer_id": programme.offer, "kind": "review", "title": "Boots", "day": day,
        "fee": {"minor": 3_000, "currency": "EUR"}, "sample": "Boots", "sample_cost": {"minor": 1_000, "currency": "EUR"}
    });
    let slot = format!("/v1/placements/{}", text(&world.manager.post("/v1/placements", slot).await.ok(), "id"));
    let agreed = report(&world, asked(&METRICS, &[])).await["totals"].clone();
    assert_eq!(agreed["placement_costs"], 0, "nothing is spent before it is accepted");
    world.manager.post(&format!("{slot}/prove"), json!({"note": "Seen"})).await.ok();
    world.manager.post(&format!("{slot}/accept"), json!({})).await.ok();

    let spent = report(&world, asked(&METRICS, &[])).await["totals"].clone();
    let parts =
        ["bonuses", "placement_costs", "fees", "other_costs", "programme_costs"].map(|name| spent[name].clone());
    assert_eq!(parts, [2_000, 4_000, 1_000, 28_000, 35_000].map(Value::from));
    assert_eq!(spent["cpa"], 450_000_000, "450.00: 100 earned, 350 beside");
    assert_eq!(spent["roi"], (15_000.0 - 45_000.0) / 45_000.0);

    world.manager.post(&format!("{slot}/cancel"), json!({"note": "Taken down"})).await.ok();
    assert_eq!(report(&world, asked(&["programme_costs"], &[])).await["totals"]["programme_costs"], 31_000);
    let by_day = report(&world, asked(&["other_costs"], &["day"])).await;
    assert_eq!(by_day["rows"].as_array().map(Vec::len), Some(28), "a month's cost is spread over its days");
    assert_eq!(by_day["rows"][0], json!(["2026-02-01", 1_000]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cost_is_told_by_what_it_belongs_to_and_not_by_what_it_does_not() {
    let world = World::new().await;
    let programme = world.programme().await;
    let mut own = cost("ads", &today(&world), 5_000);
    own["offer_id"] = json!(programme.offer);
    own["partner_id"] = json!(programme.partner);
    let added = add(&world, own).await;
    assert_eq!(added["advertiser_id"], json!(programme.advertiser), "the offer's");
    add(&world, cost("tools", &today(&world), 700)).await;
    let by = async |dimension: &str| report(&world, asked(&["programme_costs"], &[dimension])).await;
    for (dimension, id) in
        [("offer", &programme.offer), ("partner", &programme.partner), ("advertiser", &programme.advertiser)]
    {
        let told = by(dimension).await;
        assert_eq!(told["rows"], json!([[id, 5_000], [null, 700]]), "{dimension}");
        assert_eq!(told["unknown_to_costs"], json!([]));
    }
    let told = by("country").await;
    assert_eq!((&told["rows"], &told["unknown_to_costs"]), (&json!([[null, 5_700]]), &json!(["country"])));
    let mut filtered = asked(&["programme_costs"], &[]);
    filtered["filters"] = json!([{"field": "country", "values": ["PL"]}]);
    let told = report(&world, filtered.clone()).await;
    assert_eq!((&told["totals"]["programme_costs"], &told["unknown_to_costs"]), (&json!(0), &json!(["country"])));
    filtered["filters"] = json!([{"field": "partner", "values": [programme.partner]}]);
    assert_eq!(report(&world, filtered).await["totals"]["programme_costs"], 5_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cost_without_a_rate_stands_apart() {
    let world = World::new().await;
    let mut dollars = cost("tools", &today(&world), 2_000);
    dollars["amount"]["currency"] = json!("USD");
    add(&world, dollars).await;
    add(&world, cost("tools", &today(&world), 700)).await;
    let apart = report(&world, asked(&["other_costs"], &[])).await["totals"].clone();
    assert_eq!((&apart["other_costs"], &apart["other_costs_usd"]), (&json!(700), &json!(2_000)));
    let rate = json!({"day": today(&world), "from": "USD", "to": "EUR", "rate": "0.5"});
    world.manager.put("/v1/currencies/rates", rate).await.ok();
    let told = report(&world, asked(&["other_costs"], &[])).await["totals"].clone();
    assert_eq!((&told["other_costs"], &told["other_costs_usd"]), (&json!(1_700), &Value::Null));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_counted_at_a_moment_stays_so() {
    let world = World::new().await;
    let first = add(&world, cost("ads", &today(&world), 5_000)).await;
    let path = format!("/v1/programme-costs/{}", text(&first, "id"));
    let noted = world.now();
    world.pass_days(1).await;
    let changed = world.manager.put(&path, cost("ads", "2026-02-02", 4_000)).await.ok();
    assert_eq!(changed["replaces"], first["id"]);
    world.manager.put(&path, cost("ads", "2026-02-02", 1)).await.refused(409, "illegal_move");
    let count = async |as_of: Option<String>| {
        let mut question = asked(&["other_costs"], &[]);
        question["as_of"] = json!(as_of);
        report(&world, question).await["totals"]["other_costs"].clone()
    };
    assert_eq!((count(None).await, count(Some(noted.to_string())).await), (json!(4_000), json!(5_000)));
    let path = format!("/v1/programme-costs/{}", text(&changed, "id"));
    world.manager.post(&format!("{path}/remove"), json!({"note": " "})).await.refused(422, "invalid_fields");
    world.manager.post(&format!("{path}/remove"), json!({"note": "Counted twice"})).await.ok();
    world.manager.post(&format!("{path}/remove"), json!({"note": "Again"})).await.refused(409, "illegal_move");
    assert_eq!(count(None).await, json!(0));
    let taken = world.manager.get("/v1/programme-costs?removed=true").await.ok();
    assert_eq!(taken["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(world.manager.get("/v1/programme-costs").await.ok()["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_taken_whole_or_not_at_all_and_once() {
    let world = World::new().await;
    let load = async |csv: &str| world.manager.post("/v1/programme-costs/file", json!({"csv": csv})).await;
    let good = "date,category,amount,currency,note\n2026-02,salaries,4200.00,EUR,\n2026-02-03,ads,120.00,EUR,Search\n";
    let bad = format!("{good}2026-02-04,ads,0,EUR,\n");
    let refused = load(&bad).await.refused(400, "bad_cost_file");
    assert!(refused.text.contains("line 4"), "{}", refused.text);
    load("date,category,amount,currency,offer\n2026-02,ads,1,EUR,ofr_01KAMX4S5T0000000000000000\n")
        .await
        .refused(400, "bad_cost_file");
    assert_eq!(world.manager.get("/v1/programme-costs").await.ok()["items"], json!([]));
    assert_eq!(load(good).await.ok()["added"], 2);
    load(good).await.refused(409, "already_exists");
    let ads = world.manager.get("/v1/programme-costs?category=ads&from=2026-02-01&to=2026-02").await.ok();
    assert_eq!(ads["items"][0]["amount"]["minor"], 12_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn costs_are_for_staff_alone() {
    let world = World::new().await;
    let programme = world.programme().await;
    add(&world, cost("salaries", "2026-02", 420_000)).await;
    let (own, shop) =
        (world.partner_member(&programme.partner).await, world.advertiser_member(&programme.advertiser).await);
    for outsider in [&own, &shop] {
        outsider.get("/v1/programme-costs").await.refused(403, "not_permitted");
        let asked = asked(&["programme_costs"], &[]);
        assert_eq!(outsider.post("/v1/reports/query", asked).await.code(), "unknown_metric");
    }
    let analyst = world.member(Role::Analyst).await;
    analyst.post("/v1/programme-costs", cost("ads", "2026-02", 1)).await.refused(403, "not_permitted");
    assert_eq!(analyst.get("/v1/programme-costs").await.ok()["items"].as_array().map(Vec::len), Some(1));
    let (elsewhere, _) = world.other_workspace().await;
    assert_eq!(elsewhere.get("/v1/programme-costs").await.ok()["items"], json!([]));
    let mut foreign = cost("ads", "2026-02", 1);
    foreign["offer_id"] = json!(programme.offer);
    elsewhere.post("/v1/programme-costs", foreign.clone()).await.refused(404, "not_found");
    let other = text(&world.manager.post("/v1/advertisers", json!({"name": "Southwind"})).await.ok(), "id");
    foreign["advertiser_id"] = json!(other);
    world.manager.post("/v1/programme-costs", foreign).await.refused(422, "invalid_fields");
}
