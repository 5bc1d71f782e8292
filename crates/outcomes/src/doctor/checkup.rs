//! A look at an offer's tracking from the link to the booking, on request and daily.

use kernel::{Id, Tenant, id, time::HOUR_MS};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{
    checkup_model::{Column, Entity, Hop, HopFound, HopState, Hops, Model},
    hops::{self, Patient},
    watched,
};
use crate::{
    App, advertisers,
    offers::{self, terms::OfferState},
    platform::Answer,
};

pub const CHECK_OFFERS: &str = "check_offers";
/// Offers of one run; those looked at longest ago come first, so that the next run goes on.
const OFFERS_MAX: u64 = 20;
/// An offer is looked at again after so many hours.
const EVERY_HOURS: i64 = 23;
/// Looks at one offer that are kept.
const KEPT_MAX: u64 = 50;

/// Looks at every watched offer that is due.
pub async fn check_due(app: &App) -> anyhow::Result<()> {
    let before = app.ambient.now().plus_millis(-EVERY_HOURS * HOUR_MS);
    let due = watched::Column::CheckedAt.is_null().or(watched::Column::CheckedAt.lt(before));
    let oldest = watched::Entity::find()
        .filter(watched::Column::IsWatched.eq(true))
        .filter(due)
        .order_by_asc(watched::Column::CheckedAt)
        .limit(OFFERS_MAX);
    for row in oldest.all(app.records.read()).await? {
        let offer = offers::store::get_many(app.records.read(), Tenant(row.workspace_id), [row.offer_id]).await?;
        let is_active = offer.get(&row.offer_id).is_some_and(|offer| offer.state == OfferState::Active);
        if is_active {
            let looked = check(app, Tenant(row.workspace_id), row.offer_id, None).await;
            looked.map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
        } else {
            postpone(app, row).await?;
        }
    }
    Ok(())
}

async fn postpone(app: &App, mut row: watched::Model) -> anyhow::Result<()> {
    (row.checked_at, row.broken_hop, row.reason) = (Some(app.ambient.now()), None, None);
    let write = app.records.begin().await?;
    watched::Entity::update(row.into_active_model().reset_all()).exec_without_returning(&*write).await?;
    write.commit().await?;
    Ok(())
}

/// Looks at one offer now. From then on it is looked at daily, unless somebody said otherwise.
pub async fn check(app: &App, tenant: Tenant, offer: Id<id::Offer>, asked_by: Option<Id<id::User>>) -> Answer<Model> {
    let id: Id<id::Checkup> = app.ambient.new_id();
    let found = walk(app, tenant, offer, id).await?;
    let first = found.iter().find(|found| found.state == HopState::Broken);
    let row = Model {
        id,
        workspace_id: tenant.id(),
        offer_id: offer,
        at: app.ambient.now(),
        asked_by,
        broken_hop: first.map(|found| found.hop),
        reason: first.and_then(|found| found.reason.clone()),
        hops: Hops(found),
    };
    keep(app, tenant, &row).await?;
    Ok(row)
}

/// Every hop in its order. What hangs on a hop that does not hold is not looked at; the advertiser's own calls always are.
async fn walk(app: &App, tenant: Tenant, offer: Id<id::Offer>, id: Id<id::Checkup>) -> Answer<Vec<HopFound>> {
    let conn = app.records.read();
    let offer = offers::store::get(conn, tenant, offer).await?;
    let advertiser = advertisers::store::get(conn, tenant, offer.advertiser_id).await?;
    let goals = offers::store::goals_of(conn, tenant, [offer.id]).await?.remove(&offer.id).unwrap_or_default();
    let edge = app.edge().ok_or_else(|| anyhow::anyhow!("the edge is not open"))?;
    let mut patient = Patient {
        app,
        edge,
        tenant,
        goal: goals.into_iter().find(|goal| goal.is_primary),
        offer,
        advertiser,
        host: String::new(),
        slug: String::new(),
        location: String::new(),
        click_id: String::new(),
        walked: None,
    };
    let mut found = way(&mut patient, &format!("doctor-{id}")).await?;
    for hop in Hop::ALL.into_iter().skip(found.len()).filter(|hop| *hop != Hop::Calls) {
        found.push(hops::skipped(hop, "came_not_so_far", ""));
    }
    found.push(hops::own_calls(&patient).await?);
    Ok(found)
}

