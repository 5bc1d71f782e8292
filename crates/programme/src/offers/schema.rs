//! Tables of offers, goals, landing pages and enrollments.

use sea_orm_migration::{prelude::*, schema::*};

use crate::platform::folding;

pub struct Offers;

impl MigrationName for Offers {
    fn name(&self) -> &str {
        "m0013_offers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Offers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [offers(), goals(), landings(), enrollments()] {
            manager.create_table(table).await?;
        }
        for (table, columns) in INDEXES {
            let mut index = Index::create();
            index.name(format!("{table}_{}", columns.join("_"))).table(*table);
            for column in *columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        for (table, columns) in [("goals", ["offer_id", "name"]), ("enrollments", ["offer_id", "partner_id"])] {
            let mut index = Index::create();
            index.name(format!("{table}_unique")).table(table).col(columns[0]).col(columns[1]).unique();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

const INDEXES: &[(&str, &[&str])] = &[
    ("offers", &["workspace_id", "id"]),
    ("offers", &["advertiser_id"]),
    ("landings", &["offer_id"]),
    ("enrollments", &["workspace_id", "id"]),
    ("enrollments", &["partner_id"]),
];

fn offers() -> TableCreateStatement {
    Table::create()
        .table("offers")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(string_len("name", 200))
        .col(text_null("description"))
        .col(string_len("state", 20))
        .col(string_len("visibility", 20))
        .col(string_len("vertical", 60))
        .col(string_len("currency", 8))
        .col(string_len("landing_parameter", 60))
        .col(json_binary("allowed_hosts"))
        .col(boolean("passes_extra_parameters"))
        .col(text_null("utm_template"))
        .col(integer("duplicate_window_hours"))
        .col(integer("click_to_conversion_min_seconds"))
        .col(integer("click_to_conversion_max_days"))
        .col(string_len("conversion_start", 20))
        .col(integer("validation_days"))
        .col(string_len("validation_expiry", 20))
        .col(integer("hold_days"))
        .col(boolean("many_per_click"))
        .col(json_binary("attribution_order"))
        .col(json_binary("traffic_rules"))
        .col(text_null("fallback_url"))
        .col(big_integer_null("starts_at"))
        .col(big_integer_null("ends_at"))
        .col(json_binary("external_refs"))
        .col(uuid_null("manager_id"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn goals() -> TableCreateStatement {
    Table::create()
        .table("goals")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("offer_id"))
        .col(string_len("name", 60))
        .col(string_len("kind", 20))
        .col(boolean("is_primary"))
        .col(integer("position"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn landings() -> TableCreateStatement {
    Table::create()
        .table("landings")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("offer_id"))
        .col(string_len("name", 200))
        .col(text("url"))
        .col(string_len("kind", 20))
        .col(string_len("state", 20))
        .col(integer("position"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn enrollments() -> TableCreateStatement {
    Table::create()
        .table("enrollments")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("offer_id"))
        .col(uuid("partner_id"))
        .col(string_len("state", 20))
        .col(string_len_null("reason", 500))
        .col(json_binary("approved_traffic_types"))
        .col(text_null("source"))
        .col(text_null("volume"))
        .col(text_null("creatives"))
        .col(big_integer("created_at"))
        .col(big_integer_null("decided_at"))
        .col(uuid_null("decided_by"))
        .to_owned()
}

/// Names as they are looked up.
pub struct FoldedNames;

impl MigrationName for FoldedNames {
    fn name(&self) -> &str {
        "m0043_offer_names"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for FoldedNames {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_len("name_folded", 400).default("").to_owned();
        manager.alter_table(Table::alter().table("offers").add_column(column).to_owned()).await?;
        folding::fill(manager.get_connection(), "offers").await
    }
}

/// Who may come through.
pub struct Targeting;

impl MigrationName for Targeting {
    fn name(&self) -> &str {
        "m0050_offer_targeting"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Targeting {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = json_binary("targeting").default("[]").to_owned();
        manager.alter_table(Table::alter().table("offers").add_column(column).to_owned()).await
    }
}

/// How commissions are split.
pub struct PayModels;

impl MigrationName for PayModels {
    fn name(&self) -> &str {
        "m0052_offer_pay_models"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for PayModels {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [string_len("pay_model", 20).default("last"), integer("assist_percent").default(20)] {
            manager.alter_table(Table::alter().table("offers").add_column(column.to_owned()).to_owned()).await?;
        }
        Ok(())
    }
}

/// Shares of landing pages.
pub struct LandingWeights;

impl MigrationName for LandingWeights {
    fn name(&self) -> &str {
        "m0054_landing_weights"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for LandingWeights {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = integer("weight").default(0).to_owned();
        manager.alter_table(Table::alter().table("landings").add_column(column).to_owned()).await
    }
}

/// How long views earn.
pub struct ViewThrough;

impl MigrationName for ViewThrough {
    fn name(&self) -> &str {
        "m0096_offer_view_through"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ViewThrough {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = integer("view_to_conversion_hours").default(0).to_owned();
        manager.alter_table(Table::alter().table("offers").add_column(column).to_owned()).await
    }
}

/// Other days than the offers' own.
pub struct ClockTerms;

impl MigrationName for ClockTerms {
    fn name(&self) -> &str {
        "m0111_clock_terms"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ClockTerms {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("clock_terms")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid_null("offer_id"))
            .col(uuid_null("goal_id"))
            .col(string_len_null("partner_group", 200))
            .col(integer_null("validation_days"))
            .col(integer_null("hold_days"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(table).await?;
        let by_offer = Index::create()
            .name("clock_terms_offer")
            .table("clock_terms")
            .col("workspace_id")
            .col("offer_id")
            .to_owned();
        manager.create_index(by_offer).await
    }
}
