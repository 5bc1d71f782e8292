//! Counters read from the conversions themselves, a statement for each period that a batch meets.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::tz::TimeZone;
use kernel::{Id, Timestamp, id, time::HOUR_MS};
use sea_orm::{
    ConnectionTrait, DbErr, QueryResult,
    prelude::Uuid,
    sea_query::{Alias, Expr, ExprTrait as _, Func, Query, SelectStatement, SimpleExpr},
};

use super::{Counts, Span};
use crate::{
    conversions::model::Status,
    plans::rules::{LimitPer, Period, Totals},
};

const CONVERSIONS: &str = "conversions";
const COMMISSIONS: &str = "commissions";
/// A sender's clock may run ahead of ours, so that what happened in a period was taken in shortly before it.
const CLOCK_SLACK_MS: i64 = HOUR_MS;

/// What a batch asks of the counters.
#[derive(Default)]
pub struct Asked {
    /// Offers with the moments at which something happened.
    pub moments: BTreeSet<(Id<id::Offer>, Timestamp)>,
    /// Everybody who may be credited.
    pub partners: HashSet<Id<id::Partner>>,
    pub customers: HashSet<Id<id::Customer>>,
}

/// One statement's worth: a period of several offers.
type Group = (Timestamp, Timestamp);

/// Reads every counter that the plans of the asked offers need; nothing where they need none.
pub async fn load(
    conn: &impl ConnectionTrait,
    counts: &mut Counts,
    workspace: Id<id::Workspace>,
    zone: &TimeZone,
    asked: &Asked,
) -> Result<(), DbErr> {
    let wanted = |offer: &Id<id::Offer>| counts.needs.get(offer).is_some_and(|needs| needs.counts_anything());
    let moments: Vec<_> = asked.moments.iter().copied().filter(|(offer, _)| wanted(offer)).collect();
    if moments.is_empty() {
        return Ok(());
    }
    let reader = Reader { conn, workspace, zone, asked };
    reader.totals(counts, &moments, false).await?;
    reader.totals(counts, &moments, true).await?;
    for per in LimitPer::ALL {
        reader.paid(counts, &moments, per).await?;
    }
    reader.history(counts, &moments).await
}

struct Reader<'a, C> {
    conn: &'a C,
    workspace: Id<id::Workspace>,
    zone: &'a TimeZone,
    asked: &'a Asked,
}

fn of(column: &'static str) -> SimpleExpr {
    Expr::col((CONVERSIONS, column))
}

fn sum(values: SimpleExpr) -> SimpleExpr {
    let sum = Func::coalesce([Func::sum(values).into(), Expr::val(0_i64)]);
    Expr::expr(sum).cast_as(Alias::new("bigint"))
}

fn id_at<K: id::Kind>(row: &QueryResult, column: &str) -> Result<Id<K>, DbErr> {
    row.try_get::<Uuid>("", column).map(Id::from_uuid)
}

