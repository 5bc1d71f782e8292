//! Table of placements.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Placements;

impl MigrationName for Placements {
    fn name(&self) -> &str {
        "m0151_placements"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Placements {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(placements()).await?;
        for (name, column) in [("placements_partner", "partner_id"), ("placements_day", "day")] {
            let index = Index::create().name(name).table("placements").col("workspace_id").col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn placements() -> TableCreateStatement {
    Table::create()
        .table("placements")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("partner_id"))
        .col(uuid("offer_id"))
        .col(string_len("kind", 20))
        .col(text("title"))
        .col(string_len("day", 10))
        .col(text_null("terms"))
        .col(string_len("currency", 8))
        .col(big_integer_null("fee_minor"))
        .col(text_null("sample"))
        .col(big_integer_null("sample_cost_minor"))
        .col(string_len("state", 20))
        .col(text_null("proof_url"))
        .col(text_null("proof_note"))
        .col(uuid_null("proven_by"))
        .col(big_integer_null("proven_at"))
        .col(text_null("decision_note"))
        .col(uuid_null("accepted_by"))
        .col(uuid_null("seconded_by"))
        .col(big_integer_null("accepted_at"))
        .col(uuid_null("entry_id"))
        .col(uuid_null("returned_entry_id"))
        .col(uuid("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .to_owned()
}
