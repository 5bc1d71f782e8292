//! Taking an import back, as far as that is sensible.
//!
//! Balances get contrary entries, clicks are forgotten, conversions that still wait are rejected, links are archived.
//! Offers, partners, advertisers, enrollments and bindings of customers stay: people may have worked with them since, and
//! none of them moves money by itself. What has been paid or judged stays too, and is told as a finding.

use anyhow::Context as _;
use kernel::{Currency, Id, Money, Tenant, id, reason::ConversionReason};
use ledger::{Opening, Stamp, entries};
use sea_orm::{
    ConnectionTrait, ExprTrait as _, IntoActiveModel as _, QuerySelect as _, TransactionTrait as _, entity::prelude::*,
};

use super::{
    entity::{finding, import, imported_row},
    jobs::{UNDO_IMPORT, owner},
    model::{FindingCode, ImportKind, ImportState},
    rules::rows::BalanceSide,
    start::enqueue,
};
use crate::{
    App,
    conversions::{
        Action, Mover, Status,
        model::ActorKind,
        moves::{self, Order},
    },
    links::model::{self as link, LinkState},
    news::{self, RouteNews},
    platform::{WriteTransaction, jobs::Model as Job},
};

/// Rows taken back in one transaction.
const ROWS_PER_BATCH: u64 = 200;
const TAKEN_BACK: [ImportKind; 3] = [ImportKind::Balances, ImportKind::Conversions, ImportKind::Links];

/// The next part; the job leaves another behind until nothing is left.
pub async fn run(app: &App, job: &Job) -> anyhow::Result<()> {
    let Some(import) = owner(app, job).await? else { return Ok(()) };
    if import.state != ImportState::Undoing {
        return Ok(());
    }
    while !app.imported_clicks.forget(import.id.as_u128()).await? {}
    let write = app.records.begin().await?;
    let tenant = Tenant(import.workspace_id);
    write.lock_workspace(tenant).await?;
    let rows = next_rows(&*write, &import).await?;
    if rows.is_empty() {
        let undone = import::Model { state: ImportState::Undone, ..import };
        import::Entity::update(undone.into_active_model().reset_all()).exec_without_returning(&*write).await?;
        return Ok(write.commit().await?);
    }
    let mut news = Vec::new();
    match rows[0].kind {
        ImportKind::Balances => balances(app, &write, &import, &rows).await?,
        ImportKind::Conversions => conversions(app, &write, &import, &rows).await?,
        _ => news = links(&*write, tenant, &rows).await?,
    }
    forget(&*write, &rows).await?;
    enqueue(app, &*write, &import, UNDO_IMPORT).await?;
    Ok(news::commit_routes(app, write, tenant, &news).await?)
}

async fn next_rows(conn: &impl ConnectionTrait, import: &import::Model) -> anyhow::Result<Vec<imported_row::Model>> {
    for kind in TAKEN_BACK {
        let of_kind = imported_row::Column::ImportId.eq(import.id).and(imported_row::Column::Kind.eq(kind));
        let rows = imported_row::Entity::find().filter(of_kind).limit(ROWS_PER_BATCH).all(conn).await?;
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Ok(Vec::new())
}

async fn forget(conn: &impl ConnectionTrait, rows: &[imported_row::Model]) -> anyhow::Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let those = imported_row::Column::WorkspaceId
        .eq(first.workspace_id)
        .and(imported_row::Column::System.eq(&first.system))
        .and(imported_row::Column::Kind.eq(first.kind))
        .and(imported_row::Column::ExternalId.is_in(rows.iter().map(|row| row.external_id.as_str())));
    imported_row::Entity::delete_many().filter(those).exec(conn).await?;
    Ok(())
}

