//! One plan going through the past: priced and counted in the order of decision.

use std::{collections::HashMap, sync::Arc};

use kernel::{Decimal8, Id, Timestamp, id};

use super::{
    counters::{Counters, Settled},
    past::Past,
};
use crate::{
    conversions::rules::amounts::SALE_MINOR_MAX,
    plans::{
        model::PlanSide,
        rules::{self, Count, Dated, Effect, Facts, LocalDate, Needs, Period, PriceCase, Rule, TierMode, Totals},
        store::PlanHistory,
    },
};

/// Fewer rules than this are looked through as they are.
const NARROWED_FROM: usize = 8;

/// A version of one side.
#[derive(Clone, Debug)]
pub struct Version {
    /// None where it is a draft.
    pub id: Option<Id<id::PlanVersion>>,
    pub valid_from: Timestamp,
    pub number: i32,
    pub rules: Vec<Rule>,
}

impl Dated for Version {
    fn valid_from(&self) -> Timestamp {
        self.valid_from
    }
    fn number(&self) -> i32 {
        self.number
    }
}

/// Both sides with all versions.
#[derive(Clone, Debug)]
pub struct Plans {
    pub earnings: Vec<Version>,
    pub revenue: Vec<Version>,
}

/// The versions of a side as they are kept.
pub fn versions(history: &PlanHistory) -> Vec<Version> {
    let version = |row: &crate::plans::version::Model| Version {
        id: Some(row.id),
        valid_from: row.valid_from,
        number: row.version,
        rules: row.rules.0.clone(),
    };
    history.versions.iter().map(version).collect()
}

/// Rules that hold always.
pub fn draft(rules: Vec<Rule>) -> Vec<Version> {
    vec![Version { id: None, valid_from: Timestamp::from_millis(0), number: 1, rules }]
}

impl Plans {
    pub fn needs(&self) -> Needs {
        let of_earnings = self.earnings.iter().map(|version| Needs::of(&version.rules, &[]));
        let of_revenue = self.revenue.iter().map(|version| Needs::of(&[], &version.rules));
        of_earnings.chain(of_revenue).fold(Needs::default(), |all, one| all.plus(&one))
    }

    /// Periods at whose end tiers are settled.
    pub fn whole_periods(&self) -> impl Iterator<Item = Period> {
        self.earnings.iter().flat_map(|version| &version.rules).filter_map(whole_tier)
    }
}

/// What a conversion is worth by a plan, without refunds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    pub earnings_minor: i64,
    pub revenue_minor: i64,
    /// The rule and the version that priced the earnings.
    pub rule: Option<Id<id::PlanRule>>,
    pub version: Option<Id<id::PlanVersion>>,
    /// A price does not fit an amount; it is taken for nought.
    pub overflows: bool,
    /// By what its period came to.
    pub is_settled: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Narrow {
    is_earnings: bool,
    version: usize,
    goal: Id<id::Goal>,
    partner: Id<id::Partner>,
}

pub struct Lane {
    plans: Arc<Plans>,
    needs: Needs,
    growth: Decimal8,
    counters: Counters,
    settled: Option<Settled>,
    /// The rules that speak of a partner's conversions of a goal at all: a plan may have thousands of private rates.
    narrowed: HashMap<Narrow, Vec<Rule>>,
}

impl Lane {
    pub fn new(plans: Arc<Plans>, growth: Decimal8) -> Self {
        let needs = plans.needs();
        Self { plans, needs, growth, counters: Counters::default(), settled: None, narrowed: HashMap::new() }
    }

    /// Whether everything is to be counted before it is priced: a whole tier is settled once its period is over.
    pub fn looks_twice(&self) -> bool {
        self.plans.whole_periods().next().is_some()
    }

    /// Counts one conversion, as a first look.
    pub fn count(&mut self, past: &Past) {
        self.run(past, None);
    }

    /// Everything was counted; from here on it is priced, with the periods before `today` settled.
    pub fn settle(&mut self, today: LocalDate) {
        self.settled = Some(std::mem::take(&mut self.counters).settled(today, self.growth));
    }

