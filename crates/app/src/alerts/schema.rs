//! Tables of alerts.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Alerts;

impl MigrationName for Alerts {
    fn name(&self) -> &str {
        "m0235_alerts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Alerts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(rules()).await?;
        // Rows without one, which people wrote, differ from each other in both databases.
        manager.create_index(index("alert_rules_built_in", "alert_rules", &["workspace_id", "built_in"], true)).await?;
        manager.create_table(alerts()).await?;
        manager.create_index(index("alerts_standing", "alerts", &["workspace_id", "standing"], true)).await?;
        manager.create_index(index("alerts_state", "alerts", &["workspace_id", "state", "id"], false)).await?;
        manager.create_index(index("alerts_rule", "alerts", &["rule_id"], false)).await
    }
}

fn rules() -> TableCreateStatement {
    Table::create()
        .table("alert_rules")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(string_len_null("built_in", 32))
        .col(text("name"))
        .col(json_binary_null("watch"))
        .col(boolean("is_on"))
        .col(boolean("mails"))
        .col(json_binary("people"))
        .col(uuid_null("created_by"))
        .col(big_integer("created_at"))
        .col(big_integer_null("removed_at"))
        .col(big_integer_null("looked_to"))
        .col(text_null("problem"))
        .to_owned()
}

fn alerts() -> TableCreateStatement {
    Table::create()
        .table("alerts")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("rule_id"))
        .col(text("subject"))
        .col(text_null("standing"))
        .col(string_len("state", 20))
        .col(big_integer_null("seen"))
        .col(big_integer_null("usual_from"))
        .col(big_integer_null("usual_to"))
        .col(big_integer_null("before"))
        .col(string_len_null("currency", 12))
        .col(big_integer("window_from"))
        .col(big_integer("window_to"))
        .col(big_integer("opened_at"))
        .col(big_integer("last_seen_at"))
        .col(big_integer("told_at"))
        .col(big_integer_null("snoozed_until"))
        .col(uuid_null("assigned_to"))
        .col(big_integer_null("ended_at"))
        .col(uuid_null("ended_by"))
        .col(text_null("done"))
        .to_owned()
}

fn index(name: &'static str, table: &'static str, columns: &[&'static str], is_unique: bool) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    if is_unique { index.unique().to_owned() } else { index }
}