/// Each alone: one that was paid out meanwhile cannot be taken back, the others can.
async fn balances(
    app: &App,
    write: &WriteTransaction,
    import: &import::Model,
    rows: &[imported_row::Model],
) -> anyhow::Result<()> {
    for row in rows {
        let (opening, amount) = read(row).context("read a remembered balance")?;
        let stamp = Stamp { id: app.ambient.new_id(), at: app.ambient.now() };
        let entry = entries::closed(stamp, opening, amount).with_note("taken back");
        let part = write.begin().await?;
        match ledger::post(&part, Tenant(import.workspace_id), &[entry]).await {
            Ok(_) => part.commit().await?,
            Err(error) => {
                part.rollback().await?;
                note(app, &**write, import, row, &error.to_string()).await?;
            }
        }
    }
    Ok(())
}

fn read(row: &imported_row::Model) -> Option<(Opening, Money)> {
    let side = BalanceSide::from_code(row.detail.get("side")?.as_str()?)?;
    let currency = Currency::from_code(row.detail.get("currency")?.as_str()?)?;
    let minor = row.detail.get("minor")?.as_i64()?;
    let opening = match side {
        BalanceSide::Payable => Opening::Payable(Id::from_uuid(row.subject_id)),
        BalanceSide::Debt => Opening::Debt(Id::from_uuid(row.subject_id)),
        BalanceSide::Receivable => Opening::Receivable(Id::from_uuid(row.subject_id)),
        BalanceSide::Prepaid => Opening::Prepaid(Id::from_uuid(row.subject_id)),
    };
    Some((opening, Money::new(minor, currency)))
}

async fn conversions(
    app: &App,
    write: &WriteTransaction,
    import: &import::Model,
    rows: &[imported_row::Model],
) -> anyhow::Result<()> {
    let ids: Vec<Id<id::Conversion>> = rows.iter().map(|row| Id::from_uuid(row.subject_id)).collect();
    let mut sheet = moves::open(&**write, Tenant(import.workspace_id), &app.ambient).await?;
    moves::load_conversions(&**write, &mut sheet, &ids).await?;
    let order = Order {
        action: Action::Reject,
        amount_minor: None,
        reason: Some(ConversionReason::Manual),
        words: None,
        mover: Mover { kind: ActorKind::User, id: Some(import.user_id.uuid()) },
        at: app.ambient.now(),
    };
    for (row, id) in rows.iter().zip(ids) {
        let waits = sheet.get(id).is_some_and(|held| held.conversion.status == Status::Pending);
        let outcome = if waits { sheet.apply(id, &order).map_err(|refusal| refusal.to_string()) } else { Ok(()) };
        let judged = (!waits).then(|| "judged since".to_owned());
        if let Some(why) = outcome.err().or(judged) {
            note(app, &**write, import, row, &why).await?;
        }
    }
    sheet.write(&**write).await?;
    Ok(())
}

async fn links(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    rows: &[imported_row::Model],
) -> anyhow::Result<Vec<RouteNews>> {
    let ids: Vec<Id<id::Link>> = rows.iter().map(|row| Id::from_uuid(row.subject_id)).collect();
    let mine = link::Column::WorkspaceId.eq(tenant.id()).and(link::Column::Id.is_in(ids.iter().copied()));
    let archived = link::ActiveModel { state: sea_orm::ActiveValue::Set(LinkState::Archived), ..Default::default() };
    link::Entity::update_many().set(archived).filter(mine).exec(conn).await?;
    Ok(ids.into_iter().map(RouteNews::Link).collect())
}

async fn note(
    app: &App,
    conn: &impl ConnectionTrait,
    import: &import::Model,
    row: &imported_row::Model,
    why: &str,
) -> anyhow::Result<()> {
    let told = finding::Model {
        id: app.ambient.new_id(),
        workspace_id: import.workspace_id,
        import_id: import.id,
        kind: row.kind,
        line: 0,
        column_name: None,
        code: FindingCode::Refused,
        value: row.external_id.clone(),
        message: why.chars().take(200).collect(),
    };
    finding::Entity::insert(told.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}
