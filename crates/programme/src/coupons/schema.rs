//! Tables of coupons.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Coupons;

impl MigrationName for Coupons {
    fn name(&self) -> &str {
        "m0062_coupons"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Coupons {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(coupons()).await?;
        manager.create_table(crediting()).await?;
        let by_code = Index::create()
            .name("coupons_code")
            .table("coupons")
            .col("workspace_id")
            .col("advertiser_id")
            .col("code_folded")
            .unique()
            .to_owned();
        manager.create_index(by_code).await
    }
}

fn coupons() -> TableCreateStatement {
    Table::create()
        .table("coupons")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("advertiser_id"))
        .col(uuid("partner_id"))
        .col(string_len("code", 256))
        .col(string_len("code_folded", 512))
        .col(json_binary("offers"))
        .col(big_integer_null("valid_from"))
        .col(big_integer_null("valid_until"))
        .col(string_len("state", 20))
        .col(text_null("note"))
        .col(big_integer("uses_count"))
        .col(big_integer("elsewhere_count"))
        .col(big_integer_null("last_used_at"))
        .col(big_integer("created_at"))
        .to_owned()
}

fn crediting() -> TableCreateStatement {
    Table::create()
        .table("offer_crediting")
        .col(pk_uuid("offer_id"))
        .col(uuid("workspace_id"))
        .col(string_len("coupon_rule", 20))
        .col(string_len("binding", 20))
        .col(integer("binding_days"))
        .col(string_len("existing_customers", 20))
        .to_owned()
}
