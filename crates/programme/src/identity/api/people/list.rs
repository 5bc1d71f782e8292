//! The people of the workspace.

use std::collections::{HashMap, HashSet};

use axum::{Json, extract::State};
use kernel::{Id, Page, id, paging::PageQuery};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::PersonOut;
use crate::{
    App,
    identity::{
        entity::{credential, membership, user},
        permissions::CanReadPeople,
    },
    platform::{Answer, body::Params, labels::Wanted},
};

/// People of the workspace, newest first.
#[utoipa::path(
    get, path = "/v1/people", tag = "people", params(PageQuery),
    responses((status = 200, body = Page<PersonOut>, example = json!({"items": [{
        "id": "mbr_01KAMX4S5T0000000000000000", "user_id": "usr_01KAMX4S5T0000000000000000",
        "email": "anna@example.com", "name": "Anna", "role": "manager", "partner_id": null, "advertiser_id": null,
        "has_totp": true, "created_at": "2026-11-22T09:30:00.000Z"
    }], "next_cursor": null})))
)]
pub async fn list(
    State(app): State<App>,
    CanReadPeople(actor): CanReadPeople,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<PersonOut>>> {
    let mut select = membership::Entity::find()
        .filter(membership::Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(membership::Column::EndedAt.is_null());
    if let Some(after) = page.after::<id::Membership>()? {
        select = select.filter(membership::Column::Id.lt(after));
    }
    let records = app.records.read();
    let rows = select.order_by_desc(membership::Column::Id).limit(page.limit() + 1).all(records).await?;
    let users: Vec<Id<id::User>> = rows.iter().map(|member| member.user_id).collect();
    let people = people_of(records, &users).await?;
    let with_totp = with_totp(records, &users).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let wanted = Wanted::default()
        .with(rows.items.iter().filter_map(|member| member.partner_id))
        .with(rows.items.iter().filter_map(|member| member.advertiser_id));
    let shown = rows.map(|member| {
        let user = member.user_id;
        PersonOut::of(member, &people[&user], with_totp.contains(&user))
    });
    Ok(Json(wanted.beside(shown, records, actor.tenant).await?))
}

async fn people_of(conn: &impl ConnectionTrait, users: &[Id<id::User>]) -> Answer<HashMap<Id<id::User>, user::Model>> {
    let rows = user::Entity::find().filter(user::Column::Id.is_in(users.iter().copied())).all(conn).await?;
    Ok(rows.into_iter().map(|person| (person.id, person)).collect())
}

async fn with_totp(conn: &impl ConnectionTrait, users: &[Id<id::User>]) -> Answer<HashSet<Id<id::User>>> {
    let confirmed = credential::Entity::find()
        .filter(credential::Column::UserId.is_in(users.iter().copied()))
        .filter(credential::Column::TotpConfirmedAt.is_not_null());
    Ok(confirmed.all(conn).await?.into_iter().map(|credential| credential.user_id).collect())
}
