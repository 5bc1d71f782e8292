//! Many rows in few statements, with little work per value.
//!
//! The text of a statement depends on the table and the number of its rows alone, and that number is a power of two, so
//! that batches of any size share a handful of prepared statements. The values go to the driver as they are: a tree of
//! expressions for each of them, as a query builder makes it, costs more than writing them.

use std::fmt::Write as _;

use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, DatabaseBackend, DbErr, EntityName as _, EntityTrait,
    IdenStatic as _, Iterable as _, Statement, Value,
};

/// Values bound by one statement: below the limits of both databases.
const BINDS_MAX: usize = 30_000;
/// Rows of one statement.
const ROWS_MAX: usize = 256;

type Column<A> = <<A as ActiveModelTrait>::Entity as EntityTrait>::Column;

/// Inserts rows in as few statements as the databases bear. All rows leave the same columns unset.
pub async fn insert_all<A: ActiveModelTrait>(
    conn: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = A>,
) -> Result<(), DbErr> {
    let statements = statements(conn.get_database_backend(), rows, "");
    execute(conn, statements).await
}

/// As [`insert_all`]; rows whose key is known take the new values.
pub async fn replace_all<A: ActiveModelTrait>(
    conn: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = A>,
    key: Column<A>,
) -> Result<(), DbErr> {
    let key = key.as_str();
    let others = Column::<A>::iter().map(|column| column.as_str()).filter(|column| *column != key);
    let updates: Vec<_> = others.map(|column| format!("\"{column}\" = excluded.\"{column}\"")).collect();
    let tail = format!(" on conflict (\"{key}\") do update set {}", updates.join(", "));
    let statements = statements(conn.get_database_backend(), rows, &tail);
    execute(conn, statements).await
}

async fn execute(conn: &impl ConnectionTrait, statements: Vec<Statement>) -> Result<(), DbErr> {
    for statement in statements {
        conn.execute_raw(statement).await?;
    }
    Ok(())
}

fn statements<A: ActiveModelTrait>(
    backend: DatabaseBackend,
    rows: impl IntoIterator<Item = A>,
    tail: &str,
) -> Vec<Statement> {
    let mut rows: Vec<A> = rows.into_iter().collect();
    let Some(first) = rows.first() else { return Vec::new() };
    let is_set = |column: &Column<A>| !matches!(first.get(*column), ActiveValue::NotSet);
    let columns: Vec<Column<A>> = Column::<A>::iter().filter(is_set).collect();
    let names: Vec<_> = columns.iter().map(|column| format!("\"{}\"", column.as_str())).collect();
    let head = format!("insert into \"{}\" ({}) values ", A::Entity::default().table_name(), names.join(", "));
    let mut left = rows.drain(..);
    let mut statements = Vec::new();
    while let Some(count) = chunk(left.len(), columns.len()) {
        let text = format!("{head}{}{tail}", groups(backend, count, columns.len()));
        let values =
            left.by_ref().take(count).flat_map(|row| values_of(row, &columns)).map(|value| plain(backend, value));
        statements.push(Statement::from_sql_and_values(backend, text, values.collect::<Vec<_>>()));
    }
    statements
}

fn values_of<A: ActiveModelTrait>(mut row: A, columns: &[Column<A>]) -> Vec<Value> {
    let value = |column: &Column<A>| row.take(*column).into_value().expect("all rows set the same columns");
    columns.iter().map(value).collect()
}

/// JSON as the text that SQLite keeps it as: the driver copies values, and a text is copied at once, a tree in pieces.
fn plain(backend: DatabaseBackend, value: Value) -> Value {
    match value {
        Value::Json(Some(json)) if backend == DatabaseBackend::Sqlite => json.to_string().into(),
        value => value,
    }
}

/// Rows of the next statement: the greatest power of two that fits.
fn chunk(rows: usize, width: usize) -> Option<usize> {
    let bound = rows.min(ROWS_MAX).min(BINDS_MAX / width);
    bound.checked_ilog2().map(|power| 1 << power)
}

/// `(?,?),(?,?)`, numbered where the dialect wants numbers.
fn groups(backend: DatabaseBackend, rows: usize, width: usize) -> String {
    if backend != DatabaseBackend::Postgres {
        let group = format!("({}),", vec!["?"; width].join(","));
        return group.repeat(rows).trim_end_matches(',').to_owned();
    }
    let mut text = String::with_capacity(rows * width * 6);
    for number in 1..=rows * width {
        let before = if number % width == 1 || width == 1 { "(" } else { "" };
        let after = if number % width == 0 { ")," } else { "," };
        write!(text, "{before}${number}{after}").expect("text grows");
    }
    text.trim_end_matches(',').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_for_postgres_only() {
        assert_eq!(groups(DatabaseBackend::Sqlite, 2, 2), "(?,?),(?,?)");
        assert_eq!(groups(DatabaseBackend::Postgres, 2, 2), "($1,$2),($3,$4)");
        assert_eq!(groups(DatabaseBackend::Postgres, 3, 1), "($1),($2),($3)");
    }

    #[test]
    fn any_number_of_rows_is_a_sum_of_few_chunks() {
        let mut left = 1_000;
        let mut chunks = Vec::new();
        while let Some(count) = chunk(left, 60) {
            chunks.push(count);
            left -= count;
        }
        assert_eq!(chunks, [256, 256, 256, 128, 64, 32, 8]);
        assert_eq!(chunk(1_000, 200), Some(128), "the binds bound it");
    }
}
