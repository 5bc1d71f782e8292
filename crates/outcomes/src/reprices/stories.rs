//! A past window priced anew by two people, told through the public door.

use std::{net::Ipv4Addr, ops::Range};

use app::{
    identity::Role,
    platform::jobs,
    reprices::carry_out::{self, CARRY_OUT_REPRICE},
    simulations::in_force,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};
use testkit::{Programme, World, text};
use tokio::task::JoinSet;

const PARTNER: &str = "hello@trailnotes.example";
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
/// Sales under way at once.
const AT_ONCE: usize = 32;

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
    let letters = world.mail_to(PARTNER);
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(
        letters[0].text.contains("+6.00 EUR") && letters[0].text.contains("promised for the season"),
        "{letters:?}"
    );
    let all = in_force::all(world.platform().app()).await.expect("tried");
    assert_eq!((all.differing, all.repriced, all.is_same()), (3, 3, true), "{all:?}");
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
    assert!(world.mail_to(PARTNER)[0].text.contains("-4.80 EUR"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_meant_is_priced_anew() {
    let world = World::new().await;
    let programme = world.programme().await;
    let rival = json!({"name": "Summit Club", "email": "hello@summit.example"});
    let rival = text(&world.manager.post("/v1/partners", rival).await.ok(), "id");
    let both = json!({"offer_id": programme.offer, "partner_id": rival});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let slug = text(&world.manager.post("/v1/links", both).await.ok(), "slug");
    sale(&world, &programme.slug, "A").await;
    sale(&world, &format!("{}?source_id=autumn", programme.slug), "B").await;
    sale(&world, &slug, "C").await;
    let rejected = sale(&world, &format!("{}?source_id=autumn", programme.slug), "D").await;
    act(&world, &rejected, "reject").await;
    let plan = world.manager.get(&format!("/v1/offers/{}/plan", programme.offer)).await.ok();
    let mut rules = plan["earnings"]["versions"][0]["rules"].clone();
    rules[0]["effect"] = json!({"percent": "20"});
    let simulate = format!("/v1/offers/{}/plan/simulate", programme.offer);
    let now = world.now();
    let (from, to) = (now.plus_days(-9).to_string(), now.plus_days(1).to_string());
    let asked = |only: Value| json!({"from": from, "to": to, "earnings": rules, "only": only});
    let wrong = asked(json!({"countries": ["Poland"]}));
    world.manager.post(&simulate, wrong).await.refused(422, "invalid_fields");
    for (only, conversions) in [
        (json!({"partners": [rival]}), 1),
        (json!({"goals": [rules[0]["conditions"]["goal_id"]]}), 4),
        (json!({"countries": ["pl"]}), 0),
        (json!({}), 4),
    ] {
        let tried = world.manager.post(&simulate, asked(only.clone())).await.ok();
        assert_eq!(tried["result"]["conversions"], conversions, "{only}");
    }
    let autumn = json!({"partners": [programme.partner], "sources": ["autumn"]});
    let simulation = world.manager.post(&simulate, asked(autumn)).await.ok();
    let new = json!({"simulation_id": text(&simulation, "id"), "words": "the autumn sale"});
    let proposed = world.manager.post("/v1/reprices", new).await.ok();
    assert_eq!(proposed["only"]["sources"], json!(["autumn"]));
    let path = format!("/v1/reprices/{}", text(&proposed, "id"));
    world.member(Role::Finance).await.post(&format!("{path}/confirm"), json!({})).await.ok();
    world.settle().await;
    assert_eq!(standing(&world, &programme).await, [2_400, 0, 0, 0], "A keeps 8.00, B has 16.00, D stays rejected");
    assert_eq!(world.balance(&rival).await["pending"], 800);
    let worth = &world.conversions_of("D").await[0]["payout"]["minor"];
    assert_eq!(worth, &json!(0));
    assert_eq!(world.mail_to(PARTNER).len(), 1);
}

/// Proposes the rules in force at another percentage; the path of the reprice.
async fn proposed(world: &World, programme: &Programme, percent: &str) -> String {
    let simulation = tried(world, programme, percent).await;
    let new = json!({"simulation_id": text(&simulation, "id"), "words": "agreed by mail"});
    format!("/v1/reprices/{}", text(&world.manager.post("/v1/reprices", new).await.ok(), "id"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_paid_too_much_is_the_partner_s_debt() {
    let world = World::new().await;
    let programme = world.programme().await;
    let paid = sale(&world, &programme.slug, "A").await;
    act(&world, &paid, "approve").await;
    world.pass_days(15).await;
    let batch = world.manager.post("/v1/payout-batches", json!({"currency": "EUR"})).await.ok();
    world.manager.post(&format!("/v1/payout-batches/{}/paid", text(&batch, "id")), json!({})).await.ok();
    let path = proposed(&world, &programme, "6").await;
    let owner = world.member(Role::Owner).await;
    owner.post(&format!("{path}/confirm"), json!({})).await.ok();
    world.settle().await;
    assert_eq!(standing(&world, &programme).await, [0, 0, 0, 320]);
    world.mail_to(PARTNER);
    let path = proposed(&world, &programme, "11").await;
    owner.post(&format!("{path}/confirm"), json!({})).await.ok();
    world.settle().await;
    let [pending, approved, payable, debt] = standing(&world, &programme).await;
    assert_eq!((pending, approved, payable - debt), (0, 0, 80), "a debt is taken off first");
    world.mail_to(PARTNER);
}

/// Sales of 80.00 with these numbers, many at once.
async fn sales(world: &World, slug: &str, numbers: Range<u32>) {
    let mut under_way: JoinSet<()> = JoinSet::new();
    for number in numbers {
        if under_way.len() >= AT_ONCE {
            under_way.join_next().await.expect("some are under way").expect("sent");
        }
        let click = world.click_in_process(slug, Ipv4Addr::from(0x0A00_0000 + number).into(), AGENT);
        let (caller, token) = (world.nobody(), world.postback_token.clone());
        let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=S{number}");
        under_way.spawn(async move {
            caller.get(&format!("/postback?{query}&token={token}")).await.ok();
        });
    }
    while let Some(sent) = under_way.join_next().await {
        sent.expect("sent");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sales_flow_while_a_long_past_is_priced_anew() {
    const BEFORE: u32 = 2_000;
    const DURING: u32 = 500;
    let world = World::new().await;
    let programme = world.programme().await;
    sales(&world, &programme.slug, 0..BEFORE).await;
    world.settle().await;
    let path = proposed(&world, &programme, "12.5").await;
    world.member(Role::Finance).await.post(&format!("{path}/confirm"), json!({})).await.ok();
    world.advance_millis(1_000);
    let app = world.platform().app();
    let of_reprice = jobs::Column::Kind.eq(CARRY_OUT_REPRICE);
    let job = jobs::Entity::find().filter(of_reprice).one(app.records.read()).await.expect("records").expect("a job");
    // Two nodes at once, as after a lease that ran out; either may give up to the other.
    let (_, first, second) = tokio::join!(
        sales(&world, &programme.slug, BEFORE..BEFORE + DURING),
        carry_out::run(app, &job),
        carry_out::run(app, &job)
    );
    first.and(second).expect("both end in good order");
    world.settle().await;
    let done = world.manager.get(&path).await.ok();
    assert_eq!((&done["state"], &done["repriced"]), (&json!("done"), &json!(BEFORE)), "{done}");
    assert_eq!(done["earnings_change_minor"], 200 * BEFORE);
    let expected = i64::from(1_000 * BEFORE + 800 * DURING);
    assert_eq!(standing(&world, &programme).await, [expected, 0, 0, 0], "later sales keep the plan in force");
    assert_eq!(world.totals(&["conversions", "payout"]).await["payout"], expected);
    assert_eq!(world.mail_to(PARTNER).len(), 1);
}
