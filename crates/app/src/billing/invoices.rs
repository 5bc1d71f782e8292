//! The life of an invoice: drawn, issued with a number, undone by a credit note.

use jiff::civil::Date;
use kernel::{Currency, Id, Money, Refusal, RefusalCode, Tenant, Timestamp, id};
use ledger::{Stamp, entries};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    accounts, draw,
    entity::{
        invoice::{self, Column, Entity, InvoiceKind, InvoiceState, Lines, Model, item, series},
        payment::{self, PaymentKind},
    },
    rules::{self, Owing},
    settle,
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    currencies,
    identity::Actor,
    news,
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, short_text},
        bulk,
    },
    workspaces,
};

const SERIES: &str = "INV";
const CREDIT_NOTES: &str = "CN";
const SERIES_CHARS_MAX: usize = 12;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "advertiser_id": "adv_01KAMX4S5T0000000000000000", "currency": "EUR", "from": "2026-10-31T23:00:00.000Z",
    "to": "2026-11-30T23:00:00.000Z"
}))]
#[serde(deny_unknown_fields)]
pub struct NewInvoice {
    pub advertiser_id: Id<id::Advertiser>,
    pub currency: Currency,
    /// As it reads on the invoice. What was charged before and stands on no invoice is taken too.
    pub from: Timestamp,
    /// What was charged before this moment is taken.
    pub to: Timestamp,
}

/// Draws an invoice without a number. What stands on it stands on no other.
pub async fn draft(app: &App, actor: &Actor, new: &NewInvoice) -> Answer<Model> {
    let tenant = actor.tenant;
    if new.from >= new.to || new.to > app.ambient.now() {
        return Err(Refusal::field("to", "must lie after from, and not in the future").into());
    }
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    advertisers::store::get(&*write, tenant, new.advertiser_id).await?;
    currencies::store::require_usable(&*write, tenant, new.currency).await?;
    require_after_last(&*write, tenant, new).await?;
    let owing = draw::owing(&*write, tenant, (new.advertiser_id, new.currency), new.to).await?;
    if owing.is_empty() {
        let message = "all that was charged until then stands on an invoice";
        return Err(Refusal::new(RefusalCode::NothingToInvoice, message).into());
    }
    let row = draw_up(app, &write, actor, new, &owing, None).await?;
    write.commit().await?;
    Ok(row)
}

/// Draws an invoice of what is given, in the caller's transaction, which holds the workspace. `closed_at` is set for a
/// closed period: until when was looked at what is booked.
pub async fn draw_up(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    new: &NewInvoice,
    owing: &[Owing],
    closed_at: Option<Timestamp>,
) -> Answer<Model> {
    let (lines, net_minor) = draw::lines(&**write, actor.tenant, owing).await?;
    let row = Model { closed_at, ..drawn(app, write, actor, new, (lines, net_minor)).await? };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&**write).await?;
    let items = owing.iter().map(|one| item_of(app, &row, one).into_active_model());
    bulk::insert_all(&**write, items).await?;
    remember(app, write, actor, "invoice.drafted", &row).await?;
    Ok(row)
}

/// An invoice never reaches less far than one before: it would take for a correction what only came later.
async fn require_after_last(conn: &impl ConnectionTrait, tenant: Tenant, new: &NewInvoice) -> Answer<()> {
    let living = Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::AdvertiserId.eq(new.advertiser_id))
        .filter(Column::Currency.eq(new.currency.code()))
        .filter(Column::State.ne(InvoiceState::Void))
        .filter(Column::CorrectsId.is_null());
    let last = living.clone().order_by_desc(Column::ToAt).one(conn).await?.map(|row| row.to_at);
    let closed = living.filter(Column::ClosedAt.is_not_null()).order_by_desc(Column::ClosedAt).one(conn).await?;
    match last.max(closed.and_then(|row| row.closed_at)) {
        Some(last) if last > new.to => {
            Err(Refusal::field("to", format!("must not lie before {last}, where the last invoice ends")).into())
        }
        _ => Ok(()),
    }
}

async fn drawn(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    new: &NewInvoice,
    (lines, net_minor): (Lines, i64),
) -> Answer<Model> {
    let terms = accounts::find(&**write, actor.tenant, new.advertiser_id, new.currency).await?;
    let terms = terms.unwrap_or_else(|| accounts::blank(app, actor.tenant, new.advertiser_id, new.currency));
    let vat_minor = rules::vat_minor(net_minor, terms.vat_bp);
    Ok(Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        advertiser_id: new.advertiser_id,
        currency: new.currency.to_string(),
        kind: if net_minor < 0 { InvoiceKind::CreditNote } else { InvoiceKind::Invoice },
        state: InvoiceState::Draft,
        series: None,
        number: None,
        from_at: new.from,
        to_at: new.to,
        closed_at: None,
        lines,
        net_minor,
        vat_bp: terms.vat_bp,
        vat_note: terms.vat_note,
        vat_minor,
        total_minor: net_minor + vat_minor,
        open_minor: 0,
        issued_on: None,
        due_on: None,
        corrects_id: None,
        void_reason: None,
        vat_entry_id: None,
        created_by: actor.user,
        created_at: app.ambient.now(),
    })
}

