//! The table of billing details.

use sea_orm_migration::{prelude::*, schema::*};

pub struct BillingDetails;

impl MigrationName for BillingDetails {
    fn name(&self) -> &str {
        "m0210_billing_details"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for BillingDetails {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("billing_details")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(string_len("whose", 20))
            .col(uuid("whose_id"))
            .col(string_len("legal_form", 20))
            .col(text("name"))
            .col(text("address"))
            .col(string_len("country", 2))
            .col(text_null("vat_id"))
            .col(text_null("tax_id"))
            .col(text_null("registration"))
            .col(text_null("email"))
            .col(text_null("account"))
            .col(string_len("language", 2))
            .col(integer_null("vat_bp"))
            .col(text_null("vat_exempt_basis"))
            .col(string_len_null("self_billing_since", 10))
            .col(uuid_null("confirmed_by"))
            .col(big_integer("updated_at"))
            .to_owned();
        manager.create_table(table).await?;
        let once = Index::create()
            .name("billing_details_whose")
            .table("billing_details")
            .col("workspace_id")
            .col("whose")
            .col("whose_id")
            .unique()
            .to_owned();
        manager.create_index(once).await
    }
}
