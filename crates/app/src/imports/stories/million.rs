//! The weight of a real move, run by hand: `cargo nextest run --run-ignored only -E 'test(a_million_old_clicks)'` tells
//! how long it takes.

use serde_json::json;
use testkit::World;

use super::{at, checked, only, run, tally, tune, with_files};

const CLICKS: usize = 1_000_000;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a minute and more: the figure is in docs/moving-in.md"]
async fn a_million_old_clicks_move_in() {
    let world = World::new().await;
    tune::speaks_tune(&world).await;
    let files = [
        ("offers", tune::offers()),
        ("partners", tune::partners()),
        ("links", tune::links()),
        ("clicks", tune::clicks(CLICKS)),
    ];
    let import = with_files(&world, json!({"platform": "tune", "currency": "EUR"}), &files).await;
    let told = checked(&world, &import).await;
    let all = CLICKS as i64;
    assert_eq!(tally(&told, "clicks", "checked"), [all, all, 0, 0, 0]);
    let done = run(&world, &import).await;
    assert_eq!(tally(&done, "clicks", "tally"), [all, all, 0, 0, 0]);
    let last = tune::transaction(CLICKS - 1);
    let call = format!("/aff_lsr?transaction_id={last}&amount=80.00&adv_sub=LAST&security_token=tune-secret");
    assert_eq!(at(&world, &call).await.text, "success=true;");
    only(&world, "/v1/conversions?order_id=LAST").await;
}
