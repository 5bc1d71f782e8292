//! Deciding differences by group or by row. What posts nothing is done at once; what moves conversions is a job's.

use std::collections::HashSet;

use kernel::{Id, Refusal, RefusalCode, id, reason::ConversionReason};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QueryOrder as _,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    begin,
    entity::{
        line::{self, Column, Entity},
        reconciliation,
    },
    model::{LineCause, LineClass, LineDecision, LineReport, ReconciliationState},
    preview::{self, Change},
    rules, take,
};
use crate::{
    App, audit,
    identity::Actor,
    platform::{
        Answer, WriteTransaction,
        body::{TEXT_CHARS_MAX, optional_text},
    },
};

/// Lines that one request names.
const LINES_MAX: usize = 1_000;
/// Ids in one statement.
const IDS_PER_QUERY: usize = 500;

/// One decision on many lines: those that are named, or all of a group that nobody has decided.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "decision": "take_theirs", "class": "only_ours", "cause": "not_reported", "reason": "customer_refused",
    "note": "As they told us on the 3rd"
}))]
#[serde(deny_unknown_fields)]
pub struct DecideLines {
    pub decision: LineDecision,
    /// At most 1,000. A decision that moved nothing may be replaced by another.
    pub line_ids: Option<Vec<Id<id::ReconciliationLine>>>,
    pub class: Option<LineClass>,
    pub cause: Option<LineCause>,
    pub offer_id: Option<Id<id::Offer>>,
    /// Of what is taken back; what their word or the cause means unless said.
    pub reason: Option<ConversionReason>,
    /// Kept with the moves; partners see it.
    pub note: Option<String>,
    /// Of a conversion that is made.
    pub report: Option<LineReport>,
    /// Decides nothing: only tells what it would come to.
    #[serde(default)]
    pub dry_run: bool,
}

