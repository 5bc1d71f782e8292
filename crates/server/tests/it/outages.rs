//! What a store cannot take at present: told truly, kept where it can be kept, and made up for afterwards.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    agreement::{agree, book_is_whole, every_told_click_is_a_fact, totals},
    load::{Load, Told},
    places::{OwnPostgres, small_disk},
    process::{Serving, client, doctor, install, programme, settings, tributary},
};

/// Records and event store of a small installation, its journal's reserves, and some room.
const DISK_MEGABYTES: u32 = 80;
const CLICKS: usize = 40;
/// Tries until a thing that must happen has happened.
const TRIES_MAX: usize = 20_000;
const RECOVERS_WITHIN: Duration = Duration::from_secs(150);

/// An installation with a programme and some traffic.
struct Scene {
    data: PathBuf,
    serving: Serving,
    load: Load,
    partner: String,
}

impl Scene {
    async fn begin(data: &Path) -> Self {
        let keys = Arc::new(install(data));
        let serving = Serving::start(data).await;
        let (_, partner, slug) = programme(&client(), &serving.url, &keys.manager).await;
        let load = Load::on(&serving.url, keys, &slug, Arc::new(Told::default()));
        Self { data: data.to_owned(), serving, load, partner }
    }

    async fn click(&self) -> String {
        self.load.click().await.expect("redirects go on, and the click is kept")
    }

    /// A sale that is taken and decided at once.
    async fn sale(&self) {
        let click = self.click().await;
        let (status, body) = self.load.sell(&click).await.expect("an answer");
        assert_eq!((status, &body["status"]), (200, &json!("approved")), "{body}");
    }

    /// A sale that is kept, and decided later: its receipt.
    async fn deferred_sale(&self, click: &str) -> String {
        let (status, body) = self.load.sell(click).await.expect("an answer");
        assert_eq!((status, &body["status"]), (202, &json!("received")), "{body}");
        body["receipt_id"].as_str().expect("a receipt").to_owned()
    }

    async fn make_partner(&self) -> (u16, Value) {
        let partner = json!({ "name": "River Walks", "email": "pay@riverwalks.example" });
        self.load.post("/v1/partners", partner).await.expect("an answer")
    }

