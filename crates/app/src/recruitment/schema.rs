//! Tables of recruiters' shares, and the cursor with which they follow the moves of conversions.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Recruitment;

impl MigrationName for Recruitment {
    fn name(&self) -> &str {
        "m0191_recruitment"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Recruitment {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(judgements()).await?;
        manager.create_table(shares()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        // No plan gave a share before: the cursor begins at the end.
        let begin =
            "insert into outbox_cursors (consumer, seq) select 'recruitment', coalesce(max(seq), 0) from outbox";
        manager.get_connection().execute_unprepared(begin).await.map(drop)
    }
}

fn judgements() -> TableCreateStatement {
    Table::create()
        .table("recruiter_judgements")
        .col(uuid("conversion_id"))
        .col(uuid("recruited_id"))
        .col(uuid("workspace_id"))
        .primary_key(Index::create().col("conversion_id").col("recruited_id"))
        .to_owned()
}

fn shares() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("recruiter_shares").col(pk_uuid("id")).col(uuid("workspace_id"));
    for id in ["conversion_id", "offer_id", "advertiser_id", "recruited_id", "partner_id", "rule_id", "plan_version_id"]
    {
        table.col(uuid(id));
    }
    table.col(integer("level")).col(string_len("base", 10)).col(string_len("currency", 8));
    for number in ["percent_e8", "base_minor", "amount_minor", "given_at", "updated_at"] {
        table.col(big_integer(number));
    }
    table.col(big_integer_null("lock_at")).col(big_integer_null("locked_at")).to_owned()
}

fn indexes() -> [IndexCreateStatement; 3] {
    let of = |name: &'static str, columns: &[&'static str]| {
        let mut index = Index::create().name(name).table("recruiter_shares").to_owned();
        for column in columns {
            index.col(*column);
        }
        index
    };
    let place = ["workspace_id", "conversion_id", "recruited_id", "level"];
    [
        of("recruiter_shares_place", &place).unique().to_owned(),
        of("recruiter_shares_newest", &["workspace_id", "id"]),
        of("recruiter_shares_partner", &["workspace_id", "partner_id", "id"]),
    ]
}
