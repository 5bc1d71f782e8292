//! Tables of billing.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Accounts;

impl MigrationName for Accounts {
    fn name(&self) -> &str {
        "m0180_advertiser_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Accounts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(accounts()).await?;
        manager.create_table(payments()).await?;
        manager.create_table(advances()).await?;
        let columns = ["workspace_id", "advertiser_id", "currency"];
        manager
            .create_index(index("advertiser_accounts_of", "advertiser_accounts", &columns).unique().to_owned())
            .await?;
        let columns = ["workspace_id", "advertiser_id", "reference"];
        manager
            .create_index(index("advertiser_payments_of", "advertiser_payments", &columns).unique().to_owned())
            .await?;
        let columns = ["workspace_id", "partner_id", "advertiser_id"];
        manager.create_index(index("payout_advances_of", "payout_advances", &columns)).await
    }
}

pub struct Invoices;

impl MigrationName for Invoices {
    fn name(&self) -> &str {
        "m0181_invoices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Invoices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(invoices()).await?;
        manager.create_table(items()).await?;
        manager.create_table(allocations()).await?;
        manager.create_table(series()).await?;
        let columns = ["workspace_id", "series", "number"];
        manager.create_index(index("invoices_number", "invoices", &columns).unique().to_owned()).await?;
        for (name, table, columns) in [
            ("invoices_of", "invoices", ["workspace_id", "advertiser_id", "state"]),
            ("invoice_items_of", "invoice_items", ["workspace_id", "advertiser_id", "currency"]),
            ("invoice_items_conversion", "invoice_items", ["workspace_id", "conversion_id", "invoice_id"]),
            ("invoice_items_invoice", "invoice_items", ["workspace_id", "invoice_id", "id"]),
            ("invoice_allocations_invoice", "invoice_allocations", ["workspace_id", "invoice_id", "id"]),
        ] {
            manager.create_index(index(name, table, &columns)).await?;
        }
        Ok(())
    }
}

pub struct ClosedPeriods;

impl MigrationName for ClosedPeriods {
    fn name(&self) -> &str {
        "m0194_invoices_of_closed_periods"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ClosedPeriods {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let closed_at = Table::alter().table("invoices").add_column(big_integer_null("closed_at")).to_owned();
        manager.alter_table(closed_at).await
    }
}

pub struct Fees;

impl MigrationName for Fees {
    fn name(&self) -> &str {
        "m0230_advertiser_fees"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Fees {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(fees()).await?;
        let key = ["workspace_id", "subscription_id", "fee_key"];
        manager.create_index(index("advertiser_fees_key", "advertiser_fees", &key).unique().to_owned()).await?;
        manager.create_index(index("advertiser_fees_entry", "advertiser_fees", &["workspace_id", "entry_id"])).await?;
        manager.create_index(index("invoice_items_entry", "invoice_items", &["workspace_id", "entry_id"])).await?;
        let suspended = ColumnDef::new("is_suspended").boolean().not_null().default(false).to_owned();
        manager.alter_table(Table::alter().table("advertiser_accounts").add_column(suspended).to_owned()).await
    }
}

fn fees() -> TableCreateStatement {
    Table::create()
        .table("advertiser_fees")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(uuid("subscription_id"))
        .col(string_len("fee_key", 40))
        .col(string_len("kind", 20))
        .col(text("name"))
        .col(string_len("currency", 8))
        .col(string_len("period_on", 10))
        .col(string_len("from_on", 10))
        .col(string_len("to_on", 10))
        .col(integer("days"))
        .col(integer("of_days"))
        .col(big_integer("full_minor"))
        .col(big_integer("amount_minor"))
        .col(uuid("entry_id"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn index(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for &column in columns {
        index.col(column);
    }
    index
}

fn accounts() -> TableCreateStatement {
    Table::create()
        .table("advertiser_accounts")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(string_len("currency", 8))
        .col(string_len("funding", 20))
        .col(big_integer("credit_limit_minor"))
        .col(big_integer("low_minor"))
        .col(big_integer("resume_minor"))
        .col(string_len("on_empty", 20))
        .col(integer("payment_days"))
        .col(integer("vat_bp"))
        .col(text_null("vat_note"))
        .col(string_len("partners_paid", 20))
        .col(big_integer_null("exposure_limit_minor"))
        .col(big_integer("exposure_minor"))
        .col(string_len("state", 20))
        .col(big_integer_null("stopped_minor"))
        .col(uuid_null("cap_id"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .to_owned()
}

fn payments() -> TableCreateStatement {
    Table::create()
        .table("advertiser_payments")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(string_len("currency", 8))
        .col(string_len("kind", 20))
        .col(big_integer("amount_minor"))
        .col(big_integer("free_minor"))
        .col(string_len("reference", 100))
        .col(string_len("received_on", 10))
        .col(text_null("note"))
        .col(uuid_null("entry_id"))
        .col(uuid("recorded_by"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn advances() -> TableCreateStatement {
    Table::create()
        .table("payout_advances")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("partner_id"))
        .col(uuid("advertiser_id"))
        .col(big_integer("until"))
        .col(text("reason"))
        .col(uuid("given_by"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn invoices() -> TableCreateStatement {
    Table::create()
        .table("invoices")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(string_len("currency", 8))
        .col(string_len("kind", 20))
        .col(string_len("state", 20))
        .col(string_len_null("series", 20))
        .col(big_integer_null("number"))
        .col(big_integer("from_at"))
        .col(big_integer("to_at"))
        .col(json_binary("lines"))
        .col(big_integer("net_minor"))
        .col(integer("vat_bp"))
        .col(text_null("vat_note"))
        .col(big_integer("vat_minor"))
        .col(big_integer("total_minor"))
        .col(big_integer("open_minor"))
        .col(string_len_null("issued_on", 10))
        .col(string_len_null("due_on", 10))
        .col(uuid_null("corrects_id"))
        .col(text_null("void_reason"))
        .col(uuid_null("vat_entry_id"))
        .col(uuid("created_by"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn items() -> TableCreateStatement {
    Table::create()
        .table("invoice_items")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(string_len("currency", 8))
        .col(uuid("invoice_id"))
        .col(uuid_null("conversion_id"))
        .col(uuid_null("entry_id"))
        .col(big_integer("amount_minor"))
        .col(boolean("is_live"))
        .to_owned()
}

fn allocations() -> TableCreateStatement {
    Table::create()
        .table("invoice_allocations")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("invoice_id"))
        .col(uuid("payment_id"))
        .col(big_integer("amount_minor"))
        .col(big_integer("at"))
        .col(big_integer_null("released_at"))
        .to_owned()
}

fn series() -> TableCreateStatement {
    Table::create()
        .table("invoice_series")
        .col(uuid("workspace_id"))
        .col(string_len("series", 20))
        .col(big_integer("last_number"))
        .primary_key(Index::create().col("workspace_id").col("series"))
        .to_owned()
}
