//! Table of proofs.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Proofs;

impl MigrationName for Proofs {
    fn name(&self) -> &str {
        "m0110_proofs_of_book"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Proofs {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table.table("proofs_of_book").col(pk_uuid("workspace_id"));
        for number in ["proven_at", "entries", "conversions", "payouts", "difference_count"] {
            table.col(big_integer(number));
        }
        table.col(json_binary("differences")).col(big_integer_null("told_at"));
        manager.create_table(table).await
    }
}
