//! Every job and every schedule, on one page.

use anyhow::bail;
use futures_core::future::BoxFuture;
use kernel::time::{DAY_MS, HOUR_MS, MINUTE_MS};

use crate::{
    App,
    accruals::{entity::posting, lock, post},
    alerts::follow as alerts,
    billing::watch as billing,
    bonuses::{count, entity::bonus, give},
    book, caps,
    conversions::{clock_jobs, decider::retention, tier_jobs},
    doctor,
    exports::write,
    identity, imports,
    links::{checks, smart::learn},
    partners::account_changes,
    payouts::{approve, draw, schedules},
    platform::{
        idempotency,
        jobs::{self, Model as Job, Runner, Schedule},
        outbox::{self, Topic},
    },
    postbacks::{notice, retention as postback_log},
    reconciliation::{compare, take},
    recruitment::follow as recruits,
    reprices::{carry_out, notice as repriced},
    results::{jobs as revenue_share, qualify::watch},
    rewards::follow,
    simulations,
    subscriptions::run as subscriptions,
};

const SCHEDULES: &[Schedule] = &[
    Schedule { kind: clock_jobs::EXPIRE_VALIDATIONS, every_ms: MINUTE_MS },
    Schedule { kind: retention::FORGET_DECIDED_RECEIPTS, every_ms: HOUR_MS },
    Schedule { kind: "forget_old_rows", every_ms: HOUR_MS },
    Schedule { kind: postback_log::FORGET_DELIVERIES, every_ms: HOUR_MS },
    Schedule { kind: imports::FORGET_OLD_CLICKS, every_ms: HOUR_MS },
    Schedule { kind: write::FORGET_EXPORTS, every_ms: HOUR_MS },
    Schedule { kind: checks::CHECK_DOMAINS, every_ms: HOUR_MS },
    Schedule { kind: learn::LEARN_SMART_LINKS, every_ms: LEARN_EVERY_MS },
    Schedule { kind: tier_jobs::SETTLE_TIERS, every_ms: HOUR_MS },
    Schedule { kind: clock_jobs::LOCK_DUE_CONVERSIONS, every_ms: MINUTE_MS },
    Schedule { kind: watch::WATCH_QUALIFICATIONS, every_ms: MINUTE_MS },
    Schedule { kind: revenue_share::CLOSE_REVENUE_MONTHS, every_ms: HOUR_MS },
    Schedule { kind: revenue_share::LOCK_REVENUE_SHARES, every_ms: MINUTE_MS },
    Schedule { kind: post::POST_ACCRUALS, every_ms: 10 * MINUTE_MS },
    Schedule { kind: lock::LOCK_ACCRUALS, every_ms: MINUTE_MS },
    Schedule { kind: count::PAY_BONUSES, every_ms: MINUTE_MS },
    Schedule { kind: give::LOCK_BONUSES, every_ms: MINUTE_MS },
    Schedule { kind: recruits::FOLLOW_RECRUITS, every_ms: MINUTE_MS },
    Schedule { kind: follow::FOLLOW_REWARDS, every_ms: MINUTE_MS },
    Schedule { kind: doctor::keep::KEEP_CALLS, every_ms: MINUTE_MS },
    Schedule { kind: doctor::checkup::CHECK_OFFERS, every_ms: HOUR_MS },
    Schedule { kind: caps::watch::WATCH_TRAFFIC_CAPS, every_ms: MINUTE_MS },
    Schedule { kind: billing::WATCH_BALANCES, every_ms: MINUTE_MS },
    Schedule { kind: billing::WATCH_EXPOSURE, every_ms: HOUR_MS },
    Schedule { kind: subscriptions::CHARGE_SUBSCRIPTIONS, every_ms: MINUTE_MS },
    Schedule { kind: account_changes::PUT_ACCOUNTS_IN_FORCE, every_ms: MINUTE_MS },
    Schedule { kind: schedules::RUN_SCHEDULES, every_ms: 10 * MINUTE_MS },
    Schedule { kind: draw::FINISH_BATCHES, every_ms: MINUTE_MS },
    Schedule { kind: approve::UNDO_BATCHES, every_ms: MINUTE_MS },
    Schedule { kind: alerts::FOLLOW_ALERTS, every_ms: 5 * MINUTE_MS },
    Schedule { kind: book::nightly::PROVE_BOOKS, every_ms: DAY_MS },
];
/// How fast a smart link turns to what pays. Each turn reads its clicks and conversions of 90 days.
const LEARN_EVERY_MS: i64 = 5 * MINUTE_MS;
const DONE_JOBS_KEPT_DAYS: i64 = 7;
/// For whoever looks into what changed; the route table itself needs none that it has applied.
const ROUTE_NEWS_KEPT_DAYS: i64 = 7;

/// Runs the jobs of an application.
pub struct Jobs<'a>(pub &'a App);

