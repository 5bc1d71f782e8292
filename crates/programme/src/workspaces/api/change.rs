//! Change the workspace.

use axum::{Json, extract::State};
use kernel::{Currency, Decimal8, Refusal};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::Deserialize;
use serde_json::json;

use super::show::WorkspaceOut;
use crate::{
    App,
    identity::permissions::CanSetWorkspace,
    news::{RouteNews, commit_routes},
    platform::{
        Answer, Body,
        addresses::web_address,
        audit_trail::{self, Change},
        body::{TEXT_CHARS_MAX, present, short_text},
    },
    workspaces::{
        model::{ActiveModel, Column, Entity, Model, TagConsent},
        store,
    },
};

#[derive(Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"timezone": "Europe/Warsaw", "fallback_url": "https://example.com/sorry"}))]
pub struct WorkspaceChange {
    pub name: Option<String>,
    /// IANA name. Holds, locks and payouts run on its days from then on.
    pub timezone: Option<String>,
    pub reporting_currency: Option<String>,
    /// Where visitors go whom no offer wants; `null` for nowhere.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub fallback_url: Option<Option<String>>,
    /// Whether visitors are asked before anything is kept of them.
    pub tag_consent: Option<TagConsent>,
    /// Per cent of what is charged that plans must leave, 0 to 100; `null` for anything.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Decimal8>)]
    pub margin_floor: Option<Option<Decimal8>>,
    /// Hours that a changed account of a partner waits once it is confirmed, 0 to 720.
    pub payee_change_wait_hours: Option<i32>,
}

const PAYEE_CHANGE_WAIT_HOURS_MAX: i32 = 720;
const FLOOR_MAX: i64 = 100 * Decimal8::ONE.raw();

/// Change the workspace. What is not named stays.
#[utoipa::path(
    patch, path = "/v1/workspace", tag = "workspaces", request_body = WorkspaceChange,
    responses((status = 200, body = WorkspaceOut))
)]
pub async fn change(
    State(app): State<App>,
    CanSetWorkspace(actor): CanSetWorkspace,
    Body(body): Body<WorkspaceChange>,
) -> Answer<Json<WorkspaceOut>> {
    let write = app.records.begin().await?;
    let before = store::get(&*write, actor.tenant).await?;
    let after = changed(&app, before.clone(), body)?;
    let own_row = Column::Id.eq(actor.tenant.id());
    Entity::update_many().set(columns(&after)).filter(own_row).exec(&*write).await?;
    let (was, is) = (Some(remembered(&before)), Some(remembered(&after)));
    let change = Change { action: "workspace.updated", subject: after.id.to_string(), before: was, after: is };
    audit_trail::record(&*write, &app.ambient, actor.author(), change).await?;
    if (&before.fallback_url, before.tag_consent) != (&after.fallback_url, after.tag_consent) {
        commit_routes(&app, write, actor.tenant, &[RouteNews::Workspace(after.id)]).await?;
    } else {
        write.commit().await?;
    }
    Ok(Json(WorkspaceOut::of(after, &actor)))
}

fn changed(app: &App, mut row: Model, body: WorkspaceChange) -> Answer<Model> {
    row.tag_consent = body.tag_consent.unwrap_or(row.tag_consent);
    if let Some(name) = &body.name {
        row.name = short_text("name", name, TEXT_CHARS_MAX)?;
    }
    if let Some(timezone) = body.timezone {
        kernel::time::zone(&timezone)?;
        row.timezone = timezone;
    }
    if let Some(currency) = body.reporting_currency {
        row.reporting_currency = currency.parse::<Currency>()?.to_string();
    }
    if let Some(floor) = body.margin_floor {
        if floor.is_some_and(|floor| !(0..=FLOOR_MAX).contains(&floor.raw())) {
            return Err(Refusal::field("margin_floor", "must be 0 to 100 per cent").into());
        }
        row.margin_floor_e8 = floor.map(Decimal8::raw);
    }
    if let Some(hours) = body.payee_change_wait_hours {
        if !(0..=PAYEE_CHANGE_WAIT_HOURS_MAX).contains(&hours) {
            return Err(Refusal::field("payee_change_wait_hours", "must be 0 to 720").into());
        }
        row.payee_change_wait_hours = hours;
    }
    if let Some(url) = body.fallback_url {
        let check = |url: String| web_address("fallback_url", &url, app.settings.allow_private_addresses);
        row.fallback_url = url.map(check).transpose()?.map(|address| address.url);
    }
    Ok(row)
}

fn columns(row: &Model) -> ActiveModel {
    ActiveModel {
        name: Set(row.name.clone()),
        timezone: Set(row.timezone.clone()),
        reporting_currency: Set(row.reporting_currency.clone()),
        fallback_url: Set(row.fallback_url.clone()),
        tag_consent: Set(row.tag_consent),
        margin_floor_e8: Set(row.margin_floor_e8),
        payee_change_wait_hours: Set(row.payee_change_wait_hours),
        ..Default::default()
    }
}

fn remembered(row: &Model) -> serde_json::Value {
    json!({
        "name": row.name, "timezone": row.timezone, "reporting_currency": row.reporting_currency,
        "fallback_url": row.fallback_url, "tag_consent": row.tag_consent,
        "margin_floor": row.margin_floor(), "payee_change_wait_hours": row.payee_change_wait_hours
    })
}
