//! What was found, and what people do with it.

use std::collections::HashMap;

use axum::{Json, extract::State};
use kernel::{Id, Page, PageQuery, id};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use serde::Deserialize;

use super::shapes::AlertOut;
use crate::{
    App,
    alerts::{
        entity::{
            alert::{Column, Model},
            rule,
        },
        handle::{self, Handling},
        names, store,
    },
    identity::{
        Actor,
        permissions::{CanHandleAlerts, CanReadAlerts},
    },
    platform::{
        Answer, Body,
        body::{Params, PathId},
        labels::Wanted,
        listing::newest_first,
    },
};

pub use crate::alerts::entity::alert::AlertState;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AlertFilter {
    pub state: Option<AlertState>,
    /// Only those that are put off, or only those that are not.
    pub snoozed: Option<bool>,
    pub rule_id: Option<Id<id::AlertRule>>,
    pub assigned_to: Option<Id<id::User>>,
    /// A value of a rule's dimension, such as a partner's id.
    pub subject: Option<String>,
}

impl AlertFilter {
    fn wanted(&self, now: kernel::Timestamp) -> Condition {
        let is_snoozed = Column::SnoozedUntil.gt(now);
        let is_not = Condition::any().add(Column::SnoozedUntil.is_null()).add(Column::SnoozedUntil.lte(now));
        Condition::all()
            .add_option(self.state.map(|state| Column::State.eq(state)))
            .add_option(self.rule_id.map(|rule| Column::RuleId.eq(rule)))
            .add_option(self.assigned_to.map(|user| Column::AssignedTo.eq(user)))
            .add_option(self.subject.as_deref().map(|subject| Column::Subject.eq(subject)))
            .add_option(self.snoozed.map(|wanted| if wanted { Condition::all().add(is_snoozed) } else { is_not }))
    }
}

/// Alerts, newest first.
#[utoipa::path(
    get, path = "/v1/alerts", tag = "alerts", operation_id = "list_alerts",
    params(AlertFilter, PageQuery), responses((status = 200, body = Page<AlertOut>))
)]
pub async fn list(
    State(app): State<App>,
    CanReadAlerts(actor): CanReadAlerts,
    Params(filter): Params<AlertFilter>,
    Params(page): Params<PageQuery>,
) -> Answer<Json<Page<AlertOut>>> {
    let query = store::alerts_of(actor.tenant).filter(filter.wanted(app.ambient.now()));
    let rows = newest_first::<_, id::Alert>(app.records.read(), query, Column::Id, &page).await?;
    let rows = Page::from_rows(rows, &page, |row| row.id);
    let mut labels =
        names::names(app.records.read(), actor.tenant, rows.items.iter().map(|row| row.subject.as_str())).await?;
    let people = rows.items.iter().flat_map(|row| [row.assigned_to, row.ended_by]).flatten();
    labels.extend(Wanted::default().with(people).read(app.records.read(), actor.tenant).await?);
    let items = told(&app, &actor, rows.items).await?;
    Ok(Json(Page { items, next_cursor: rows.next_cursor, labels }))
}

/// One alert.
#[utoipa::path(
    get, path = "/v1/alerts/{id}", tag = "alerts", operation_id = "get_alert",
    params(("id" = Id<id::Alert>, Path)), responses((status = 200, body = AlertOut))
)]
pub async fn show(
    State(app): State<App>,
    CanReadAlerts(actor): CanReadAlerts,
    PathId(id): PathId<Id<id::Alert>>,
) -> Answer<Json<AlertOut>> {
    let row = store::alert(app.records.read(), actor.tenant, id).await?;
    Ok(Json(told(&app, &actor, vec![row]).await?.remove(0)))
}

/// Take an open alert on, put it off, or say what was done.
#[utoipa::path(
    post, path = "/v1/alerts/{id}/handle", tag = "alerts", operation_id = "handle_alert",
    params(("id" = Id<id::Alert>, Path)), request_body = Handling,
    responses((status = 200, body = AlertOut), (status = 409, description = "`already_decided`: it is not open any more"))
)]
pub async fn handle(
    State(app): State<App>,
    CanHandleAlerts(actor): CanHandleAlerts,
    PathId(id): PathId<Id<id::Alert>>,
    Body(wanted): Body<Handling>,
) -> Answer<Json<AlertOut>> {
    let row = handle::handle(&app, &actor, id, &wanted).await?;
    Ok(Json(told(&app, &actor, vec![row]).await?.remove(0)))
}

/// Beside their rules, those that were taken away among them.
async fn told(app: &App, actor: &Actor, rows: Vec<Model>) -> Answer<Vec<AlertOut>> {
    let ids: Vec<_> = rows.iter().map(|row| row.rule_id).collect();
    let mine = rule::Column::Id.is_in(ids).and(rule::Column::WorkspaceId.eq(actor.tenant.id()));
    let rules = rule::Entity::find().filter(mine).all(app.records.read()).await?;
    let rules: HashMap<_, _> = rules.into_iter().map(|rule| (rule.id, rule)).collect();
    Ok(rows.into_iter().filter_map(|row| rules.get(&row.rule_id).map(|rule| AlertOut::of(row, rule))).collect())
}
