//! Withdraw an invitation.

use axum::{extract::State, http::StatusCode};
use kernel::{Id, Refusal, RefusalCode, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::remembered;
use crate::{
    App,
    identity::{entity::invitation, invitations, permissions::CanInvitePeople, rules},
    platform::{
        Answer,
        audit_trail::{self, Change},
        body::PathId,
    },
};

/// Withdraw an invitation that was not accepted yet.
#[utoipa::path(
    delete, path = "/v1/invitations/{id}", tag = "people", params(("id" = Id<id::Invitation>, Path)),
    responses((status = 204, description = "Withdrawn"))
)]
pub async fn revoke(
    State(app): State<App>,
    CanInvitePeople(actor): CanInvitePeople,
    PathId(invitation): PathId<Id<id::Invitation>>,
) -> Answer<StatusCode> {
    let write = app.records.begin().await?;
    let row = invitation::Entity::find_by_id(invitation)
        .filter(invitation::Column::WorkspaceId.eq(actor.tenant.id()))
        .one(&*write)
        .await?;
    let row = row.ok_or_else(|| Refusal::not_found("invitation"))?;
    rules::may_invite(actor.role, row.role)?;
    let this = invitation::Column::Id.eq(invitation);
    if invitations::withdraw(&*write, actor.tenant, this, app.ambient.now()).await? == 0 {
        let message = "this invitation was accepted or withdrawn";
        return Err(Refusal::new(RefusalCode::InvitationSpent, message).into());
    }
    let before = Some(remembered(&row));
    let change = Change { action: "invitation.revoked", subject: row.id.to_string(), before, after: None };
    audit_trail::record(&*write, &app.ambient, actor.author(), change).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
