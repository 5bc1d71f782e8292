//! Sends what is due, many at a time, few to one host.
//!
//! A host that does not answer rests, and is then asked one question at a time until it answers: a dead host holds up
//! nobody but itself. Outcomes are gathered and written down together. Nothing here outlives a crash, and nothing needs
//! to: what was in hand comes back when its lease ends.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use connect::outgoing::Failure;
use kernel::{
    Timestamp,
    time::{MINUTE_MS, SECOND_MS},
};
use sea_orm::entity::prelude::*;
use tokio::{sync::Notify, task::JoinSet, time};

use super::{
    clicks, compose, due,
    entity::{delivery, postback},
    happenings,
    model::PostbackState,
    plan,
    record::{self, Finished},
    target::Target,
};
use crate::App;

/// Requests under way at once, and of them to one host.
const IN_FLIGHT_MAX: usize = 64;
const PER_HOST_MAX: usize = 4;
/// How long a host rests after its first silence; each further one doubles it.
const REST_FIRST_MS: i64 = 5 * SECOND_MS;
const REST_MAX_MS: i64 = 5 * MINUTE_MS;
/// How often it is looked whether something is due.
const LOOK: Duration = Duration::from_millis(500);
const FAULT_PAUSE: Duration = Duration::from_secs(5);

#[derive(Default)]
struct Host {
    in_flight: usize,
    silences: u32,
    rests_until: Timestamp,
}

/// What is under way.
#[derive(Default)]
pub struct Courier {
    hosts: Mutex<HashMap<String, Host>>,
    tasks: Mutex<JoinSet<()>>,
    finished: Mutex<Vec<Finished>>,
    news: Notify,
}

fn courier(app: &App) -> Arc<Courier> {
    app.kept.of()
}

/// One turn: writes down what came back, makes deliveries of new moves, sends what is due. Says how much it did.
pub async fn turn(app: &App) -> anyhow::Result<usize> {
    let recorded = write_down(app).await?;
    let planned = plan::turn(app).await? + clicks::turn(app).await? + happenings::turn(app).await?;
    let sent = send_due(app).await?;
    Ok(recorded + planned + sent)
}

/// Works until nothing is due and nothing under way.
pub async fn settle(app: &App) -> anyhow::Result<usize> {
    let mut done = 0;
    loop {
        let did = turn(app).await?;
        idle(app).await;
        if did == 0 && lock(&courier(app).finished).is_empty() {
            return Ok(done);
        }
        done += did;
    }
}

/// Sends until the process ends.
pub async fn run(app: App) {
    loop {
        match turn(&app).await {
            Ok(0) => {
                let _ = time::timeout(LOOK, courier(&app).news.notified()).await;
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "deliveries cannot be made");
                time::sleep(FAULT_PAUSE).await;
            }
        }
    }
}

/// Lets requests under way finish, and writes down what came of them. Where that fails they are made again, under the
/// same keys.
pub async fn rest(app: &App) {
    idle(app).await;
    if let Err(error) = write_down(app).await {
        tracing::warn!(error = format!("{error:#}"), "what came of deliveries could not be written down");
    }
}

async fn idle(app: &App) {
    let mut tasks = std::mem::take(&mut *lock(&courier(app).tasks));
    while tasks.join_next().await.is_some() {}
}

async fn write_down(app: &App) -> anyhow::Result<usize> {
    while lock(&courier(app).tasks).try_join_next().is_some() {}
    let finished = std::mem::take(&mut *lock(&courier(app).finished));
    let count = finished.len();
    if let Err(error) = record::write(app, &finished).await {
        lock(&courier(app).finished).extend(finished);
        return Err(error);
    }
    Ok(count)
}

async fn send_due(app: &App) -> anyhow::Result<usize> {
    let now = app.ambient.now();
    let mut sent = 0;
    for host in due::hosts(app, courier(app).resting(now), now).await? {
        let room = courier(app).room(&host, now);
        if room == 0 {
            continue;
        }
        let rows = due::claim(app, &host, room as u64, now).await?;
        sent += rows.len();
        start(app, rows).await?;
    }
    Ok(sent)
}

