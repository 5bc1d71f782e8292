//! A changed account of a partner is confirmed by mail and waits, so that whoever got hold of a session cannot have the
//! next payout.
//!
//! The account in force stays in the partner's own row until a change is put there: whoever pays reads only that. The first
//! account is in force at once, for there is nothing to divert. A later one is confirmed with a link that goes to the mailbox of
//! who asked (of the partner, where staff asked: unless that address is young itself, and then only a second person of
//! staff confirms), then waits the workspace's hours, and all others are told where it can be stopped.
//!
//! Invariants: at most one change of a partner is under way, and a newer one ends it; a link works once; nothing of an
//! account is ever given out in the clear.

pub mod api;
pub mod entity;
mod letters;
pub mod rules;

use kernel::{Id, Refusal, RefusalCode, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::json;

use self::entity::{ChangeState, Column, Entity, Model};
use super::{
    model::Model as Partner,
    payee_accounts::{PayeeAccounts, PayoutSplit},
    payout_details::masked_details,
    store, team,
};
use crate::{
    App,
    audit::Change,
    identity::{
        Actor,
        entity::{membership, user},
        mails,
    },
    platform::{
        Answer, FaultsOfEach, WriteTransaction,
        audit_trail::{self, Author},
        secrets::{new_token, token_hash},
    },
    workspaces,
};

pub const PUT_ACCOUNTS_IN_FORCE: &str = "put_payee_accounts_in_force";
/// How long a link works.
pub const LINK_DAYS: i64 = 7;
/// Changes that one list tells, and one run of the job looks at.
const CHANGES_MAX: u64 = 200;
const TOKEN_PREFIX: &str = "";

/// Has an account take the place of `partner`'s after it was confirmed and has waited; in the caller's transaction.
pub async fn ask(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    partner: &Partner,
    accounts: &PayeeAccounts,
) -> Answer<Model> {
    let now = app.ambient.now();
    for older in under_way(&**write, actor.tenant, partner.id).await? {
        end(app, write, actor.author(), older, ChangeState::Replaced).await?;
    }
    let token = new_token(&app.ambient, TOKEN_PREFIX);
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_id: partner.id,
        method: accounts.main().method,
        details_sealed: accounts.sealed(&app.secrets, &app.ambient),
        details_shown: masked_details(&accounts.main().details),
        split: accounts.split(&app.ambient),
        state: ChangeState::Unconfirmed,
        is_by_staff: actor.partner.is_none(),
        asked_by: actor.user,
        asked_at: now,
        token_hash: token_hash(&token),
        token_expires_at: now.plus_days(LINK_DAYS),
        confirmed_at: None,
        in_force_from: None,
        ended_by: None,
        ended_at: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&**write).await?;
    tell_of_it(app, write, actor, partner, (&row, &token)).await?;
    remember(app, write, actor.author(), ("partner.account_change_asked", &row)).await?;
    Ok(row)
}

/// The link to who asked, or to the partner's own address where staff did; word of it to everybody else of the partner.
async fn tell_of_it(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    partner: &Partner,
    (row, token): (&Model, &str),
) -> Answer<()> {
    let asker = user::Entity::find_by_id(actor.user).one(&**write).await?;
    let asker = asker.filter(|_| !row.is_by_staff).map(|asker| (asker.email, asker.language));
    let to = match asker {
        None if rules::is_young(partner.email_changed_at, app.ambient.now()) => None,
        asker => Some(asker.unwrap_or_else(|| (partner.email.clone(), partner.language.clone()))),
    };
    if let Some((to, language)) = &to {
        mails::enqueue(&**write, app, &letters::link(app, (to, language), (partner, row), token)).await?;
    }
    let members = team::members(&**write, actor.tenant, partner.id).await?;
    let mut others: Vec<_> = members.into_iter().map(|member| member.email).chain([partner.email.clone()]).collect();
    others.sort_unstable();
    others.dedup();
    for other in others.iter().filter(|other| to.as_ref().is_none_or(|(to, _)| to != *other)) {
        mails::enqueue(&**write, app, &letters::word(app, (other, &partner.language), (partner, row))).await?;
    }
    Ok(())
}

