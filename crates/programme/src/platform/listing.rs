//! Pages of lists.

use kernel::{id::Kind, paging::PageQuery};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, Select, entity::prelude::*};

use super::Answer;

/// Of the rows that `wanted` chooses, the page: newest first, and one row more than it holds, by which
/// [`Page::from_rows`](kernel::paging::Page::from_rows) knows that others follow. `id` is the column of `K`'s ids.
pub async fn newest_first<E: EntityTrait, K: Kind>(
    conn: &impl ConnectionTrait,
    wanted: Select<E>,
    id: E::Column,
    page: &PageQuery,
) -> Answer<Vec<E::Model>> {
    let wanted = match page.after::<K>()? {
        Some(after) => wanted.filter(id.lt(after)),
        None => wanted,
    };
    Ok(wanted.order_by_desc(id).limit(page.limit() + 1).all(conn).await?)
}