impl Runner for Jobs<'_> {
    fn schedules(&self) -> &[Schedule] {
        SCHEDULES
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, anyhow::Result<()>> {
        Box::pin(async move {
            match job.kind.as_str() {
                clock_jobs::EXPIRE_VALIDATIONS => clock_jobs::expire_validations(self.0).await,
                tier_jobs::SETTLE_TIERS => tier_jobs::settle_tiers(self.0).await,
                clock_jobs::LOCK_DUE_CONVERSIONS => clock_jobs::lock_due(self.0).await,
                watch::WATCH_QUALIFICATIONS => watch::run(self.0).await,
                revenue_share::CLOSE_REVENUE_MONTHS => revenue_share::close_due(self.0).await,
                revenue_share::LOCK_REVENUE_SHARES => revenue_share::lock_due(self.0).await,
                post::POST_ACCRUALS => post::post_due(self.0).await,
                lock::LOCK_ACCRUALS => lock::lock_due::<posting::Model>(self.0).await,
                count::PAY_BONUSES => count::pay_due(self.0).await,
                give::LOCK_BONUSES => lock::lock_due::<bonus::Model>(self.0).await,
                recruits::FOLLOW_RECRUITS => recruits::run(self.0).await,
                follow::FOLLOW_REWARDS => follow::run(self.0).await,
                caps::watch::WATCH_TRAFFIC_CAPS => caps::watch::run(self.0).await,
                billing::WATCH_BALANCES => billing::balances(self.0).await,
                billing::WATCH_EXPOSURE => billing::exposure(self.0).await,
                subscriptions::CHARGE_SUBSCRIPTIONS => subscriptions::run_due(self.0).await,
                account_changes::PUT_ACCOUNTS_IN_FORCE => account_changes::put_due_in_force(self.0).await,
                schedules::RUN_SCHEDULES => schedules::run_due(self.0).await,
                draw::FINISH_BATCHES => draw::finish(self.0).await,
                approve::UNDO_BATCHES => approve::finish_undoing(self.0).await,
                alerts::FOLLOW_ALERTS => alerts::run(self.0).await,
                alerts::LOOK_AT_RULE => alerts::look_at(self.0, job).await,
                book::nightly::PROVE_BOOKS => book::nightly::run(self.0).await,
                doctor::keep::KEEP_CALLS => self.0.keep_calls().await,
                doctor::checkup::CHECK_OFFERS => doctor::checkup::check_due(self.0).await,
                retention::FORGET_DECIDED_RECEIPTS => retention::forget_decided(self.0).await,
                "forget_old_rows" => forget_old_rows(self.0).await,
                learn::LEARN_SMART_LINKS => learn::run(self.0).await,
                imports::CONTINUE_IMPORT => imports::continue_import(self.0, job).await,
                imports::UNDO_IMPORT => imports::undo_import(self.0, job).await,
                imports::FORGET_OLD_CLICKS => imports::forget_old_clicks(self.0).await,
                write::FORGET_EXPORTS => write::forget_expired(self.0).await,
                write::WRITE_EXPORT => write::run(self.0, job).await,
                compare::COMPARE_FIGURES => compare::run(self.0, job).await,
                take::TAKE_THEIRS => take::run(self.0, job).await,
                carry_out::CARRY_OUT_REPRICE => carry_out::run(self.0, job).await,
                repriced::TELL_REPRICED => repriced::tell(self.0, job).await,
                simulations::run::RUN_SIMULATION => simulations::run::run(self.0, job).await,
                checks::CHECK_DOMAINS => checks::check_all(self.0).await,
                identity::password_resets::MAIL_RESET_LINK => identity::password_resets::mail_link(self.0, job).await,
                caps::alerts::MAIL_CAP_ALERT => caps::alerts::mail(self.0, job).await,
                notice::MAIL_POSTBACK_PAUSED => notice::mail(self.0, job).await,
                postback_log::FORGET_DELIVERIES => postback_log::forget(self.0).await,
                identity::mails::SEND_MAIL => identity::mails::send(self.0, job).await,
                unknown => bail!("no job is called {unknown}"),
            }
        })
    }
}

async fn forget_old_rows(app: &App) -> anyhow::Result<()> {
    let now = app.ambient.now();
    let write = app.records.begin().await?;
    idempotency::prune(&*write, now.plus_millis(-idempotency::REMEMBERED_MS)).await?;
    identity::sessions::prune(&*write, now).await?;
    doctor::keep::forget(&*write, now).await?;
    jobs::prune(&*write, now.plus_days(-DONE_JOBS_KEPT_DAYS)).await?;
    // The row that the table ends with stays: by it a snapshot is known to be young enough.
    let applied = i64::try_from(app.routes.sequence())? - 1;
    outbox::prune(&*write, Topic::RoutesChanged, applied, now.plus_days(-ROUTE_NEWS_KEPT_DAYS)).await?;
    write.commit().await?;
    Ok(())
}
