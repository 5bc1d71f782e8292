//! Tables of accruals.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Accruals;

impl MigrationName for Accruals {
    fn name(&self) -> &str {
        "m0141_accruals"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Accruals {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(postings()).await?;
        manager.create_table(accruals()).await?;
        let postings = "accrual_postings";
        for index in [
            index(postings, "accrual_postings_day", &["workspace_id", "offer_id", "partner_id", "day"])
                .unique()
                .to_owned(),
            index(postings, "accrual_postings_partner", &["workspace_id", "partner_id", "id"]),
            index(postings, "accrual_postings_lock", &["locked_at", "lock_at"]),
            index("accruals", "accruals_offer_day", &["workspace_id", "offer_id", "day"]),
            index("accruals", "accruals_posting", &["workspace_id", "posting_id"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn postings() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("accrual_postings").col(pk_uuid("id")).col(uuid("workspace_id")).col(uuid("advertiser_id"));
    table.col(uuid("offer_id")).col(uuid("partner_id")).col(string_len("day", 10)).col(string_len("currency", 8));
    let amounts = ["earned_minor", "charged_minor", "earned_before", "earned_after", "charged_before", "charged_after"];
    for number in ["clicks", "views"].into_iter().chain(amounts) {
        table.col(big_integer(number));
    }
    table.col(uuid_null("entry_id")).col(big_integer("lock_at")).col(big_integer_null("locked_at"));
    table.col(big_integer("created_at")).to_owned()
}

fn accruals() -> TableCreateStatement {
    Table::create()
        .table("accruals")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("posting_id"))
        .col(uuid("offer_id"))
        .col(uuid("partner_id"))
        .col(uuid_null("link_id"))
        .col(string_len("day", 10))
        .col(big_integer("from_at"))
        .col(string_len("side", 20))
        .col(uuid("rule_id"))
        .col(string_len("unit", 10))
        .col(big_integer("units"))
        .col(big_integer("rate_e8"))
        .to_owned()
}

fn index(table: &'static str, name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index.to_owned()
}
