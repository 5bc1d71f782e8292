//! The table of tax forms.

use sea_orm_migration::{prelude::*, schema::*};

pub struct TaxForms;

impl MigrationName for TaxForms {
    fn name(&self) -> &str {
        "m0216_tax_forms"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for TaxForms {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("tax_forms")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("partner_id"))
            .col(string_len("kind", 40))
            .col(string_len_null("valid_until", 10))
            .col(string_len("state", 20))
            .col(text_null("reason"))
            .col(text_null("file_name"))
            .col(string_len("file_hash", 64))
            .col(big_integer("file_bytes"))
            .col(uuid("submitted_by"))
            .col(big_integer("created_at"))
            .col(uuid_null("reviewed_by"))
            .col(big_integer_null("reviewed_at"))
            .to_owned();
        manager.create_table(table).await?;
        for (name, column) in [("tax_forms_partner", "partner_id"), ("tax_forms_state", "state")] {
            let index = Index::create().name(name).table("tax_forms").col("workspace_id").col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
