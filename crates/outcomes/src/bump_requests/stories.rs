//! A partner asks for a rate, told through the public door.

use app::identity::Role;
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

async fn sale(world: &World, slug: &str, order: &str) -> Value {
    let click = world.click(slug).await;
    world.postback(&format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id={order}")).await.ok();
    world.conversions_of(order).await[0]["payout"]["minor"].clone()
}

async fn asked(world: &World, percent: &str) -> (Programme, Caller, String) {
    let programme = world.programme().await;
    let partner = world.partner_member(&programme.partner).await;
    let wish = json!({"offer_id": programme.offer, "wanted": {"percent": percent}, "words": "400 sales last month"});
    let made = partner.post("/v1/bump-requests", wish).await.ok();
    let path = format!("/v1/bump-requests/{}", text(&made, "id"));
    (programme, partner, path)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_request_is_a_private_rate_until_its_last_day() {
    let world = World::new().await;
    let (programme, partner, path) = asked(&world, "12.5").await;
    assert_eq!(sale(&world, &programme.slug, "A").await, 800);
    let figures = world.manager.get(&format!("{path}/figures")).await.ok();
    assert_eq!(figures["present"], json!({"percent": "10"}));
    let month = &figures["windows"][0];
    assert_eq!((&month["pending"], &month["now"]["earnings_minor"]), (&json!(1), &json!(800)), "{figures}");
    assert_eq!(month["at_the_rate"]["earnings_minor"], 1_000);
    assert_eq!((&month["ecpa_now_minor"], &month["ecpa_at_the_rate_minor"]), (&json!(800), &json!(1_000)));
    partner.get(&format!("{path}/figures")).await.refused(403, "not_permitted");
    partner.patch(&path, json!({"state": "accepted"})).await.refused(409, "illegal_move");
    let until = &world.now().plus_days(10).to_string()[..10];
    let accepted = world.manager.patch(&path, json!({"state": "accepted", "until": until})).await.ok();
    assert_eq!(accepted["state"], "accepted");
    assert_eq!(sale(&world, &programme.slug, "B").await, 1_000);
    world.pass_days(12).await;
    assert_eq!(sale(&world, &programme.slug, "C").await, 800, "after its last day the offer's rate again");
    world.manager.patch(&path, json!({"state": "declined", "words": "no"})).await.refused(409, "illegal_move");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_is_the_partner_s_to_accept() {
    let world = World::new().await;
    let (programme, partner, path) = asked(&world, "14").await;
    let twice = json!({"offer_id": programme.offer, "wanted": {"percent": "15"}});
    partner.post("/v1/bump-requests", twice).await.refused(409, "already_exists");
    world.manager.patch(&path, json!({"state": "countered"})).await.refused(422, "invalid_fields");
    let counter = json!({"state": "countered", "rate": {"percent": "11"}, "words": "for a start"});
    world.manager.patch(&path, counter).await.ok();
    world.manager.patch(&path, json!({"state": "accepted"})).await.refused(409, "illegal_move");
    let seen = partner.get("/v1/bump-requests").await.ok();
    assert_eq!(
        (&seen["items"][0]["offered"], &seen["items"][0]["answer"]),
        (&json!({"percent": "11"}), &json!("for a start"))
    );
    partner.patch(&path, json!({"state": "accepted"})).await.ok();
    assert_eq!(sale(&world, &programme.slug, "A").await, 880);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_asks_no_other_sees() {
    let world = World::new().await;
    let (programme, partner, path) = asked(&world, "14").await;
    let other = world.manager.post("/v1/partners", json!({"name": "Other", "email": "o@other.example"})).await.ok();
    let other = world.partner_member(&text(&other, "id")).await;
    assert_eq!(other.get("/v1/bump-requests").await.ok()["items"], json!([]));
    other.patch(&path, json!({"state": "withdrawn"})).await.refused(404, "not_found");
    let wish = json!({"offer_id": programme.offer, "wanted": {"percent": "12"}});
    other.post("/v1/bump-requests", wish).await.refused(404, "not_found");
    world.manager.patch(&path, json!({"state": "declined"})).await.refused(422, "invalid_fields");
    partner.patch(&path, json!({"state": "withdrawn"})).await.ok();
    assert_eq!(sale(&world, &programme.slug, "A").await, 800);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_rate_is_nobody_else_s_business() {
    let world = World::new().await;
    let (programme, partner, path) = asked(&world, "12.5").await;
    let other = world.manager.post("/v1/partners", json!({"name": "Other", "email": "o@other.example"})).await.ok();
    let other = text(&other, "id");
    let both = json!({"offer_id": programme.offer, "partner_id": other});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let slug = text(&world.manager.post("/v1/links", both).await.ok(), "slug");
    world.manager.patch(&path, json!({"state": "accepted", "words": "from today on"})).await.ok();
    assert_eq!(sale(&world, &programme.slug, "A").await, 1_000);
    assert_eq!(sale(&world, &slug, "B").await, 800, "the rate is one partner's alone");
    let offer = format!("/v1/offers/{}", programme.offer);
    assert!(partner.get(&offer).await.text.contains("12.5"), "it sees its own rate");
    let stranger = world.partner_member(&other).await;
    assert!(!stranger.get(&offer).await.text.contains("12.5"));
    stranger.get(&format!("{offer}/plan")).await.refused(403, "not_permitted");
    stranger.patch(&path, json!({"state": "accepted"})).await.refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_has_its_reason() {
    let world = World::new().await;
    let (programme, partner, path) = asked(&world, "14").await;
    world.manager.patch(&path, json!({"state": "declined", "words": "  "})).await.refused(422, "invalid_fields");
    let no = json!({"state": "declined", "words": "margin is too thin this season"});
    world.manager.patch(&path, no).await.ok();
    let seen = partner.get("/v1/bump-requests").await.ok();
    let told = (&seen["items"][0]["state"], &seen["items"][0]["answer"]);
    assert_eq!(told, (&json!("declined"), &json!("margin is too thin this season")));
    partner.patch(&path, json!({"state": "accepted"})).await.refused(409, "illegal_move");
    assert_eq!(sale(&world, &programme.slug, "A").await, 800);
    let again = json!({"offer_id": programme.offer, "wanted": {"percent": "11"}});
    partner.post("/v1/bump-requests", again).await.ok();
    let audit = world.manager.get("/v1/audit").await.ok();
    let decided = |row: &Value| row["action"] == "bump_request.decided";
    assert!(audit["items"].as_array().expect("rows").iter().any(decided), "{audit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_that_leaves_too_little_needs_a_reason_even_as_a_counter() {
    let world = World::new().await;
    let owner = world.member(Role::Owner).await;
    owner.patch("/v1/workspace", json!({"margin_floor": "30"})).await.ok();
    let (programme, partner, path) = asked(&world, "12").await;
    world.manager.patch(&path, json!({"state": "accepted"})).await.refused(409, "margin_too_thin");
    let counter = json!({"state": "countered", "rate": {"percent": "11"}, "words": "for a start"});
    world.manager.patch(&path, counter.clone()).await.refused(409, "margin_too_thin");
    assert_eq!(sale(&world, &programme.slug, "A").await, 800, "what was tried is not in force");
    let mut reasoned = counter;
    reasoned["margin_words"] = json!("they bring the best customers");
    world.manager.patch(&path, reasoned).await.ok();
    assert_eq!(sale(&world, &programme.slug, "B").await, 800, "offered, not accepted yet");
    partner.patch(&path, json!({"state": "accepted"})).await.ok();
    assert_eq!(sale(&world, &programme.slug, "C").await, 880);
}
