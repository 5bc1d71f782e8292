//! Asking for an adjustment, approving, refusing and booking it.

use kernel::{Id, Money, Refusal, Tenant, id};
use ledger::{Stage, Stamp, entries};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    alone,
    entity::{
        adjustment::{self, AdjustmentKind, AdjustmentState},
        limit,
    },
    rules,
};
use crate::{
    App,
    audit::{self, Change},
    conversions::entity::conversion,
    currencies,
    identity::Actor,
    partners,
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, short_text},
    },
};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "partner_id": "prt_01KAMX4S5T0000000000000000", "kind": "bonus", "amount": {"minor": 5000, "currency": "EUR"},
    "reason": "Ten more sales in October than in September"
}))]
#[serde(deny_unknown_fields)]
pub struct NewAdjustment {
    pub partner_id: Id<id::Partner>,
    pub kind: AdjustmentKind,
    /// Above nought for a bonus (given) and a clawback (taken); a correction carries its sign.
    pub amount: Money,
    /// Plain words; the partner reads them.
    pub reason: String,
    /// The conversion it is about.
    pub conversion_id: Option<Id<id::Conversion>>,
}

/// Books an adjustment at once, or has it wait for a second person.
pub async fn ask(app: &App, actor: &Actor, new: &NewAdjustment) -> Answer<adjustment::Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let row = ask_within(app, &write, actor, new).await?;
    write.commit().await?;
    Ok(row)
}

/// The same within a transaction that does more, and holds the workspace's lock.
pub async fn ask_within(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    new: &NewAdjustment,
) -> Answer<adjustment::Model> {
    let amount_minor = rules::signed_minor(new.kind, new.amount)?;
    let reason = short_text("reason", &new.reason, TEXT_CHARS_MAX)?;
    partners::store::get(&**write, actor.tenant, new.partner_id).await?;
    currencies::store::require_usable(&**write, actor.tenant, new.amount.currency).await?;
    if let Some(conversion) = new.conversion_id {
        require_conversion(&**write, actor.tenant, conversion).await?;
    }
    let now = app.ambient.now();
    let mut row = adjustment::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_id: new.partner_id,
        kind: new.kind,
        currency: new.amount.currency.to_string(),
        amount_minor,
        reason,
        conversion_id: new.conversion_id,
        state: AdjustmentState::Waiting,
        requested_by: actor.user,
        requested_at: now,
        decided_by: None,
        decided_at: None,
        decision_note: None,
        entry_id: None,
    };
    let amount = Money::new(amount_minor, new.amount.currency);
    if !alone::takes_two(&**write, actor, row.partner_id, amount, now).await? {
        let booked = book(app, write, &mut row).await?;
        alone::remember(&**write, actor, row.partner_id, amount, (booked, now)).await?;
    }
    adjustment::Entity::insert(row.clone().into_active_model()).exec_without_returning(&**write).await?;
    remember(app, write, actor, "adjustment.asked", &row).await?;
    Ok(row)
}

async fn require_conversion(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::Conversion>) -> Answer<()> {
    let mine = conversion::Column::WorkspaceId.eq(tenant.id());
    let found = conversion::Entity::find_by_id(id).filter(mine).one(conn).await?;
    found.map(drop).ok_or_else(|| Refusal::not_found("conversion").into())
}

/// Sets the limit of one person; nothing lets one do any.
pub async fn set_limit(app: &App, actor: &Actor, limit_minor: Option<i64>) -> Answer<()> {
    if limit_minor.is_some_and(|limit| !(0..=rules::AMOUNT_MINOR_MAX).contains(&limit)) {
        return Err(Refusal::field("limit_minor", "must be nought or more").into());
    }
    let write = app.records.begin().await?;
    let before = alone::limit_of(&*write, actor.tenant).await?;
    limit::Entity::delete_by_id(actor.tenant.id()).exec(&*write).await?;
    if let Some(limit_minor) = limit_minor {
        let row = limit::Model { workspace_id: actor.tenant.id(), limit_minor };
        limit::Entity::insert(row.into_active_model()).exec_without_returning(&*write).await?;
    }
    let change = Change {
        action: "adjustment_limit.set",
        subject: actor.tenant.id().to_string(),
        before: Some(json!({ "limit_minor": before })),
        after: Some(json!({ "limit_minor": limit_minor })),
    };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(())
}

/// A second person decides: booked, or refused with a note.
pub async fn decide(
    app: &App,
    actor: &Actor,
    id: Id<id::Adjustment>,
    refused: Option<String>,
) -> Answer<adjustment::Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mine = adjustment::Column::WorkspaceId.eq(actor.tenant.id());
    let row = adjustment::Entity::find_by_id(id).filter(mine).one(&*write).await?;
    let mut row = row.ok_or_else(|| Refusal::not_found("adjustment"))?;
    rules::require_second(row.state, row.requested_by, actor.user)?;
    (row.decided_by, row.decided_at) = (Some(actor.user), Some(app.ambient.now()));
    let action = match refused {
        Some(note) => {
            (row.state, row.decision_note) = (AdjustmentState::Refused, Some(note));
            "adjustment.refused"
        }
        None => {
            book(app, &write, &mut row).await?;
            "adjustment.approved"
        }
    };
    let decided = adjustment::ActiveModel {
        id: Set(row.id),
        state: Set(row.state),
        decided_by: Set(row.decided_by),
        decided_at: Set(row.decided_at),
        decision_note: Set(row.decision_note.clone()),
        entry_id: Set(row.entry_id),
        ..Default::default()
    };
    adjustment::Entity::update(decided).exec(&*write).await?;
    remember(app, &write, actor, action, &row).await?;
    write.commit().await?;
    Ok(row)
}

/// One entry: payable at once, or off the debt first; a clawback off what is payable, beyond it a debt.
async fn book(app: &App, write: &WriteTransaction, row: &mut adjustment::Model) -> Answer<Id<id::BookEntry>> {
    let (tenant, currency) = (Tenant(row.workspace_id), row.currency());
    let standings = ledger::standings(&**write, tenant, &[row.partner_id]).await.map_err(anyhow::Error::from)?;
    let standing = standings.get(&(row.partner_id, currency)).copied().unwrap_or_default();
    let stamp = Stamp { id: app.ambient.new_id(), at: app.ambient.now() };
    let amount = Money::new(row.amount_minor, currency);
    let entry = entries::adjust(stamp, row.partner_id, amount, Stage::Locked(standing)).with_note(row.kind.code());
    ledger::post(&**write, tenant, &[entry]).await.map_err(anyhow::Error::from)?;
    (row.state, row.entry_id) = (AdjustmentState::Booked, Some(stamp.id));
    Ok(stamp.id)
}

async fn remember(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    action: &str,
    row: &adjustment::Model,
) -> Answer<()> {
    let after = Some(json!({
        "partner_id": row.partner_id, "kind": row.kind, "amount_minor": row.amount_minor, "currency": row.currency,
        "reason": row.reason, "state": row.state, "note": row.decision_note
    }));
    let change = Change { action, subject: row.id.to_string(), before: None, after };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}
