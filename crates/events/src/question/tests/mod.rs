//! Questions over a small event store in memory whose facts are known.

mod fold;
mod hostile;
mod table;

use std::collections::HashMap;

use duckdb::Connection;
use kernel::{Currency, Id, Tenant};

use super::{Answer, Asked, Asker, Cell, Keys, Question, RowLimits};
use crate::store::schema::TABLES;

const WORKSPACE: u128 = 1;
const OTHER_WORKSPACE: u128 = 2;
/// Ids 1 to 99 have themselves as keys.
const KEYS_MAX: u128 = 99;

struct SmallKeys;

impl Keys for SmallKeys {
    fn key_of(&self, id: u128) -> Option<i32> {
        (1..=KEYS_MAX).contains(&id).then_some(id as i32)
    }

    fn id_of(&self, key: i32) -> Option<u128> {
        (key > 0).then_some(key as u128)
    }
}

fn store() -> Connection {
    let connection = Connection::open_in_memory().expect("DuckDB opens");
    connection.execute_batch(TABLES).expect("the tables are made");
    let defaults = "SELECT format('ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {};', table_name, column_name, \
                    CASE data_type WHEN 'VARCHAR' THEN '''''' WHEN 'BOOLEAN' THEN 'false' ELSE '0' END) \
                    FROM information_schema.columns WHERE is_nullable = 'NO'";
    let mut prepared = connection.prepare(defaults).expect("valid");
    let statements: Vec<String> =
        prepared.query_map([], |row| row.get(0)).expect("runs").map(|row| row.expect("text")).collect();
    connection.execute_batch(&statements.concat()).expect("defaults are set");
    drop(prepared);
    connection
}

fn asker() -> Asker {
    Asker {
        tenant: Tenant(Id::from_u128(WORKSPACE)),
        timezone: "UTC".to_owned(),
        reporting_currency: Currency::EUR,
        row_limits: RowLimits::default(),
        may_see_metric: |_| true,
        may_see_dimension: |_| true,
    }
}

fn asked(json: serde_json::Value) -> Asked {
    serde_json::from_value(json).expect("a question")
}

fn answer(connection: &Connection, asker: &Asker, json: serde_json::Value) -> Answer {
    let question = Question::read(&asked(json), asker).expect("a good question");
    question.run(connection, &SmallKeys).expect("an answer")
}

/// Rows and totals as JSON, for short comparisons.
fn told(connection: &Connection, json: serde_json::Value) -> (serde_json::Value, serde_json::Value) {
    let answer = answer(connection, &asker(), json);
    (serde_json::to_value(&answer.rows).expect("JSON"), totals(&answer))
}

fn totals(answer: &Answer) -> serde_json::Value {
    let totals: HashMap<&str, &Cell> = answer.totals.iter().map(|(name, cell)| (name.as_str(), cell)).collect();
    serde_json::to_value(totals).expect("JSON")
}
