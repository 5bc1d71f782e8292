//! A file comes in: read whole or refused whole, kept with its hash, and compared by a job.

use jiff::civil::Date;
use kernel::{FieldError, Id, Refusal, RefusalCode, Tenant, Timestamp, id};
use reconcile::{BadRow, FileError, figures, table, totals};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{
    agreed, compare,
    entity::{
        file, line,
        reconciliation::{Column, Entity, Model},
    },
    model::{AgreedMapping, FiguresKind, ReconciliationState},
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    identity::Actor,
    platform::Answer,
};

const NAME_CHARS_MAX: usize = 200;
/// Days of one period.
const DAYS_MAX: i32 = 366;

/// Which period a file tells of.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NewReconciliation {
    #[param(value_type = String)]
    pub advertiser_id: Id<id::Advertiser>,
    /// First day of the period, such as `2026-11-01`, in the advertiser's time zone.
    #[param(format = Date)]
    pub first_day: String,
    /// Its last day, which belongs to it.
    #[param(format = Date)]
    pub last_day: String,
    /// How the file is called.
    pub name: Option<String>,
}

/// Takes a file in.
pub async fn begin(app: &App, actor: &Actor, new: NewReconciliation, content: Vec<u8>) -> Answer<Model> {
    let advertiser = advertisers::store::get(app.records.read(), actor.tenant, new.advertiser_id).await?.id;
    let agreed = agreed::find(app.records.read(), actor.tenant, advertiser).await?;
    let no_mapping = || Refusal::new(RefusalCode::BadFigures, "agree on how this advertiser's files are read first");
    let mapping = agreed.ok_or_else(no_mapping)?.mapping;
    let ((first_day, last_day), (from_at, to_at)) = period(&mapping, &new)?;
    let (content, rows_count) = read(mapping.clone(), content).await?;
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        advertiser_id: advertiser,
        first_day: first_day.to_string(),
        last_day: last_day.to_string(),
        from_at,
        to_at,
        state: ReconciliationState::Comparing,
        kind: mapping.kind(),
        mapping,
        file_name: file_name(new.name.as_deref()),
        file_hash: data_encoding::HEXLOWER.encode(&Sha256::digest(&content)),
        file_bytes: i64::try_from(content.len()).map_err(anyhow::Error::from)?,
        rows_count,
        lines_count: 0,
        act: None,
        act_hash: None,
        created_by: actor.user,
        created_at: app.ambient.now(),
        closed_by: None,
        closed_at: None,
    };
    keep(app, actor, &row, content).await?;
    Ok(row)
}

fn file_name(said: Option<&str>) -> String {
    let name = said.map_or("", str::trim);
    let name = if name.is_empty() { "figures" } else { name };
    name.chars().filter(|letter| !letter.is_control()).take(NAME_CHARS_MAX).collect()
}

/// The first and the last day, and where the period begins and ends.
type Span = ((Date, Date), (Timestamp, Timestamp));

fn period(mapping: &AgreedMapping, new: &NewReconciliation) -> Result<Span, Refusal> {
    let zone = kernel::time::zone(&mapping.reading.time_zone)?;
    let bad =
        || Refusal::new(RefusalCode::BadParameter, "a period is told by its first and last day, at most 366 days");
    let day = |text: &str| text.parse::<Date>().map_err(|_| bad());
    let (first, last) = (day(&new.first_day)?, day(&new.last_day)?);
    let days = last.since(first).map_err(|_| bad())?.get_days();
    let behind = last.tomorrow().map_err(|_| bad())?;
    if !(0..DAYS_MAX).contains(&days) {
        return Err(bad());
    }
    Ok(((first, last), (Timestamp::start_of_day(first, &zone), Timestamp::start_of_day(behind, &zone))))
}

/// Answers the content again, with how many rows it tells.
async fn read(mapping: AgreedMapping, content: Vec<u8>) -> Answer<(Vec<u8>, i64)> {
    let read = tokio::task::spawn_blocking(move || {
        let count = table::read(&content).and_then(|table| match mapping.kind() {
            FiguresKind::Rows => figures::rows(&table, &mapping.reading).map(|rows| rows.len()),
            FiguresKind::Totals => totals::rows(&table, &mapping.reading).map(|cells| cells.len()),
        });
        count.map(|count| (content, count))
    });
    let (content, count) = read.await.map_err(anyhow::Error::from)?.map_err(|error| refusal(&error))?;
    Ok((content, i64::try_from(count).map_err(anyhow::Error::from)?))
}

