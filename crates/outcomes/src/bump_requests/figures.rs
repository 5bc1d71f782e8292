//! What a rate would have cost: the partner's last 30 and 90 days, as they stand and at the rate.

use std::sync::Arc;

use kernel::{Decimal8, Id, Timestamp, decimal, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _,
};
use serde::Serialize;

use super::model::Model;
use crate::{
    App,
    conversions::{Status, entity::conversion},
    identity::Actor,
    plans::{
        self,
        rules::{self, Conditions, Effect, Rule},
    },
    platform::Answer,
    simulations::{
        rows::{Reader, Scope, ranges},
        rules::{
            Fold, Plans, Setup,
            figures::TriedFigures,
            lane::{Version, versions},
        },
    },
    workspaces,
};

const DAYS: [i64; 2] = [30, 90];

/// A partner's conversions of a goal in the days before now.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "days": 30, "approved": 380, "rejected": 20, "pending": 12, "approval_percent": "92.23", "ecpa_now_minor": 776,
    "ecpa_at_the_rate_minor": 872,
    "now": {"earnings_minor": 304000, "revenue_minor": 380000, "profit_minor": 76000, "margin_percent": "20"},
    "at_the_rate": {"earnings_minor": 342000, "revenue_minor": 380000, "profit_minor": 38000, "margin_percent": "10"}
}))]
pub struct BumpWindow {
    pub days: i64,
    pub approved: i64,
    pub rejected: i64,
    pub pending: i64,
    /// Approved of all.
    pub approval_percent: Option<Decimal8>,
    /// Earnings for each conversion that is approved or pending; absent where there is none.
    pub ecpa_now_minor: Option<i64>,
    pub ecpa_at_the_rate_minor: Option<i64>,
    pub now: TriedFigures,
    pub at_the_rate: TriedFigures,
}

/// What it is now, and what it would cost.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "currency": "EUR", "present": {"percent": "10"}, "rate": {"percent": "12.5"}, "windows": []
}))]
pub struct BumpFigures {
    /// Of all amounts.
    pub currency: String,
    /// What the partner has now.
    pub present: Option<Effect>,
    /// What is on the table.
    pub rate: Effect,
    pub windows: Vec<BumpWindow>,
}

pub async fn figures(app: &App, actor: &Actor, row: &Model, currency: String, rate: Effect) -> Answer<BumpFigures> {
    let conn = app.records.read();
    let plans = plans::store::of_offer(conn, actor.tenant, row.offer_id).await?;
    let now = app.ambient.now();
    let present = rules::rate(plans.earnings.rules_at(now), row.goal_id, Some(row.partner_id));
    let (earnings, revenue) = (versions(&plans.earnings), versions(&plans.revenue));
    let tried = earnings.iter().map(|version| with_rate(version, row, &rate)).collect();
    let draft = Some(Arc::new(Plans { earnings: tried, revenue: revenue.clone() }));
    let setup = Setup { in_force: Arc::new(Plans { earnings, revenue }), draft, growth: Vec::new() };
    let mut windows = Vec::new();
    for days in DAYS {
        windows.push(window(app, actor, row, &setup, days).await?);
    }
    Ok(BumpFigures { currency, present, rate, windows })
}

fn with_rate(version: &Version, row: &Model, rate: &Effect) -> Version {
    let conditions =
        Conditions { goal_id: Some(row.goal_id), partner_id: Some(row.partner_id), ..Conditions::default() };
    let id: Id<id::PlanRule> = Id::from_uuid(row.id.uuid());
    let rules: Vec<Rule> =
        rules::with_rate(&version.rules, &conditions, Some(rate.clone()), (id, Timestamp::from_millis(i64::MAX)));
    Version { rules, ..version.clone() }
}

async fn window(app: &App, actor: &Actor, row: &Model, setup: &Setup, days: i64) -> Answer<BumpWindow> {
    let conn = app.records.read();
    let now = app.ambient.now();
    // What happened this very moment counts.
    let (from, to) = (now.plus_days(-days), now.plus_millis(1));
    let zone = workspaces::store::get(conn, actor.tenant).await?.zone()?;
    let scope = Scope::of(actor.tenant, row.offer_id, (from, to), zone);
    let scope = scope.only(row.partner_id, row.goal_id).widened(&setup.in_force, setup.draft.as_deref());
    let ranges = ranges(conn, &scope).await?;
    let mut reader = Reader::new(conn, scope, ranges);
    let mut fold = Fold::new(setup);
    while let Some(pasts) = reader.next().await? {
        pasts.iter().for_each(|past| fold.take(past));
    }
    let result = fold.finish();
    let [approved, rejected, pending] = judged(conn, actor, row, from).await?;
    let at_the_rate = TriedFigures::of(result.after.earnings_minor, result.before.revenue_minor);
    let approval_percent = percent(approved, approved + rejected + pending);
    let ecpa = |figures: TriedFigures| each(figures.earnings_minor, approved + pending);
    Ok(BumpWindow {
        days,
        approved,
        rejected,
        pending,
        approval_percent,
        ecpa_now_minor: ecpa(result.before),
        ecpa_at_the_rate_minor: ecpa(at_the_rate),
        now: result.before,
        at_the_rate,
    })
}

fn each(minor: i64, count: i64) -> Option<i64> {
    let rounded = (count > 0).then(|| decimal::divide_half_away(i128::from(minor), i128::from(count)))?;
    i64::try_from(rounded).ok()
}

/// Two decimals of a per cent.
fn percent(part: i64, whole: i64) -> Option<Decimal8> {
    let hundredths = i128::from(part) * 10_000;
    let rounded = (whole > 0).then(|| decimal::divide_half_away(hundredths, i128::from(whole)))?;
    Some(Decimal8::from_raw(i64::try_from(rounded).ok()?.checked_mul(Decimal8::ONE.raw() / 100)?))
}

async fn judged(conn: &impl ConnectionTrait, actor: &Actor, row: &Model, from: Timestamp) -> Result<[i64; 3], DbErr> {
    use conversion::Column;
    let mine = Column::WorkspaceId
        .eq(actor.tenant.id())
        .and(Column::PartnerId.eq(row.partner_id))
        .and(Column::OfferId.eq(row.offer_id))
        .and(Column::GoalId.eq(row.goal_id))
        .and(Column::EventAt.gte(from));
    let by_status: Vec<(Status, i64)> = conversion::Entity::find()
        .filter(mine)
        .select_only()
        .column(Column::Status)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::Status)
        .into_tuple()
        .all(conn)
        .await?;
    let mut judged = [0; 3];
    for (status, count) in by_status {
        let place = match status {
            Status::Approved | Status::Locked | Status::Paid => 0,
            Status::Rejected | Status::Reversed => 1,
            Status::Pending | Status::Received => 2,
        };
        judged[place] += count;
    }
    Ok(judged)
}
