//! Invite somebody.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, id};
use serde::Deserialize;

use super::{InvitationOut, remembered};
use crate::{
    App,
    identity::{
        Place, Role,
        invitations::{self, NewInvitation},
        letters,
        people::LANGUAGES,
        permissions::CanInvitePeople,
        rules, store,
    },
    platform::{
        Answer, Body,
        audit_trail::{self, Change},
    },
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "email": "boris@example.com", "role": "partner", "partner_id": "prt_01KAMX4S5T0000000000000000", "language": "pl"
}))]
pub struct InvitationNew {
    pub email: String,
    pub role: Role,
    /// With the role `partner`: whom the person acts for.
    pub partner_id: Option<Id<id::Partner>>,
    /// With the role `advertiser`: whom the person acts for.
    pub advertiser_id: Option<Id<id::Advertiser>>,
    /// Of the mail: `en` (unless said), `ru` or `pl`.
    pub language: Option<String>,
}

/// Invite somebody by mail. Managers invite partners and advertisers; owners anybody. Where no mail server is set, the
/// answer carries the link to pass on.
#[utoipa::path(
    post, path = "/v1/invitations", tag = "people", request_body = InvitationNew,
    responses((status = 201, body = InvitationOut))
)]
pub async fn create(
    State(app): State<App>,
    CanInvitePeople(actor): CanInvitePeople,
    Body(body): Body<InvitationNew>,
) -> Answer<(StatusCode, Json<InvitationOut>)> {
    rules::may_invite(actor.role, body.role)?;
    let place = Place::of(body.role, body.partner_id, body.advertiser_id)?;
    let language = body.language.as_deref().unwrap_or(LANGUAGES[0]);

    let write = app.records.begin().await?;
    store::require_place(&*write, actor.tenant, &place).await?;
    let new = NewInvitation { email: &body.email, place, language, invited_by: actor.user };
    let (row, token) = invitations::invite(&*write, &app, actor.tenant, new).await?;
    let after = Some(remembered(&row));
    let change = Change { action: "invitation.created", subject: row.id.to_string(), before: None, after };
    audit_trail::record(&*write, &app.ambient, actor.author(), change).await?;
    write.commit().await?;
    let url = (!app.mailer.delivers()).then(|| letters::invitation_url(&app, &token));
    Ok((StatusCode::CREATED, Json(InvitationOut { url, ..row.into() })))
}
