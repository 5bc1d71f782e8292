//! The five questions of a search.

use kernel::{Id, id, id::Kind};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::json;

use super::api::{Found, FoundKind};
use crate::{
    conversions::{self, entity::conversion},
    identity::{Actor, permissions},
    links::{
        model as link,
        smart::{link as smart, store},
    },
    offers::{self, entity::offer},
    partners::{self, model as partner},
    platform::{
        Answer,
        external_refs::{self, RefKind},
        labels,
    },
};

/// Slugs hold no character above it.
const LAST_SLUG_CHARACTER: &str = "z";
const SLUG_CHARS_MAX: usize = 60;

/// What somebody looks for.
pub struct Wanted<'a> {
    pub actor: &'a Actor,
    /// As it was typed.
    pub typed: &'a str,
    pub folded: &'a str,
    /// Rows of each kind.
    pub limit: u64,
}

impl Wanted<'_> {
    /// The id that was typed, in whatever case.
    fn id<K: Kind>(&self) -> Option<Id<K>> {
        let (prefix, digits) = self.typed.split_once('_')?;
        Id::parse(&format!("{}_{}", prefix.to_ascii_lowercase(), digits.to_ascii_uppercase()))
    }
}

/// What the actor's lists would show of it, kind by kind.
pub async fn all(conn: &impl ConnectionTrait, wanted: &Wanted<'_>) -> Answer<Vec<Found>> {
    let scopes = permissions::of(wanted.actor);
    let may = |scope: &str| scopes.contains(&scope);
    let mut found = Vec::new();
    if may("partners:read") && wanted.actor.role.is_staff() {
        found.extend(partners(conn, wanted).await?);
    }
    if may("offers:read") {
        found.extend(offers(conn, wanted).await?);
    }
    if may("links:read") {
        found.extend(links(conn, wanted).await?);
    }
    if may("smart_links:read") {
        found.extend(smart_links(conn, wanted).await?);
    }
    if may("conversions:read") {
        found.extend(conversions(conn, wanted).await?);
    }
    Ok(found)
}

async fn partners(conn: &impl ConnectionTrait, wanted: &Wanted<'_>) -> Answer<Vec<Found>> {
    use partner::{Column, Entity};
    let called = Condition::any()
        .add(partners::store::is_called(wanted.actor.tenant, wanted.folded))
        .add_option(wanted.id::<id::Partner>().map(|id| Column::Id.eq(id)));
    let mine = Entity::find().filter(Column::WorkspaceId.eq(wanted.actor.tenant.id())).filter(called);
    let rows = mine.order_by_desc(Column::Id).limit(wanted.limit).all(conn).await?;
    let found = rows.into_iter().map(|row| Found {
        kind: FoundKind::Partner,
        id: row.id.to_string(),
        title: row.name,
        subtitle: Some(row.email),
        state: json!(row.state),
    });
    Ok(found.collect())
}

async fn offers(conn: &impl ConnectionTrait, wanted: &Wanted<'_>) -> Answer<Vec<Found>> {
    use offer::{Column, Entity};
    let called = Condition::any()
        .add(offers::store::is_called(wanted.actor.tenant, wanted.folded))
        .add_option(wanted.id::<id::Offer>().map(|id| Column::Id.eq(id)));
    let visible = Entity::find().filter(offers::store::visible_to(wanted.actor)).filter(called);
    let rows = visible.order_by_desc(Column::Id).limit(wanted.limit).all(conn).await?;
    let found = rows.into_iter().map(|row| Found {
        kind: FoundKind::Offer,
        id: row.id.to_string(),
        title: row.name,
        subtitle: Some(row.vertical).filter(|vertical| !vertical.is_empty()),
        state: json!(row.state),
    });
    Ok(found.collect())
}

