//! Whoever changes a stored byte is found: each byte of each column of each row, rows taken out, rows put in.

use kernel::Id;
use ledger::{Stage, Transfer, entries};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, SqlErr, Statement, TransactionTrait as _, Value,
    prelude::Uuid,
};

use crate::book::{Book, Stamps, earning, euro, on_each_store};

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Id,
    Small,
    Number,
    Text,
    Bytes,
}

struct Table {
    name: &'static str,
    columns: &'static [(&'static str, Kind)],
    /// How many of the columns, counted from the first, are the key.
    key: usize,
}

const TABLES: [Table; 4] = [
    Table {
        name: "book_chains",
        columns: &[("workspace_id", Kind::Id), ("seq", Kind::Number), ("hash", Kind::Bytes)],
        key: 1,
    },
    Table {
        name: "book_entries",
        columns: &[
            ("workspace_id", Kind::Id),
            ("seq", Kind::Number),
            ("id", Kind::Id),
            ("kind", Kind::Text),
            ("conversion_id", Kind::Id),
            ("commission_id", Kind::Id),
            ("payout_id", Kind::Id),
            ("note", Kind::Text),
            ("at", Kind::Number),
            ("hash", Kind::Bytes),
        ],
        key: 2,
    },
    Table {
        name: "book_postings",
        columns: &[
            ("workspace_id", Kind::Id),
            ("entry_seq", Kind::Number),
            ("line", Kind::Small),
            ("account", Kind::Text),
            ("owner_kind", Kind::Small),
            ("owner_id", Kind::Id),
            ("currency", Kind::Text),
            ("debit", Kind::Number),
            ("credit", Kind::Number),
        ],
        key: 3,
    },
    Table {
        name: "book_balances",
        columns: &[
            ("workspace_id", Kind::Id),
            ("currency", Kind::Text),
            ("account", Kind::Text),
            ("owner_kind", Kind::Small),
            ("owner_id", Kind::Id),
            ("debit", Kind::Number),
            ("credit", Kind::Number),
        ],
        key: 5,
    },
];

async fn small_book(book: &Book) {
    let mut stamps = Stamps::default();
    let earned = earning(1, 1_000, 4_000);
    let transfer = Transfer { payout: Id::from_u128(0xF001), partner: earned.partner, amount: euro(700) };
    let posted = [
        entries::approve_at_once(stamps.next(), &earned).with_note("plan version 3"),
        entries::reverse(stamps.next(), &earning(1, 300, 0), Stage::Approved),
        entries::lock(stamps.next(), &earning(1, 700, 0)),
        entries::batch(stamps.next(), &transfer),
    ];
    book.post(&posted).await.unwrap();
    book.assert_whole().await;
}

fn read(row: &QueryResult, index: usize, kind: Kind) -> Value {
    match kind {
        Kind::Id => row.try_get_by_index::<Option<Uuid>>(index).unwrap().into(),
        Kind::Small => row.try_get_by_index::<i16>(index).unwrap().into(),
        Kind::Number => row.try_get_by_index::<i64>(index).unwrap().into(),
        Kind::Text => row.try_get_by_index::<String>(index).unwrap().into(),
        Kind::Bytes => row.try_get_by_index::<Vec<u8>>(index).unwrap().into(),
    }
}

/// Every value that differs from `value` in one byte, and a few that differ in form.
fn changed(value: &Value) -> Vec<Value> {
    let flips = |bytes: &[u8]| -> Vec<Vec<u8>> {
        let flip = |position: usize| {
            let mut copy = bytes.to_vec();
            copy[position] ^= 1;
            copy
        };
        (0..bytes.len()).map(flip).collect()
    };
    let uuid = |bytes: Vec<u8>| Uuid::from_slice(&bytes).unwrap();
    match value {
        Value::Uuid(Some(id)) => flips(id.as_bytes()).into_iter().map(|bytes| uuid(bytes).into()).collect(),
        Value::Uuid(None) => vec![Uuid::from_u128(7).into()],
        Value::SmallInt(Some(number)) => (0..15).map(|bit| (number ^ (1 << bit)).into()).collect(),
        Value::BigInt(Some(number)) => (0..63).map(|bit| (number ^ (1_i64 << bit)).into()).collect(),
        Value::String(Some(text)) => {
            let flipped = flips(text.as_bytes()).into_iter().map(|bytes| String::from_utf8(bytes).unwrap());
            flipped.chain([format!("{text} ")]).map(Value::from).collect()
        }
        Value::Bytes(Some(bytes)) => flips(bytes).into_iter().chain([bytes[1..].to_vec()]).map(Value::from).collect(),
        other => panic!("{other:?}"),
    }
}

