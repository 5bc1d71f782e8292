//! Work for later: one table of jobs, one of schedules, both run by [`tick`] at a time that is passed in.
//!
//! A job row is written in the transaction that decides it is needed. A claim is a lease: a crash lets the job run again
//! after [`LEASE_MS`], so every job is safe to repeat. Which jobs and schedules exist stands on one page, `crate::jobs`.

use anyhow::Context as _;
use futures_core::future::BoxFuture;
use kernel::{Ambient, Id, Timestamp, id, time::MINUTE_MS, time::SECOND_MS};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, ExprTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, entity::prelude::*,
    sea_query::LockBehavior, sea_query::LockType,
};

use super::records::Records;

/// Jobs claimed at once.
const CLAIM_MAX: u64 = 32;
const LEASE_MS: i64 = 5 * MINUTE_MS;
/// After this many failures a job stays for a person to see.
const ATTEMPTS_MAX: i32 = 12;
const BACKOFF_FIRST_MS: i64 = 5 * SECOND_MS;
const BACKOFF_MAX_MS: i64 = 60 * MINUTE_MS;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Job>,
    /// Absent for work of the whole installation.
    pub workspace_id: Option<Id<id::Workspace>>,
    pub kind: String,
    pub payload: Json,
    pub due_at: Timestamp,
    pub attempts: i32,
    pub lease_until: Option<Timestamp>,
    pub done_at: Option<Timestamp>,
    pub last_error: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

pub mod schedule {
    //! When a recurring job is next due.
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "schedules")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        pub next_due_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Puts a job on the list, in the caller's transaction.
pub async fn enqueue(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    workspace: Option<Id<id::Workspace>>,
    kind: &'static str,
    payload: serde_json::Value,
    due_at: Timestamp,
) -> Result<Id<id::Job>, DbErr> {
    let job = Model {
        id: ambient.new_id(),
        workspace_id: workspace,
        kind: kind.to_owned(),
        payload,
        due_at,
        attempts: 0,
        lease_until: None,
        done_at: None,
        last_error: None,
    };
    let id = job.id;
    Entity::insert(job.into_active_model()).exec_without_returning(conn).await?;
    Ok(id)
}

/// A recurring job: its kind and how often it is due.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    pub kind: &'static str,
    pub every_ms: i64,
}

/// What runs jobs: the page that lists them.
pub trait Runner: Sync {
    fn schedules(&self) -> &[Schedule];
    fn run<'a>(&'a self, job: &'a Model) -> BoxFuture<'a, anyhow::Result<()>>;
}

/// Runs what is due at `now`; says how many jobs ran. Call again until it says 0.
pub async fn tick(records: &Records, ambient: &Ambient, runner: &impl Runner) -> anyhow::Result<usize> {
    let now = ambient.now();
    enqueue_schedules(records, ambient, runner.schedules(), now).await.context("enqueue schedules")?;
    let jobs = claim(records, now).await.context("claim jobs")?;
    for job in &jobs {
        let outcome = runner.run(job).await;
        finish(records, job, outcome, ambient.now()).await.context("finish a job")?;
    }
    Ok(jobs.len())
}

async fn enqueue_schedules(
    records: &Records,
    ambient: &Ambient,
    schedules: &[Schedule],
    now: Timestamp,
) -> Result<(), DbErr> {
    let known = schedule::Entity::find().all(records.read()).await?;
    let next_due = |kind: &str| known.iter().find(|row| row.kind == kind).map(|row| row.next_due_at);
    for schedule in schedules.iter().filter(|schedule| next_due(schedule.kind).is_none_or(|due| due <= now)) {
        let write = records.begin().await?;
        set_due(&*write, schedule.kind, now.plus_millis(schedule.every_ms)).await?;
        enqueue(&*write, ambient, None, schedule.kind, serde_json::Value::Null, now).await?;
        write.commit().await?;
    }
    Ok(())
}

/// Says when a recurring job is next due.
pub async fn set_due(conn: &impl ConnectionTrait, kind: &str, next_due_at: Timestamp) -> Result<(), DbErr> {
    let row = schedule::Model { kind: kind.to_owned(), next_due_at };
    let on_conflict = sea_orm::sea_query::OnConflict::column(schedule::Column::Kind)
        .update_column(schedule::Column::NextDueAt)
        .to_owned();
    schedule::Entity::insert(row.into_active_model()).on_conflict(on_conflict).exec_without_returning(conn).await?;
    Ok(())
}

async fn claim(records: &Records, now: Timestamp) -> Result<Vec<Model>, DbErr> {
    let claimable = Column::DoneAt
        .is_null()
        .and(Column::DueAt.lte(now))
        .and(Column::Attempts.lt(ATTEMPTS_MAX))
        .and(Column::LeaseUntil.is_null().or(Column::LeaseUntil.lte(now)));
    if Entity::find().filter(claimable.clone()).limit(1).one(records.read()).await?.is_none() {
        return Ok(Vec::new());
    }
    let write = records.begin().await?;
    let mut query =
        Entity::find().filter(claimable).order_by_asc(Column::DueAt).order_by_asc(Column::Id).limit(CLAIM_MAX);
    if write.get_database_backend() == DatabaseBackend::Postgres {
        query = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let jobs = query.all(&*write).await?;
    Entity::update_many()
        .set(ActiveModel { lease_until: Set(Some(now.plus_millis(LEASE_MS))), ..Default::default() })
        .filter(Column::Id.is_in(jobs.iter().map(|job| job.id)))
        .exec(&*write)
        .await?;
    write.commit().await?;
    Ok(jobs)
}

async fn finish(records: &Records, job: &Model, outcome: anyhow::Result<()>, now: Timestamp) -> Result<(), DbErr> {
    let mut row = ActiveModel { id: Set(job.id), lease_until: Set(None), ..Default::default() };
    match outcome {
        Ok(()) => row.done_at = Set(Some(now)),
        Err(error) => {
            let attempts = job.attempts + 1;
            tracing::warn!(job = %job.id, kind = job.kind, attempts, error = format!("{error:#}"), "job failed");
            row.attempts = Set(attempts);
            row.due_at = Set(now.plus_millis(backoff_ms(attempts)));
            row.last_error = Set(Some(format!("{error:#}").chars().take(1_000).collect()));
        }
    }
    let write = records.begin().await?;
    Entity::update(row).exec(&*write).await?;
    write.commit().await
}

fn backoff_ms(attempts: i32) -> i64 {
    let doublings = Ord::clamp(attempts, 0, 20);
    Ord::min(BACKOFF_FIRST_MS.saturating_mul(1 << doublings), BACKOFF_MAX_MS)
}

/// Jobs that wait and are due: nought when all is settled.
pub async fn due_count(records: &Records, now: Timestamp) -> Result<u64, DbErr> {
    let waiting = Column::DoneAt.is_null().and(Column::DueAt.lte(now)).and(Column::Attempts.lt(ATTEMPTS_MAX));
    Entity::find().filter(waiting).count(records.read()).await
}

/// Forgets jobs done before `before`.
pub async fn prune(conn: &impl ConnectionTrait, before: Timestamp) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::DoneAt.lt(before)).exec(conn).await?.rows_affected)
}
