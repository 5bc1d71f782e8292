//! What the rules of a plan ask for beyond goal, partner and amount: only that is looked up.

use std::collections::BTreeSet;

use kernel::{Id, id};

use super::{
    calendar::Period,
    effect::{Effect, Metric, RuleKind},
    rule::{LimitPer, Rule},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Any fact of click, partner, order or calendar.
    pub facts: bool,
    /// What the customer did before.
    pub history: bool,
    /// Tiers that count the partner's conversions.
    pub counts: BTreeSet<Period>,
    /// Tiers that count everybody's.
    pub counts_of_all: BTreeSet<Period>,
    pub limits: BTreeSet<(Id<id::PlanRule>, LimitPer, Period)>,
    /// Tiers that count what is charged.
    pub revenue: bool,
}

impl Needs {
    /// What the rules of both sides ask for. Tiers count the partner's conversions for what it earns and everybody's for
    /// what is charged.
    pub fn of(earnings: &[Rule], revenue: &[Rule]) -> Self {
        let mut needs = Self::default();
        for rule in earnings {
            needs.add(rule, false);
        }
        for rule in revenue {
            needs.add(rule, true);
        }
        needs
    }

    fn add(&mut self, rule: &Rule, of_all: bool) {
        // A reward looks at the conversion that it stands beside.
        if !matches!(rule.effect.kind(), RuleKind::Price | RuleKind::Reward(_)) {
            return;
        }
        self.facts |= !rule.conditions.is_plain();
        self.history |= rule.conditions.nth_order.is_some();
        match &rule.effect {
            Effect::Tier(tier) => {
                self.revenue |= tier.metric == Metric::Revenue;
                if of_all { &mut self.counts_of_all } else { &mut self.counts }.insert(tier.period);
            }
            Effect::Recurring(_) => self.history = true,
            _ => {}
        }
        self.limits.extend(rule.limits.iter().map(|limit| (rule.id, limit.per, limit.period)));
        self.facts |= self.history || rule.limits.iter().any(|limit| limit.per == LimitPer::Customer);
    }

    pub fn plus(mut self, other: &Self) -> Self {
        self.facts |= other.facts;
        self.history |= other.history;
        self.revenue |= other.revenue;
        self.counts.extend(&other.counts);
        self.counts_of_all.extend(&other.counts_of_all);
        self.limits.extend(&other.limits);
        self
    }

    /// Whether goal, partner and amount are enough.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Whether what happened before must be counted.
    pub fn counts_anything(&self) -> bool {
        self.history || !self.counts.is_empty() || !self.counts_of_all.is_empty() || !self.limits.is_empty()
    }
}
