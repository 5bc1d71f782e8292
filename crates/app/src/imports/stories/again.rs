//! Imports that are done twice, broken off, or taken back.

use serde_json::json;
use testkit::{World, text};

use super::{at, checked, only, run, tally, tune, with_files};

fn few() -> Vec<(&'static str, String)> {
    let head =
        |csv: String, rows: usize| csv.lines().take(rows + 1).map(|line| format!("{line}\n")).collect::<String>();
    vec![
        ("offers", tune::offers()),
        ("partners", tune::partners()),
        ("links", head(tune::links(), 40)),
        ("clicks", tune::clicks(100)),
        (
            "conversions",
            "Stat.id,Stat.datetime,Stat.ad_id,Stat.offer_id,Stat.affiliate_id,Stat.status,Stat.payout\n\
            1,2026-01-31 08:00:00,1028aaaaaaaaaaaaaaaaaaaaaaaaaa,26,1001,pending,8.00\n"
                .to_owned(),
        ),
        ("balances", "Affiliate.id,Balance\n1001,10.00\n1002,20.00\n".to_owned()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_files_again_double_nothing() {
    let world = World::new().await;
    let new = json!({"platform": "tune", "currency": "EUR"});
    let import = with_files(&world, new.clone(), &few()).await;
    checked(&world, &import).await;
    run(&world, &import).await;
    let again = with_files(&world, new, &few()).await;
    let told = checked(&world, &again).await;
    assert_eq!(tally(&told, "offers", "checked"), [50, 0, 50, 0, 0]);
    let done = run(&world, &again).await;
    for (kind, rows) in [("offers", 50), ("partners", 400), ("links", 40), ("clicks", 100), ("balances", 2)] {
        assert_eq!(tally(&done, kind, "tally"), [rows, 0, rows, 0, 0], "{kind}");
    }
    assert_eq!(tally(&done, "conversions", "tally"), [1, 0, 1, 0, 0]);
    let partner = only(&world, "/v1/partners?q=1002").await;
    assert_eq!(world.balance(&text(&partner, "id")).await["payable"], 2000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_breaks_off_goes_on_where_it_was() {
    let mut world = World::new().await;
    let import = with_files(&world, json!({"platform": "tune", "currency": "EUR"}), &few()).await;
    checked(&world, &import).await;
    world.manager.post(&format!("{import}/run"), json!({})).await.ok();
    for _ in 0..4 {
        world.platform().tick().await.expect("a batch");
    }
    let midway = world.manager.get(&import).await.ok();
    assert_eq!(midway["state"], "running", "{midway}");
    world.restart().await;
    world.manager.post(&format!("{import}/run"), json!({})).await.ok();
    world.settle().await;
    let done = world.manager.get(&import).await.ok();
    assert_eq!(done["state"], "done");
    assert_eq!(tally(&done, "offers", "tally"), [50, 50, 0, 0, 0]);
    assert_eq!(tally(&done, "partners", "tally"), [400, 400, 0, 0, 0]);
    assert_eq!(tally(&done, "balances", "tally"), [2, 2, 0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_taken_back_as_far_as_that_is_sensible() {
    let world = World::new().await;
    tune::speaks_tune(&world).await;
    let import = with_files(&world, json!({"platform": "tune", "currency": "EUR"}), &few()).await;
    world.manager.post(&format!("{import}/undo"), json!({})).await.refused(409, "illegal_move");
    checked(&world, &import).await;
    run(&world, &import).await;
    world.manager.post(&format!("{import}/undo"), json!({})).await.ok();
    world.settle().await;
    assert_eq!(world.manager.get(&import).await.ok()["state"], "undone");
    let partner = only(&world, "/v1/partners?q=1001").await;
    let balance = world.balance(&text(&partner, "id")).await;
    assert_eq!((balance["payable"].clone(), balance["pending"].clone()), (json!(0), json!(0)), "{balance}");
    let call = format!("/aff_lsr?transaction_id={}&security_token=tune-secret", tune::transaction(5));
    assert!(at(&world, &call).await.text.starts_with("success=false"), "its clicks are gone");
    let links = world.manager.get("/v1/links?state=active").await.ok();
    assert_eq!(links["items"], json!([]), "its links are archived");
}
