//! Tax forms in the records.

use std::collections::HashSet;

use jiff::civil::Date;
use kernel::{Id, Refusal, Tenant, id};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{
    entity::{Column, Entity, Model, TaxFormState},
    rules::FORMS_MAX,
};
use crate::platform::Answer;

pub async fn get(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::TaxForm>) -> Answer<Model> {
    let row = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(tenant.id())).one(conn).await?;
    Ok(row.ok_or_else(|| Refusal::not_found("tax form"))?)
}

/// A partner's forms, newest first.
pub async fn of_partner(conn: &impl ConnectionTrait, tenant: Tenant, partner: Id<id::Partner>) -> Answer<Vec<Model>> {
    let query = Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(Column::PartnerId.eq(partner));
    Ok(query.order_by_desc(Column::Id).limit(FORMS_MAX as u64).all(conn).await?)
}

/// Who has an accepted form whose last day has not passed.
pub async fn on_file(conn: &impl ConnectionTrait, tenant: Tenant, today: Date) -> Answer<HashSet<Id<id::Partner>>> {
    let holds = Condition::any().add(Column::ValidUntil.is_null()).add(Column::ValidUntil.gte(today.to_string()));
    let partners: Vec<Id<id::Partner>> = Entity::find()
        .select_only()
        .column(Column::PartnerId)
        .distinct()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::State.eq(TaxFormState::Accepted))
        .filter(holds)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(partners.into_iter().collect())
}
