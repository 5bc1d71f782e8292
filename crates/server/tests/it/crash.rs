//! kill -9, twenty times in a row, while clicks, receipts, approvals, reprices and payouts are in flight: nothing that was
//! acknowledged is lost, nothing is doubled, and start-up recovers by itself.

use std::{sync::Arc, time::Duration};

use crate::{
    agreement::{agree, book_is_whole, every_told_click_is_a_fact},
    load::{Load, Told},
    process::{Serving, client, install, programme},
};

const ROUNDS: u32 = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_kills_lose_nothing_and_double_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let keys = Arc::new(install(&data));
    let first = Serving::start(&data).await;
    let (_, partner, slug) = programme(&client(), &first.url, &keys.manager).await;
    first.terminate();
    let told = Arc::new(Told::default());
    for round in 0..ROUNDS {
        let serving = Serving::start(&data).await;
        let load = Load::on(&serving.url, keys.clone(), &slug, told.clone()).with_reprices();
        let tasks = load.start();
        tokio::time::sleep(Duration::from_millis(300 + u64::from(round) * 35)).await;
        serving.kill();
        load.stop(tasks).await;
        let again = Serving::start(&data).await;
        agree(&data, &Load::on(&again.url, keys.clone(), &slug, told.clone()), &partner).await;
        again.kill();
    }
    book_is_whole(&data);
    let (clicks, orders) = (told.clicks(), told.orders());
    assert!(clicks.len() > 100 && orders.len() > 20 && told.reprices() > 3, "the load was real");
    every_told_click_is_a_fact(&data, &clicks);
}
