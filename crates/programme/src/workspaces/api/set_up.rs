//! The first start, in the browser.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue, header},
};
use kernel::{Currency, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    App,
    identity::{
        Place, Role,
        api::session::sign_in::SignedIn,
        limits::OneAttempt,
        passwords,
        people::{self, LANGUAGES, NewUser},
        places, sessions,
    },
    platform::{
        Answer, Body,
        audit_trail::{self, Author, Change},
    },
    workspaces::{NewWorkspace, create, setup},
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({"needed": false}))]
pub struct SetupState {
    /// No workspace exists yet.
    pub needed: bool,
}

/// Whether this installation waits to be set up.
#[utoipa::path(
    get, path = "/v1/setup", tag = "workspaces", security(()), responses((status = 200, body = SetupState))
)]
pub async fn state(State(app): State<App>) -> Answer<Json<SetupState>> {
    Ok(Json(SetupState { needed: setup::is_needed(app.records.read()).await? }))
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "token": "set_p2Zk0m…", "workspace_name": "Riverside", "timezone": "Europe/Warsaw", "reporting_currency": "EUR",
    "name": "Anna", "email": "anna@example.com", "password": "correct horse", "language": "en"
}))]
pub struct Setup {
    /// From the address that the server printed when it started.
    pub token: String,
    pub workspace_name: String,
    /// IANA name.
    pub timezone: String,
    /// ISO 4217 code.
    pub reporting_currency: String,
    /// Of the owner.
    pub name: String,
    pub email: String,
    /// 10 to 200 characters.
    pub password: String,
    /// `en` (unless said), `ru` or `pl`.
    pub language: Option<String>,
}

/// Set the installation up: makes the first workspace with its owner and signs the owner in. Works once.
#[utoipa::path(
    post, path = "/v1/setup", tag = "workspaces", security(()), request_body = Setup,
    responses(
        (status = 200, body = SignedIn), (status = 401, description = "`bad_token`"),
        (status = 409, description = "`setup_done`")
    )
)]
pub async fn set_up(
    State(app): State<App>,
    _: OneAttempt,
    Body(body): Body<Setup>,
) -> Answer<([(HeaderName, HeaderValue); 1], Json<SignedIn>)> {
    let entered = setup::enter(&app, &body.token).await?;
    let reporting_currency: Currency = body.reporting_currency.parse()?;
    if reporting_currency.iso_decimals().is_none() {
        return Err(Refusal::field("reporting_currency", "must be an ISO 4217 currency such as EUR").into());
    }
    let language = people::language(body.language.as_deref().unwrap_or(LANGUAGES[0]))?;
    let password = passwords::hash(&app.ambient, &body.password).await?;

    let write = app.records.begin().await?;
    setup::require_needed(&write).await?;
    let new = NewWorkspace { name: &body.workspace_name, timezone: &body.timezone, reporting_currency };
    let (tenant, _) = create(&*write, &app.ambient, &app.secrets, new).await?;
    let owner = NewUser { email: &body.email, name: &body.name, language: &language, password: Some(password) };
    let user = people::create_user(&*write, &app.ambient, owner).await?;
    let member = people::add_membership(&*write, &app.ambient, tenant, user, Place::staff(Role::Owner)).await?;
    let after = Some(json!({"name": body.workspace_name, "timezone": body.timezone, "owner": user}));
    let change = Change { action: "workspace.created", subject: tenant.id().to_string(), before: None, after };
    audit_trail::record(&*write, &app.ambient, Author { tenant, user: Some(user) }, change).await?;
    let token = sessions::start(&*write, &app.ambient, user, Some(member.id)).await?;
    write.commit().await?;
    entered.close();
    app.catch_up_routes().await?;
    let memberships = places::of_user(app.records.read(), user).await?;
    let signed_in = SignedIn { user_id: user, name: body.name.trim().to_owned(), language, memberships };
    Ok(([(header::SET_COOKIE, sessions::cookie(&app, &token))], Json(signed_in)))
}