fn numbered(backend: DbBackend, text: &str) -> String {
    if backend != DbBackend::Postgres {
        return text.to_owned();
    }
    let mut parts = text.split('?');
    let first = parts.next().unwrap().to_owned();
    parts.enumerate().fold(first, |text, (index, part)| format!("{text}${}{part}", index + 1))
}

async fn run(txn: &DatabaseTransaction, text: &str, values: Vec<Value>) -> Result<u64, sea_orm::DbErr> {
    let backend = txn.get_database_backend();
    let done = txn.execute_raw(Statement::from_sql_and_values(backend, numbered(backend, text), values)).await?;
    Ok(done.rows_affected())
}

/// Does something to the book, verifies, and undoes it. A second row of one key is found by the database itself.
async fn is_found(book: &Book, text: &str, values: Vec<Value>) -> bool {
    let txn = book.db.begin().await.unwrap();
    let found = match run(&txn, text, values).await {
        Ok(rows) => {
            assert_eq!(rows, 1, "{text}");
            !ledger::verify(&txn).await.unwrap().is_whole()
        }
        Err(refused) => {
            let reason = refused.sql_err();
            assert!(matches!(reason, Some(SqlErr::UniqueConstraintViolation(_))), "{text}: {refused}");
            true
        }
    };
    txn.rollback().await.unwrap();
    found
}

async fn rows_of(book: &Book, table: &Table) -> Vec<Vec<Value>> {
    let names: Vec<_> = table.columns.iter().map(|(name, _)| *name).collect();
    let text = format!("select {} from {}", names.join(", "), table.name);
    let rows = book.db.query_all_raw(Statement::from_string(book.backend(), text)).await.unwrap();
    let read_row = |row: &QueryResult| {
        table.columns.iter().enumerate().map(|(index, (_, kind))| read(row, index, *kind)).collect()
    };
    rows.iter().map(read_row).collect()
}

fn where_key(table: &Table) -> String {
    let keys: Vec<_> = table.columns[..table.key].iter().map(|(name, _)| format!("{name} = ?")).collect();
    keys.join(" and ")
}

#[test]
fn every_changed_byte_is_found() {
    on_each_store(async |book| {
        small_book(book).await;
        let mut tried = 0;
        for table in &TABLES {
            for row in rows_of(book, table).await {
                for ((name, _), value) in table.columns.iter().zip(&row) {
                    let text = format!("update {} set {name} = ? where {}", table.name, where_key(table));
                    for change in changed(value) {
                        let values = std::iter::once(change.clone()).chain(row[..table.key].to_vec()).collect();
                        assert!(is_found(book, &text, values).await, "{} {name}: {value:?} {change:?}", table.name);
                        tried += 1;
                    }
                }
            }
        }
        assert!(tried > 2_000, "{tried}");
        book.assert_whole().await;
    });
}

#[test]
fn rows_taken_out_and_put_in_are_found() {
    on_each_store(async |book| {
        small_book(book).await;
        for table in &TABLES {
            for row in rows_of(book, table).await {
                let delete = format!("delete from {} where {}", table.name, where_key(table));
                assert!(is_found(book, &delete, row[..table.key].to_vec()).await, "{delete} {row:?}");
                let places = vec!["?"; row.len()].join(", ");
                let insert = format!("insert into {} values ({places})", table.name);
                for column in 0..table.key {
                    let mut copy = row.clone();
                    copy[column] = changed(&row[column]).remove(0);
                    if table.name == "book_entries" {
                        copy[2] = Uuid::from_u128(0x99).into();
                    }
                    assert!(is_found(book, &insert, copy.clone()).await, "{insert} {copy:?}");
                }
            }
        }
    });
}

#[test]
fn rows_of_a_wrong_type_are_found_and_told() {
    on_each_store(async |book| {
        if book.backend() != DbBackend::Sqlite {
            // PostgreSQL has no column that holds a value of another type.
            return;
        }
        small_book(book).await;
        for table in &TABLES {
            for (name, _) in table.columns {
                let text = format!("update {} set {name} = x'ff00' where rowid_of_first", table.name);
                let first = rows_of(book, table).await.remove(0);
                let text = text.replace("rowid_of_first", &where_key(table));
                let values = first[..table.key].to_vec();
                assert!(is_found(book, &text, values).await, "{} {name}", table.name);
            }
        }
    });
}