/// The holder of the mailed link confirms the change.
pub async fn confirm_by_link(app: &App, token: &str) -> Answer<Model> {
    let found = Entity::find().filter(Column::TokenHash.eq(token_hash(token))).one(app.records.read()).await?;
    let found = found.ok_or_else(|| Refusal::new(RefusalCode::BadToken, "this link is not one of ours"))?;
    let author = Author { tenant: Tenant(found.workspace_id), user: Some(found.asked_by) };
    require_member(app.records.read(), &found).await?;
    confirm(app, author, found.id, |row| rules::require_open_link(row, app.ambient.now())).await
}

/// A link goes out of use with the place of who asked.
async fn require_member(conn: &impl ConnectionTrait, row: &Model) -> Answer<()> {
    let places = membership::Entity::find()
        .filter(membership::Column::WorkspaceId.eq(row.workspace_id))
        .filter(membership::Column::UserId.eq(row.asked_by))
        .filter(membership::Column::EndedAt.is_null())
        .all(conn)
        .await?;
    let may = |place: &membership::Model| {
        place.partner_id == Some(row.partner_id) || (row.is_by_staff && place.partner_id.is_none())
    };
    if places.iter().any(may) {
        return Ok(());
    }
    let message = "who asked for this change has no place here any more: ask for it again";
    Err(Refusal::new(RefusalCode::BadToken, message).into())
}

/// Somebody of staff who did not ask for the change confirms it: having spoken with the partner, say, where no mail arrives.
pub async fn confirm_by_staff(app: &App, actor: &Actor, partner: Id<id::Partner>) -> Answer<Model> {
    store::get(app.records.read(), actor.tenant, partner).await?;
    let row = pending(app.records.read(), actor.tenant, partner).await?;
    let row = row.ok_or_else(|| Refusal::not_found("change of the account"))?;
    confirm(app, actor.author(), row.id, |row| rules::require_second(row, actor.user, app.ambient.now())).await
}

/// Confirmed, a change waits, or holds at once where the workspace does not wait.
async fn confirm(
    app: &App,
    author: Author,
    id: Id<id::PayeeAccountChange>,
    may: impl Fn(&Model) -> Result<(), Refusal>,
) -> Answer<Model> {
    let now = app.ambient.now();
    let write = app.records.begin().await?;
    write.lock_workspace(author.tenant).await?;
    let row = get(&*write, author.tenant, id).await?;
    may(&row)?;
    let wait_hours = workspaces::store::get(&*write, author.tenant).await?.payee_change_wait_hours;
    let row = Model {
        state: ChangeState::Waiting,
        confirmed_at: Some(now),
        in_force_from: Some(rules::in_force_from(now, wait_hours)),
        ..row
    };
    save(&*write, &row).await?;
    remember(app, &write, author, ("partner.account_change_confirmed", &row)).await?;
    let row = if wait_hours == 0 { put_in_force(app, &write, author, row).await? } else { row };
    write.commit().await?;
    Ok(row)
}

/// Stops the change of a partner's account that is under way.
pub async fn cancel(app: &App, actor: &Actor, partner: Id<id::Partner>) -> Answer<()> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    store::get(&*write, actor.tenant, partner).await?;
    let row = under_way(&*write, actor.tenant, partner).await?.pop();
    let row = row.ok_or_else(|| Refusal::not_found("change of the account"))?;
    end(app, &write, actor.author(), row, ChangeState::Cancelled).await?;
    write.commit().await?;
    Ok(())
}

/// The change that is under way, if there is one.
pub async fn pending(conn: &impl ConnectionTrait, tenant: Tenant, partner: Id<id::Partner>) -> Answer<Option<Model>> {
    Ok(under_way(conn, tenant, partner).await?.pop())
}

/// All changes of a partner's account, newest first.
pub async fn all(conn: &impl ConnectionTrait, tenant: Tenant, partner: Id<id::Partner>) -> Answer<Vec<Model>> {
    let query = of_partner(tenant, partner).order_by_desc(Column::Id).limit(CHANGES_MAX);
    Ok(query.all(conn).await?)
}

