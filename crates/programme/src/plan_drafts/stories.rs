//! Plans by people: drafted, looked over, tried, switched on, and what sales earn by them then.

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{Programme, World, text};

async fn draft(world: &World, made: &Programme, body: Value) -> Value {
    world.manager.post(&format!("/v1/offers/{}/plan/drafts", made.offer), body).await.ok()
}

async fn switch_on(world: &World, draft: &Value, valid_from: Value) -> Value {
    let path = format!("/v1/plan-drafts/{}/switch-on", text(draft, "id"));
    world.manager.post(&path, json!({"valid_from": valid_from})).await.ok()
}

/// Makes lines of rules the plan at once.
async fn plan(world: &World, made: &Programme, lines: &str) {
    let draft = draft(world, made, json!({"text": lines})).await;
    assert_eq!(draft["findings"], json!([]), "{draft}");
    switch_on(world, &draft, Value::Null).await;
}

/// What a sale of 80.00 with another click earns.
async fn sells(world: &World, made: &Programme, order: &str, more: &str) -> i64 {
    let click = world.click(&made.slug).await;
    let query = format!("click_id={click}&goal=sale&amount=80.00&order_id={order}{more}");
    world.postback(&query).await.ok();
    earned(world, order).await
}

async fn earned(world: &World, order: &str) -> i64 {
    world.conversions_of(order).await[0]["payout"]["minor"].as_i64().expect("an amount")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_becomes_the_plan_from_its_day() {
    let world = World::new().await;
    let made = world.programme().await;
    world.manager.patch(&format!("/v1/partners/{}", made.partner), json!({"group": "gold"})).await.ok();
    let lines = "earnings\n10% ; goal sale\n12.5% ; goal sale ; groups gold ; name \"Gold partners\"";
    let draft = draft(&world, &made, json!({"text": lines})).await;
    assert_eq!(draft["findings"], json!([]));
    assert_eq!(draft["revenue"].as_array().map(Vec::len), Some(1), "a side that is not named stays");
    let again = json!({"text": draft["text"]});
    let kept = world.manager.put(&format!("/v1/plan-drafts/{}", text(&draft, "id")), again).await.ok();
    assert_eq!((&kept["earnings"], &kept["revenue"]), (&draft["earnings"], &draft["revenue"]), "a text loses nothing");
    let asked = json!({"draft_id": draft["id"], "partner_id": made.partner, "amount_minor": 8_000});
    let tried = world.manager.post(&format!("/v1/offers/{}/plan/try", made.offer), asked).await.ok();
    assert_eq!((&tried["earnings"]["minor"], &tried["revenue"]["minor"]), (&json!(1_000), &json!(1_200)));
    assert_eq!(tried["earnings"]["words"], "12.5% of 80.00 EUR");
    assert_eq!(tried["earnings"]["lost"][0]["because"], "less_specific");
    let from = world.now().plus_days(1);
    let plans = switch_on(&world, &draft, json!(from)).await;
    assert_eq!(plans["earnings"]["versions"][0]["rules"], draft["earnings"]);
    assert_eq!(plans["revenue"]["versions"].as_array().map(Vec::len), Some(1), "what is as before needs no version");
    assert_eq!(sells(&world, &made, "A", "").await, 800, "not yet");
    world.pass_days(1).await;
    assert_eq!(sells(&world, &made, "B", "").await, 1_000);
    let conversion = text(&world.conversions_of("B").await[0], "id");
    let why = world.manager.get(&format!("/v1/conversions/{conversion}/explain")).await.ok();
    let steps = why["steps"].as_array().expect("steps");
    let priced = steps.iter().find(|step| step["step"] == "price").expect("it was priced");
    assert_eq!(priced["values"]["earnings_rule"], draft["earnings"][1]["id"]);
    let gone = format!("/v1/plan-drafts/{}", text(&draft, "id"));
    world.manager.get(&gone).await.refused(404, "not_found");
    let audit = world.manager.get("/v1/audit").await.ok();
    let told = audit["items"].as_array().expect("rows").iter().any(|row| row["action"] == "plan.switched_on");
    assert!(told, "{audit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tried_sale_names_what_it_gives_beside_its_price() {
    let world = World::new().await;
    let made = world.programme().await;
    let lines = [
        "10% ; goal sale",
        "bonus conversions month: 2 50.00 ; goal sale ; name Two",
        "bonus conversions month: 50 100.00 ; goal sale ; name Fifty",
        "bonus conversions month: 5 100.00 ; countries DE ; name \"Only Germany\"",
        "recruiter 1 5% of payout for life",
        "recruiter 1 8% of payout for life ; goal sale ; name Strongest",
    ];
    let draft = draft(&world, &made, json!({"text": format!("earnings\n{}", lines.join("\n"))})).await;
    let asked = json!({"draft_id": draft["id"], "partner_id": made.partner, "amount_minor": 8_000, "country": "PL"});
    let tried = world.manager.post(&format!("/v1/offers/{}/plan/try", made.offer), asked).await.ok();
    assert_eq!(tried["earnings"]["minor"], 800, "the price is what it was");
    let beside = tried["beside"].as_array().expect("a list").iter();
    let names: Vec<_> = beside.map(|one| one["rule_name"].as_str().unwrap_or_default()).collect();
    assert_eq!(names, ["Two", "Fifty", "Strongest"], "every bonus that fits, one share of a level");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_reads_all_its_own_rates_and_nobody_elses() {
    let world = World::new().await;
    let made = world.programme().await;
    world.manager.patch(&format!("/v1/partners/{}", made.partner), json!({"group": "gold"})).await.ok();
    let lines = [
        "10% ; goal sale",
        "12% ; goal sale ; groups gold",
        "13% ; goal sale ; groups silver",
        "14% ; goal sale ; countries PL",
    ];
    let overlapping = draft(&world, &made, json!({"text": lines.join("\n")})).await;
    switch_on(&world, &overlapping, Value::Null).await;
    let offer = format!("/v1/offers/{}", made.offer);
    let told = world.partner_member(&made.partner).await.get(&offer).await.ok();
    let goal = &told["goals"][0]["id"];
    assert_eq!(told["goals"][0]["payout"], json!({"percent": "12"}));
    let mut rates = told["rates"].as_array().expect("rates").clone();
    rates.sort_by_key(|rate| text(&rate["effect"], "percent"));
    let own = json!({"conditions": {"goal_id": goal}, "effect": {"percent": "12"}, "limits": []});
    let poland =
        json!({"conditions": {"goal_id": goal, "countries": ["PL"]}, "effect": {"percent": "14"}, "limits": []});
    assert_eq!(rates, [own, poland], "what its group's rate beats is left out, and the group is not named");
    assert_eq!(world.manager.get(&offer).await.ok()["rates"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_counts_what_is_still_worth_something() {
    let world = World::new().await;
    let made = world.programme().await;
    plan(&world, &made, "10% ; goal sale ; limit 10.00 per partner per month").await;
    assert_eq!(sells(&world, &made, "A", "").await, 800);
    assert_eq!(sells(&world, &made, "B", "").await, 200, "no more than is left");
    assert_eq!(sells(&world, &made, "C", "").await, 0);
    world.postback("order_id=B&amount=40.00").await.ok();
    assert_eq!(earned(&world, "B").await, 200, "another order value is priced by what was known then");
    world.postback("order_id=A&status=cancelled").await.ok();
    assert_eq!(sells(&world, &made, "D", "").await, 800, "what was rejected gives its part back");
    let (one, other) = (world.click(&made.slug).await, world.click(&made.slug).await);
    let sale = |click: &str, order: &str| format!("click_id={click}&goal=sale&amount=80.00&order_id={order}");
    let (one, other) = (sale(&one, "E"), sale(&other, "F"));
    tokio::join!(world.postback(&one), world.postback(&other));
    assert_eq!(earned(&world, "E").await + earned(&world, "F").await, 0, "nor do sales of one batch pass it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tier_steps_up_as_sales_come_in() {
    let world = World::new().await;
    let made = world.programme().await;
    plan(&world, &made, "tier conversions marginal month: 0 5.00, 2 6.00 ; goal sale").await;
    let mut earned = Vec::new();
    for order in ["A", "B", "C"] {
        earned.push(sells(&world, &made, order, "").await);
    }
    assert_eq!(earned, [500, 500, 600]);
    world.pass_days(31).await;
    assert_eq!(sells(&world, &made, "D", "").await, 500, "a month begins anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_tier_is_settled_at_the_month_s_end() {
    let world = World::new().await;
    let made = world.programme().await;
    plan(&world, &made, "tier conversions whole month: 0 5.00, 3 6.00 ; goal sale").await;
    for (order, earns) in [("A", 500), ("B", 500), ("C", 600)] {
        assert_eq!(sells(&world, &made, order, "").await, earns, "{order}");
    }
    world.postback("order_id=A&status=refunded&amount=40.00").await.ok();
    world.pass_days(31).await;
    assert_eq!((earned(&world, "A").await, earned(&world, "B").await), (300, 600), "half of A was refunded");
    assert_eq!(earned(&world, "C").await, 600);
    assert_eq!(sells(&world, &made, "D", "").await, 500);
    world.pass_days(1).await;
    assert_eq!(earned(&world, "B").await, 600, "a period is settled once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_known_by_what_it_did_before() {
    let world = World::new().await;
    let made = world.programme().await;
    let lines = "recurring 10% for 1 months ; goal sale\n12% ; goal sale ; nth 2..2\n9.00 ; goal sale ; customer new ; priority 1";
    plan(&world, &made, lines).await;
    assert_eq!(sells(&world, &made, "A", "&customer_id=c-1").await, 900, "a new customer");
    assert_eq!(sells(&world, &made, "B", "&customer_id=c-1").await, 960, "its second order");
    assert_eq!(sells(&world, &made, "C", "&customer_id=c-1").await, 800, "within the month");
    world.pass_days(32).await;
    assert_eq!(sells(&world, &made, "D", "&customer_id=c-1").await, 0, "the term is over");
    assert_eq!(sells(&world, &made, "E", "").await, 800, "an unknown customer is always at its first");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_pasted() {
    let world = World::new().await;
    let made = world.programme().await;
    let rows = json!([
        {"goal": "sale", "rate": "10%", "revenue": "15%"},
        {"goal": "sale", "country": "de", "rate": "16%"},
        {"goal": "sale", "country": "AT", "traffic_type": "seo", "rate": "9.60", "revenue": "12.00"}
    ]);
    let made_of = draft(&world, &made, json!({"card": rows})).await;
    let kinds: Vec<_> = made_of["findings"].as_array().expect("a list").iter().map(|one| text(one, "kind")).collect();
    assert_eq!(kinds, ["loses_money"], "{made_of}");
    let card = world.manager.get(&format!("/v1/plan-drafts/{}/card", text(&made_of, "id"))).await.ok();
    assert_eq!((&card["currency"], &card["other_rules"]), (&json!("EUR"), &json!(0)));
    assert_eq!(card["rows"][0]["margin"], json!({"percent": "5"}));
    let germany = card["rows"].as_array().expect("rows").iter().find(|row| row["country"] == "DE").expect("Germany");
    assert_eq!((&germany["rate"], &germany["margin"]), (&json!({"percent": "16"}), &json!({"percent": "-1"})));
    let back = json!({"card": [{"goal": "nonsense", "rate": "10%"}]});
    let path = format!("/v1/offers/{}/plan/drafts", made.offer);
    world.manager.post(&path, back).await.refused(422, "invalid_fields");
    let twice = json!({"card": [{"goal": "sale", "rate": "10%"}, {"goal": "sale", "rate": "11%"}]});
    world.manager.post(&path, twice).await.refused(422, "invalid_fields");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_of_an_older_plan_is_refused() {
    let world = World::new().await;
    let made = world.programme().await;
    let copy = draft(&world, &made, json!({})).await;
    plan(&world, &made, "11% ; goal sale").await;
    let path = format!("/v1/plan-drafts/{}", text(&copy, "id"));
    world.manager.post(&format!("{path}/switch-on"), json!({})).await.refused(409, "draft_outdated");
    let fresh = world.manager.put(&path, json!({})).await.ok();
    assert_eq!(fresh["earnings"][0]["effect"], json!({"percent": "11"}));
    switch_on(&world, &fresh, Value::Null).await;
    let past = draft(&world, &made, json!({"text": "12% ; goal sale"})).await;
    let past = format!("/v1/plan-drafts/{}/switch-on", text(&past, "id"));
    let body = json!({"valid_from": world.now().plus_days(-1)});
    world.manager.post(&past, body).await.refused(422, "invalid_fields");
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&format!("/v1/offers/{}/plan/card", made.offer)).await.refused(404, "not_found");
    stranger.post(&past, json!({})).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_rule_is_refused() {
    let world = World::new().await;
    let made = world.programme().await;
    let path = format!("/v1/offers/{}/plan/drafts", made.offer);
    for (body, status, code) in [
        (json!({"text": "10% ; colour red"}), 422, "invalid_fields"),
        (json!({"text": "1001%"}), 422, "invalid_fields"),
        (json!({"text": "10%", "card": []}), 422, "invalid_fields"),
        (json!({"earnings": [{"effect": {"percent": "10"}, "conditions": {"country": ["DE"]}}]}), 400, "bad_body"),
        (
            json!({"earnings": [{"effect": {"percent": "10"}, "conditions": {"countries": ["Germany"]}}]}),
            422,
            "invalid_fields",
        ),
        (
            json!({"revenue": [{"effect": {"percent": "10"}, "limits": [{"per": "all", "period": "day", "minor": 1}]}]}),
            422,
            "invalid_fields",
        ),
        (json!({"text": "tier conversions whole total: 0 5%, 10 6%"}), 422, "invalid_fields"),
    ] {
        world.manager.post(&path, body).await.refused(status, code);
    }
    let partner = world.partner_member(&made.partner).await;
    partner.get(&path).await.refused(403, "not_permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_leaves_too_little_needs_a_reason() {
    let world = World::new().await;
    let made = world.programme().await;
    let owner = world.member(Role::Owner).await;
    owner.patch("/v1/workspace", json!({"margin_floor": "101"})).await.refused(422, "invalid_fields");
    owner.patch("/v1/workspace", json!({"margin_floor": "15"})).await.ok();
    let lines = "earnings\n10.21% ; goal sale\nrevenue\n12% ; goal sale";
    let thin = draft(&world, &made, json!({"text": lines})).await;
    assert_eq!(thin["findings"][0]["kind"], "below_margin_floor", "{thin}");
    let path = format!("/v1/plan-drafts/{}/switch-on", text(&thin, "id"));
    world.manager.post(&path, json!({})).await.refused(409, "margin_too_thin");
    assert_eq!(sells(&world, &made, "A", "").await, 800, "nothing changed");
    world.manager.post(&path, json!({"margin_words": "the season's best partner stays"})).await.ok();
    assert_eq!(sells(&world, &made, "B", "").await, 817);
    let log = world.manager.get("/v1/audit?action=plan.switched_on").await.ok();
    assert_eq!(log["items"][0]["after"]["margin_words"], "the season's best partner stays");

    let goals = json!({"goals": [{"name": "sale", "payout": {"percent": "10.2"}}]});
    let rates = format!("/v1/offers/{}/partner-rates/{}", made.offer, made.partner);
    world.manager.put(&rates, goals).await.ok();
    let goals = json!({"goals": [{"name": "sale", "payout": {"percent": "11"}}]});
    world.manager.put(&rates, goals).await.refused(409, "margin_too_thin");
    let offer = world.manager.get(&format!("/v1/offers/{}", made.offer)).await.ok();
    let goal = format!("/v1/offers/{}/goals/{}", made.offer, text(&offer["goals"][0], "id"));
    world.manager.patch(&goal, json!({"revenue": {"percent": "11.9"}})).await.refused(409, "margin_too_thin");
    world.manager.patch(&goal, json!({"name": "order"})).await.ok();
    let partner = world.partner_member(&made.partner).await;
    assert_eq!(partner.get("/v1/workspace").await.ok()["margin_floor"], Value::Null, "partners do not read it");
}
