//! A partner appeals, once, and is answered.

use kernel::{Id, Refusal, RefusalCode, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::scrub::{AppealState, Column, Entity, Model, ScrubBearer, ScrubState},
    terms,
};
use crate::{
    App,
    audit::{self, Change},
    conversions::{
        Action, Mover,
        moves::{self, Order, Worksheet},
    },
    identity::Actor,
    platform::{Answer, WriteTransaction, body::long_text},
    reconciliation::take,
    workspaces,
};

const WORDS_CHARS_MAX: usize = 2_000;

async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: Id<id::Scrub>) -> Answer<Model> {
    let row = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(actor.tenant.id())).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("scrub").into())
}

/// The partner says why it should not bear it.
pub async fn appeal(app: &App, actor: &Actor, id: Id<id::Scrub>, words: &str) -> Answer<Model> {
    let words = long_text("words", words, WORDS_CHARS_MAX)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = get(&*write, actor, id).await?;
    let is_own = row.partner_id.is_some() && row.partner_id == actor.partner;
    let bears = matches!(row.bearer, Some(ScrubBearer::Partner | ScrubBearer::Split));
    let (true, true, ScrubState::Accepted, Some(decided_at)) = (is_own, bears, row.state, row.decided_at) else {
        return Err(Refusal::not_found("scrub").into());
    };
    if row.appeal_state.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadyExists, "it was appealed against already").into());
    }
    let terms = terms::of(&*write, actor.tenant, row.advertiser_id).await?;
    let zone = workspaces::store::get(&*write, actor.tenant).await?.zone()?;
    let until = decided_at.start_of_local_day_after(i64::from(terms.appeal_days) + 1, &zone);
    if until <= app.ambient.now() {
        let message = format!("it could be appealed against until {until}");
        return Err(Refusal::new(RefusalCode::DeadlinePassed, message).into());
    }
    (row.appeal_state, row.appeal_words) = (Some(AppealState::Open), Some(words));
    row.appealed_at = Some(app.ambient.now());
    keep(app, write, actor, "scrub.appealed", row).await
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"uphold": true, "words": "The slips name another order"}))]
#[serde(deny_unknown_fields)]
pub struct AppealAnswer {
    /// The partner gets its pay again, and the network bears it.
    pub uphold: bool,
    pub words: String,
}

/// Answers an appeal. One that is upheld gives the partner its pay again; the advertiser owes nothing.
pub async fn answer(app: &App, actor: &Actor, id: Id<id::Scrub>, wanted: &AppealAnswer) -> Answer<Model> {
    let words = long_text("words", &wanted.words, WORDS_CHARS_MAX)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = get(&*write, actor, id).await?;
    if row.appeal_state != Some(AppealState::Open) {
        return Err(Refusal::new(RefusalCode::AlreadyDecided, "no appeal waits for an answer").into());
    }
    if wanted.uphold {
        let mut sheet = moves::open(&*write, actor.tenant, &app.ambient).await?;
        moves::load_conversions(&*write, &mut sheet, &[row.conversion_id]).await?;
        give_again(&mut sheet, actor, &row, &words)?;
        sheet.write(&*write).await?;
    }
    row.appeal_state = Some(if wanted.uphold { AppealState::Upheld } else { AppealState::Dismissed });
    (row.answer, row.answered_by, row.answered_at) = (Some(words), Some(actor.user), Some(app.ambient.now()));
    let row = keep(app, write, actor, "scrub.answered", row).await?;
    app.shipper.wake();
    Ok(row)
}

fn give_again(sheet: &mut Worksheet, actor: &Actor, row: &Model, words: &str) -> Result<(), Refusal> {
    let order = |action, at| Order {
        action,
        amount_minor: None,
        reason: None,
        words: Some(words.to_owned()),
        mover: Mover::user(actor),
        at,
    };
    let now = sheet.now();
    if row.bearer == Some(ScrubBearer::Partner) {
        sheet.apply(row.conversion_id, &order(Action::Reinstate, now))?;
    }
    let held = sheet.get(row.conversion_id).ok_or_else(|| Refusal::not_found("conversion"))?.clone();
    let price = take::priced(&held, 0, row.earned_minor);
    sheet.price_anew(row.conversion_id, &price, &order(Action::Reprice, now))
}

async fn keep(app: &App, write: WriteTransaction, actor: &Actor, action: &str, row: Model) -> Answer<Model> {
    row.clone().into_active_model().reset_all().update(&*write).await?;
    let after = Some(json!({
        "conversion_id": row.conversion_id, "appeal": row.appeal_state, "words": row.appeal_words,
        "answer": row.answer
    }));
    let change = Change { action, subject: row.id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}
