//! A backup taken while everything is in flight, and what a restored installation tells.

use std::{collections::HashSet, fs, path::Path, sync::Arc};

use crate::{
    agreement::{agree, book_is_whole, click_ids, totals},
    load::{Load, Told},
    process::{Keys, Serving, client, install, programme, run, tributary},
};

struct Original {
    keys: Arc<Keys>,
    partner: String,
    slug: String,
}

impl Original {
    /// A load on a server of this installation or of a copy, with a memory of its own.
    fn load_on(&self, serving: &Serving, told: Arc<Told>) -> Load {
        Load::on(&serving.url, self.keys.clone(), &self.slug, told)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_in_full_flight_restores_a_whole_installation() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let keys = Arc::new(install(&data));
    let serving = Serving::start(&data).await;
    let (_, partner, slug) = programme(&client(), &serving.url, &keys.manager).await;
    let original = Original { keys, partner, slug };
    let load = original.load_on(&serving, Arc::default());
    let tasks = load.start();
    tokio::time::sleep(std::time::Duration::from_millis(1_000)).await;
    let (clicks_before, orders_before) = (load.told.clicks(), load.told.orders());
    let in_flight = take(&data, &folder.path().join("in-flight.tar"));
    load.stop(tasks).await;
    assert!(clicks_before.len() > 50 && orders_before.len() > 10, "the load was real");

    let standing = agree(&data, &load, &original.partner).await;
    let clicks = totals(&load, &["gross_clicks", "clicks", "conversions"]).await;
    let quiet = take(&data, &folder.path().join("quiet.tar"));
    serving.terminate();

    let copy = restore(&quiet, &folder.path().join("copy"));
    let restored = Serving::start(&copy).await;
    let load = original.load_on(&restored, Arc::default());
    assert_eq!(agree(&copy, &load, &original.partner).await, standing, "a quiet copy is the same to the last order");
    assert_eq!(totals(&load, &["gross_clicks", "clicks", "conversions"]).await, clicks);
    goes_on(&original, restored, &copy).await;

    let copy = restore(&in_flight, &folder.path().join("copy in flight"));
    let restored = Serving::start(&copy).await;
    let load = original.load_on(&restored, Arc::default());
    let copied = agree(&copy, &load, &original.partner).await;
    assert!(orders_before.is_subset(&copied.orders), "what was told before the backup is in it");
    assert!(copied.orders.is_subset(&standing.orders), "and nothing that the original does not know");
    goes_on(&original, restored, &copy).await;
    let facts: HashSet<u128> = click_ids(&copy).into_iter().collect();
    let lost = clicks_before.iter().filter(|id| !facts.contains(&kernel::crockford::decode(id).expect("a click id")));
    assert_eq!(lost.count(), 0, "of the clicks told before the backup");
}

/// Orders of the copies: the original gets none so high.
const ORDERS_OF_COPIES: u64 = 1_000_000;

/// Old links and keys work in the copy, new sales count, and the book stays whole.
async fn goes_on(original: &Original, restored: Serving, copy: &Path) {
    let load = original.load_on(&restored, Told::with_orders_from(ORDERS_OF_COPIES));
    let click = load.click().await.expect("an old link redirects");
    let (status, body) = load.sell(&click).await.expect("an answer");
    assert_eq!(status, 200, "{body}");
    agree(copy, &load, &original.partner).await;
    let doctor = run(copy, &["check"]);
    assert_eq!(doctor["healthy"], true, "{doctor}");
    restored.terminate();
    book_is_whole(copy);
    let (all, unique) = (click_ids(copy), click_ids(copy).into_iter().collect::<HashSet<_>>());
    assert_eq!(all.len(), unique.len(), "no click is counted twice");
}

fn take(data: &Path, to: &Path) -> std::path::PathBuf {
    let report = run(data, &["backup", "--to", to.to_str().expect("a path")]);
    assert_eq!(report["bytes"].as_u64(), fs::metadata(to).ok().map(|file| file.len()), "{report}");
    to.to_owned()
}

fn restore(from: &Path, into: &Path) -> std::path::PathBuf {
    run(into, &["restore", "--from", from.to_str().expect("a path")]);
    let again = tributary(into).args(["restore", "--from"]).arg(from).output().expect("the program starts");
    assert!(!again.status.success(), "a restore overwrites nothing");
    into.to_owned()
}
