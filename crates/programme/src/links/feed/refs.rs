//! What other platforms call offers, goals, partners and links, in the edge's words.

use std::collections::HashMap;

use edge::{
    dialect::Dialect,
    routes::{RefsRoute, RouteChange, Subject},
};
use kernel::{Id, id};
use sea_orm::{ConnectionTrait, entity::prelude::*};

use crate::{
    domains::{dialects, imported},
    links::model::{self as link},
    offers::entity::{goal, offer},
    partners::model as partner,
    platform::{
        columns::TextMap,
        external_refs::{self, RefKind},
    },
};

/// Links in one question.
const CHUNK: usize = 500;

fn names(refs: &TextMap) -> Vec<(Dialect, String)> {
    let known = refs.0.iter().filter_map(|(system, value)| Some((Dialect::of_system(system)?, value.clone())));
    known.collect()
}

fn change(workspace_id: Id<id::Workspace>, subject: Subject, names: Vec<(Dialect, String)>) -> RouteChange {
    RouteChange::UpsertRefs(RefsRoute { workspace_id, subject, names })
}

pub fn of_partner(row: &partner::Model) -> RouteChange {
    change(row.workspace_id, Subject::Partner(row.id), names(&row.external_refs))
}

/// Names of offers; of their goals where the edge must tell them apart: the parts of an Awin order name groups.
pub async fn of_offers(conn: &impl ConnectionTrait, rows: &[offer::Model]) -> Result<Vec<RouteChange>, DbErr> {
    let of_offer = |row: &offer::Model| change(row.workspace_id, Subject::Offer(row.id), names(&row.external_refs));
    let mut changes: Vec<_> = rows.iter().map(of_offer).collect();
    let grouped = |row: &&offer::Model| names(&row.external_refs).iter().any(|(dialect, _)| *dialect == Dialect::Awin);
    let offers: Vec<_> = rows.iter().filter(grouped).map(|row| row.id).collect();
    if offers.is_empty() {
        return Ok(changes);
    }
    let goals = goal::Entity::find().filter(goal::Column::OfferId.is_in(offers)).all(conn).await?;
    let refs = external_refs::of_many(conn, RefKind::Goal, goals.iter().map(|goal| goal.id)).await?;
    changes.extend(goals.iter().map(|goal| {
        let mut names = refs.get(&goal.id).map(names).unwrap_or_default();
        names.push((Dialect::Awin, goal.name.to_uppercase()));
        let subject = Subject::Goal { offer_id: goal.offer_id, goal_id: goal.id };
        change(goal.workspace_id, subject, names)
    }));
    Ok(changes)
}

/// Aliases of links.
pub async fn of_links(conn: &impl ConnectionTrait, rows: &[link::Model]) -> Result<Vec<RouteChange>, DbErr> {
    let refs = external_refs::of_many(conn, RefKind::Link, rows.iter().map(|row| row.id)).await?;
    let of_link = |row: &link::Model| {
        let names = refs.get(&row.id).map(names).unwrap_or_default();
        change(row.workspace_id, Subject::Link(row.slug.clone()), names)
    };
    Ok(rows.iter().map(of_link).collect())
}

/// Aliases of every link that has one.
pub async fn of_all_links(conn: &impl ConnectionTrait) -> Result<Vec<RouteChange>, DbErr> {
    let mut by_link: HashMap<Id<id::Link>, TextMap> = HashMap::new();
    for row in external_refs::all_of(conn, RefKind::Link).await? {
        by_link.entry(Id::from_uuid(row.subject_id)).or_default().0.insert(row.system, row.value);
    }
    let ids: Vec<_> = by_link.keys().copied().collect();
    let mut changes = Vec::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let rows = link::Entity::find().filter(link::Column::Id.is_in(ids.iter().copied())).all(conn).await?;
        changes.extend(rows.into_iter().map(|row| {
            let names = by_link.get(&row.id).map(names).unwrap_or_default();
            change(row.workspace_id, Subject::Link(row.slug), names)
        }));
    }
    Ok(changes)
}

/// A token that a sender brought along; none once it is revoked.
pub fn of_token(row: dialects::Model) -> Option<RouteChange> {
    let dialect = Dialect::from_code(&row.dialect)?;
    let names = if row.revoked_at.is_some() { Vec::new() } else { vec![(dialect, row.token_hash)] };
    let subject = Subject::Sender { token: row.id.as_u128(), advertiser_id: row.advertiser_id };
    Some(change(row.workspace_id, subject, names))
}

/// The platforms whose clicks a workspace brought along.
pub fn of_imported_clicks(rows: Vec<imported::Model>) -> Vec<RouteChange> {
    let mut by_workspace: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let names: &mut Vec<_> = by_workspace.entry(row.workspace_id).or_default();
        names.extend(Dialect::from_code(&row.dialect).map(|dialect| (dialect, String::new())));
    }
    let brought = |(workspace, names)| change(workspace, Subject::ImportedClicks(workspace), names);
    by_workspace.into_iter().map(brought).collect()
}
