//! Rows of the audit log, written by every feature. Reading them is the feature `audit`.
//!
//! It lies on the floor because features above `audit` in the reading order write rows too.

use kernel::{Ambient, Id, Tenant, Timestamp, id};
use sea_orm::{ConnectionTrait, DbErr, IntoActiveModel as _, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_rows")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::AuditRow>,
    pub workspace_id: Id<id::Workspace>,
    /// Absent for the system itself.
    pub user_id: Option<Id<id::User>>,
    /// Noun and past verb, such as `offer.updated`.
    pub action: String,
    /// The changed thing's id, printed.
    pub subject: String,
    pub before: Option<Json>,
    pub after: Option<Json>,
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

/// Who changed something, and where.
#[derive(Clone, Copy, Debug)]
pub struct Author {
    pub tenant: Tenant,
    /// Absent for the system itself.
    pub user: Option<Id<id::User>>,
}

/// A change to be remembered. Values hold no secrets.
pub struct Change<'a> {
    pub action: &'a str,
    pub subject: String,
    pub before: Option<serde_json::Value>,
    pub after: Option<serde_json::Value>,
}

/// Remembers a change, in the caller's transaction.
pub async fn record(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    author: Author,
    change: Change<'_>,
) -> Result<(), DbErr> {
    let row = Model {
        id: ambient.new_id(),
        workspace_id: author.tenant.id(),
        user_id: author.user,
        action: change.action.to_owned(),
        subject: change.subject,
        before: change.before,
        after: change.after,
        at: ambient.now(),
    };
    Entity::insert(row.into_active_model()).exec_without_returning(conn).await.map(drop)
}
