//! Tables of papers.

use sea_orm_migration::{prelude::*, schema::*};

pub struct PartnerInvoices;

impl MigrationName for PartnerInvoices {
    fn name(&self) -> &str {
        "m0211_partner_invoices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PartnerInvoices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("partner_invoices")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("partner_id"))
            .col(uuid("payout_id"))
            .col(string_len("series", 20))
            .col(big_integer("number"))
            .col(string_len("currency", 8))
            .col(big_integer("total_minor"))
            .col(string_len("issued_on", 10))
            .col(text("frozen"))
            .col(string_len("frozen_hash", 64))
            .col(uuid("created_by"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(table).await?;
        for (name, columns) in [
            ("partner_invoices_payout", ["workspace_id", "payout_id"].as_slice()),
            ("partner_invoices_number", ["workspace_id", "series", "number"].as_slice()),
        ] {
            let mut once = Index::create().name(name).table("partner_invoices").unique().to_owned();
            columns.iter().for_each(|column| {
                once.col(*column);
            });
            manager.create_index(once).await?;
        }
        let of_partner = Index::create()
            .name("partner_invoices_partner")
            .table("partner_invoices")
            .col("workspace_id")
            .col("partner_id")
            .to_owned();
        manager.create_index(of_partner).await
    }
}
