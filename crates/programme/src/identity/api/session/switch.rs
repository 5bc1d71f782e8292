//! Go to another workspace.

use axum::{Json, extract::State, http::HeaderMap};
use kernel::{Id, Refusal, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::Deserialize;

use crate::{
    App,
    identity::{
        api::{
            me::{self, Me},
            require_session,
        },
        authenticate::{actor_of, session_token},
        entity::membership,
        permissions::AnyMember,
        sessions,
    },
    platform::{Answer, Body},
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"membership_id": "mbr_01KAMX4S5T0000000000000000"}))]
pub struct PlaceWanted {
    /// One of one's own.
    pub membership_id: Id<id::Membership>,
}

/// Go to another workspace: the session stays there until it is moved again.
#[utoipa::path(
    post, path = "/v1/session/workspace", tag = "identity", request_body = PlaceWanted,
    responses((status = 200, body = Me))
)]
pub async fn switch(
    State(app): State<App>,
    AnyMember(actor): AnyMember,
    headers: HeaderMap,
    Body(body): Body<PlaceWanted>,
) -> Answer<Json<Me>> {
    require_session(&actor)?;
    let own = membership::Entity::find_by_id(body.membership_id)
        .filter(membership::Column::UserId.eq(actor.user))
        .filter(membership::Column::EndedAt.is_null());
    let write = app.records.begin().await?;
    let member = own.one(&*write).await?.ok_or_else(|| Refusal::not_found("membership"))?;
    let token = session_token(&headers).ok_or_else(|| Refusal::not_found("session"))?;
    sessions::move_to(&*write, &token, member.id).await?;
    write.commit().await?;
    Ok(Json(me::of(&app, actor_of(member, None)).await?))
}
