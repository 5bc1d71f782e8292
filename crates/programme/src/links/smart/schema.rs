//! Tables of smart links.

use sea_orm_migration::{prelude::*, schema::*};

use crate::platform::folding;

pub struct SmartLinks;

impl MigrationName for SmartLinks {
    fn name(&self) -> &str {
        "m0070_smart_links"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SmartLinks {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(smart_links()).await?;
        manager.create_table(members()).await?;
        for column in ["workspace_id", "partner_id"] {
            let mut index = Index::create();
            index.name(format!("smart_links_{column}")).table("smart_links").col(column).col("id");
            manager.create_index(index).await?;
        }
        for column in ["offer_id", "number"] {
            let mut index = Index::create();
            index.name(format!("smart_link_members_{column}")).table("smart_link_members").col("smart_link_id");
            manager.create_index(index.col(column).unique().to_owned()).await?;
        }
        let mut index = Index::create();
        index.name("smart_link_members_link_id").table("smart_link_members").col("link_id");
        manager.create_index(index).await
    }
}

fn smart_links() -> TableCreateStatement {
    Table::create()
        .table("smart_links")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("partner_id"))
        .col(string_len("slug", 40).unique_key())
        .col(string_len("name", 200))
        .col(string_len("traffic_type", 60))
        .col(string_len("mode", 20))
        .col(integer("floor_percent"))
        .col(big_integer("floor_clicks"))
        .col(big_integer_null("expected_profit_minor"))
        .col(string_len("state", 20))
        .col(big_integer_null("learned_at"))
        .col(uuid_null("created_by"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn members() -> TableCreateStatement {
    Table::create()
        .table("smart_link_members")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("smart_link_id"))
        .col(uuid("offer_id"))
        .col(uuid("link_id"))
        .col(integer("number"))
        .col(integer("weight"))
        .col(integer("priority"))
        .col(string_len("state", 20))
        .col(big_integer("clicks"))
        .col(big_integer("paying_clicks"))
        .col(big_integer("profit_minor"))
        .col(big_integer_null("low_micros"))
        .col(big_integer_null("high_micros"))
        .col(integer("best_ppm"))
        .col(big_integer("created_at"))
        .to_owned()
}

/// Names without case.
pub struct FoldedNames;

impl MigrationName for FoldedNames {
    fn name(&self) -> &str {
        "m0141_smart_link_names"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for FoldedNames {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_len("name_folded", 400).default("").to_owned();
        manager.alter_table(Table::alter().table("smart_links").add_column(column).to_owned()).await?;
        folding::fill(manager.get_connection(), "smart_links").await
    }
}
