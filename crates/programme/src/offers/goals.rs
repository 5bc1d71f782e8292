//! Goals of an offer: new ones, and changes of their names and rates.

use std::collections::BTreeMap;

use kernel::{Id, Refusal, RefusalCode, Tenant, Timestamp, id};
use sea_orm::{ActiveValue::Set, ConnectionTrait, ExprTrait as _, IntoActiveModel as _, entity::prelude::*};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::{goal, offer},
    margin::MarginGuard,
    rules::word,
    store,
    terms::GoalKind,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    news::{self, RouteNews},
    plans::{
        change::{self as plan_change, RateChange},
        model::PlanSide,
        rules::{Conditions, Effect},
    },
    platform::{
        Answer,
        body::present,
        columns::TextMap,
        external_refs::{self, Named},
    },
};

/// Goals of one offer.
pub const GOALS_MAX: usize = 30;

/// A goal to be.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"name": "sale", "payout": {"percent": "10"}, "revenue": {"percent": "14"}}))]
pub struct NewGoal {
    /// Unique within the offer; receipts name the goal by it.
    pub name: String,
    /// Taken from the name where that is a kind's word, else `custom`.
    pub kind: Option<GoalKind>,
    /// The first goal is the primary one unless said.
    #[serde(default)]
    pub is_primary: bool,
    /// What a partner earns; nothing where absent.
    pub payout: Option<Effect>,
    /// What the advertiser is charged; nothing where absent.
    pub revenue: Option<Effect>,
    /// What other systems call it, by system: `{"tune": "2"}`.
    pub external_refs: Option<BTreeMap<String, String>>,
    /// Why the rates may leave less than the workspace's `margin_floor`; asked for with `margin_too_thin`.
    #[serde(default)]
    pub margin_words: Option<String>,
}

impl NewGoal {
    fn checked(&self, field: &str, row: goal::Model) -> Result<goal::Model, Refusal> {
        let name = word(&format!("{field}name"), &self.name)?;
        let kind = self.kind.unwrap_or_else(|| kind_named(&name));
        Ok(goal::Model { name, kind, is_primary: self.is_primary, ..row })
    }

    /// Its rates as changes of the offer's plans.
    fn rates(&self, field: &str, goal: Id<id::Goal>) -> Result<Vec<RateChange>, Refusal> {
        let sides = [(PlanSide::Earnings, "payout", &self.payout), (PlanSide::Revenue, "revenue", &self.revenue)];
        let given = sides.into_iter().filter_map(|(side, name, effect)| Some((side, name, effect.clone()?)));
        given.map(|(side, name, effect)| rate(side, goal, Some(effect.checked(&format!("{field}{name}"))?))).collect()
    }
}

/// Keeps what other systems call a goal; what is absent stays.
pub(super) async fn put_refs(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (offer, goal): (Id<id::Offer>, Id<id::Goal>),
    refs: Option<&BTreeMap<String, String>>,
) -> Answer<()> {
    let Some(refs) = refs else { return Ok(()) };
    let refs = TextMap::checked("external_refs", refs)?;
    external_refs::put(conn, tenant, Named::goal(offer, goal), &refs).await
}

fn rate(side: PlanSide, goal: Id<id::Goal>, effect: Option<Effect>) -> Result<RateChange, Refusal> {
    let conditions = Conditions { goal_id: Some(goal), ..Conditions::default() };
    Ok(RateChange { side, conditions, effect })
}

fn kind_named(name: &str) -> GoalKind {
    serde_json::from_value(json!(name)).unwrap_or(GoalKind::Custom)
}

/// Rows and rates of a new offer's goals: one of them primary, names unique.
pub(super) fn of_new_offer(
    app: &App,
    offer: &offer::Model,
    goals: &[NewGoal],
) -> Result<(Vec<goal::Model>, Vec<RateChange>), Refusal> {
    if goals.is_empty() || goals.len() > GOALS_MAX {
        return Err(Refusal::field("goals", format!("must name 1 to {GOALS_MAX} goals")));
    }
    if goals.iter().filter(|goal| goal.is_primary).count() > 1 {
        return Err(Refusal::field("goals", "must have one primary goal"));
    }
    let mut rows: Vec<goal::Model> = Vec::with_capacity(goals.len());
    let mut rates = Vec::new();
    for (index, goal) in goals.iter().enumerate() {
        let field = format!("goals.{index}.");
        let row = goal.checked(&field, blank(app, offer, index as i32))?;
        if rows.iter().any(|other| other.name == row.name) {
            return Err(Refusal::field(format!("{field}name"), "must be unique within the offer"));
        }
        rates.extend(goal.rates(&field, row.id)?);
        rows.push(row);
    }
    if !rows.iter().any(|row| row.is_primary) {
        rows[0].is_primary = true;
    }
    Ok((rows, rates))
}

fn blank(app: &App, offer: &offer::Model, position: i32) -> goal::Model {
    goal::Model {
        id: app.ambient.new_id(),
        workspace_id: offer.workspace_id,
        offer_id: offer.id,
        name: String::new(),
        kind: GoalKind::Custom,
        is_primary: false,
        position,
        created_at: app.ambient.now(),
    }
}

