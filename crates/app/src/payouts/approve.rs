//! A second person agrees to a batch, or somebody undoes it before it is sent.

use kernel::{Id, Refusal, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, sea_query::Query,
};
use serde_json::json;

use super::{
    draw,
    entity::{
        batch::{self, BatchState},
        limit,
        payout::{self, PayoutState},
    },
    rules,
    settle::{self, Outcome},
    store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::{Answer, FaultsOfEach, WriteTransaction, audit_trail::Author},
};

pub const UNDO_BATCHES: &str = "undo_rejected_batches";

/// Agrees to a batch that waits for a second person.
pub async fn approve(app: &App, actor: &Actor, id: Id<id::PayoutBatch>) -> Answer<batch::Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let row = store::batch(&*write, actor.tenant, id).await?;
    rules::require_second(&row, actor.user, draw::takes_two(app, &write, &row).await?)?;
    let approved = batch::Model {
        state: BatchState::Approved,
        approved_by: Some(actor.user),
        approved_at: Some(app.ambient.now()),
        ..row
    };
    save(app, &write, actor, &approved, ("payout_batch.approved", None)).await?;
    write.commit().await?;
    Ok(approved)
}

/// Undoes a batch that nobody outside has: all its amounts are payable again. `file_not_used` is somebody's word for a
/// batch whose file was given out.
pub async fn reject(
    app: &App,
    actor: &Actor,
    id: Id<id::PayoutBatch>,
    (reason, file_not_used): (String, bool),
) -> Answer<batch::Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let row = store::batch(&*write, actor.tenant, id).await?;
    rules::require_unsent(&row, file_not_used)?;
    let rejected = batch::Model { state: BatchState::Rejected, trouble: Some(reason.clone()), ..row };
    save(app, &write, actor, &rejected, ("payout_batch.rejected", Some(reason.clone()))).await?;
    write.commit().await?;
    give_back(app, actor.author(), id, reason).await?;
    store::batch(app.records.read(), actor.tenant, id).await
}

async fn give_back(app: &App, author: Author, id: Id<id::PayoutBatch>, reason: String) -> Answer<()> {
    settle::settle_rest(app, author, id, &Outcome::Failed { reason }, |_| Ok(())).await
}

async fn save(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    row: &batch::Model,
    (action, reason): (&str, Option<String>),
) -> Answer<()> {
    row.clone().into_active_model().reset_all().update(&**write).await?;
    let change = Change {
        action,
        subject: row.id.to_string(),
        before: None,
        after: Some(json!({"state": row.state, "reason": reason, "frozen_hash": row.frozen_hash})),
    };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}

/// The job that finishes undoing what was rejected, where that broke off.
pub async fn finish_undoing(app: &App) -> anyhow::Result<()> {
    let rejected = batch::Entity::find()
        .filter(batch::Column::State.eq(BatchState::Rejected))
        .filter(
            batch::Column::Id.in_subquery(
                Query::select()
                    .column(payout::Column::BatchId)
                    .from(payout::Entity)
                    .and_where(payout::Column::State.eq(PayoutState::InTransit))
                    .to_owned(),
            ),
        )
        .all(app.records.read())
        .await?;
    let mut faults = FaultsOfEach::default();
    for batch in rejected {
        let author = Author { tenant: Tenant(batch.workspace_id), user: None };
        let reason = batch.trouble.clone().unwrap_or_default();
        let undone = give_back(app, author, batch.id, reason).await;
        faults.note(undone.map_err(|problem| anyhow::anyhow!("undo the batch {}: {problem:?}", batch.id)));
    }
    faults.end()
}

/// From which amount on a batch takes two, in the reporting currency.
pub async fn limit_of(app: &App, tenant: Tenant) -> Answer<Option<i64>> {
    Ok(limit::Entity::find_by_id(tenant.id()).one(app.records.read()).await?.map(|row| row.limit_minor))
}

/// Sets from which amount on a batch takes two; every batch may be sent by one where it is absent.
pub async fn set_limit(app: &App, actor: &Actor, limit_minor: Option<i64>) -> Answer<()> {
    if limit_minor.is_some_and(|limit| limit < 0) {
        return Err(Refusal::field("limit_minor", "must be nought or more").into());
    }
    let write = app.records.begin().await?;
    let known = limit::Entity::find_by_id(actor.tenant.id()).one(&*write).await?.map(|row| row.limit_minor);
    limit::Entity::delete_by_id(actor.tenant.id()).exec(&*write).await?;
    if let Some(limit_minor) = limit_minor {
        let row = limit::Model { workspace_id: actor.tenant.id(), limit_minor };
        limit::Entity::insert(row.into_active_model()).exec_without_returning(&*write).await?;
    }
    let change = Change {
        action: "payout_approval_limit.set",
        subject: actor.tenant.id().to_string(),
        before: Some(json!({"limit_minor": known})),
        after: Some(json!({"limit_minor": limit_minor})),
    };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(())
}