/// Each bad row by its number.
fn refusal(error: &FileError) -> Refusal {
    let told = |bad: &BadRow| FieldError { field: format!("rows.{}", bad.row), message: bad.words.clone() };
    let fields = if let FileError::Rows(bad) = error { bad.iter().map(told).collect() } else { Vec::new() };
    Refusal { fields, ..Refusal::new(RefusalCode::BadFigures, error.to_string()) }
}

async fn keep(app: &App, actor: &Actor, row: &Model, content: Vec<u8>) -> Answer<()> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    require_free(&*write, row).await?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let kept = file::Model { reconciliation_id: row.id, workspace_id: row.workspace_id, content };
    file::Entity::insert(kept.into_active_model()).exec_without_returning(&*write).await?;
    compare::enqueue(&*write, app, row).await?;
    remember(app, &*write, actor, "reconciliation.begun", row).await?;
    Ok(write.commit().await?)
}

/// One period is compared once at a time, and none that is closed again.
async fn require_free(conn: &impl ConnectionTrait, row: &Model) -> Answer<()> {
    require_after_closed(conn, row).await?;
    let open = Entity::find()
        .filter(Column::WorkspaceId.eq(row.workspace_id))
        .filter(Column::AdvertiserId.eq(row.advertiser_id))
        .filter(Column::State.is_in([ReconciliationState::Comparing, ReconciliationState::Open]))
        .filter(Column::FromAt.lt(row.to_at))
        .filter(Column::ToAt.gt(row.from_at));
    if open.one(conn).await?.is_some() {
        let message = "days of this period are being reconciled already: discard that, or close it";
        return Err(Refusal::new(RefusalCode::AlreadyExists, message).into());
    }
    Ok(())
}

/// A period never reaches back behind one that is closed.
pub async fn require_after_closed(conn: &impl ConnectionTrait, row: &Model) -> Answer<()> {
    let closed = Entity::find()
        .filter(Column::WorkspaceId.eq(row.workspace_id))
        .filter(Column::AdvertiserId.eq(row.advertiser_id))
        .filter(Column::State.eq(ReconciliationState::Closed))
        .filter(Column::ToAt.gt(row.from_at));
    match closed.one(conn).await? {
        Some(closed) => {
            let message =
                format!("{} to {} is closed: later changes join the next period", closed.first_day, closed.last_day);
            Err(Refusal::new(RefusalCode::PeriodClosed, message).into())
        }
        None => Ok(()),
    }
}

/// Throws one away that is not closed. What was decided and carried out stands.
pub async fn discard(app: &App, actor: &Actor, id: Id<id::Reconciliation>) -> Answer<()> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = get(&*write, actor.tenant, id).await?;
    if row.state == ReconciliationState::Closed {
        return Err(Refusal::new(RefusalCode::PeriodClosed, "a closed period stays as it is").into());
    }
    let of_it = line::Column::WorkspaceId.eq(actor.tenant.id()).and(line::Column::ReconciliationId.eq(id));
    let undone = of_it.and(line::Column::AppliedAt.is_null());
    line::Entity::delete_many().filter(undone).exec(&*write).await?;
    row.state = ReconciliationState::Discarded;
    row.clone().into_active_model().reset_all().update(&*write).await?;
    remember(app, &*write, actor, "reconciliation.discarded", &row).await?;
    Ok(write.commit().await?)
}

/// One of the tenant that was not thrown away, or 404.
pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::Reconciliation>) -> Answer<Model> {
    let row = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(tenant.id())).one(conn).await?;
    let row = row.filter(|row| row.state != ReconciliationState::Discarded);
    row.ok_or_else(|| Refusal::not_found("reconciliation").into())
}

/// Remembers what was done with it.
pub async fn remember(app: &App, conn: &impl ConnectionTrait, actor: &Actor, action: &str, row: &Model) -> Answer<()> {
    let after = Some(json!({
        "advertiser_id": row.advertiser_id, "first_day": row.first_day, "last_day": row.last_day,
        "file_name": row.file_name, "file_hash": row.file_hash, "act_hash": row.act_hash
    }));
    let change = Change { action, subject: row.id.to_string(), before: None, after };
    Ok(audit::record(conn, &app.ambient, actor, change).await?)
}
