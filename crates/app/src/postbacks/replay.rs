//! Sending again what was sent, given up or held. The delivery stays the same, and with it its idempotency key.

use kernel::{Id, Refusal, RefusalCode, Timestamp, id};
use sea_orm::{
    ActiveValue::Set, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*, sea_query::Query,
};

use super::{
    entity::{delivery, postback},
    model::{DeliveryState, PostbackState},
    store::{self, DeliveryFilter},
};
use crate::{App, identity::Actor, platform::Answer};

/// Deliveries that one replay takes; what is left waits for the next.
pub const REPLAY_MAX: u64 = 1_000;

/// Sends one delivery again.
pub async fn one(app: &App, actor: &Actor, id: Id<id::Delivery>) -> Answer<delivery::Model> {
    let write = app.records.begin().await?;
    let mut row = store::delivery(&*write, actor, id).await?;
    if row.is_test || row.state == DeliveryState::Skipped {
        let message = "a test, and what had nothing to tell, cannot be sent again";
        return Err(Refusal::new(RefusalCode::NotReplayable, message).into());
    }
    let setting = postback::Entity::find_by_id(row.postback_id).one(&*write).await?;
    if setting.is_none_or(|setting| setting.state != PostbackState::Active) {
        return Err(Refusal::new(RefusalCode::NotReplayable, "it is not switched on: switch it on first").into());
    }
    let now = app.ambient.now();
    let again = delivery::ActiveModel { id: Set(row.id), ..again(now) };
    delivery::Entity::update(again).exec(&*write).await?;
    write.commit().await?;
    (row.state, row.attempts, row.due_at, row.done_at) = (DeliveryState::Waiting, 0, now, None);
    Ok(row)
}

/// Sends again what the filter chooses of what failed or was held, oldest first; says how many.
pub async fn many(app: &App, actor: &Actor, filter: &DeliveryFilter) -> Answer<u64> {
    use delivery::Column;
    let wanted = [DeliveryState::Failed, DeliveryState::Held, DeliveryState::Delivered];
    if filter.state.is_none_or(|state| !wanted.contains(&state)) {
        return Err(Refusal::field("state", "must be failed, held or delivered").into());
    }
    let switched_on = Query::select()
        .column(postback::Column::Id)
        .from(postback::Entity)
        .and_where(postback::Column::State.eq(PostbackState::Active))
        .to_owned();
    let write = app.records.begin().await?;
    let rows = filter
        .of(actor)
        .filter(Column::IsTest.eq(false).and(Column::PostbackId.in_subquery(switched_on)))
        .order_by_asc(Column::Id)
        .limit(REPLAY_MAX)
        .all(&*write)
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let update = delivery::Entity::update_many().set(again(app.ambient.now())).filter(Column::Id.is_in(ids));
    let taken = update.exec(&*write).await?.rows_affected;
    write.commit().await?;
    Ok(taken)
}

fn again(now: Timestamp) -> delivery::ActiveModel {
    delivery::ActiveModel {
        state: Set(DeliveryState::Waiting),
        attempts: Set(0),
        due_at: Set(now),
        done_at: Set(None),
        ..Default::default()
    }
}
