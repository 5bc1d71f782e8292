//! The weight of a real move, run by hand: `cargo nextest run --run-ignored only -E 'test(a_million_old_clicks)'` tells
//! how long it takes.

use testkit::World;

use super::{at, only, tune};

const CLICKS: usize = 1_000_000;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a minute and more: the figure is in docs/moving-in.md"]
async fn a_million_old_clicks_move_in() {
    let world = World::new().await;
    tune::moves_in(&world, CLICKS).await;
    // The very last one is of a banned partner.
    let late = tune::transaction(CLICKS - 2);
    let call = format!("/aff_lsr?transaction_id={late}&amount=80.00&adv_sub=LATE&security_token=tune-secret");
    assert_eq!(at(&world, &call).await.text, "success=true;");
    only(&world, "/v1/conversions?order_id=LATE").await;
}
