//! What became of a payout: paid or failed, once.

use kernel::{Id, Money, id};
use ledger::{Stamp, Transfer, entries};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{
    entity::payout::{self, PayoutState},
    rules, store,
};
use crate::{
    App,
    audit::{self, Change},
    conversions::{self, entity::commission},
    identity::Actor,
    platform::{Answer, WriteTransaction},
};

/// Result of a payout.
#[derive(Clone, Debug)]
pub enum Outcome {
    Paid { reference: Option<String> },
    Failed { reason: String },
}

/// Books the result of every payout in `payouts`; all or none.
pub async fn settle(
    app: &App,
    actor: &Actor,
    payouts: &[Id<id::Payout>],
    outcome: &Outcome,
) -> Answer<Vec<payout::Model>> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut settled = Vec::with_capacity(payouts.len());
    for &id in payouts {
        let payout = store::payout(&*write, actor.tenant, id).await?;
        rules::require_in_transit(payout.state)?;
        settled.push(with_outcome(app, payout, outcome));
    }
    book(app, &write, actor, &settled).await?;
    for payout in &settled {
        save(app, &write, actor, payout).await?;
    }
    match outcome {
        Outcome::Paid { .. } => conversions::payable::mark_paid(app, &write, actor.tenant, payouts).await?,
        Outcome::Failed { .. } => let_go(&write, actor, payouts).await?,
    }
    write.commit().await?;
    app.shipper.wake();
    Ok(settled)
}

fn with_outcome(app: &App, payout: payout::Model, outcome: &Outcome) -> payout::Model {
    let settled_at = Some(app.ambient.now());
    match outcome.clone() {
        Outcome::Paid { reference } => payout::Model { state: PayoutState::Paid, reference, settled_at, ..payout },
        Outcome::Failed { reason } => {
            payout::Model { state: PayoutState::Failed, failure_reason: Some(reason), settled_at, ..payout }
        }
    }
}

async fn book(app: &App, write: &WriteTransaction, actor: &Actor, payouts: &[payout::Model]) -> Answer<()> {
    let mut booked = Vec::with_capacity(payouts.len());
    for payout in payouts {
        let stamp = Stamp { id: app.ambient.new_id(), at: app.ambient.now() };
        let amount = Money::new(payout.amount_minor, payout.currency.parse()?);
        let transfer = Transfer { payout: payout.id, partner: payout.partner_id, amount };
        booked.push(match payout.state {
            PayoutState::Failed => entries::failed(stamp, &transfer),
            _ => entries::paid(stamp, &transfer),
        });
    }
    ledger::post(&**write, actor.tenant, &booked).await.map_err(anyhow::Error::from)?;
    Ok(())
}

async fn save(app: &App, write: &WriteTransaction, actor: &Actor, payout: &payout::Model) -> Answer<()> {
    let row = payout::ActiveModel {
        id: Set(payout.id),
        state: Set(payout.state),
        reference: Set(payout.reference.clone()),
        failure_reason: Set(payout.failure_reason.clone()),
        settled_at: Set(payout.settled_at),
        ..Default::default()
    };
    payout::Entity::update(row).exec(&**write).await?;
    let change = Change {
        action: if payout.state == PayoutState::Paid { "payout.paid" } else { "payout.failed" },
        subject: payout.id.to_string(),
        before: Some(serde_json::json!({ "state": PayoutState::InTransit })),
        after: Some(serde_json::json!({
            "state": payout.state, "reference": payout.reference, "failure_reason": payout.failure_reason
        })),
    };
    audit::record(&**write, &app.ambient, actor, change).await?;
    Ok(())
}

/// The commissions of failed payouts wait for another batch.
async fn let_go(write: &WriteTransaction, actor: &Actor, payouts: &[Id<id::Payout>]) -> Answer<()> {
    commission::Entity::update_many()
        .set(commission::ActiveModel { payout_id: Set(None), ..Default::default() })
        .filter(commission::Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(commission::Column::PayoutId.is_in(payouts.iter().copied()))
        .exec(&**write)
        .await?;
    Ok(())
}
