//! Stories of conversions, told through the public door.

#[path = "stories/doors.rs"]
mod doors;
#[path = "stories/hands.rs"]
mod hands;
#[path = "stories/lists.rs"]
mod lists;
#[path = "stories/moves.rs"]
mod moves;
#[path = "stories/refusals.rs"]
mod refusals;
#[path = "stories/retention.rs"]
mod retention;

#[path = "stories/seen.rs"]
mod seen;
#[path = "stories/shares.rs"]
mod shares;

use serde_json::{Value, json};
use testkit::{Programme, World};

/// A programme and one click on its link.
async fn clicked() -> (World, Programme, String) {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    (world, programme, click)
}

/// Changes the offer's terms.
async fn set_terms(world: &World, programme: &Programme, terms: Value) {
    world.manager.patch(&format!("/v1/offers/{}", programme.offer), terms).await.ok();
}

/// The verdict on a postback that was taken: status and reason.
async fn verdict(world: &World, query: &str) -> (String, String) {
    let reply = world.postback(query).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let body = reply.json();
    let text = |field: &str| body[field].as_str().unwrap_or_default().to_owned();
    (text("status"), text("reason"))
}

/// Reports a sale of 80.00 with the order id `order` and gives the conversion's id.
async fn sale(world: &World, click: &str, order: &str) -> String {
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id={order}");
    let body = world.postback(&query).await.ok();
    assert_eq!((&body["status"], &body["reason"]), (&json!("pending"), &Value::Null), "{body}");
    body["conversion_id"].as_str().expect("a conversion").to_owned()
}

async fn act(world: &World, conversion: &str, action: &str, body: Value) -> testkit::Reply {
    world.manager.post(&format!("/v1/conversions/{conversion}/{action}"), body).await
}

async fn show(world: &World, conversion: &str) -> Value {
    world.manager.get(&format!("/v1/conversions/{conversion}")).await.ok()
}

/// Pending, approved, payable and debt of the programme's partner, in cents.
async fn standing(world: &World, programme: &Programme) -> [i64; 4] {
    let balance = world.balance(&programme.partner).await;
    ["pending", "approved", "payable", "debt"].map(|field| balance[field].as_i64().expect("an amount"))
}