    /// Prices one conversion and counts it. `recorded` are the facts from which it was priced then, where they are to be
    /// taken in place of what is counted here.
    pub fn run(&mut self, past: &Past, recorded: Option<&Facts>) -> Worth {
        let Past { goal_id, partner_id, sale_minor, .. } = *past;
        let facts = recorded.unwrap_or(&past.facts).clone();
        let mut case = PriceCase { facts, ..PriceCase::plain(goal_id, partner_id, sale_minor) };
        let counts = self.needs.counts_anything();
        if counts && recorded.is_none() {
            self.counters.fill(&self.needs, past, self.growth, &mut case.facts);
        }
        let (revenue, by_revenue, _) = self.side(PlanSide::Revenue, &mut case, past.event_at);
        case.revenue_minor = revenue.unwrap_or_default();
        let mut earned = self.side(PlanSide::Earnings, &mut case, past.event_at);
        let settling = self.settling(past, earned.1, case.revenue_minor);
        let is_settled = settling.is_some();
        if let Some(count) = settling {
            case.facts.counts.retain(|one| one.period != count.period || one.of_all);
            case.facts.counts.push(count);
            earned = self.side(PlanSide::Earnings, &mut case, past.event_at);
        }
        let (earnings, by_earnings, version) = earned;
        let overflows = earnings.is_none() || revenue.is_none();
        let (earnings_minor, revenue_minor) = (earnings.unwrap_or_default(), revenue.unwrap_or_default());
        if counts {
            let by = [(by_earnings, past.left(earnings_minor)), (by_revenue, past.left(revenue_minor))];
            self.counters.count(&self.needs, past, by[1].1, &by);
        }
        Worth { earnings_minor, revenue_minor, rule: by_earnings, version, overflows, is_settled }
    }

    /// What a conversion sees of its period once that is over, with itself as the last: where a whole tier priced it.
    fn settling(&self, past: &Past, rule: Option<Id<id::PlanRule>>, revenue_minor: i64) -> Option<Count> {
        let (settled, winner) = (self.settled.as_ref()?, rule?);
        let mut rules = self.plans.earnings.iter().flat_map(|version| &version.rules);
        let period = rules.find(|rule| rule.id == winner).and_then(whole_tier)?;
        let own = Totals { conversions: 1, amount_minor: past.sale_minor, revenue_minor };
        let totals = settled.total(past, period)?.minus(own);
        Some(Count { period, of_all: false, totals })
    }

    fn side(&mut self, side: PlanSide, case: &mut PriceCase, at: Timestamp) -> Sided {
        let Self { plans, narrowed, .. } = self;
        let is_earnings = side == PlanSide::Earnings;
        let versions = if is_earnings { &plans.earnings } else { &plans.revenue };
        let Some(version) = rules::in_force(versions, at) else { return (Some(0), None, None) };
        case.side = side;
        let priced = if version.rules.len() < NARROWED_FROM {
            rules::price(&version.rules, case)
        } else {
            let version_place = version.number as usize;
            let (goal, partner) = (case.goal_id, case.partner_id);
            let key = Narrow { is_earnings, version: version_place, goal, partner };
            let of_them = narrowed.entry(key).or_insert_with(|| narrow(&version.rules, goal, partner));
            rules::price(of_them, case)
        };
        match priced {
            Ok(priced) if (0..=SALE_MINOR_MAX).contains(&priced.minor) => {
                (Some(priced.minor), priced.rule_id, version.id)
            }
            _ => (None, None, version.id),
        }
    }
}

/// The period of a tier whose every conversion is priced by the step that its period reached.
fn whole_tier(rule: &Rule) -> Option<Period> {
    match &rule.effect {
        Effect::Tier(tier) if tier.mode == TierMode::Whole => Some(tier.period),
        _ => None,
    }
}

/// The price, the rule that won, and the version in force.
type Sided = (Option<i64>, Option<Id<id::PlanRule>>, Option<Id<id::PlanVersion>>);

fn narrow(rules: &[Rule], goal: Id<id::Goal>, partner: Id<id::Partner>) -> Vec<Rule> {
    let speaks = |rule: &&Rule| {
        rule.conditions.goal_id.is_none_or(|wanted| wanted == goal)
            && rule.conditions.partner_id.is_none_or(|wanted| wanted == partner)
    };
    rules.iter().filter(speaks).cloned().collect()
}
