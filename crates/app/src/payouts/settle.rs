//! What became of a payout: paid or failed, once; and what was paid may come back.

use kernel::{Currency, Id, Money, Tenant, id};
use ledger::{Stamp, Transfer, entries};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::{
    entity::payout::{self, PayoutState},
    rules, store, taken,
};
use crate::{
    App,
    conversions::{self, entity::commission},
    identity::Actor,
    own_invoices::carry,
    platform::{
        Answer, WriteTransaction,
        audit_trail::{self, Author, Change},
    },
};

/// Payouts that one transaction settles.
pub const PART_PAYOUTS: usize = 500;

/// Result of a payout.
#[derive(Clone, Debug)]
pub enum Outcome {
    Paid {
        /// The bank's, the service's or the chain's own.
        reference: Option<String>,
    },
    Failed {
        reason: String,
    },
    /// It was paid, and the money is back.
    Returned {
        reason: String,
    },
}

impl Outcome {
    const fn state(&self) -> PayoutState {
        match self {
            Self::Paid { .. } => PayoutState::Paid,
            Self::Failed { .. } => PayoutState::Failed,
            Self::Returned { .. } => PayoutState::Returned,
        }
    }

    const fn action(&self) -> &'static str {
        match self {
            Self::Paid { .. } => "payout.paid",
            Self::Failed { .. } => "payout.failed",
            Self::Returned { .. } => "payout.returned",
        }
    }
}

/// Books what a person says became of one payout.
pub async fn settle(app: &App, actor: &Actor, id: Id<id::Payout>, outcome: &Outcome) -> Answer<payout::Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let payout = store::payout(&*write, actor.tenant, id).await?;
    let batch = store::batch(&*write, actor.tenant, payout.batch_id).await?;
    rules::require_told_by_people(&batch)?;
    let outcome = checked(batch.method, outcome)?;
    let mut settled = book(app, &write, actor.author(), vec![payout], &outcome).await?;
    write.commit().await?;
    app.shipper.wake();
    settled.pop().ok_or_else(|| anyhow::anyhow!("one payout was settled").into())
}

/// Says of every payout of a batch that is still in transit that it was paid or failed, a part at a time. What was
/// settled before a fault stays so, and the rest is settled by asking again.
pub async fn settle_rest(
    app: &App,
    author: Author,
    batch: Id<id::PayoutBatch>,
    outcome: &Outcome,
    may: impl Fn(&super::entity::batch::Model) -> Result<(), kernel::Refusal>,
) -> Answer<()> {
    loop {
        let write = app.records.begin().await?;
        write.lock_workspace(author.tenant).await?;
        let row = store::batch(&*write, author.tenant, batch).await?;
        may(&row)?;
        let outcome = checked(row.method, outcome)?;
        let payouts = in_transit(&*write, author.tenant, batch).await?;
        if payouts.is_empty() {
            return Ok(());
        }
        book(app, &write, author, payouts, &outcome).await?;
        write.commit().await?;
        app.shipper.wake();
    }
}

/// A transfer on a chain is told by its transaction.
fn checked(method: crate::partners::model::PayoutMethod, outcome: &Outcome) -> Result<Outcome, kernel::Refusal> {
    match outcome {
        Outcome::Paid { reference } => Ok(Outcome::Paid { reference: rules::reference(method, reference.as_deref())? }),
        other => Ok(other.clone()),
    }
}

async fn in_transit(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    batch: Id<id::PayoutBatch>,
) -> Answer<Vec<payout::Model>> {
    let query = payout::Entity::find()
        .filter(payout::Column::WorkspaceId.eq(tenant.id()))
        .filter(payout::Column::BatchId.eq(batch))
        .filter(payout::Column::State.eq(PayoutState::InTransit))
        .order_by_asc(payout::Column::Id)
        .limit(PART_PAYOUTS as u64);
    Ok(query.all(conn).await?)
}

