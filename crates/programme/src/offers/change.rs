//! Changing an offer's terms and state.

use kernel::{Id, id};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    entity::offer,
    store, targeting,
    terms_in::{OfferTerms, name},
};
use crate::{
    App,
    advertisers::managers::{self, SubjectKind},
    audit::{self, Change},
    identity::Actor,
    news::{self, RouteNews},
    platform::{
        Answer,
        external_refs::{self, Named, RefKind},
        folding::fold,
    },
};

/// What is to change in an offer; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"state": "paused", "hold_days": 7}))]
pub struct OfferChange {
    pub name: Option<String>,
    #[serde(flatten)]
    pub terms: OfferTerms,
}

/// Changes an offer and hands it over where the manager changes.
pub async fn update(app: &App, actor: &Actor, offer: Id<id::Offer>, wanted: OfferChange) -> Answer<offer::Model> {
    let write = app.records.begin().await?;
    let before = store::get(&*write, actor.tenant, offer).await?;
    let landings = store::landings_of(&*write, actor.tenant, [offer]).await?.remove(&offer).unwrap_or_default();
    let hosts: Vec<String> = landings.iter().filter_map(|landing| host_of(&landing.url)).collect();
    let mut row = before.clone();
    if let Some(text) = &wanted.name {
        row.name = name(text)?;
        row.name_folded = fold(text);
    }
    wanted.terms.put_into(&mut row, &hosts, app.settings.allow_private_addresses)?;
    if let Some(conditions) = &wanted.terms.targeting {
        row.targeting = targeting::checked(&*write, actor.tenant, conditions).await?;
    }
    if row.manager_id != before.manager_id {
        if let Some(manager) = row.manager_id {
            managers::require_staff(&*write, actor.tenant, manager).await?;
        }
        let subject = (SubjectKind::Offer, row.id.uuid());
        managers::hand_over(&*write, &app.ambient, actor.tenant, subject, row.manager_id).await?;
    }
    offer::Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    if row.external_refs != before.external_refs {
        external_refs::put(&*write, actor.tenant, Named::new(RefKind::Offer, offer), &row.external_refs).await?;
    }
    let (before, after) = differences(&before, &row);
    let change = Change { action: "offer.updated", subject: offer.to_string(), before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Offer(offer)]).await?;
    Ok(row)
}

fn host_of(url: &str) -> Option<String> {
    url::Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// The fields that differ, before and after: what the audit log keeps.
fn differences(before: &offer::Model, after: &offer::Model) -> (Option<Value>, Option<Value>) {
    let (before, after) = (remembered(before), remembered(after));
    let (Value::Object(before), Value::Object(after)) = (before, after) else { return (None, None) };
    let differ = |name: &String| before.get(name) != after.get(name);
    let only = |all: &serde_json::Map<String, Value>| {
        let kept = all.iter().filter(|(name, _)| differ(name));
        Some(Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect()))
    };
    (only(&before), only(&after))
}

fn remembered(row: &offer::Model) -> Value {
    json!({
        "name": row.name, "description": row.description, "state": row.state, "visibility": row.visibility,
        "vertical": row.vertical, "landing_parameter": row.landing_parameter, "allowed_hosts": row.allowed_hosts,
        "passes_extra_parameters": row.passes_extra_parameters, "utm_template": row.utm_template,
        "duplicate_window_hours": row.duplicate_window_hours,
        "click_to_conversion_min_seconds": row.click_to_conversion_min_seconds,
        "click_to_conversion_max_days": row.click_to_conversion_max_days,
        "view_to_conversion_hours": row.view_to_conversion_hours, "conversion_start": row.conversion_start,
        "validation_days": row.validation_days, "validation_expiry": row.validation_expiry, "hold_days": row.hold_days,
        "many_per_click": row.many_per_click, "attribution_order": row.attribution_order,
        "pay_model": row.pay_model, "assist_percent": row.assist_percent,
        "traffic_rules": row.traffic_rules, "targeting": row.targeting, "fallback_url": row.fallback_url, "starts_at": row.starts_at,
        "ends_at": row.ends_at, "external_refs": row.external_refs, "manager_id": row.manager_id
    })
}
