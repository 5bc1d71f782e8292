//! Who was responsible for a partner, advertiser or offer, and when.
//!
//! Invariant: a subject has at most one open term; a change of manager ends it and opens the next.

use kernel::{Ambient, Id, Page, Refusal, Tenant, Timestamp, id};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, ExprTrait as _, IntoActiveModel as _, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
};
use serde::{Deserialize, Serialize};

use crate::{
    identity::{Actor, entity::membership},
    platform::{Answer, labels::Wanted},
};

/// Terms shown of one subject.
const TERMS_MAX: u64 = 1_000;

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    Partner,
    Advertiser,
    Offer,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "manager_history")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::ManagerTerm>,
    pub workspace_id: Id<id::Workspace>,
    pub subject_kind: SubjectKind,
    pub subject_id: Uuid,
    pub manager_id: Id<id::User>,
    pub since: Timestamp,
    /// Absent while it lasts.
    pub until: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Ends the present term of a subject and begins that of `manager`, in the caller's transaction.
pub async fn hand_over(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    tenant: Tenant,
    (kind, subject): (SubjectKind, Uuid),
    manager: Option<Id<id::User>>,
) -> Result<(), DbErr> {
    let now = ambient.now();
    Entity::update_many()
        .set(ActiveModel { until: Set(Some(now)), ..Default::default() })
        .filter(of_subject(tenant, kind, subject).and(Column::Until.is_null()))
        .exec(conn)
        .await?;
    let Some(manager_id) = manager else { return Ok(()) };
    let term = Model {
        id: ambient.new_id(),
        workspace_id: tenant.id(),
        subject_kind: kind,
        subject_id: subject,
        manager_id,
        since: now,
        until: None,
    };
    Entity::insert(term.into_active_model()).exec_without_returning(conn).await.map(drop)
}

/// The terms of a subject, newest first.
pub async fn terms(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    kind: SubjectKind,
    subject: Uuid,
) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(of_subject(tenant, kind, subject)).order_by_desc(Column::Id).limit(TERMS_MAX).all(conn).await
}

fn of_subject(tenant: Tenant, kind: SubjectKind, subject: Uuid) -> sea_orm::sea_query::SimpleExpr {
    let in_workspace = Column::WorkspaceId.eq(tenant.id());
    in_workspace.and(Column::SubjectKind.eq(kind)).and(Column::SubjectId.eq(subject))
}

/// Refuses somebody who does not work for the workspace.
pub async fn require_staff(conn: &impl ConnectionTrait, tenant: Tenant, user: Id<id::User>) -> Answer<()> {
    let works_here = membership::Column::WorkspaceId
        .eq(tenant.id())
        .and(membership::Column::UserId.eq(user))
        .and(membership::Column::EndedAt.is_null());
    let members = membership::Entity::find().filter(works_here).all(conn).await?;
    if members.iter().any(|member| member.role.is_staff()) {
        return Ok(());
    }
    Err(Refusal::field("manager_id", "must be a member of this workspace's staff").into())
}

/// The manager a new row gets: the one named, else whoever makes it.
pub async fn for_new(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    named: Option<Id<id::User>>,
) -> Answer<Option<Id<id::User>>> {
    if let Some(named) = named {
        require_staff(conn, actor.tenant, named).await?;
    }
    Ok(named.or(actor.role.is_staff().then_some(actor.user)))
}

/// One term, as shown.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "manager_id": "usr_01KAMX4S5T0000000000000000", "since": "2026-11-22T09:30:00.000Z", "until": null
}))]
pub struct TermOut {
    pub manager_id: Id<id::User>,
    pub since: Timestamp,
    /// Absent while it lasts.
    pub until: Option<Timestamp>,
}

impl From<Model> for TermOut {
    fn from(row: Model) -> Self {
        Self { manager_id: row.manager_id, since: row.since, until: row.until }
    }
}

/// All terms of a subject as a page, newest first.
pub async fn history(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    kind: SubjectKind,
    subject: Uuid,
) -> Result<Page<TermOut>, DbErr> {
    let items: Vec<_> = terms(conn, tenant, kind, subject).await?.into_iter().map(TermOut::from).collect();
    let wanted = Wanted::default().with(items.iter().map(|term| term.manager_id));
    wanted.beside(Page::whole(items), conn, tenant).await
}
