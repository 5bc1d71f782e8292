//! Tables of reconciliations.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Reconciliations;

impl MigrationName for Reconciliations {
    fn name(&self) -> &str {
        "m0195_reconciliations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Reconciliations {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [mappings(), reconciliations(), files(), lines()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in [
            ("reconciliations_of", "reconciliations", ["workspace_id", "advertiser_id", "id"]),
            ("reconciliation_lines_of", "reconciliation_lines", ["workspace_id", "reconciliation_id", "id"]),
            ("reconciliation_lines_open", "reconciliation_lines", ["workspace_id", "reconciliation_id", "decision"]),
        ] {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn mappings() -> TableCreateStatement {
    Table::create()
        .table("reconciliation_mappings")
        .col(pk_uuid("advertiser_id"))
        .col(uuid("workspace_id"))
        .col(json_binary("mapping"))
        .col(uuid("updated_by"))
        .col(big_integer("updated_at"))
        .to_owned()
}

fn reconciliations() -> TableCreateStatement {
    Table::create()
        .table("reconciliations")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(string_len("first_day", 10))
        .col(string_len("last_day", 10))
        .col(big_integer("from_at"))
        .col(big_integer("to_at"))
        .col(string_len("state", 20))
        .col(string_len("kind", 20))
        .col(json_binary("mapping"))
        .col(text("file_name"))
        .col(string_len("file_hash", 64))
        .col(big_integer("file_bytes"))
        .col(big_integer("rows_count"))
        .col(big_integer("lines_count"))
        .col(json_binary_null("act"))
        .col(string_len_null("act_hash", 64))
        .col(uuid("created_by"))
        .col(big_integer("created_at"))
        .col(uuid_null("closed_by"))
        .col(big_integer_null("closed_at"))
        .to_owned()
}

/// What is said of conversions that are made from their rows.
pub struct MadeConversions;

impl MigrationName for MadeConversions {
    fn name(&self) -> &str {
        "m0234_conversions_made_from_figures"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for MadeConversions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let report = Table::alter().table("reconciliation_lines").add_column(json_binary_null("report")).to_owned();
        manager.alter_table(report).await
    }
}

/// Apart, so that a list does not read them.
fn files() -> TableCreateStatement {
    Table::create()
        .table("reconciliation_files")
        .col(pk_uuid("reconciliation_id"))
        .col(uuid("workspace_id"))
        .col(blob("content"))
        .to_owned()
}

fn lines() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("reconciliation_lines").col(pk_uuid("id")).col(uuid("workspace_id")).col(uuid("reconciliation_id"));
    table.col(big_integer_null("file_row")).col(string_len("class", 20)).col(string_len_null("cause", 20));
    for id in ["conversion_id", "offer_id"] {
        table.col(uuid_null(id));
    }
    for key in ["click", "order_id", "customer", "country", "source"] {
        table.col(text_null(key));
    }
    table.col(string_len_null("currency", 8)).col(string_len_null("theirs_currency", 8));
    for code in ["ours_standing", "theirs_standing"] {
        table.col(string_len_null(code, 20));
    }
    table.col(text_null("theirs_word")).col(string_len_null("theirs_reason", 40));
    for number in ["ours_minor", "theirs_minor", "ours_count", "theirs_count", "ours_at", "theirs_at"] {
        table.col(big_integer_null(number));
    }
    table.col(boolean("in_period"));
    table.col(string_len_null("decision", 20)).col(string_len_null("reason", 40)).col(text_null("note"));
    table.col(uuid_null("decided_by")).col(big_integer_null("decided_at")).col(big_integer_null("applied_at"));
    table.col(string_len_null("problem", 40)).col(text_null("problem_words"));
    table.to_owned()
}
