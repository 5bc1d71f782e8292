//! The job that compares a file with ours and keeps the lines, some thousand a transaction.

use anyhow::Context as _;
use kernel::{Ambient, Id, Tenant, id};
use reconcile::{Difference, FileError, Period, Table, Theirs, figures::Said, table, totals::CellDifference};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};
use serde_json::json;

use super::{
    entity::{
        file, line,
        reconciliation::{Entity, Model},
    },
    model::{FiguresKind, LineStanding, ReconciliationState},
    ours::{self, Mine},
    rules,
    totals::{self, OfferNames},
};
use crate::{
    App,
    platform::{
        bulk,
        jobs::{self, Model as Job},
    },
};

pub const COMPARE_FIGURES: &str = "compare_figures";
/// Lines of one transaction.
const CHUNK: usize = 2_000;
/// Of an id, behind the place of its line: room for 2^18 lines.
const CHANCE_BITS: u32 = 44;

/// Puts the job on the list, in the caller's transaction.
pub async fn enqueue(conn: &impl ConnectionTrait, app: &App, row: &Model) -> Result<(), sea_orm::DbErr> {
    let payload = json!({"reconciliation_id": row.id});
    let now = app.ambient.now();
    jobs::enqueue(conn, &app.ambient, Some(row.workspace_id), COMPARE_FIGURES, payload, now).await.map(drop)
}

/// Begins anew where a crash interrupted it.
pub async fn run(app: &App, job: &Job) -> anyhow::Result<()> {
    let id: Id<id::Reconciliation> =
        serde_json::from_value(job.payload["reconciliation_id"].clone()).context("the id of a reconciliation")?;
    let Some(row) = Entity::find_by_id(id).one(app.records.read()).await? else { return Ok(()) };
    if row.state != ReconciliationState::Comparing {
        return Ok(());
    }
    let mut lines = lines(app, &row).await?;
    number(&app.ambient, &mut lines);
    if !begin(app, &row).await? {
        return Ok(());
    }
    let mut kept = 0;
    for chunk in lines.chunks(CHUNK) {
        if !keep(app, &row, kept, chunk).await? {
            return Ok(());
        }
        kept += chunk.len();
    }
    finish(app, &row, kept).await
}

/// Ids in the order of the lines, by which lists go.
fn number(ambient: &Ambient, lines: &mut [line::Model]) {
    let now = ambient.now();
    for (place, line) in lines.iter_mut().enumerate() {
        let chance = u128::from_be_bytes(ambient.random_bytes()) >> (u128::BITS - CHANCE_BITS);
        line.id = Id::from_parts(now, (place as u128) << CHANCE_BITS | chance);
    }
}

/// The row as it stands, while it is still being compared and nobody else has come further.
async fn stands(conn: &impl ConnectionTrait, row: &Model, kept: usize) -> anyhow::Result<Option<Model>> {
    let stands = Entity::find_by_id(row.id).one(conn).await?;
    let is_so = |now: &Model| now.state == ReconciliationState::Comparing && now.lines_count == kept as i64;
    Ok(stands.filter(is_so))
}

async fn begin(app: &App, row: &Model) -> anyhow::Result<bool> {
    let write = app.records.begin().await?;
    write.lock_workspace(Tenant(row.workspace_id)).await?;
    let Some(mut stands) = Entity::find_by_id(row.id).one(&*write).await? else { return Ok(false) };
    if stands.state != ReconciliationState::Comparing {
        return Ok(false);
    }
    let of_it = line::Column::WorkspaceId.eq(row.workspace_id).and(line::Column::ReconciliationId.eq(row.id));
    line::Entity::delete_many().filter(of_it).exec(&*write).await?;
    stands.lines_count = 0;
    stands.into_active_model().reset_all().update(&*write).await?;
    write.commit().await?;
    Ok(true)
}

/// False where another node is at it, or it was thrown away.
async fn keep(app: &App, row: &Model, kept: usize, chunk: &[line::Model]) -> anyhow::Result<bool> {
    let write = app.records.begin().await?;
    write.lock_workspace(Tenant(row.workspace_id)).await?;
    let Some(mut stands) = stands(&*write, row, kept).await? else { return Ok(false) };
    bulk::insert_all(&*write, chunk.iter().cloned().map(line::Model::into_active_model)).await?;
    stands.lines_count = (kept + chunk.len()) as i64;
    stands.into_active_model().reset_all().update(&*write).await?;
    write.commit().await?;
    Ok(true)
}

async fn finish(app: &App, row: &Model, kept: usize) -> anyhow::Result<()> {
    let write = app.records.begin().await?;
    write.lock_workspace(Tenant(row.workspace_id)).await?;
    let Some(mut stands) = stands(&*write, row, kept).await? else { return Ok(()) };
    stands.state = ReconciliationState::Open;
    stands.into_active_model().reset_all().update(&*write).await?;
    Ok(write.commit().await?)
}

async fn lines(app: &App, row: &Model) -> anyhow::Result<Vec<line::Model>> {
    let kept = file::Entity::find_by_id(row.id).one(app.records.read()).await?.context("the file of a comparison")?;
    let content = tokio::task::spawn_blocking(move || table::read(&kept.content)).await?;
    // It was read when it came; what cannot be read now was never understood alike.
    let table = content.context("the file was read before")?;
    match row.kind {
        FiguresKind::Rows => of_rows(app, row, table).await,
        FiguresKind::Totals => of_totals(app, row, &table).await,
    }
}

