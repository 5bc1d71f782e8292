//! How long the log is kept.

use sea_orm::{ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{
    entity::{delivery, delivery_try},
    model::{DeliveryState, PostbackEvent},
};
use crate::App;

pub const FORGET_DELIVERIES: &str = "forget_deliveries";
const KEPT_DAYS: i64 = 30;
/// Clicks are many, and are read in reports.
const CLICKS_KEPT_DAYS: i64 = 3;
/// Deliveries forgotten in one step, and steps of one run.
const STEP: u64 = 500;
const STEPS_MAX: usize = 400;

/// The job: forgets what was done, given up or held long ago.
pub async fn forget(app: &App) -> anyhow::Result<()> {
    use delivery::Column;
    let before = |days: i64| Column::CreatedAt.lt(app.ambient.now().plus_days(-days));
    let old_click = Column::Event.eq(PostbackEvent::Click).and(before(CLICKS_KEPT_DAYS));
    let old = before(KEPT_DAYS).or(old_click).and(Column::State.ne(DeliveryState::Waiting));
    for _ in 0..STEPS_MAX {
        let select = delivery::Entity::find().filter(old.clone()).order_by_asc(delivery::Column::Id).limit(STEP);
        let ids: Vec<_> = select.all(app.records.read()).await?.into_iter().map(|row| row.id).collect();
        if ids.is_empty() {
            break;
        }
        let write = app.records.begin().await?;
        delivery_try::Entity::delete_many()
            .filter(delivery_try::Column::DeliveryId.is_in(ids.iter().copied()))
            .exec(&*write)
            .await?;
        delivery::Entity::delete_many().filter(delivery::Column::Id.is_in(ids)).exec(&*write).await?;
        write.commit().await?;
    }
    Ok(())
}
