//! Changing a partner: its state, group, tags, manager, trafficback.

use std::collections::BTreeMap;

use kernel::{Id, Refusal, Timestamp, id};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::{
    create::{GROUP_CHARS_MAX, TAG_CHARS_MAX, country},
    model::{Entity, Model, PartnerState},
    payout_details, recruiter, store,
};
use crate::{
    App,
    advertisers::managers::{self, SubjectKind},
    audit::{self, Change},
    identity::{Actor, people},
    news::{self, RouteNews},
    platform::{
        Answer, WriteTransaction,
        addresses::web_address,
        body::{self, TEXT_CHARS_MAX, optional_text, present},
        columns::{TextList, TextMap},
        external_refs::{self, Named, RefKind},
        folding::fold,
    },
};

const REASON_CHARS_MAX: usize = 500;

/// What is to change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"state": "suspended", "state_reason": "traffic under review", "tags": ["seo", "review"]}))]
pub struct PartnerChange {
    pub name: Option<String>,
    pub email: Option<String>,
    /// Only an `active` partner's links carry traffic.
    pub state: Option<PartnerState>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub state_reason: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub group: Option<Option<String>>,
    pub tags: Option<Vec<String>>,
    pub language: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub country: Option<Option<String>>,
    pub external_refs: Option<BTreeMap<String, String>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<id::User>)]
    pub manager_id: Option<Option<Id<id::User>>>,
    /// Where refused visitors go back to.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub trafficback_url: Option<Option<String>>,
    /// The manager has seen that the trafficback's host is the partner's own.
    pub trafficback_verified: Option<bool>,
    /// Who brought this partner. It counts for conversions that are approved from then on.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<id::Partner>)]
    pub recruited_by: Option<Option<Id<id::Partner>>>,
    /// From when the recruiters' shares run; now where a recruiter is named without it.
    pub recruited_at: Option<Timestamp>,
}

/// Changes a partner and hands it over where the manager changes.
pub async fn update(app: &App, actor: &Actor, partner: Id<id::Partner>, change: PartnerChange) -> Answer<Model> {
    let write = app.records.begin().await?;
    // Each change writes the whole row: one that is put in force meanwhile would be undone. And two changes at once could
    // close a circle of recruiters that neither sees.
    write.lock_workspace(actor.tenant).await?;
    let before = store::get(&*write, actor.tenant, partner).await?;
    let mut row = changed(app, before.clone(), &change)?;
    if row.email != before.email {
        payout_details::keep_mail(app, &mut row, &before.email);
        row.email_changed_at = Some(app.ambient.now());
    }
    if change.recruited_by.is_some() || change.recruited_at.is_some() {
        let recruiter = change.recruited_by.unwrap_or(before.recruited_by);
        recruiter::set(&*write, &mut row, recruiter, change.recruited_at, app.ambient.now()).await?;
    }
    if row.manager_id != before.manager_id {
        if let Some(manager) = row.manager_id {
            managers::require_staff(&*write, actor.tenant, manager).await?;
        }
        let subject = (SubjectKind::Partner, row.id.uuid());
        managers::hand_over(&*write, &app.ambient, actor.tenant, subject, row.manager_id).await?;
    }
    if row.external_refs != before.external_refs {
        external_refs::put(&*write, actor.tenant, Named::new(RefKind::Partner, row.id), &row.external_refs).await?;
    }
    let values = (Some(remembered(&before)), Some(remembered(&row)));
    save(app, actor, write, "partner.updated", values, &row).await?;
    Ok(row)
}

fn changed(app: &App, mut row: Model, change: &PartnerChange) -> Answer<Model> {
    if let Some(name) = &change.name {
        row.name = body::short_text("name", name, TEXT_CHARS_MAX)?;
        row.name_folded = fold(name);
    }
    if let Some(email) = &change.email {
        row.email = body::email("email", email)?;
    }
    if let Some(group) = &change.group {
        row.partner_group = optional_text("group", group.as_deref(), GROUP_CHARS_MAX)?;
    }
    if let Some(tags) = &change.tags {
        row.tags = TextList::checked("tags", tags, TAG_CHARS_MAX)?;
    }
    if let Some(language) = &change.language {
        row.language = people::language(language)?;
    }
    if let Some(code) = &change.country {
        row.country = code.as_deref().map(country).transpose()?;
    }
    if let Some(refs) = &change.external_refs {
        row.external_refs = TextMap::checked("external_refs", refs)?;
    }
    row.manager_id = change.manager_id.unwrap_or(row.manager_id);
    change_state(&mut row, change)?;
    change_trafficback(app, &mut row, change)?;
    Ok(row)
}

fn change_state(row: &mut Model, change: &PartnerChange) -> Result<(), Refusal> {
    if let Some(state) = change.state.filter(|&state| state != row.state) {
        row.state = state;
        row.state_reason = None;
    }
    if let Some(reason) = &change.state_reason {
        row.state_reason = optional_text("state_reason", reason.as_deref(), REASON_CHARS_MAX)?;
    }
    Ok(())
}

/// A new address is unverified until somebody says otherwise.
fn change_trafficback(app: &App, row: &mut Model, change: &PartnerChange) -> Result<(), Refusal> {
    if let Some(url) = &change.trafficback_url {
        let checked = |url: &String| web_address("trafficback_url", url, app.settings.allow_private_addresses);
        row.trafficback_url = url.as_ref().map(checked).transpose()?.map(|address| address.url);
        row.trafficback_verified_host = None;
    }
    if let Some(is_verified) = change.trafficback_verified {
        let host = row.trafficback_url.as_deref().and_then(host_of);
        row.trafficback_verified_host = host.filter(|_| is_verified);
    }
    Ok(())
}

fn host_of(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

pub(super) async fn save(
    app: &App,
    actor: &Actor,
    write: WriteTransaction,
    action: &str,
    (before, after): (Option<Value>, Option<Value>),
    row: &Model,
) -> Answer<()> {
    Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    let change = Change { action, subject: row.id.to_string(), before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Partner(row.id)]).await
}

fn remembered(row: &Model) -> Value {
    json!({
        "name": row.name, "email": row.email, "state": row.state, "state_reason": row.state_reason, "group": row.partner_group,
        "tags": row.tags, "language": row.language, "country": row.country, "external_refs": row.external_refs,
        "manager_id": row.manager_id, "trafficback_url": row.trafficback_url,
        "trafficback_verified_host": row.trafficback_verified_host, "recruited_by": row.recruited_by,
        "recruited_at": row.recruited_at
    })
}
