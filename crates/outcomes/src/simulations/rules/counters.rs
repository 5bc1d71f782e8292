//! What is counted while a simulation goes through the past: for tiers, limits and customers.

use std::collections::HashMap;

use kernel::{Decimal8, Id, id};

use super::past::Past;
use crate::plans::rules::{Count, CustomerKind, Facts, LimitPer, LocalDate, LocalTime, Needs, Paid, Period, Totals};

/// Conversions that count, in the order of decision.
#[derive(Debug, Default)]
pub struct Counters {
    totals: HashMap<TotalsKey, Totals>,
    paid: HashMap<PaidKey, i64>,
    customers: HashMap<Id<id::Customer>, Known>,
}

#[derive(Debug, Default)]
struct Known {
    since: Option<LocalTime>,
    of_goal: HashMap<Id<id::Goal>, i64>,
}

/// What a lane made of a conversion: by which rule, how much.
pub type PaidBy = [(Option<Id<id::PlanRule>>, i64); 2];

impl Counters {
    /// Puts what was counted so far among the facts. `growth` is how many conversions each stands for: a grown volume
    /// has more customers, so what is counted for one customer stays.
    pub fn fill(&self, needs: &Needs, past: &Past, growth: Decimal8, facts: &mut Facts) {
        facts.counts.clear();
        for (periods, of_all) in [(&needs.counts, false), (&needs.counts_of_all, true)] {
            for &period in periods {
                let totals = self.totals.get(&totals_key(past, period, of_all)).copied().unwrap_or_default();
                facts.counts.push(Count { period, of_all, totals: grown(totals, growth) });
            }
        }
        facts.paid.clear();
        for &(rule, per, period) in &needs.limits {
            let Some(key) = paid_key(past, rule, per, period) else { continue };
            let minor = self.paid.get(&key).copied().unwrap_or_default();
            let minor = if per == LimitPer::Customer { minor } else { times(minor, growth) };
            facts.paid.push(Paid { rule, per, period, minor });
        }
        if needs.history {
            self.fill_history(past, facts);
        }
    }

    fn fill_history(&self, past: &Past, facts: &mut Facts) {
        let Some(customer) = past.customer else { return };
        let known = self.customers.get(&customer);
        let before = known.and_then(|known| known.of_goal.get(&past.goal_id)).copied().unwrap_or_default();
        facts.nth_order = Some(before + 1);
        facts.customer_since = known.and_then(|known| known.since);
        if facts.customer.is_none() {
            let is_known = facts.customer_since.is_some();
            facts.customer = Some(if is_known { CustomerKind::Returning } else { CustomerKind::New });
        }
    }

    /// Counts a conversion and what its rules paid.
    pub fn count(&mut self, needs: &Needs, past: &Past, revenue_minor: i64, by: &PaidBy) {
        if !past.is_live {
            return;
        }
        let amount_minor = past.sale_minor - past.refund_minor;
        let one = Totals { conversions: 1, amount_minor, revenue_minor };
        for (periods, of_all) in [(&needs.counts, false), (&needs.counts_of_all, true)] {
            for &period in periods {
                let totals = self.totals.entry(totals_key(past, period, of_all)).or_default();
                *totals = totals.plus(one);
            }
        }
        for &(rule, per, period) in &needs.limits {
            let Some(key) = paid_key(past, rule, per, period) else { continue };
            for (_, minor) in by.iter().filter(|(winner, _)| *winner == Some(rule)) {
                let paid = self.paid.entry(key).or_default();
                *paid = paid.saturating_add(*minor);
            }
        }
        if let (true, Some(customer)) = (needs.history, past.customer) {
            let known = self.customers.entry(customer).or_default();
            known.since = known.since.or(past.facts.local);
            *known.of_goal.entry(past.goal_id).or_default() += 1;
        }
    }
}

/// What periods that are over came to: whole tiers are settled by it.
pub struct Settled {
    totals: HashMap<TotalsKey, Totals>,
    today: LocalDate,
    growth: Decimal8,
}

impl Settled {
    /// What a partner's conversions came to in the period in which one happened; none while the period runs.
    pub fn total(&self, past: &Past, period: Period) -> Option<Totals> {
        let (first, this) = (first_day(past, period)?, period.first_day(self.today)?);
        let total = self.totals.get(&totals_key(past, period, false)).copied().unwrap_or_default();
        (first < this).then(|| grown(total, self.growth))
    }
}

impl Counters {
    /// All that was counted, once everything was.
    pub fn settled(self, today: LocalDate, growth: Decimal8) -> Settled {
        Settled { totals: self.totals, today, growth }
    }
}

fn first_day(past: &Past, period: Period) -> Option<LocalDate> {
    period.first_day(past.day.unwrap_or_default())
}

/// Tiers count a goal's conversions, of one partner or of all.
type TotalsKey = (Id<id::Goal>, Option<Id<id::Partner>>, Period, Option<LocalDate>);

fn totals_key(past: &Past, period: Period, of_all: bool) -> TotalsKey {
    (past.goal_id, (!of_all).then_some(past.partner_id), period, first_day(past, period))
}

type PaidKey = (Id<id::PlanRule>, LimitPer, Period, Option<LocalDate>, u128);

/// None where the limit is counted for customers and this one is not known.
fn paid_key(past: &Past, rule: Id<id::PlanRule>, per: LimitPer, period: Period) -> Option<PaidKey> {
    let whose = match per {
        LimitPer::Customer => past.customer?.as_u128(),
        LimitPer::Partner => past.partner_id.as_u128(),
        LimitPer::All => 0,
    };
    Some((rule, per, period, first_day(past, period), whose))
}

fn times(value: i64, growth: Decimal8) -> i64 {
    if growth == Decimal8::ONE { value } else { growth.times(value).unwrap_or(i64::MAX) }
}

fn grown(totals: Totals, growth: Decimal8) -> Totals {
    Totals {
        conversions: times(totals.conversions, growth),
        amount_minor: times(totals.amount_minor, growth),
        revenue_minor: times(totals.revenue_minor, growth),
    }
}
