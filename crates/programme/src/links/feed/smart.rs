//! Smart links in the edge's words.

use edge::routes::{RouteChange, SmartLinkRoute, SmartMemberRoute};
use kernel::{Id, id};
use sea_orm::{ConnectionTrait, QuerySelect as _, entity::prelude::*};

use crate::links::{
    model::LinkState,
    smart::{
        link::{Column, Entity, Model},
        member, rules, store,
    },
};

/// Smart links of one installation that the edge keeps.
const LINKS_MAX: u64 = 200_000;
/// Smart links in one question.
const CHUNK: usize = 500;

/// Every smart link that is in use.
pub async fn all(conn: &impl ConnectionTrait) -> Result<Vec<RouteChange>, DbErr> {
    let active = Entity::find().filter(Column::State.eq(LinkState::Active)).limit(LINKS_MAX);
    changes(conn, active.all(conn).await?).await
}

/// The named smart links.
pub async fn named(conn: &impl ConnectionTrait, ids: &[Id<id::SmartLink>]) -> Result<Vec<RouteChange>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(conn).await?;
    changes(conn, rows).await
}

async fn changes(conn: &impl ConnectionTrait, rows: Vec<Model>) -> Result<Vec<RouteChange>, DbErr> {
    let mut changes = Vec::with_capacity(rows.len());
    for rows in rows.chunks(CHUNK) {
        let members = store::members_of(conn, rows.iter().map(|row| row.id)).await?;
        let slugs = store::slugs_of(conn, members.values().flatten()).await?;
        let none = Vec::new();
        for row in rows {
            let own: &[member::Model] = members.get(&row.id).unwrap_or(&none);
            let link = |number: u8| {
                let member = own.iter().find(|member| rules::number(member) == number)?;
                slugs.get(&member.link_id).cloned()
            };
            changes.push(change(row, own, link));
        }
    }
    Ok(changes)
}

fn change(row: &Model, members: &[member::Model], link: impl Fn(u8) -> Option<String>) -> RouteChange {
    if row.state == LinkState::Archived {
        return RouteChange::RemoveSmartLink(row.slug.clone());
    }
    let members = rules::places(row, members).into_iter().filter_map(|place| {
        let link = link(place.number)?;
        Some(SmartMemberRoute { number: place.number, link, rank: place.rank, share: place.share })
    });
    RouteChange::UpsertSmartLink(SmartLinkRoute {
        smart_link_id: row.id,
        workspace_id: row.workspace_id,
        slug: row.slug.clone(),
        members: members.collect(),
    })
}
