//! What is overdue: reminded of, then paused; and brought back once it is paid.

use std::collections::BTreeSet;

use jiff::civil::Date;
use kernel::{Currency, Id, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, Query, SelectStatement},
};

use super::{
    entity::{SubscriptionState, reminder, subscription::Model},
    letters::{self, Letter},
    life, rules,
    rules::Due,
    run, store, terms,
};
use crate::{
    App,
    billing::{
        accounts,
        entity::{
            fee,
            invoice::{self, InvoiceState, item},
        },
        rules::days_overdue,
    },
    news::{self, RouteNews},
    offers::entity::offer,
    platform::{
        Answer, WriteTransaction,
        audit_trail::{self, Author, Change},
    },
};

/// What is to be done.
enum Act {
    Due(Due, Box<invoice::Model>),
    BringBack,
    /// It is paused, and the advertiser has an offer in a currency that is not stopped yet.
    StopMore,
}

/// Living items of fees, by their invoices.
fn fee_items() -> SelectStatement {
    let of_fee = Expr::col((fee::Entity, fee::Column::EntryId)).equals((item::Entity, item::Column::EntryId));
    let mut query = Query::select();
    query
        .from(item::Entity)
        .inner_join(fee::Entity, of_fee)
        .and_where(Expr::col((item::Entity, item::Column::IsLive)).eq(true));
    query
}

/// Subscriptions whose fee stands on an issued invoice that was due before a day.
pub fn with_overdue(before: &str) -> SelectStatement {
    let of_invoice = Expr::col((invoice::Entity, invoice::Column::Id)).equals((item::Entity, item::Column::InvoiceId));
    let mut query = fee_items();
    query
        .column((fee::Entity, fee::Column::SubscriptionId))
        .inner_join(invoice::Entity, of_invoice)
        .and_where(Expr::col((invoice::Entity, invoice::Column::State)).eq(InvoiceState::Issued))
        .and_where(Expr::col((invoice::Entity, invoice::Column::DueOn)).lt(before));
    query
}

/// The invoice with its fee that has been due for longest.
async fn overdue(conn: &impl ConnectionTrait, row: &Model, today: Date) -> Answer<Option<invoice::Model>> {
    use invoice::Column;
    let mut with_fee = fee_items();
    with_fee
        .column((item::Entity, item::Column::InvoiceId))
        .and_where(Expr::col((fee::Entity, fee::Column::SubscriptionId)).eq(row.id))
        .and_where(Expr::col((fee::Entity, fee::Column::WorkspaceId)).eq(row.workspace_id));
    let query = invoice::Entity::find()
        .filter(Column::WorkspaceId.eq(row.workspace_id))
        .filter(Column::AdvertiserId.eq(row.advertiser_id))
        .filter(Column::State.eq(InvoiceState::Issued))
        .filter(Column::DueOn.lt(today.to_string()))
        .filter(Column::Id.in_subquery(with_fee));
    Ok(query.order_by_asc(Column::DueOn).order_by_asc(Column::Id).one(conn).await?)
}

/// The last letter about an invoice, by its days.
async fn sent_after(conn: &impl ConnectionTrait, row: &Model, invoice: Id<id::Invoice>) -> Answer<Option<i32>> {
    use reminder::Column;
    let query = reminder::Entity::find()
        .filter(Column::WorkspaceId.eq(row.workspace_id))
        .filter(Column::SubscriptionId.eq(row.id))
        .filter(Column::InvoiceId.eq(invoice));
    Ok(query.order_by_desc(Column::AfterDays).one(conn).await?.map(|row| row.after_days))
}

async fn act(conn: &impl ConnectionTrait, row: &Model, today: Date) -> Answer<Option<Act>> {
    let is_late = matches!(row.state, SubscriptionState::PastDue | SubscriptionState::Paused);
    let Some(invoice) = overdue(conn, row, today).await? else { return Ok(is_late.then_some(Act::BringBack)) };
    if row.state == SubscriptionState::Paused {
        let open = open_currencies(conn, row).await?;
        return Ok((!open.is_empty()).then_some(Act::StopMore));
    }
    let terms = terms::of_workspace(conn, Tenant(row.workspace_id)).await?;
    // Where the clock went back, the last letter lies ahead.
    let was_reminded_today = row.reminded_on.as_deref().is_some_and(|on| on >= today.to_string().as_str());
    let known = (sent_after(conn, row, invoice.id).await?, was_reminded_today);
    let days = days_overdue(invoice.due_on.as_deref(), today);
    let due = rules::due((&terms.reminder_days.0, terms.pause_days), row.state, days, known);
    Ok(due.map(|due| Act::Due(due, Box::new(invoice))))
}

