//! Who am I, in which workspaces, and what may I do.

use axum::{Json, extract::State};
use kernel::{Id, Refusal, id};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    App,
    identity::{
        Actor, Role,
        entity::{credential, user},
        people,
        permissions::{self, AnyMember, CanChangeOwnAccount},
        places::{self, MembershipOut, WorkspaceBrief},
    },
    platform::{
        Answer, Body,
        audit_trail::{self, Change},
        body::{TEXT_CHARS_MAX, short_text},
        labels::Wanted,
    },
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "user_id": "usr_01KAMX4S5T0000000000000000", "email": "anna@example.com", "name": "Anna", "language": "en",
    "totp_enabled": false, "membership_id": "mbr_01KAMX4S5T0000000000000000",
    "workspace_id": "wsp_01KAMX4S5T0000000000000000", "role": "manager", "partner_id": null, "partner_name": null,
    "advertiser_id": null, "advertiser_name": null, "scopes": null, "permissions": ["offers:read", "offers:write"],
    "workspace": {
        "id": "wsp_01KAMX4S5T0000000000000000", "name": "Riverside", "timezone": "Europe/Warsaw",
        "reporting_currency": "EUR"
    },
    "memberships": [{
        "id": "mbr_01KAMX4S5T0000000000000000", "workspace_id": "wsp_01KAMX4S5T0000000000000000",
        "workspace_name": "Riverside", "role": "manager"
    }]
}))]
pub struct Me {
    pub user_id: Id<id::User>,
    pub email: String,
    pub name: String,
    /// `en`, `ru` or `pl`.
    pub language: String,
    pub totp_enabled: bool,
    /// The place one is in now.
    pub membership_id: Id<id::Membership>,
    pub workspace_id: Id<id::Workspace>,
    pub workspace: WorkspaceBrief,
    pub role: Role,
    pub partner_id: Option<Id<id::Partner>>,
    pub partner_name: Option<String>,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub advertiser_name: Option<String>,
    /// Of the API key; absent for a session.
    pub scopes: Option<Vec<String>>,
    /// What one may do here, in the words of scopes.
    #[schema(value_type = Vec<String>)]
    pub permissions: Vec<&'static str>,
    /// All places of a session's person, oldest first; a key has its own alone.
    pub memberships: Vec<MembershipOut>,
}

/// Who am I?
#[utoipa::path(get, path = "/v1/me", tag = "identity", responses((status = 200, body = Me)))]
pub async fn show(State(app): State<App>, AnyMember(actor): AnyMember) -> Answer<Json<Me>> {
    Ok(Json(of(&app, actor).await?))
}

/// An actor, described.
pub(in crate::identity) async fn of(app: &App, actor: Actor) -> Answer<Me> {
    let records = app.records.read();
    let user = user::Entity::find_by_id(actor.user).one(records).await?;
    let user = user.ok_or_else(|| Refusal::not_found("user"))?;
    let credential = credential::Entity::find_by_id(actor.user).one(records).await?;
    let workspace = places::workspaces(records, [actor.tenant.id()]).await?.remove(&actor.tenant.id());
    let own_rows = Wanted::default().with(actor.partner).with(actor.advertiser);
    let names = own_rows.read(records, actor.tenant).await?;
    let by_session = actor.scopes.is_none();
    let mut memberships = places::of_user(records, actor.user).await?;
    memberships.retain(|member| by_session || member.id == actor.membership);
    Ok(Me {
        user_id: user.id,
        email: user.email,
        name: user.name,
        language: user.language,
        totp_enabled: credential.is_some_and(|credential| credential.totp_confirmed_at.is_some()),
        membership_id: actor.membership,
        workspace_id: actor.tenant.id(),
        workspace: workspace.ok_or_else(|| Refusal::not_found("workspace"))?,
        role: actor.role,
        partner_id: actor.partner,
        partner_name: actor.partner.and_then(|id| names.get(&id.to_string()).cloned()),
        advertiser_id: actor.advertiser,
        advertiser_name: actor.advertiser.and_then(|id| names.get(&id.to_string()).cloned()),
        permissions: permissions::of(&actor),
        scopes: actor.scopes,
        memberships,
    })
}

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"name": "Anna Nowak", "language": "pl"}))]
pub struct MeChange {
    pub name: Option<String>,
    /// Of screens and mails: `en`, `ru` or `pl`.
    pub language: Option<String>,
}

/// Change one's own name or language. What is not named stays.
#[utoipa::path(
    patch, path = "/v1/me", tag = "identity", request_body = MeChange, responses((status = 200, body = Me))
)]
pub async fn change(
    State(app): State<App>,
    CanChangeOwnAccount(actor): CanChangeOwnAccount,
    Body(body): Body<MeChange>,
) -> Answer<Json<Me>> {
    let name = body.name.as_deref().map(|name| short_text("name", name, TEXT_CHARS_MAX)).transpose()?;
    let language = body.language.as_deref().map(people::language).transpose()?;
    let write = app.records.begin().await?;
    let before = user::Entity::find_by_id(actor.user).one(&*write).await?;
    let before = before.ok_or_else(|| Refusal::not_found("user"))?;
    let (name, language) = (name.unwrap_or(before.name.clone()), language.unwrap_or(before.language.clone()));
    let remembered = |name: &str, language: &str| Some(json!({"name": name, "language": language}));
    let (was, is) = (remembered(&before.name, &before.language), remembered(&name, &language));
    let row = user::ActiveModel { name: Set(name), language: Set(language), ..Default::default() };
    user::Entity::update_many().set(row).filter(user::Column::Id.eq(actor.user)).exec(&*write).await?;
    let change = Change { action: "user.updated", subject: actor.user.to_string(), before: was, after: is };
    audit_trail::record(&*write, &app.ambient, actor.author(), change).await?;
    write.commit().await?;
    Ok(Json(of(&app, actor).await?))
}
