//! Rewards that a person gives or takes, with words.

use kernel::{Id, id};
use serde::Deserialize;
use serde_json::json;

use super::{
    ledger::{self, Cause, Posting},
    model::{RewardReason, entry},
    rules,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    partners,
    platform::{
        Answer,
        body::{TEXT_CHARS_MAX, short_text},
    },
    reward_units,
};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "partner_id": "prt_01KAMX4S5T0000000000000000", "unit": "POINTS", "minor": 500, "words": "Best newcomer of November"
}))]
#[serde(deny_unknown_fields)]
pub struct NewRewardEntry {
    pub partner_id: Id<id::Partner>,
    pub unit: String,
    /// In the unit's smallest part: given above nought, taken below.
    pub minor: i64,
    /// Why, in words that the partner reads.
    pub words: String,
}

pub async fn enter(app: &App, actor: &Actor, new: &NewRewardEntry) -> Answer<entry::Model> {
    rules::require_amount(new.minor, -rules::AMOUNT_MAX)?;
    let words = short_text("words", &new.words, TEXT_CHARS_MAX)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    partners::store::get(&*write, actor.tenant, new.partner_id).await?;
    reward_units::store::get(&*write, actor.tenant, &new.unit).await?;
    let posting = Posting {
        partner: new.partner_id,
        unit: new.unit.clone(),
        amount_minor: new.minor,
        reason: if new.minor > 0 { RewardReason::Given } else { RewardReason::Taken },
        cause: Cause::Hand(actor.user),
        words: Some(words),
    };
    let entries = ledger::post(&*write, &app.ambient, actor.tenant, vec![posting], Vec::new()).await?;
    let row = entries.into_iter().next().expect("one posting makes one entry");
    let after = Some(json!({
        "partner_id": row.partner_id, "unit": row.unit, "amount_minor": row.amount_minor, "words": row.words
    }));
    let action = if new.minor > 0 { "reward.given" } else { "reward.taken" };
    let change = Change { action, subject: row.id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}
