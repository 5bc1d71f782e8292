//! One conversion with its history.

use axum::{Json, extract::State};
use kernel::{Id, Refusal, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{
    earned_by,
    list::own,
    shape::{self, ConversionDetail, Sight},
};
use crate::{
    App,
    conversions::{
        entity::{commission, conversion, item, movement},
        rules::claim::ITEMS_MAX,
    },
    identity::{Actor, Role, permissions::CanReadConversions},
    platform::{Answer, Problem, body::PathId},
};

/// Moves shown of one conversion, the first ones.
const MOVES_MAX: u64 = 1_000;

/// A conversion with its commissions, items and moves.
#[utoipa::path(
    get, path = "/v1/conversions/{id}", tag = "conversions", params(("id" = Id<id::Conversion>, Path)),
    responses((status = 200, body = ConversionDetail))
)]
pub async fn show(
    State(app): State<App>,
    CanReadConversions(actor): CanReadConversions,
    PathId(id): PathId<Id<id::Conversion>>,
) -> Answer<Json<ConversionDetail>> {
    Ok(Json(detail(app.records.read(), &actor, id).await?))
}

pub(super) async fn detail(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: Id<id::Conversion>,
) -> Result<ConversionDetail, Problem> {
    let row = conversion::Entity::find_by_id(id).filter(own(actor)).one(conn).await?;
    let row = row.ok_or_else(|| Refusal::not_found("conversion"))?;
    let workspace = actor.tenant.id();
    let commissions = commission::Entity::find()
        .filter(commission::Column::WorkspaceId.eq(workspace))
        .filter(commission::Column::ConversionId.eq(id))
        .order_by_asc(commission::Column::Id)
        .all(conn)
        .await?;
    let items = item::Entity::find()
        .filter(item::Column::WorkspaceId.eq(workspace))
        .filter(item::Column::ConversionId.eq(id))
        .order_by_asc(item::Column::Position)
        .limit(ITEMS_MAX as u64)
        .all(conn)
        .await?;
    let moves = movement::Entity::find()
        .filter(movement::Column::WorkspaceId.eq(workspace))
        .filter(movement::Column::ConversionId.eq(id))
        .order_by_asc(movement::Column::At)
        .order_by_asc(movement::Column::Id)
        .limit(MOVES_MAX)
        .all(conn)
        .await?;
    let (sight, currency) = (Sight::of(actor), row.currency());
    let may_see = |commission: &commission::Model| match actor.role {
        Role::Partner => Some(commission.partner_id) == actor.partner,
        Role::Advertiser => false,
        _ => true,
    };
    let own_minor = commissions.iter().filter(|row| may_see(row)).map(|row| row.amount_minor).sum();
    let (clocks, was_moved) = (row.clocks, row.moved_from_id.is_some());
    let shown = shape::conversion(row, sight, Some(own_minor));
    let figures = if commissions.len() > 1 || was_moved { sight.without_earnings() } else { sight };
    let moves: Vec<_> = moves.into_iter().map(|row| shape::movement(row, currency, figures)).collect();
    let wanted = shape::names(std::slice::from_ref(&shown), sight)
        .with(commissions.iter().filter(|row| may_see(row)).map(|row| row.partner_id))
        .with(moves.iter().flat_map(|step| [step.from_partner_id, step.to_partner_id]).flatten())
        .with(moves.iter().filter_map(|step| step.user_id));
    let mut commissions: Vec<_> =
        commissions.into_iter().filter(may_see).map(|row| shape::commission(row, currency)).collect();
    earned_by::tell(conn, actor, &mut commissions).await?;
    Ok(ConversionDetail {
        labels: wanted.read(conn, actor.tenant).await?,
        conversion: shown,
        clocks,
        commissions,
        items: items.into_iter().map(|row| shape::item(row, currency)).collect(),
        moves,
    })
}
