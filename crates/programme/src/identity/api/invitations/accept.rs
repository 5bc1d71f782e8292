//! Accept an invitation.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
};
use kernel::{Id, Refusal, RefusalCode, Tenant, id};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    App,
    identity::{
        Place, Role,
        api::session::sign_in::second_factor,
        entity::{credential, invitation, membership, user},
        invitations,
        limits::{OneAttempt, count_attempt},
        passwords::{self, PasswordHash},
        people::{self, LANGUAGES, NewUser},
        sessions, store, totp,
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
    /// Needed from somebody new: 10 to 200 characters. Somebody known keeps their password, and is signed in where they
    /// show it.
    pub password: Option<String>,
    /// Of the authenticator app, from somebody known whose second factor is on.
    pub totp_code: Option<String>,
    /// Of screens and mails: `en` (unless said), `ru` or `pl`.
    pub language: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "user_id": "usr_01KAMX4S5T0000000000000000", "email": "boris@example.com",
    "membership_id": "mbr_01KAMX4S5T0000000000000000", "workspace_id": "wsp_01KAMX4S5T0000000000000000",
    "role": "partner", "signed_in": true
}))]
pub struct Accepted {
    pub user_id: Id<id::User>,
    pub email: String,
    pub membership_id: Id<id::Membership>,
    pub workspace_id: Id<id::Workspace>,
    pub role: Role,
    /// Whether the answer carries the cookie of a session: not for somebody known who showed no password.
    pub signed_in: bool,
}

/// Accept an invitation: somebody new sets a name and a password and is signed in. Somebody known joins with what they
/// have, and is signed in by showing their password.
#[utoipa::path(
    post, path = "/v1/invitations/accept", tag = "people", security(()), request_body = Acceptance,
    responses((status = 201, body = Accepted))
)]
pub async fn accept(
    State(app): State<App>,
    _: OneAttempt,
    Body(body): Body<Acceptance>,
) -> Answer<(StatusCode, HeaderMap, Json<Accepted>)> {
    let invitation = invitations::find(app.records.read(), &body.token, app.ambient.now()).await?;
    let known = store::user_by_email(app.records.read(), &invitation.email).await?;
    let comer = match known {
        Some((person, Some(credential))) => known_person(&app, &invitation, &person, &credential, &body).await?,
        known => new_person(&app, known.map(|known| known.0.id), &body).await?,
    };
    let write = app.records.begin().await?;
    invitations::spend(&*write, &invitation, app.ambient.now()).await?;
    let (user, signs_in) = come(&*write, &app, &invitation, comer).await?;
    let member = join(&*write, &app, &invitation, user).await?;
    let mut headers = HeaderMap::new();
    if signs_in {
        let token = sessions::start(&*write, &app.ambient, user, Some(member.id)).await?;
        headers.insert(header::SET_COOKIE, sessions::cookie(&app, &token));
    }
    write.commit().await?;
    let accepted = Accepted {
        user_id: user,
        email: invitation.email,
        membership_id: member.id,
        workspace_id: member.workspace_id,
        role: member.role,
        signed_in: signs_in,
    };
    Ok((StatusCode::CREATED, headers, Json(accepted)))
}

/// Who accepts, checked before anything is written.
enum Comer {
    /// Keeps name, language and password; proven where a password was shown, with the step of the code.
    Known {
        user: Id<id::User>,
        proven: Option<Option<i64>>,
    },
    /// Was made without a password and chooses one now.
    Unfinished {
        user: Id<id::User>,
        password: PasswordHash,
    },
    New {
        name: String,
        language: String,
        password: PasswordHash,
    },
}

/// An invitation alone opens no account that exists: the inviter may hold its link too.
async fn known_person(
    app: &App,
    invitation: &invitation::Model,
    person: &user::Model,
    credential: &credential::Model,
    body: &Acceptance,
) -> Answer<Comer> {
    let Some(password) = &body.password else { return Ok(Comer::Known { user: person.id, proven: None }) };
    count_attempt(app, &invitation.email)?;
    if !passwords::verify(password, Some(&credential.password_hash)).await? {
        return Err(Refusal::new(RefusalCode::BadCredentials, "the password is wrong").into());
    }
    let step = second_factor(app, credential, body.totp_code.as_deref())?;
    Ok(Comer::Known { user: person.id, proven: Some(step) })
}

async fn new_person(app: &App, unfinished: Option<Id<id::User>>, body: &Acceptance) -> Answer<Comer> {
    let needed = |field: &str| Refusal::field(field, "is needed from somebody new");
    let plain = body.password.as_deref().ok_or_else(|| needed("password"))?;
    let password = passwords::hash(&app.ambient, plain).await?;
    if let Some(user) = unfinished {
        return Ok(Comer::Unfinished { user, password });
    }
    let name = body.name.clone().ok_or_else(|| needed("name"))?;
    let language = body.language.clone().unwrap_or_else(|| LANGUAGES[0].to_owned());
    Ok(Comer::New { name, language, password })
}

/// The invited user, and whether they are signed in.
async fn come(
    conn: &impl ConnectionTrait,
    app: &App,
    invitation: &invitation::Model,
    comer: Comer,
) -> Answer<(Id<id::User>, bool)> {
    match comer {
        Comer::Known { user, proven } => {
            if let Some(Some(step)) = proven {
                totp::spend(conn, user, step).await?;
            }
            Ok((user, proven.is_some()))
        }
        Comer::Unfinished { user, password } => {
            people::set_password(conn, &app.ambient, user, password).await?;
            Ok((user, true))
        }
        Comer::New { name, language, password } => {
            let new = NewUser { email: &invitation.email, name: &name, language: &language, password: Some(password) };
            Ok((people::create_user(conn, &app.ambient, new).await?, true))
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