    /// Waits until a receipt has its verdict.
    async fn verdict(&self, receipt: &str) -> String {
        let since = Instant::now();
        loop {
            let shown = self.load.get(&format!("/v1/receipts/{receipt}")).await.expect("an answer");
            match shown["status"].as_str() {
                Some(status) if status != "received" => return status.to_owned(),
                _ => assert!(since.elapsed() < RECOVERS_WITHIN, "{receipt} is never decided: {shown}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Facts = records = book, the book proves itself, and every click that was told is a fact, once.
    async fn ends_well(self) {
        agree(&self.data, &self.load, &self.partner).await;
        self.serving.terminate();
        book_is_whole(&self.data);
        every_told_click_is_a_fact(&self.data, &self.load.told.clicks());
    }
}

fn is_refused(answer: &(u16, Value)) -> bool {
    assert!(answer.0 == 201 || (answer.0, &answer.1["code"]) == (503, &json!("records_unavailable")), "{answer:?}");
    answer.0 == 503
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let test = "outages::a_full_disk_loses_nothing_that_was_acknowledged";
    let Some(disk) = small_disk(test, DISK_MEGABYTES) else { return };
    let data = disk.path().join("data");
    settings(&data, "edge_threads = 1\n");
    let scene = Scene::begin(&data).await;
    for _ in 0..CLICKS {
        scene.sale().await;
    }
    agree(&data, &scene.load, &scene.partner).await;

    disk.fill();
    for _ in 0..CLICKS {
        scene.click().await;
    }
    assert!(journal_counter(&data, "reserves_used") > 0, "the journal goes on in its reserve");
    records_refuse(&scene).await;
    let click = scene.click().await;
    let receipt = scene.deferred_sale(&click).await;
    let unstored = use_the_reserve_up(&scene).await;
    assert!(journal_counter(&data, "unstored_records") >= unstored, "the alarm rises");

    disk.free();
    assert_eq!(scene.verdict(&receipt).await, "approved");
    let since = Instant::now();
    while is_refused(&scene.make_partner().await) {
        assert!(since.elapsed() < RECOVERS_WITHIN, "the records take nothing, though there is room again");
    }
    for _ in 0..CLICKS {
        scene.sale().await;
    }
    let told = scene.load.told.clicks().len() as u64;
    let agreed = agree(&data, &scene.load, &scene.partner).await;
    assert_eq!(agreed.orders.len(), 2 * CLICKS + 1);
    let counted = totals(&scene.load, &["gross_clicks"]).await.expect("a report");
    assert_eq!(counted["gross_clicks"].as_u64(), Some(told), "what was not kept is not counted");
    scene.ends_well().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_store_that_has_given_up_is_opened_again() {
    let test = "outages::an_event_store_that_has_given_up_is_opened_again";
    let Some(disk) = small_disk(test, DISK_MEGABYTES) else { return };
    let roomy = tempfile::tempdir().expect("a folder");
    let data = disk.path().join("data");
    leave_the_event_store_alone_on(&data, roomy.path());
    let scene = Scene::begin(&data).await;
    scene.sale().await;
    agree(&roomy.path().join("data"), &scene.load, &scene.partner).await;

    disk.fill();
    for _ in 0..CLICKS {
        scene.sale().await;
    }
    let backup = tributary(&data).args(["backup", "--to"]).arg(roomy.path().join("full.tar")).output();
    assert!(!backup.expect("the program starts").status.success(), "a full disk has no room to stage a backup");
    scene.sale().await;
    let since = Instant::now();
    while !scene.serving.told("fatal-error state") && since.elapsed() < RECOVERS_WITHIN {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(scene.serving.told("fatal-error state"), "DuckDB finds room on a full disk: {}", scene.serving.log());
    for _ in 0..CLICKS {
        scene.sale().await;
    }

    disk.free();
    agree(&roomy.path().join("data"), &scene.load, &scene.partner).await;
    assert!(scene.serving.told("event store was opened again"), "{}", scene.serving.log());
    let counted = totals(&scene.load, &["gross_clicks"]).await.expect("a report");
    assert_eq!(counted["gross_clicks"].as_u64(), Some(scene.load.told.clicks().len() as u64));
    scene.serving.terminate();
    book_is_whole(&data);
    every_told_click_is_a_fact(&data, &scene.load.told.clicks());
}

/// Puts records, click index and journal of an installation to be where there is room.
fn leave_the_event_store_alone_on(data: &Path, roomy: &Path) {
    fs::create_dir(data).expect("a folder");
    fs::create_dir_all(roomy.join("data/journal")).expect("a folder");
    symlink(roomy.join("data/journal"), data.join("journal")).expect("a link");
    symlink(roomy.join("data/clicks.db"), data.join("clicks.db")).expect("a link");
    let records = roomy.join("data/records.db");
    settings(data, &format!("records_url = \"sqlite://{}?mode=rwc\"\n", records.display()));
}

/// The records refuse in one clear way once what SQLite had allocated is used up.
async fn records_refuse(scene: &Scene) {
    for _ in 0..TRIES_MAX {
        if is_refused(&scene.make_partner().await) {
            return;
        }
    }
    panic!("the records find room on a full disk");
}

/// Long clicks until the reserve is full: the visitors are sent on, with an empty click id. How many were not kept.
async fn use_the_reserve_up(scene: &Scene) -> u64 {
    let long = format!("?source_id={0}&sub1={0}&sub2={0}&sub3={0}&sub4={0}&sub5={0}", "x".repeat(100));
    let mut unstored = 0;
    for _ in 0..TRIES_MAX {
        let answer = scene.load.visit(&long).await.expect("an answer");
        assert_eq!(answer.status(), 302, "the visitor is sent on");
        let location = answer.headers()["location"].to_str().expect("text").to_owned();
        if answer.headers().get("tributary-click").is_some_and(|told| told == "unstored") {
            assert!(location.starts_with("https://shop.northwind.example/"), "{location}");
            assert!(location.ends_with("click_id="), "an empty id: {location}");
            unstored += 1;
        } else {
            scene.load.remember(&answer);
        }
        if unstored == 10 {
            return unstored;
        }
    }
    panic!("the reserve has no end");
}

fn journal_counter(data: &Path, name: &str) -> u64 {
    let findings = doctor(data);
    let journal = findings["findings"].as_array().into_iter().flatten().find(|finding| finding["what"] == "journal");
    let detail = journal.expect("the journal is looked at")["detail"].as_str().expect("text").to_owned();
    let (_, rest) = detail.split_once(&format!("{name}: ")).expect("a counter");
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next().expect("digits");
    digits.parse().expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_locked_by_another_program_only_defer() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let scene = Scene::begin(&data).await;
    scene.sale().await;
    let click = scene.click().await;

    let other = Connection::open(data.join("records.db")).expect("records");
    other.execute_batch("begin exclusive").expect("the lock");
    let (receipt, refused) = tokio::join!(scene.deferred_sale(&click), scene.make_partner());
    assert!(is_refused(&refused), "{refused:?}");
    for _ in 0..CLICKS {
        scene.click().await;
    }
    other.execute_batch("rollback").expect("the lock is given back");

    assert_eq!(scene.verdict(&receipt).await, "approved");
    scene.sale().await;
    assert!(!is_refused(&scene.make_partner().await));
    scene.ends_well().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_absent_postgresql_only_defers() {
    let postgres = OwnPostgres::start();
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    settings(&data, &format!("records_url = \"{}\"\n", postgres.url));
    let mut scene = Scene::begin(&data).await;
    scene.sale().await;
    let click = scene.click().await;

    postgres.stop();
    let receipt = scene.deferred_sale(&click).await;
    assert!(is_refused(&scene.make_partner().await));
    let read = scene.load.get("/v1/partners").await.expect("an answer");
    assert_eq!(read["code"], "records_unavailable", "{read}");
    scene.serving.terminate();
    scene.serving = Serving::start_without_records(&data).await;
    scene.load.url = scene.serving.url.clone();
    for _ in 0..CLICKS {
        scene.click().await;
    }
    let late = scene.deferred_sale(&click).await;

    postgres.start_again();
    assert_eq!(scene.verdict(&receipt).await, "approved");
    assert_eq!(scene.verdict(&late).await, "rejected", "the second order of one click");
    let since = Instant::now();
    while is_refused(&scene.make_partner().await) {
        assert!(since.elapsed() < RECOVERS_WITHIN, "the records are back, but are not used");
    }
    scene.sale().await;
    told_once(&scene).await;
    scene.serving.terminate();
    book_is_whole(&data);
    every_told_click_is_a_fact(&data, &scene.load.told.clicks());
}

/// Four sales were told, and one was the second of its click: facts, records and book know the other three.
async fn told_once(scene: &Scene) {
    let since = Instant::now();
    loop {
        let facts = totals(&scene.load, &["conversions", "payout"]).await.expect("a report");
        let page = scene.load.get("/v1/conversions").await.expect("conversions");
        let balance = scene.load.get(&format!("/v1/partners/{}/balance", scene.partner)).await.expect("a balance");
        let booked = ["approved", "payable"].map(|part| balance["items"][0][part].as_i64().unwrap_or(0));
        let taken = |conversion: &&Value| conversion["status"] != "rejected";
        let listed = page["items"].as_array().into_iter().flatten().filter(taken).count();
        if facts == json!({ "conversions": 3, "payout": 2_400 }) && listed == 3 && booked.iter().sum::<i64>() == 2_400 {
            return;
        }
        assert!(since.elapsed() < RECOVERS_WITHIN, "facts {facts}, listed {listed}, booked {booked:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