/// The job: what has waited is put in force, what nobody confirmed lapses.
pub async fn put_due_in_force(app: &App) -> anyhow::Result<()> {
    let now = app.ambient.now();
    let waited = Column::State.eq(ChangeState::Waiting).and(Column::InForceFrom.lte(now));
    let lapsed = Column::State.eq(ChangeState::Unconfirmed).and(Column::TokenExpiresAt.lte(now));
    let due = Entity::find().filter(waited.or(lapsed)).order_by_asc(Column::Id).limit(CHANGES_MAX);
    let mut faults = FaultsOfEach::default();
    for row in due.all(app.records.read()).await? {
        let id = row.id;
        let done = follow(app, row).await;
        faults.note(done.map_err(|problem| anyhow::anyhow!("the account change {id}: {problem:?}")));
    }
    faults.end()
}

async fn follow(app: &App, row: Model) -> Answer<()> {
    let tenant = Tenant(row.workspace_id);
    let author = Author { tenant, user: None };
    let write = app.records.begin().await?;
    write.lock_workspace(tenant).await?;
    let row = get(&*write, tenant, row.id).await?;
    match rules::due(&row, app.ambient.now()) {
        rules::Due::InForce => drop(put_in_force(app, &write, author, row).await?),
        rules::Due::Lapses => end(app, &write, author, row, ChangeState::Expired).await?,
        rules::Due::Nothing => {}
    }
    write.commit().await?;
    Ok(())
}

async fn put_in_force(app: &App, write: &WriteTransaction, author: Author, row: Model) -> Answer<Model> {
    let mut partner = store::get(&**write, author.tenant, row.partner_id).await?;
    partner.payout_method = Some(row.method);
    partner.payout_details_sealed = Some(row.details_sealed.clone());
    partner.payout_split = row.split.clone();
    partner.clone().into_active_model().reset_all().update(&**write).await?;
    let now = app.ambient.now();
    let row = Model { state: ChangeState::InForce, ended_at: Some(now), ..row };
    save(&**write, &row).await?;
    let mail = letters::in_force(app, (&partner.email, &partner.language), (&partner, &row));
    mails::enqueue(&**write, app, &mail).await?;
    remember(app, write, author, ("partner.account_change_in_force", &row)).await?;
    Ok(row)
}

async fn end(app: &App, write: &WriteTransaction, author: Author, row: Model, state: ChangeState) -> Answer<()> {
    let row = Model { state, ended_by: author.user, ended_at: Some(app.ambient.now()), ..row };
    save(&**write, &row).await?;
    remember(app, write, author, ("partner.account_change_ended", &row)).await
}

async fn save(conn: &impl ConnectionTrait, row: &Model) -> Answer<()> {
    row.clone().into_active_model().reset_all().update(conn).await?;
    Ok(())
}

async fn remember(app: &App, write: &WriteTransaction, author: Author, (action, row): (&str, &Model)) -> Answer<()> {
    let shares = row.split.as_ref().map(PayoutSplit::shares_bp);
    let change = Change {
        action,
        subject: row.partner_id.to_string(),
        before: None,
        after: Some(json!({
            "state": row.state, "method": row.method, "share_bp": shares, "in_force_from": row.in_force_from
        })),
    };
    Ok(audit_trail::record(&**write, &app.ambient, author, change).await?)
}

fn of_partner(tenant: Tenant, partner: Id<id::Partner>) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).filter(Column::PartnerId.eq(partner))
}

async fn under_way(conn: &impl ConnectionTrait, tenant: Tenant, partner: Id<id::Partner>) -> Answer<Vec<Model>> {
    let states = [ChangeState::Unconfirmed, ChangeState::Waiting];
    Ok(of_partner(tenant, partner).filter(Column::State.is_in(states)).all(conn).await?)
}

async fn get(conn: &impl ConnectionTrait, tenant: Tenant, id: Id<id::PayeeAccountChange>) -> Answer<Model> {
    let found = Entity::find_by_id(id).filter(Column::WorkspaceId.eq(tenant.id())).one(conn).await?;
    found.ok_or_else(|| Refusal::not_found("change of the account").into())
}
