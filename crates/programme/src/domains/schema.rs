//! Table of tracking domains.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Domains;

impl MigrationName for Domains {
    fn name(&self) -> &str {
        "m0014_domains"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Domains {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("tracking_domains")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid_null("partner_id"))
            .col(string_len("host", 253).unique_key())
            .col(json_binary("dialects"))
            .col(string_len("state", 20))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(table).await?;
        let by_workspace =
            Index::create().name("tracking_domains_workspace").table("tracking_domains").col("workspace_id").to_owned();
        manager.create_index(by_workspace).await
    }
}

/// What the daily check keeps.
pub struct Checks;

impl MigrationName for Checks {
    fn name(&self) -> &str {
        "m0062_domain_checks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Checks {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            boolean("is_state_chosen").default(false).to_owned(),
            json_binary("findings").default("[]").to_owned(),
            big_integer_null("certificate_until"),
            big_integer_null("checked_at"),
        ];
        for column in columns {
            manager.alter_table(Table::alter().table("tracking_domains").add_column(column).to_owned()).await?;
        }
        // Until now only people banned domains or marked them.
        let chosen = Query::update()
            .table("tracking_domains")
            .value("is_state_chosen", true)
            .and_where(Expr::col("state").ne("ok"))
            .to_owned();
        manager.execute(chosen).await
    }
}
