//! Asking for a rate and answering it.

use kernel::{Id, Refusal, RefusalCode, Timestamp, id, paging::PageQuery};
use sea_orm::{
    ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    TransactionTrait as _, entity::prelude::*,
};
use serde::Deserialize;
use serde_json::json;

use super::model::{BumpRates, BumpState, Column, Entity, Model};
use crate::{
    App,
    audit::{self, Change},
    identity::{Actor, Role},
    offers::{self, enrollments, margin::MarginGuard},
    plans::{
        self,
        change::{self as plan_change, RateChange},
        model::PlanSide,
        rules::{Conditions, Effect, LocalDate},
    },
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, optional_text},
        listing::newest_first,
    },
    workspaces,
};

/// Requests of one partner that may wait at once.
const WAITING_MAX: u64 = 20;

/// A rate somebody asks for.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "offer_id": "ofr_01KAMX4S5T0000000000000000", "wanted": {"percent": "12.5"}, "words": "400 approved sales last month"
}))]
pub struct NewBumpRequest {
    pub offer_id: Id<id::Offer>,
    /// The offer's primary goal unless said.
    #[serde(default)]
    pub goal_id: Option<Id<id::Goal>>,
    /// A partner's member may leave it out.
    #[serde(default)]
    pub partner_id: Option<Id<id::Partner>>,
    pub wanted: Effect,
    #[serde(default)]
    pub words: Option<String>,
}

pub async fn create(app: &App, actor: &Actor, new: NewBumpRequest) -> Answer<Model> {
    let wanted = new.wanted.checked("wanted")?;
    let words = optional_text("words", new.words.as_deref(), TEXT_CHARS_MAX)?;
    let write = app.records.begin().await?;
    let ends = enrollments::ends(&*write, actor, new.offer_id, new.partner_id).await?;
    let enrolled = offers::store::enrollment_of(&*write, actor.tenant, ends.offer.id, ends.partner.id).await?;
    if !enrolled.is_some_and(|enrollment| enrollment.state.is_open()) {
        return Err(Refusal::new(RefusalCode::NotEnrolled, "only an enrolled partner may ask for a rate").into());
    }
    let goals = offers::store::goals_of(&*write, actor.tenant, [ends.offer.id]).await?.remove(&ends.offer.id);
    let is_meant = |goal: &&offers::entity::goal::Model| new.goal_id.map_or(goal.is_primary, |id| goal.id == id);
    let goal = goals.iter().flatten().find(is_meant).ok_or_else(|| Refusal::not_found("goal"))?;
    require_place(&*write, actor, ends.partner.id, goal.id).await?;
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        offer_id: ends.offer.id,
        goal_id: goal.id,
        partner_id: ends.partner.id,
        rates: BumpRates { wanted, offered: None, before: None },
        words,
        answer: None,
        state: BumpState::Requested,
        ends_at: None,
        created_by: actor.user,
        created_at: app.ambient.now(),
        decided_at: None,
        decided_by: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    remember(app, actor, &write, "bump_request.created", (None, &row), None).await?;
    write.commit().await?;
    Ok(row)
}

/// One request for a goal waits at a time, and few of a partner.
async fn require_place(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    partner: Id<id::Partner>,
    goal: Id<id::Goal>,
) -> Answer<()> {
    let waits = Column::WorkspaceId
        .eq(actor.tenant.id())
        .and(Column::PartnerId.eq(partner))
        .and(Column::State.is_in([BumpState::Requested, BumpState::Countered]));
    let waiting = Entity::find().filter(waits);
    if waiting.clone().filter(Column::GoalId.eq(goal)).count(conn).await? > 0 {
        return Err(Refusal::new(RefusalCode::AlreadyExists, "a request for this goal waits for its answer").into());
    }
    if waiting.count(conn).await? >= WAITING_MAX {
        return Err(Refusal::new(RefusalCode::TooManyOfThem, "many requests of this partner wait already").into());
    }
    Ok(())
}

/// What is answered to a request.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"state": "countered", "rate": {"percent": "11"}, "words": "12.5 % from 500 sales a month on"}))]
pub struct BumpDecision {
    /// By a manager `accepted`, `countered` or `declined`; by the partner `accepted` (of a counter) or `withdrawn`.
    pub state: BumpState,
    /// The rate that is offered in place of the one asked for. Only a manager says so, with `countered`.
    #[serde(default)]
    pub rate: Option<Effect>,
    /// Last day of the rate, in the workspace's time zone. Only a manager says so.
    #[serde(default)]
    pub until: Option<LocalDate>,
    /// The partner reads them.
    #[serde(default)]
    pub words: Option<String>,
    /// Why the rate may leave less than the workspace's `margin_floor`; asked for with `margin_too_thin`.
    #[serde(default)]
    pub margin_words: Option<String>,
}

/// Answers a request; an accepted rate is in force when this returns.
pub async fn decide(app: &App, actor: &Actor, request: Id<id::BumpRequest>, wanted: BumpDecision) -> Answer<Model> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = get(&*write, actor, request).await?;
    let is_partner = actor.role == Role::Partner;
    require_turn(is_partner, before.state, wanted.state)?;
    let mut row = before.clone();
    row.state = wanted.state;
    if !is_partner {
        said_by_manager(app, actor, &mut row, &wanted).await?;
    }
    row.decided_at = Some(app.ambient.now());
    row.decided_by = Some(actor.user);
    let guard = MarginGuard::before(&*write, actor.tenant, row.offer_id, app.ambient.now()).await?;
    let mut words = None;
    if row.state == BumpState::Accepted {
        row.rates.before = put_in_force(app, actor, &*write, &row).await?;
        // The partner accepts what a manager was warned of.
        if !is_partner {
            words = guard.after(&*write, app.ambient.now(), wanted.margin_words.as_deref()).await?;
        }
    }
    if row.state == BumpState::Countered {
        let tried = write.begin().await?;
        put_in_force(app, actor, &tried, &row).await?;
        words = guard.after(&tried, app.ambient.now(), wanted.margin_words.as_deref()).await?;
        tried.rollback().await?;
    }
    Entity::update(row.clone().into_active_model().reset_all()).exec_without_returning(&*write).await?;
    remember(app, actor, &write, "bump_request.decided", (Some(&before), &row), words).await?;
    write.commit().await?;
    Ok(row)
}

