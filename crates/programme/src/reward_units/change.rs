//! Making and editing units of rewards.

use kernel::{Refusal, RefusalCode};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    model::{Entity, Model, RewardKind},
    rules,
    store::{self, UNITS_MAX},
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::{Answer, body::short_text},
};

const NAME_CHARS_MAX: usize = 60;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"code": "POINTS", "name": "Points", "decimals": 0, "kind": "points"}))]
#[serde(deny_unknown_fields)]
pub struct NewRewardUnit {
    /// 2 to 12 capital letters and digits; no currency.
    pub code: String,
    pub name: String,
    /// 0 to 8; they never change.
    pub decimals: u32,
    pub kind: RewardKind,
}

#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"name": "Loyalty points", "is_active": false}))]
#[serde(deny_unknown_fields)]
pub struct RewardUnitChange {
    pub name: Option<String>,
    pub kind: Option<RewardKind>,
    /// Where not, no further rule may name it.
    pub is_active: Option<bool>,
}

pub async fn create(app: &App, actor: &Actor, new: &NewRewardUnit) -> Answer<Model> {
    rules::require_code(&new.code)?;
    let decimals = rules::require_decimals(new.decimals)?;
    let name = short_text("name", &new.name, NAME_CHARS_MAX)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let known = store::of_tenant(&*write, actor.tenant).await?;
    if known.iter().any(|unit| unit.code == new.code) {
        let message = format!("there is a unit {} already", new.code);
        return Err(Refusal::new(RefusalCode::AlreadyExists, message).into());
    }
    if known.len() as u64 >= UNITS_MAX {
        let message = format!("a workspace has at most {UNITS_MAX} units of rewards");
        return Err(Refusal::new(RefusalCode::TooManyOfThem, message).into());
    }
    let now = app.ambient.now();
    let row = Model {
        workspace_id: actor.tenant.id(),
        code: new.code.clone(),
        name,
        decimals,
        kind: new.kind,
        is_active: true,
        created_at: now,
        updated_at: now,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let (subject, after) = (row.code.clone(), Some(shown(&row)));
    let change = Change { action: "reward_unit.created", subject, before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

pub async fn change(app: &App, actor: &Actor, code: &str, change: &RewardUnitChange) -> Answer<Model> {
    let name = change.name.as_deref().map(|name| short_text("name", name, NAME_CHARS_MAX)).transpose()?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = store::get(&*write, actor.tenant, code).await?;
    let row = Model {
        name: name.unwrap_or_else(|| before.name.clone()),
        kind: change.kind.unwrap_or(before.kind),
        is_active: change.is_active.unwrap_or(before.is_active),
        updated_at: app.ambient.now(),
        ..before.clone()
    };
    row.clone().into_active_model().reset_all().update(&*write).await?;
    let (before, after) = (Some(shown(&before)), Some(shown(&row)));
    let change = Change { action: "reward_unit.updated", subject: row.code.clone(), before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

/// What the audit log keeps of it.
fn shown(row: &Model) -> Value {
    json!({"name": row.name, "decimals": row.decimals, "kind": row.kind, "is_active": row.is_active})
}
