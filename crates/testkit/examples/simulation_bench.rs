//! A plan tried on a long past: `simulation_bench [COUNT]`.
//!
//! Conversions of 500 partners laid straight into the records, then one draft with a private rate for each of 50 of them,
//! run by the job that runs it for people. Prints one line: `{"conversions","seconds","differing","winners","losers"}`.

use std::time::Instant;

use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use serde_json::{Value, json};
use testkit::{World, text};

const COUNT: u64 = 1_000_000;
const PARTNERS: u64 = 500;
/// Partners with a rate of their own.
const PRIVATE: u64 = 50;

fn main() {
    let count = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(COUNT);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(run(count));
}

async fn run(count: u64) {
    let world = World::new().await;
    let programme = world.programme().await;
    let click = world.click(&programme.slug).await;
    let query = format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=template");
    world.postback(&query).await.ok();
    world.settle().await;
    lay(world.platform().app().records.writer(), count).await;
    let offer = &programme.offer;
    let plan = world.manager.get(&format!("/v1/offers/{offer}/plan")).await.ok();
    let now = world.now();
    let window = (now.plus_days(-30).to_string(), now.plus_days(1).to_string());
    let body = json!({"from": window.0, "to": window.1, "earnings": draft(&plan, &programme.partner)});
    let begun = Instant::now();
    let made = world.manager.post(&format!("/v1/offers/{offer}/plan/simulate"), body).await.ok();
    world.settle().await;
    let seconds = begun.elapsed().as_secs_f64();
    let told = world.manager.get(&format!("/v1/simulations/{}", text(&made, "id"))).await.ok();
    let result = &told["result"];
    let answer = json!({
        "conversions": result["conversions"], "seconds": seconds, "differing": result["reproduction"]["differing"],
        "winners": result["winners"], "losers": result["losers"]
    });
    println!("{answer}");
    take_up(world.platform().app().records.writer()).await;
}

/// The rules in force, a little lower, and a rate of their own for some.
fn draft(plan: &Value, partner: &str) -> Value {
    let mut rules = plan["earnings"]["versions"][0]["rules"].clone();
    let template = rules[0].clone();
    let list = rules.as_array_mut().expect("rules");
    for rule in list.iter_mut() {
        rule["effect"] = json!({"percent": "9.5"});
    }
    for _ in 0..PRIVATE {
        let mut private = template.clone();
        private["conditions"]["partner_id"] = json!(partner);
        private["effect"] = json!({"percent": "12"});
        list.push(private);
    }
    rules
}

/// Copies the one conversion and its commission, each with an amount and a partner of its own.
async fn lay(conn: &DatabaseConnection, count: u64) {
    let numbers = format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})");
    // What SQLite joins is text, which sorts before every blob.
    let id = |column: &str| format!("CAST(substr(o.{column}, 1, 8) || unhex(printf('%016x', n.i)) AS BLOB)");
    let other = format!("CAST(substr(o.partner_id, 1, 14) || unhex(printf('%04x', n.i % {PARTNERS})) AS BLOB)");
    let partner = format!("CASE WHEN n.i % {PARTNERS} = 0 THEN o.partner_id ELSE {other} END");
    let sale = "1000 + n.i % 9000";
    let part = |percent: u32| format!("((({sale}) * {percent} + 50) / 100)");
    let of_conversions = [
        ("id", id("id")),
        ("partner_id", partner.clone()),
        ("order_key", "NULL".to_owned()),
        ("click_goal_key", "NULL".to_owned()),
        ("customer_goal_key", "NULL".to_owned()),
        ("sale_minor", sale.to_owned()),
        ("payout_minor", part(10)),
        ("revenue_minor", part(15)),
        ("revenue_full_minor", part(15)),
    ];
    let of_commissions = [
        ("id", id("id")),
        ("conversion_id", id("conversion_id")),
        ("partner_id", partner),
        ("full_minor", part(10)),
        ("amount_minor", part(10)),
    ];
    for (table, changed) in [("conversions", &of_conversions[..]), ("commissions", &of_commissions)] {
        let columns = columns(conn, table).await;
        let value = |column: &String| {
            let other = changed.iter().find(|(name, _)| name == column).map(|(_, value)| value.clone());
            other.unwrap_or_else(|| format!("o.{column}"))
        };
        let values: Vec<_> = columns.iter().map(value).collect();
        let statement = format!(
            "INSERT INTO {table} ({}) {numbers} SELECT {} FROM (SELECT * FROM {table} LIMIT 1) o, n",
            columns.join(", "),
            values.join(", ")
        );
        conn.execute_unprepared(&statement).await.expect("rows");
    }
}

/// The copies go again: no receipt made them and no book knows them, as the end of every world would find.
async fn take_up(conn: &DatabaseConnection) {
    let copies = "DELETE FROM conversions WHERE order_key IS NULL";
    let commissions = "DELETE FROM commissions WHERE conversion_id NOT IN (SELECT id FROM conversions)";
    for statement in [copies, commissions] {
        conn.execute_unprepared(statement).await.expect("rows go");
    }
}

async fn columns(conn: &DatabaseConnection, table: &str) -> Vec<String> {
    let question = format!("SELECT name FROM pragma_table_info('{table}')");
    let rows = conn.query_all_raw(sea_orm::Statement::from_string(conn.get_database_backend(), question)).await;
    rows.expect("columns").iter().map(|row| row.try_get("", "name").expect("a name")).collect()
}
