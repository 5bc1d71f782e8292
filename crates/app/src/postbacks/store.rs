//! Questions about settings and their log.

use kernel::{Id, Refusal, Timestamp, id, paging::PageQuery};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, QuerySelect as _, entity::prelude::*};
use serde::Deserialize;

use super::{
    entity::{delivery, delivery_try, postback},
    model::{DeliveryState, PostbackEvent, PostbackKind, PostbackState},
};
use crate::{
    identity::Actor,
    platform::{Answer, listing::newest_first},
};

/// Tries of one delivery that are shown: replays add to them.
const TRIES_SHOWN_MAX: u64 = 100;

/// Which settings a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PostbackFilter {
    pub partner_id: Option<Id<id::Partner>>,
}

/// Settings of partners that the actor may see, newest first, and one row more than the page holds.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &PostbackFilter,
    page: &PageQuery,
) -> Answer<Vec<postback::Model>> {
    let of_partners = live(actor).and(postback::Column::PartnerId.is_not_null());
    let select = postback::Entity::find().filter(of_partners);
    let select = match filter.partner_id {
        Some(partner) => select.filter(postback::Column::PartnerId.eq(partner)),
        None => select,
    };
    newest_first::<_, id::Postback>(conn, select, postback::Column::Id, page).await
}

/// The workspace's webhooks, newest first.
pub async fn webhooks(conn: &impl ConnectionTrait, actor: &Actor) -> Answer<Vec<postback::Model>> {
    let of_workspace = live(actor).and(postback::Column::PartnerId.is_null());
    Ok(postback::Entity::find().filter(of_workspace).order_by_desc(postback::Column::Id).all(conn).await?)
}

/// One setting of a partner that the actor may see, or 404.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: Id<id::Postback>) -> Answer<postback::Model> {
    find(conn, actor, id, true).await?.ok_or_else(|| Refusal::not_found("postback").into())
}

/// One webhook of the workspace, or 404.
pub async fn webhook(conn: &impl ConnectionTrait, actor: &Actor, id: Id<id::Webhook>) -> Answer<postback::Model> {
    let found = find(conn, actor, Id::from_uuid(id.uuid()), false).await?;
    found.ok_or_else(|| Refusal::not_found("webhook").into())
}

async fn find(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: Id<id::Postback>,
    of_partner: bool,
) -> Result<Option<postback::Model>, DbErr> {
    let mine = live(actor).and(postback::Column::Id.eq(id));
    let row = postback::Entity::find().filter(mine).one(conn).await?;
    Ok(row.filter(|row| row.partner_id.is_some() == of_partner))
}

fn live(actor: &Actor) -> Expr {
    use postback::Column;
    let seen = actor.sees([Column::WorkspaceId, Column::PartnerId, Column::Id]);
    seen.and(Column::State.ne(PostbackState::Ended))
}

/// Which deliveries a list shows, or a replay takes.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams, utoipa::ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(example = json!({"postback_id": "pbk_01KAMX4S5T0000000000000000", "state": "failed"}))]
pub struct DeliveryFilter {
    pub postback_id: Option<Id<id::Postback>>,
    pub webhook_id: Option<Id<id::Webhook>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub conversion_id: Option<Id<id::Conversion>>,
    pub kind: Option<PostbackKind>,
    pub state: Option<DeliveryState>,
    pub event: Option<PostbackEvent>,
    /// Made at this moment or later.
    pub from: Option<Timestamp>,
    /// Made before this moment.
    pub to: Option<Timestamp>,
}

impl DeliveryFilter {
    /// The deliveries of it that the actor may see.
    pub fn of(&self, actor: &Actor) -> Select<delivery::Entity> {
        use delivery::Column;
        let webhook = self.webhook_id.map(|id| Id::<id::Postback>::from_uuid(id.uuid()));
        let wishes = [
            self.postback_id.map(|id| Column::PostbackId.eq(id)),
            webhook.map(|id| Column::PostbackId.eq(id)),
            self.partner_id.map(|id| Column::PartnerId.eq(id)),
            self.conversion_id.map(|id| Column::ConversionId.eq(id)),
            self.kind.map(|kind| Column::Kind.eq(kind)),
            self.state.map(|state| Column::State.eq(state)),
            self.event.map(|event| Column::Event.eq(event)),
            self.from.map(|from| Column::CreatedAt.gte(from)),
            self.to.map(|to| Column::CreatedAt.lt(to)),
        ];
        let seen = delivery::Entity::find().filter(visible(actor));
        wishes.into_iter().flatten().fold(seen, |select, wish| select.filter(wish))
    }
}

fn visible(actor: &Actor) -> Expr {
    use delivery::Column;
    actor.sees([Column::WorkspaceId, Column::PartnerId, Column::Id])
}

/// One row more than the page holds, newest first.
pub async fn deliveries(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &DeliveryFilter,
    page: &PageQuery,
) -> Answer<Vec<delivery::Model>> {
    newest_first::<_, id::Delivery>(conn, filter.of(actor), delivery::Column::Id, page).await
}

/// One delivery that the actor may see, or 404.
pub async fn delivery(conn: &impl ConnectionTrait, actor: &Actor, id: Id<id::Delivery>) -> Answer<delivery::Model> {
    let mine = visible(actor).and(delivery::Column::Id.eq(id));
    let row = delivery::Entity::find().filter(mine).one(conn).await?;
    row.ok_or_else(|| Refusal::not_found("delivery").into())
}

/// The tries of a delivery, newest first.
pub async fn tries(conn: &impl ConnectionTrait, delivery: &delivery::Model) -> Result<Vec<delivery_try::Model>, DbErr> {
    let mine = delivery_try::Column::DeliveryId
        .eq(delivery.id)
        .and(delivery_try::Column::WorkspaceId.eq(delivery.workspace_id));
    let select = delivery_try::Entity::find().filter(mine).order_by_desc(delivery_try::Column::Id);
    select.limit(TRIES_SHOWN_MAX).all(conn).await
}
