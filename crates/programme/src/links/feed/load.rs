//! The whole route table from records: the first start, or one without a usable snapshot.

use edge::routes::{LinkRoute, RouteChange};
use kernel::{Id, id};
use sea_orm::{QueryOrder as _, QuerySelect as _, entity::prelude::*};

use super::{caps, read, refs, shapes, smart, tokens};
use crate::{
    App, domains,
    links::model::{Column, Entity, LinkState},
    offers::{
        entity::{enrollment, offer},
        targeting::Targeting,
    },
    partners,
    platform::outbox::{self, Topic},
    workspaces::model as workspace,
};

/// Rows of one read.
const ROWS_MAX: u64 = 20_000;

/// Puts in force what the records hold, and answers how many changes that took.
pub async fn load_all(app: &App) -> anyhow::Result<usize> {
    let records = app.records.read();
    let sequence = outbox::newest_seq(records, Topic::RoutesChanged).await?;
    let workspaces = workspace::Entity::find().all(records).await?;
    let mut changes: Vec<RouteChange> = workspaces.into_iter().map(read::workspace_route).collect();
    let tokens = tokens::in_records(records, None, app.ambient.now()).await?;
    changes.extend(tokens.into_iter().map(RouteChange::UpsertToken));
    changes.extend(domains::model::Entity::find().all(records).await?.into_iter().map(shapes::domain));
    changes.extend(caps::all(records, app.ambient.now()).await?);
    add_offers(app, &mut changes).await?;
    add_partners(app, &mut changes).await?;
    add_enrollments(app, &mut changes).await?;
    add_links(app, &mut changes).await?;
    changes.extend(smart::all(records).await?);
    changes.extend(refs::of_all_links(records).await?);
    let tokens = domains::dialects::Entity::find().all(records).await?;
    changes.extend(tokens.into_iter().filter_map(refs::of_token));
    changes.extend(refs::of_imported_clicks(domains::imported::Entity::find().all(records).await?));
    let count = changes.len();
    app.routes.replace(u64::try_from(sequence)?, changes);
    Ok(count)
}

async fn add_offers(app: &App, changes: &mut Vec<RouteChange>) -> anyhow::Result<()> {
    let mut pages = offer::Entity::find().order_by_asc(offer::Column::Id).cursor_by(offer::Column::Id);
    loop {
        let rows = pages.first(ROWS_MAX / 20).all(app.records.read()).await?;
        let Some(last) = rows.last().map(|row| row.id) else { return Ok(()) };
        changes.extend(read::offers(app.records.read(), rows).await?);
        pages.after(last);
    }
}

async fn add_partners(app: &App, changes: &mut Vec<RouteChange>) -> anyhow::Result<()> {
    let mut pages = partners::model::Entity::find().cursor_by(partners::model::Column::Id);
    loop {
        let rows = pages.first(ROWS_MAX).all(app.records.read()).await?;
        let Some(last) = rows.last().map(|row| row.id) else { return Ok(()) };
        changes.extend(rows.iter().map(refs::of_partner));
        changes.extend(rows.into_iter().map(shapes::partner));
        pages.after(last);
    }
}

async fn add_enrollments(app: &App, changes: &mut Vec<RouteChange>) -> anyhow::Result<()> {
    let mut pages = enrollment::Entity::find().cursor_by(enrollment::Column::Id);
    loop {
        let rows = pages.first(ROWS_MAX).all(app.records.read()).await?;
        let Some(last) = rows.last().map(|row| row.id) else { return Ok(()) };
        changes.extend(rows.into_iter().map(shapes::enrollment));
        pages.after(last);
    }
}

type LinkColumns = (
    Id<id::Link>,
    String,
    Id<id::Offer>,
    Id<id::Partner>,
    Option<Id<id::Landing>>,
    Option<Id<id::Creative>>,
    String,
    Targeting,
);

/// There may be millions: only the columns that a route needs are read.
async fn add_links(app: &App, changes: &mut Vec<RouteChange>) -> anyhow::Result<()> {
    let mut after: Option<Id<id::Link>> = None;
    loop {
        let mut select = Entity::find().select_only().columns([
            Column::Id,
            Column::Slug,
            Column::OfferId,
            Column::PartnerId,
            Column::LandingId,
            Column::CreativeId,
            Column::TrafficType,
            Column::Targeting,
        ]);
        if let Some(after) = after {
            select = select.filter(Column::Id.gt(after));
        }
        let page = select.filter(Column::State.eq(LinkState::Active)).order_by_asc(Column::Id).limit(ROWS_MAX);
        let rows: Vec<LinkColumns> = page.into_tuple().all(app.records.read()).await?;
        let Some(last) = rows.last().map(|row| row.0) else { return Ok(()) };
        changes.extend(rows.into_iter().map(route));
        after = Some(last);
    }
}

fn route(columns: LinkColumns) -> RouteChange {
    let (link_id, slug, offer_id, partner_id, landing_id, creative_id, traffic_type, Targeting(targeting)) = columns;
    let route = LinkRoute { link_id, slug, offer_id, partner_id, landing_id, creative_id, traffic_type, targeting };
    RouteChange::UpsertLink(route)
}
