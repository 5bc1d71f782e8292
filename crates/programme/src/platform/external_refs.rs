//! What other systems call our things: one page on which a name of a system is found, and is nobody else's.
//!
//! Offers and partners keep their names in their own rows too, for whoever reads them; goals and links here alone.
//! Invariant: within a workspace, a system's id names one thing of a kind (of goals: one within its offer).

use std::collections::HashMap;

use kernel::{Id, Refusal, RefusalCode, Tenant, id::Kind};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, DbErr, ExprTrait as _,
    entity::prelude::*,
    sea_query::{Query, SelectStatement},
};
use sea_orm_migration::{prelude::*, schema::*};

use super::{Answer, bulk::insert_all, columns::TextMap, folding::fold};

/// Ids in one question.
const CHUNK: usize = 500;

/// Kinds of things that have names elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefKind {
    Offer,
    Partner,
    Goal,
    Link,
}

impl RefKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Partner => "partner",
            Self::Goal => "goal",
            Self::Link => "link",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "external_refs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// The offer of a goal; nil for others.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scope_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub system: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub value: String,
    /// The value as it is looked up.
    pub value_folded: String,
    pub subject_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// A thing that has names.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    pub kind: RefKind,
    pub scope: Uuid,
    pub id: Uuid,
}

impl Named {
    pub fn new<K: Kind>(kind: RefKind, id: Id<K>) -> Self {
        Self { kind, scope: Uuid::nil(), id: id.uuid() }
    }

    /// A goal within its offer.
    pub fn goal(offer: Id<kernel::id::Offer>, goal: Id<kernel::id::Goal>) -> Self {
        Self { kind: RefKind::Goal, scope: offer.uuid(), id: goal.uuid() }
    }
}

/// Gives a thing these names in place of those it had.
pub async fn put(conn: &impl ConnectionTrait, tenant: Tenant, named: Named, refs: &TextMap) -> Answer<()> {
    let of_kind = Column::WorkspaceId.eq(tenant.id().uuid()).and(Column::Kind.eq(named.kind.code()));
    Entity::delete_many().filter(of_kind.clone()).filter(Column::SubjectId.eq(named.id)).exec(conn).await?;
    for (system, value) in &refs.0 {
        let same = Column::System.eq(system).and(Column::Value.eq(value)).and(Column::ScopeId.eq(named.scope));
        if Entity::find().filter(of_kind.clone()).filter(same).one(conn).await?.is_some() {
            let message = format!("{system} calls another {} {value}", named.kind.code());
            return Err(Refusal::new(RefusalCode::AlreadyExists, message).into());
        }
    }
    let rows = refs.0.iter().map(|(system, value)| row(tenant, named, system, value));
    Ok(insert_all(conn, rows).await?)
}

fn row(tenant: Tenant, named: Named, system: &str, value: &str) -> ActiveModel {
    ActiveModel {
        workspace_id: Set(tenant.id().uuid()),
        kind: Set(named.kind.code().to_owned()),
        scope_id: Set(named.scope),
        system: Set(system.to_owned()),
        value: Set(value.to_owned()),
        value_folded: Set(fold(value)),
        subject_id: Set(named.id),
    }
}

/// Names of several things of one kind.
pub async fn of_many<K: Kind>(
    conn: &impl ConnectionTrait,
    kind: RefKind,
    ids: impl IntoIterator<Item = Id<K>>,
) -> Result<HashMap<Id<K>, TextMap>, DbErr> {
    let ids: Vec<Uuid> = ids.into_iter().map(Id::uuid).collect();
    let mut found: HashMap<Id<K>, TextMap> = HashMap::new();
    for ids in ids.chunks(CHUNK) {
        let those = Column::Kind.eq(kind.code()).and(Column::SubjectId.is_in(ids.iter().copied()));
        for row in Entity::find().filter(those).all(conn).await? {
            found.entry(Id::from_uuid(row.subject_id)).or_default().0.insert(row.system, row.value);
        }
    }
    Ok(found)
}