/// What a decision came to.
#[derive(Clone, Debug, Default, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "decided": 12, "unfit": 1,
    "change": {"moved": 12, "partners": 3, "amounts": [{"currency": "EUR", "charged_minor": -14400, "earned_minor": -9600}]}
}))]
pub struct LinesDecided {
    pub decided: u64,
    /// Lines that this decision does not fit: they stay undecided.
    pub unfit: u64,
    /// Told with `dry_run` alone, for at most 1,000 lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

/// Decides. What is to be taken is moved by a job, once for each line.
pub async fn decide(
    app: &App,
    actor: &Actor,
    id: Id<id::Reconciliation>,
    wanted: &DecideLines,
) -> Answer<LinesDecided> {
    let note = optional_text("note", wanted.note.as_deref(), TEXT_CHARS_MAX)?;
    if wanted.line_ids.as_ref().is_some_and(|ids| ids.len() > LINES_MAX) {
        return Err(Refusal::field("line_ids", format!("must have at most {LINES_MAX} entries")).into());
    }
    require_report(wanted)?;
    if wanted.dry_run {
        return preview(app, actor, id, wanted).await;
    }
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let (of, fit, unfit) = fitting(&*write, actor, id, wanted).await?;
    let ids: Vec<_> = fit.iter().map(|line| line.id).collect();
    put(app, &write, actor, (wanted, note), &ids).await?;
    if rules::is_carried_out(wanted.decision) && !ids.is_empty() {
        take::enqueue(&*write, app, &of).await?;
    }
    let outcome = LinesDecided { decided: ids.len() as u64, unfit, change: None };
    let after = Some(json!({
        "decision": wanted.decision, "class": wanted.class, "cause": wanted.cause, "offer_id": wanted.offer_id,
        "lines": outcome.decided, "reason": wanted.reason, "note": wanted.note
    }));
    let change = audit::Change { action: "reconciliation.decided", subject: id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(outcome)
}

/// What the customer paid is said of one line alone.
fn require_report(wanted: &DecideLines) -> Result<(), Refusal> {
    let Some(report) = &wanted.report else { return Ok(()) };
    optional_text("report.goal", report.goal.as_deref(), TEXT_CHARS_MAX)?;
    let is_one = wanted.line_ids.as_ref().is_some_and(|ids| ids.len() == 1);
    match report.order_value {
        Some(_) if !is_one => Err(Refusal::field("report.order_value", "must be given for one line at a time")),
        Some(value) if value.minor <= 0 => Err(Refusal::field("report.order_value", "must be above nought")),
        _ => Ok(()),
    }
}

async fn preview(app: &App, actor: &Actor, id: Id<id::Reconciliation>, wanted: &DecideLines) -> Answer<LinesDecided> {
    let (of, fit, unfit) = fitting(app.records.read(), actor, id, wanted).await?;
    let change = match wanted.decision {
        LineDecision::TakeTheirs if fit.len() > LINES_MAX => None,
        LineDecision::TakeTheirs => Some(preview::change(app, &of, &fit).await?),
        // Only the door itself knows whose it is and what it earns.
        LineDecision::MakeConversion => None,
        LineDecision::KeepOurs | LineDecision::NextPeriod => Some(Change::default()),
    };
    Ok(LinesDecided { decided: fit.len() as u64, unfit, change })
}

/// The reconciliation, the lines that the decision fits, and how many it does not.
async fn fitting(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: Id<id::Reconciliation>,
    wanted: &DecideLines,
) -> Answer<(reconciliation::Model, Vec<line::Model>, u64)> {
    let of = begin::get(conn, actor.tenant, id).await?;
    if of.state != ReconciliationState::Open {
        let message = "only the differences of an open reconciliation are decided";
        return Err(Refusal::new(RefusalCode::IllegalMove, message).into());
    }
    let lines = meant(conn, actor, id, wanted).await?;
    let (fit, unfit): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| rules::may(wanted.decision, line).is_ok());
    if let (true, Some(line)) = (fit.is_empty(), unfit.first()) {
        rules::may(wanted.decision, line)?;
    }
    Ok((of, fit, unfit.len() as u64))
}

/// The lines that are meant. Those that are named must be there and open to another decision.
async fn meant(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: Id<id::Reconciliation>,
    wanted: &DecideLines,
) -> Answer<Vec<line::Model>> {
    let query = Entity::find()
        .filter(Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(Column::ReconciliationId.eq(id))
        .filter(Column::Class.ne(LineClass::Matched))
        .order_by_asc(Column::Id);
    let Some(ids) = &wanted.line_ids else {
        let mut group = Condition::all().add(Column::Decision.is_null());
        group = group.add_option(wanted.class.map(|class| Column::Class.eq(class)));
        group = group.add_option(wanted.cause.map(|cause| Column::Cause.eq(cause)));
        group = group.add_option(wanted.offer_id.map(|offer| Column::OfferId.eq(offer)));
        return Ok(query.filter(group).all(conn).await?);
    };
    let ids: HashSet<_> = ids.iter().copied().collect();
    let count = ids.len();
    let lines = query.filter(Column::Id.is_in(ids)).all(conn).await?;
    if lines.len() != count {
        return Err(Refusal::not_found("difference").into());
    }
    if lines.iter().any(|line| line.decision.is_some_and(rules::is_carried_out)) {
        return Err(Refusal::new(RefusalCode::AlreadyDecided, "theirs was taken already for one of them").into());
    }
    Ok(lines)
}

async fn put(
    app: &App,
    write: &WriteTransaction,
    actor: &Actor,
    (wanted, note): (&DecideLines, Option<String>),
    ids: &[Id<id::ReconciliationLine>],
) -> Answer<()> {
    let now = app.ambient.now();
    let decided = line::ActiveModel {
        decision: Set(Some(wanted.decision)),
        reason: Set(wanted.reason.map(|reason| reason.code().to_owned())),
        note: Set(note),
        decided_by: Set(Some(actor.user)),
        decided_at: Set(Some(now)),
        report: Set(wanted.report.clone().filter(|_| wanted.decision == LineDecision::MakeConversion)),
        applied_at: Set((!rules::is_carried_out(wanted.decision)).then_some(now)),
        problem: Set(None),
        problem_words: Set(None),
        ..Default::default()
    };
    for ids in ids.chunks(IDS_PER_QUERY) {
        let those = Column::WorkspaceId.eq(actor.tenant.id()).and(Column::Id.is_in(ids.iter().copied()));
        Entity::update_many().set(decided.clone()).filter(those).exec(&**write).await?;
    }
    Ok(())
}
