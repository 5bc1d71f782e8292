//! Staff decides: upheld and put right, or refused.

use kernel::{Id, Money, Refusal, RefusalCode, id};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use serde::Deserialize;

use super::{
    entity::dispute::{DisputeKind, DisputeState, Model},
    missing::{self, MissingReport},
    open::{clock, finish, require_open},
    store,
};
use crate::{
    App,
    adjustments::{
        decide::{NewAdjustment, ask_within},
        entity::adjustment::AdjustmentKind,
    },
    conversions::{
        Action, Mover,
        moves::{self, Order},
    },
    identity::Actor,
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, short_text},
    },
};

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "uphold": true, "words": "The rate of the special deal holds since May", "amount": {"minor": 200, "currency": "EUR"}
}))]
#[serde(deny_unknown_fields)]
pub struct DecideDispute {
    pub uphold: bool,
    /// The partner reads them.
    pub words: String,
    /// What the partner is given on top, by an adjustment: of a wrong price, or of what is missing and cannot be reported.
    pub amount: Option<Money>,
    /// How a missing conversion is reported.
    pub report: Option<MissingReport>,
}

/// Decides, and puts right what is upheld, once.
pub async fn decide(app: &App, actor: &Actor, id: Id<id::Dispute>, wanted: &DecideDispute) -> Answer<Model> {
    let words = short_text("words", &wanted.words, TEXT_CHARS_MAX)?;
    let known = store::get(app.records.read(), actor, id).await?;
    require_open(&known)?;
    let made = match &wanted.report {
        Some(report) if wanted.uphold && known.kind == DisputeKind::Missing => {
            Some(missing::report(app, actor, &known, report).await?)
        }
        _ => None,
    };
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = store::get(&*write, actor, id).await?;
    require_open(&row)?;
    missing::require_same(&row, wanted.report.as_ref().filter(|_| made.is_some()))?;
    let mut flips = if row.froze { clock(app, &write, actor, &row, Action::Unfreeze).await? } else { false };
    row.state = if wanted.uphold { DisputeState::Upheld } else { DisputeState::Refused };
    (row.decided_by, row.decided_at) = (Some(actor.user), Some(app.ambient.now()));
    row.decision_words = Some(words.clone());
    if wanted.uphold {
        match (row.kind, made) {
            (DisputeKind::Rejected, _) => flips |= reinstate(app, &write, actor, &row, words).await?,
            (DisputeKind::Missing, Some(conversion)) => row.conversion_id = Some(conversion),
            (DisputeKind::Missing | DisputeKind::Price, _) => {
                let given = give(app, &write, actor, (&row, wanted.amount), words).await?;
                row.adjustment_id = Some(given);
            }
        }
    }
    row.clone().into_active_model().reset_all().update(&*write).await?;
    finish(app, write, actor, ("dispute.decided", &row), flips).await?;
    Ok(row)
}

async fn reinstate(app: &App, write: &WriteTransaction, actor: &Actor, row: &Model, words: String) -> Answer<bool> {
    let conversion = row.conversion_id.ok_or_else(|| Refusal::not_found("conversion"))?;
    let mut sheet = moves::open(&**write, actor.tenant, &app.ambient).await?;
    moves::load_conversions(&**write, &mut sheet, &[conversion]).await?;
    let order = Order {
        action: Action::Reinstate,
        amount_minor: None,
        reason: None,
        words: Some(words),
        mover: Mover::user(actor),
        at: sheet.now(),
    };
    sheet.apply(conversion, &order)?;
    let flips = sheet.caps.changes_routes();
    match sheet.write(&**write).await {
        Ok(_) => Ok(flips),
        Err(error) => Err(conflict(error)),
    }
}

/// An order that belongs to another conversion by now is a refusal; all else is a fault.
fn conflict(error: anyhow::Error) -> crate::platform::Problem {
    let taken = error.downcast_ref::<sea_orm::DbErr>().and_then(sea_orm::DbErr::sql_err);
    match taken {
        Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => {
            let message = "its order, or its click and goal, belong to another conversion by now";
            Refusal::new(RefusalCode::AlreadyExists, message).into()
        }
        _ => error.into(),
    }
}

/// Gives the partner what it lacks; above the workspace's limit it waits for a second person.
async fn give(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    (row, amount): (&Model, Option<Money>),
    reason: String,
) -> Answer<Id<id::Adjustment>> {
    let amount = amount.ok_or_else(|| Refusal::field("amount", "must be named"))?;
    if amount.minor <= 0 {
        return Err(Refusal::field("amount", "must be above nought").into());
    }
    let new = NewAdjustment {
        partner_id: row.partner_id,
        kind: AdjustmentKind::Correction,
        amount,
        reason,
        conversion_id: row.conversion_id,
    };
    Ok(ask_within(app, write, actor, &new).await?.id)
}
