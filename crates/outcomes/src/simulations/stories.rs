//! A plan tried on what happened, told through the public door.

use app::simulations::in_force;
use serde_json::{Value, json};
use testkit::{Programme, Reply, World, text};

/// Reports a sale with the order id `order` from a click of its own.
async fn sale(world: &World, slug: &str, order: &str, amount: &str) -> String {
    let click = world.click(slug).await;
    let query = format!("click_id={click}&goal=sale&amount={amount}&currency=EUR&order_id={order}");
    text(&world.postback(&query).await.ok(), "conversion_id")
}

/// A further partner with a link to the programme's offer: the partner and the link's slug.
async fn joins(world: &World, programme: &Programme, name: &str) -> (String, String) {
    let partner = json!({"name": name, "email": format!("{}@partner.example", name.to_lowercase())});
    let partner = text(&world.manager.post("/v1/partners", partner).await.ok(), "id");
    let both = json!({"offer_id": programme.offer, "partner_id": partner});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let slug = text(&world.manager.post("/v1/links", both).await.ok(), "slug");
    (partner, slug)
}

/// The window of the whole story.
fn window(world: &World) -> Value {
    let now = world.now();
    json!({"from": now.plus_days(-60).to_string(), "to": now.plus_days(1).to_string()})
}

async fn simulate(world: &World, programme: &Programme, rules: Value) -> Value {
    let mut body = window(world);
    for (side, rules) in rules.as_object().expect("sides") {
        body[side] = rules.clone();
    }
    world.manager.post(&format!("/v1/offers/{}/plan/simulate", programme.offer), body).await.ok()
}

/// The earnings rules in force.
async fn rules_in_force(world: &World, programme: &Programme) -> Value {
    let plan = world.manager.get(&format!("/v1/offers/{}/plan", programme.offer)).await.ok();
    plan["earnings"]["versions"][0]["rules"].clone()
}

async fn act(world: &World, conversion: &str, action: &str, body: Value) {
    world.manager.post(&format!("/v1/conversions/{conversion}/{action}"), body).await.ok();
}

