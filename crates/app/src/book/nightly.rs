//! The nightly proof: every workspace's book, and word to its owners of what differs.

use connect::mail::Mail;
use kernel::{Tenant, Timestamp};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use serde_json::json;

use super::{
    entity::{Column, Entity, Model},
    proof::{self, Proof},
};
use crate::{
    App,
    identity::{
        Role,
        entity::{membership, user},
        mails,
    },
    platform::{
        audit_trail::{self, Author, Change},
        bulk,
    },
    workspaces::model as workspace,
};

pub const PROVE_BOOKS: &str = "prove_books";

/// The job.
pub async fn run(app: &App) -> anyhow::Result<()> {
    for row in workspace::Entity::find().all(app.records.read()).await? {
        prove(app, &row).await?;
    }
    Ok(())
}

/// Proves one book and keeps what came out. Who owns the workspace hears of a difference once.
pub async fn prove(app: &App, workspace: &workspace::Model) -> anyhow::Result<Model> {
    let tenant = Tenant(workspace.id);
    let proof = proof::one(&app.records, tenant).await?;
    let write = app.records.begin().await?;
    let before = Entity::find_by_id(workspace.id).one(&*write).await?;
    let told_before = before.and_then(|row| row.told_at).filter(|_| !proof.is_whole());
    let now = app.ambient.now();
    let row = row(tenant, &proof, told_before.or((!proof.is_whole()).then_some(now)), now);
    bulk::replace_all(&*write, [row.clone().into_active_model()], Column::WorkspaceId).await?;
    if !proof.is_whole() && told_before.is_none() {
        tell(app, &*write, workspace, &proof).await?;
    }
    write.commit().await?;
    Ok(row)
}

fn row(tenant: Tenant, proof: &Proof, told_at: Option<Timestamp>, now: Timestamp) -> Model {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Model {
        workspace_id: tenant.id(),
        proven_at: now,
        entries: number(proof.book.entries),
        conversions: number(proof.conversions),
        payouts: number(proof.payouts),
        difference_count: number(proof.book.difference_count),
        differences: json!(proof.book.first_differences),
        told_at,
    }
}

/// Says it in the log, in the audit log, and to the owners.
async fn tell(
    app: &App,
    conn: &impl ConnectionTrait,
    workspace: &workspace::Model,
    proof: &Proof,
) -> anyhow::Result<()> {
    let count = proof.book.difference_count;
    tracing::error!(workspace = %workspace.id, count, first = ?proof.book.first_differences.first(), "the book differs");
    let after = Some(json!({ "difference_count": count, "first": proof.book.first_differences.first() }));
    let change = Change { action: "book.differs", subject: workspace.id.to_string(), before: None, after };
    audit_trail::record(conn, &app.ambient, Author { tenant: Tenant(workspace.id), user: None }, change).await?;
    let owners = membership::Entity::find()
        .filter(membership::Column::WorkspaceId.eq(workspace.id))
        .filter(membership::Column::Role.eq(Role::Owner))
        .filter(membership::Column::EndedAt.is_null())
        .all(conn)
        .await?;
    let owners = user::Entity::find().filter(user::Column::Id.is_in(owners.iter().map(|member| member.user_id)));
    for owner in owners.all(conn).await? {
        mails::enqueue(conn, app, &letter(app, &owner, &workspace.name, count)).await?;
    }
    Ok(())
}

fn letter(app: &App, owner: &user::Model, name: &str, count: u64) -> Mail {
    let (subject, text) = match owner.language.as_str() {
        "ru" => (
            format!("Книга не сходится: {name}"),
            format!(
                "Ночная проверка книги нашла расхождения: {count}. Какие записи изменены, покажет команда \
                 `tributary verify-book`. До выяснения не отправляйте выплаты.\n"
            ),
        ),
        "pl" => (
            format!("Księga się nie zgadza: {name}"),
            format!(
                "Nocne sprawdzenie księgi wykazało rozbieżności: {count}. Które zapisy zmieniono, pokaże polecenie \
                 `tributary verify-book`. Do wyjaśnienia nie wysyłaj wypłat.\n"
            ),
        ),
        _ => (
            format!("The book does not hold: {name}"),
            format!(
                "The nightly proof of the book found {count} differences. `tributary verify-book` names the altered \
                 entries. Send no payouts until it is clear what happened.\n"
            ),
        ),
    };
    let url = format!("{}/journal", app.settings.public_url);
    Mail { from: app.settings.mail_from.clone(), to: owner.email.clone(), subject, text: format!("{text}{url}\n") }
}
