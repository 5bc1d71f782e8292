//! A past window priced anew by two people, told through the public door.

use app::identity::actor::Role;
use serde_json::{Value, json};
use testkit::{Programme, World, text};

async fn sale(world: &World, slug: &str, order: &str) -> String {
    let click = world.click(slug).await;
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id={order}");
    text(&world.postback(&query).await.ok(), "conversion_id")
}

async fn act(world: &World, conversion: &str, action: &str) {
    world.manager.post(&format!("/v1/conversions/{conversion}/{action}"), json!({})).await.ok();
}

/// The rules in force at another percentage, tried on all that happened.
async fn tried(world: &World, programme: &Programme, percent: &str) -> Value {
    let plan = world.manager.get(&format!("/v1/offers/{}/plan", programme.offer)).await.ok();
    let mut rules = plan["earnings"]["versions"][0]["rules"].clone();
    for rule in rules.as_array_mut().expect("rules") {
        rule["effect"] = json!({"percent": percent});
    }
    let now = world.now();
    let body = json!({
        "from": now.plus_days(-90).to_string(), "to": now.plus_days(1).to_string(), "earnings": rules
    });
    world.manager.post(&format!("/v1/offers/{}/plan/simulate", programme.offer), body).await.ok()
}

/// Pending, approved, payable and debt of the programme's partner, in cents.
async fn standing(world: &World, programme: &Programme) -> [i64; 4] {
    let balance = world.balance(&programme.partner).await;
    ["pending", "approved", "payable", "debt"].map(|field| balance[field].as_i64().expect("an amount"))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_price_a_window_anew() {
    let world = World::new().await;
    let programme = world.programme().await;
    let locked = sale(&world, &programme.slug, "A").await;
    act(&world, &locked, "approve").await;
    world.pass_days(15).await;
    let approved = sale(&world, &programme.slug, "B").await;
    act(&world, &approved, "approve").await;
    sale(&world, &programme.slug, "C").await;
    let rejected = sale(&world, &programme.slug, "D").await;
    act(&world, &rejected, "reject").await;
    assert_eq!(standing(&world, &programme).await, [800, 800, 800, 0]);

    let simulation = tried(&world, &programme, "12.5").await;
    let new = json!({"simulation_id": text(&simulation, "id"), "words": "promised for the season"});
    let proposed = world.manager.post("/v1/reprices", new.clone()).await.ok();
    assert_eq!((&proposed["state"], &proposed["after"]["earnings_minor"]), (&json!("proposed"), &json!(3_000)));
    world.manager.post("/v1/reprices", new).await.refused(409, "already_exists");
    let path = format!("/v1/reprices/{}", text(&proposed, "id"));
    world.manager.post(&format!("{path}/confirm"), json!({})).await.refused(409, "second_person_needed");
    let finance = world.member(Role::Finance).await;
    world.member(Role::Analyst).await.post(&format!("{path}/confirm"), json!({})).await.refused(403, "not_permitted");
    finance.post(&format!("{path}/confirm"), json!({})).await.ok();
    finance.post(&format!("{path}/confirm"), json!({})).await.refused(409, "already_decided");
    world.settle().await;
    let done = world.manager.get(&path).await.ok();
    assert_eq!(
        (&done["state"], &done["repriced"], &done["passed_over"]),
        (&json!("done"), &json!(3), &json!(0)),
        "{done}"
    );
    assert_eq!(done["earnings_change_minor"], 600);
    assert_eq!(standing(&world, &programme).await, [1_000, 1_000, 1_000, 0]);
    let detail = world.manager.get(&format!("/v1/conversions/{locked}")).await.ok();
    let last = detail["moves"].as_array().and_then(|moves| moves.last()).expect("a move").clone();
    assert_eq!((&last["action"], &last["words"]), (&json!("reprice"), &json!("promised for the season")), "{last}");
    let again = tried(&world, &programme, "12.5").await;
    assert_eq!(again["result"]["before"], again["result"]["after"], "once is enough");
    let whys = again["result"]["reproduction"]["differences"].as_array().expect("differences").clone();
    assert!(whys.len() == 3 && whys.iter().all(|one| one["why"] == "other_version"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_price_after_the_lock_is_taken_from_what_is_payable() {
    let world = World::new().await;
    let programme = world.programme().await;
    let locked = sale(&world, &programme.slug, "A").await;
    act(&world, &locked, "approve").await;
    world.pass_days(15).await;
    let simulation = tried(&world, &programme, "4").await;
    let new = json!({"simulation_id": text(&simulation, "id"), "words": "priced by mistake"});
    let path = format!("/v1/reprices/{}", text(&world.manager.post("/v1/reprices", new.clone()).await.ok(), "id"));
    world.manager.post(&format!("{path}/refuse"), json!({})).await.ok();
    let path = format!("/v1/reprices/{}", text(&world.manager.post("/v1/reprices", new).await.ok(), "id"));
    world.member(Role::Owner).await.post(&format!("{path}/confirm"), json!({})).await.ok();
    world.settle().await;
    assert_eq!(standing(&world, &programme).await, [0, 0, 320, 0]);
}
