//! Every metric, on one page: its name, its unit, the words shown on hover, and its formula over summed measures.
//!
//! A ratio divides sums, never averages ratios, so a total is right for any set of rows. Clicks are unique (valid)
//! clicks unless a name says gross.

use kernel::Currency;
use serde::Serialize;

use super::{
    dimensions::Dimension,
    measures::{Facts, Measure, Measure::*},
    sql::micros_in_a_minor_unit,
};

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Whole things.
    Count,
    /// Whole minor units of the question's currency.
    Minor,
    /// Money per thing, in millionths of the currency's unit.
    Micros,
    /// One number for another, 1 for equal.
    Ratio,
}

/// Measures added (`1`) and taken away (`-1`).
pub type Sum = &'static [(i64, Measure)];

#[derive(Debug)]
pub struct Metric {
    pub name: &'static str,
    pub unit: Unit,
    /// Numerator / denominator, for people.
    pub formula: &'static str,
    pub over: Sum,
    /// The denominator of ratios and of money per thing.
    pub under: Sum,
}

macro_rules! sum {
    ($plus:ident $(- $minus:ident)*) => { &[(1, $plus) $(, (-1, $minus))*] };
    ($plus:ident $(+ $more:ident)+) => { &[(1, $plus) $(, (1, $more))+] };
}

const fn count(name: &'static str, formula: &'static str, over: Sum) -> Metric {
    Metric { name, unit: Unit::Count, formula, over, under: &[] }
}

const fn money(name: &'static str, formula: &'static str, over: Sum) -> Metric {
    Metric { name, unit: Unit::Minor, formula, over, under: &[] }
}

const fn ratio(name: &'static str, formula: &'static str, over: Sum, under: Sum) -> Metric {
    Metric { name, unit: Unit::Ratio, formula, over, under }
}

const fn per(name: &'static str, formula: &'static str, over: Sum, under: Sum) -> Metric {
    Metric { name, unit: Unit::Micros, formula, over, under }
}

