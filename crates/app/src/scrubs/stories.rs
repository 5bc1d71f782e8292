//! Stories of what advertisers ask to have removed, who bears it, and what partners say to it.

use kernel::time::HOUR_MS;
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

/// A sale of 80.00, charged 12.00, of which the partner earns 8.00.
async fn sell(world: &World, programme: &Programme, order: &str) {
    let click = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    world.postback(&format!("click_id={click}&goal=sale&order_id={order}&amount=80.00&currency=EUR")).await.ok();
    world.postback(&format!("order_id={order}&goal=sale&status=approved")).await.ok();
}

async fn worth(world: &World, order: &str) -> (String, i64, i64) {
    let row = world.conversions_of(order).await.remove(0);
    let minor = |field: &str| row[field]["minor"].as_i64().expect("an amount");
    (text(&row, "status"), minor("revenue"), minor("payout"))
}

async fn agree(world: &World, programme: &Programme) {
    let terms = json!({"scrub_days": 10, "counted_from": "approval", "appeal_days": 3});
    world.manager.put(&format!("/v1/advertisers/{}/scrub-terms", programme.advertiser), terms).await.ok();
}

fn request(orders: &[&str]) -> Value {
    json!({"reason": "returned", "evidence": "Sent back by ann@mail.example on the 3rd", "order_ids": orders})
}

async fn approved(world: &World, programme: &Programme) -> i64 {
    world.balance(&programme.partner).await["approved"].as_i64().expect("minor")
}

