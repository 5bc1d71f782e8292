//! Customers who are bound to partners.

use std::collections::HashMap;

use kernel::{Id, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, ExprTrait as _,
    IntoActiveModel as _, QueryFilter as _,
};
use serde_json::json;

use super::{Fate, FindingCode, Row, Stop, Work, clicks, unknown};
use crate::{
    conversions::entity::customer,
    imports::{
        directory::Place,
        rules::rows::{self, CustomerRow},
    },
};

const CHUNK: usize = 500;

type Known = HashMap<(Id<id::Advertiser>, String), customer::Model>;

pub async fn take(work: &mut Work<'_>, tx: Option<&DatabaseTransaction>, rows: &[Row]) -> anyhow::Result<()> {
    let parsed = work.read_rows(rows, |cells, ground| rows::customer(cells, ground).map(Some))?;
    let ids: Vec<_> = parsed.iter().map(|(_, row)| row.id.as_str()).collect();
    let mut known = known(work, &ids).await?;
    for (index, row) in parsed {
        let outcome = one(work, tx, row, &mut known).await;
        work.settle(rows[index].line, outcome)?;
    }
    Ok(())
}

async fn known(work: &Work<'_>, ids: &[&str]) -> anyhow::Result<Known> {
    let mut known = Known::new();
    for chunk in ids.chunks(CHUNK) {
        let mine = customer::Column::WorkspaceId
            .eq(work.actor.tenant.id())
            .and(customer::Column::ExternalId.is_in(chunk.iter().copied()));
        let rows = customer::Entity::find().filter(mine).all(work.app.records.read()).await?;
        known.extend(rows.into_iter().map(|row| ((row.advertiser_id, row.external_id.clone()), row)));
    }
    Ok(known)
}

async fn one(
    work: &mut Work<'_>,
    tx: Option<&DatabaseTransaction>,
    row: CustomerRow,
    known: &mut Known,
) -> Result<Fate, Stop> {
    let partner = clicks::partner_of(work, Some(row.partner.as_str()), None)?;
    let advertiser = advertiser_of(work, &row)?;
    let (Some(partner), Some(advertiser)) = (partner, advertiser) else { return Ok(Fate::Made) };
    let key = (advertiser, row.id.clone());
    let present = known.get(&key);
    if present.is_some_and(|present| present.bound_partner_id.is_some()) {
        return Ok(Fate::Matched);
    }
    let Some(tx) = tx else { return Ok(Fate::Made) };
    let bound = customer::Model {
        id: present.map_or_else(|| work.app.ambient.new_id(), |present| present.id),
        workspace_id: work.actor.tenant.id(),
        advertiser_id: advertiser,
        external_id: row.id.clone(),
        first_seen_at: present.map_or(row.first_seen_at, |present| present.first_seen_at),
        // They bought before, elsewhere: none of their orders is a first one.
        conversions_count: present.map_or(1, |present| present.conversions_count),
        bound_partner_id: Some(partner),
        bound_until: row.bound_until,
    };
    let is_new = present.is_none();
    let active = bound.clone().into_active_model();
    if is_new {
        customer::Entity::insert(active).exec_without_returning(tx).await?;
    } else {
        customer::Entity::update(active.reset_all()).exec_without_returning(tx).await?;
    }
    work.remember(format!("{advertiser}/{}", row.id), bound.id.uuid(), json!({"partner_id": partner}));
    known.insert(key, bound);
    Ok(Fate::Made)
}

fn advertiser_of(work: &Work<'_>, row: &CustomerRow) -> Result<Option<Id<id::Advertiser>>, Stop> {
    if let Some(theirs) = &row.advertiser {
        return match work.directory.advertisers.get(theirs) {
            Some(Place::Here(advertiser)) => Ok(Some(*advertiser)),
            Some(Place::Planned) => Ok(None),
            None => Err(unknown(FindingCode::UnknownAdvertiser, "advertiser", Some(theirs.as_str())).into()),
        };
    }
    Ok(clicks::offer_of(work, row.offer.as_deref(), None)?.map(|offer| offer.advertiser))
}
