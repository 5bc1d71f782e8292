//! Table of exports.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Exports;

impl MigrationName for Exports {
    fn name(&self) -> &str {
        "m0098_exports"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Exports {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("exports")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("membership_id"))
            .col(string_len("subject", 20))
            .col(string_len("format", 20))
            .col(big_integer("from_at"))
            .col(big_integer("to_at"))
            .col(uuid_null("offer_id"))
            .col(uuid_null("partner_id"))
            .col(string_len("state", 20))
            .col(big_integer("rows_done"))
            .col(big_integer("rows_total"))
            .col(big_integer("bytes"))
            .col(uuid_null("after_id"))
            .col(string_len_null("failure", 40))
            .col(big_integer("created_at"))
            .col(big_integer_null("finished_at"))
            .col(big_integer("expires_at"))
            .to_owned();
        manager.create_table(table).await?;
        let of_member = Index::create()
            .name("exports_member")
            .table("exports")
            .col("workspace_id")
            .col("membership_id")
            .col("id")
            .to_owned();
        manager.create_index(of_member).await
    }
}
