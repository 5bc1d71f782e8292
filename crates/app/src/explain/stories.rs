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
        "on_reach": "reject"
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
