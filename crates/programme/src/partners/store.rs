//! Questions about partners.

use std::collections::{HashMap, HashSet};

use kernel::{Id, Refusal, Tenant, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, QuerySelect as _, entity::prelude::*};
use serde::Deserialize;

use super::model::{Column, Entity, Model, PartnerState};
use crate::platform::{
    Answer,
    external_refs::{self, RefKind},
    folding,
    listing::newest_first,
};

/// One partner of the tenant, or 404.
pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, partner: Id<id::Partner>) -> Answer<Model> {
    let mine = Column::Id.eq(partner).and(Column::WorkspaceId.eq(tenant.id()));
    let row = Entity::find().filter(mine).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("partner").into())
}

/// Partners of the tenant by id, for a batch of decisions.
pub async fn get_many(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    ids: impl IntoIterator<Item = Id<id::Partner>>,
) -> Result<HashMap<Id<id::Partner>, Model>, DbErr> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::Id.is_in(ids));
    let rows = Entity::find().filter(mine).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Which partners a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PartnerFilter {
    pub state: Option<PartnerState>,
    pub group: Option<String>,
    pub manager_id: Option<Id<id::User>>,
    pub email: Option<String>,
    /// Part of the name or of the e-mail address, whatever the case, or what another system calls the partner.
    pub q: Option<String>,
}

/// One row more than the page holds, newest first; `only` limits to one partner.
pub async fn page(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    only: Option<Id<id::Partner>>,
    filter: &PartnerFilter,
    page: &PageQuery,
) -> Answer<Vec<Model>> {
    let PartnerFilter { state, group, manager_id, email, q } = filter;
    let q = folding::query(q.as_deref())?;
    let wanted = [
        only.map(|only| Column::Id.eq(only)),
        state.map(|state| Column::State.eq(state)),
        group.as_ref().map(|group| Column::PartnerGroup.eq(group)),
        manager_id.map(|manager| Column::ManagerId.eq(manager)),
        email.as_ref().map(|email| Column::Email.eq(email.to_lowercase())),
        q.as_deref().map(|q| is_called(tenant, q)),
    ];
    let mine = Column::WorkspaceId.eq(tenant.id());
    let select = wanted.into_iter().flatten().fold(Entity::find().filter(mine), |select, wish| select.filter(wish));
    newest_first::<_, id::Partner>(conn, select, Column::Id, page).await
}

/// Part of the name or of the e-mail address is `folded`, or another system calls it so.
pub fn is_called(tenant: Tenant, folded: &str) -> Expr {
    let elsewhere = Column::Id.in_subquery(external_refs::called(tenant, RefKind::Partner, folded));
    let in_name = folding::contains(Expr::col(Column::NameFolded), folded);
    in_name.or(folding::contains(Expr::col(Column::Email), folded)).or(elsewhere)
}

/// Who is paid to several accounts.
pub async fn paid_to_several(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<HashSet<Id<id::Partner>>> {
    let query = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::PayoutSplit.is_not_null());
    Ok(query.into_tuple::<Id<id::Partner>>().all(conn).await?.into_iter().collect())
}
