//! Accept an invitation.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Refusal, Tenant, id};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    App,
    identity::{
        Place, Role,
        entity::{invitation, membership},
        invitations,
        limits::OneAttempt,
        passwords::{self, PasswordHash},
        people::{self, LANGUAGES, NewUser},
        store,
    },
    platform::{
        Answer, Body,
        audit_trail::{self, Author, Change},
    },
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "token": "p2Zk0m…", "name": "Boris", "password": "battery staple", "language": "pl"
}))]
pub struct Acceptance {
    /// From the mailed link.
    pub token: String,
    /// Needed from somebody new.
    pub name: Option<String>,
    /// Needed from somebody new: 10 to 200 characters. Somebody known keeps their password.
    pub password: Option<String>,
    /// Of screens and mails: `en` (unless said), `ru` or `pl`.
    pub language: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "user_id": "usr_01KAMX4S5T0000000000000000", "email": "boris@example.com",
    "membership_id": "mbr_01KAMX4S5T0000000000000000", "workspace_id": "wsp_01KAMX4S5T0000000000000000",
    "role": "partner"
}))]
pub struct Accepted {
    pub user_id: Id<id::User>,
    pub email: String,
    pub membership_id: Id<id::Membership>,
    pub workspace_id: Id<id::Workspace>,
    pub role: Role,
}

/// Accept an invitation: somebody new sets a name and a password, somebody known joins with what they have.
#[utoipa::path(
    post, path = "/v1/invitations/accept", tag = "people", security(()), request_body = Acceptance,
    responses((status = 201, body = Accepted))
)]
pub async fn accept(
    State(app): State<App>,
    _: OneAttempt,
    Body(body): Body<Acceptance>,
) -> Answer<(StatusCode, Json<Accepted>)> {
    let invitation = invitations::find(app.records.read(), &body.token, app.ambient.now()).await?;
    let password = match &body.password {
        Some(plain) => Some(passwords::hash(&app.ambient, plain).await?),
        None => None,
    };
    let write = app.records.begin().await?;
    invitations::spend(&*write, &invitation, app.ambient.now()).await?;
    let user = known_or_new(&*write, &app, &invitation, &body, password).await?;
    let member = join(&*write, &app, &invitation, user).await?;
    write.commit().await?;
    let accepted = Accepted {
        user_id: user,
        email: invitation.email,
        membership_id: member.id,
        workspace_id: member.workspace_id,
        role: member.role,
    };
    Ok((StatusCode::CREATED, Json(accepted)))
}

/// The invited user. A password is taken only from somebody who has none yet.
async fn known_or_new(
    conn: &impl ConnectionTrait,
    app: &App,
    invitation: &invitation::Model,
    body: &Acceptance,
    password: Option<PasswordHash>,
) -> Answer<Id<id::User>> {
    let needed = |field: &str| Refusal::field(field, "is needed from somebody new");
    match store::user_by_email(conn, &invitation.email).await? {
        Some((person, Some(_))) => Ok(person.id),
        Some((person, None)) => {
            let password = password.ok_or_else(|| needed("password"))?;
            people::set_password(conn, &app.ambient, person.id, password).await?;
            Ok(person.id)
        }
        None => {
            let new = NewUser {
                email: &invitation.email,
                name: body.name.as_deref().ok_or_else(|| needed("name"))?,
                language: body.language.as_deref().unwrap_or(LANGUAGES[0]),
                password: Some(password.ok_or_else(|| needed("password"))?),
            };
            people::create_user(conn, &app.ambient, new).await
        }
    }
}

async fn join(
    conn: &impl ConnectionTrait,
    app: &App,
    invitation: &invitation::Model,
    user: Id<id::User>,
) -> Answer<membership::Model> {
    let tenant = Tenant(invitation.workspace_id);
    let place = Place::of(invitation.role, invitation.partner_id, invitation.advertiser_id)?;
    let member = people::add_membership(conn, &app.ambient, tenant, user, place).await?;
    let after = Some(json!({"user_id": user, "role": member.role, "invitation_id": invitation.id}));
    let change = Change { action: "membership.created", subject: member.id.to_string(), before: None, after };
    audit_trail::record(conn, &app.ambient, Author { tenant, user: Some(user) }, change).await?;
    Ok(member)
}
