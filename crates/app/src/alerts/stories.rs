//! Alerts through the public door.

#[path = "stories/found.rs"]
mod found;
#[path = "stories/handled.rs"]
mod handled;
#[path = "stories/written.rs"]
mod written;

use kernel::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// So many people click, each from an address of its own.
fn clicks(world: &World, slug: &str, count: u32) {
    let base = u32::try_from(world.now().millis() / MINUTE_MS % 1_000_000).expect("small") * 64;
    for visitor in 0..count {
        let address = std::net::Ipv4Addr::from(0x2e00_0000 + base + visitor);
        world.click_in_process(slug, address.into(), AGENT);
    }
}

/// A sale of a new visitor, of which the partner earns a tenth and 15 % are charged.
async fn sale(world: &World, slug: &str, order: &str, amount: &str) {
    let address = format!("198.51.100.{}", order.len());
    let came = world.visit(slug, &address).await;
    let click = testkit::click_id_of(came.header("location"));
    world.postback(&format!("click_id={click}&goal=sale&order_id={order}&amount={amount}&currency=EUR")).await.ok();
}

async fn alerts(caller: &Caller, query: &str) -> Vec<Value> {
    caller.get(&format!("/v1/alerts?{query}")).await.ok()["items"].as_array().cloned().expect("alerts")
}

/// Of each open alert its rule and its subject.
async fn open(world: &World) -> Vec<(String, String)> {
    let open = alerts(&world.manager, "state=open&snoozed=false").await;
    open.iter().map(|alert| (text(alert, "rule_name"), text(alert, "subject"))).collect()
}

async fn handle(world: &World, alert: &Value, how: Value) -> Value {
    world.manager.post(&format!("/v1/alerts/{}/handle", text(alert, "id")), how).await.ok()
}

/// Facts come in, and a little later every rule has looked at the hour that is over.
async fn look(world: &World) {
    world.settle().await;
    world.advance_millis(6 * MINUTE_MS);
    world.settle().await;
}

/// Hours pass, and what fell due in each of them is done.
async fn hours(world: &World, count: i64) {
    for _ in 0..count {
        world.advance_millis(HOUR_MS);
        look(world).await;
    }
}

fn few_clicks(each: Option<&str>) -> Value {
    let test = json!({"kind": "below", "limit": 5});
    json!({"metric": "clicks", "test": test, "window_hours": 24, "each": each})
}

async fn rule(world: &World, name: &str, watch: Value) -> String {
    let rule = json!({"name": name, "watch": watch, "is_on": true, "mails": true});
    text(&world.manager.post("/v1/alert-rules", rule).await.ok(), "id")
}

async fn built_in(world: &World, which: &str) -> Value {
    let rules = world.manager.get("/v1/alert-rules").await.ok();
    let rules = rules["items"].as_array().cloned().expect("rules");
    rules.into_iter().find(|rule| rule["built_in"] == which).expect("comes with the program")
}

/// Says what is to be another way of a rule that is there.
async fn tune(world: &World, rule: &Value, changes: Value) -> Value {
    let mut wanted = json!({
        "name": rule["name"], "watch": rule["watch"], "is_on": rule["is_on"], "mails": rule["mails"], "people": rule["people"]
    });
    for (field, value) in changes.as_object().expect("fields") {
        wanted[field] = value.clone();
    }
    world.manager.put(&format!("/v1/alert-rules/{}", text(rule, "id")), wanted).await.ok()
}

async fn second_link(world: &World, programme: &Programme) -> (String, String) {
    let partner = json!({"name": "Summit Deals", "email": "team@summit.example"});
    let partner = text(&world.manager.post("/v1/partners", partner).await.ok(), "id");
    let both = json!({"offer_id": programme.offer, "partner_id": partner});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    let link = world.manager.post("/v1/links", both).await.ok();
    (partner, text(&link, "slug"))
}
