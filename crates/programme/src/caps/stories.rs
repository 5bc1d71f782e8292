//! Stories of caps, told through the public door.

#[path = "stories/crowd.rs"]
mod crowd;
#[path = "stories/doors.rs"]
mod doors;
#[path = "stories/requests.rs"]
mod requests;
#[path = "stories/room.rs"]
mod room;
#[path = "stories/table.rs"]
mod table;
#[path = "stories/traffic.rs"]
mod traffic;

use serde_json::{Value, json};
use testkit::{Programme, World, text};

/// A cap on conversions of the programme's offer that tells nobody anything.
async fn cap(world: &World, programme: &Programme, terms: Value) -> String {
    let mut body = json!({
        "metric": "conversions", "period": "day", "scope": "offer", "offer_id": programme.offer, "thresholds": []
    });
    let fields = terms.as_object().expect("terms are an object");
    body.as_object_mut().expect("an object").extend(fields.clone());
    text(&world.manager.post("/v1/caps", body).await.ok(), "id")
}

async fn pacing(world: &World, cap: &str) -> Value {
    world.manager.get(&format!("/v1/caps/{cap}")).await.ok()["pacing"].clone()
}

async fn used(world: &World, cap: &str) -> i64 {
    pacing(world, cap).await["used"].as_i64().expect("a number")
}

/// Changes the offer's terms.
async fn set_terms(world: &World, programme: &Programme, terms: Value) {
    world.manager.patch(&format!("/v1/offers/{}", programme.offer), terms).await.ok();
}

/// A click and a sale of 80.00, which earns 8.00 and is charged 12.00: status, reason and conversion.
async fn sell(world: &World, programme: &Programme, order: &str) -> (String, String, String) {
    sell_on(world, &click(world, programme).await, order, "80.00").await
}

/// A click from the source `blog`.
async fn click(world: &World, programme: &Programme) -> String {
    let reply = world.visit(&format!("{}?source_id=blog", programme.slug), "203.0.113.7").await;
    testkit::click_id_of(reply.header("location"))
}

async fn sell_on(world: &World, click: &str, order: &str, amount: &str) -> (String, String, String) {
    let query = format!("click_id={click}&goal=sale&amount={amount}&currency=EUR&order_id={order}");
    let body = world.postback(&query).await.ok();
    let field = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    (field("status"), field("reason"), field("conversion_id"))
}

async fn act(world: &World, conversion: &str, action: &str) -> testkit::Reply {
    world.manager.post(&format!("/v1/conversions/{conversion}/{action}"), json!({})).await
}
