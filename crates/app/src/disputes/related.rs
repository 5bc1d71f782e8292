//! Conversions that a dispute may be about: of the same click or order.

use kernel::{Id, id};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::entity::dispute::Model;
use crate::{conversions::entity::conversion, platform::Answer};

const RELATED_MAX: u64 = 10;

pub async fn of(conn: &impl ConnectionTrait, row: &Model) -> Answer<Vec<Id<id::Conversion>>> {
    use conversion::Column;
    if row.click_id.is_none() && row.order_id.is_none() {
        return Ok(Vec::new());
    }
    let same = Condition::any()
        .add_option(row.click_id.map(|click| Column::ClickId.eq(click)))
        .add_option(row.order_id.as_deref().map(|order| Column::OrderId.eq(order)));
    let query = conversion::Entity::find().select_only().column(Column::Id);
    let query = query.filter(Column::WorkspaceId.eq(row.workspace_id)).filter(same);
    Ok(query.limit(RELATED_MAX).into_tuple().all(conn).await?)
}
