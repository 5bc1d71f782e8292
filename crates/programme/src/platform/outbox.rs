//! News for whoever comes after a commit: rows written in the deciding transaction, read in order by consumers that keep
//! a cursor each.
//!
//! On PostgreSQL sequences commit out of order, so [`publish`] takes a transaction lock first: rows become visible in
//! the order of `seq`. Publish last in a transaction.

use kernel::{Id, Tenant, Timestamp, id::Workspace};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, ExprTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Order, Query},
};
use serde::{Serialize, de::DeserializeOwned};

use super::bulk;

/// Rows that one turn of pruning takes.
const PRUNED_MAX: u64 = 10_000;
const PUBLISH_LOCK: i64 = 0x7472_6962_6f75_7462;

/// Every topic, with who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(40))", rename_all = "snake_case")]
pub enum Topic {
    /// A conversion moved: the shipper turns it into signed facts.
    ConversionMoved,
    /// An offer, partner, link, enrollment, domain or token changed: the edge's route table follows.
    RoutesChanged,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub seq: i64,
    pub workspace_id: Id<Workspace>,
    pub topic: Topic,
    pub payload: Json,
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

/// Adds one row per payload. Call it last in the transaction.
pub async fn publish<T: Serialize>(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    topic: Topic,
    payloads: &[T],
    at: Timestamp,
) -> Result<(), DbErr> {
    if payloads.is_empty() {
        return Ok(());
    }
    if conn.get_database_backend() == DatabaseBackend::Postgres {
        conn.execute_unprepared(&format!("select pg_advisory_xact_lock({PUBLISH_LOCK})")).await?;
    }
    let row = |payload: &T| ActiveModel {
        seq: NotSet,
        workspace_id: Set(tenant.id()),
        topic: Set(topic),
        payload: Set(serde_json::to_value(payload).expect("payloads are plain data")),
        at: Set(at),
    };
    bulk::insert_all(conn, payloads.iter().map(row)).await
}

/// A row of the outbox, read.
#[derive(Clone, Debug)]
pub struct News<T> {
    pub seq: i64,
    pub tenant: Tenant,
    pub at: Timestamp,
    pub payload: T,
}

/// Up to `limit` rows of `topic` after `seq`, oldest first.
pub async fn read_after<T: DeserializeOwned>(
    conn: &impl ConnectionTrait,
    topic: Topic,
    seq: i64,
    limit: u64,
) -> anyhow::Result<Vec<News<T>>> {
    let rows = Entity::find()
        .filter(Column::Topic.eq(topic))
        .filter(Column::Seq.gt(seq))
        .order_by_asc(Column::Seq)
        .limit(limit)
        .all(conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            let payload = serde_json::from_value(row.payload)?;
            Ok(News { seq: row.seq, tenant: Tenant(row.workspace_id), at: row.at, payload })
        })
        .collect()
}

/// The newest `seq` of `topic`, 0 where there is none.
pub async fn newest_seq(conn: &impl ConnectionTrait, topic: Topic) -> Result<i64, DbErr> {
    let newest = Entity::find().filter(Column::Topic.eq(topic)).order_by_desc(Column::Seq).one(conn).await?;
    Ok(newest.map_or(0, |row| row.seq))
}

/// Whether the row `seq` has not been forgotten.
pub async fn holds(conn: &impl ConnectionTrait, seq: i64) -> Result<bool, DbErr> {
    Ok(Entity::find_by_id(seq).one(conn).await?.is_some())
}

/// How far the consumers have read, where they keep it in the records.
pub mod cursor {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox_cursors")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub consumer: String,
        pub seq: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far `consumer` has read.
pub async fn read_to(conn: &impl ConnectionTrait, consumer: &str) -> Result<i64, DbErr> {
    let row = cursor::Entity::find_by_id(consumer.to_owned()).one(conn).await?;
    Ok(row.map_or(0, |row| row.seq))
}

/// Moves `consumer` on, in the transaction of what it made of the news; false where another process has done so first.
pub async fn move_on(conn: &impl ConnectionTrait, consumer: &str, from: i64, to: i64) -> Result<bool, DbErr> {
    let moved = cursor::Entity::update_many()
        .set(cursor::ActiveModel { seq: Set(to), ..Default::default() })
        .filter(cursor::Column::Consumer.eq(consumer))
        .filter(cursor::Column::Seq.eq(from))
        .exec(conn)
        .await?;
    Ok(moved.rows_affected == 1)
}

/// Forgets rows of `topic` up to `seq` that are older than `before`, oldest first and at most [`PRUNED_MAX`] of them;
/// every consumer has passed them.
pub async fn prune(conn: &impl ConnectionTrait, topic: Topic, seq: i64, before: Timestamp) -> Result<u64, DbErr> {
    let old = Column::Topic.eq(topic).and(Column::Seq.lte(seq)).and(Column::At.lt(before));
    let oldest = Query::select()
        .column(Column::Seq)
        .from(Entity)
        .and_where(old)
        .order_by(Column::Seq, Order::Asc)
        .limit(PRUNED_MAX)
        .to_owned();
    Ok(Entity::delete_many().filter(Column::Seq.in_subquery(oldest)).exec(conn).await?.rows_affected)
}
