//! Changing an advertiser.

use std::collections::BTreeMap;

use kernel::{Id, id};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    create::StatusMapIn,
    managers::{self, SubjectKind},
    model::{AdvertiserState, Entity, Model, ReceiptTrust},
    proof, store,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    news::{self, RouteNews},
    platform::{
        Answer, WriteTransaction,
        body::{self, TEXT_CHARS_MAX, present},
        columns::TextMap,
    },
};

/// What is to change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"state": "paused", "status_map": {"storno": {"state": "reversed", "reason": "returned"}}}))]
pub struct AdvertiserChange {
    pub name: Option<String>,
    /// `paused` stops the traffic of all its offers.
    pub state: Option<AdvertiserState>,
    /// Words to add or replace.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, super::status_map::Meaning>)]
    pub status_map: StatusMapIn,
    pub min_trust: Option<ReceiptTrust>,
    pub accepts_pixel: Option<bool>,
    pub ip_allow_list: Option<Vec<String>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub timezone: Option<Option<String>>,
    pub external_refs: Option<BTreeMap<String, String>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<id::User>)]
    pub manager_id: Option<Option<Id<id::User>>>,
}

/// Changes an advertiser and hands it over where the manager changes.
pub async fn update(
    app: &App,
    actor: &Actor,
    advertiser: Id<id::Advertiser>,
    change: AdvertiserChange,
) -> Answer<Model> {
    let write = app.records.begin().await?;
    let before = store::get(&*write, actor.tenant, advertiser).await?;
    let row = changed(before.clone(), change)?;
    if row.manager_id != before.manager_id {
        if let Some(manager) = row.manager_id {
            managers::require_staff(&*write, actor.tenant, manager).await?;
        }
        let subject = (SubjectKind::Advertiser, row.id.uuid());
        managers::hand_over(&*write, &app.ambient, actor.tenant, subject, row.manager_id).await?;
    }
    save(app, actor, write, "advertiser.updated", (Some(remembered(&before)), &row)).await?;
    Ok(row)
}

fn changed(mut row: Model, change: AdvertiserChange) -> Answer<Model> {
    if let Some(name) = &change.name {
        row.name = body::short_text("name", name, TEXT_CHARS_MAX)?;
    }
    if let Some(Some(timezone)) = &change.timezone {
        kernel::time::zone(timezone)?;
    }
    if let Some(networks) = &change.ip_allow_list {
        row.ip_allow_list = proof::networks("ip_allow_list", networks)?;
    }
    if let Some(refs) = &change.external_refs {
        row.external_refs = TextMap::checked("external_refs", refs)?;
    }
    row.status_map = row.status_map.with(&change.status_map)?;
    row.state = change.state.unwrap_or(row.state);
    row.min_trust = change.min_trust.unwrap_or(row.min_trust);
    row.accepts_pixel = change.accepts_pixel.unwrap_or(row.accepts_pixel);
    row.timezone = change.timezone.unwrap_or(row.timezone);
    row.manager_id = change.manager_id.unwrap_or(row.manager_id);
    Ok(row)
}

async fn save(
    app: &App,
    actor: &Actor,
    write: WriteTransaction,
    action: &str,
    (before, row): (Option<Value>, &Model),
) -> Answer<()> {
    Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    let after = before.is_some().then(|| remembered(row));
    let change = Change { action, subject: row.id.to_string(), before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Advertiser(row.id)]).await
}

/// What the audit log keeps: no secrets.
fn remembered(row: &Model) -> Value {
    json!({
        "name": row.name, "state": row.state, "status_map": row.status_map, "min_trust": row.min_trust,
        "accepts_pixel": row.accepts_pixel, "ip_allow_list": row.ip_allow_list, "timezone": row.timezone,
        "external_refs": row.external_refs, "manager_id": row.manager_id
    })
}
