//! What SQLite's query planner is told of the records, instead of having them counted.
//!
//! Left alone, the planner takes any equality for a good choice, and reads a whole workspace by an index that begins
//! with it rather than fetch 200 rows by their ids. Numbers that were counted while a table was small would mislead it
//! once the table has grown. So it is told constants (`sqlite_stat1`, <https://sqlite.org/fileformat2.html#stat1tab>):
//! tables are large, a workspace is a large part of them, a state is some part, and anything else chooses few rows.
//! PostgreSQL counts by itself.

use anyhow::Context as _;
use sea_orm::{ConnectionTrait as _, DbErr, FromQueryResult, Statement, TransactionTrait as _};

use super::Records;

/// Rows of any table. SQLite assumes about as many where it knows nothing.
const ROWS: u64 = 1_000_000;
/// So many workspaces share a table.
const WORKSPACES: u64 = 20;
/// So many states share the rows of what stands before them in an index.
const STATES: u64 = 5;
/// Rows that any other column chooses, alone or further to the left in an index: SQLite's own assumption.
const FEW: u64 = 10;

#[derive(Debug, PartialEq, Eq, FromQueryResult)]
struct Told {
    tbl: String,
    idx: String,
    stat: String,
}

#[derive(FromQueryResult)]
struct Index {
    tbl: String,
    idx: String,
    is_unique: bool,
    columns: String,
}

/// Tells it, where it has not been told. To be called after each run of migrations.
pub async fn inform(records: &Records) -> anyhow::Result<()> {
    if !records.is_sqlite() {
        return Ok(());
    }
    let wanted = wanted(records).await.context("read the indexes")?;
    if told(records).await? == wanted {
        return Ok(());
    }
    let tx = records.writer().begin().await?;
    // Other connections read what they are told when they see that a table was made.
    tx.execute_unprepared("DROP TABLE IF EXISTS sqlite_stat1").await?;
    tx.execute_unprepared("ANALYZE seaql_migrations").await?;
    tx.execute_unprepared("DELETE FROM sqlite_stat1").await?;
    for Told { tbl, idx, stat } in wanted {
        let values = [tbl.into(), idx.into(), stat.into()];
        let insert = "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)";
        tx.execute_raw(Statement::from_sql_and_values(records.backend(), insert, values)).await?;
    }
    tx.commit().await?;
    records.writer().execute_unprepared("ANALYZE sqlite_schema").await.context("have it read what it was told")?;
    Ok(())
}

async fn told(records: &Records) -> Result<Vec<Told>, DbErr> {
    let is_there = "SELECT name FROM sqlite_schema WHERE name = 'sqlite_stat1'";
    let conn = records.writer();
    if conn.query_one_raw(Statement::from_string(records.backend(), is_there)).await?.is_none() {
        return Ok(Vec::new());
    }
    let all = "SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx";
    Told::find_by_statement(Statement::from_string(records.backend(), all)).all(conn).await
}

async fn wanted(records: &Records) -> Result<Vec<Told>, DbErr> {
    let indexes = r#"
        SELECT t.name AS tbl, i.name AS idx, i."unique" AS is_unique,
               (SELECT group_concat(c.name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) c) AS columns
        FROM sqlite_schema t, pragma_index_list(t.name) i
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, i.name"#;
    let statement = Statement::from_string(records.backend(), indexes);
    let rows = Index::find_by_statement(statement).all(records.writer()).await?;
    let one = |row: Index| {
        let columns: Vec<&str> = row.columns.split(',').collect();
        let stat = stat(&columns, row.is_unique);
        Told { tbl: row.tbl, idx: row.idx, stat }
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Rows of the index, then how many of them share the first column, the first two, and so on.
fn stat(columns: &[&str], is_unique: bool) -> String {
    let mut told = ROWS.to_string();
    let mut left = ROWS;
    for (at, column) in columns.iter().enumerate() {
        let is_last = at + 1 == columns.len();
        left = match *column {
            _ if is_last && is_unique => 1,
            "id" => 1,
            "workspace_id" => left / WORKSPACES,
            "status" | "state" | "kind" | "is_done" => left / STATES,
            _ => left.min(FEW + 1) - 1,
        }
        .max(1);
        told.push(' ');
        told.push_str(&left.to_string());
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_is_a_large_part_and_an_id_one_row() {
        let cases = [
            (vec!["id"], true, "1000000 1"),
            (vec!["workspace_id", "id"], false, "1000000 50000 1"),
            (vec!["workspace_id", "partner_id", "status"], false, "1000000 50000 10 2"),
            (vec!["workspace_id", "order_key"], true, "1000000 50000 1"),
            (vec!["status", "lock_at"], false, "1000000 200000 10"),
        ];
        for (columns, is_unique, expected) in cases {
            assert_eq!(stat(&columns, is_unique), expected, "{columns:?}");
        }
    }

    async fn plan(records: &Records, question: &str) -> String {
        let explain = Statement::from_string(records.backend(), format!("EXPLAIN QUERY PLAN {question}"));
        let steps = records.read().query_all_raw(explain).await.expect("a plan");
        steps.iter().map(|step| step.try_get::<String>("", "detail").expect("words")).collect::<Vec<_>>().join("; ")
    }

    #[tokio::test]
    async fn rows_are_fetched_by_their_ids_and_not_by_reading_their_workspace() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = async || Records::open(&Records::sqlite_url(folder.path()), false).await.expect("records");
        let records = open().await;
        let tables = "CREATE TABLE seaql_migrations (version TEXT PRIMARY KEY);
            CREATE TABLE sales (id TEXT PRIMARY KEY, workspace_id TEXT, order_id TEXT);
            CREATE INDEX sales_order ON sales (workspace_id, order_id);";
        records.writer().execute_unprepared(tables).await.expect("tables");
        let ids = vec!["'x'"; 200].join(", ");
        let by_ids = format!("SELECT * FROM sales WHERE workspace_id = 'w' AND id IN ({ids})");
        let told = plan(&records, &by_ids).await;
        assert!(told.contains("sales_order (workspace_id=?)"), "the reason for all this: {told}");
        let newest = "SELECT * FROM sales WHERE workspace_id = 'w' AND id < 'x' ORDER BY id DESC LIMIT 51";
        let index = "CREATE INDEX sales_newest ON sales (workspace_id, id)";
        records.writer().execute_unprepared(index).await.expect("an index");
        inform(&records).await.expect("informed");
        inform(&records).await.expect("nothing to do");
        // An explanation that was given once is not given anew.
        let records = open().await;
        let told = plan(&records, &by_ids).await;
        assert!(told.contains("(workspace_id=? AND id=?)") || told.contains("(id=?)"), "{told}");
        let told = plan(&records, newest).await;
        assert!(told.contains("sales_newest") && !told.contains("TEMP B-TREE"), "{told}");
        let told = plan(&records, "SELECT * FROM sales WHERE workspace_id = 'w' AND order_id = 'o'").await;
        assert!(told.contains("sales_order (workspace_id=? AND order_id=?)"), "{told}");
    }
}