pub const METRICS: &[Metric] = &[
    // Traffic.
    count("gross_clicks", "clicks of every verdict, probes aside", sum!(GrossClicks)),
    count("clicks", "valid clicks", sum!(Clicks)),
    count(
        "duplicate_clicks",
        "clicks by the same visitor on the same link within the offer's window",
        sum!(DuplicateClicks),
    ),
    count("invalid_clicks", "clicks refused or marked with a reason", sum!(InvalidClicks)),
    count("probes", "HEAD requests and link previews; in no count of clicks", sum!(Probes)),
    count("visitors", "distinct visitors of gross clicks", sum!(Visitors)),
    count("views", "valid views", sum!(Views)),
    ratio("ctr", "clicks / views", sum!(Clicks), sum!(Views)),
    ratio("clean_share", "clicks / gross clicks", sum!(Clicks), sum!(GrossClicks)),
    ratio("duplicate_share", "duplicate clicks / gross clicks", sum!(DuplicateClicks), sum!(GrossClicks)),
    ratio("invalid_share", "invalid clicks / gross clicks", sum!(InvalidClicks), sum!(GrossClicks)),
    count("prelanding_clicks", "clicks sent to a prelanding first, duplicates among them", sum!(PrelandingClicks)),
    count("click_throughs", "clicks that went on from the prelanding to the landing page", sum!(ClickThroughs)),
    ratio(
        "click_through_rate",
        "click-throughs / clicks sent to a prelanding",
        sum!(ClickThroughs),
        sum!(PrelandingClicks),
    ),
    count("active_partners", "partners with a valid click in the period", sum!(ActivePartners)),
    // Conversions: primary goals alone; other goals are events.
    count("conversions", "approved + pending conversions of primary goals", sum!(Conversions)),
    count("events", "approved + pending conversions of all other goals", sum!(Events)),
    count("cohort", "conversions of primary goals in any status", sum!(Cohort)),
    count("pending", "conversions that wait for a verdict", sum!(Pending)),
    count("approved", "approved conversions, locked and paid among them", sum!(Approved)),
    count("rejected", "rejected conversions", sum!(Rejected)),
    count("reversed", "wholly reversed conversions", sum!(Reversed)),
    count("trash", "rejected for bad contact, duplicate lead, wrong country, test or age", sum!(Trash)),
    ratio("cr", "conversions / clicks (unique)", sum!(Conversions), sum!(Clicks)),
    ratio("cr_gross", "conversions / gross clicks", sum!(Conversions), sum!(GrossClicks)),
    ratio("approval_rate", "approved / all conversions of the cohort", sum!(Approved), sum!(Cohort)),
    ratio("clean_approval", "approved / (all − trash)", sum!(Approved), sum!(Cohort - Trash)),
    ratio("settled_approval", "approved / (approved + rejected)", sum!(Approved), sum!(Approved + Rejected)),
    ratio("pending_share", "pending / all conversions of the cohort", sum!(Pending), sum!(Cohort)),
    ratio("trash_share", "trash / all conversions of the cohort", sum!(Trash), sum!(Cohort)),
    ratio("scrub_share", "scrubbed as agreed / all conversions of the cohort", sum!(Scrubbed), sum!(Cohort)),
    count("producing_partners", "partners with an approved conversion in the period", sum!(ProducingPartners)),
    // Money.
    money("sale_amount", "order values of approved + pending conversions, net of refunds", sum!(SaleAmount)),
    count("sales", "approved + pending conversions that have an order value", sum!(Sales)),
    per("aov", "sale amount / sales", sum!(SaleAmount), sum!(Sales)),
    money("revenue", "charged to advertisers", sum!(Revenue)),
    money("collected_revenue", "paid by advertisers", sum!(CollectedRevenue)),
    money("payout", "earned by partners (earnings)", sum!(Payout)),
    money("earnings", "earned by partners (another name of payout)", sum!(Payout)),
    money("pending_payout", "earned by partners on pending conversions", sum!(PendingPayout)),
    money("approved_payout", "earned by partners on approved conversions", sum!(ApprovedPayout)),
    money("profit", "revenue − earnings", sum!(Revenue - Payout)),
    ratio("margin", "profit / revenue", sum!(Revenue - Payout), sum!(Revenue)),
    money("refunds", "order value given back to customers", sum!(Refunds)),
    per("epc", "earnings / clicks (unique)", sum!(Payout), sum!(Clicks)),
    per("epc_gross", "earnings / gross clicks", sum!(Payout), sum!(GrossClicks)),
    per("rpc", "revenue / clicks (unique)", sum!(Revenue), sum!(Clicks)),
    per("ecpa", "earnings / conversions", sum!(Payout), sum!(Conversions)),
    money(
        "bonuses",
        "bonuses and corrections given to partners, less clawbacks, on the day they were booked",
        sum!(Bonuses),
    ),
    money(
        "placement_costs",
        "fees of accepted placements and the cost of their samples, on their day",
        sum!(PlacementCosts),
    ),
    money("fees", "fees of banks and payment services, on their day", sum!(Fees)),
    money(
        "other_costs",
        "ads, salaries, tools and other costs; a month's cost is spread over its days",
        sum!(OtherCosts),
    ),
    money("programme_costs", "bonuses + placements + fees + other costs", sum!(AllCosts)),
    per(
        "cpa",
        "(earnings + bonuses + placements + fees + other costs) / new approved customers",
        sum!(Payout + AllCosts),
        sum!(NewApprovedCustomers),
    ),
    ratio(
        "roi",
        "(revenue − earnings − costs beside earnings) / (earnings + costs beside earnings)",
        sum!(Revenue - Payout - AllCosts),
        sum!(Payout + AllCosts),
    ),
    ratio("roas", "sale amount / earnings", sum!(SaleAmount), sum!(Payout)),
    // Customers and what they do after.
    count("customers", "distinct customers of approved + pending conversions", sum!(Customers)),
    count("new_customers", "customers whose first conversion this is", sum!(NewCustomers)),
    per("ltv", "sale amount / customers, within the period", sum!(SaleAmount), sum!(Customers)),
    count("registrations", "approved + pending registrations", sum!(Registrations)),
    count("first_deposits", "approved + pending first deposits", sum!(FirstDeposits)),
    count("later_deposits", "approved + pending deposits after the first", sum!(LaterDeposits)),
    ratio("c2r", "registrations / clicks (unique)", sum!(Registrations), sum!(Clicks)),
    ratio("r2d", "first deposits / registrations", sum!(FirstDeposits), sum!(Registrations)),
    per(
        "average_deposit",
        "deposited / (first + later deposits)",
        sum!(DepositAmount),
        sum!(FirstDeposits + LaterDeposits),
    ),
    ratio("redeposit_rate", "later deposits / first deposits", sum!(LaterDeposits), sum!(FirstDeposits)),
    ratio(
        "buyout_rate",
        "bought cash-on-delivery orders / all cash-on-delivery orders",
        sum!(CodBought),
        sum!(CodOrders),
    ),
];

