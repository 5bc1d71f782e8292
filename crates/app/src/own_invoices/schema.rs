//! The table of partners' own invoices.

use sea_orm_migration::{prelude::*, schema::*};

pub struct OwnInvoices;

impl MigrationName for OwnInvoices {
    fn name(&self) -> &str {
        "m0228_own_invoices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for OwnInvoices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(table()).await?;
        // A number stands once; rows without one, which were sent back, differ from each other in both databases.
        let number =
            index("own_invoices_number", &["workspace_id", "partner_id", "standing_number"]).unique().to_owned();
        manager.create_index(number).await?;
        manager.create_index(index("own_invoices_state", &["workspace_id", "state"])).await?;
        manager.create_index(index("own_invoices_payout", &["workspace_id", "payout_id"])).await
    }
}

fn table() -> TableCreateStatement {
    Table::create()
        .table("own_invoices")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("partner_id"))
        .col(text("number"))
        .col(text_null("standing_number"))
        .col(string_len("issued_on", 10))
        .col(string_len("currency", 12))
        .col(big_integer("net_minor"))
        .col(big_integer("tax_minor"))
        .col(big_integer("gross_minor"))
        .col(string_len("state", 20))
        .col(text_null("reason"))
        .col(uuid_null("payout_id"))
        .col(text_null("file_name"))
        .col(string_len("file_kind", 20))
        .col(string_len("file_hash", 64))
        .col(big_integer("file_bytes"))
        .col(uuid("submitted_by"))
        .col(big_integer("created_at"))
        .col(uuid_null("reviewed_by"))
        .col(big_integer_null("reviewed_at"))
        .to_owned()
}

fn index(name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table("own_invoices").to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}