async fn links(conn: &impl ConnectionTrait, wanted: &Wanted<'_>) -> Answer<Vec<Found>> {
    use link::{Column, Entity};
    // A stretch of the index, for there may be a million links.
    let last = format!("{}{}", wanted.folded, LAST_SLUG_CHARACTER.repeat(SLUG_CHARS_MAX));
    let begins = Condition::all().add(Column::Slug.gte(wanted.folded)).add(Column::Slug.lte(last));
    let is_slug = wanted.folded.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let called = Condition::any()
        .add_option(is_slug.then_some(begins))
        .add_option(wanted.id::<id::Link>().map(|id| Column::Id.eq(id)))
        .add(Column::Id.in_subquery(external_refs::called(wanted.actor.tenant, RefKind::Link, wanted.typed)));
    let mine = Entity::find()
        .filter(Column::WorkspaceId.eq(wanted.actor.tenant.id()))
        .filter(Condition::all().add_option(wanted.actor.partner.map(|partner| Column::PartnerId.eq(partner))))
        .filter(called);
    let rows = mine.order_by_desc(Column::Id).limit(wanted.limit).all(conn).await?;
    let names = labels::Wanted::default().with(rows.iter().map(|row| row.offer_id));
    let names = names.read(conn, wanted.actor.tenant).await?;
    let found = rows.into_iter().map(|row| Found {
        kind: FoundKind::Link,
        id: row.id.to_string(),
        title: row.name.unwrap_or(row.slug),
        subtitle: names.get(&row.offer_id.to_string()).cloned(),
        state: json!(row.state),
    });
    Ok(found.collect())
}

async fn smart_links(conn: &impl ConnectionTrait, wanted: &Wanted<'_>) -> Answer<Vec<Found>> {
    use smart::{Column, Entity};
    let called = Condition::any()
        .add(store::is_called(wanted.folded))
        .add_option(wanted.id::<id::SmartLink>().map(|id| Column::Id.eq(id)));
    let mine = Entity::find()
        .filter(Column::WorkspaceId.eq(wanted.actor.tenant.id()))
        .filter(Condition::all().add_option(wanted.actor.partner.map(|partner| Column::PartnerId.eq(partner))))
        .filter(called);
    let rows = mine.order_by_desc(Column::Id).limit(wanted.limit).all(conn).await?;
    let names = labels::Wanted::default().with(rows.iter().map(|row| row.partner_id));
    let names = names.read(conn, wanted.actor.tenant).await?;
    let found = rows.into_iter().map(|row| Found {
        kind: FoundKind::SmartLink,
        id: row.id.to_string(),
        title: row.name,
        subtitle: names.get(&row.partner_id.to_string()).cloned(),
        state: json!(row.state),
    });
    Ok(found.collect())
}

async fn conversions(conn: &impl ConnectionTrait, wanted: &Wanted<'_>) -> Answer<Vec<Found>> {
    use conversion::{Column, Entity};
    // Set by equality alone, for there may be millions: as typed, and all in one case.
    let orders = [wanted.typed.to_owned(), wanted.typed.to_uppercase(), wanted.folded.to_owned()];
    let called = Condition::any()
        .add(Column::OrderId.is_in(orders))
        .add_option(wanted.id::<id::Conversion>().map(|id| Column::Id.eq(id)))
        .add_option(wanted.id::<id::Click>().map(|id| Column::ClickId.eq(id)));
    let mine = Entity::find().filter(conversions::api::list::own(wanted.actor)).filter(called);
    let rows = mine.order_by_desc(Column::Id).limit(wanted.limit).all(conn).await?;
    let names = labels::Wanted::default().with(rows.iter().filter_map(|row| row.offer_id));
    let names = names.read(conn, wanted.actor.tenant).await?;
    let found = rows.into_iter().map(|row| Found {
        kind: FoundKind::Conversion,
        title: row.order_id.unwrap_or_else(|| row.id.to_string()),
        id: row.id.to_string(),
        subtitle: row.offer_id.and_then(|offer| names.get(&offer.to_string()).cloned()),
        state: json!(row.status),
    });
    Ok(found.collect())
}
