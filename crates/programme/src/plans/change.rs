//! Writing plans: the first versions of an offer and every change of rates after them.

use kernel::{Ambient, Id, Refusal, Tenant, Timestamp, id};
use sea_orm::{
    ConnectionTrait, DatabaseBackend, ExprTrait as _, IntoActiveModel as _, QuerySelect as _, entity::prelude::*,
    sea_query::OnConflict,
};

use super::{
    accruing, bonusing,
    model::{self, PlanSide},
    recruiting,
    rules::{self, Conditions, Effect, Rule, RuleKind},
    store::{self, PlanHistory},
    version::{self, Rules},
};
use crate::{identity::Actor, platform::Answer};

/// Rules of one version.
pub const RULES_MAX: usize = 10_000;
/// Versions of one plan.
const VERSIONS_MAX: usize = 10_000;

/// A rate to be set, or with no effect taken away.
#[derive(Clone, Debug)]
pub struct RateChange {
    pub side: PlanSide,
    pub conditions: Conditions,
    pub effect: Option<Effect>,
}

/// Makes both plans of a new offer, in the caller's transaction.
pub async fn create(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    actor: &Actor,
    offer_id: Id<id::Offer>,
    rates: &[RateChange],
) -> Answer<()> {
    let now = ambient.now();
    for side in [PlanSide::Earnings, PlanSide::Revenue] {
        let workspace_id = actor.tenant.id();
        let plan = model::Model { id: ambient.new_id(), workspace_id, offer_id, side, created_at: now };
        model::Entity::insert(plan.clone().into_active_model()).exec_without_returning(conn).await?;
        let rules = edited(&[], side, &with_ids(ambient, rates), now)?;
        add_version(conn, ambient, actor, &plan, 1, (now, rules)).await?;
    }
    Ok(())
}

/// Changes rates from a moment on: now, or a later one. Each touched plan gets a new version there, and one more at
/// every later moment for which a version is planned already.
pub async fn change(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    actor: &Actor,
    offer: Id<id::Offer>,
    rates: &[RateChange],
    valid_from: Option<Timestamp>,
) -> Answer<()> {
    change_within(conn, ambient, actor, offer, rates, (valid_from, None)).await
}

/// As [`change`], and where `until` is given the plan is from then on what it would have been without the change.
pub async fn change_within(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    actor: &Actor,
    offer: Id<id::Offer>,
    rates: &[RateChange],
    (valid_from, until): (Option<Timestamp>, Option<Timestamp>),
) -> Answer<()> {
    let now = ambient.now();
    let from = valid_from.unwrap_or(now);
    if from < now {
        return Err(Refusal::field("valid_from", "must not lie in the past").into());
    }
    if until.is_some_and(|until| until <= from) {
        return Err(Refusal::field("valid_until", "must lie after the moment from which it holds").into());
    }
    lock(conn, actor.tenant, offer).await?;
    let plans = store::of_offer(conn, actor.tenant, offer).await?;
    let rates = with_ids(ambient, rates);
    for side in [PlanSide::Earnings, PlanSide::Revenue] {
        change_side(conn, ambient, actor, plans.side(side), &rates, (from, until)).await?;
    }
    Ok(())
}

type WithId<'a> = (&'a RateChange, Id<id::PlanRule>);

/// One id per rate, the same in every version it enters.
fn with_ids<'a>(ambient: &Ambient, rates: &'a [RateChange]) -> Vec<WithId<'a>> {
    rates.iter().map(|rate| (rate, ambient.new_id())).collect()
}

/// Two changes of one plan come one after the other.
pub async fn lock(conn: &impl ConnectionTrait, tenant: Tenant, offer: Id<id::Offer>) -> Result<(), DbErr> {
    if conn.get_database_backend() == DatabaseBackend::Postgres {
        let mine = model::Column::WorkspaceId.eq(tenant.id()).and(model::Column::OfferId.eq(offer));
        model::Entity::find().filter(mine).lock_exclusive().all(conn).await?;
    }
    Ok(())
}

/// Puts rules in place of a plan's own from a moment on: now, or a later one. What is planned for later still stays.
pub async fn replace(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    actor: &Actor,
    history: &PlanHistory,
    rules: Vec<Rule>,
    valid_from: Option<Timestamp>,
) -> Answer<()> {
    let now = ambient.now();
    let from = valid_from.unwrap_or(now);
    if from < now {
        return Err(Refusal::field("valid_from", "must not lie in the past").into());
    }
    if history.rules_at(from) == rules {
        return Ok(());
    }
    let number = history.versions.iter().map(|version| version.version).max().unwrap_or(0) + 1;
    add_version(conn, ambient, actor, &history.plan, number, (from, rules)).await
}

