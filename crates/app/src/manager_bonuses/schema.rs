//! Tables of managers' bonuses.

use sea_orm_migration::{prelude::*, schema::*};

pub struct ManagerBonuses;

impl MigrationName for ManagerBonuses {
    fn name(&self) -> &str {
        "m0153_manager_bonuses"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ManagerBonuses {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(plans()).await?;
        manager.create_table(statements()).await?;
        let once = Index::create()
            .name("manager_bonus_statements_month")
            .table("manager_bonus_statements")
            .col("workspace_id")
            .col("manager_id")
            .col("month")
            .unique()
            .to_owned();
        manager.create_index(once).await
    }
}

fn plans() -> TableCreateStatement {
    Table::create()
        .table("manager_bonus_plans")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("manager_id"))
        .col(string_len("base", 20))
        .col(string_len("basis", 20))
        .col(string_len("currency", 8))
        .col(big_integer_null("sum_minor"))
        .col(big_integer_null("percent_e8"))
        .col(string_len("from_month", 7))
        .col(uuid("created_by"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn statements() -> TableCreateStatement {
    Table::create()
        .table("manager_bonus_statements")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("manager_id"))
        .col(uuid("plan_id"))
        .col(string_len("month", 7))
        .col(text("formula"))
        .col(big_integer("conversions"))
        .col(string_len("figures_currency", 8))
        .col(big_integer("earnings_minor"))
        .col(big_integer("revenue_minor"))
        .col(big_integer("collected_minor"))
        .col(json_binary("without_rate"))
        .col(string_len("currency", 8))
        .col(big_integer("amount_minor"))
        .col(uuid("closed_by"))
        .col(big_integer("closed_at"))
        .to_owned()
}
