//! Counts anew what the conversions in the records take of a cap: when it is made, and when its terms change.

use kernel::{Id, Tenant, Timestamp, id, period::Span, reason::ConversionReason};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    sea_query::{Alias, Condition, Expr, ExprTrait as _, Func, Query, SelectStatement, SimpleExpr},
};

use super::{
    entity::{cap::Model as Cap, counter},
    model::{CapMetric, CapScope, CountedStatus},
    rules::room,
    sheet::blank,
};
use crate::platform::bulk::replace_all;

const CONVERSIONS: &str = "conversions";

/// Counts the present period and the next: a sender's clock may run ahead of ours. Call it while holding the workspace.
pub async fn anew(conn: &impl ConnectionTrait, tenant: Tenant, cap: &Cap, now: Timestamp) -> anyhow::Result<()> {
    if cap.metric.is_traffic() {
        return Ok(());
    }
    let zone = cap.zone()?;
    let present = cap.period().around(now, &zone);
    let mut spans = vec![present];
    if present.ends() {
        spans.push(cap.period().around(present.end, &zone));
    }
    for span in spans {
        let used = used_in(conn, tenant, cap, span).await?;
        let known = counter::Entity::find_by_id(counter::key(cap.id, span.start)).one(conn).await?;
        let mut row = known.unwrap_or_else(|| blank(tenant, cap.id, span.start));
        row.used = used;
        row.reached_at = if used >= cap.limit_count { row.reached_at.or(Some(now)) } else { None };
        row.told_percent = room::threshold_passed(&cap.thresholds.0, used, cap.limit_count) as i32;
        replace_all(conn, [row.into_active_model()], counter::Column::Id).await?;
    }
    Ok(())
}

/// What conversions of the period take now.
async fn used_in(conn: &impl ConnectionTrait, tenant: Tenant, cap: &Cap, span: Span) -> Result<i64, DbErr> {
    let from = Ord::max(span.start, cap.counted_from);
    let sum = |column: &'static str| {
        let sum = Func::coalesce([of(column).sum(), Expr::val(0_i64)]);
        Expr::expr(sum).cast_as(Alias::new("bigint"))
    };
    let counted = match cap.metric {
        CapMetric::Payout => sum("payout_minor"),
        CapMetric::Revenue => sum("revenue_minor"),
        CapMetric::Conversions | CapMetric::Views | CapMetric::Clicks => of("id").count(),
    };
    let mut select: SelectStatement = Query::select().expr_as(counted, "used").from(CONVERSIONS).to_owned();
    select
        .and_where(of("workspace_id").eq(tenant.id().uuid()))
        .and_where(of("event_at").gte(from.millis()))
        .and_where(of("event_at").lt(span.end.millis()))
        .cond_where(in_scope(cap))
        .cond_where(counted_states(cap));
    let row = conn.query_one(&select).await?;
    row.map_or(Ok(0), |row| row.try_get("", "used"))
}

fn of(column: &'static str) -> SimpleExpr {
    Expr::col((CONVERSIONS, column))
}

fn of_click(field: &str) -> SimpleExpr {
    Expr::cust(format!("\"{CONVERSIONS}\".\"click_dims\" ->> '{field}'"))
}

/// As [`is_meant`](super::rules::subject::is_meant) says it of one conversion.
fn in_scope(cap: &Cap) -> Condition {
    let mut all = Condition::all();
    let ids = [
        ("advertiser_id", cap.advertiser_id.map(Id::uuid)),
        ("offer_id", cap.offer_id.map(Id::uuid)),
        ("goal_id", cap.goal_id.map(Id::uuid)),
        ("partner_id", cap.partner_id.map(Id::uuid)),
    ];
    for (column, id) in ids {
        all = all.add_option(id.map(|id| of(column).eq(id)));
    }
    all = all.add_option(cap.source_id.as_ref().map(|source| of_click("source_id").eq(source)));
    let filter = &cap.filter;
    if !filter.countries.is_empty() {
        all = all.add(of_click("country").is_in(filter.countries.iter().cloned()));
    }
    if !filter.sources.is_empty() {
        all = all.add(of_click("source_id").is_in(filter.sources.iter().cloned()));
    }
    if !filter.goals.is_empty() {
        all = all.add(of("goal_id").is_in(filter.goals.iter().map(|goal: &Id<id::Goal>| goal.uuid())));
    }
    if cap.metric.is_money() {
        return all.add(of("currency").eq(cap.currency.clone().unwrap_or_default()));
    }
    let names_goals = cap.scope == CapScope::Goal || !filter.goals.is_empty();
    all.add_option((!names_goals).then(|| of("is_primary").eq(true)))
}

/// As [`room_taken`](super::rules::subject::room_taken) says it of one conversion.
fn counted_states(cap: &Cap) -> Condition {
    let reasons = |wanted: fn(&ConversionReason) -> bool| {
        ConversionReason::ALL.iter().copied().filter(wanted).map(ConversionReason::code).collect::<Vec<_>>()
    };
    let mut any = Condition::any();
    for status in &cap.counted.0 {
        any = any.add(match status {
            CountedStatus::Approved => of("status").is_in(["approved", "locked", "paid"]),
            CountedStatus::Pending => {
                let set_aside = of("reason").is_in(reasons(|reason| reason.is_cap()));
                of("status").eq("pending").and(of("reason").is_null().or(set_aside.not()))
            }
            CountedStatus::Rejected => {
                let by_a_person = of("reason").is_in(reasons(|reason| reason.is_verdict()));
                of("status").eq("rejected").and(by_a_person)
            }
        });
    }
    any
}