async fn change_side(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    actor: &Actor,
    history: &PlanHistory,
    rates: &[WithId<'_>],
    (from, until): (Timestamp, Option<Timestamp>),
) -> Answer<()> {
    let first = history.versions.iter().map(|version| version.version).max().unwrap_or(0);
    let mut number = first;
    let is_within = |moment: &Timestamp| until.is_none_or(|until| *moment < until);
    for moment in rules::moments_of_change(&history.versions, from).into_iter().filter(is_within) {
        let present = history.rules_at(moment);
        let rules = edited(present, history.plan.side, rates, ambient.now())?;
        if rules == present {
            continue;
        }
        number += 1;
        add_version(conn, ambient, actor, &history.plan, number, (moment, rules)).await?;
    }
    let begins_there = |until: &Timestamp| history.versions.iter().any(|version| version.valid_from == *until);
    match until.filter(|until| number > first && !begins_there(until)) {
        Some(until) => {
            let back = history.rules_at(until).to_vec();
            add_version(conn, ambient, actor, &history.plan, number + 1, (until, back)).await
        }
        None => Ok(()),
    }
}

fn edited(rules: &[Rule], side: PlanSide, rates: &[WithId<'_>], now: Timestamp) -> Result<Vec<Rule>, Refusal> {
    let mut rules = rules.to_vec();
    for (rate, rule_id) in rates.iter().filter(|(rate, _)| rate.side == side) {
        let stands = |rule: &Rule| rule.conditions == rate.conditions && Some(&rule.effect) == rate.effect.as_ref();
        if !rules.iter().any(stands) {
            rules = rules::with_rate(&rules, &rate.conditions, rate.effect.clone(), (*rule_id, now));
        }
    }
    if rules.len() > RULES_MAX {
        return Err(Refusal::field("rates", format!("a plan holds at most {RULES_MAX} rules")));
    }
    Ok(rules)
}

async fn add_version(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    actor: &Actor,
    plan: &model::Model,
    number: i32,
    (valid_from, rules): (Timestamp, Vec<Rule>),
) -> Answer<()> {
    if number as usize > VERSIONS_MAX {
        return Err(Refusal::field("rates", format!("a plan has at most {VERSIONS_MAX} versions")).into());
    }
    if rules.iter().any(|rule| rule.effect.unit().is_some()) {
        accrue_from_now_on(conn, ambient, plan).await?;
    }
    if rules.iter().any(|rule| rule.effect.kind() == RuleKind::Bonus) {
        count_for_bonuses(conn, plan).await?;
    }
    if rules.iter().any(|rule| matches!(rule.effect, Effect::Recruiter(_))) {
        follow_for_recruiters(conn, plan).await?;
    }
    let row = version::Model {
        id: ambient.new_id(),
        workspace_id: actor.tenant.id(),
        plan_id: plan.id,
        version: number,
        valid_from,
        rules: Rules(rules),
        created_by: Some(actor.user),
        created_at: ambient.now(),
    };
    version::Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    Ok(())
}

async fn accrue_from_now_on(conn: &impl ConnectionTrait, ambient: &Ambient, plan: &model::Model) -> Result<(), DbErr> {
    let (offer_id, workspace_id) = (plan.offer_id, plan.workspace_id);
    let row = accruing::Model { offer_id, workspace_id, since: ambient.now(), posted_day: None };
    let known = OnConflict::column(accruing::Column::OfferId).do_nothing().to_owned();
    accruing::Entity::insert(row.into_active_model()).on_conflict(known).exec_without_returning(conn).await?;
    Ok(())
}

async fn count_for_bonuses(conn: &impl ConnectionTrait, plan: &model::Model) -> Result<(), DbErr> {
    let row = bonusing::Model { offer_id: plan.offer_id, workspace_id: plan.workspace_id };
    let known = OnConflict::column(bonusing::Column::OfferId).do_nothing().to_owned();
    bonusing::Entity::insert(row.into_active_model()).on_conflict(known).exec_without_returning(conn).await?;
    Ok(())
}

async fn follow_for_recruiters(conn: &impl ConnectionTrait, plan: &model::Model) -> Result<(), DbErr> {
    let row = recruiting::Model { offer_id: plan.offer_id, workspace_id: plan.workspace_id };
    let known = OnConflict::column(recruiting::Column::OfferId).do_nothing().to_owned();
    recruiting::Entity::insert(row.into_active_model()).on_conflict(known).exec_without_returning(conn).await?;
    Ok(())
}
