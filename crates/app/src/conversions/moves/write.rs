//! Writes a worksheet, set-wise: conversions, commissions, moves, the book, and the outbox last.

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel as _, Iterable as _,
    sea_query::OnConflict,
};

use super::{HeldState, Worksheet};
use crate::{
    conversions::entity::{commission, conversion, movement},
    platform::outbox::{self, Topic},
};

/// Values bound by one statement: below the limits of both databases.
const BINDS_MAX: usize = 30_000;
/// Entries given to the book at once.
const ENTRIES_PER_POST: usize = 10_000;

/// Inserts rows in as few statements as the databases bear.
pub(in crate::conversions) async fn insert_all<A>(
    conn: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = A>,
) -> Result<(), DbErr>
where
    A: ActiveModelTrait + ActiveModelBehavior,
{
    insert_chunks(conn, rows, None).await
}

/// As [`insert_all`]; rows whose key is known take the new values.
pub(in crate::conversions) async fn replace_all<A>(
    conn: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = A>,
    key: <A::Entity as EntityTrait>::Column,
) -> Result<(), DbErr>
where
    A: ActiveModelTrait + ActiveModelBehavior,
{
    let columns = <A::Entity as EntityTrait>::Column::iter();
    let others = columns.filter(|column| format!("{column:?}") != format!("{key:?}"));
    let conflict = OnConflict::column(key).update_columns(others.collect::<Vec<_>>()).to_owned();
    insert_chunks(conn, rows, Some(conflict)).await
}

async fn insert_chunks<A>(
    conn: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = A>,
    conflict: Option<OnConflict>,
) -> Result<(), DbErr>
where
    A: ActiveModelTrait + ActiveModelBehavior,
{
    let chunk = BINDS_MAX / <A::Entity as EntityTrait>::Column::iter().count();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let batch: Vec<A> = rows.by_ref().take(chunk).collect();
        let mut insert = A::Entity::insert_many(batch);
        if let Some(conflict) = &conflict {
            insert = insert.on_conflict(conflict.clone());
        }
        insert.exec_without_returning(conn).await?;
    }
    Ok(())
}

impl Worksheet {
    /// Writes everything and answers how many conversions were touched. Call it once, as the last thing but the commit.
    pub async fn write(self, conn: &impl ConnectionTrait) -> anyhow::Result<usize> {
        let Self { tenant, holdings, moves, entries, facts, now, .. } = self;
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        let (mut new_commissions, mut changed_commissions) = (Vec::new(), Vec::new());
        for held in holdings.into_values() {
            let (rows, commissions) = match held.state {
                HeldState::Untouched => continue,
                HeldState::New => (&mut new, &mut new_commissions),
                HeldState::Changed => (&mut changed, &mut changed_commissions),
            };
            rows.push(held.holding.conversion.into_active_model());
            commissions.extend(held.holding.commissions.into_iter().map(|row| row.into_active_model()));
        }
        let touched = new.len() + changed.len();
        insert_all(conn, new).await?;
        replace_all(conn, changed, conversion::Column::Id).await?;
        insert_all(conn, new_commissions).await?;
        replace_all(conn, changed_commissions, commission::Column::Id).await?;
        insert_all(conn, moves.into_iter().map(|row: movement::Model| row.into_active_model())).await?;
        for entries in entries.chunks(ENTRIES_PER_POST) {
            ledger::post(conn, tenant, entries).await?;
        }
        outbox::publish(conn, tenant, Topic::ConversionMoved, &facts, now).await?;
        Ok(touched)
    }
}