/// Adds a goal, with its rates from now on.
pub async fn add(app: &App, actor: &Actor, offer: Id<id::Offer>, new: NewGoal) -> Answer<offer::Model> {
    let write = app.records.begin().await?;
    let row = store::get(&*write, actor.tenant, offer).await?;
    let present = store::goals_of(&*write, actor.tenant, [offer]).await?.remove(&offer).unwrap_or_default();
    if present.len() >= GOALS_MAX {
        return Err(Refusal::field("name", format!("an offer has at most {GOALS_MAX} goals")).into());
    }
    let goal = new.checked("", blank(app, &row, present.len() as i32))?;
    require_free(&present, &goal)?;
    if goal.is_primary {
        demote_others(&*write, &goal).await?;
    }
    goal::Entity::insert(goal.clone().into_active_model()).exec_without_returning(&*write).await?;
    put_refs(&*write, actor.tenant, (offer, goal.id), new.external_refs.as_ref()).await?;
    let guard = MarginGuard::before(&*write, actor.tenant, offer, app.ambient.now()).await?;
    plan_change::change(&*write, &app.ambient, actor, offer, &new.rates("", goal.id)?, None).await?;
    let words = guard.after(&*write, app.ambient.now(), new.margin_words.as_deref()).await?;
    let after = Some(json!({
        "goal_id": goal.id, "name": goal.name, "payout": new.payout, "revenue": new.revenue, "margin_words": words
    }));
    let change = Change { action: "offer.goal_added", subject: offer.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Offer(offer)]).await?;
    Ok(row)
}

fn require_free(present: &[goal::Model], goal: &goal::Model) -> Result<(), Refusal> {
    let taken = present.iter().any(|other| other.id != goal.id && other.name == goal.name);
    if taken { Err(Refusal::new(RefusalCode::AlreadyExists, "this offer has a goal of that name")) } else { Ok(()) }
}

async fn demote_others(conn: &impl ConnectionTrait, goal: &goal::Model) -> Result<(), DbErr> {
    let others = goal::Column::WorkspaceId
        .eq(goal.workspace_id)
        .and(goal::Column::OfferId.eq(goal.offer_id))
        .and(goal::Column::Id.ne(goal.id));
    let demoted = goal::ActiveModel { is_primary: Set(false), ..Default::default() };
    goal::Entity::update_many().set(demoted).filter(others).exec(conn).await.map(drop)
}

/// What is to change in a goal; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"payout": {"percent": "12"}, "valid_from": "2026-12-01T00:00:00Z"}))]
pub struct GoalChange {
    pub name: Option<String>,
    /// `true` makes it the primary goal in place of the one that is.
    pub is_primary: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Effect>)]
    pub payout: Option<Option<Effect>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Effect>)]
    pub revenue: Option<Option<Effect>>,
    /// From when the rates hold: now unless said.
    pub valid_from: Option<Timestamp>,
    /// What other systems call it, by system, in place of all it was called.
    pub external_refs: Option<BTreeMap<String, String>>,
    /// Why the rates may leave less than the workspace's `margin_floor`; asked for with `margin_too_thin`.
    #[serde(default)]
    pub margin_words: Option<String>,
}

impl GoalChange {
    fn rates(&self, goal: Id<id::Goal>) -> Result<Vec<RateChange>, Refusal> {
        let sides = [(PlanSide::Earnings, "payout", &self.payout), (PlanSide::Revenue, "revenue", &self.revenue)];
        let given = sides.into_iter().filter_map(|(side, name, effect)| Some((side, name, effect.clone()?)));
        given
            .map(|(side, name, effect)| rate(side, goal, effect.map(|effect| effect.checked(name)).transpose()?))
            .collect()
    }
}

/// Changes a goal; new rates are a new version of the plan.
pub async fn update(
    app: &App,
    actor: &Actor,
    (offer, goal): (Id<id::Offer>, Id<id::Goal>),
    wanted: GoalChange,
) -> Answer<offer::Model> {
    let write = app.records.begin().await?;
    let row = store::get(&*write, actor.tenant, offer).await?;
    let present = store::goals_of(&*write, actor.tenant, [offer]).await?.remove(&offer).unwrap_or_default();
    let before = present.iter().find(|present| present.id == goal).ok_or_else(|| Refusal::not_found("goal"))?;
    let after = changed(before.clone(), &wanted)?;
    require_free(&present, &after)?;
    if after.is_primary && !before.is_primary {
        demote_others(&*write, &after).await?;
    }
    goal::Entity::update(after.into_active_model().reset_all()).exec_without_returning(&*write).await?;
    put_refs(&*write, actor.tenant, (offer, goal), wanted.external_refs.as_ref()).await?;
    let guard = MarginGuard::before(&*write, actor.tenant, offer, app.ambient.now()).await?;
    plan_change::change(&*write, &app.ambient, actor, offer, &wanted.rates(goal)?, wanted.valid_from).await?;
    let words = guard.after(&*write, app.ambient.now(), wanted.margin_words.as_deref()).await?;
    let values = json!({
        "goal_id": goal, "name": wanted.name, "is_primary": wanted.is_primary, "payout": wanted.payout,
        "revenue": wanted.revenue, "valid_from": wanted.valid_from, "external_refs": wanted.external_refs,
        "margin_words": words
    });
    let before = Some(json!({"goal_id": goal, "name": before.name, "is_primary": before.is_primary}));
    let change = Change { action: "offer.goal_updated", subject: offer.to_string(), before, after: Some(values) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Offer(offer)]).await?;
    Ok(row)
}

fn changed(mut row: goal::Model, wanted: &GoalChange) -> Result<goal::Model, Refusal> {
    if let Some(name) = &wanted.name {
        row.name = word("name", name)?;
    }
    if row.is_primary && wanted.is_primary == Some(false) {
        return Err(Refusal::field("is_primary", "make another goal the primary one instead"));
    }
    row.is_primary = wanted.is_primary.unwrap_or(row.is_primary);
    Ok(row)
}
