//! Whole-period tiers: once a period is over, its sales are priced by the step that was reached in it.
//!
//! While the period runs each sale is priced by the step reached with it. At the end every sale that a whole tier priced is
//! repriced by its period's own total, through the one way in which conversions change, so that the difference is an entry
//! of each sale and refunds of it stay in proportion. A period of a rule is settled once; what comes later is priced by the
//! step that stands then.

use std::collections::{BTreeMap, HashSet};

use kernel::{Id, Tenant, Timestamp, id, time::HOUR_MS};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::ExprTrait as _,
};

use super::{
    Action, Mover, Status,
    counts::{self, Asked},
    entity::{commission, conversion, tier_settlement as settlement},
    moves::{self, IDS_PER_QUERY, Order, Worksheet},
    rules::price,
};
use crate::{
    App,
    plans::{
        model::{self as plan, PlanSide},
        rules::{Count, Effect, Period, PriceCase, TierMode, Totals},
        version,
    },
    workspaces::{self, model as workspace},
};

pub const SETTLE_TIERS: &str = "settle_tiers";
/// How long an ended period waits for receipts that are on their way.
pub const GRACE_MS: i64 = HOUR_MS;
/// Versions of plans read at once.
const VERSIONS_PER_PAGE: u64 = 200;

/// A whole tier of one offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Whole {
    offer: Id<id::Offer>,
    rule: Id<id::PlanRule>,
    period: Period,
}

/// Settles every period that has ended and is not settled yet.
pub async fn settle_tiers(app: &App) -> anyhow::Result<()> {
    let workspaces = workspace::Entity::find().all(app.records.read()).await?;
    for row in workspaces {
        let tenant = Tenant(row.id);
        for whole in whole_tiers(app, tenant).await? {
            settle(app, tenant, whole).await?;
        }
    }
    Ok(())
}

/// The whole tiers of all versions of what partners earn.
async fn whole_tiers(app: &App, tenant: Tenant) -> anyhow::Result<HashSet<Whole>> {
    let conn = app.records.read();
    let mine = plan::Column::WorkspaceId.eq(tenant.id()).and(plan::Column::Side.eq(PlanSide::Earnings));
    let plans: Vec<(Id<id::Plan>, Id<id::Offer>)> = plan::Entity::find()
        .select_only()
        .columns([plan::Column::Id, plan::Column::OfferId])
        .filter(mine)
        .into_tuple()
        .all(conn)
        .await?;
    let offers: BTreeMap<_, _> = plans.into_iter().collect();
    let (mut found, mut after) = (HashSet::new(), None::<Id<id::PlanVersion>>);
    loop {
        let mut page = version::Entity::find().filter(version::Column::WorkspaceId.eq(tenant.id()));
        if let Some(after) = after {
            page = page.filter(version::Column::Id.gt(after));
        }
        let rows = page.order_by_asc(version::Column::Id).limit(VERSIONS_PER_PAGE).all(conn).await?;
        for row in &rows {
            let Some(&offer) = offers.get(&row.plan_id) else { continue };
            found.extend(row.rules.0.iter().filter_map(|rule| match &rule.effect {
                Effect::Tier(tier) if tier.mode == TierMode::Whole => {
                    Some(Whole { offer, rule: rule.id, period: tier.period })
                }
                _ => None,
            }));
        }
        after = rows.last().map(|row| row.id);
        if after.is_none() {
            return Ok(found);
        }
    }
}

/// Settles the last ended period of a tier, unless that was done.
async fn settle(app: &App, tenant: Tenant, whole: Whole) -> anyhow::Result<()> {
    let zone = workspaces::store::get(app.records.read(), tenant).await?.zone()?;
    let now = app.ambient.now().plus_millis(-GRACE_MS);
    let (this, _) = whole.period.bounds(now, &zone);
    let (from, until) = whole.period.bounds(this.plus_millis(-1), &zone);
    let known = settlement::Column::WorkspaceId
        .eq(tenant.id())
        .and(settlement::Column::RuleId.eq(whole.rule))
        .and(settlement::Column::PeriodStart.eq(from));
    if settlement::Entity::find().filter(known).one(app.records.read()).await?.is_some() {
        return Ok(());
    }
    let ids = priced_by(app.records.read(), tenant, whole, (from, until)).await?;
    for ids in ids.chunks(IDS_PER_QUERY) {
        reprice(app, tenant, whole, (from, ids)).await?;
    }
    let write = app.records.begin().await?;
    let row = settlement::Model {
        id: app.ambient.new_id(),
        workspace_id: tenant.id(),
        rule_id: whole.rule,
        period_start: from,
        created_at: app.ambient.now(),
    };
    settlement::Entity::insert(row.into_active_model()).exec_without_returning(&*write).await?;
    write.commit().await?;
    Ok(())
}

