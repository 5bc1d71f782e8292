//! Adding and changing tracking domains.

use kernel::{Id, Refusal, RefusalCode, id};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::{
    dialects,
    model::{Column, DomainState, Entity, Findings, Model},
    store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    news::{self, RouteNews},
    partners,
    platform::{Answer, addresses::host_pattern},
};

/// A tracking domain to be. Its DNS must point here.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"host": "go.riverside.example"}))]
pub struct NewDomain {
    pub host: String,
    /// Set where only this partner's links may use it.
    pub partner_id: Option<Id<id::Partner>>,
    /// Forms of other platforms that are spoken there: `tune`, `everflow`, `affise`, `keitaro`, `awin`.
    #[serde(default)]
    pub dialects: Vec<String>,
}

/// Adds a tracking domain.
pub async fn create(app: &App, actor: &Actor, new: NewDomain) -> Answer<Model> {
    let write = app.records.begin().await?;
    if let Some(partner) = new.partner_id {
        partners::store::get(&*write, actor.tenant, partner).await?;
    }
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_id: new.partner_id,
        host: host(app, &new.host)?,
        dialects: dialects::checked(&new.dialects)?,
        state: DomainState::Ok,
        is_state_chosen: false,
        findings: Findings::default(),
        certificate_until: None,
        checked_at: None,
        created_at: app.ambient.now(),
    };
    if Entity::find().filter(Column::Host.eq(&row.host)).one(&*write).await?.is_some() {
        return Err(Refusal::new(RefusalCode::AlreadyExists, "this host is a tracking domain already").into());
    }
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let after = Some(json!({"host": row.host, "partner_id": row.partner_id}));
    let change = Change { action: "domain.created", subject: row.id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Domain(row.id)]).await?;
    Ok(row)
}

/// A plain host name; not the one people sign in at.
fn host(app: &App, text: &str) -> Result<String, Refusal> {
    let host = host_pattern("host", text, app.settings.allow_private_addresses)?;
    let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    let main = Url::parse(&app.settings.public_url).ok();
    let is_main = main.is_some_and(|main| main.host_str() == Some(&host));
    if !is_name || is_main || host.parse::<std::net::IpAddr>().is_ok() {
        return Err(Refusal::field("host", "must be a host name of its own such as go.riverside.example"));
    }
    Ok(host)
}

/// What is to change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"state": "banned"}))]
pub struct DomainChange {
    /// `banned`: no new links use it; those that were given out still work. What is chosen here stays until `ok` is
    /// chosen; then checks tell the state again.
    pub state: Option<DomainState>,
    /// `tune`, `everflow`, `affise`, `keitaro`, `awin`; an empty list speaks our own form alone.
    pub dialects: Option<Vec<String>>,
}

/// Changes a tracking domain.
pub async fn update(app: &App, actor: &Actor, domain: Id<id::TrackingDomain>, wanted: DomainChange) -> Answer<Model> {
    let write = app.records.begin().await?;
    let mut row = store::get(&*write, actor.tenant, domain).await?;
    let before = Some(json!({"state": row.state, "dialects": row.dialects}));
    if let Some(state) = wanted.state {
        (row.state, row.is_state_chosen) = (state, state != DomainState::Ok);
    }
    if let Some(dialects) = &wanted.dialects {
        row.dialects = dialects::checked(dialects)?;
    }
    Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    let after = Some(json!({"state": row.state, "dialects": row.dialects}));
    let change = Change { action: "domain.updated", subject: row.id.to_string(), before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Domain(row.id)]).await?;
    Ok(row)
}
