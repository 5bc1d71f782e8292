//! Receipts of the journal that the records do not know.

use std::collections::HashSet;

use events::{Position, Record, position::Lane};
use kernel::{Id, Timestamp, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QuerySelect as _, sea_query::OnConflict,
};

use super::Waiting;
use crate::{
    App,
    conversions::{
        entity::{cursor, receipt},
        moves::IDS_PER_QUERY,
    },
    platform::Records,
};

/// One decider serves the installation, so one row holds its cursor.
const CURSOR_ROW: Id<id::Workspace> = Id::from_u128(0);
const READ_BYTES: usize = 256 << 10;

/// Where deciding the journal goes on.
pub(super) async fn cursor(records: &Records) -> anyhow::Result<Position> {
    let row = cursor::Entity::find_by_id(CURSOR_ROW).one(records.read()).await?;
    Ok(Position::unpack(Lane::RECEIPTS, row.map_or(0, |row| row.position as u64)))
}

/// Keeps the cursor, in the deciding transaction.
pub(super) async fn keep(conn: &impl ConnectionTrait, packed: u64, now: Timestamp) -> Result<(), DbErr> {
    let row = cursor::Model { workspace_id: CURSOR_ROW, position: packed as i64, updated_at: now };
    let conflict = OnConflict::column(cursor::Column::WorkspaceId)
        .update_columns([cursor::Column::Position, cursor::Column::UpdatedAt])
        .to_owned();
    cursor::Entity::insert(row.into_active_model()).on_conflict(conflict).exec_without_returning(conn).await.map(drop)
}

/// The next receipts between `from` and `end` that are not decided yet, with the place after them; `None` at the end.
pub(super) async fn next_unknown(
    app: &App,
    from: Position,
    end: Position,
) -> anyhow::Result<Option<(Vec<Waiting>, Position)>> {
    if from.packed() >= end.packed() {
        return Ok(None);
    }
    let mut reader = app.journal.read_from(from);
    let chunk = reader.read_until(end, READ_BYTES)?;
    if chunk.is_empty() {
        return Ok(None);
    }
    let mut found = Vec::with_capacity(chunk.len());
    for (bytes, position) in chunk.records() {
        match Record::decode(bytes) {
            Ok(Record::Receipt(receipt)) => found.push(Waiting { receipt, position, answer: None, attempts: 0 }),
            Ok(_) => {}
            Err(error) => tracing::error!(%error, ?position, "a receipt of the journal cannot be read"),
        }
    }
    let known = known_ids(app.records.read(), found.iter().map(|waiting| waiting.receipt.receipt_id).collect()).await?;
    found.retain(|waiting| !known.contains(&waiting.receipt.receipt_id));
    Ok(Some((found, reader.position())))
}

/// Those of `ids` that have been decided, in whatever workspace.
async fn known_ids(conn: &impl ConnectionTrait, ids: Vec<Id<id::Receipt>>) -> Result<HashSet<Id<id::Receipt>>, DbErr> {
    let mut known = HashSet::new();
    for ids in ids.chunks(IDS_PER_QUERY) {
        let rows: Vec<Id<id::Receipt>> = receipt::Entity::find()
            .select_only()
            .column(receipt::Column::Id)
            .filter(receipt::Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(conn)
            .await?;
        known.extend(rows);
    }
    Ok(known)
}
