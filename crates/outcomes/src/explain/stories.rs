//! Stories of decisions that explain themselves.

use kernel::time::{DAY_MS, HOUR_MS};
use serde_json::{Value, json};
use testkit::{Caller, World, text};

/// Why the conversion of an order was decided so.
async fn why(world: &World, reader: &Caller, order: &str) -> Value {
    let conversion = text(&world.conversions_of(order).await[0], "id");
    reader.get(&format!("/v1/conversions/{conversion}/explain")).await.ok()
}

fn step<'v>(told: &'v Value, name: &str) -> &'v Value {
    let steps = told["steps"].as_array().expect("steps");
    steps.iter().find(|step| step["step"] == name).expect("the step")
}

/// The step that spoke, with its reason.
fn spoken(told: &Value) -> (String, String) {
    let steps = told["steps"].as_array().expect("steps");
    let one = steps.iter().find(|step| step["verdict"] == "refused").expect("a step refused it");
    (text(one, "step"), text(one, "reason"))
}

async fn sale(world: &World, click: &str, order: &str) {
    world.postback(&format!("click_id={click}&goal=sale&order_id={order}&amount=80.00&currency=EUR")).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_tells_every_step_and_the_plan_that_priced_it() {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    sale(&world, &click, "A").await;
    let told = why(&world, &world.manager, "A").await;
    assert_eq!((&told["status"], &told["is_traced"]), (&json!("pending"), &json!(true)));
    assert_eq!(step(&told, "price")["values"]["earnings"], json!({"minor": 800, "currency": "EUR"}));
    assert_eq!(step(&told, "price")["values"]["earnings_version"], told["versions"]["earnings_plan"]);
    assert_eq!(step(&told, "attribution")["values"]["attributed_by"], "click_id");
    assert_eq!(step(&told, "start")["verdict"], "waits");
    assert_eq!(told["labels"][&programme.partner], "Trail Notes");
    let passed = told["steps"].as_array().expect("steps").iter().filter(|step| step["verdict"] == "passed").count();
    assert_eq!(passed + 1, told["steps"].as_array().expect("steps").len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_sale_says_by_how_much_whatever_the_offer_says_later() {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    world.pass_days(32).await;
    sale(&world, &click, "late").await;
    let longer = json!({"click_to_conversion_max_days": 60});
    world.manager.patch(&format!("/v1/offers/{}", programme.offer), longer).await.ok();
    let told = why(&world, &world.manager, "late").await;
    assert_eq!(spoken(&told), ("window".to_owned(), "too_late".to_owned()));
    let window = step(&told, "window");
    assert_eq!(window["values"]["max_days"], 30, "the terms in force when it was decided");
    assert_eq!(window["values"]["late_by_seconds"], 2 * DAY_MS / 1_000);
    assert_eq!(window["change"], "It came 2 d after the window of 30 days had closed.");
    assert_eq!(step(&told, "duplicate")["verdict"], "not_reached");
    assert!(told.get("differences").is_none(), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_cap_says_what_was_left_and_partners_read_no_numbers() {
    let world = World::new().await;
    let programme = world.programme().await;
    let cap = json!({
        "metric": "conversions", "period": "total", "scope": "offer", "offer_id": programme.offer, "limit": 1,
        "on_reach": "reject", "thresholds": []
    });
    world.manager.post("/v1/caps", cap).await.ok();
    let [first, second] = [world.click(&programme.slug).await, world.click(&programme.slug).await];
    sale(&world, &first, "one").await;
    sale(&world, &second, "two").await;
    let told = why(&world, &world.manager, "two").await;
    assert_eq!(spoken(&told), ("caps".to_owned(), "cap_offer_total_conversions".to_owned()));
    assert_eq!(step(&told, "caps")["change"], "Room in the cap: 0 of 1 were left, and it needed 1.");
    let partner = world.partner_member(&programme.partner).await;
    let told = why(&world, &partner, "two").await;
    assert_eq!(step(&told, "caps")["values"], json!({}));
    assert_eq!(step(&told, "caps")["change"], "Room in a cap that had been reached.");
    assert!(step(&told, "price")["values"].get("revenue").is_none(), "{told}");
    assert_eq!(step(&told, "price")["values"]["earnings"]["minor"], 800);
    assert!(step(&told, "receipt")["values"].get("trust").is_none() && told["versions"].get("revenue_plan").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_of_every_kind_are_decided_again_as_they_were() {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    sale(&world, &click, "kept").await;
    let other = world.click(&programme.slug).await;
    sale(&world, &other, "kept").await;
    world.postback(&format!("click_id={other}&goal=sale&order_id=odd&amount=80.001&currency=EUR")).await.ok();
    world.postback(&format!("click_id={other}&goal=none&order_id=goal")).await.ok();
    world.postback("click_id=01KAMX4S5T0000000000000000&goal=sale&order_id=forged").await.ok();
    world.postback(&format!("offer_id={}&goal=sale&order_id=nobody", programme.offer)).await.ok();
    world.postback(&format!("click_id={other}&goal=sale&order_id=trash&status=trash")).await.ok();
    let [kept, odd, goal, forged, nobody, trash] =
        ["kept", "odd", "goal", "forged", "nobody", "trash"].map(|order| why(&world, &world.manager, order));
    let reasons = [odd.await, goal.await, forged.await, nobody.await, trash.await].map(|told| spoken(&told).1);
    assert_eq!(reasons, ["bad_amount", "goal_unknown", "bad_click_id", "no_attribution", "bad_contact"]);
    assert_eq!(spoken(&kept.await), ("duplicate".to_owned(), "duplicate_order".to_owned()), "the newer of the two");
    world.advance_millis(HOUR_MS);
    let report = app::explain::again::all(world.platform().app()).await.expect("decided again");
    assert_eq!((report.conversions.decided, report.conversions.untraced, report.conversions.differing), (7, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reads_the_decisions_of_others() {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    sale(&world, &click, "A").await;
    let rival = world.manager.post("/v1/partners", json!({"name": "Rival", "email": "r@rival.example"})).await.ok();
    let rival = world.partner_member(&text(&rival, "id")).await;
    let conversion = text(&world.conversions_of("A").await[0], "id");
    let (elsewhere, _) = world.other_workspace().await;
    for stranger in [rival, elsewhere] {
        stranger.get(&format!("/v1/conversions/{conversion}/explain")).await.refused(404, "not_found");
    }
}

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// A click of somebody at an address, whatever comes of it; its printed id.
fn click_from(world: &World, slug: &str, address: &str) -> String {
    format!("clk_{}", world.click_in_process(slug, address.parse().expect("an address"), FIREFOX))
}

async fn why_click(world: &World, reader: &Caller, click: &str) -> Value {
    world.settle().await;
    reader.get(&format!("/v1/clicks/{click}")).await.ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_turned_away_names_the_condition_of_its_time() {
    let world = World::new().await;
    let programme = world.programme().await;
    let offer = format!("/v1/offers/{}", programme.offer);
    let only = json!({"targeting": [{"field": "country", "mode": "include", "values": ["DE", "PL"]}]});
    world.manager.patch(&offer, only).await.ok();
    let click = click_from(&world, &programme.slug, "203.0.113.9");
    world.manager.patch(&offer, json!({"targeting": []})).await.ok();
    let told = why_click(&world, &world.manager, &click).await;
    assert_eq!((&told["verdict"], &told["reason"]), (&json!("invalid"), &json!("targeting_geo")));
    let decision = &told["decision"];
    assert_eq!(spoken(decision), ("targeting".to_owned(), "targeting_geo".to_owned()));
    assert_eq!(step(decision, "targeting")["change"], "country is unknown; allowed: DE, PL.");
    assert_eq!(step(decision, "offer")["verdict"], "passed");
    assert!(decision.get("differences").is_none(), "{decision}");
    let later = click_from(&world, &programme.slug, "203.0.113.10");
    assert_eq!(why_click(&world, &world.manager, &later).await["verdict"], "valid", "nobody is turned away any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn clicks_are_judged_again_by_the_routes_of_their_time() {
    let world = World::new().await;
    let programme = world.programme().await;
    let offer = format!("/v1/offers/{}", programme.offer);
    let first = click_from(&world, &programme.slug, "203.0.113.7");
    let again = click_from(&world, &programme.slug, "203.0.113.7");
    world.manager.patch(&offer, json!({"state": "paused"})).await.ok();
    let paused = click_from(&world, &programme.slug, "203.0.113.8");
    world.manager.patch(&offer, json!({"state": "active"})).await.ok();
    let partner = format!("/v1/partners/{}", programme.partner);
    world.manager.patch(&partner, json!({"state": "suspended", "state_reason": "looked at"})).await.ok();
    let suspended = click_from(&world, &programme.slug, "203.0.113.8");
    world.manager.patch(&partner, json!({"state": "active"})).await.ok();
    let robot = world.click_in_process(&programme.slug, "203.0.113.8".parse().expect("an address"), "curl/8.5.0");
    let reason = async |click: &str| why_click(&world, &world.manager, click).await["reason"].clone();
    assert_eq!(reason(&paused).await, "offer_paused");
    assert_eq!(reason(&suspended).await, "partner_suspended");
    assert_eq!(reason(&format!("clk_{robot}")).await, "bot");
    let told = why_click(&world, &world.manager, &again).await;
    assert_eq!((&told["verdict"], &told["duplicate_of"]), (&json!("duplicate"), &json!(first)));
    assert_eq!(step(&told["decision"], "duplicate")["verdict"], "marked");
    let report = app::explain::again::all(world.platform().app()).await.expect("judged again");
    assert_eq!((report.clicks.decided, report.clicks.untraced, report.clicks.differing), (5, 0, 0), "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_reads_the_own_clicks_without_what_the_offer_keeps_to_itself() {
    let world = World::new().await;
    let programme = world.programme().await;
    let only = json!({"targeting": [{"field": "source", "mode": "include", "values": ["good"]}]});
    world.manager.patch(&format!("/v1/offers/{}", programme.offer), only).await.ok();
    let click = click_from(&world, &programme.slug, "203.0.113.9");
    let partner = world.partner_member(&programme.partner).await;
    let told = why_click(&world, &partner, &click).await;
    let targeting = step(&told["decision"], "targeting");
    assert_eq!((&targeting["reason"], targeting["values"].get("allowed")), (&json!("source_blocked"), None));
    assert_eq!(targeting["change"], "A visitor whom the offer's conditions let through.");
    assert!(step(&told["decision"], "bot")["values"].get("agent").is_none());
    let rival = world.manager.post("/v1/partners", json!({"name": "Rival", "email": "r@rival.example"})).await.ok();
    let rival = world.partner_member(&text(&rival, "id")).await;
    rival.get(&format!("/v1/clicks/{click}")).await.refused(404, "not_found");
    let (elsewhere, _) = world.other_workspace().await;
    elsewhere.get(&format!("/v1/clicks/{click}")).await.refused(404, "not_found");
}
