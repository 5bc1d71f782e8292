//! Tables of results and of RevShare.

use sea_orm_migration::{prelude::*, schema::*};

use super::model::Figure;

/// What customers did, day by day.
pub struct Results;

impl MigrationName for Results {
    fn name(&self) -> &str {
        "m0125_customer_results"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Results {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [results(), changes(), formulas()] {
            manager.create_table(table).await?;
        }
        for index in [
            unique("customer_results", "customer_results_day", &["workspace_id", "customer_id", "day"]),
            index("customer_results", "customer_results_advertiser", &["workspace_id", "advertiser_id", "id"]),
            index("customer_result_changes", "result_changes_result", &["workspace_id", "result_id"]),
            index(
                "customer_result_changes",
                "result_changes_open",
                &["workspace_id", "advertiser_id", "closed_month", "day"],
            ),
            unique(
                "net_revenue_formulas",
                "net_revenue_formulas_version",
                &["workspace_id", "advertiser_id", "version"],
            ),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn results() -> TableCreateStatement {
    Table::create()
        .table("customer_results")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(uuid("customer_id"))
        .col(string_len("day", 10))
        .col(string_len("currency", 8))
        .col(json_binary("figures"))
        .col(integer("version"))
        .col(big_integer("updated_at"))
        .to_owned()
}

fn changes() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("customer_result_changes").col(pk_uuid("id")).col(uuid("workspace_id")).col(uuid("advertiser_id"));
    table.col(uuid("customer_id")).col(uuid("result_id")).col(string_len("day", 10)).col(integer("version"));
    for figure in Figure::ALL {
        table.col(big_integer(figure.code()));
    }
    table.col(string_len("door", 10)).col(uuid_null("actor_id")).col(big_integer("at"));
    table.col(string_len_null("closed_month", 7)).to_owned()
}

fn formulas() -> TableCreateStatement {
    Table::create()
        .table("net_revenue_formulas")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(integer("version"))
        .col(string_len("currency", 8))
        .col(json_binary("terms"))
        .col(integer_null("close_after_days"))
        .col(uuid("created_by"))
        .col(big_integer("created_at"))
        .to_owned()
}

/// Months of RevShare.
pub struct RevenueShares;

impl MigrationName for RevenueShares {
    fn name(&self) -> &str {
        "m0126_revenue_shares"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for RevenueShares {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [terms(), owners(), isolated(), closes(), statements(), parts()] {
            manager.create_table(table).await?;
        }
        let statements = "revenue_share_statements";
        for index in [
            index("revenue_share_terms", "revenue_share_terms_advertiser", &["workspace_id", "advertiser_id"]),
            unique("revenue_share_closes", "revenue_share_closes_month", &["workspace_id", "advertiser_id", "month"]),
            unique(
                statements,
                "revenue_share_statements_month",
                &["workspace_id", "advertiser_id", "partner_id", "month"],
            ),
            index(statements, "revenue_share_statements_partner", &["workspace_id", "partner_id", "id"]),
            index(statements, "revenue_share_statements_lock", &["locked_at", "lock_at"]),
            index("revenue_share_parts", "revenue_share_parts_statement", &["workspace_id", "statement_id"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn terms() -> TableCreateStatement {
    Table::create()
        .table("revenue_share_terms")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(uuid_null("partner_id"))
        .col(string_len_null("partner_group", 200))
        .col(string_len("starts_month", 7))
        .col(json_binary("tiers"))
        .col(string_len("tier_mode", 20))
        .col(string_len("carry", 20))
        .col(integer("carry_months"))
        .col(big_integer_null("high_roller_minor"))
        .col(big_integer_null("charge_percent_e8"))
        .col(integer("hold_days"))
        .col(uuid("created_by"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn owners() -> TableCreateStatement {
    Table::create()
        .table("customer_owners")
        .col(pk_uuid("customer_id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(uuid("partner_id"))
        .col(string_len("owned_by", 20))
        .col(big_integer("since"))
        .to_owned()
}

fn isolated() -> TableCreateStatement {
    Table::create()
        .table("isolated_customers")
        .col(pk_uuid("customer_id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(uuid("partner_id"))
        .col(big_integer("balance_minor"))
        .col(string_len("month", 7))
        .to_owned()
}

fn closes() -> TableCreateStatement {
    Table::create()
        .table("revenue_share_closes")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(string_len("month", 7))
        .col(uuid_null("closed_by"))
        .col(big_integer("closed_at"))
        .to_owned()
}

fn statements() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("revenue_share_statements").col(pk_uuid("id")).col(uuid("workspace_id")).col(uuid("advertiser_id"));
    table.col(uuid("partner_id")).col(string_len("month", 7)).col(uuid("formula_id")).col(uuid("terms_id"));
    table.col(string_len("currency", 8)).col(json_binary("figures")).col(big_integer("customers_count"));
    for amount in ["net_minor", "correction_minor", "apart_minor", "carried_in_minor", "base_minor"] {
        table.col(big_integer(amount));
    }
    table.col(json_binary("carried_out"));
    for amount in ["carried_out_minor", "earned_minor", "charged_minor", "lock_at"] {
        table.col(big_integer(amount));
    }
    table.col(big_integer_null("locked_at")).col(big_integer("created_at")).to_owned()
}

fn parts() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("revenue_share_parts").col(pk_uuid("id")).col(uuid("workspace_id")).col(uuid("statement_id"));
    table.col(uuid("customer_id")).col(json_binary("figures"));
    for amount in ["net_minor", "counted_minor", "apart_before_minor", "apart_after_minor"] {
        table.col(big_integer(amount));
    }
    table.to_owned()
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
