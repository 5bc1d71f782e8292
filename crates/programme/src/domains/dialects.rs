//! The dialects a domain may speak, and tokens that senders brought along from another platform.

use edge::dialect::{Dialect, Dialects};
use kernel::{Id, Refusal, RefusalCode, Tenant, Timestamp, id};
use sea_orm::{ConnectionTrait, ExprTrait as _, IntoActiveModel as _, QueryOrder as _, entity::prelude::*};
use sea_orm_migration::{
    prelude::{Index, MigrationName, MigrationTrait, SchemaManager, Table},
    schema::*,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    App, advertisers,
    audit::{self, Change},
    identity::Actor,
    news::{self, RouteNews},
    platform::{Answer, columns::TextList, secrets::token_hash},
};

/// Tokens of one workspace.
const TOKENS_MAX: usize = 500;
const TOKEN_CHARS_MIN: usize = 6;
const TOKEN_CHARS_MAX: usize = 128;
/// Characters of a token that are shown, so that people can tell one from another.
const HINT_CHARS: usize = 3;

/// A platform whose form is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DialectName {
    Tune,
    Everflow,
    Affise,
    Keitaro,
    Awin,
}

impl DialectName {
    pub const fn dialect(self) -> Dialect {
        match self {
            Self::Tune => Dialect::Tune,
            Self::Everflow => Dialect::Everflow,
            Self::Affise => Dialect::Affise,
            Self::Keitaro => Dialect::Keitaro,
            Self::Awin => Dialect::Awin,
        }
    }

    fn from_dialect(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Tune => Self::Tune,
            Dialect::Everflow => Self::Everflow,
            Dialect::Affise => Self::Affise,
            Dialect::Keitaro => Self::Keitaro,
            Dialect::Awin => Self::Awin,
        }
    }
}

/// Known dialects alone, each once.
pub(super) fn checked(dialects: &[String]) -> Result<TextList, Refusal> {
    let word = |text: &String| Dialect::from_code(text.trim()).map(|dialect| dialect.code().to_owned());
    let known: Option<Vec<String>> = dialects.iter().map(word).collect();
    let known = known.ok_or_else(|| {
        let all = Dialect::ALL.map(Dialect::code).join(", ");
        Refusal::field("dialects", format!("must be some of {all}"))
    })?;
    TextList::checked("dialects", &known, TOKEN_CHARS_MAX)
}

/// The edge's form of a domain's words; words it does not know (of earlier versions) mean nothing.
pub fn spoken(words: &TextList) -> Dialects {
    words.0.iter().filter_map(|word| Dialect::from_code(word)).collect()
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "dialect_tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::DialectToken>,
    pub workspace_id: Id<id::Workspace>,
    /// Absent: it speaks for every advertiser.
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub dialect: String,
    /// SHA-256 in hex.
    pub token_hash: String,
    /// How it ends.
    pub hint: String,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn name(&self) -> Option<DialectName> {
        Dialect::from_code(&self.dialect).map(DialectName::from_dialect)
    }
}

/// A token that an advertiser's postbacks carry already: TUNE's `security_token`, Everflow's `verification_token`,
/// Affise's `secure`, Keitaro's key in the path.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"dialect": "tune", "token": "3f0c1d9a7b52", "advertiser_id": null}))]
pub struct NewDialectToken {
    pub dialect: DialectName,
    /// Kept as its SHA-256 alone.
    pub token: String,
    pub advertiser_id: Option<Id<id::Advertiser>>,
}

/// Takes a token in.
pub async fn create(app: &App, actor: &Actor, new: NewDialectToken) -> Answer<Model> {
    let token = new.token.trim();
    let (length, odd) = (token.chars().count(), token.chars().any(|letter| letter.is_control() || letter == ' '));
    if !(TOKEN_CHARS_MIN..=TOKEN_CHARS_MAX).contains(&length) || odd {
        return Err(Refusal::field("token", "must have 6 to 128 characters without blanks").into());
    }
    let write = app.records.begin().await?;
    if let Some(advertiser) = new.advertiser_id {
        advertisers::store::get(&*write, actor.tenant, advertiser).await?;
    }
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        advertiser_id: new.advertiser_id,
        dialect: new.dialect.dialect().code().to_owned(),
        token_hash: token_hash(token),
        hint: token.chars().skip(length - HINT_CHARS).collect(),
        created_at: app.ambient.now(),
        revoked_at: None,
    };
    let present = live(&*write, actor.tenant).await?;
    if present.iter().any(|one| one.token_hash == row.token_hash && one.dialect == row.dialect) {
        return Err(Refusal::new(RefusalCode::AlreadyExists, "this token is known already").into());
    }
    if present.len() >= TOKENS_MAX {
        return Err(Refusal::field("token", format!("a workspace has at most {TOKENS_MAX} tokens")).into());
    }
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let after = Some(json!({"dialect": row.dialect, "advertiser_id": row.advertiser_id, "hint": row.hint}));
    let change = Change { action: "dialect_token.created", subject: row.id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::DialectToken(row.id)]).await?;
    Ok(row)
}

/// Takes a token out of force.
pub async fn revoke(app: &App, actor: &Actor, token: Id<id::DialectToken>) -> Answer<()> {
    let write = app.records.begin().await?;
    let mine = Column::WorkspaceId.eq(actor.tenant.id()).and(Column::Id.eq(token)).and(Column::RevokedAt.is_null());
    let row = Entity::find().filter(mine).one(&*write).await?;
    let mut row = row.ok_or_else(|| Refusal::not_found("token"))?;
    row.revoked_at = Some(app.ambient.now());
    let before = Some(json!({"dialect": row.dialect, "advertiser_id": row.advertiser_id, "hint": row.hint}));
    Entity::update(row.into_active_model().reset_all()).exec_without_returning(&*write).await?;
    let change = Change { action: "dialect_token.revoked", subject: token.to_string(), before, after: None };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::DialectToken(token)]).await
}

/// Tokens in force, newest first.
pub async fn live(conn: &impl ConnectionTrait, tenant: Tenant) -> Result<Vec<Model>, DbErr> {
    let mine = Column::WorkspaceId.eq(tenant.id()).and(Column::RevokedAt.is_null());
    Entity::find().filter(mine).order_by_desc(Column::Id).all(conn).await
}

pub struct DialectTokens;

impl MigrationName for DialectTokens {
    fn name(&self) -> &str {
        "m0061_dialect_tokens"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for DialectTokens {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("dialect_tokens")
            .col(pk_uuid("id"))
            .col(uuid("workspace_id"))
            .col(uuid_null("advertiser_id"))
            .col(string_len("dialect", 20))
            .col(string_len("token_hash", 64))
            .col(string_len("hint", 12))
            .col(big_integer("created_at"))
            .col(big_integer_null("revoked_at"))
            .to_owned();
        manager.create_table(table).await?;
        let mut by_workspace = Index::create();
        by_workspace.name("dialect_tokens_workspace").table("dialect_tokens").col("workspace_id");
        manager.create_index(by_workspace).await
    }
}
