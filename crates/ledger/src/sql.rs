//! Plain SQL that both dialects read: placeholders, row-wise inserts, nothing else.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, Value};

/// Most rows per statement; with the widest table it stays far below the 32,766 binds of SQLite and the 65,535 of
/// PostgreSQL. The number of rows is a power of two, so that batches of any size share a few prepared statements.
pub(crate) const ROWS_PER_STATEMENT: usize = 256;

/// A statement with `?` placeholders, numbered where the dialect wants numbers. `text` holds no other question mark.
pub(crate) fn statement(backend: DbBackend, text: &str, values: Vec<Value>) -> Statement {
    if backend != DbBackend::Postgres {
        return Statement::from_sql_and_values(backend, text, values);
    }
    let mut numbered = String::with_capacity(text.len() + 4 * values.len());
    for (position, part) in text.split('?').enumerate() {
        if position > 0 {
            numbered.push('$');
            numbered.push_str(&position.to_string());
        }
        numbered.push_str(part);
    }
    Statement::from_sql_and_values(backend, numbered, values)
}

pub(crate) async fn query(
    conn: &impl ConnectionTrait,
    text: &str,
    values: Vec<Value>,
) -> Result<Vec<QueryResult>, DbErr> {
    conn.query_all_raw(statement(conn.get_database_backend(), text, values)).await
}

/// `?,?,…`: one placeholder for each of `count` values.
pub(crate) fn placeholders(count: usize) -> String {
    let mut text = "?,".repeat(count);
    text.pop();
    text
}

/// Inserts rows of equal width, a chunk a statement.
pub(crate) async fn insert(conn: &impl ConnectionTrait, target: &str, rows: Vec<Vec<Value>>) -> Result<(), DbErr> {
    let mut rows = rows.into_iter();
    while let Some(count) = chunk(rows.len()) {
        let (text, values) = insert_chunk(target, "", rows.by_ref().take(count));
        conn.execute_raw(statement(conn.get_database_backend(), &text, values)).await?;
    }
    Ok(())
}

/// Like [`insert`], with a tail (conflict rule and `returning`) whose rows come back.
pub(crate) async fn insert_returning(
    conn: &impl ConnectionTrait,
    target: &str,
    rows: Vec<Vec<Value>>,
    tail: &str,
) -> Result<Vec<QueryResult>, DbErr> {
    let mut returned = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter();
    while let Some(count) = chunk(rows.len()) {
        let (text, values) = insert_chunk(target, tail, rows.by_ref().take(count));
        returned.extend(query(conn, &text, values).await?);
    }
    Ok(returned)
}

/// Rows of the next statement.
fn chunk(rows: usize) -> Option<usize> {
    rows.min(ROWS_PER_STATEMENT).checked_ilog2().map(|power| 1 << power)
}

fn insert_chunk(target: &str, tail: &str, rows: impl Iterator<Item = Vec<Value>>) -> (String, Vec<Value>) {
    let mut text = format!("insert into {target} values ");
    let mut values = Vec::new();
    for row in rows {
        text.push('(');
        text.push_str(&placeholders(row.len()));
        text.push_str("),");
        values.extend(row);
    }
    text.pop();
    text.push_str(tail);
    (text, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_for_postgres_only() {
        let text = "select a from b where c = ? and d = ?";
        let sql = |backend| statement(backend, text, vec![1.into(), 2.into()]).sql;
        assert_eq!(sql(DbBackend::Sqlite), text);
        assert_eq!(sql(DbBackend::Postgres), "select a from b where c = $1 and d = $2");
    }

    #[test]
    fn chunks_are_powers_of_two() {
        assert_eq!([0, 1, 5, 300].map(chunk), [None, Some(1), Some(4), Some(256)]);
    }

    #[test]
    fn a_chunk_has_a_group_for_each_row() {
        let rows = vec![vec![1.into(), 2.into()], vec![3.into(), 4.into()]];
        let (text, values) = insert_chunk("t (a, b)", " returning a", rows.into_iter());
        assert_eq!(text, "insert into t (a, b) values (?,?),(?,?) returning a");
        assert_eq!(values.len(), 4);
    }
}
