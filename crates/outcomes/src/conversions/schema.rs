//! Tables of conversions.
//!
//! `order_key`, `click_goal_key` and `customer_goal_key` are held only by conversions that were accepted; their unique
//! indexes make a double booking impossible whatever the code above them does.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Conversions;

impl MigrationName for Conversions {
    fn name(&self) -> &str {
        "m0020_conversions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Conversions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [receipts(), conversions(), commissions(), items(), moves(), customers(), cursors()];
        for table in tables {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn receipts() -> TableCreateStatement {
    Table::create()
        .table("receipts")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid_null("advertiser_id"))
        .col(uuid_null("conversion_id"))
        .col(uuid_null("same_as"))
        .col(uuid_null("content_key"))
        .col(string_len("door", 10))
        .col(string_len("trust", 10))
        .col(string_len("remote_ip", 45))
        .col(json_binary("params"))
        .col(binary("raw"))
        .col(big_integer("arrived_at"))
        .col(big_integer("decided_at"))
        .col(integer("http_status"))
        .col(string_len("status", 20))
        .col(string_len_null("reason", 60))
        .col(text("message"))
        .to_owned()
}

fn conversions() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("conversions").col(pk_uuid("id")).col(uuid("workspace_id")).col(uuid("receipt_id"));
    for id in ["advertiser_id", "offer_id", "goal_id", "partner_id", "link_id", "landing_id", "manager_id"] {
        table.col(uuid_null(id));
    }
    for id in ["click_id", "customer_id", "order_key", "click_goal_key", "customer_goal_key", "plan_version_id"] {
        table.col(uuid_null(id));
    }
    for (text, chars) in [("goal_kind", 40), ("partner_group", 200), ("vertical", 60), ("traffic_type", 60)] {
        table.col(string_len(text, chars));
    }
    for text in ["order_id", "coupon", "advertiser_words"] {
        table.col(text_null(text));
    }
    table.col(boolean("is_primary")).col(boolean("is_new_customer"));
    table.col(string_len("door", 10)).col(string_len("trust", 10));
    table.col(string_len("status", 20)).col(string_len_null("status_before", 20)).col(string_len_null("reason", 60));
    table.col(string_len("currency", 8)).col(string_len("reporting_currency", 8)).col(big_integer("rate_e8"));
    for amount in ["sale_minor", "refund_minor", "revenue_full_minor", "revenue_minor", "payout_minor"] {
        table.col(big_integer(amount));
    }
    for amount in ["reporting_sale_minor", "reporting_revenue_minor", "reporting_payout_minor"] {
        table.col(big_integer_null(amount));
    }
    table.col(big_integer("event_at")).col(big_integer("created_at")).col(big_integer("updated_at"));
    for moment in ["click_at", "validation_until", "lock_at", "frozen_at", "decided_at", "locked_at", "paid_at"] {
        table.col(big_integer_null(moment));
    }
    table.col(json_binary("click_dims")).col(json_binary("adv")).to_owned()
}

fn commissions() -> TableCreateStatement {
    Table::create()
        .table("commissions")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("conversion_id"))
        .col(uuid("partner_id"))
        .col(string_len("kind", 20))
        .col(big_integer("share_e8"))
        .col(text_null("rule_id"))
        .col(uuid_null("plan_version_id"))
        .col(string_len("currency", 8))
        .col(big_integer("full_minor"))
        .col(big_integer("amount_minor"))
        .col(string_len("status", 20))
        .col(uuid_null("payout_id"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn items() -> TableCreateStatement {
    Table::create()
        .table("conversion_items")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("conversion_id"))
        .col(integer("position"))
        .col(text("sku"))
        .col(text_null("category"))
        .col(big_integer("net_minor"))
        .col(big_integer("tax_minor"))
        .col(big_integer("shipping_minor"))
        .to_owned()
}

fn moves() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("conversion_moves").col(pk_uuid("id")).col(uuid("workspace_id")).col(uuid("conversion_id"));
    table.col(string_len("action", 20)).col(string_len("actor_kind", 20)).col(uuid_null("actor_id"));
    table.col(big_integer("at")).col(string_len_null("reason", 60)).col(text_null("words")).col(text_null("rule_id"));
    table.col(uuid_null("plan_version_id"));
    table.col(string_len_null("from_status", 20)).col(string_len("to_status", 20));
    for side in ["before", "after"] {
        for amount in ["sale", "refund", "revenue", "payout"] {
            table.col(big_integer(format!("{amount}_{side}_minor")));
        }
    }
    table.to_owned()
}

fn customers() -> TableCreateStatement {
    Table::create()
        .table("customers")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(string_len("external_id", 256))
        .col(big_integer("first_seen_at"))
        .col(big_integer("conversions_count"))
        .col(uuid_null("bound_partner_id"))
        .col(big_integer_null("bound_until"))
        .to_owned()
}

/// How far the journal of receipts has been decided; one row for the installation, kept under the nil workspace.
fn cursors() -> TableCreateStatement {
    Table::create()
        .table("receipt_cursors")
        .col(pk_uuid("workspace_id"))
        .col(big_integer("position"))
        .col(big_integer("updated_at"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("receipts", "receipts_content", &["workspace_id", "content_key"]),
        index("receipts", "receipts_conversion", &["workspace_id", "conversion_id"]),
        unique("conversions", "conversions_order", &["workspace_id", "order_key"]),
        unique("conversions", "conversions_click_goal", &["workspace_id", "click_goal_key"]),
        unique("conversions", "conversions_customer_goal", &["workspace_id", "customer_goal_key"]),
        index("conversions", "conversions_order_id", &["workspace_id", "order_id"]),
        index("conversions", "conversions_partner", &["workspace_id", "partner_id", "id"]),
        index("conversions", "conversions_offer", &["workspace_id", "offer_id", "id"]),
        index("conversions", "conversions_lock", &["status", "lock_at"]),
        index("conversions", "conversions_validation", &["status", "validation_until"]),
        index("commissions", "commissions_conversion", &["workspace_id", "conversion_id"]),
        index("commissions", "commissions_payout", &["workspace_id", "payout_id"]),
        index("commissions", "commissions_payable", &["workspace_id", "partner_id", "status"]),
        index("conversion_items", "items_conversion", &["workspace_id", "conversion_id"]),
        index("conversion_moves", "moves_conversion", &["workspace_id", "conversion_id"]),
        unique("customers", "customers_external", &["workspace_id", "advertiser_id", "external_id"]),
    ]
}

fn index(table: &'static str, name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index.to_owned()
}

fn unique(table: &'static str, name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(table, name, columns).unique().to_owned()
}

/// Finds the conversions of a click.
pub struct ByClick;

impl MigrationName for ByClick {
    fn name(&self) -> &str {
        "m0044_conversions_by_click"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ByClick {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index("conversions", "conversions_click", &["workspace_id", "click_id"])).await
    }
}

/// What conversions were decided from.
pub struct Traces;

impl MigrationName for Traces {
    fn name(&self) -> &str {
        "m0075_conversion_traces"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Traces {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let traces = Table::create()
            .table("conversion_traces")
            .col(pk_uuid("conversion_id"))
            .col(uuid("workspace_id"))
            .col(uuid_null("terms_id"))
            .col(integer("format"))
            .col(text("body"))
            .to_owned();
        let terms = Table::create()
            .table("trace_terms")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(integer("format"))
            .col(text("body"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(traces).await?;
        manager.create_table(terms).await
    }
}

/// What named the partner; and of whom each share is, as it was then.
pub struct AttributedBy;

impl MigrationName for AttributedBy {
    fn name(&self) -> &str {
        "m0097_attributed_by"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AttributedBy {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ("conversions", string_len_null("attributed_by", 20)),
            ("commissions", uuid_null("manager_id")),
            ("commissions", string_len("partner_group", 200).default("").to_owned()),
        ];
        for (table, column) in columns {
            manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// By whose days clocks run, and to whom a person moved a conversion.
pub struct MovedAndClocked;

impl MigrationName for MovedAndClocked {
    fn name(&self) -> &str {
        "m0112_moved_and_clocked"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for MovedAndClocked {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ("conversions", json_binary("clocks").default("{}").to_owned()),
            ("conversions", uuid_null("moved_from_id")),
            ("conversion_moves", uuid_null("from_partner_id")),
            ("conversion_moves", uuid_null("to_partner_id")),
        ];
        for (table, column) in columns {
            manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
        }
        manager
            .create_index(index("conversion_moves", "moves_from_partner", &["workspace_id", "from_partner_id"]))
            .await
    }
}

/// What amounts were converted by.
pub struct RatesUsed;

impl MigrationName for RatesUsed {
    fn name(&self) -> &str {
        "m0115_rates_used"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for RatesUsed {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = json_binary("rates").default("{}").to_owned();
        manager.alter_table(Table::alter().table("conversions").add_column(column).to_owned()).await
    }
}

/// Finds what a customer did before: terms and orders of plans count it.
pub struct ByCustomer;

impl MigrationName for ByCustomer {
    fn name(&self) -> &str {
        "m0100_conversions_by_customer"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ByCustomer {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let known = Expr::col("customer_id").is_not_null();
        let columns = ["workspace_id", "customer_id"];
        manager.create_index(index("conversions", "conversions_customer", &columns).cond_where(known).to_owned()).await
    }
}

/// Lists of a workspace, newest first, and what came in after a moment.
pub struct NewestFirst;

impl MigrationName for NewestFirst {
    fn name(&self) -> &str {
        "m0170_conversions_newest_first"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for NewestFirst {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = ["workspace_id", "id"];
        manager.create_index(index("conversions", "conversions_newest", &columns)).await?;
        manager.create_index(index("receipts", "receipts_newest", &columns)).await
    }
}

/// Periods of whole tiers that are settled.
pub struct TierSettlements;

impl MigrationName for TierSettlements {
    fn name(&self) -> &str {
        "m0102_tier_settlements"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for TierSettlements {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let settlements = Table::create()
            .table("tier_settlements")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("rule_id"))
            .col(big_integer("period_start"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(settlements).await?;
        let columns = ["workspace_id", "rule_id", "period_start"];
        manager.create_index(unique("tier_settlements", "tier_settlements_period", &columns)).await
    }
}
