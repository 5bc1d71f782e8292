//! What the journal forgets, once the records hold it.

use std::fs;

use events::{
    Positions, ReceiptRecord,
    record::{Door, Trust},
};
use testkit::World;

use super::{clicked, sale, standing};

/// Files of the receipts' lane.
fn segments(world: &World) -> usize {
    let lane = world.platform().data().join("journal/receipts");
    let names = fs::read_dir(lane).expect("the lane").map(|entry| entry.expect("a file").file_name());
    names.filter(|name| name.to_string_lossy().ends_with(".seg")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn old_receipts_leave_the_journal_once_they_are_decided() {
    let (mut world, programme, click) = clicked().await;
    sale(&world, &click, "A").await;
    for order in ["B", "C"] {
        world.pass_days(1).await;
        let click = world.click(&programme.slug).await;
        sale(&world, &click, order).await;
    }
    assert_eq!(segments(&world), 3, "one a day");
    world.pass_days(5).await;
    assert_eq!(segments(&world), 3, "a week has not passed since the first was closed");
    world.pass_days(2).await;
    assert_eq!(segments(&world), 1, "the open one");
    world.restart().await;
    world.settle().await;
    assert_eq!(world.conversions_of("A").await.len(), 1, "what has left the journal stays decided, once");
    assert_eq!(standing(&world, &programme).await, [2_400, 0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_never_reached_the_decider_is_decided_before_it_is_forgotten() {
    let (world, programme, click) = clicked().await;
    journal_only(&world, &click).await;
    for order in ["B", "C"] {
        world.pass_days(1).await;
        let click = world.click(&programme.slug).await;
        sale(&world, &click, order).await;
    }
    assert!(world.conversions_of("A").await.is_empty());
    world.pass_days(7).await;
    world.settle().await;
    assert_eq!(world.conversions_of("A").await.len(), 1);
    assert_eq!(segments(&world), 3, "its segment waits for the next turn");
    world.advance_millis(kernel::time::HOUR_MS);
    world.settle().await;
    assert_eq!(segments(&world), 1);
    assert_eq!(standing(&world, &programme).await, [2_400, 0, 0, 0]);
}

/// A sale whose sender hung up between journal and decider.
async fn journal_only(world: &World, click: &str) {
    let app = world.platform().app();
    let said = [("click_id", click), ("goal", "sale"), ("order_id", "A"), ("amount", "80.00"), ("currency", "EUR")];
    let receipt = ReceiptRecord {
        receipt_id: app.ambient.new_id(),
        conversion_id: app.ambient.new_id(),
        workspace: world.tenant.id(),
        advertiser: None,
        arrived_at: world.now(),
        door: Door::Postback,
        trust: Trust::Token,
        remote_ip: [192, 0, 2, 1].into(),
        params: said.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        raw: Vec::new(),
        clicks_before: Positions::default(),
    };
    app.journal.receipts().append(&receipt).await.expect("there is room");
}