/// Does what is to be done of one subscription, if anything.
pub async fn follow(app: &App, row: &Model) -> Answer<()> {
    let tenant = Tenant(row.workspace_id);
    let today = life::today(app, app.records.read(), tenant).await?;
    if act(app.records.read(), row, today).await?.is_none() {
        return Ok(());
    }
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    // Another node may have been first.
    let mut row = store::get(&*write, tenant, row.id).await?;
    let Some(act) = act(&*write, &row, today).await? else { return Ok(()) };
    let before = life::told(&row);
    let (action, news) = match act {
        Act::Due(Due::Reminder(after_days), invoice) => {
            remind(app, &write, &mut row, (&invoice, after_days), today).await?;
            ("subscription.reminded", Vec::new())
        }
        Act::Due(Due::Pause, invoice) => ("subscription.paused", pause(app, &write, &mut row, &invoice, today).await?),
        Act::BringBack => ("subscription.brought_back", bring_back(app, &write, &mut row, today).await?),
        Act::StopMore => ("subscription.paused", stop(app, &write, &row).await?),
    };
    row.updated_at = app.ambient.now();
    store::save(&*write, &row).await?;
    let after = Some(life::told(&row));
    let change = Change { action, subject: row.id.to_string(), before: Some(before), after };
    audit_trail::record(&*write, &app.ambient, Author { tenant, user: None }, change).await?;
    news::commit_routes(app, write, tenant, &news).await
}

async fn remind(
    app: &App,
    write: &WriteTransaction,
    row: &mut Model,
    (invoice, after_days): (&invoice::Model, i32),
    today: Date,
) -> Answer<()> {
    let sent = reminder::Model {
        subscription_id: row.id,
        invoice_id: invoice.id,
        after_days,
        workspace_id: row.workspace_id,
        sent_on: today.to_string(),
        sent_at: app.ambient.now(),
    };
    reminder::Entity::insert(sent.into_active_model()).exec_without_returning(&**write).await?;
    row.reminded_on = Some(today.to_string());
    if row.state == SubscriptionState::Active {
        (row.state, row.past_due_on) = (SubscriptionState::PastDue, Some(today.to_string()));
    }
    letters::tell(app, &**write, row, &Letter::Reminder(invoice)).await
}

async fn pause(
    app: &App,
    write: &WriteTransaction,
    row: &mut Model,
    invoice: &invoice::Model,
    today: Date,
) -> Answer<Vec<RouteNews>> {
    rules::pause(row, today);
    row.past_due_on.get_or_insert_with(|| today.to_string());
    row.reminded_on = Some(today.to_string());
    let news = stop(app, write, row).await?;
    letters::tell(app, &**write, row, &Letter::Paused(invoice)).await?;
    Ok(news)
}

async fn bring_back(app: &App, write: &WriteTransaction, row: &mut Model, today: Date) -> Answer<Vec<RouteNews>> {
    let was_paused = row.state == SubscriptionState::Paused;
    rules::bring_back(row, today);
    let mut news = Vec::new();
    if was_paused {
        news.extend(let_go(app, write, row).await?);
        news.extend(run::bring_up_to(app, write, row, today).await?);
        letters::tell(app, &**write, row, &Letter::BroughtBack).await?;
    }
    Ok(news)
}

async fn stop(app: &App, write: &WriteTransaction, row: &Model) -> Answer<Vec<RouteNews>> {
    let open = open_currencies(&**write, row).await?;
    accounts::suspend(app, write, (Tenant(row.workspace_id), row.advertiser_id), (&open, true)).await
}

/// Lets the advertiser's offers go on as far as its balance lets them. Call it while holding the workspace.
pub async fn let_go(app: &App, write: &WriteTransaction, row: &Model) -> Answer<Vec<RouteNews>> {
    let tenant = Tenant(row.workspace_id);
    let accounts = accounts::of_advertiser(&**write, tenant, row.advertiser_id).await?;
    let stopped = accounts.iter().filter(|account| account.is_suspended).map(|account| account.currency()).collect();
    accounts::suspend(app, write, (tenant, row.advertiser_id), (&stopped, false)).await
}

/// Currencies of its offers and accounts in which nothing is stopped for the subscription.
async fn open_currencies(conn: &impl ConnectionTrait, row: &Model) -> Answer<BTreeSet<Currency>> {
    let codes: Vec<String> = offer::Entity::find()
        .select_only()
        .column(offer::Column::Currency)
        .distinct()
        .filter(offer::Column::WorkspaceId.eq(row.workspace_id))
        .filter(offer::Column::AdvertiserId.eq(row.advertiser_id))
        .into_tuple()
        .all(conn)
        .await?;
    let mut open = BTreeSet::from([row.currency()]);
    for code in codes {
        open.insert(code.parse()?);
    }
    for account in accounts::of_advertiser(conn, Tenant(row.workspace_id), row.advertiser_id).await? {
        if account.is_suspended {
            open.remove(&account.currency());
        } else {
            open.insert(account.currency());
        }
    }
    Ok(open)
}
