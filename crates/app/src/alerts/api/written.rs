//! Rules of alerts.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Id, Page, id};
use sea_orm::QuerySelect as _;

use super::shapes::AlertRuleOut;
use crate::{
    App,
    alerts::{
        change::{self, WantedRule},
        store,
    },
    identity::permissions::{CanEditAlertRules, CanReadAlerts},
    platform::{Answer, Body, body::PathId, labels::Wanted},
};

/// More than a workspace may have.
const RULES_MAX: u64 = 1_000;

/// All rules, those that come with the program first.
#[utoipa::path(
    get, path = "/v1/alert-rules", tag = "alerts", operation_id = "list_alert_rules",
    responses((status = 200, body = Page<AlertRuleOut>))
)]
pub async fn list(State(app): State<App>, CanReadAlerts(actor): CanReadAlerts) -> Answer<Json<Page<AlertRuleOut>>> {
    store::bring_built_in(&app, actor.tenant).await?;
    let mut rows = store::rules_of(actor.tenant).limit(RULES_MAX).all(app.records.read()).await?;
    rows.sort_by_key(|row| row.built_in.is_none());
    let people = rows.iter().flat_map(|row| row.people.0.iter().copied().chain(row.created_by));
    let wanted = Wanted::default().with(people.collect::<Vec<_>>());
    let items = rows.into_iter().map(AlertRuleOut::of).collect();
    let page = Page { items, next_cursor: None, labels: Default::default() };
    Ok(Json(wanted.beside(page, app.records.read(), actor.tenant).await?))
}

/// Write a rule.
#[utoipa::path(
    post, path = "/v1/alert-rules", tag = "alerts", operation_id = "create_alert_rule", request_body = WantedRule,
    responses(
        (status = 201, body = AlertRuleOut),
        (status = 409, description = "`too_many_of_them`"),
        (status = 422, description = "`invalid_fields`: what cannot be looked at")
    )
)]
pub async fn create(
    State(app): State<App>,
    CanEditAlertRules(actor): CanEditAlertRules,
    Body(wanted): Body<WantedRule>,
) -> Answer<(StatusCode, Json<AlertRuleOut>)> {
    let row = change::create(&app, &actor, &wanted).await?;
    Ok((StatusCode::CREATED, Json(AlertRuleOut::of(row))))
}

/// Change a rule, or switch it off.
#[utoipa::path(
    put, path = "/v1/alert-rules/{id}", tag = "alerts", operation_id = "change_alert_rule",
    params(("id" = Id<id::AlertRule>, Path)), request_body = WantedRule,
    responses((status = 200, body = AlertRuleOut))
)]
pub async fn change(
    State(app): State<App>,
    CanEditAlertRules(actor): CanEditAlertRules,
    PathId(id): PathId<Id<id::AlertRule>>,
    Body(wanted): Body<WantedRule>,
) -> Answer<Json<AlertRuleOut>> {
    Ok(Json(AlertRuleOut::of(change::change(&app, &actor, id, &wanted).await?)))
}

/// Take a rule of one's own away.
#[utoipa::path(
    delete, path = "/v1/alert-rules/{id}", tag = "alerts", operation_id = "remove_alert_rule",
    params(("id" = Id<id::AlertRule>, Path)),
    responses((status = 204), (status = 409, description = "`illegal_move`: it comes with the program"))
)]
pub async fn remove(
    State(app): State<App>,
    CanEditAlertRules(actor): CanEditAlertRules,
    PathId(id): PathId<Id<id::AlertRule>>,
) -> Answer<StatusCode> {
    change::remove(&app, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
