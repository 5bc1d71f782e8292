//! Tables of moving in.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Imports;

impl MigrationName for Imports {
    fn name(&self) -> &str {
        "m0086_imports"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Imports {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [imports(), files(), findings(), rows(), mappings()] {
            manager.create_table(table).await?;
        }
        let by_workspace = Index::create().name("imports_workspace").table("imports").col("workspace_id").to_owned();
        manager.create_index(by_workspace).await?;
        let mut by_import = Index::create();
        by_import.name("import_findings_import").table("import_findings").col("import_id").col("kind").col("id");
        manager.create_index(by_import).await?;
        let by_import = Index::create().name("imported_rows_import").table("imported_rows").col("import_id").to_owned();
        manager.create_index(by_import).await
    }
}

fn imports() -> TableCreateStatement {
    Table::create()
        .table("imports")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(string_len("platform", 20))
        .col(string_len("system", 40))
        .col(string_len("state", 20))
        .col(json_binary("options"))
        .col(uuid("user_id"))
        .col(uuid("membership_id"))
        .col(string_len("role", 20))
        .col(big_integer("created_at"))
        .col(big_integer_null("started_at"))
        .col(big_integer_null("finished_at"))
        .to_owned()
}

fn files() -> TableCreateStatement {
    let mut key = Index::create();
    key.name("import_files_key").col("import_id").col("kind");
    let mut table = Table::create();
    table.table("import_files").col(uuid("import_id")).col(string_len("kind", 20)).col(uuid("workspace_id"));
    table.col(string_len("file_name", 200)).col(big_integer("bytes")).col(string_len("delimiter", 1));
    table.col(json_binary("columns")).col(big_integer("data_at")).col(json_binary("mapping"));
    table.col(big_integer("next_at")).col(big_integer("next_line")).col(boolean("is_read"));
    table.col(json_binary_null("checked")).col(json_binary("tally")).col(big_integer("findings_count"));
    table.col(big_integer("uploaded_at")).primary_key(&mut key).to_owned()
}

fn findings() -> TableCreateStatement {
    Table::create()
        .table("import_findings")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("import_id"))
        .col(string_len("kind", 20))
        .col(big_integer("line"))
        .col(string_len_null("column_name", 200))
        .col(string_len("code", 30))
        .col(text("value"))
        .col(text("message"))
        .to_owned()
}

fn rows() -> TableCreateStatement {
    let mut key = Index::create();
    key.name("imported_rows_key").col("workspace_id").col("system").col("kind").col("external_id");
    Table::create()
        .table("imported_rows")
        .col(uuid("workspace_id"))
        .col(string_len("system", 40))
        .col(string_len("kind", 20))
        .col(string_len("external_id", 400))
        .col(uuid("import_id"))
        .col(uuid("subject_id"))
        .col(json_binary("detail"))
        .primary_key(&mut key)
        .to_owned()
}

fn mappings() -> TableCreateStatement {
    let mut key = Index::create();
    key.name("import_mappings_key").col("workspace_id").col("system").col("kind");
    Table::create()
        .table("import_mappings")
        .col(uuid("workspace_id"))
        .col(string_len("system", 40))
        .col(string_len("kind", 20))
        .col(json_binary("mapping"))
        .primary_key(&mut key)
        .to_owned()
}
