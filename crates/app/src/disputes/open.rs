//! A partner opens a dispute, and may withdraw it.

use jiff::{civil::Date, tz::TimeZone};
use kernel::{Id, Money, Refusal, RefusalCode, Timestamp, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::dispute::{Column, DisputeKind, DisputeState, Entity, Model},
    rules, store, terms,
};
use crate::{
    App,
    audit::{self, Change},
    conversions::{
        Action, Mover,
        entity::conversion,
        moves::{self, Order},
    },
    currencies,
    identity::Actor,
    offers,
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, long_text, optional_text},
    },
    reconciliation::rules::click,
    scrubs::entity::scrub::{self, ScrubState},
    workspaces,
};

pub const WORDS_CHARS_MAX: usize = 2_000;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "kind": "missing", "order_id": "A-1001", "click_id": "clk_01KAMX4S5T0000000000000000", "happened_on": "2026-11-01",
    "amount": {"minor": 800, "currency": "EUR"}, "words": "The customer showed me the confirmation of the order"
}))]
#[serde(deny_unknown_fields)]
pub struct NewDispute {
    pub kind: DisputeKind,
    /// Of one that is rejected or wrongly priced.
    pub conversion_id: Option<Id<id::Conversion>>,
    /// What is missing is told by its click, order or customer.
    pub offer_id: Option<Id<id::Offer>>,
    pub click_id: Option<String>,
    pub order_id: Option<String>,
    pub customer: Option<String>,
    /// A day such as `2026-11-01`, by the workspace's clock; what is missing needs it.
    pub happened_on: Option<String>,
    /// What the partner says it should earn.
    pub amount: Option<Money>,
    pub words: String,
    /// Where it can be seen: an address, a number, a quotation.
    pub proof: Option<String>,
}

/// Opens a dispute. No clock of a conversion that stands runs until it is decided.
pub async fn open(app: &App, actor: &Actor, new: &NewDispute) -> Answer<Model> {
    let partner = actor.partner.ok_or_else(|| Refusal::not_found("partner"))?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let zone = workspaces::store::get(&*write, actor.tenant).await?.zone()?;
    let terms = terms::of(&*write, actor.tenant).await?;
    let now = app.ambient.now();
    let mut row = told(app, &*write, actor, (new, partner), &zone).await?;
    row.due_at = rules::deadline(now, terms.answer_days, &zone);
    let since = if new.kind == DisputeKind::Missing {
        missing_since(&row, &zone)?
    } else {
        let found = own_conversion(&*write, actor, new).await?;
        rules::fits(new.kind, found.status)?;
        require_not_scrubbed(&*write, &found).await?;
        row.froze = rules::has_clocks(found.status, found.frozen_at);
        (row.conversion_id, row.offer_id) = (Some(found.id), found.offer_id);
        found.decided_at.unwrap_or(found.event_at)
    };
    if rules::deadline(since, terms.dispute_days, &zone) <= now {
        let message = format!("it could be disputed within {} days", terms.dispute_days);
        return Err(Refusal::new(RefusalCode::DeadlinePassed, message).into());
    }
    require_free(&*write, &row).await?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let flips = if row.froze { clock(app, &write, actor, &row, Action::Freeze).await? } else { false };
    finish(app, write, actor, ("dispute.opened", &row), flips).await?;
    Ok(row)
}

async fn told(
    app: &App,
    conn: &impl ConnectionTrait,
    actor: &Actor,
    (new, partner): (&NewDispute, Id<id::Partner>),
    zone: &TimeZone,
) -> Answer<Model> {
    let now = app.ambient.now();
    let day = |text: &String| rules::past_day("happened_on", text, now.local_day(zone)).map(|day| day.to_string());
    if let Some(amount) = new.amount {
        currencies::store::require_usable(conn, actor.tenant, amount.currency).await?;
        if amount.minor <= 0 {
            return Err(Refusal::field("amount", "must be above nought").into());
        }
    }
    if let Some(offer) = new.offer_id {
        offers::store::get(conn, actor.tenant, offer).await?;
    }
    let click_id = new.click_id.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let click_id = click_id.map(|text| click(text).ok_or_else(|| Refusal::field("click_id", "must be an id")));
    Ok(Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_id: partner,
        kind: new.kind,
        conversion_id: None,
        offer_id: new.offer_id,
        click_id: click_id.transpose()?,
        order_id: optional_text("order_id", new.order_id.as_deref(), TEXT_CHARS_MAX)?,
        customer: optional_text("customer", new.customer.as_deref(), TEXT_CHARS_MAX)?,
        happened_on: new.happened_on.as_ref().map(day).transpose()?,
        currency: new.amount.map(|amount| amount.currency.to_string()),
        claimed_minor: new.amount.map(|amount| amount.minor),
        words: long_text("words", &new.words, WORDS_CHARS_MAX)?,
        proof: new.proof.as_deref().filter(|text| !text.trim().is_empty()).map(proof).transpose()?,
        state: DisputeState::Open,
        froze: false,
        report_asked: None,
        adjustment_id: None,
        decision_words: None,
        decided_by: None,
        decided_at: None,
        opened_by: actor.user,
        created_at: now,
        due_at: now,
    })
}

fn proof(text: &str) -> Result<String, Refusal> {
    long_text("proof", text, WORDS_CHARS_MAX)
}

