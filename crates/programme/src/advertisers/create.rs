//! Making an advertiser.

use std::collections::BTreeMap;

use kernel::{Id, Timestamp, id};
use sea_orm::{ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::json;

use super::{
    managers::{self, SubjectKind},
    model::{AdvertiserState, Entity, Model, ReceiptTrust},
    proof,
    status_map::StatusMap,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    news::{self, RouteNews},
    platform::{
        Answer,
        body::{self, TEXT_CHARS_MAX},
        columns::TextMap,
    },
};

/// An advertiser to be. Only the name is needed.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"name": "Riverside Shop", "external_refs": {"everflow": "17"}}))]
pub struct NewAdvertiser {
    pub name: String,
    /// Words of the advertiser and what they mean here; the common ones are known already.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, super::status_map::Meaning>)]
    pub status_map: StatusMapIn,
    /// Proof asked of postbacks: `token` unless said.
    pub min_trust: Option<ReceiptTrust>,
    /// Whether pixel and tag may report conversions with a click id alone: yes unless said.
    pub accepts_pixel: Option<bool>,
    /// Addresses and networks receipts may come from, such as `203.0.113.0/24`; anywhere where empty.
    #[serde(default)]
    pub ip_allow_list: Vec<String>,
    /// IANA name; the workspace's unless said.
    pub timezone: Option<String>,
    #[serde(default)]
    pub external_refs: BTreeMap<String, String>,
    pub manager_id: Option<Id<id::User>>,
}

/// Words added to, or replaced in, the common ones.
pub type StatusMapIn = BTreeMap<String, super::status_map::Meaning>;

/// Makes an active advertiser.
pub async fn create(app: &App, actor: &Actor, new: NewAdvertiser) -> Answer<Model> {
    let write = app.records.begin().await?;
    let row = put(app, &*write, actor, new).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Advertiser(row.id)]).await?;
    Ok(row)
}

/// As [`create`], in the caller's transaction; the caller tells the edge.
pub async fn put(app: &App, conn: &impl ConnectionTrait, actor: &Actor, new: NewAdvertiser) -> Answer<Model> {
    let manager_id = managers::for_new(conn, actor, new.manager_id).await?;
    let row = Model { manager_id, ..checked(app.ambient.new_id(), actor, new, app.ambient.now())? };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(conn).await?;
    let subject = (SubjectKind::Advertiser, row.id.uuid());
    managers::hand_over(conn, &app.ambient, actor.tenant, subject, manager_id).await?;
    let after = Some(json!({"name": row.name}));
    let change = Change { action: "advertiser.created", subject: row.id.to_string(), before: None, after };
    audit::record(conn, &app.ambient, actor, change).await?;
    Ok(row)
}

fn checked(id: Id<id::Advertiser>, actor: &Actor, new: NewAdvertiser, now: Timestamp) -> Answer<Model> {
    if let Some(timezone) = &new.timezone {
        kernel::time::zone(timezone)?;
    }
    Ok(Model {
        id,
        workspace_id: actor.tenant.id(),
        name: body::short_text("name", &new.name, TEXT_CHARS_MAX)?,
        state: AdvertiserState::Active,
        status_map: StatusMap::default().with(&new.status_map)?,
        min_trust: new.min_trust.unwrap_or(ReceiptTrust::Token),
        accepts_pixel: new.accepts_pixel.unwrap_or(true),
        ip_allow_list: proof::networks("ip_allow_list", &new.ip_allow_list)?,
        timezone: new.timezone,
        external_refs: TextMap::checked("external_refs", &new.external_refs)?,
        manager_id: None,
        created_at: now,
    })
}