fn item_of(app: &App, invoice: &Model, one: &Owing) -> item::Model {
    item::Model {
        id: app.ambient.new_id(),
        workspace_id: invoice.workspace_id,
        advertiser_id: invoice.advertiser_id,
        currency: invoice.currency.clone(),
        invoice_id: invoice.id,
        conversion_id: one.conversion,
        entry_id: one.entry,
        amount_minor: one.minor,
        is_live: true,
    }
}

#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"series": "2026"}))]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Capital letters, digits and dashes; `INV` unless said, `CN` for a credit note.
    pub series: Option<String>,
}

/// Issues a draft: it takes the next number of its series, its tax is booked, and what was paid settles it.
pub async fn issue(app: &App, actor: &Actor, id: Id<id::Invoice>, wanted: &Issue) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = get(&*write, actor.tenant, id).await?;
    require_draft(&row)?;
    let default = if row.kind == InvoiceKind::Invoice { SERIES } else { CREDIT_NOTES };
    let series = checked_series(wanted.series.as_deref().unwrap_or(default))?;
    let terms = accounts::find(&*write, actor.tenant, row.advertiser_id, row.currency()).await?;
    let payment_days = terms.as_ref().map_or(0, |terms| i64::from(terms.payment_days));
    let today = today(app, &write, actor.tenant).await?;
    number(&write, &mut row, series, today).await?;
    row.due_on = Some(after(today, payment_days).to_string());
    if row.kind == InvoiceKind::Invoice && row.total_minor > 0 {
        (row.state, row.open_minor) = (InvoiceState::Issued, row.total_minor);
    } else {
        row.state = InvoiceState::Paid;
    }
    row.vat_entry_id = book_tax(app, &write, &row, row.vat_minor).await?;
    Entity::update(row.clone().into_active_model().reset_all()).exec(&*write).await?;
    if row.kind == InvoiceKind::CreditNote && row.total_minor < 0 {
        credit(app, &write, actor, &row, today).await?;
    }
    finish(app, actor, write, "invoice.issued", row).await
}

/// What a credit note comes to settles other invoices.
async fn credit(app: &App, write: &WriteTransaction, actor: &Actor, note: &Model, today: Date) -> Answer<()> {
    let row = payment::Model {
        id: app.ambient.new_id(),
        workspace_id: note.workspace_id,
        advertiser_id: note.advertiser_id,
        currency: note.currency.clone(),
        kind: PaymentKind::Credit,
        amount_minor: -note.total_minor,
        free_minor: -note.total_minor,
        reference: note.id.to_string(),
        received_on: today.to_string(),
        note: note.number_text(),
        entry_id: None,
        recorded_by: actor.user,
        created_at: app.ambient.now(),
    };
    payment::Entity::insert(row.into_active_model()).exec_without_returning(&**write).await?;
    Ok(())
}

/// Throws a draft away: it had no number.
pub async fn discard(app: &App, actor: &Actor, id: Id<id::Invoice>) -> Answer<()> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let row = get(&*write, actor.tenant, id).await?;
    require_draft(&row)?;
    if row.closed_at.is_some() {
        let message = "it is the invoice of a closed period: issue it, and undo it by a credit note";
        return Err(Refusal::new(RefusalCode::IllegalMove, message).into());
    }
    let items = item::Entity::delete_many().filter(item::Column::WorkspaceId.eq(actor.tenant.id()));
    items.filter(item::Column::InvoiceId.eq(id)).exec(&*write).await?;
    Entity::delete_by_id(id).exec(&*write).await?;
    remember(app, &write, actor, "invoice.discarded", &row).await?;
    write.commit().await?;
    Ok(())
}