impl Metric {
    pub fn named(name: &str) -> Option<&'static Self> {
        METRICS.iter().find(|metric| metric.name == name)
    }

    pub fn measures(&self) -> impl Iterator<Item = Measure> {
        self.over.iter().chain(self.under).map(|(_, measure)| *measure)
    }

    /// How many of its whole units one numerator over one denominator makes, with money in this currency; ratios are told
    /// in millionths. None for sums.
    pub fn scale(&self, currency: Currency) -> Option<i64> {
        match self.unit {
            Unit::Count | Unit::Minor => None,
            Unit::Ratio => Some(1_000_000),
            Unit::Micros => i64::try_from(micros_in_a_minor_unit(currency)).ok(),
        }
    }

    /// Whether its values for parts of the facts add up to its value for all: not where things are counted that several
    /// parts may share.
    pub fn adds_up(&self) -> bool {
        !self.measures().any(Measure::is_distinct)
    }

    /// Whether all facts that it is made of know the dimension.
    pub fn is_carried(&self, dimension: &Dimension) -> bool {
        let facts = |measure: Measure| measure.text().facts;
        self.measures().map(facts).filter(|facts| *facts != Facts::Costs).all(|facts| dimension.carried.by(facts))
    }

    /// Whether a row in a currency without a rate needs a column of its own.
    pub fn is_money(&self) -> bool {
        self.measures().any(Measure::is_money)
    }

    pub fn tells_revenue(&self) -> bool {
        self.measures().any(Measure::tells_revenue)
    }

    pub fn tells_costs(&self) -> bool {
        self.measures().any(Measure::tells_costs)
    }

    pub fn tells_payout(&self) -> bool {
        self.measures().any(Measure::tells_payout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_ratios_have_a_denominator() {
        let mut names: Vec<_> = METRICS.iter().map(|metric| metric.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), METRICS.len());
        for metric in METRICS {
            let divides = matches!(metric.unit, Unit::Ratio | Unit::Micros);
            assert_eq!(divides, !metric.under.is_empty(), "{}", metric.name);
            assert!(!metric.formula.is_empty() && !metric.over.is_empty());
        }
    }

    #[test]
    fn partners_see_no_revenue_and_advertisers_no_payout() {
        let hidden =
            |tells: fn(&Metric) -> bool| METRICS.iter().filter(move |metric| tells(metric)).map(|metric| metric.name);
        let revenue: Vec<_> = hidden(Metric::tells_revenue).collect();
        assert_eq!(revenue, ["revenue", "collected_revenue", "profit", "margin", "rpc", "roi"]);
        let payout: Vec<_> = hidden(Metric::tells_payout).collect();
        assert!(["payout", "earnings", "profit", "epc", "roas"].iter().all(|name| payout.contains(name)));
    }
}
