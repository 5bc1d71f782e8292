//! Stories of a month that an advertiser counts otherwise than we do.

#[path = "stories/between.rs"]
mod between;
#[path = "stories/made.rs"]
mod made;
#[path = "stories/month.rs"]
mod month;
#[path = "stories/refused.rs"]
mod refused;
#[path = "stories/totals.rs"]
mod totals;

use kernel::{Timestamp, time::HOUR_MS};
use serde_json::{Value, json};
use testkit::{Caller, Programme, World, text};

/// How Northwind's rows are read, in the clocks of New York.
fn mapping() -> Value {
    json!({
        "columns": {"click": "Click", "order": "Order", "status": "State", "amount": "Sum", "currency": "Cur"},
        "words": {
            "ok": "approved", "wait": "pending", "no": {"rejected": "returned"}, "test": "test"
        },
        "currency": "EUR", "decimal_mark": "comma", "time_zone": "America/New_York", "window_days": 1, "rounding": 1
    })
}

async fn agree(caller: &Caller, programme: &Programme, mapping: Value) -> Value {
    caller.put(&format!("/v1/advertisers/{}/figures-mapping", programme.advertiser), mapping).await.ok()
}

fn period(programme: &Programme, first: &str, last: &str) -> String {
    format!(
        "/v1/reconciliations?advertiser_id={}&first_day={first}&last_day={last}&name=figures.csv",
        programme.advertiser
    )
}

/// Uploads figures of a period and waits until they are compared; its address.
async fn compared(world: &World, programme: &Programme, (first, last): (&str, &str), file: String) -> String {
    let made = world.manager.post_file(&period(programme, first, last), file).await.ok();
    assert_eq!(made["state"], "comparing");
    world.settle().await;
    let path = format!("/v1/reconciliations/{}", text(&made, "id"));
    assert_eq!(world.manager.get(&path).await.ok()["state"], "open");
    path
}

/// A sale of 80.00, charged 12.00, of which the partner earns 8.00; its click.
async fn sell(world: &World, programme: &Programme, order: &str) -> String {
    let click = world.click(&programme.slug).await;
    world.advance_millis(HOUR_MS);
    convert(world, &click, order).await;
    click
}

async fn convert(world: &World, click: &str, order: &str) {
    world.postback(&format!("click_id={click}&goal=sale&order_id={order}&amount=80.00&currency=EUR")).await.ok();
}

async fn sell_approved(world: &World, programme: &Programme, order: &str) -> String {
    let click = sell(world, programme, order).await;
    approve(world, order).await;
    click
}

async fn approve(world: &World, order: &str) {
    world.postback(&format!("order_id={order}&goal=sale&status=approved")).await.ok();
}

fn go_to(world: &World, moment: &str) {
    world.clock.set(Timestamp::parse(moment).expect("a moment"));
}

/// Decides, and waits until it is carried out; how many lines it was.
async fn decide(world: &World, path: &str, decision: Value) -> u64 {
    let done = world.manager.post(&format!("{path}/decisions"), decision).await.ok();
    world.settle().await;
    done["decided"].as_u64().expect("a count")
}

/// Class, cause and number of lines, in order.
async fn groups(world: &World, path: &str) -> Vec<(String, String, i64)> {
    let page = world.manager.get(&format!("{path}/groups")).await.ok();
    let of = |group: &Value| {
        let cause = group["cause"].as_str().unwrap_or_default().to_owned();
        (text(group, "class"), cause, group["lines"].as_i64().expect("a count"))
    };
    let mut groups: Vec<(String, String, i64)> = Vec::new();
    for one in page["items"].as_array().expect("groups").iter().map(of) {
        match groups.iter_mut().find(|known| (&known.0, &known.1) == (&one.0, &one.1)) {
            Some(known) => known.2 += one.2,
            None => groups.push(one),
        }
    }
    groups.sort();
    groups
}

async fn status_of(world: &World, order: &str) -> (String, i64, i64) {
    let row = world.conversions_of(order).await.remove(0);
    let minor = |field: &str| row[field]["minor"].as_i64().expect("an amount");
    (text(&row, "status"), minor("revenue"), minor("payout"))
}

/// The act's lines in EUR are the invoice's, and so is their sum; the sum.
async fn invoiced_as_closed(world: &World, closed: &Value) -> i64 {
    let part = &closed["act"]["parts"][0];
    let invoice = world.manager.get(&format!("/v1/invoices/{}", text(part, "invoice_id"))).await.ok();
    assert_eq!(part["lines"], invoice["lines"]);
    assert_eq!(part["net_minor"], invoice["net"]["minor"]);
    let sum: i64 =
        part["lines"].as_array().expect("lines").iter().map(|line| line["amount_minor"].as_i64().expect("minor")).sum();
    assert_eq!(part["net_minor"], sum);
    sum
}