/// Two partners, sales in every state, another rate half-way: the past of the stories.
async fn lively() -> (World, Programme) {
    let world = World::new().await;
    let programme = world.programme().await;
    let (second, second_slug) = joins(&world, &programme, "Second").await;
    let approved = sale(&world, &programme.slug, "A", "80.00").await;
    act(&world, &approved, "approve", json!({})).await;
    let refunded = sale(&world, &programme.slug, "B", "33.33").await;
    act(&world, &refunded, "approve", json!({})).await;
    act(&world, &refunded, "reverse", json!({"amount": {"minor": 1111, "currency": "EUR"}})).await;
    world.pass_days(16).await;
    let rejected = sale(&world, &second_slug, "C", "10.00").await;
    act(&world, &rejected, "reject", json!({"reason": "unpaid"})).await;
    let rate = json!({"goals": [{"name": "sale", "payout": {"percent": "12.5"}}]});
    let private = format!("/v1/offers/{}/partner-rates/{second}", programme.offer);
    world.manager.put(&private, rate).await.ok();
    let repriced = sale(&world, &second_slug, "D", "19.99").await;
    world.postback("order_id=D&amount=29.99").await.ok();
    act(&world, &repriced, "approve", json!({})).await;
    let reversed = sale(&world, &programme.slug, "E", "50.00").await;
    act(&world, &reversed, "approve", json!({})).await;
    act(&world, &reversed, "reverse", json!({})).await;
    let again = sale(&world, &programme.slug, "F", "0.05").await;
    act(&world, &again, "reject", json!({"reason": "unpaid"})).await;
    act(&world, &again, "reinstate", json!({})).await;
    (world, programme)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_in_force_comes_to_what_stands_to_the_minor_unit() {
    let (world, programme) = lively().await;
    let told = simulate(&world, &programme, json!({})).await;
    assert_eq!((&told["state"], &told["in_force"]), (&json!("done"), &json!(true)));
    let result = &told["result"];
    assert_eq!(result["conversions"], 6);
    assert_eq!(
        (&result["reproduction"]["checked"], &result["reproduction"]["differing"]),
        (&json!(6), &json!(0)),
        "{told}"
    );
    assert_eq!(result["before"], result["after"]);
    assert_eq!((&result["winners"], &result["losers"]), (&json!(0), &json!(0)));
    let stands: i64 = {
        let mut sum = 0;
        for order in ["A", "B", "C", "D", "E", "F"] {
            sum += world.conversions_of(order).await[0]["payout"]["minor"].as_i64().expect("an amount");
        }
        sum
    };
    assert_eq!(result["before"]["earnings_minor"], stands);
    let all = in_force::all(world.platform().app()).await.expect("tried");
    assert_eq!((all.offers, all.checked, all.differing, all.is_same()), (1, 6, 0, true), "{all:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_tells_who_wins_and_who_loses() {
    let (world, programme) = lively().await;
    let mut rules = rules_in_force(&world, &programme).await;
    for rule in rules.as_array_mut().expect("rules") {
        rule["effect"] = json!({"percent": if rule["conditions"]["partner_id"].is_null() { "20" } else { "5" }});
    }
    let told = simulate(&world, &programme, json!({"earnings": rules})).await;
    let result = &told["result"];
    assert_eq!((&result["winners"], &result["losers"]), (&json!(1), &json!(1)), "{told}");
    assert_eq!(result["reproduction"]["differing"], 0);
    let sums: i64 = result["partners"]
        .as_array()
        .expect("partners")
        .iter()
        .map(|one| one["change_minor"].as_i64().expect("minor"))
        .sum();
    let change = result["after"]["earnings_minor"].as_i64().expect("minor")
        - result["before"]["earnings_minor"].as_i64().expect("minor");
    assert_eq!(sums, change);
    assert_eq!(result["sensitivity"].as_array().map(Vec::len), Some(4));
    assert!(told["labels"][result["partners"][0]["partner_id"].as_str().expect("an id")].is_string());

    let path = format!("/v1/simulations/{}", text(&told, "id"));
    assert_eq!(world.manager.get(&path).await.ok()["result"], *result, "it is kept");
    let listed = world.manager.get(&format!("/v1/simulations?offer_id={}", programme.offer)).await.ok();
    assert_eq!(listed["items"][0]["after"], result["after"]);
    let file = world.manager.get(&format!("{path}/file")).await;
    assert_eq!((file.status, file.text.lines().count()), (200, 1 + 2 + 1 + 4 + 1), "{}", file.text);
    assert_eq!(
        world.manager.get("/v1/conversions").await.ok()["items"].as_array().map(Vec::len),
        Some(6),
        "nothing moved"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn partners_and_strangers_see_no_simulation() {
    let (world, programme) = lively().await;
    let told = simulate(&world, &programme, json!({})).await;
    let path = format!("/v1/simulations/{}", text(&told, "id"));
    let partner = world.partner_member(&programme.partner).await;
    partner.get(&path).await.refused(403, "not_permitted");
    let (stranger, _) = world.other_workspace().await;
    stranger.get(&path).await.refused(404, "not_found");
    let door = format!("/v1/offers/{}/plan/simulate", programme.offer);
    stranger.post(&door, window(&world)).await.refused(404, "not_found");
    let mut wrong = window(&world);
    wrong["growth"] = json!(["0"]);
    world.manager.post(&door, wrong).await.refused(422, "invalid_fields");
}

async fn draft(world: &World, programme: &Programme, body: Value) -> Value {
    world.manager.post(&format!("/v1/offers/{}/plan/drafts", programme.offer), body).await.ok()
}

async fn switch_on(world: &World, draft: &Value, body: Value) -> Reply {
    world.manager.post(&format!("/v1/plan-drafts/{}/switch-on", text(draft, "id")), body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_switched_on_with_what_was_found_of_it() {
    let (world, programme) = lively().await;
    let lines = json!({"text": "earnings\n12% ; goal sale\nrevenue\n15% ; goal sale"});
    let draft = draft(&world, &programme, lines).await;
    let path = format!("/v1/plan-drafts/{}", text(&draft, "id"));
    let told = world.manager.post(&format!("{path}/simulate"), window(&world)).await.ok();
    let result = &told["result"];
    assert_eq!((&told["draft_id"], &told["in_force"]), (&draft["id"], &json!(false)));
    assert_eq!((&result["winners"], &result["losers"]), (&json!(1), &json!(1)), "{told}");
    assert_eq!(result["after"]["revenue_minor"], result["before"]["revenue_minor"], "what is charged stays");
    let other = simulate(&world, &programme, json!({})).await;
    let wrong = json!({"simulation_id": other["id"]});
    switch_on(&world, &draft, wrong).await.refused(422, "invalid_fields");
    let tried = json!({"simulation_id": told["id"]});
    world.manager.put(&path, json!({"text": "earnings\n13% ; goal sale"})).await.ok();
    switch_on(&world, &draft, tried.clone()).await.refused(422, "invalid_fields");
    world.manager.put(&path, json!({"text": draft["text"]})).await.ok();
    switch_on(&world, &draft, tried).await.ok();
    let rows = world.manager.get("/v1/audit").await.ok();
    let switched = |row: &&Value| row["action"] == "plan.switched_on";
    let row = rows["items"].as_array().and_then(|rows| rows.iter().find(switched)).expect("it is remembered").clone();
    let found = &row["after"]["simulation"];
    assert_eq!((&found["id"], &found["after"]), (&told["id"], &result["after"]), "{row}");
    sale(&world, &programme.slug, "G", "80.00").await;
    assert_eq!(world.conversions_of("G").await[0]["payout"]["minor"], 960);
    let kept = world.manager.get(&format!("/v1/simulations/{}", text(&told, "id"))).await.ok();
    assert_eq!(kept["result"], *result, "it outlives its draft");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_counts_comes_to_what_stands_too() {
    let world = World::new().await;
    let programme = world.programme().await;
    let lines = "earnings\n10% ; goal sale ; limit 30.00 per partner per month\n12% ; goal sale ; tags early\n\
                 14% ; goal sale ; nth 2..2\nrevenue\ntier conversions marginal month: 0 12.00, 3 10.00 ; goal sale";
    let made = draft(&world, &programme, json!({"text": lines})).await;
    switch_on(&world, &made, json!({})).await.ok();
    let from = world.now();
    let partner = format!("/v1/partners/{}", programme.partner);
    world.manager.patch(&partner, json!({"tags": ["early"]})).await.ok();
    sale(&world, &programme.slug, "A", "80.00").await;
    world.manager.patch(&partner, json!({"tags": []})).await.ok();
    for order in ["B", "C", "D", "E"] {
        sale(&world, &programme.slug, order, "100.00&customer_id=c-1").await;
    }
    world.postback("order_id=C&status=cancelled").await.ok();
    sale(&world, &programme.slug, "F", "100.00").await;
    world.postback("order_id=F&amount=70.00").await.ok();
    let window = json!({"from": from.to_string(), "to": from.plus_days(1).to_string()});
    let unchanged = draft(&world, &programme, json!({})).await;
    let path = format!("/v1/plan-drafts/{}/simulate", text(&unchanged, "id"));
    let told = world.manager.post(&path, window.clone()).await.ok();
    let result = &told["result"];
    assert_eq!((&told["in_force"], &result["conversions"]), (&json!(true), &json!(6)), "{told}");
    assert_eq!(result["before"], result["after"]);
    assert_eq!(result["reproduction"]["differing"], 0, "{told}");
    let changed = json!({"text": format!("{}\n", lines.replace("12%", "20%"))});
    let changed = draft(&world, &programme, changed).await;
    let path = format!("/v1/plan-drafts/{}/simulate", text(&changed, "id"));
    let told = world.manager.post(&path, window).await.ok();
    let goals = &told["result"]["goals"][0];
    assert_eq!(goals["conversions"], 6);
    let change = told["result"]["partners"][0]["change_minor"].as_i64().expect("an amount");
    assert!(change >= 640, "A was made when its partner was early: {told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_whole_tier_settled_is_what_it_comes_to() {
    let world = World::new().await;
    let programme = world.programme().await;
    let lines = "earnings\ntier conversions whole month: 0 5.00, 3 6.00 ; goal sale";
    let made = draft(&world, &programme, json!({"text": lines})).await;
    switch_on(&world, &made, json!({})).await.ok();
    let from = world.now();
    for order in ["A", "B", "C"] {
        sale(&world, &programme.slug, order, "80.00").await;
    }
    // The window ends in the middle of the month that is settled.
    let window = json!({"from": from.to_string(), "to": from.plus_days(1).to_string()});
    world.advance_millis(2 * kernel::time::DAY_MS);
    sale(&world, &programme.slug, "D", "80.00").await;
    let door = format!("/v1/offers/{}/plan/simulate", programme.offer);
    let running = world.manager.post(&door, window.clone()).await.ok();
    assert_eq!(
        (&running["result"]["reproduction"]["differing"], running["result"]["after"]["earnings_minor"].as_i64()),
        (&json!(0), Some(1_600))
    );
    world.pass_days(31).await;
    let settled = world.manager.post(&door, window).await.ok();
    let result = &settled["result"];
    assert_eq!((&result["conversions"], &result["reproduction"]["differing"]), (&json!(3), &json!(0)), "{settled}");
    assert_eq!((&result["before"], result["after"]["earnings_minor"].as_i64()), (&result["after"], Some(1_800)));
}
