//! kill -9, twenty times in a row, while clicks, receipts, approvals, reprices and payouts are in flight: nothing that was
//! acknowledged is lost, nothing is doubled, and start-up recovers by itself.

use std::{sync::Arc, time::Duration};

use crate::{
    agreement::{agree, book_is_whole, every_told_click_is_a_fact},
    load::{Load, Told},
    process::{Serving, client, install, programme},
};

const ROUNDS: u32 = 20;
/// A round that brought nothing after so long goes on: the counts at the end tell.
const LOAD_WITHIN: Duration = Duration::from_secs(8);
/// Every so many rounds the kill waits for a reprice.
const ROUNDS_FOR_A_REPRICE: u32 = 4;

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
        real_load(&told, round).await;
        tokio::time::sleep(Duration::from_millis(u64::from(round) * 35)).await;
        serving.kill();
        load.stop(tasks).await;
        let again = Serving::start(&data).await;
        agree(&data, &Load::on(&again.url, keys.clone(), &slug, told.clone()), &partner).await;
        again.kill();
    }
    book_is_whole(&data);
    let (clicks, orders) = (told.clicks(), told.orders());
    let counted = (clicks.len(), orders.len(), told.reprices());
    assert!(counted.0 > 100 && counted.1 > 20 && counted.2 > 3, "the load was real: {counted:?}");
    every_told_click_is_a_fact(&data, &clicks);
}

/// Waits until the round has brought something, however slow the machine: it is killed in full flight.
async fn real_load(told: &Told, round: u32) {
    let counts = || (told.clicks().len(), told.orders().len(), told.reprices());
    let before = counts();
    let reprices = u64::from(round.is_multiple_of(ROUNDS_FOR_A_REPRICE));
    let began = tokio::time::Instant::now();
    while began.elapsed() < LOAD_WITHIN {
        let now = counts();
        if now.0 >= before.0 + 8 && now.1 >= before.1 + 3 && now.2 >= before.2 + reprices {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