async fn start(app: &App, rows: Vec<delivery::Model>) -> anyhow::Result<()> {
    let settings: HashSet<_> = rows.iter().map(|row| row.postback_id).collect();
    let settings =
        postback::Entity::find().filter(postback::Column::Id.is_in(settings)).all(app.records.read()).await?;
    for row in rows {
        let setting = settings.iter().find(|setting| setting.id == row.postback_id).cloned();
        courier(app).begin(&row.host);
        let app_of_task = app.clone();
        lock(&courier(app).tasks).spawn(async move { carry(&app_of_task, row, setting).await });
    }
    Ok(())
}

/// One try of one delivery.
async fn carry(app: &App, row: delivery::Model, setting: Option<postback::Model>) {
    let host = row.host.clone();
    let finished = attempt(app, row, setting).await;
    let silent = finished
        .tried
        .as_ref()
        .is_some_and(|tried| matches!(tried.outcome.result, Err(Failure::TimedOut | Failure::NotReached(_))));
    courier(app).end(&host, silent, app.ambient.now());
    lock(&courier(app).finished).push(finished);
    courier(app).news.notify_one();
}

async fn attempt(app: &App, row: delivery::Model, setting: Option<postback::Model>) -> Finished {
    let live = setting.filter(|setting| setting.state != PostbackState::Ended);
    let opened = live.and_then(|setting| Some((Target::open(app, &setting.target_sealed).ok()?, setting)));
    let told = serde_json::from_value(row.told.clone()).ok();
    match (opened, told) {
        (Some((target, setting)), Some(told)) => {
            let tried = compose::send(app, &target, &told, row.id, setting.ad_click_sub).await;
            Finished { row, tried: Some(tried) }
        }
        _ => Finished { row, tried: None },
    }
}

impl Courier {
    /// How many more requests may go to a host now.
    fn room(&self, host: &str, now: Timestamp) -> usize {
        let hosts = lock(&self.hosts);
        let under_way: usize = hosts.values().map(|host| host.in_flight).sum();
        let left = IN_FLIGHT_MAX.saturating_sub(under_way);
        match hosts.get(host) {
            Some(host) if host.rests_until > now => 0,
            Some(host) if host.silences > 0 => left.min(1_usize.saturating_sub(host.in_flight)),
            Some(host) => left.min(PER_HOST_MAX.saturating_sub(host.in_flight)),
            None => left.min(PER_HOST_MAX),
        }
    }

    fn resting(&self, now: Timestamp) -> Vec<String> {
        let hosts = lock(&self.hosts);
        hosts.iter().filter(|(_, host)| host.rests_until > now).map(|(name, _)| name.clone()).collect()
    }

    fn begin(&self, host: &str) {
        lock(&self.hosts).entry(host.to_owned()).or_default().in_flight += 1;
    }

    fn end(&self, host: &str, silent: bool, now: Timestamp) {
        let mut hosts = lock(&self.hosts);
        let Some(known) = hosts.get_mut(host) else { return };
        known.in_flight -= 1;
        if silent {
            let rest_ms = REST_FIRST_MS.saturating_mul(1 << known.silences.min(10)).min(REST_MAX_MS);
            known.silences += 1;
            known.rests_until = now.plus_millis(rest_ms);
        } else if known.in_flight == 0 {
            hosts.remove(host);
        } else {
            known.silences = 0;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("never held across a panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_host_rests_and_is_then_asked_one_question() {
        let (courier, at) = (Courier::default(), Timestamp::from_millis);
        assert_eq!(courier.room("dead", at(0)), PER_HOST_MAX);
        for _ in 0..PER_HOST_MAX {
            courier.begin("dead");
        }
        assert_eq!((courier.room("dead", at(0)), courier.room("live", at(0))), (0, PER_HOST_MAX));
        for _ in 0..PER_HOST_MAX {
            courier.end("dead", true, at(0));
        }
        assert_eq!(courier.room("dead", at(REST_FIRST_MS)), 0, "each silence makes the rest longer");
        assert_eq!(courier.room("dead", at(REST_MAX_MS)), 1);
        courier.begin("dead");
        courier.end("dead", false, at(REST_MAX_MS));
        assert_eq!(courier.room("dead", at(REST_MAX_MS)), PER_HOST_MAX, "it answers again");
    }

    #[test]
    fn all_hosts_together_are_bounded() {
        let courier = Courier::default();
        for host in 0..IN_FLIGHT_MAX {
            courier.begin(&host.to_string());
        }
        assert_eq!(courier.room("one more", Timestamp::from_millis(0)), 0);
    }
}