/// Asks for three sales and has them borne by the partner, by the network, and by both.
async fn three_ways(world: &World, own: &Caller) -> Vec<Value> {
    let made = own.post("/v1/scrub-requests", request(&["S1", "S2", "S3"])).await.ok();
    let asked = made["scrubs"].as_array().expect("scrubs").clone();
    assert_eq!((asked.len(), &asked[0]["payout"], &asked[0]["revenue"]["minor"]), (3, &Value::Null, &json!(1_200)));
    let path = format!("/v1/scrub-requests/{}/decisions", text(&made, "id"));
    let mut of_orders = Vec::new();
    for order in ["S1", "S2", "S3"] {
        let id = world.conversions_of(order).await[0]["id"].clone();
        of_orders.push(asked.iter().find(|row| row["conversion_id"] == id).expect("asked").clone());
    }
    let decide = |place: usize, bearer: &str, percent: Value| json!({"accept": true, "scrub_ids": [of_orders[place]["id"]], "bearer": bearer, "partner_percent": percent});
    world.manager.post(&path, decide(2, "split", Value::Null)).await.refused(400, "bad_parameter");
    own.post(&path, decide(0, "partner", Value::Null)).await.refused(403, "not_permitted");
    for (place, bearer, percent) in [(0, "partner", Value::Null), (1, "network", Value::Null), (2, "split", json!(50))]
    {
        world.manager.post(&path, decide(place, bearer, percent)).await.ok();
    }
    world.manager.post(&path, decide(0, "network", Value::Null)).await.refused(409, "already_decided");
    of_orders
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_scrubbed_is_borne_as_it_was_decided_and_appealed_against_once() {
    let world = World::new().await;
    let programme = world.programme().await;
    agree(&world, &programme).await;
    for order in ["S1", "S2", "S3", "S4"] {
        sell(&world, &programme, order).await;
    }
    let own = world.advertiser_member(&programme.advertiser).await;
    let asked = three_ways(&world, &own).await;
    assert_eq!(worth(&world, "S1").await, ("reversed".to_owned(), 0, 0));
    assert_eq!(worth(&world, "S2").await, ("approved".to_owned(), 0, 800));
    assert_eq!(worth(&world, "S3").await, ("approved".to_owned(), 0, 400));
    assert_eq!(approved(&world, &programme).await, 800 + 400 + 800);
    assert_eq!(world.conversions_of("S1").await[0]["reason"], "scrub_agreed");

    let partner = world.partner_member(&programme.partner).await;
    let seen = partner.get("/v1/scrubs").await.ok()["items"].as_array().expect("scrubs").clone();
    assert_eq!(seen.len(), 2, "what the network bears is no matter of the partner's");
    let request = format!("/v1/scrub-requests/{}", text(&asked[0], "request_id"));
    partner.get(&request).await.refused(404, "not_found");
    for reader in [&own, &world.manager] {
        let whole = reader.get(&request).await.ok();
        assert_eq!(whole["evidence"], "Sent back by ann@mail.example on the 3rd");
        assert_eq!(whole["scrubs"].as_array().map(Vec::len), Some(3));
    }
    assert!(seen.iter().all(|row| row["proof"] == "Sent back by … on the 3rd" && row["revenue"] == Value::Null));
    let appeal = |place: usize| format!("/v1/scrubs/{}/appeal", text(&asked[place], "id"));
    let words = json!({"words": "The slip names another order"});
    partner.post(&appeal(1), words.clone()).await.refused(404, "not_found");
    partner.post(&appeal(0), words.clone()).await.ok();
    partner.post(&appeal(0), words.clone()).await.refused(409, "already_exists");
    let answer = format!("/v1/scrubs/{}/answer", text(&asked[0], "id"));
    let upheld = json!({"uphold": true, "words": "So it does"});
    assert_eq!(world.manager.post(&answer, upheld.clone()).await.ok()["appeal_state"], "upheld");
    world.manager.post(&answer, upheld).await.refused(409, "already_decided");
    assert_eq!(worth(&world, "S1").await, ("approved".to_owned(), 0, 800), "the network bears it");
    assert_eq!(approved(&world, &programme).await, 3 * 800 + 400);
    world.pass_days(5).await;
    partner.post(&appeal(2), words).await.refused(409, "deadline_passed");

    let share = format!(
        "/v1/advertisers/{}/scrub-share?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z",
        programme.advertiser
    );
    let share = own.get(&share).await.ok();
    assert_eq!([&share["approved"], &share["scrubbed"], &share["share_bp"]], [4, 3, 7_500]);
    let owes = world.manager.get("/v1/receivables").await.ok()["items"][0].clone();
    assert_eq!(owes["receivable"], 1_200, "S4 alone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_right_lapses_and_nobody_asks_for_anothers() {
    let world = World::new().await;
    let programme = world.programme().await;
    agree(&world, &programme).await;
    sell(&world, &programme, "S1").await;
    sell(&world, &programme, "S2").await;
    let own = world.advertiser_member(&programme.advertiser).await;
    let doors = "/v1/scrub-requests";
    own.post(doors, request(&["S1", "S9"])).await.refused(404, "not_found");
    own.post(doors, request(&[])).await.refused(400, "bad_parameter");
    let (stranger, _) = world.other_workspace().await;
    let mut foreign = request(&["S1"]);
    foreign["advertiser_id"] = json!(programme.advertiser);
    stranger.post(doors, foreign).await.refused(404, "not_found");
    let made = own.post(doors, request(&["S1"])).await.ok();
    own.post(doors, request(&["S1"])).await.refused(409, "already_exists");
    let path = format!("{doors}/{}/decisions", text(&made, "id"));
    stranger.post(&path, json!({"accept": false})).await.refused(404, "not_found");
    let refused = world.manager.post(&path, json!({"accept": false, "note": "It was delivered"})).await.ok();
    assert_eq!(refused["scrubs"][0]["state"], "refused");
    assert_eq!(worth(&world, "S1").await, ("approved".to_owned(), 1_200, 800));
    assert_eq!(stranger.get("/v1/scrubs").await.ok()["items"], json!([]));
    world.pass_days(11).await;
    own.post(doors, request(&["S2"])).await.refused(409, "deadline_passed");
}