async fn of_rows(app: &App, row: &Model, table: Table) -> anyhow::Result<Vec<line::Model>> {
    let reading = row.mapping.reading.clone();
    let theirs: Result<Vec<Theirs>, FileError> =
        tokio::task::spawn_blocking(move || reconcile::figures::rows(&table, &reading)).await?;
    let mut theirs = theirs.context("the file was read before")?;
    for their in &mut theirs {
        if let Some(click) = their.keys.click.as_deref().and_then(rules::click) {
            their.keys.click = Some(click.to_string());
        }
    }
    let mine = ours::load(app.records.read(), row, &theirs).await?;
    let of = row.clone();
    let lines = tokio::task::spawn_blocking(move || {
        let period = Period { start: of.from_at, end: of.to_at };
        let ours: Vec<_> = mine.iter().map(|one| one.ours.clone()).collect();
        let differences = reconcile::compare(&ours, &theirs, period, &of.mapping.reading);
        let line = |difference: &Difference| line(&of, difference, &mine, &theirs);
        differences.iter().map(line).collect()
    });
    Ok(lines.await?)
}

fn line(of: &Model, difference: &Difference, mine: &[Mine], theirs: &[Theirs]) -> line::Model {
    let mut line = blank(of);
    (line.class, line.cause) = (difference.class.into(), difference.cause.map(Into::into));
    if let Some(place) = difference.theirs {
        put_theirs(&mut line, &theirs[place]);
    }
    if let Some(place) = difference.ours {
        put_ours(&mut line, of, &mine[place]);
    }
    line.currency = line.currency.or_else(|| line.theirs_currency.clone());
    line
}

fn put_ours(line: &mut line::Model, of: &Model, one: &Mine) {
    let standing: LineStanding = one.ours.standing.into();
    let counts = standing != LineStanding::Rejected;
    (line.conversion_id, line.offer_id) = (Some(one.id), one.offer);
    line.click = one.ours.keys.click.clone().or(line.click.take());
    line.order_id = one.ours.keys.order.clone().or(line.order_id.take());
    line.customer = one.ours.keys.customer.clone().or(line.customer.take());
    line.currency = Some(one.ours.amount.currency.to_string());
    line.ours_standing = Some(standing);
    line.ours_minor = Some(if counts { one.ours.amount.minor } else { 0 });
    line.ours_at = Some(one.ours.at);
    line.in_period = Period { start: of.from_at, end: of.to_at }.holds(one.ours.at);
}

fn put_theirs(line: &mut line::Model, their: &Theirs) {
    let standing = their.standing().map(LineStanding::from);
    let counts = standing != Some(LineStanding::Rejected);
    line.file_row = i64::try_from(their.row).ok();
    (line.click, line.order_id) = (their.keys.click.clone(), their.keys.order.clone());
    line.customer.clone_from(&their.keys.customer);
    line.theirs_standing = standing;
    line.theirs_word = if let Said::Unknown(word) = &their.said { Some(word.clone()) } else { None };
    line.theirs_reason = their.reason().map(|reason| reason.code().to_owned());
    line.theirs_currency = their.amount.map(|amount| amount.currency.to_string());
    line.theirs_minor = their.amount.map(|amount| if counts { amount.minor } else { 0 });
    line.theirs_at = their.told.map(|told| told.at);
}

async fn of_totals(app: &App, row: &Model, table: &Table) -> anyhow::Result<Vec<line::Model>> {
    let names = OfferNames::of(app.records.read(), row).await?;
    let theirs = reconcile::totals::rows(table, &row.mapping.reading).context("the file was read before")?;
    let theirs = totals::renamed(theirs, &names).map_err(anyhow::Error::msg)?;
    let mine = ours::load(app.records.read(), row, &[]).await?;
    let ours = totals::of_ours(&mine, row).map_err(anyhow::Error::msg)?;
    let differences = reconcile::totals::compare(&ours, &theirs);
    Ok(differences.into_iter().map(|difference| cell(row, difference, &names)).collect())
}

fn cell(of: &Model, difference: CellDifference, names: &OfferNames) -> line::Model {
    let CellDifference { cell, class, ours, theirs } = difference;
    let amount = |total: Option<reconcile::totals::Total>| total.and_then(|total| total.amount);
    let count = |total: Option<reconcile::totals::Total>| total.and_then(|total| i64::try_from(total.count).ok());
    line::Model {
        class: class.into(),
        offer_id: names.find(&cell.offer),
        // An offer that is none of ours is shown by the name that they have for it.
        order_id: names.find(&cell.offer).is_none().then_some(cell.offer).filter(|name| !name.is_empty()),
        country: Some(cell.country).filter(|country| !country.is_empty()),
        source: Some(cell.source).filter(|source| !source.is_empty()),
        currency: amount(ours).or(amount(theirs)).map(|amount| amount.currency.to_string()),
        theirs_currency: amount(theirs).map(|amount| amount.currency.to_string()),
        ours_minor: amount(ours).map(|amount| amount.minor),
        theirs_minor: amount(theirs).map(|amount| amount.minor),
        ours_count: count(ours),
        theirs_count: count(theirs),
        in_period: true,
        ..blank(of)
    }
}

fn blank(of: &Model) -> line::Model {
    line::Model {
        id: Id::from_u128(0),
        workspace_id: of.workspace_id,
        reconciliation_id: of.id,
        file_row: None,
        class: super::model::LineClass::Matched,
        cause: None,
        conversion_id: None,
        offer_id: None,
        click: None,
        order_id: None,
        customer: None,
        country: None,
        source: None,
        currency: None,
        theirs_currency: None,
        ours_standing: None,
        theirs_standing: None,
        theirs_word: None,
        theirs_reason: None,
        ours_minor: None,
        theirs_minor: None,
        ours_count: None,
        theirs_count: None,
        ours_at: None,
        theirs_at: None,
        in_period: false,
        decision: None,
        reason: None,
        note: None,
        report: None,
        decided_by: None,
        decided_at: None,
        applied_at: None,
        problem: None,
        problem_words: None,
    }
}
