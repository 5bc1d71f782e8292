//! A schedule's day has come.

use std::collections::BTreeSet;

use kernel::{Currency, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, Iterable as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::{all, get, rules};
use crate::{
    App,
    partners::model::{self as partner, PayoutMethod},
    payouts::{
        create::{self, Maker, Wanted, Whom},
        entity::schedule::{Column, Entity, LastRun, Model, RunLine},
    },
    platform::{Answer, FaultsOfEach, Problem, audit_trail::Author},
    workspaces,
};

pub const RUN_SCHEDULES: &str = "run_payout_schedules";
const SCHEDULES_MAX: u64 = 1_000;

/// The job that runs every schedule whose day has come where it is.
pub async fn run_due(app: &App) -> anyhow::Result<()> {
    // A day begins first where clocks are furthest ahead.
    let latest = app.ambient.now().plus_days(1).local_day(&jiff::tz::TimeZone::UTC).to_string();
    let due = Entity::find()
        .filter(Column::IsPaused.eq(false))
        .filter(Column::NextOn.lte(latest))
        .order_by_asc(Column::NextOn)
        .limit(SCHEDULES_MAX)
        .all(app.records.read())
        .await?;
    let mut faults = FaultsOfEach::default();
    for row in due {
        let id = row.id;
        faults.note(run(app, row).await.map_err(|problem| anyhow::anyhow!("run the schedule {id}: {problem:?}")));
    }
    faults.end()
}

async fn run(app: &App, row: Model) -> Answer<()> {
    let tenant = Tenant(row.workspace_id);
    let zone = workspaces::store::get(app.records.read(), tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone);
    if row.next_on > today.to_string() {
        return Ok(());
    }
    let schedules = all(app.records.read(), tenant).await?;
    let others = schedules.iter().filter(|other| !other.is_paused).filter_map(|other| other.partner_group.clone());
    let whom = Whom::Group(row.partner_group.clone(), others.collect());
    let mut lines = Vec::new();
    for currency in currencies(app, tenant).await? {
        for method in PayoutMethod::iter() {
            lines.extend(batches(app, &row, (currency, method), &whom).await?);
        }
    }
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let known = get(&*write, tenant, row.id).await?;
    let tomorrow = today.tomorrow().map_err(anyhow::Error::from)?;
    let ran = Model {
        next_on: rules::next_on(known.rhythm, known.day, tomorrow).to_string(),
        last_run_at: Some(app.ambient.now()),
        last_run: LastRun(lines),
        ..known
    };
    ran.into_active_model().reset_all().update(&*write).await?;
    write.commit().await?;
    Ok(())
}

/// What is payable, and what partners are paid in whatever they earned.
async fn currencies(app: &App, tenant: Tenant) -> Answer<BTreeSet<Currency>> {
    let conn = app.records.read();
    let payable = ledger::payable_currencies(conn, tenant).await.map_err(anyhow::Error::from)?;
    let mut currencies: BTreeSet<Currency> = payable.into_iter().collect();
    let wanted = partner::Entity::find()
        .select_only()
        .column(partner::Column::PayoutCurrency)
        .distinct()
        .filter(partner::Column::WorkspaceId.eq(tenant.id()))
        .filter(partner::Column::PayoutCurrency.is_not_null())
        .into_tuple::<String>()
        .all(conn)
        .await?;
    for code in wanted {
        currencies.insert(code.parse()?);
    }
    Ok(currencies)
}

/// As many batches as the method's service takes at once.
async fn batches(
    app: &App,
    row: &Model,
    (currency, method): (Currency, PayoutMethod),
    whom: &Whom,
) -> Answer<Vec<RunLine>> {
    let maker = Maker {
        author: Author { tenant: Tenant(row.workspace_id), user: None },
        user: row.created_by,
        schedule: Some(row.id),
        is_asked_for: !row.is_automatic,
    };
    let wanted = Wanted { currency, method, whom: whom.clone(), pay_on: None, leave_out_faulty: true, early: None };
    let blank = RunLine { currency, method, batch_id: None::<kernel::Id<id::PayoutBatch>>, left_out: 0, refused: None };
    let mut lines = Vec::new();
    loop {
        match create::create(app, &maker, &wanted).await {
            Ok(made) => lines.push(RunLine {
                batch_id: Some(made.batch.id),
                left_out: made.left_out.len() as i64,
                ..blank.clone()
            }),
            Err(Problem::Refusal(refusal)) => {
                let is_over = refusal.code == kernel::RefusalCode::NothingToPay;
                let refused = Some(refusal.code.code().to_owned());
                lines.extend((!is_over && lines.is_empty()).then(|| RunLine { refused, ..blank.clone() }));
                return Ok(lines);
            }
            Err(fault) => return Err(fault),
        }
    }
}