/// Undoes an issued invoice by a credit note: what stood on it is invoiced anew, and what settled it is free again.
pub async fn void(app: &App, actor: &Actor, id: Id<id::Invoice>, reason: &str) -> Answer<Model> {
    let reason = short_text("reason", reason, TEXT_CHARS_MAX)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let row = get(&*write, actor.tenant, id).await?;
    let is_issued = matches!(row.state, InvoiceState::Issued | InvoiceState::Paid);
    if !is_issued || row.kind == InvoiceKind::CreditNote {
        return Err(Refusal::new(RefusalCode::IllegalMove, "only an issued invoice is undone").into());
    }
    settle::release(app, &write, actor.tenant, id).await?;
    item::Entity::update_many()
        .set(item::ActiveModel { is_live: Set(false), ..Default::default() })
        .filter(item::Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(item::Column::InvoiceId.eq(id))
        .exec(&*write)
        .await?;
    let undone = invoice::ActiveModel {
        id: Set(id),
        state: Set(InvoiceState::Void),
        open_minor: Set(0),
        void_reason: Set(Some(reason.clone())),
        ..Default::default()
    };
    Entity::update(undone).exec(&*write).await?;
    let note = credit_note(app, &write, actor, &row, reason).await?;
    finish(app, actor, write, "invoice.voided", note).await
}

async fn credit_note(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    undone: &Model,
    reason: String,
) -> Answer<Model> {
    let mut lines = undone.lines.clone();
    for line in &mut lines.0 {
        line.amount_minor = -line.amount_minor;
    }
    let mut note = Model {
        id: app.ambient.new_id(),
        kind: InvoiceKind::CreditNote,
        state: InvoiceState::Paid,
        lines,
        net_minor: -undone.net_minor,
        vat_minor: -undone.vat_minor,
        total_minor: -undone.total_minor,
        open_minor: 0,
        due_on: None,
        corrects_id: Some(undone.id),
        void_reason: Some(reason),
        created_by: actor.user,
        created_at: app.ambient.now(),
        ..undone.clone()
    };
    let today = today(app, write, actor.tenant).await?;
    number(write, &mut note, CREDIT_NOTES.to_owned(), today).await?;
    note.vat_entry_id = book_tax(app, write, &note, note.vat_minor).await?;
    Entity::insert(note.clone().into_active_model()).exec_without_returning(&**write).await?;
    Ok(note)
}

/// One invoice of the tenant, or 404.
pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::Invoice>) -> Answer<Model> {
    let row = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(tenant.id())).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("invoice").into())
}

fn require_draft(row: &Model) -> Result<(), Refusal> {
    if row.state == InvoiceState::Draft {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::IllegalMove, "it was issued already: it is undone by a credit note"))
}

pub fn checked_series(text: &str) -> Result<String, Refusal> {
    let text = short_text("series", text, SERIES_CHARS_MAX)?;
    let is_plain = text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
    if is_plain { Ok(text) } else { Err(Refusal::field("series", "must be capital letters, digits and dashes")) }
}

async fn number(write: &WriteTransaction, row: &mut Model, name: String, today: Date) -> Answer<()> {
    let next = take_number(write, Tenant(row.workspace_id), &name).await?;
    (row.series, row.number) = (Some(name), Some(next));
    row.issued_on = Some(today.to_string());
    Ok(())
}

/// The next number of the series. Whoever holds the workspace alone takes it, and gives it back by not committing.
pub async fn take_number(write: &WriteTransaction, tenant: Tenant, name: &str) -> Answer<i64> {
    let known = series::Entity::find_by_id((tenant.id(), name.to_owned())).one(&**write).await?;
    let next = known.as_ref().map_or(1, |series| series.last_number + 1);
    let taken = series::Model { workspace_id: tenant.id(), series: name.to_owned(), last_number: next };
    if known.is_some() {
        series::Entity::update(taken.into_active_model().reset_all()).exec(&**write).await?;
    } else {
        series::Entity::insert(taken.into_active_model()).exec_without_returning(&**write).await?;
    }
    Ok(next)
}

async fn book_tax(
    app: &App,
    write: &WriteTransaction,
    row: &Model,
    vat_minor: i64,
) -> Answer<Option<Id<id::BookEntry>>> {
    if vat_minor == 0 {
        return Ok(None);
    }
    let stamp = Stamp { id: app.ambient.new_id(), at: app.ambient.now() };
    let entry = entries::vat(stamp, row.advertiser_id, Money::new(vat_minor, row.currency()));
    let entry = entry.with_note(row.number_text().unwrap_or_default());
    ledger::post(&**write, Tenant(row.workspace_id), &[entry]).await.map_err(anyhow::Error::from)?;
    Ok(Some(stamp.id))
}

pub async fn today(app: &App, conn: &WriteTransaction, tenant: Tenant) -> Answer<Date> {
    let zone = workspaces::store::get(&**conn, tenant).await?.zone()?;
    Ok(app.ambient.now().local_day(&zone))
}

fn after(day: Date, days: i64) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(day)
}

/// Settles what is open, follows with the balance, and commits; answers the invoice as it is then.
async fn finish(app: &App, actor: &Actor, write: WriteTransaction, action: &str, row: Model) -> Answer<Model> {
    let whose = (row.advertiser_id, row.currency());
    settle::prepaid(app, &write, actor.tenant, whose).await?;
    settle::invoices(app, &write, actor.tenant, whose, None).await?;
    let news = accounts::refresh_of(app, &write, actor.tenant, whose).await?;
    let row = get(&*write, actor.tenant, row.id).await?;
    remember(app, &write, actor, action, &row).await?;
    news::commit_routes(app, write, actor.tenant, &news).await?;
    Ok(row)
}

async fn remember(app: &App, write: &WriteTransaction, actor: &Actor, action: &str, row: &Model) -> Answer<()> {
    let after = Some(json!({
        "advertiser_id": row.advertiser_id, "currency": row.currency, "number": row.number_text(),
        "from": row.from_at, "to": row.to_at, "total_minor": row.total_minor, "reason": row.void_reason
    }));
    let change = Change { action, subject: row.id.to_string(), before: None, after };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}
