//! What was paid meets what is invoiced, and what was paid in advance meets what is owed.

use kernel::{Currency, Id, Money, Tenant, id};
use ledger::{Stamp, entries};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IntoActiveModel, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::{
    accounts,
    entity::{
        invoice::{self, InvoiceKind, InvoiceState, allocation},
        payment::{self, PaymentKind},
    },
    rules,
};
use crate::{
    App,
    platform::{Answer, WriteTransaction, bulk},
};

/// Open invoices, and payments with something free, that are brought together in one turn.
const ROWS_MAX: u64 = 10_000;

/// Settles open invoices of an advertiser from what is free, the oldest of both first; `first` before all others. Call it
/// while holding the workspace.
pub async fn invoices(
    app: &App,
    write: &WriteTransaction,
    tenant: Tenant,
    (advertiser, currency): (Id<id::Advertiser>, Currency),
    first: Option<Id<id::Invoice>>,
) -> Answer<()> {
    let mut open = open_invoices(write, tenant, advertiser, currency).await?;
    open.sort_by_key(|row| (Some(row.id) != first, row.due_on.clone(), row.id));
    let payments = free_payments(write, tenant, advertiser, currency).await?;
    let mut free_minor: Vec<i64> = payments.iter().map(|row| row.free_minor).collect();
    let mut open_minor: Vec<i64> = open.iter().map(|row| row.open_minor).collect();
    let settled = rules::settle(&mut free_minor, &mut open_minor);
    let now = app.ambient.now();
    let rows = settled.iter().map(|&(payment, invoice, amount_minor)| allocation::Model {
        id: app.ambient.new_id(),
        workspace_id: tenant.id(),
        invoice_id: open[invoice].id,
        payment_id: payments[payment].id,
        amount_minor,
        at: now,
        released_at: None,
    });
    bulk::insert_all(&**write, rows.map(IntoActiveModel::into_active_model)).await?;
    for (row, free_minor) in payments.iter().zip(free_minor).filter(|(row, minor)| row.free_minor != *minor) {
        set_free(write, row.id, free_minor).await?;
    }
    for (row, open_minor) in open.iter().zip(open_minor).filter(|(row, minor)| row.open_minor != *minor) {
        let state = if open_minor == 0 { InvoiceState::Paid } else { InvoiceState::Issued };
        let changed = invoice::ActiveModel {
            id: Set(row.id),
            state: Set(state),
            open_minor: Set(open_minor),
            ..Default::default()
        };
        invoice::Entity::update(changed).exec(&**write).await?;
    }
    Ok(())
}

async fn open_invoices(
    write: &WriteTransaction,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    currency: Currency,
) -> Answer<Vec<invoice::Model>> {
    use invoice::Column;
    let query = invoice::Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::AdvertiserId.eq(advertiser))
        .filter(Column::Currency.eq(currency.code()))
        .filter(Column::Kind.eq(InvoiceKind::Invoice))
        .filter(Column::State.eq(InvoiceState::Issued));
    Ok(query.order_by_asc(Column::Id).limit(ROWS_MAX).all(&**write).await?)
}

/// Payments and credits with something free, the oldest first.
pub async fn free_payments(
    write: &WriteTransaction,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    currency: Currency,
) -> Answer<Vec<payment::Model>> {
    use payment::Column;
    let query = payment::Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::AdvertiserId.eq(advertiser))
        .filter(Column::Currency.eq(currency.code()))
        .filter(Column::Kind.ne(PaymentKind::Refund))
        .filter(Column::FreeMinor.gt(0));
    Ok(query.order_by_asc(Column::Id).limit(ROWS_MAX).all(&**write).await?)
}

pub async fn set_free(write: &WriteTransaction, id: Id<id::AdvertiserPayment>, free_minor: i64) -> Answer<()> {
    let changed = payment::ActiveModel { id: Set(id), free_minor: Set(free_minor), ..Default::default() };
    payment::Entity::update(changed).exec(&**write).await?;
    Ok(())
}

/// What was paid in advance meets what is owed, by an entry. Call it while holding the workspace.
pub async fn prepaid(
    app: &App,
    write: &WriteTransaction,
    tenant: Tenant,
    (advertiser, currency): (Id<id::Advertiser>, Currency),
) -> Answer<()> {
    let balance = accounts::balance(&**write, tenant, advertiser, currency).await?;
    let used_minor = balance.map_or(0, |it| it.prepaid.min(it.receivable));
    if used_minor <= 0 {
        return Ok(());
    }
    let stamp = Stamp { id: app.ambient.new_id(), at: app.ambient.now() };
    let entry = entries::prepaid_used(stamp, advertiser, Money::new(used_minor, currency));
    ledger::post(&**write, tenant, &[entry]).await.map_err(anyhow::Error::from)?;
    Ok(())
}

/// Gives back what settled an invoice. Call it while holding the workspace.
pub async fn release(app: &App, write: &WriteTransaction, tenant: Tenant, invoice: Id<id::Invoice>) -> Answer<()> {
    use allocation::Column;
    let living = allocation::Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::InvoiceId.eq(invoice))
        .filter(Column::ReleasedAt.is_null());
    for row in living.all(&**write).await? {
        let paid = payment::Entity::find_by_id(row.payment_id).one(&**write).await?;
        if let Some(paid) = paid {
            set_free(write, paid.id, paid.free_minor + row.amount_minor).await?;
        }
        let released = allocation::ActiveModel {
            id: Set(row.id),
            released_at: Set(Some(app.ambient.now())),
            ..Default::default()
        };
        allocation::Entity::update(released).exec(&**write).await?;
    }
    Ok(())
}