/// Books what became of `payouts`, in the caller's transaction, which holds the workspace's lock; all or none.
pub async fn book(
    app: &App,
    write: &WriteTransaction,
    author: Author,
    payouts: Vec<payout::Model>,
    outcome: &Outcome,
) -> Answer<Vec<payout::Model>> {
    let mut settled = Vec::with_capacity(payouts.len());
    let mut booked = Vec::with_capacity(payouts.len());
    for payout in payouts {
        match outcome {
            Outcome::Returned { .. } => rules::require_paid(payout.state)?,
            _ => rules::require_in_transit(payout.state)?,
        }
        booked.extend(entries_of(app, &payout, outcome)?);
        settled.push(with_outcome(app, payout, outcome));
    }
    ledger::post(&**write, author.tenant, &booked).await.map_err(anyhow::Error::from)?;
    for payout in &settled {
        save(app, write, author, payout, outcome).await?;
    }
    let ids: Vec<_> = settled.iter().map(|payout| payout.id).collect();
    match outcome {
        Outcome::Paid { .. } => conversions::payable::mark_paid(app, write, author.tenant, &ids).await?,
        Outcome::Failed { .. } => let_go(write, author.tenant, &ids).await?,
        Outcome::Returned { .. } => {}
    }
    if !matches!(outcome, Outcome::Paid { .. }) {
        carry::let_go(app, write, author, &ids).await?;
    }
    Ok(settled)
}

fn entries_of(app: &App, payout: &payout::Model, outcome: &Outcome) -> Answer<Vec<ledger::Entry>> {
    let stamp = || Stamp { id: app.ambient.new_id(), at: app.ambient.now() };
    let currency: Currency = payout.currency.parse()?;
    let amount = Money::new(payout.amount_minor, currency);
    let transfer = Transfer { payout: payout.id, partner: payout.partner_id, amount };
    let moved = match outcome {
        Outcome::Paid { .. } => entries::paid(stamp(), &transfer),
        Outcome::Failed { .. } => entries::failed(stamp(), &transfer),
        Outcome::Returned { .. } => entries::returned(stamp(), &transfer),
    };
    let mut booked = vec![moved];
    booked.extend(taken::settled(payout, currency, outcome.state(), stamp));
    Ok(booked)
}

fn with_outcome(app: &App, payout: payout::Model, outcome: &Outcome) -> payout::Model {
    let (state, settled_at) = (outcome.state(), Some(app.ambient.now()));
    match outcome.clone() {
        Outcome::Paid { reference } => payout::Model { state, reference, settled_at, ..payout },
        Outcome::Failed { reason } | Outcome::Returned { reason } => {
            payout::Model { state, failure_reason: Some(reason), settled_at, ..payout }
        }
    }
}

async fn save(
    app: &App,
    write: &WriteTransaction,
    author: Author,
    payout: &payout::Model,
    outcome: &Outcome,
) -> Answer<()> {
    let row = payout::ActiveModel {
        id: Set(payout.id),
        state: Set(payout.state),
        reference: Set(payout.reference.clone()),
        failure_reason: Set(payout.failure_reason.clone()),
        provider_item_id: Set(payout.provider_item_id.clone()),
        provider_state: Set(payout.provider_state.clone()),
        settled_at: Set(payout.settled_at),
        ..Default::default()
    };
    payout::Entity::update(row).exec(&**write).await?;
    let before = if payout.state == PayoutState::Returned { PayoutState::Paid } else { PayoutState::InTransit };
    let change = Change {
        action: outcome.action(),
        subject: payout.id.to_string(),
        before: Some(serde_json::json!({ "state": before })),
        after: Some(serde_json::json!({
            "state": payout.state, "reference": payout.reference, "failure_reason": payout.failure_reason
        })),
    };
    audit_trail::record(&**write, &app.ambient, author, change).await?;
    Ok(())
}

/// The commissions of failed payouts wait for another batch.
async fn let_go(write: &WriteTransaction, tenant: Tenant, payouts: &[Id<id::Payout>]) -> Answer<()> {
    commission::Entity::update_many()
        .set(commission::ActiveModel { payout_id: Set(None), ..Default::default() })
        .filter(commission::Column::WorkspaceId.eq(tenant.id()))
        .filter(commission::Column::PayoutId.is_in(payouts.iter().copied()))
        .exec(&**write)
        .await?;
    Ok(())
}