/// Every thing of a kind in all workspaces that has a name. For the edge's table alone.
pub async fn all_of(conn: &impl ConnectionTrait, kind: RefKind) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Kind.eq(kind.code())).all(conn).await
}

/// Everything of a kind that `system` has a name for: the name, and what it names.
pub async fn named_by(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    kind: RefKind,
    system: &str,
) -> Result<Vec<(String, Uuid)>, DbErr> {
    let of_system =
        Column::WorkspaceId.eq(tenant.id().uuid()).and(Column::Kind.eq(kind.code())).and(Column::System.eq(system));
    let rows = Entity::find().filter(of_system).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.value, row.subject_id)).collect())
}

/// What `system` calls `value`.
pub async fn find<K: Kind>(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (kind, scope): (RefKind, Uuid),
    (system, value): (&str, &str),
) -> Result<Option<Id<K>>, DbErr> {
    let same = Column::WorkspaceId
        .eq(tenant.id().uuid())
        .and(Column::Kind.eq(kind.code()))
        .and(Column::ScopeId.eq(scope))
        .and(Column::System.eq(system))
        .and(Column::Value.eq(value));
    let row = Entity::find().filter(same).one(conn).await?;
    Ok(row.map(|row| Id::from_uuid(row.subject_id)))
}

/// The ids of things that any system calls `typed`, whatever its case, for a search.
pub fn called(tenant: Tenant, kind: RefKind, typed: &str) -> SelectStatement {
    Query::select()
        .column(Column::SubjectId)
        .from(Entity)
        .and_where(Column::WorkspaceId.eq(tenant.id().uuid()))
        .and_where(Column::Kind.eq(kind.code()))
        .and_where(Column::ValueFolded.eq(fold(typed)))
        .to_owned()
}

/// The table, with the names that offers and partners have already. Of two with one name, the older keeps it.
pub struct ExternalRefs;

impl MigrationName for ExternalRefs {
    fn name(&self) -> &str {
        "m0060_external_refs"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ExternalRefs {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut key = Index::create();
        key.name("external_refs_key").col("workspace_id").col("kind").col("scope_id").col("system").col("value");
        let table = Table::create()
            .table("external_refs")
            .col(uuid("workspace_id"))
            .col(string_len("kind", 12))
            .col(uuid("scope_id"))
            .col(string_len("system", 60))
            .col(string_len("value", 200))
            .col(string_len("value_folded", 400))
            .col(uuid("subject_id"))
            .primary_key(&mut key)
            .to_owned();
        manager.create_table(table).await?;
        let mut by_subject = Index::create();
        by_subject.name("external_refs_subject").table("external_refs").col("kind").col("subject_id");
        manager.create_index(by_subject).await?;
        let mut by_value = Index::create();
        by_value.name("external_refs_value").table("external_refs").col("workspace_id").col("value_folded");
        manager.create_index(by_value).await?;
        for (table, kind) in [("offers", RefKind::Offer), ("partners", RefKind::Partner)] {
            fill(manager.get_connection(), table, kind).await?;
        }
        Ok(())
    }
}

async fn fill(conn: &impl ConnectionTrait, table: &'static str, kind: RefKind) -> Result<(), DbErr> {
    let mut present = Query::select();
    present.columns(["id", "workspace_id", "external_refs"]).from(Alias::new(table)).order_by("id", Order::Asc);
    let mut taken = std::collections::HashSet::new();
    let mut rows = Vec::new();
    for row in conn.query_all(&present).await? {
        let (id, workspace): (Uuid, Uuid) = (row.try_get("", "id")?, row.try_get("", "workspace_id")?);
        let refs: serde_json::Value = row.try_get("", "external_refs")?;
        let refs: TextMap = serde_json::from_value(refs).unwrap_or_default();
        let named = Named { kind, scope: Uuid::nil(), id };
        for (system, value) in refs.0 {
            if taken.insert((workspace, system.clone(), value.clone())) {
                rows.push(self::row(Tenant(Id::from_uuid(workspace)), named, &system, &value));
            }
        }
    }
    insert_all(conn, rows).await
}
