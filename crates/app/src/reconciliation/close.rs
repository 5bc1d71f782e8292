//! Closing a period: its act is frozen, and its invoices are drawn from the same figures, in one transaction.

use std::collections::HashSet;

use kernel::{Currency, Id, Refusal, RefusalCode, Tenant, Timestamp, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _, sea_query::Expr,
};

use super::{
    act::{Act, ActPart},
    begin,
    entity::{
        line::{Column, Entity},
        reconciliation::Model,
    },
    lines,
    model::{LineClass, LineDecision, ReconciliationState},
    ours, rules,
};
use crate::{
    App,
    billing::{
        draw,
        invoices::{self, NewInvoice},
        rules::Owing,
    },
    conversions::entity::conversion,
    identity::Actor,
    platform::{Answer, WriteTransaction},
};

/// Ids in one question.
const IDS_PER_QUERY: usize = 500;

type Ids = HashSet<Id<id::Conversion>>;

/// Closes a period of which all is decided.
pub async fn close(app: &App, actor: &Actor, id: Id<id::Reconciliation>) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = begin::get(&*write, actor.tenant, id).await?;
    require_closable(&*write, &row, app.ambient.now()).await?;
    let parts = parts(app, &write, actor, &row).await?;
    let act = Act {
        advertiser_id: row.advertiser_id,
        first_day: row.first_day.clone(),
        last_day: row.last_day.clone(),
        time_zone: row.mapping.reading.time_zone.clone(),
        file_hash: row.file_hash.clone(),
        parts,
        differences: lines::differences(&*write, &row).await?,
    };
    row.state = ReconciliationState::Closed;
    row.act_hash = Some(act.hash().map_err(anyhow::Error::from)?);
    row.act = Some(act);
    (row.closed_by, row.closed_at) = (Some(actor.user), Some(app.ambient.now()));
    row.clone().into_active_model().reset_all().update(&*write).await?;
    begin::remember(app, &*write, actor, "reconciliation.closed", &row).await?;
    write.commit().await?;
    Ok(row)
}

async fn require_closable(conn: &impl ConnectionTrait, row: &Model, now: Timestamp) -> Answer<()> {
    let no = |code, message: String| Err(Refusal::new(code, message).into());
    match row.state {
        ReconciliationState::Open => {}
        ReconciliationState::Closed => return no(RefusalCode::PeriodClosed, "it is closed already".to_owned()),
        ReconciliationState::Comparing | ReconciliationState::Discarded => {
            return no(RefusalCode::NotAllDecided, "it is still being compared".to_owned());
        }
    }
    if row.to_at > now {
        return no(RefusalCode::PeriodNotOver, format!("{} is not over", row.last_day));
    }
    begin::require_after_closed(conn, row).await?;
    let open = Condition::any().add(Column::Decision.is_null()).add(Column::AppliedAt.is_null());
    let left = Entity::find()
        .filter(Column::WorkspaceId.eq(row.workspace_id))
        .filter(Column::ReconciliationId.eq(row.id))
        .filter(Column::Class.ne(LineClass::Matched))
        .filter(open)
        .count(conn)
        .await?;
    if left > 0 {
        return no(RefusalCode::NotAllDecided, format!("{left} differences are not decided, or not carried out yet"));
    }
    Ok(())
}

/// One for each currency, each with its invoice.
async fn parts(app: &App, write: &WriteTransaction, actor: &Actor, row: &Model) -> Answer<Vec<ActPart>> {
    let tenant = actor.tenant;
    let balances = ledger::advertiser_balances(&**write, tenant, &[row.advertiser_id]).await;
    let balances = balances.map_err(anyhow::Error::from)?.remove(&row.advertiser_id).unwrap_or_default();
    let mut currencies: Vec<Currency> = balances.into_iter().map(|balance| balance.currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let carried = of_lines(&**write, row, Column::Decision.eq(LineDecision::NextPeriod)).await?;
    let taken =
        Column::Decision.is_in([LineDecision::TakeTheirs, LineDecision::MakeConversion]).or(Column::InPeriod.eq(true));
    let here = of_lines(&**write, row, taken).await?;
    // What is booked in this very moment belongs to it.
    let until = app.ambient.now().plus_millis(1);
    let mut parts = Vec::new();
    for currency in currencies {
        let owing = owing(&**write, tenant, row, (currency, until), (&here, &carried)).await?;
        if owing.is_empty() {
            continue;
        }
        let new = NewInvoice { advertiser_id: row.advertiser_id, currency, from: row.from_at, to: row.to_at };
        let invoice = invoices::draw_up(app, write, actor, &new, &owing, Some(until)).await?;
        parts.push(ActPart {
            currency: invoice.currency,
            lines: invoice.lines.0,
            net_minor: invoice.net_minor,
            invoice_id: invoice.id,
        });
    }
    Ok(parts)
}

async fn of_lines(conn: &impl ConnectionTrait, row: &Model, those: Expr) -> Answer<Ids> {
    let lines = Entity::find()
        .filter(Column::WorkspaceId.eq(row.workspace_id))
        .filter(Column::ReconciliationId.eq(row.id))
        .filter(those);
    ours::conversions_of(conn, lines).await
}

/// What is charged and stands on no invoice: of conversions, what belongs to this period or to one before it, as it
/// stands now; of what has none, what was booked within the period.
async fn owing(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    row: &Model,
    (currency, until): (Currency, Timestamp),
    (here, carried): (&Ids, &Ids),
) -> Answer<Vec<Owing>> {
    let whose = (row.advertiser_id, currency);
    let early: HashSet<_> =
        draw::owing(conn, tenant, whose, row.to_at).await?.iter().filter_map(|one| one.entry).collect();
    let owing = draw::owing(conn, tenant, whose, until).await?;
    let ids: Vec<_> = owing.iter().filter_map(|one| one.conversion).collect();
    let due = due(conn, row, &ids).await?;
    let is_due = |id: Id<id::Conversion>| !carried.contains(&id) && (here.contains(&id) || due.contains(&id));
    let is_of_it =
        |one: &Owing| one.conversion.map_or_else(|| one.entry.is_some_and(|entry| early.contains(&entry)), is_due);
    Ok(owing.into_iter().filter(is_of_it).collect())
}

/// Those that belong to this period or to one before it, by the advertiser's dates. What is no conversion any more, as
/// an opening balance that was taken back, belongs to it too.
async fn due(conn: &impl ConnectionTrait, row: &Model, ids: &[Id<id::Conversion>]) -> Answer<Ids> {
    use conversion::Column as Of;
    type Moments = (Id<id::Conversion>, Timestamp, Option<Timestamp>, Option<Timestamp>);
    let mut due: Ids = ids.iter().copied().collect();
    for part in ids.chunks(IDS_PER_QUERY) {
        let rows: Vec<Moments> = conversion::Entity::find()
            .select_only()
            .columns([Of::Id, Of::EventAt, Of::ClickAt, Of::DecidedAt])
            .filter(Of::WorkspaceId.eq(row.workspace_id))
            .filter(Of::Id.is_in(part.iter().copied()))
            .into_tuple()
            .all(conn)
            .await?;
        for (id, event_at, click_at, decided_at) in rows {
            if rules::moment(row.mapping.reading.date_basis, event_at, click_at, decided_at) >= row.to_at {
                due.remove(&id);
            }
        }
    }
    Ok(due)
}