async fn said_by_manager(app: &App, actor: &Actor, row: &mut Model, wanted: &BumpDecision) -> Answer<()> {
    row.answer = optional_text("words", wanted.words.as_deref(), TEXT_CHARS_MAX)?;
    if row.state == BumpState::Declined && row.answer.is_none() {
        return Err(Refusal::field("words", "must not be empty").into());
    }
    row.rates.offered = match (row.state, wanted.rate.clone()) {
        (BumpState::Countered, Some(rate)) => Some(rate.checked("rate")?),
        (BumpState::Countered, None) => return Err(Refusal::field("rate", "must not be empty").into()),
        _ => None,
    };
    row.ends_at = match wanted.until {
        Some(day) => Some(end_of(app, actor, day).await?),
        None => None,
    };
    Ok(())
}

async fn end_of(app: &App, actor: &Actor, LocalDate(day): LocalDate) -> Answer<Timestamp> {
    let zone = workspaces::store::get(app.records.read(), actor.tenant).await?.zone()?;
    let next = day.tomorrow().map_err(|_| Refusal::field("until", "must not lie in the past"))?;
    let end = Timestamp::start_of_day(next, &zone);
    if end <= app.ambient.now() {
        return Err(Refusal::field("until", "must not lie in the past").into());
    }
    Ok(end)
}

fn require_turn(is_partner: bool, from: BumpState, to: BumpState) -> Result<(), Refusal> {
    use BumpState::{Accepted, Countered, Declined, Requested, Withdrawn};
    let allowed = if is_partner {
        matches!((from, to), (Requested | Countered, Withdrawn) | (Countered, Accepted))
    } else {
        matches!((from, to), (Requested, Accepted | Countered | Declined) | (Countered, Countered | Declined))
    };
    let message = "this request is answered already, or it is not your turn";
    if allowed { Ok(()) } else { Err(Refusal::new(RefusalCode::IllegalMove, message)) }
}

/// Gives the partner the rate, and back what it had once the last day is over. Answers what it had of its own.
async fn put_in_force(app: &App, actor: &Actor, conn: &impl ConnectionTrait, row: &Model) -> Answer<Option<Effect>> {
    let conditions =
        Conditions { goal_id: Some(row.goal_id), partner_id: Some(row.partner_id), ..Conditions::default() };
    let plans = plans::store::of_offer(conn, actor.tenant, row.offer_id).await?;
    let rules = plans.earnings.rules_at(app.ambient.now());
    let had = rules
        .iter()
        .find(|rule| rule.effect.is_price() && rule.conditions == conditions)
        .map(|rule| rule.effect.clone());
    let rate = [RateChange { side: PlanSide::Earnings, conditions, effect: Some(row.rates.agreed().clone()) }];
    let window = (None, row.ends_at);
    plan_change::change_within(conn, &app.ambient, actor, row.offer_id, &rate, window).await?;
    Ok(had)
}

/// Which requests a list shows.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BumpRequestFilter {
    pub state: Option<BumpState>,
    pub offer_id: Option<Id<id::Offer>>,
    pub partner_id: Option<Id<id::Partner>>,
}

/// One row more than the page holds, newest first, of what the actor may see.
pub async fn page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &BumpRequestFilter,
    page: &PageQuery,
) -> Answer<Vec<Model>> {
    let wanted = [
        filter.state.map(|state| Column::State.eq(state)),
        filter.offer_id.map(|offer| Column::OfferId.eq(offer)),
        filter.partner_id.map(|partner| Column::PartnerId.eq(partner)),
    ];
    let visible = Entity::find().filter(visible_to(actor));
    let select = wanted.into_iter().flatten().fold(visible, |select, wish| select.filter(wish));
    newest_first::<_, id::BumpRequest>(conn, select, Column::Id, page).await
}

pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, request: Id<id::BumpRequest>) -> Answer<Model> {
    let mine = visible_to(actor).and(Column::Id.eq(request));
    Entity::find().filter(mine).one(conn).await?.ok_or_else(|| Refusal::not_found("bump request").into())
}

fn visible_to(actor: &Actor) -> Expr {
    actor.sees([Column::WorkspaceId, Column::PartnerId, Column::Id])
}

async fn remember(
    app: &App,
    actor: &Actor,
    write: &WriteTransaction,
    action: &'static str,
    (before, after): (Option<&Model>, &Model),
    margin_words: Option<String>,
) -> Answer<()> {
    let told = |row: &Model, words: Option<String>| {
        json!({
            "offer_id": row.offer_id, "goal_id": row.goal_id, "partner_id": row.partner_id, "rates": row.rates,
            "state": row.state, "answer": row.answer, "ends_at": row.ends_at, "margin_words": words
        })
    };
    let (before, id) = (before.map(|row| told(row, None)), after.id.to_string());
    let change = Change { action, subject: id, before, after: Some(told(after, margin_words)) };
    Ok(audit::record(&**write, &app.ambient, actor, change).await?)
}
