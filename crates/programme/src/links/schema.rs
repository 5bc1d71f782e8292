//! Tables of tracking links.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Links;

impl MigrationName for Links {
    fn name(&self) -> &str {
        "m0015_links"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Links {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("links")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid("offer_id"))
            .col(uuid("partner_id"))
            .col(uuid_null("landing_id"))
            .col(uuid_null("creative_id"))
            .col(string_len("slug", 40).unique_key())
            .col(string_len("traffic_type", 60))
            .col(string_len_null("name", 200))
            .col(string_len("state", 20))
            .col(uuid_null("created_by"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(table).await?;
        for column in ["workspace_id", "partner_id", "offer_id"] {
            let mut index = Index::create();
            index.name(format!("links_{column}")).table("links").col(column).col("id");
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Who may come through, beside the offer's conditions.
pub struct Targeting;

impl MigrationName for Targeting {
    fn name(&self) -> &str {
        "m0051_link_targeting"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Targeting {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = json_binary("targeting").default("[]").to_owned();
        manager.alter_table(Table::alter().table("links").add_column(column).to_owned()).await
    }
}

/// What the edge's routes were before they changed.
pub struct RouteHistory;

impl MigrationName for RouteHistory {
    fn name(&self) -> &str {
        "m0076_route_history"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for RouteHistory {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let history = Table::create()
            .table("route_history")
            .col(string_len("about", 200))
            .col(big_integer("until_seq"))
            .col(uuid("workspace_id"))
            .col(text("body"))
            .col(big_integer("at"))
            .primary_key(Index::create().col("about").col("until_seq"))
            .to_owned();
        manager.create_table(history).await
    }
}
