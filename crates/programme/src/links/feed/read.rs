//! The present form of the rows that news name.

use std::collections::{HashMap, HashSet};

use edge::routes::{RouteChange, WorkspaceRoute};
use kernel::{Id, id};
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{
    caps, refs,
    shapes::{self, Around},
    smart, tokens,
};
use crate::{
    App, advertisers,
    domains::{self, dialects, imported},
    links,
    news::RouteNews,
    offers::entity::{enrollment, landing, offer},
    partners,
    workspaces::model::{self as workspace, TagConsent},
};

/// Everything the named rows mean to the edge now.
pub async fn changes(app: &App, named: &HashSet<RouteNews>) -> anyhow::Result<Vec<RouteChange>> {
    let records = app.records.read();
    let wanted = Wanted::of(named);
    let advertisers = advertisers_of(records, &wanted.advertisers).await?;
    let mut changes = workspace_changes(records, &wanted.workspaces).await?;
    let of_advertisers = advertisers.iter().map(|row| row.workspace_id);
    let workspaces: HashSet<_> = wanted.workspaces.iter().copied().chain(of_advertisers).collect();
    changes.extend(tokens::changes(app, &workspaces).await?);
    changes.extend(offer_changes(records, &wanted).await?);
    let partners = partners::model::Entity::find().filter(partners::model::Column::Id.is_in(wanted.partners));
    let partners = partners.all(records).await?;
    changes.extend(partners.iter().map(refs::of_partner));
    changes.extend(partners.into_iter().map(shapes::partner));
    let enrollments = enrollment::Entity::find().filter(enrollment::Column::Id.is_in(wanted.enrollments));
    changes.extend(enrollments.all(records).await?.into_iter().map(shapes::enrollment));
    let domains = domains::model::Entity::find().filter(domains::model::Column::Id.is_in(wanted.domains));
    changes.extend(domains.all(records).await?.into_iter().map(shapes::domain));
    changes.extend(caps::named(records, &wanted.caps, app.ambient.now()).await?);
    let links = links::model::Entity::find().filter(links::model::Column::Id.is_in(wanted.links));
    let links = links.all(records).await?;
    changes.extend(refs::of_links(records, &links).await?);
    changes.extend(links.into_iter().map(shapes::link));
    changes.extend(smart::named(records, &wanted.smart_links).await?);
    let tokens = dialects::Entity::find().filter(dialects::Column::Id.is_in(wanted.dialect_tokens));
    changes.extend(tokens.all(records).await?.into_iter().filter_map(refs::of_token));
    let brought = imported::Column::WorkspaceId.is_in(wanted.imported_clicks);
    changes.extend(refs::of_imported_clicks(imported::Entity::find().filter(brought).all(records).await?));
    Ok(changes)
}

/// The named rows by kind.
#[derive(Default)]
struct Wanted {
    workspaces: Vec<Id<id::Workspace>>,
    advertisers: Vec<Id<id::Advertiser>>,
    offers: Vec<Id<id::Offer>>,
    partners: Vec<Id<id::Partner>>,
    enrollments: Vec<Id<id::Enrollment>>,
    links: Vec<Id<id::Link>>,
    smart_links: Vec<Id<id::SmartLink>>,
    domains: Vec<Id<id::TrackingDomain>>,
    caps: Vec<Id<id::Cap>>,
    dialect_tokens: Vec<Id<id::DialectToken>>,
    imported_clicks: Vec<Id<id::Workspace>>,
}

impl Wanted {
    fn of(named: &HashSet<RouteNews>) -> Self {
        let mut wanted = Self::default();
        for news in named {
            match *news {
                RouteNews::Workspace(id) => wanted.workspaces.push(id),
                RouteNews::Advertiser(id) => wanted.advertisers.push(id),
                RouteNews::Offer(id) => wanted.offers.push(id),
                RouteNews::Partner(id) => wanted.partners.push(id),
                RouteNews::Enrollment(id) => wanted.enrollments.push(id),
                RouteNews::Link(id) => wanted.links.push(id),
                RouteNews::SmartLink(id) => wanted.smart_links.push(id),
                RouteNews::Domain(id) => wanted.domains.push(id),
                RouteNews::Cap(id) => wanted.caps.push(id),
                RouteNews::DialectToken(id) => wanted.dialect_tokens.push(id),
                RouteNews::ImportedClicks(id) => wanted.imported_clicks.push(id),
            }
        }
        wanted
    }
}

async fn advertisers_of(
    conn: &impl ConnectionTrait,
    ids: &[Id<id::Advertiser>],
) -> Result<Vec<advertisers::model::Model>, DbErr> {
    let named = advertisers::model::Column::Id.is_in(ids.iter().copied());
    advertisers::model::Entity::find().filter(named).all(conn).await
}

async fn workspace_changes(conn: &impl ConnectionTrait, ids: &[Id<id::Workspace>]) -> Result<Vec<RouteChange>, DbErr> {
    let named = workspace::Column::Id.is_in(ids.iter().copied());
    let rows = workspace::Entity::find().filter(named).all(conn).await?;
    Ok(rows.into_iter().map(workspace_route).collect())
}

pub fn workspace_route(row: workspace::Model) -> RouteChange {
    let asks_consent = row.tag_consent == TagConsent::Required;
    RouteChange::UpsertWorkspace(WorkspaceRoute { workspace_id: row.id, fallback_url: row.fallback_url, asks_consent })
}

/// The named offers, and all offers of named advertisers.
async fn offer_changes(conn: &impl ConnectionTrait, wanted: &Wanted) -> Result<Vec<RouteChange>, DbErr> {
    let named = offer::Column::Id.is_in(wanted.offers.iter().copied());
    let of_advertisers = offer::Column::AdvertiserId.is_in(wanted.advertisers.iter().copied());
    let either = sea_orm::Condition::any().add(named).add(of_advertisers);
    let rows = offer::Entity::find().filter(either).all(conn).await?;
    offers(conn, rows).await
}

/// Offers with their landing pages and their advertisers' states.
pub async fn offers(conn: &impl ConnectionTrait, rows: Vec<offer::Model>) -> Result<Vec<RouteChange>, DbErr> {
    let of_rows = landing::Column::OfferId.is_in(rows.iter().map(|row| row.id));
    let pages = landing::Entity::find().filter(of_rows).order_by_asc(landing::Column::Position).all(conn).await?;
    let mut landings: HashMap<_, Vec<_>> = HashMap::new();
    for page in pages {
        landings.entry(page.offer_id).or_default().push(page);
    }
    let owners: HashSet<_> = rows.iter().map(|row| row.advertiser_id).collect();
    let states: Vec<(Id<id::Advertiser>, advertisers::model::AdvertiserState)> = advertisers::model::Entity::find()
        .select_only()
        .columns([advertisers::model::Column::Id, advertisers::model::Column::State])
        .filter(advertisers::model::Column::Id.is_in(owners))
        .into_tuple()
        .all(conn)
        .await?;
    let around = Around { advertisers: states.into_iter().collect(), landings };
    let mut changes = refs::of_offers(conn, &rows).await?;
    changes.extend(rows.into_iter().map(|row| shapes::offer(row, &around)));
    Ok(changes)
}
