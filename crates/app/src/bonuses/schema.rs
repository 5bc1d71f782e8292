//! Tables of bonuses, and the cursor with which they follow the moves of conversions.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Bonuses;

impl MigrationName for Bonuses {
    fn name(&self) -> &str {
        "m0190_bonuses"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Bonuses {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [counts(), figures(), bonuses()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        // No plan gave a bonus before: the cursor begins at the end.
        let begin = "insert into outbox_cursors (consumer, seq) select 'bonuses', coalesce(max(seq), 0) from outbox";
        manager.get_connection().execute_unprepared(begin).await.map(drop)
    }
}

/// A table with what all three have: whose figure it is about.
fn placed(name: &'static str) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name).col(pk_uuid("id")).col(uuid("workspace_id")).col(uuid("offer_id")).col(uuid("partner_id"));
    table.col(uuid("rule_id")).col(uuid("plan_version_id"));
    table.col(string_len("metric", 20)).col(string_len("period", 10)).col(big_integer("period_start")).to_owned()
}

fn counts() -> TableCreateStatement {
    placed("bonus_counts").col(uuid("conversion_id")).col(boolean("applies")).col(big_integer("value")).to_owned()
}

fn figures() -> TableCreateStatement {
    placed("bonus_figures").col(big_integer("reached")).to_owned()
}

fn bonuses() -> TableCreateStatement {
    let mut table = placed("bonuses");
    table.col(uuid("advertiser_id")).col(string_len("currency", 8)).col(string_len("state", 20));
    for number in ["period_end", "threshold", "reached", "amount_minor", "given_at", "lock_at", "updated_at"] {
        table.col(big_integer(number));
    }
    table.col(big_integer_null("locked_at")).col(big_integer_null("taken_back_at")).col(uuid("entry_id"));
    table.col(uuid_null("lock_entry_id")).col(uuid_null("taken_back_entry_id")).to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let place = ["workspace_id", "rule_id", "partner_id", "period_start", "period", "metric"];
    let figure = ["workspace_id", "rule_id", "partner_id", "period_start", "period", "metric", "plan_version_id"];
    let stands = Expr::col("state").eq("standing");
    let day = ["workspace_id", "given_at"];
    vec![
        index("bonus_counts", "bonus_counts_conversion", &["workspace_id", "conversion_id", "rule_id"])
            .unique()
            .to_owned(),
        index("bonus_figures", "bonus_figures_place", &figure).unique().to_owned(),
        index("bonuses", "bonuses_standing", &place).unique().cond_where(stands).to_owned(),
        index("bonuses", "bonuses_newest", &["workspace_id", "id"]),
        index("bonuses", "bonuses_partner", &["workspace_id", "partner_id", "id"]),
        index("bonuses", "bonuses_lock", &["locked_at", "lock_at"]),
        index("bonuses", "bonuses_given", &day),
        index("bonuses", "bonuses_taken_back", &["workspace_id", "taken_back_at"]),
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
