//! Offers of a place, sent by mail and accepted once.

use kernel::{Id, Refusal, RefusalCode, Tenant, Timestamp, id, time::DAY_MS};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};

use super::{
    entity::{invitation, membership, user},
    letters, mails,
    rules::Place,
};
use crate::{
    App,
    platform::{
        Answer, body,
        secrets::{new_token, token_hash},
    },
};

/// How long an invitation can be accepted.
pub const LIFE_MS: i64 = 7 * DAY_MS;

/// Somebody to be asked in.
pub struct NewInvitation<'a> {
    pub email: &'a str,
    pub place: Place,
    /// Of the mail; one of [`super::people::LANGUAGES`].
    pub language: &'a str,
    /// Who asks.
    pub invited_by: Id<id::User>,
}

/// Invites by mail, in the caller's transaction. An older open invitation of the same person is withdrawn; refuses
/// `already_exists` where the person is in the workspace. Gives the row and the only plain copy of its token.
pub async fn invite(
    conn: &impl ConnectionTrait,
    app: &App,
    tenant: Tenant,
    new: NewInvitation<'_>,
) -> Answer<(invitation::Model, String)> {
    let email = body::email("email", new.email)?;
    let language = super::people::language(new.language)?;
    refuse_member(conn, tenant, &email).await?;
    let now = app.ambient.now();
    withdraw(conn, tenant, invitation::Column::Email.eq(&email), now).await?;
    let token = new_token(&app.ambient, "");
    let row = invitation::Model {
        id: app.ambient.new_id(),
        workspace_id: tenant.id(),
        email,
        role: new.place.role,
        partner_id: new.place.partner,
        advertiser_id: new.place.advertiser,
        token_hash: token_hash(&token),
        invited_by: Some(new.invited_by),
        created_at: now,
        expires_at: now.plus_millis(LIFE_MS),
        accepted_at: None,
        revoked_at: None,
    };
    invitation::Entity::insert(row.clone().into_active_model()).exec_without_returning(conn).await?;
    let inviter = user::Entity::find_by_id(new.invited_by).one(conn).await?;
    let inviter = inviter.map_or_else(|| "Tributary".to_owned(), |person| person.name);
    let mail = letters::invitation(app, &row.email, &language, &inviter, row.role, &token);
    mails::enqueue(conn, app, &mail).await?;
    Ok((row, token))
}

async fn refuse_member(conn: &impl ConnectionTrait, tenant: Tenant, email: &str) -> Answer<()> {
    let Some(person) = user::Entity::find().filter(user::Column::Email.eq(email)).one(conn).await? else {
        return Ok(());
    };
    let member = membership::Entity::find()
        .filter(membership::Column::WorkspaceId.eq(tenant.id()))
        .filter(membership::Column::UserId.eq(person.id))
        .filter(membership::Column::EndedAt.is_null())
        .one(conn)
        .await?;
    let there = || Refusal::new(RefusalCode::AlreadyExists, "this person is in the workspace already");
    member.map_or(Ok(()), |_| Err(there().into()))
}

/// Withdraws the open invitations that match; says how many.
pub async fn withdraw(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    which: sea_orm::sea_query::SimpleExpr,
    now: Timestamp,
) -> Result<u64, DbErr> {
    let done = invitation::Entity::update_many()
        .set(invitation::ActiveModel { revoked_at: Set(Some(now)), ..Default::default() })
        .filter(invitation::Column::WorkspaceId.eq(tenant.id()))
        .filter(is_open())
        .filter(which)
        .exec(conn)
        .await?;
    Ok(done.rows_affected)
}

/// Neither accepted nor withdrawn.
pub fn is_open() -> sea_orm::sea_query::SimpleExpr {
    invitation::Column::AcceptedAt.is_null().and(invitation::Column::RevokedAt.is_null())
}

/// The invitation behind a mailed token; refuses `bad_token`, `invitation_spent` or `link_expired`.
pub async fn find(conn: &impl ConnectionTrait, token: &str, now: Timestamp) -> Answer<invitation::Model> {
    let by_token = invitation::Column::TokenHash.eq(token_hash(token));
    let row = invitation::Entity::find().filter(by_token).one(conn).await?;
    let row = row.ok_or_else(|| Refusal::new(RefusalCode::BadToken, "this invitation is not one of ours"))?;
    if row.accepted_at.is_some() || row.revoked_at.is_some() {
        return Err(spent().into());
    }
    if row.expires_at <= now {
        return Err(Refusal::new(RefusalCode::LinkExpired, "this invitation is too old; ask for another").into());
    }
    Ok(row)
}

/// Marks an invitation as accepted, in the caller's transaction; refuses `invitation_spent` where another was first.
pub async fn spend(conn: &impl ConnectionTrait, invitation: &invitation::Model, now: Timestamp) -> Answer<()> {
    let done = invitation::Entity::update_many()
        .set(invitation::ActiveModel { accepted_at: Set(Some(now)), ..Default::default() })
        .filter(invitation::Column::Id.eq(invitation.id))
        .filter(is_open())
        .exec(conn)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(spent().into()) }
}

fn spent() -> Refusal {
    Refusal::new(RefusalCode::InvitationSpent, "this invitation was accepted or withdrawn")
}
