//! Which deliveries are due, host by host, and who has them in hand.

use kernel::{Timestamp, time::MINUTE_MS};
use sea_orm::{
    ActiveValue::Set,
    DatabaseBackend, ExprTrait as _, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{LockBehavior, LockType},
};

use super::{entity::delivery, model::DeliveryState};
use crate::App;

/// Longer than a request may take: after it a crashed process's deliveries are tried again.
const LEASE_MS: i64 = 2 * MINUTE_MS;
/// Hosts looked at in one turn.
const HOSTS_MAX: u64 = 1_000;

fn is_due(now: Timestamp) -> Expr {
    use delivery::Column;
    let free = Column::LeaseUntil.is_null().or(Column::LeaseUntil.lte(now));
    Column::State.eq(DeliveryState::Waiting).and(Column::DueAt.lte(now)).and(free)
}

/// Hosts for which something is due, without those that rest: nobody counts again and again what waits for them.
pub(super) async fn hosts(app: &App, resting: Vec<String>, now: Timestamp) -> Result<Vec<String>, DbErr> {
    let select = delivery::Entity::find().select_only().column(delivery::Column::Host).distinct();
    select
        .filter(delivery::Column::Host.is_not_in(resting))
        .filter(is_due(now))
        .limit(HOSTS_MAX)
        .into_tuple()
        .all(app.records.read())
        .await
}

/// Takes up to `limit` deliveries of a host in hand, the longest due first.
pub(super) async fn claim(app: &App, host: &str, limit: u64, now: Timestamp) -> Result<Vec<delivery::Model>, DbErr> {
    use delivery::Column;
    let write = app.records.begin().await?;
    let due = delivery::Entity::find().filter(Column::Host.eq(host).and(is_due(now)));
    let mut due = due.order_by_asc(Column::DueAt).order_by_asc(Column::Id).limit(limit);
    if write.get_database_backend() == DatabaseBackend::Postgres {
        due = due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let rows = due.all(&*write).await?;
    delivery::Entity::update_many()
        .set(delivery::ActiveModel { lease_until: Set(Some(now.plus_millis(LEASE_MS))), ..Default::default() })
        .filter(Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(&*write)
        .await?;
    write.commit().await?;
    Ok(rows)
}
