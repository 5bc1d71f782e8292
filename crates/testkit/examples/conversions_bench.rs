//! Conversions a second, from a journaled receipt to booked: `conversions_bench [COUNT]`.
//!
//! A whole platform on the default stores, one click per conversion, receipts through the journal (fsynced) and the
//! decider from many senders at once. Prints one line: `{"conversions","seconds","per_second","p50_ms","p99_ms"}`.

use std::{
    net::Ipv4Addr,
    sync::Arc,
    time::{Duration, Instant},
};

use app::App;
use edge::ReceiptDoor as _;
use events::{
    ReceiptRecord,
    record::{Door, Trust},
};
use kernel::Tenant;
use testkit::World;
use tokio::task::JoinSet;

const COUNT: usize = 30_000;
const SENDERS: usize = 512;
const PARTNERS: usize = 20;

fn main() {
    let count = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(COUNT);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(run(count));
}

async fn run(count: usize) {
    let world = World::new().await;
    let programme = world.programme().await;
    let mut slugs = vec![programme.slug.clone()];
    for number in 1..PARTNERS {
        slugs.push(another_partner(&world, &programme.offer, number).await);
    }
    let clicks: Vec<String> = (0..count).map(|number| click(&world, &slugs[number % PARTNERS], number)).collect();
    world.settle().await;
    let (elapsed, mut times) = send(&world, clicks).await;
    times.sort_unstable();
    let millis = |share: usize| times[times.len() * share / 100].as_secs_f64() * 1_000.0;
    let answer = serde_json::json!({
        "conversions": count, "seconds": elapsed.as_secs_f64(), "per_second": count as f64 / elapsed.as_secs_f64(),
        "p50_ms": millis(50), "p99_ms": millis(99)
    });
    println!("{answer}");
}

async fn another_partner(world: &World, offer: &str, number: usize) -> String {
    let partner = serde_json::json!({"name": format!("Partner {number}"), "email": format!("p{number}@example.com")});
    let partner = testkit::text(&world.manager.post("/v1/partners", partner).await.ok(), "id");
    let both = serde_json::json!({"offer_id": offer, "partner_id": partner});
    world.manager.post("/v1/enrollments", both.clone()).await.ok();
    testkit::text(&world.manager.post("/v1/links", both).await.ok(), "slug")
}

fn click(world: &World, slug: &str, number: usize) -> String {
    let address = Ipv4Addr::from(0x0A00_0000 + number as u32);
    world.click_in_process(
        slug,
        address.into(),
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    )
}

async fn send(world: &World, clicks: Vec<String>) -> (Duration, Vec<Duration>) {
    let app = world.platform().app().clone();
    let (tenant, clicks) = (world.tenant, Arc::new(clicks));
    let begun = Instant::now();
    let mut senders = JoinSet::new();
    for sender in 0..SENDERS {
        senders.spawn(send_some(app.clone(), tenant, clicks.clone(), sender));
    }
    let times = senders.join_all().await.concat();
    (begun.elapsed(), times)
}

async fn send_some(app: App, tenant: Tenant, clicks: Arc<Vec<String>>, sender: usize) -> Vec<Duration> {
    let decider = app.desk.decider().expect("a decider").clone();
    let mut times = Vec::new();
    for number in (sender..clicks.len()).step_by(SENDERS) {
        let receipt = receipt(&app, tenant, &clicks[number], number);
        let begun = Instant::now();
        let position = app.journal.receipts().append(&receipt).await.expect("journaled");
        let answer = decider.decide(receipt, position).await;
        assert_eq!((answer.http_status, answer.status.as_str()), (200, "pending"), "{answer:?}");
        times.push(begun.elapsed());
    }
    times
}

fn receipt(app: &App, tenant: Tenant, click: &str, number: usize) -> ReceiptRecord {
    let params = [
        ("amount", "80.00".to_owned()),
        ("click_id", click.to_owned()),
        ("currency", "EUR".to_owned()),
        ("customer_id", format!("c-{}", number / 3)),
        ("goal", "sale".to_owned()),
        ("order_id", format!("order-{number}")),
    ];
    ReceiptRecord {
        receipt_id: app.ambient.new_id(),
        conversion_id: app.ambient.new_id(),
        workspace: tenant.id(),
        advertiser: None,
        arrived_at: app.ambient.now(),
        door: Door::Postback,
        trust: Trust::Token,
        remote_ip: Ipv4Addr::LOCALHOST.into(),
        raw: format!("click_id={click}&goal=sale&amount=80.00&currency=EUR&order_id=order-{number}").into_bytes(),
        params: params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        clicks_before: app.journal.ends().of_clicks(),
    }
}
