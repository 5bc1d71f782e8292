//! Names of what alerts are about, and who looks after it.

use std::collections::BTreeMap;

use kernel::{Id, Tenant, id};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _};

use crate::{
    advertisers,
    caps::{self, entity::cap},
    offers, partners,
    platform::{
        Answer,
        labels::{Labels, Wanted},
    },
    postbacks::entity::postback,
};

/// Names by subject; a cap is called by what it lies on. Subjects without a name tell themselves.
pub async fn names<'a>(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    subjects: impl Iterator<Item = &'a str> + Clone,
) -> Answer<Labels> {
    let mut labels = Wanted::default().with_printed(subjects.clone()).read(conn, tenant).await?;
    let ids: Vec<Id<id::Cap>> = subjects.filter_map(|subject| subject.parse().ok()).collect();
    let mine = cap::Column::Id.is_in(ids).and(cap::Column::WorkspaceId.eq(tenant.id()));
    for row in cap::Entity::find().filter(mine).all(conn).await? {
        labels.insert(row.id.to_string(), caps::alerts::named(conn, tenant, &row).await?);
    }
    Ok(labels)
}

/// Whoever is responsible for each of the subjects, where somebody is.
pub async fn responsible<'a>(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    subjects: impl Iterator<Item = &'a str> + Clone,
) -> Answer<BTreeMap<String, Id<id::User>>> {
    let mut found = BTreeMap::new();
    let mut take = |subject: String, manager: Option<Id<id::User>>| found.extend(manager.map(|user| (subject, user)));
    for (id, row) in offers::store::get_many(conn, tenant, ids(subjects.clone())).await? {
        take(id.to_string(), row.manager_id);
    }
    for (id, row) in partners::store::get_many(conn, tenant, ids(subjects.clone())).await? {
        take(id.to_string(), row.manager_id);
    }
    for (id, row) in advertisers::store::get_many(conn, tenant, ids(subjects.clone())).await? {
        take(id.to_string(), row.manager_id);
    }
    let mine = cap::Column::Id.is_in(ids::<id::Cap>(subjects.clone())).and(cap::Column::WorkspaceId.eq(tenant.id()));
    for row in cap::Entity::find().filter(mine).all(conn).await? {
        take(row.id.to_string(), caps::alerts::responsible(conn, tenant, &row).await?);
    }
    let mine = postback::Column::Id.is_in(ids::<id::Postback>(subjects));
    let mine = mine.and(postback::Column::WorkspaceId.eq(tenant.id()));
    for row in postback::Entity::find().filter(mine).all(conn).await? {
        let partner = partners::store::get_many(conn, tenant, row.partner_id).await?;
        take(row.id.to_string(), partner.into_values().find_map(|partner| partner.manager_id));
    }
    Ok(found)
}

fn ids<'a, K: id::Kind>(subjects: impl Iterator<Item = &'a str>) -> Vec<Id<K>> {
    subjects.filter_map(|subject| subject.parse().ok()).collect()
}
