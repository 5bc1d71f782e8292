//! Who signs in to the demo: workspace, manager, and a member each of a partner and an advertiser.

use app::{
    identity::{
        Place, Role, passwords,
        people::{self, NewUser},
        permissions::REPLAY_SCOPE,
    },
    news::{self, RouteNews},
    workspaces::{self, NewWorkspace},
};
use kernel::{Currency, Tenant};

use super::Login;
use crate::Platform;

/// Known to everybody who runs the demo: it guards nothing.
const PASSWORD: &str = "river-demo-2026";

pub struct Workspace {
    pub tenant: Tenant,
    pub postback_token: String,
    pub manager: Login,
}

pub async fn workspace(platform: &Platform) -> anyhow::Result<Workspace> {
    let app = platform.app();
    let new = NewWorkspace { name: "Riverside Partners", timezone: "Europe/Warsaw", reporting_currency: Currency::EUR };
    let write = app.records.begin().await?;
    let (tenant, postback_token) = workspaces::create(&*write, &app.ambient, &app.secrets, new).await?;
    write.commit().await?;
    let place = Place::staff(Role::Owner);
    let manager = member(platform, tenant, "manager@riverside.example", "Anna Nowak", place).await?;
    Ok(Workspace { tenant, postback_token, manager })
}

/// A member with a password and a key of every scope the role has.
pub async fn member(
    platform: &Platform,
    tenant: Tenant,
    email: &str,
    name: &str,
    place: Place,
) -> anyhow::Result<Login> {
    let app = platform.app();
    let password = passwords::hash(&app.ambient, PASSWORD).await?;
    let write = app.records.begin().await?;
    let person = NewUser { email, name, language: "en", password: Some(password) };
    let user = people::create_user(&*write, &app.ambient, person).await?;
    let member = people::add_membership(&*write, &app.ambient, tenant, user, place).await?;
    let (_, api_key) = people::create_api_key(&*write, &app.ambient, &member, "demo", &["*", REPLAY_SCOPE]).await?;
    news::commit_routes(app, write, tenant, &[RouteNews::Workspace(tenant.id())]).await?;
    Ok(Login { email: email.to_owned(), password: PASSWORD.to_owned(), api_key })
}