/// Conversions of a period that the rule priced and that are worth something.
async fn priced_by(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    whole: Whole,
    (from, until): (Timestamp, Timestamp),
) -> anyhow::Result<Vec<Id<id::Conversion>>> {
    let live = Status::ALL.into_iter().filter(|status| status.is_live());
    let on = commission::Entity::belongs_to(conversion::Entity)
        .from(commission::Column::ConversionId)
        .to(conversion::Column::Id)
        .into();
    let ids = commission::Entity::find()
        .select_only()
        .column(commission::Column::ConversionId)
        .distinct()
        .join(JoinType::InnerJoin, on)
        .filter(commission::Column::WorkspaceId.eq(tenant.id()))
        .filter(commission::Column::RuleId.eq(whole.rule.to_string()))
        .filter(conversion::Column::OfferId.eq(whole.offer))
        .filter(conversion::Column::EventAt.gte(from))
        .filter(conversion::Column::EventAt.lt(until))
        .filter(conversion::Column::Status.is_in(live))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(ids)
}

/// Prices some of a period's conversions by its total. One that cannot take the price keeps the one it has.
async fn reprice(
    app: &App,
    tenant: Tenant,
    whole: Whole,
    (from, ids): (Timestamp, &[Id<id::Conversion>]),
) -> anyhow::Result<()> {
    let tx = app.records.begin().await?;
    tx.lock_workspace(tenant).await?;
    let mut sheet = moves::open(&*tx, tenant, &app.ambient).await?;
    moves::load_conversions(&*tx, &mut sheet, ids).await?;
    moves::load_facts(&*tx, &mut sheet, ids).await?;
    let asked = Asked {
        moments: [(whole.offer, from)].into(),
        partners: sheet.holdings().filter_map(|held| held.conversion.partner_id).collect(),
        ..Asked::default()
    };
    counts::load(&*tx, &mut sheet.counts, tenant.id(), &sheet.zone, &asked).await?;
    for &id in ids {
        let Some(order) = as_settled(&mut sheet, id, whole.period) else { continue };
        if let Err(refusal) = sheet.apply(id, &order) {
            tracing::warn!(conversion = %id, code = refusal.code.code(), "a tier could not be settled");
        }
    }
    sheet.write(&*tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Has the conversion see its period's total with itself as the last, and asks for the price of that.
fn as_settled(sheet: &mut Worksheet, id: Id<id::Conversion>, period: Period) -> Option<Order> {
    let row = &sheet.get(id)?.conversion;
    let met = counts::Met {
        offer: row.offer_id?,
        goal: row.goal_id?,
        partner: row.partner_id?,
        customer: row.customer_id,
        event_at: row.event_at,
    };
    let own = Totals { conversions: 1, amount_minor: row.sale_minor, revenue_minor: row.revenue_full_minor };
    let (sale_minor, event_at) = (row.sale_minor, row.event_at);
    let (counted, _) = sheet.counts.met(&met, &sheet.zone);
    let total = counted.iter().find(|count| count.period == period && !count.of_all)?.totals;
    let facts = sheet.priced_by.entry(id).or_default();
    facts.counts.retain(|count| count.period != period || count.of_all);
    facts.counts.push(Count { period, of_all: false, totals: total.minus(own) });
    let facts = facts.clone();
    let mut case = PriceCase { facts, ..PriceCase::plain(met.goal, met.partner, sale_minor) };
    let settled = price::price(sheet.terms.get(&met.offer)?, &mut case, event_at).ok()?.earnings.minor;
    let by_plan = sheet.get(id)?.commissions.iter().filter(|one| counts::is_by_plan(one.kind));
    if by_plan.map(|one| one.full_minor).sum::<i64>() == settled {
        return None;
    }
    let at = sheet.now();
    let amount_minor = Some(sale_minor);
    Some(Order { action: Action::Reprice, amount_minor, reason: None, words: None, mover: Mover::CLOCK, at })
}
