//! Names for the ids of an answer, of the tenant's own rows alone.

use std::collections::BTreeMap;

use events::question::Answer;
use kernel::{Id, Tenant, id::Kind};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter as _, QuerySelect as _};

use crate::{
    advertisers::model as advertisers,
    identity::entity::{membership, user},
    links::model as links,
    offers::entity::{goal, landing, offer},
    partners::model as partners,
};

/// Ids of one kind that get names; the rows beyond tell their ids alone.
const LABELS_MAX: usize = 10_000;
/// Ids in one question to the records.
const CHUNK: usize = 500;

pub type Labels = BTreeMap<String, String>;

pub async fn labels(conn: &impl ConnectionTrait, tenant: Tenant, answers: &[&Answer]) -> Result<Labels, DbErr> {
    let mut labels = Labels::new();
    for (kind, ids) in answers.iter().flat_map(|answer| &answer.ids) {
        for chunk in ids[..ids.len().min(LABELS_MAX)].chunks(CHUNK) {
            name(conn, tenant, kind, chunk, &mut labels).await?;
        }
    }
    Ok(labels)
}

async fn name(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    kind: &str,
    ids: &[u128],
    labels: &mut Labels,
) -> Result<(), DbErr> {
    match kind {
        "advertiser" => {
            use advertisers::{Column, Entity};
            let columns = (Column::Id, Column::Name, Column::WorkspaceId);
            read::<Entity, kernel::id::Advertiser>(conn, tenant, columns, ids, labels).await
        }
        "offer" => {
            use offer::{Column, Entity};
            let columns = (Column::Id, Column::Name, Column::WorkspaceId);
            read::<Entity, kernel::id::Offer>(conn, tenant, columns, ids, labels).await
        }
        "partner" => {
            use partners::{Column, Entity};
            let columns = (Column::Id, Column::Name, Column::WorkspaceId);
            read::<Entity, kernel::id::Partner>(conn, tenant, columns, ids, labels).await
        }
        "goal" => {
            use goal::{Column, Entity};
            let columns = (Column::Id, Column::Name, Column::WorkspaceId);
            read::<Entity, kernel::id::Goal>(conn, tenant, columns, ids, labels).await
        }
        "landing" => {
            use landing::{Column, Entity};
            let columns = (Column::Id, Column::Name, Column::WorkspaceId);
            read::<Entity, kernel::id::Landing>(conn, tenant, columns, ids, labels).await
        }
        "link" => links(conn, tenant, ids, labels).await,
        _ => managers(conn, tenant, ids, labels).await,
    }
}

fn typed<K: Kind>(ids: &[u128]) -> impl Iterator<Item = Id<K>> {
    ids.iter().map(|id| Id::from_u128(*id))
}

/// Names of one kind: the columns are the id, the name and the workspace.
async fn read<E: EntityTrait, K: Kind>(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (id, name, workspace): (E::Column, E::Column, E::Column),
    ids: &[u128],
    labels: &mut Labels,
) -> Result<(), DbErr> {
    let rows = E::find()
        .select_only()
        .column_as(id, "id")
        .column_as(name, "name")
        .filter(workspace.eq(tenant.id()))
        .filter(id.is_in(typed::<K>(ids)))
        .into_model::<Named>()
        .all(conn)
        .await?;
    labels.extend(rows.into_iter().map(|row| (Id::<K>::from_uuid(row.id).to_string(), row.name)));
    Ok(())
}

#[derive(sea_orm::FromQueryResult)]
struct Named {
    id: sea_orm::prelude::Uuid,
    name: String,
}

async fn links(conn: &impl ConnectionTrait, tenant: Tenant, ids: &[u128], labels: &mut Labels) -> Result<(), DbErr> {
    use links::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::Id.is_in(typed::<kernel::id::Link>(ids)))
        .all(conn)
        .await?;
    labels.extend(rows.into_iter().map(|row| (row.id.to_string(), row.name.unwrap_or(row.slug))));
    Ok(())
}

/// Users are global, so only those who are or were members of the workspace are named.
async fn managers(conn: &impl ConnectionTrait, tenant: Tenant, ids: &[u128], labels: &mut Labels) -> Result<(), DbErr> {
    let members = membership::Entity::find()
        .filter(membership::Column::WorkspaceId.eq(tenant.id()))
        .filter(membership::Column::UserId.is_in(typed::<kernel::id::User>(ids)))
        .all(conn)
        .await?;
    let users = user::Entity::find()
        .filter(user::Column::Id.is_in(members.iter().map(|member| member.user_id)))
        .all(conn)
        .await?;
    labels.extend(users.into_iter().map(|user| (user.id.to_string(), user.name)));
    Ok(())
}
