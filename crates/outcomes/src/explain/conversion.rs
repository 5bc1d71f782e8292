//! Why a conversion was decided as it was.

use kernel::{Id, Refusal, Tenant, id};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::{
    conversion_steps::{Look, STEPS},
    step::{Difference, Explanation, StepOut, StepVerdict, VersionsOut},
    values::{Reader, Values},
};
use crate::conversions::{
    decider,
    entity::conversion,
    model::Status,
    trace::{
        Again,
        store::{self, Shared, Traced},
    },
};

/// Steps that stand behind the rules.
const START: &str = "start";
const CAPS: &str = "caps";

/// The whole explanation, as staff reads it.
pub async fn explain(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    row: conversion::Model,
) -> anyhow::Result<Explanation> {
    let bare = bare(&row);
    let traced = store::of(conn, tenant, vec![row], &mut Shared::default()).await?;
    Ok(traced.first().map_or(bare, of))
}

/// A conversion of the installation, by id alone.
pub async fn find(conn: &impl ConnectionTrait, id: Id<id::Conversion>) -> anyhow::Result<Explanation> {
    let row = conversion::Entity::find().filter(conversion::Column::Id.eq(id)).one(conn).await?;
    let row = row.ok_or_else(|| Refusal::not_found("conversion"))?;
    Ok(explain(conn, Tenant(row.workspace_id), row).await?.told(&Reader::staff()))
}

/// What is left to say of one that was decided before traces were kept.
fn bare(row: &conversion::Model) -> Explanation {
    Explanation {
        id: row.id.to_string(),
        status: row.status.code().to_owned(),
        reason: row.reason.clone(),
        decided_at: row.created_at,
        is_traced: false,
        versions: VersionsOut::default(),
        steps: Vec::new(),
        differences: Vec::new(),
        labels: Default::default(),
    }
}

fn of(traced: &Traced) -> Explanation {
    let decided = &traced.decided;
    Explanation {
        status: decided.status.code().to_owned(),
        reason: decided.reason.clone(),
        is_traced: true,
        versions: VersionsOut {
            terms: traced.terms_id.map(|id| id.simple().to_string()),
            earnings_plan: traced.seen.earnings,
            revenue_plan: traced.seen.revenue,
            routes: None,
        },
        steps: traced.material.decide(|again| steps(traced, again)),
        differences: differences(traced),
        ..bare(&traced.conversion)
    }
}

/// Where the verdict drawn again differs from the one that stands.
pub fn differences(traced: &Traced) -> Vec<Difference> {
    let differences = traced.decided.differences(&traced.material.outcome());
    differences.into_iter().map(|(field, decided, again)| Difference { field, decided, again }).collect()
}

fn steps(traced: &Traced, again: &Again<'_, '_>) -> Vec<StepOut> {
    let look = Look { material: &traced.material, again };
    let stopped_at = again.settled.finding.stopped_at;
    let mut is_over = false;
    let mut told = Vec::with_capacity(STEPS.len());
    for page in STEPS {
        if is_over {
            told.push(StepOut::not_reached(page.name));
            continue;
        }
        let values = (page.values)(&look);
        told.push(match page.name {
            START => start(again, page.passed, values),
            CAPS => caps(again, page.passed, values),
            name if stopped_at == Some(name) => refused(again, name, values),
            name => StepOut::passed(name, page.passed, values),
        });
        is_over = stopped_at == Some(page.name);
    }
    told
}

fn refused(again: &Again<'_, '_>, step: &'static str, values: Values) -> StepOut {
    let Some(reason) = again.settled.refused else { return StepOut::passed(step, "", values) };
    StepOut::spoke(step, StepVerdict::Refused, reason.code(), decider::words(reason), values)
}

fn start(again: &Again<'_, '_>, words: &str, values: Values) -> StepOut {
    match (again.settled.status, again.settled.reason) {
        (Status::Rejected, Some(reason)) => {
            let words = "The advertiser's word rejects it.";
            StepOut::spoke(START, StepVerdict::Refused, reason.code(), words, values)
        }
        (Status::Pending, _) => {
            let words = "It waits for the advertiser's judgement.";
            StepOut { verdict: StepVerdict::Waits, ..StepOut::passed(START, words, values) }
        }
        _ => StepOut::passed(START, words, values),
    }
}

fn caps(again: &Again<'_, '_>, words: &str, values: Values) -> StepOut {
    let Some(reason) = again.in_the_way.and(again.reason) else { return StepOut::passed(CAPS, words, values) };
    let (verdict, words) = if again.status == Status::Pending {
        (StepVerdict::Waits, "A cap had no room; it waits for a person.")
    } else {
        (StepVerdict::Refused, "A cap had no room.")
    };
    StepOut::spoke(CAPS, verdict, reason.code(), words, values)
}