impl<C: ConnectionTrait> Reader<'_, C> {
    /// Conversions of some offers that are worth something, by event time.
    fn live(&self, offers: &[Id<id::Offer>], (from, until): Group) -> SelectStatement {
        let live = Status::ALL.into_iter().filter(|status| status.is_live()).map(Status::code);
        let mut select = Query::select();
        select
            .from(CONVERSIONS)
            .and_where(of("workspace_id").eq(self.workspace.uuid()))
            .and_where(of("offer_id").is_in(offers.iter().map(|offer| offer.uuid())))
            .and_where(of("status").is_in(live))
            .and_where(of("event_at").gte(from.millis()))
            .and_where(of("event_at").lt(until.millis()));
        if from.millis() > CLOCK_SLACK_MS {
            // Ids are in the order of arrival, and the indexes end with them.
            let first = Id::<id::Conversion>::from_parts(from.plus_millis(-CLOCK_SLACK_MS), 0);
            select.and_where(of("id").gte(first.uuid()));
        }
        select
    }

    async fn totals(
        &self,
        counts: &mut Counts,
        moments: &[(Id<id::Offer>, Timestamp)],
        of_all: bool,
    ) -> Result<(), DbErr> {
        let mut groups: BTreeMap<(Period, Group), BTreeSet<Id<id::Offer>>> = BTreeMap::new();
        for (offer, at) in moments {
            let needs = &counts.needs[offer];
            for period in if of_all { &needs.counts_of_all } else { &needs.counts } {
                groups.entry((*period, period.bounds(*at, self.zone))).or_default().insert(*offer);
            }
        }
        for ((period, bounds), offers) in groups {
            let offers: Vec<_> = offers.into_iter().collect();
            let loaded = offers.iter().map(|&offer| Span { offer, period, from: bounds.0 });
            let spans = if of_all { &mut counts.of_all } else { &mut counts.of_partners };
            spans.extend(loaded);
            let mut select = self.live(&offers, bounds);
            let columns = if of_all { 2 } else { 3 };
            if !of_all {
                select.and_where(of("partner_id").is_in(self.asked.partners.iter().map(|partner| partner.uuid())));
            }
            for column in ["offer_id", "goal_id", "partner_id"].into_iter().take(columns) {
                select.expr_as(of(column), column).add_group_by([of(column)]);
            }
            select.and_where(of("goal_id").is_not_null());
            select
                .expr_as(of("id").count(), "conversions")
                .expr_as(sum(of("sale_minor").sub(of("refund_minor"))), "amount_minor")
                .expr_as(sum(of("revenue_minor")), "revenue_minor");
            for row in self.conn.query_all(&select).await? {
                let span = Span { offer: id_at(&row, "offer_id")?, period, from: bounds.0 };
                let partner = if of_all { None } else { Some(id_at(&row, "partner_id")?) };
                let totals = Totals {
                    conversions: row.try_get("", "conversions")?,
                    amount_minor: row.try_get("", "amount_minor")?,
                    revenue_minor: row.try_get("", "revenue_minor")?,
                };
                counts.totals.insert((span, id_at(&row, "goal_id")?, partner), totals);
            }
        }
        Ok(())
    }

    async fn paid(
        &self,
        counts: &mut Counts,
        moments: &[(Id<id::Offer>, Timestamp)],
        per: LimitPer,
    ) -> Result<(), DbErr> {
        let mut groups: BTreeMap<(Period, Group, Id<id::Offer>), BTreeSet<Id<id::PlanRule>>> = BTreeMap::new();
        for (offer, at) in moments {
            for (rule, _, period) in counts.needs[offer].limits.iter().filter(|limit| limit.1 == per) {
                groups.entry((*period, period.bounds(*at, self.zone), *offer)).or_default().insert(*rule);
            }
        }
        for ((period, bounds, offer), rules) in groups {
            let span = Span { offer, period, from: bounds.0 };
            counts.limits.extend(rules.iter().map(|&rule| (rule, per, span)));
            let Some(select) = self.paid_select(offer, bounds, &rules, per) else { continue };
            for row in self.conn.query_all(&select).await? {
                let rule: String = row.try_get("", "rule_id")?;
                let Some(rule) = Id::parse(&rule) else { continue };
                let subject = if per == LimitPer::All { Uuid::nil() } else { row.try_get("", "subject")? };
                counts.paid.insert(((rule, per, span), subject), row.try_get("", "minor")?);
            }
        }
        Ok(())
    }

    /// What rules paid, by whom their limit counts; none where nobody is asked about.
    fn paid_select(
        &self,
        offer: Id<id::Offer>,
        bounds: Group,
        rules: &BTreeSet<Id<id::PlanRule>>,
        per: LimitPer,
    ) -> Option<SelectStatement> {
        let commission = |column: &'static str| Expr::col((COMMISSIONS, column));
        let mut select = self.live(&[offer], bounds);
        select
            .inner_join(COMMISSIONS, commission("conversion_id").eq(of("id")))
            .and_where(commission("workspace_id").eq(self.workspace.uuid()))
            .and_where(commission("rule_id").is_in(rules.iter().map(|rule| rule.to_string())))
            .and_where(commission("kind").is_in(["base", "share"]))
            .expr_as(commission("rule_id"), "rule_id")
            .expr_as(sum(commission("amount_minor")), "minor")
            .add_group_by([commission("rule_id")]);
        let (column, wanted): (_, Vec<Uuid>) = match per {
            LimitPer::All => return Some(select),
            LimitPer::Partner => ("partner_id", self.asked.partners.iter().map(|id| id.uuid()).collect()),
            LimitPer::Customer => ("customer_id", self.asked.customers.iter().map(|id| id.uuid()).collect()),
        };
        let has_some = !wanted.is_empty();
        select.and_where(of(column).is_in(wanted)).expr_as(of(column), "subject").add_group_by([of(column)]);
        has_some.then_some(select)
    }

    async fn history(&self, counts: &mut Counts, moments: &[(Id<id::Offer>, Timestamp)]) -> Result<(), DbErr> {
        let offers = moments.iter().map(|(offer, _)| *offer).filter(|offer| counts.needs[offer].history);
        let offers: BTreeSet<_> = offers.collect();
        if offers.is_empty() || self.asked.customers.is_empty() {
            return Ok(());
        }
        let offers: Vec<_> = offers.into_iter().collect();
        let always = (Timestamp::from_millis(0), Timestamp::from_millis(i64::MAX));
        let mut select = self.live(&offers, always);
        select
            .and_where(of("customer_id").is_in(self.asked.customers.iter().map(|customer| customer.uuid())))
            .and_where(of("goal_id").is_not_null())
            .expr_as(of("id").count(), "conversions")
            .expr_as(of("event_at").min(), "first_at");
        for column in ["customer_id", "offer_id", "goal_id"] {
            select.expr_as(of(column), column).add_group_by([of(column)]);
        }
        for row in self.conn.query_all(&select).await? {
            let first_at = Timestamp::from_millis(row.try_get("", "first_at")?);
            let known = counts.history.entry((id_at(&row, "customer_id")?, id_at(&row, "offer_id")?)).or_default();
            known.first_at = Some(known.first_at.map_or(first_at, |first| Ord::min(first, first_at)));
            known.by_goal.insert(id_at(&row, "goal_id")?, row.try_get("", "conversions")?);
        }
        Ok(())
    }
}
