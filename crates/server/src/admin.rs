//! `tributary admin`: what an operator does before anybody can sign in.

use anyhow::Context as _;
use app::{
    identity::{
        Role,
        entity::{membership, user},
        password_resets, passwords,
        people::{self, NewUser},
        permissions,
        rules::Place,
    },
    news::{self, RouteNews},
    workspaces::{self, NewWorkspace},
};
use clap::Subcommand;
use kernel::{Id, Tenant, id};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Platform;

#[derive(Clone, Debug, Subcommand, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum AdminCommand {
    /// Makes a workspace; prints its id and postback token.
    CreateWorkspace {
        #[arg(long)]
        name: String,
        #[arg(long, default_value = "UTC")]
        timezone: String,
        #[arg(long, default_value = "EUR")]
        currency: String,
    },
    /// Makes a user and a membership.
    CreateUser {
        #[arg(long)]
        workspace: String,
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        #[arg(long, default_value = "owner")]
        role: String,
        #[arg(long, env = "TRIBUTARY_PASSWORD", hide_env_values = true)]
        password: String,
    },
    /// Makes an API key of a user; prints it once.
    CreateApiKey {
        #[arg(long)]
        workspace: String,
        #[arg(long)]
        email: String,
        #[arg(long, default_value = "admin")]
        name: String,
        /// Scopes with commas; all that the role may unless said.
        #[arg(long, value_delimiter = ',')]
        scopes: Vec<String>,
    },
    /// Makes a link with which a person chooses a new password; pass it on where no mail server is set.
    ResetPassword {
        #[arg(long)]
        email: String,
    },
    /// Makes a new key for click ids; ids made with older keys stay valid.
    RotateKeys,
}

pub async fn run(platform: &Platform, command: AdminCommand) -> anyhow::Result<Value> {
    match command {
        AdminCommand::CreateWorkspace { name, timezone, currency } => {
            create_workspace(platform, &name, &timezone, &currency).await
        }
        AdminCommand::CreateUser { workspace, email, name, role, password } => {
            let role = serde_json::from_value(Value::String(role)).context("a role is owner, manager, analyst, …")?;
            create_user(platform, &workspace, Newcomer { email, name, role, password }).await
        }
        AdminCommand::CreateApiKey { workspace, email, name, scopes } => {
            create_api_key(platform, &workspace, &email, &name, scopes).await
        }
        AdminCommand::ResetPassword { email } => {
            let url = password_resets::link_by_hand(platform.app(), &email).await?;
            Ok(json!({ "url": url }))
        }
        AdminCommand::RotateKeys => {
            platform.rotate_click_keys()?;
            Ok(json!({ "rotated": true, "in_force": "from the next start" }))
        }
    }
}

struct Newcomer {
    email: String,
    name: String,
    role: Role,
    password: String,
}

async fn create_workspace(platform: &Platform, name: &str, timezone: &str, currency: &str) -> anyhow::Result<Value> {
    let app = platform.app();
    let new = NewWorkspace { name, timezone, reporting_currency: currency.parse()? };
    let write = app.records.begin().await?;
    let (tenant, token) = workspaces::create(&*write, &app.ambient, &app.secrets, new).await?;
    write.commit().await?;
    app.catch_up_routes().await?;
    Ok(json!({ "workspace_id": tenant.id(), "postback_token": token }))
}

async fn create_user(platform: &Platform, workspace: &str, new: Newcomer) -> anyhow::Result<Value> {
    let app = platform.app();
    let tenant = tenant_of(platform, workspace).await?;
    passwords::check_strength(&new.password)?;
    let password = passwords::hash(&app.ambient, &new.password).await?;
    let write = app.records.begin().await?;
    let person = NewUser { email: &new.email, name: &new.name, language: "en", password: Some(password) };
    let user = people::create_user(&*write, &app.ambient, person).await?;
    anyhow::ensure!(new.role.is_staff(), "partners and advertisers are invited by a manager");
    let place = Place::staff(new.role);
    let member = people::add_membership(&*write, &app.ambient, tenant, user, place).await?;
    write.commit().await?;
    Ok(json!({ "user_id": user, "membership_id": member.id }))
}

async fn create_api_key(
    platform: &Platform,
    workspace: &str,
    email: &str,
    name: &str,
    scopes: Vec<String>,
) -> anyhow::Result<Value> {
    let app = platform.app();
    let tenant = tenant_of(platform, workspace).await?;
    let member = membership_of(platform, tenant, email).await?;
    let member = member.with_context(|| format!("{email} is no member of {workspace}"))?;
    let scopes = if scopes.is_empty() { vec!["*".to_owned(), permissions::REPLAY_SCOPE.to_owned()] } else { scopes };
    let known = permissions::scopes();
    let unknown = scopes.iter().find(|scope| *scope != "*" && !known.contains(&scope.as_str()));
    anyhow::ensure!(unknown.is_none(), "there is no scope {}", unknown.map_or("", String::as_str));
    let write = app.records.begin().await?;
    let (id, key) = people::create_api_key(&*write, &app.ambient, &member, name, &scopes).await?;
    news::commit_routes(app, write, tenant, &[RouteNews::Workspace(tenant.id())]).await?;
    Ok(json!({ "api_key_id": id, "api_key": key }))
}

async fn membership_of(platform: &Platform, tenant: Tenant, email: &str) -> anyhow::Result<Option<membership::Model>> {
    let records = platform.app().records.read();
    let user = user::Entity::find().filter(user::Column::Email.eq(email.to_lowercase())).one(records).await?;
    let Some(user) = user else { return Ok(None) };
    let members = membership::Entity::find()
        .filter(membership::Column::WorkspaceId.eq(tenant.id()))
        .filter(membership::Column::UserId.eq(user.id))
        .filter(membership::Column::EndedAt.is_null());
    Ok(members.one(records).await?)
}

async fn tenant_of(platform: &Platform, workspace: &str) -> anyhow::Result<Tenant> {
    let tenant = Tenant(workspace.parse::<Id<id::Workspace>>()?);
    workspaces::store::get(platform.app().records.read(), tenant).await?;
    Ok(tenant)
}