async fn way(patient: &mut Patient<'_>, order_id: &str) -> Answer<Vec<HopFound>> {
    let mut found = vec![hops::link(patient).await?];
    if patient.slug.is_empty() {
        return Ok(found);
    }
    found.push(hops::domain(patient).await?);
    found.push(hops::click(patient));
    if patient.click_id.is_empty() {
        return Ok(found);
    }
    found.push(hops::landing(patient).await);
    found.push(hops::parameter(patient));
    found.push(hops::conversion(patient, order_id).await?);
    Ok(found)
}

async fn keep(app: &App, tenant: Tenant, row: &Model) -> Answer<()> {
    let write = app.records.begin().await?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    forget_old(&*write, tenant, row.offer_id).await?;
    let known = watched::Entity::find_by_id(row.offer_id).one(&*write).await?;
    let offer = offers::store::get(&*write, tenant, row.offer_id).await?;
    let is_new = known.is_none();
    let state = watched::Model {
        offer_id: row.offer_id,
        workspace_id: tenant.id(),
        advertiser_id: offer.advertiser_id,
        is_watched: known.is_none_or(|known| known.is_watched),
        checked_at: Some(row.at),
        broken_hop: row.broken_hop,
        reason: row.reason.clone(),
    };
    if is_new {
        watched::Entity::insert(state.into_active_model()).exec_without_returning(&*write).await?;
    } else {
        watched::Entity::update(state.into_active_model().reset_all()).exec_without_returning(&*write).await?;
    }
    write.commit().await?;
    Ok(())
}

async fn forget_old(conn: &impl ConnectionTrait, tenant: Tenant, offer: Id<id::Offer>) -> Answer<()> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::OfferId.eq(offer));
    let newest = Entity::find().filter(mine.clone()).order_by_desc(Column::Id);
    if let Some(oldest) = newest.offset(KEPT_MAX).one(conn).await? {
        Entity::delete_many().filter(mine).filter(Column::Id.lte(oldest.id)).exec(conn).await?;
    }
    Ok(())
}

/// Looks at an offer, newest first.
pub async fn history(app: &App, tenant: Tenant, offer: Id<id::Offer>) -> Answer<Vec<Model>> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::OfferId.eq(offer));
    let newest = Entity::find().filter(mine).order_by_desc(Column::Id).limit(KEPT_MAX);
    Ok(newest.all(app.records.read()).await?)
}

/// How a watched offer stands; `None` where nobody ever looked.
pub async fn standing(app: &App, tenant: Tenant, offer: Id<id::Offer>) -> Answer<Option<watched::Model>> {
    let mine = watched::Column::WorkspaceId.eq(tenant.id());
    Ok(watched::Entity::find_by_id(offer).filter(mine).one(app.records.read()).await?)
}

/// Has an offer be looked at daily, or no more.
pub async fn watch(app: &App, tenant: Tenant, offer: Id<id::Offer>, is_watched: bool) -> Answer<()> {
    let write = app.records.begin().await?;
    let offer = offers::store::get(&*write, tenant, offer).await?;
    match watched::Entity::find_by_id(offer.id).one(&*write).await? {
        Some(known) => {
            let row = watched::Model { is_watched, ..known };
            watched::Entity::update(row.into_active_model().reset_all()).exec_without_returning(&*write).await?;
        }
        None => {
            let row = unseen(tenant, &offer, is_watched);
            watched::Entity::insert(row.into_active_model()).exec_without_returning(&*write).await?;
        }
    }
    write.commit().await?;
    Ok(())
}

fn unseen(tenant: Tenant, offer: &offers::entity::offer::Model, is_watched: bool) -> watched::Model {
    watched::Model {
        offer_id: offer.id,
        workspace_id: tenant.id(),
        advertiser_id: offer.advertiser_id,
        is_watched,
        checked_at: None,
        broken_hop: None,
        reason: None,
    }
}

/// Offers that did not hold when they were looked at last, the longest ago first.
pub async fn broken(app: &App, tenant: Tenant, only: Option<Id<id::Advertiser>>) -> Answer<Vec<watched::Model>> {
    let mut select = watched::Entity::find()
        .filter(watched::Column::WorkspaceId.eq(tenant.id()))
        .filter(watched::Column::BrokenHop.is_not_null());
    if let Some(only) = only {
        select = select.filter(watched::Column::AdvertiserId.eq(only));
    }
    Ok(select.order_by_asc(watched::Column::CheckedAt).limit(KEPT_MAX).all(app.records.read()).await?)
}
