//! The tables of the book. Only this crate names them.
//!
//! `book_entries` and `book_postings` only ever grow. `book_balances` holds the running totals of the postings and
//! `book_chains` the last link of each workspace: both can be made again from the other two, which is what verifying
//! does.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    schema::{big_integer, binary_len, small_integer, string_len, text, uuid, uuid_null},
    sea_query::{ColumnDef, Index, Table, TableCreateStatement},
};

const CODE_LEN_MAX: u32 = 32;

/// The migration that makes the book's tables.
pub fn migration() -> Box<dyn MigrationTrait> {
    Box::new(CreateBook)
}

struct CreateBook;

impl MigrationName for CreateBook {
    fn name(&self) -> &str {
        "m0001_book"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CreateBook {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [chains(), entries(), postings(), balances()] {
            manager.create_table(clustered(table, manager.get_database_backend())).await?;
        }
        for index in INDEXES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }
}

const INDEXES: [&str; 5] = [
    "create unique index book_entries_id on book_entries (id)",
    "create index book_entries_conversion on book_entries (workspace_id, conversion_id) where conversion_id is not null",
    "create index book_entries_payout on book_entries (workspace_id, payout_id) where payout_id is not null",
    "create index book_postings_owner on book_postings (workspace_id, owner_id, entry_seq) where owner_kind <> 0",
    "create index book_balances_owner on book_balances (workspace_id, owner_id) where owner_kind <> 0",
];

/// SQLite keeps the rows in the primary key itself when told so; PostgreSQL has no such thing.
fn clustered(mut table: TableCreateStatement, backend: DbBackend) -> TableCreateStatement {
    if backend == DbBackend::Sqlite {
        table.extra("without rowid");
    }
    table
}

fn chains() -> TableCreateStatement {
    table("book_chains", [uuid("workspace_id"), big_integer("seq"), binary_len("hash", 32)], &["workspace_id"])
}

fn entries() -> TableCreateStatement {
    let columns = [
        uuid("workspace_id"),
        big_integer("seq"),
        uuid("id"),
        string_len("kind", CODE_LEN_MAX),
        uuid_null("conversion_id"),
        uuid_null("commission_id"),
        uuid_null("payout_id"),
        text("note"),
        big_integer("at"),
        binary_len("hash", 32),
    ];
    table("book_entries", columns, &["workspace_id", "seq"])
}

fn postings() -> TableCreateStatement {
    let columns = [
        uuid("workspace_id"),
        big_integer("entry_seq"),
        small_integer("line"),
        string_len("account", CODE_LEN_MAX),
        small_integer("owner_kind"),
        uuid("owner_id"),
        string_len("currency", CODE_LEN_MAX),
        big_integer("debit"),
        big_integer("credit"),
    ];
    table("book_postings", columns, &["workspace_id", "entry_seq", "line"])
}

fn balances() -> TableCreateStatement {
    let columns = [
        uuid("workspace_id"),
        string_len("currency", CODE_LEN_MAX),
        string_len("account", CODE_LEN_MAX),
        small_integer("owner_kind"),
        uuid("owner_id"),
        big_integer("debit"),
        big_integer("credit"),
    ];
    table("book_balances", columns, &["workspace_id", "currency", "account", "owner_kind", "owner_id"])
}

fn table(
    name: &'static str,
    columns: impl IntoIterator<Item = ColumnDef>,
    key: &[&'static str],
) -> TableCreateStatement {
    let mut primary = Index::create();
    for &column in key {
        primary.col(column);
    }
    let mut table = Table::create();
    table.table(name).primary_key(&mut primary);
    for column in columns {
        table.col(column);
    }
    table
}
