//! Questions about smart links.

use std::collections::HashMap;

use kernel::{Id, Refusal, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, entity::prelude::*};
use serde::Deserialize;

use super::{link, member};
use crate::{
    identity::Actor,
    links::model::{self as tracking, LinkState},
    platform::{Answer, folding, listing::newest_first},
};

/// Members by smart link, in the order of their numbers.
pub type Members = HashMap<Id<id::SmartLink>, Vec<member::Model>>;

/// Which smart links a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SmartLinkFilter {
    pub partner_id: Option<Id<id::Partner>>,
    pub state: Option<LinkState>,
    /// Part of the name or the slug.
    pub q: Option<String>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &SmartLinkFilter,
    page: &PageQuery,
) -> Answer<Vec<link::Model>> {
    use link::Column;
    let q = folding::query(filter.q.as_deref())?;
    let wanted = [
        actor.partner.map(|partner| Column::PartnerId.eq(partner)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
        filter.state.map(|state| Column::State.eq(state)),
        q.as_deref().map(is_called),
    ];
    let mine = link::Entity::find().filter(Column::WorkspaceId.eq(actor.tenant.id()));
    let select = wanted.into_iter().flatten().fold(mine, |select, wish| select.filter(wish));
    newest_first::<_, id::SmartLink>(conn, select, Column::Id, page).await
}

/// Whether the name or the slug holds a folded text.
pub fn is_called(folded: &str) -> Expr {
    use link::Column;
    folding::contains(Expr::col(Column::Slug), folded).or(folding::contains(Expr::col(Column::NameFolded), folded))
}

/// One smart link that the actor may see, or 404.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, smart: Id<id::SmartLink>) -> Answer<link::Model> {
    let mine = link::Column::WorkspaceId.eq(actor.tenant.id()).and(link::Column::Id.eq(smart));
    let row = link::Entity::find().filter(mine).one(conn).await?;
    let row = row.filter(|row| actor.require_partner(row.partner_id).is_ok());
    row.ok_or_else(|| Refusal::not_found("smart link").into())
}

/// Every member that these smart links have had.
pub async fn members_of(
    conn: &impl ConnectionTrait,
    smart: impl IntoIterator<Item = Id<id::SmartLink>>,
) -> Result<Members, DbErr> {
    let of_them = member::Column::SmartLinkId.is_in(smart);
    let rows = member::Entity::find().filter(of_them).order_by_asc(member::Column::Number).all(conn).await?;
    let mut members = Members::new();
    for row in rows {
        members.entry(row.smart_link_id).or_default().push(row);
    }
    Ok(members)
}

/// The slugs of the members' links.
pub async fn slugs_of(
    conn: &impl ConnectionTrait,
    members: impl IntoIterator<Item = &member::Model>,
) -> Result<HashMap<Id<id::Link>, String>, DbErr> {
    use sea_orm::QuerySelect as _;
    let wanted: Vec<_> = members.into_iter().map(|member| member.link_id).collect();
    let select = tracking::Entity::find().select_only().columns([tracking::Column::Id, tracking::Column::Slug]);
    let rows: Vec<(Id<id::Link>, String)> =
        select.filter(tracking::Column::Id.is_in(wanted)).into_tuple().all(conn).await?;
    Ok(rows.into_iter().collect())
}
