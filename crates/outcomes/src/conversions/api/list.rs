//! Conversions, filtered.

use std::collections::HashMap;

use axum::{Json, extract::State};
use kernel::{Id, Page, Timestamp, id, paging::PageQuery};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::SelectStatement,
};
use serde::{Deserialize, Deserializer, de::Error as _};

use super::shape::{self, ConversionOut, Sight};
use crate::{
    App,
    conversions::{
        Status,
        entity::{
            commission,
            conversion::{self, Column, Entity},
            movement,
        },
    },
    identity::{Actor, Role, permissions::CanReadConversions},
    platform::{Answer, body::Params},
};

/// Statuses with commas between them.
#[derive(Debug)]
pub struct Statuses(Vec<Status>);

impl<'de> Deserialize<'de> for Statuses {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let read = |word: &str| {
            let known = Status::ALL.into_iter().find(|status| status.code() == word.trim());
            known.ok_or_else(|| D::Error::custom(format!("{word:.20} is no status of a conversion")))
        };
        text.split(',').filter(|word| !word.trim().is_empty()).map(read).collect::<Result<_, _>>().map(Self)
    }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConversionFilter {
    /// The advertiser's order id, exactly.
    pub order_id: Option<String>,
    /// One status, or several with commas.
    #[param(value_type = Option<String>, example = "pending,approved")]
    pub status: Option<Statuses>,
    /// Reason code.
    pub reason: Option<String>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub goal_id: Option<Id<id::Goal>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub link_id: Option<Id<id::Link>>,
    pub click_id: Option<Id<id::Click>>,
    pub customer_id: Option<Id<id::Customer>>,
    /// First moment of the conversion's own time, inclusive.
    pub from: Option<Timestamp>,
    /// End of the conversion's own time, exclusive.
    pub to: Option<Timestamp>,
}

/// Conversions, newest first. Partners and advertisers see their own.
#[utoipa::path(
    get, path = "/v1/conversions", tag = "conversions", params(ConversionFilter, PageQuery),
    responses((status = 200, body = Page<ConversionOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadConversions(actor): CanReadConversions,
    Params(filter): Params<ConversionFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<ConversionOut>>> {
    let wanted = filter.condition().add(own(&actor));
    let rows = rows(app.records.read(), &actor, wanted, page.after()?, page.limit() + 1).await?;
    let shown = Page::from_rows(rows, &page, |row| row.id);
    let wanted = shape::names(&shown.items, Sight::of(&actor));
    Ok(Json(wanted.beside(shown, app.records.read(), actor.tenant).await?))
}

/// At most `limit` of the wanted rows older than `before`, newest first, as the actor sees them.
pub async fn rows(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    wanted: Condition,
    before: Option<Id<id::Conversion>>,
    limit: u64,
) -> Answer<Vec<ConversionOut>> {
    let wanted = wanted.add_option(before.map(|before| Column::Id.lt(before)));
    let rows = Entity::find().filter(wanted).order_by_desc(Column::Id).limit(limit).all(conn).await?;
    let sight = Sight::of(actor);
    let earned = own_earnings(conn, actor, &rows).await?;
    let shown = |row: conversion::Model| {
        let own_minor = earned.get(&row.id).copied();
        shape::conversion(row, sight, own_minor)
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// The rows an actor may see: of the workspace, and of the own partner or advertiser.
pub fn own(actor: &Actor) -> Condition {
    let in_workspace = Condition::all().add(Column::WorkspaceId.eq(actor.tenant.id()));
    match actor.role {
        Role::Partner => {
            let own = Column::PartnerId.eq(actor.partner);
            in_workspace
                .add(own.or(Column::Id.in_subquery(shared(actor))).or(Column::Id.in_subquery(moved_away(actor))))
        }
        Role::Advertiser => in_workspace.add(Column::AdvertiserId.eq(actor.advertiser)),
        _ => in_workspace,
    }
}

/// Conversions from which the actor's partner earns.
fn shared(actor: &Actor) -> SelectStatement {
    let of_partner = commission::Column::WorkspaceId
        .eq(actor.tenant.id())
        .and(commission::Column::PartnerId.eq(actor.partner))
        .and(commission::Column::Kind.eq(commission::Kind::Share));
    commission::Entity::find().select_only().column(commission::Column::ConversionId).filter(of_partner).into_query()
}

/// Conversions that were moved from the actor's partner to another.
fn moved_away(actor: &Actor) -> SelectStatement {
    let from_partner =
        movement::Column::WorkspaceId.eq(actor.tenant.id()).and(movement::Column::FromPartnerId.eq(actor.partner));
    movement::Entity::find().select_only().column(movement::Column::ConversionId).filter(from_partner).into_query()
}

/// What the reading partner itself earns from each of `rows`; nothing is asked for others.
pub(super) async fn own_earnings(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    rows: &[conversion::Model],
) -> Result<HashMap<Id<id::Conversion>, i64>, DbErr> {
    let Some(partner) = actor.partner else { return Ok(HashMap::new()) };
    let commissions = commission::Entity::find()
        .filter(commission::Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(commission::Column::PartnerId.eq(partner))
        .filter(commission::Column::ConversionId.is_in(rows.iter().map(|row| row.id)))
        .all(conn)
        .await?;
    let mut earned = HashMap::new();
    for row in commissions {
        *earned.entry(row.conversion_id).or_default() += row.amount_minor;
    }
    Ok(earned)
}

impl ConversionFilter {
    fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.order_id.as_ref().map(|order| Column::OrderId.eq(order)))
            .add_option(self.status.as_ref().map(|wanted| Column::Status.is_in(wanted.0.iter().copied())))
            .add_option(self.reason.as_ref().map(|reason| Column::Reason.eq(reason)))
            .add_option(self.advertiser_id.map(|id| Column::AdvertiserId.eq(id)))
            .add_option(self.offer_id.map(|id| Column::OfferId.eq(id)))
            .add_option(self.goal_id.map(|id| Column::GoalId.eq(id)))
            .add_option(self.partner_id.map(|id| Column::PartnerId.eq(id)))
            .add_option(self.link_id.map(|id| Column::LinkId.eq(id)))
            .add_option(self.click_id.map(|id| Column::ClickId.eq(id)))
            .add_option(self.customer_id.map(|id| Column::CustomerId.eq(id)))
            .add_option(self.from.map(|from| Column::EventAt.gte(from)))
            .add_option(self.to.map(|to| Column::EventAt.lt(to)))
    }
}
