//! Tables of identity.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Identity;

/// Remembers in which workspace a session is.
pub struct SessionPlaces;

impl MigrationName for SessionPlaces {
    fn name(&self) -> &str {
        "m0040_session_places"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SessionPlaces {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let change = Table::alter().table("sessions").add_column(uuid_null("membership_id")).to_owned();
        manager.alter_table(change).await
    }
}

impl MigrationName for Identity {
    fn name(&self) -> &str {
        "m0002_identity"
    }
}

/// Nobody is twice in one workspace at the same time.
const ONE_MEMBERSHIP_EACH: &str =
    "create unique index memberships_live on memberships (workspace_id, user_id) where ended_at is null";

#[async_trait::async_trait]
impl MigrationTrait for Identity {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [users(), credentials(), sessions(), password_resets(), memberships(), api_keys(), invitations()] {
            manager.create_table(table).await?;
        }
        let by_user = Index::create().name("memberships_user").table("memberships").col("user_id").to_owned();
        manager.create_index(by_user).await?;
        let by_membership =
            Index::create().name("api_keys_membership").table("api_keys").col("membership_id").to_owned();
        manager.create_index(by_membership).await?;
        let sessions_by_user = Index::create().name("sessions_user").table("sessions").col("user_id").to_owned();
        manager.create_index(sessions_by_user).await?;
        manager.get_connection().execute_unprepared(ONE_MEMBERSHIP_EACH).await.map(drop)
    }
}

fn users() -> TableCreateStatement {
    Table::create()
        .table("users")
        .col(pk_uuid("id"))
        .col(string_len("email", 254).unique_key())
        .col(string_len("name", 200))
        .col(string_len("language", 5))
        .col(big_integer("created_at"))
        .to_owned()
}

fn credentials() -> TableCreateStatement {
    Table::create()
        .table("credentials")
        .col(pk_uuid("user_id"))
        .col(string_len("password_hash", 200))
        .col(binary_null("totp_secret"))
        .col(big_integer_null("totp_confirmed_at"))
        .col(big_integer_null("totp_last_step"))
        .col(big_integer("changed_at"))
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table("sessions")
        .col(pk_uuid("id"))
        .col(uuid("user_id"))
        .col(string_len("token_hash", 64).unique_key())
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("ended_at"))
        .to_owned()
}

fn password_resets() -> TableCreateStatement {
    Table::create()
        .table("password_resets")
        .col(pk_uuid("id"))
        .col(uuid("user_id"))
        .col(string_len("token_hash", 64).unique_key())
        .col(big_integer("expires_at"))
        .col(big_integer_null("used_at"))
        .to_owned()
}

fn memberships() -> TableCreateStatement {
    Table::create()
        .table("memberships")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("user_id"))
        .col(string_len("role", 20))
        .col(uuid_null("partner_id"))
        .col(uuid_null("advertiser_id"))
        .col(big_integer("created_at"))
        .col(big_integer_null("ended_at"))
        .to_owned()
}

fn api_keys() -> TableCreateStatement {
    Table::create()
        .table("api_keys")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(uuid("membership_id"))
        .col(string_len("name", 200))
        .col(string_len("hint", 20))
        .col(string_len("token_hash", 64).unique_key())
        .col(json_binary("scopes"))
        .col(big_integer("created_at"))
        .col(big_integer_null("expires_at"))
        .col(big_integer_null("revoked_at"))
        .to_owned()
}

fn invitations() -> TableCreateStatement {
    Table::create()
        .table("invitations")
        .col(pk_uuid("id"))
        .col(uuid("workspace_id"))
        .col(string_len("email", 254))
        .col(string_len("role", 20))
        .col(uuid_null("partner_id"))
        .col(uuid_null("advertiser_id"))
        .col(string_len("token_hash", 64).unique_key())
        .col(uuid_null("invited_by"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("accepted_at"))
        .col(big_integer_null("revoked_at"))
        .to_owned()
}
