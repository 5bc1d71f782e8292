//! Proving, accepting, sending back, missing and cancelling a placement.

use kernel::{Id, Money, Refusal, RefusalCode, Tenant, id};
use ledger::{Stage, Stamp, entries};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};
use serde::Deserialize;
use serde_json::Value;

use super::{
    agree::{shown, words},
    model::{Column, Entity, Model, PlacementState},
    rules::{self, Step},
};
use crate::{
    App,
    adjustments::alone,
    audit::{self, Change},
    identity::{Actor, Role},
    platform::{Answer, WriteTransaction, addresses::web_address},
    workspaces,
};

/// An address, words, or both.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"url": "https://trailnotes.example/autumn-boots", "note": "Stays on the first page for a week"}))]
#[serde(deny_unknown_fields)]
pub struct ProofIn {
    /// Where it is to be seen.
    pub url: Option<String>,
    pub note: Option<String>,
}

/// The placement that the actor may see, or 404.
pub async fn load(conn: &impl ConnectionTrait, actor: &Actor, id: Id<id::Placement>) -> Answer<Model> {
    let mut query = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(actor.tenant.id()));
    if actor.role == Role::Partner {
        query = query.filter(Column::PartnerId.eq(actor.partner));
    }
    query.one(conn).await?.ok_or_else(|| Refusal::not_found("placement").into())
}

/// Writes every column but the id anew.
pub async fn save(conn: &impl ConnectionTrait, row: &Model) -> Answer<()> {
    Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(conn).await?;
    Ok(())
}

/// Shows that it was done. A placement that was missed may still be proven; a later proof takes the place of one.
pub async fn prove(app: &App, actor: &Actor, id: Id<id::Placement>, proof: &ProofIn) -> Answer<Model> {
    let note = words("note", proof.note.as_deref())?;
    let url = proof.url.as_deref().filter(|url| !url.trim().is_empty());
    let url = url.map(|url| address(app, url)).transpose()?;
    if url.is_none() && note.is_none() {
        return Err(Refusal::field("url", "give the address where it is to be seen, or a note").into());
    }
    step(app, actor, id, Step::Prove, "placement.proven", |row| {
        (row.proof_url, row.proof_note) = (url, note);
        (row.proven_by, row.proven_at) = (Some(actor.user), Some(app.ambient.now()));
        (row.state, row.decision_note) = (PlacementState::Proven, None);
    })
    .await
}

fn address(app: &App, url: &str) -> Result<String, Refusal> {
    let wrong = |_| Refusal::field("url", "must be a public address that begins with http:// or https://");
    web_address("url", url, app.settings.allow_private_addresses).map(|address| address.url).map_err(wrong)
}

/// What was shown is not enough: it is to be proven again.
pub async fn send_back(app: &App, actor: &Actor, id: Id<id::Placement>, note: String) -> Answer<Model> {
    step(app, actor, id, Step::SendBack, "placement.sent_back", |row| {
        (row.state, row.decision_note, row.accepted_by) = (PlacementState::Agreed, Some(note), None);
    })
    .await
}

/// Its day has passed without it.
pub async fn miss(app: &App, actor: &Actor, id: Id<id::Placement>, note: Option<String>) -> Answer<Model> {
    let zone = workspaces::store::get(app.records.read(), actor.tenant).await?.zone()?;
    let today = app.ambient.now().local_day(&zone).to_string();
    if load(app.records.read(), actor, id).await?.day >= today {
        let message = "its day is not over, so it cannot have been missed";
        return Err(Refusal::new(RefusalCode::IllegalMove, message).into());
    }
    step(app, actor, id, Step::Miss, "placement.missed", |row| {
        (row.state, row.decision_note) = (PlacementState::Missed, note);
    })
    .await
}

async fn step(
    app: &App,
    actor: &Actor,
    id: Id<id::Placement>,
    step: Step,
    action: &str,
    apply: impl FnOnce(&mut Model),
) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = load(&*write, actor, id).await?;
    rules::require(row.state, step)?;
    let before = shown(&row);
    apply(&mut row);
    finish(app, write, actor, action, before, row).await
}

/// Pays the fee, or has a second person look at it where it passes the limit of one.
pub async fn accept(app: &App, actor: &Actor, id: Id<id::Placement>) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = load(&*write, actor, id).await?;
    rules::require(row.state, Step::Accept)?;
    let before = shown(&row);
    let now = app.ambient.now();
    if row.state == PlacementState::Waiting {
        rules::require_second(row.accepted_by, actor.user)?;
        row.seconded_by = Some(actor.user);
        row.entry_id = book(app, &write, &row, row.fee()).await?;
    } else {
        row.accepted_by = Some(actor.user);
        let is_paid = row.fee_minor.is_some();
        if is_paid && alone::takes_two(&*write, actor, row.partner_id, row.fee(), now).await? {
            row.state = PlacementState::Waiting;
            return finish(app, write, actor, "placement.accepted_by_one", before, row).await;
        }
        row.entry_id = book(app, &write, &row, row.fee()).await?;
        if let Some(entry) = row.entry_id {
            alone::remember(&*write, actor, row.partner_id, row.fee(), (entry, now)).await?;
        }
    }
    (row.state, row.accepted_at) = (PlacementState::Accepted, Some(now));
    finish(app, write, actor, "placement.accepted", before, row).await
}

/// Calls it off. The fee of one that was accepted is taken back by an entry of its own.
pub async fn cancel(app: &App, actor: &Actor, id: Id<id::Placement>, note: String) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = load(&*write, actor, id).await?;
    rules::require(row.state, Step::Cancel)?;
    let before = shown(&row);
    if row.entry_id.is_some() {
        let Money { minor, currency } = row.fee();
        row.returned_entry_id = book(app, &write, &row, Money::new(-minor, currency)).await?;
    }
    (row.state, row.decision_note) = (PlacementState::Cancelled, Some(note));
    finish(app, write, actor, "placement.cancelled", before, row).await
}

/// One entry, payable at once or off the debt first; a fee taken back comes off what is payable, beyond it it is a debt.
async fn book(app: &App, write: &WriteTransaction, row: &Model, fee: Money) -> Answer<Option<Id<id::BookEntry>>> {
    if fee.minor == 0 {
        return Ok(None);
    }
    let tenant = Tenant(row.workspace_id);
    let standings = ledger::standings(&**write, tenant, &[row.partner_id]).await.map_err(anyhow::Error::from)?;
    let standing = standings.get(&(row.partner_id, fee.currency)).copied().unwrap_or_default();
    let stamp = Stamp { id: app.ambient.new_id(), at: app.ambient.now() };
    let entry = entries::place(stamp, row.partner_id, fee, Stage::Locked(standing)).with_note(row.id.to_string());
    ledger::post(&**write, tenant, &[entry]).await.map_err(anyhow::Error::from)?;
    Ok(Some(stamp.id))
}

async fn finish(
    app: &App,
    write: WriteTransaction,
    actor: &Actor,
    action: &str,
    before: Value,
    mut row: Model,
) -> Answer<Model> {
    row.updated_at = app.ambient.now();
    save(&*write, &row).await?;
    remember(app, &write, actor, action, Some(before), &row).await?;
    write.commit().await?;
    Ok(row)
}

pub async fn remember(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    action: &str,
    before: Option<Value>,
    row: &Model,
) -> Answer<()> {
    let change = Change { action, subject: row.id.to_string(), before, after: Some(shown(row)) };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}
