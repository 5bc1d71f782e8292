//! Money that came in, and money that is given back.

use kernel::{Id, Money, Refusal, RefusalCode, id};
use ledger::{Entry, Stamp, entries};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use serde::Deserialize;
use serde_json::json;

use super::{
    accounts,
    entity::payment::{Column, Entity, Model, PaymentKind},
    invoices, rules, settle,
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    currencies,
    identity::Actor,
    news, placements,
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, optional_text, short_text},
    },
    workspaces,
};

const REFERENCE_CHARS_MAX: usize = 100;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "amount": {"minor": 250000, "currency": "EUR"}, "reference": "SEPA 2026-11-20/0042", "received_on": "2026-11-20"
}))]
#[serde(deny_unknown_fields)]
pub struct NewPayment {
    pub amount: Money,
    /// The bank's, or another system's. The same one twice is refused.
    pub reference: String,
    /// Today unless said.
    #[schema(value_type = Option<String>, format = Date)]
    pub received_on: Option<String>,
    /// The invoice to settle first; the oldest unless said.
    pub invoice_id: Option<Id<id::Invoice>>,
    pub note: Option<String>,
}

/// Records what an advertiser paid: what it owes is settled first, the rest is paid in advance.
pub async fn record(app: &App, actor: &Actor, advertiser: Id<id::Advertiser>, new: &NewPayment) -> Answer<Model> {
    rules::require_amount(new.amount.minor)?;
    let (write, mut row) = begin(app, actor, advertiser, new).await?;
    if let Some(invoice) = new.invoice_id {
        let found = invoices::get(&*write, actor.tenant, invoice).await?;
        if (found.advertiser_id, found.currency()) != (advertiser, new.amount.currency) {
            return Err(Refusal::not_found("invoice").into());
        }
    }
    let whose = (advertiser, new.amount.currency);
    // What was left in advance meets what is owed first, so that a payment never leaves both.
    settle::prepaid(app, &write, actor.tenant, whose).await?;
    let balance = accounts::balance(&*write, actor.tenant, advertiser, new.amount.currency).await?;
    let owed_minor = balance.map_or(0, |it| it.receivable);
    let stamp = Stamp { id: app.ambient.new_id(), at: app.ambient.now() };
    let entry = entries::advertiser_paid(stamp, advertiser, new.amount, owed_minor);
    row.free_minor = row.amount_minor;
    book(&write, actor, &mut row, entry).await?;
    settle::invoices(app, &write, actor.tenant, whose, new.invoice_id).await?;
    let settled = Entity::find_by_id(row.id).one(&*write).await?;
    let row = settled.unwrap_or(row);
    finish(app, actor, write, &row, "advertiser_payment.recorded").await?;
    Ok(row)
}

/// Gives back of what was paid in advance and is neither owed nor held by what is pending.
pub async fn refund(app: &App, actor: &Actor, advertiser: Id<id::Advertiser>, new: &NewPayment) -> Answer<Model> {
    rules::require_amount(new.amount.minor)?;
    let (write, mut row) = begin(app, actor, advertiser, new).await?;
    row.kind = PaymentKind::Refund;
    let whose = (advertiser, new.amount.currency);
    settle::prepaid(app, &write, actor.tenant, whose).await?;
    let balance = accounts::balance(&*write, actor.tenant, advertiser, new.amount.currency).await?;
    let free = settle::free_payments(&write, actor.tenant, advertiser, new.amount.currency).await?;
    let unsettled_minor: i64 = free.iter().map(|payment| payment.free_minor).sum();
    let unused_minor = balance.map_or(0, |it| it.prepaid - it.receivable.max(0) - it.pending);
    if new.amount.minor > unused_minor.min(unsettled_minor) {
        let message = format!("{} can be given back now, in minor units", unused_minor.min(unsettled_minor).max(0));
        return Err(Refusal::new(RefusalCode::InsufficientBalance, message).into());
    }
    let mut left_minor = new.amount.minor;
    for payment in free.iter().rev() {
        let part = left_minor.min(payment.free_minor);
        if part > 0 {
            settle::set_free(&write, payment.id, payment.free_minor - part).await?;
            left_minor -= part;
        }
    }
    let stamp = Stamp { id: app.ambient.new_id(), at: app.ambient.now() };
    let entry = entries::advertiser_refunded(stamp, advertiser, new.amount);
    book(&write, actor, &mut row, entry).await?;
    finish(app, actor, write, &row, "advertiser_payment.refunded").await?;
    Ok(row)
}

/// Holds the workspace, and refuses a reference that is known.
async fn begin(
    app: &App,
    actor: &Actor,
    advertiser: Id<id::Advertiser>,
    new: &NewPayment,
) -> Answer<(WriteTransaction, Model)> {
    let reference = short_text("reference", &new.reference, REFERENCE_CHARS_MAX)?;
    let note = optional_text("note", new.note.as_deref(), TEXT_CHARS_MAX)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    advertisers::store::get(&*write, actor.tenant, advertiser).await?;
    currencies::store::require_usable(&*write, actor.tenant, new.amount.currency).await?;
    require_unknown(&*write, actor, advertiser, &reference).await?;
    let today = app.ambient.now().local_day(&workspaces::store::get(&*write, actor.tenant).await?.zone()?);
    let received_on = match &new.received_on {
        Some(day) => placements::rules::day("received_on", day)?,
        None => today,
    };
    if received_on > today {
        return Err(Refusal::field("received_on", "must not lie in the future").into());
    }
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        advertiser_id: advertiser,
        currency: new.amount.currency.to_string(),
        kind: PaymentKind::Payment,
        amount_minor: new.amount.minor,
        free_minor: 0,
        reference,
        received_on: received_on.to_string(),
        note,
        entry_id: None,
        recorded_by: actor.user,
        created_at: app.ambient.now(),
    };
    Ok((write, row))
}

async fn require_unknown(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    advertiser: Id<id::Advertiser>,
    reference: &str,
) -> Answer<()> {
    let mine = Column::WorkspaceId.eq(actor.tenant.id());
    let query = Entity::find().filter(mine).filter(Column::AdvertiserId.eq(advertiser));
    match query.filter(Column::Reference.eq(reference)).one(conn).await? {
        None => Ok(()),
        Some(known) => {
            let message = format!("this reference was recorded already, as {}", known.id);
            Err(Refusal::new(RefusalCode::AlreadyExists, message).into())
        }
    }
}

async fn book(write: &WriteTransaction, actor: &Actor, row: &mut Model, entry: Entry) -> Answer<()> {
    row.entry_id = Some(entry.id);
    ledger::post(&**write, actor.tenant, &[entry]).await.map_err(anyhow::Error::from)?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&**write).await?;
    Ok(())
}

async fn finish(app: &App, actor: &Actor, write: WriteTransaction, row: &Model, action: &str) -> Answer<()> {
    let whose = (row.advertiser_id, row.currency());
    let news = accounts::refresh_of(app, &write, actor.tenant, whose).await?;
    let after = Some(json!({
        "advertiser_id": row.advertiser_id, "amount_minor": row.amount_minor, "currency": row.currency,
        "reference": row.reference, "received_on": row.received_on, "note": row.note
    }));
    let change = Change { action, subject: row.id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &news).await
}
