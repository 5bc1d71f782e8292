//! Fills an empty data folder day by day.

use std::sync::Arc;

use anyhow::Context as _;
use app::{alerts, book, identity::Place, platform::jobs};
use connect::{
    mail::{FakeMailbox, Mailer},
    outgoing::{FakeReceivers, Sender},
    probe::{FakeHosts, Prober},
};
use events::JournalOptions;
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{
    Ambient, Clock as _, Timestamp,
    ambient::SeededChance,
    time::{DAY_MS, MovableClock, SystemClock, zone},
};
use rand::{SeedableRng as _, rngs::StdRng};

use super::{
    DemoArguments, Login, Logins,
    calendar::clicks_per_day,
    office::Office,
    people::{self, Workspace},
    stage::{self, Api, Stage},
    traffic::{Crowd, DayPlan, Diary},
};
use crate::{Config, Platform, Surroundings};

/// Of a whole year; bots and repeated clicks among them.
const CLICKS_PER_DAY: u64 = 1_010;

pub async fn fill(config: &Config, arguments: &DemoArguments) -> anyhow::Result<Logins> {
    let now = SystemClock.now();
    let first_day = now.plus_days(-i64::from(arguments.days) + 1).local_day(&zone("Europe/Warsaw")?);
    let clock = MovableClock::starting_at(Timestamp::start_of_day(first_day, &zone("Europe/Warsaw")?));
    let around = Surroundings {
        ambient: Ambient::new(Arc::new(clock.clone()), Arc::new(SeededChance::from_number(arguments.seed))),
        mailer: Mailer::Fake(FakeMailbox::default()),
        prober: Prober::Fake(FakeHosts::default()),
        sender: Sender::Fake(FakeReceivers::default()),
        journal: JournalOptions::default(),
        durable_records: false,
    };
    let platform = Platform::open(config.clone(), around).await?;
    let outcome = play(&platform, &clock, arguments, now, first_day).await;
    platform.close().await?;
    outcome
}

async fn play(
    platform: &Platform,
    clock: &MovableClock,
    arguments: &DemoArguments,
    now: Timestamp,
    first_day: jiff::civil::Date,
) -> anyhow::Result<Logins> {
    let mut chance = StdRng::seed_from_u64(arguments.seed);
    look_back_at_the_end_only(platform, now).await?;
    let workspace = people::workspace(platform).await?;
    let api = Api { router: platform.router(), key: workspace.manager.api_key.clone() };
    let stage = stage::set(&api, &mut chance, arguments.days).await.context("set the stage")?;
    let (partner, advertiser) = guests(platform, &workspace, &stage).await?;
    let mut office = Office::new(api, workspace.postback_token.clone());
    let mut crowd = Crowd::new(chance);
    let mut diary = Diary::default();
    let bar = ProgressBar::new(u64::from(arguments.days));
    bar.set_style(ProgressStyle::with_template("{bar:40} day {pos} of {len}").context("progress bar")?);
    let warsaw = zone("Europe/Warsaw")?;
    let total = CLICKS_PER_DAY * u64::from(arguments.days);
    for (day, clicks) in (0..).zip(clicks_per_day(first_day, arguments.days, total)) {
        let date = first_day.saturating_add(jiff::Span::new().days(i64::from(day)));
        let start = Timestamp::start_of_day(date, &warsaw);
        let end = now.min(start.plus_millis(DAY_MS));
        let plan = DayPlan::new(&stage, day, start, end, clicks);
        crowd.day(platform.edge(), clock, &stage, &plan, &mut diary)?;
        clock.set(end.plus_millis(-1));
        office.report(platform, diary.take_before(end)).await.context("report")?;
        while platform.tick().await? > 0 {}
        office.pay(day).await.context("pay")?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    clock.set(now);
    platform.settle().await?;
    Ok(Logins { manager: workspace.manager, partner, advertiser, postback_token: workspace.postback_token })
}

/// Each proof reads the whole book, and each rule of alerts weeks of facts: one for every night of the past would take longer
/// than all that happens by day.
async fn look_back_at_the_end_only(platform: &Platform, now: Timestamp) -> anyhow::Result<()> {
    let write = platform.app().records.begin().await?;
    for kind in [book::nightly::PROVE_BOOKS, alerts::follow::FOLLOW_ALERTS] {
        jobs::set_due(&*write, kind, now).await?;
    }
    write.commit().await?;
    Ok(())
}

/// A member of the first partner of the best group, and one of the first advertiser.
async fn guests(platform: &Platform, workspace: &Workspace, stage: &Stage) -> anyhow::Result<(Login, Login)> {
    let partner = stage.partners[stage.guest()].id.parse()?;
    let place = Place::partner(partner);
    let partner =
        people::member(platform, workspace.tenant, "partner@riverside.example", "Piotr Zieliński", place).await?;
    let place = Place::advertiser(stage.advertisers[0].parse()?);
    let email = "advertiser@riverside.example";
    let advertiser = people::member(platform, workspace.tenant, email, "Eva Lindqvist", place).await?;
    Ok((partner, advertiser))
}
