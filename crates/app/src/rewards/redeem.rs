//! A partner gives rewards up for something, and a person fulfils or declines it. No money comes of it.

use kernel::{Id, Refusal, RefusalCode, id};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::json;

use super::{
    ledger::{self, Cause, Posting},
    model::{RedemptionState, RewardReason, redemption},
    rules, store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, optional_text},
    },
    reward_units,
};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"unit": "POINTS", "minor": 500, "wish": "A voucher of 20 EUR"}))]
#[serde(deny_unknown_fields)]
pub struct NewRewardRedemption {
    pub unit: String,
    /// In the unit's smallest part; no more than there is.
    pub minor: i64,
    /// What the partner wishes for it.
    pub wish: Option<String>,
}

/// Gives the rewards up at once, so that nobody gives them up twice.
pub async fn ask(app: &App, actor: &Actor, new: &NewRewardRedemption) -> Answer<redemption::Model> {
    let wish = optional_text("wish", new.wish.as_deref(), TEXT_CHARS_MAX)?;
    let partner = actor.partner.ok_or_else(|| Refusal::new(RefusalCode::NotPermitted, "only a partner can redeem"))?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    reward_units::store::get(&*write, actor.tenant, &new.unit).await?;
    let balance = store::balance_of(&*write, actor.tenant, partner, &new.unit).await?;
    rules::require_redeemable(new.minor, balance.map_or(0, |balance| balance.balance_minor))?;
    let row = redemption::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_id: partner,
        unit: new.unit.clone(),
        amount_minor: new.minor,
        wish,
        state: RedemptionState::Asked,
        words: None,
        asked_by: actor.user,
        asked_at: app.ambient.now(),
        decided_by: None,
        decided_at: None,
    };
    redemption::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    enter(app, &write, actor, &row, RewardReason::Redeemed).await?;
    remember(app, &write, actor, "reward_redemption.asked", &row).await?;
    write.commit().await?;
    Ok(row)
}

/// What was given for it, or why nothing is: then the rewards are the partner's again.
pub async fn decide(
    app: &App,
    actor: &Actor,
    id: Id<id::RewardRedemption>,
    (state, words): (RedemptionState, String),
) -> Answer<redemption::Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = store::redemption(&*write, actor, id).await?;
    rules::require_undecided(before.state)?;
    let row = redemption::Model {
        state,
        words: Some(words),
        decided_by: Some(actor.user),
        decided_at: Some(app.ambient.now()),
        ..before
    };
    row.clone().into_active_model().reset_all().update(&*write).await?;
    let action = if state == RedemptionState::Declined {
        enter(app, &write, actor, &row, RewardReason::Returned).await?;
        "reward_redemption.declined"
    } else {
        "reward_redemption.fulfilled"
    };
    remember(app, &write, actor, action, &row).await?;
    write.commit().await?;
    Ok(row)
}

async fn enter(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    row: &redemption::Model,
    reason: RewardReason,
) -> Answer<()> {
    let is_given_up = reason == RewardReason::Redeemed;
    let posting = Posting {
        partner: row.partner_id,
        unit: row.unit.clone(),
        amount_minor: if is_given_up { -row.amount_minor } else { row.amount_minor },
        reason,
        cause: Cause::Redemption(row.id, actor.user),
        words: if is_given_up { row.wish.clone() } else { row.words.clone() },
    };
    ledger::post(&**write, &app.ambient, actor.tenant, vec![posting], Vec::new()).await?;
    Ok(())
}

async fn remember(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    action: &str,
    row: &redemption::Model,
) -> Answer<()> {
    let after = Some(json!({
        "partner_id": row.partner_id, "unit": row.unit, "amount_minor": row.amount_minor, "wish": row.wish,
        "state": row.state, "words": row.words
    }));
    let change = Change { action, subject: row.id.to_string(), before: None, after };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}