fn missing_since(row: &Model, zone: &TimeZone) -> Result<Timestamp, Refusal> {
    if row.click_id.is_none() && row.order_id.is_none() && row.customer.is_none() {
        return Err(Refusal::field("order_id", "must be named"));
    }
    let day = row.happened_on.as_deref().and_then(|day| day.parse::<Date>().ok());
    let day = day.ok_or_else(|| Refusal::field("happened_on", "must be named"))?;
    Ok(Timestamp::start_of_day(day, zone))
}

async fn own_conversion(conn: &impl ConnectionTrait, actor: &Actor, new: &NewDispute) -> Answer<conversion::Model> {
    let id = new.conversion_id.ok_or_else(|| Refusal::field("conversion_id", "must be named"))?;
    let mine = conversion::Column::WorkspaceId.eq(actor.tenant.id());
    let row = conversion::Entity::find_by_id(id).filter(mine).one(conn).await?;
    let own = row.filter(|row| row.partner_id.is_some() && row.partner_id == actor.partner);
    own.ok_or_else(|| Refusal::not_found("conversion").into())
}

/// What was removed at its advertiser's request is appealed against where that was decided.
async fn require_not_scrubbed(conn: &impl ConnectionTrait, row: &conversion::Model) -> Answer<()> {
    let accepted = scrub::Entity::find()
        .filter(scrub::Column::WorkspaceId.eq(row.workspace_id))
        .filter(scrub::Column::ConversionId.eq(row.id))
        .filter(scrub::Column::State.eq(ScrubState::Accepted));
    if accepted.one(conn).await?.is_none() {
        return Ok(());
    }
    let message = "it was removed at its advertiser's request: appeal against that";
    Err(Refusal::new(RefusalCode::IllegalMove, message).into())
}

/// One open dispute of a conversion; of what is missing, one by its click, order and customer.
async fn require_free(conn: &impl ConnectionTrait, row: &Model) -> Answer<()> {
    let open = Entity::find()
        .filter(Column::WorkspaceId.eq(row.workspace_id))
        .filter(Column::PartnerId.eq(row.partner_id))
        .filter(Column::State.eq(DisputeState::Open));
    let same = match row.conversion_id {
        Some(conversion) => open.filter(Column::ConversionId.eq(conversion)),
        None => open
            .filter(Column::Kind.eq(DisputeKind::Missing))
            .filter(is_same(Column::ClickId, row.click_id))
            .filter(is_same(Column::OrderId, row.order_id.as_deref()))
            .filter(is_same(Column::Customer, row.customer.as_deref())),
    };
    match same.one(conn).await? {
        Some(_) => Err(Refusal::new(RefusalCode::AlreadyExists, "it is disputed already").into()),
        None => Ok(()),
    }
}

fn is_same<T: Into<sea_orm::Value>>(column: Column, value: Option<T>) -> sea_orm::sea_query::Expr {
    value.map_or_else(|| column.is_null(), |value| column.eq(value))
}

/// Stops the clocks of its conversion, or lets them go on; whether routes change with it.
pub async fn clock(app: &App, write: &WriteTransaction, actor: &Actor, row: &Model, action: Action) -> Answer<bool> {
    let Some(conversion) = row.conversion_id else { return Ok(false) };
    let mut sheet = moves::open(&**write, actor.tenant, &app.ambient).await?;
    moves::load_conversions(&**write, &mut sheet, &[conversion]).await?;
    let has_other = |held: &moves::Holding| held.conversion.frozen_at.is_none() == (action == Action::Freeze);
    let fits = |held: &moves::Holding| rules::has_clocks(held.conversion.status, None) && has_other(held);
    if !sheet.get(conversion).is_some_and(fits) {
        return Ok(false);
    }
    let order =
        Order { action, amount_minor: None, reason: None, words: None, mover: Mover::user(actor), at: sheet.now() };
    sheet.apply(conversion, &order)?;
    let flips = sheet.caps.changes_routes();
    sheet.write(&**write).await?;
    Ok(flips)
}

/// The partner takes its dispute back.
pub async fn withdraw(app: &App, actor: &Actor, id: Id<id::Dispute>) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = store::get(&*write, actor, id).await?;
    if actor.partner != Some(row.partner_id) {
        return Err(Refusal::not_found("dispute").into());
    }
    require_open(&row)?;
    row.state = DisputeState::Withdrawn;
    (row.decided_by, row.decided_at) = (Some(actor.user), Some(app.ambient.now()));
    row.clone().into_active_model().reset_all().update(&*write).await?;
    let flips = if row.froze { clock(app, &write, actor, &row, Action::Unfreeze).await? } else { false };
    finish(app, write, actor, ("dispute.withdrawn", &row), flips).await?;
    Ok(row)
}

/// # Errors
/// `already_decided`.
pub fn require_open(row: &Model) -> Result<(), Refusal> {
    let is_open = row.state == DisputeState::Open;
    if is_open { Ok(()) } else { Err(Refusal::new(RefusalCode::AlreadyDecided, "this dispute is over")) }
}

/// Remembers what was done, and commits.
pub async fn finish(
    app: &App,
    write: WriteTransaction,
    actor: &Actor,
    (action, row): (&str, &Model),
    flips: bool,
) -> Answer<()> {
    let after = Some(json!({
        "kind": row.kind, "partner_id": row.partner_id, "conversion_id": row.conversion_id, "state": row.state,
        "adjustment_id": row.adjustment_id, "words": row.decision_words
    }));
    let change = Change { action, subject: row.id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    if flips {
        app.catch_up_routes().await?;
    }
    app.shipper.wake();
    Ok(())
}
