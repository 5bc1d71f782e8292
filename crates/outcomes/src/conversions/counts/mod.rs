//! What tiers, terms and limits of plans count: read once for a batch, kept true as conversions move.
//!
//! A counter is a sum over conversions that are worth something now, by the period of their event time; nothing is stored
//! beside them. Order is the order of decision: a conversion sees what was decided before it.

mod load;

use std::collections::{HashMap, HashSet};

use jiff::tz::TimeZone;
use kernel::{Id, Timestamp, id};
use sea_orm::prelude::Uuid;

pub use load::{Asked, load};

use super::{entity::commission, moves::Holding};
use crate::plans::rules::{Count, LimitPer, Needs, Paid, Period, Totals};

/// A period of one offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Span {
    offer: Id<id::Offer>,
    period: Period,
    from: Timestamp,
}

/// What a goal brought in one period, of one partner or of all.
type TotalSpan = (Span, Id<id::Goal>, Option<Id<id::Partner>>);

/// A limit of a rule in one period.
type LimitSpan = (Id<id::PlanRule>, LimitPer, Span);

/// What a customer did on an offer before.
#[derive(Clone, Debug, Default)]
struct History {
    first_at: Option<Timestamp>,
    by_goal: HashMap<Id<id::Goal>, i64>,
}

/// Counters of one workspace.
#[derive(Default)]
pub struct Counts {
    /// What the plans of each offer ask for.
    pub needs: HashMap<Id<id::Offer>, Needs>,
    of_partners: HashSet<Span>,
    of_all: HashSet<Span>,
    totals: HashMap<TotalSpan, Totals>,
    limits: HashSet<LimitSpan>,
    /// By whom the limit is counted; nil where it is for everybody.
    paid: HashMap<(LimitSpan, Uuid), i64>,
    history: HashMap<(Id<id::Customer>, Id<id::Offer>), History>,
}

/// Whose counters a conversion meets.
pub struct Met {
    pub offer: Id<id::Offer>,
    pub goal: Id<id::Goal>,
    pub partner: Id<id::Partner>,
    pub customer: Option<Id<id::Customer>>,
    pub event_at: Timestamp,
}

impl Counts {
    /// What was counted before a conversion, for each counter that its plans ask for.
    pub fn met(&self, met: &Met, zone: &TimeZone) -> (Vec<Count>, Vec<Paid>) {
        let Some(needs) = self.needs.get(&met.offer) else { return Default::default() };
        let count = |period: Period, of_all: bool| {
            let partner = (!of_all).then_some(met.partner);
            let totals = self.totals.get(&(met.span(period, zone), met.goal, partner)).copied().unwrap_or_default();
            Count { period, of_all, totals }
        };
        let of_partner = needs.counts.iter().map(|period| count(*period, false));
        let counts = of_partner.chain(needs.counts_of_all.iter().map(|period| count(*period, true)));
        let paid = needs.limits.iter().filter_map(|&(rule, per, period)| {
            let subject = subject(per, met.partner, met.customer)?;
            let minor = self.paid.get(&((rule, per, met.span(period, zone)), subject)).copied()?;
            Some(Paid { rule, per, period, minor })
        });
        (counts.collect(), paid.collect())
    }

    /// When a customer first converted on an offer, and how often it reached a goal of it.
    pub fn history(&self, met: &Met) -> (Option<Timestamp>, i64) {
        let known = met.customer.and_then(|customer| self.history.get(&(customer, met.offer)));
        known.map_or((None, 0), |known| (known.first_at, known.by_goal.get(&met.goal).copied().unwrap_or_default()))
    }

    /// Keeps the counters true as a conversion goes from one state to the next.
    pub fn settle(&mut self, before: Option<&Holding>, after: &Holding, zone: &TimeZone) {
        let wanted = |needs: &Needs| needs.counts_anything();
        if !after.conversion.offer_id.and_then(|offer| self.needs.get(&offer)).is_some_and(wanted) {
            return;
        }
        if let Some(part) = before.and_then(Part::of) {
            self.add(&part, -1, zone);
        }
        if let Some(part) = Part::of(after) {
            self.add(&part, 1, zone);
        }
    }

    fn add(&mut self, part: &Part, sign: i64, zone: &TimeZone) {
        let met = &part.met;
        for period in Period::ALL {
            let span = met.span(period, zone);
            for (is_loaded, partner) in
                [(self.of_partners.contains(&span), Some(met.partner)), (self.of_all.contains(&span), None)]
            {
                if is_loaded {
                    let totals = self.totals.entry((span, met.goal, partner)).or_default();
                    *totals = if sign > 0 { totals.plus(part.totals) } else { totals.minus(part.totals) };
                }
            }
            for per in LimitPer::ALL {
                let limit = part.rule.map(|rule| (rule, per, span)).filter(|limit| self.limits.contains(limit));
                if let Some((limit, subject)) = limit.zip(subject(per, met.partner, met.customer)) {
                    *self.paid.entry((limit, subject)).or_default() += sign * part.paid_minor;
                }
            }
        }
        let has_history = self.needs.get(&met.offer).is_some_and(|needs| needs.history);
        if let Some(customer) = met.customer.filter(|_| has_history) {
            let history = self.history.entry((customer, met.offer)).or_default();
            *history.by_goal.entry(met.goal).or_default() += sign;
            let first = history.first_at.map_or(met.event_at, |first| first.min(met.event_at));
            history.first_at = if sign > 0 { Some(first) } else { history.first_at };
        }
    }
}

impl Met {
    fn span(&self, period: Period, zone: &TimeZone) -> Span {
        Span { offer: self.offer, period, from: period.bounds(self.event_at, zone).0 }
    }
}

/// For whom a limit counts; nobody where the customer is not known.
fn subject(per: LimitPer, partner: Id<id::Partner>, customer: Option<Id<id::Customer>>) -> Option<Uuid> {
    match per {
        LimitPer::Customer => customer.map(Id::uuid),
        LimitPer::Partner => Some(partner.uuid()),
        LimitPer::All => Some(Uuid::nil()),
    }
}

/// What one conversion adds.
struct Part {
    met: Met,
    totals: Totals,
    rule: Option<Id<id::PlanRule>>,
    paid_minor: i64,
}

impl Part {
    /// Nothing where it is worth nothing.
    fn of(Holding { conversion: row, commissions }: &Holding) -> Option<Self> {
        let met = Met {
            offer: row.offer_id?,
            goal: row.goal_id?,
            partner: row.partner_id?,
            customer: row.customer_id,
            event_at: row.event_at,
        };
        let totals = Totals {
            conversions: 1,
            amount_minor: row.sale_minor - row.refund_minor,
            revenue_minor: row.revenue_minor,
        };
        let by_plan = commissions.iter().filter(|one| is_by_plan(one.kind));
        row.status.is_live().then(|| Self {
            met,
            totals,
            rule: commissions.first().and_then(|first| first.rule_id.as_deref()).and_then(Id::parse),
            paid_minor: by_plan.map(|one| one.amount_minor).sum(),
        })
    }
}

/// Whether the price of the conversion, or a share in it.
pub fn is_by_plan(kind: commission::Kind) -> bool {
    matches!(kind, commission::Kind::Base | commission::Kind::Share)
}
