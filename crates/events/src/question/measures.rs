//! Base measures: what is summed over facts. Everything a report shows is computed from these after summing.
//!
//! Conversions are signed facts, so a count is `sum(sign)` and amounts, already signed, are plain sums. `{counted}`
//! stands for the statuses that count as conversions: pending and approved (locked and paid among them), or all that
//! pass where the question filters by status.

/// One table of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facts {
    Clicks,
    Throughs,
    Views,
    Conversions,
    /// From the records: see [`costs`](super::costs).
    Costs,
}

impl Facts {
    pub const ALL: [Self; 5] = [Self::Clicks, Self::Throughs, Self::Views, Self::Conversions, Self::Costs];

    pub const fn table(self) -> &'static str {
        match self {
            Self::Clicks => "clicks",
            Self::Throughs => "throughs",
            Self::Views => "views",
            Self::Conversions => "conversions",
            Self::Costs => "costs",
        }
    }
}

/// How a measure is summed from the facts that meet its condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summing {
    /// Rows.
    Rows,
    /// Signs.
    Signs,
    /// Minor units of `{column}_minor` or `reporting_{column}_minor`.
    Money(&'static str),
    /// Distinct values.
    Distinct(&'static str),
    /// Distinct values, not 0, whose signs add to more than nought.
    NetDistinct(&'static str),
}

pub struct MeasureText {
    pub facts: Facts,
    pub summing: Summing,
    pub condition: &'static str,
}

pub const COUNTED: &str = "conversion_status IN ('pending', 'approved', 'locked', 'paid')";
const CUSTOMER: &str = "customer_hi, customer_lo";

macro_rules! measures {
    ($($name:ident: $facts:ident, $summing:expr, $condition:expr;)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Measure { $($name),+ }

        impl Measure {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            pub const fn text(self) -> MeasureText {
                use Summing::*;
                match self {
                    $(Self::$name => MeasureText {
                        facts: Facts::$facts, summing: $summing, condition: $condition,
                    }),+
                }
            }
        }
    };
}

macro_rules! approved {
    () => {
        "conversion_status IN ('approved', 'locked', 'paid')"
    };
}

measures! {
    GrossClicks: Clicks, Rows, "click_verdict <> 'probe'";
    Clicks: Clicks, Rows, "click_verdict = 'valid'";
    DuplicateClicks: Clicks, Rows, "click_verdict = 'duplicate'";
    InvalidClicks: Clicks, Rows, "click_verdict = 'invalid'";
    Probes: Clicks, Rows, "click_verdict = 'probe'";
    Visitors: Clicks, Distinct("visitor"), "click_verdict <> 'probe'";
    PrelandingClicks: Clicks, Rows, "prelanding <> 0 AND click_verdict IN ('valid', 'duplicate')";
    ClickThroughs: Throughs, Distinct("(click_hi, click_lo)"), "click_verdict = 'valid'";
    ActivePartners: Clicks, Distinct("partner"), "click_verdict = 'valid' AND partner <> 0";
    Views: Views, Rows, "click_verdict = 'valid'";
    Conversions: Conversions, Signs, "is_primary AND {counted}";
    Cohort: Conversions, Signs, "is_primary";
    Pending: Conversions, Signs, "is_primary AND conversion_status = 'pending'";
    Approved: Conversions, Signs, concat!("is_primary AND ", approved!());
    Rejected: Conversions, Signs, "is_primary AND conversion_status = 'rejected'";
    Reversed: Conversions, Signs, "is_primary AND conversion_status = 'reversed'";
    Trash: Conversions, Signs, "is_primary AND conversion_status = 'rejected' AND conversion_reason IN \
        ('bad_contact', 'duplicate_lead', 'wrong_geo', 'test_lead', 'underage')";
    Scrubbed: Conversions, Signs, "is_primary AND conversion_reason = 'scrub_agreed'";
    Events: Conversions, Signs, "NOT is_primary AND {counted}";
    Registrations: Conversions, Signs, "goal_kind = 'registration' AND {counted}";
    FirstDeposits: Conversions, Signs, "goal_kind = 'ftd' AND {counted}";
    LaterDeposits: Conversions, Signs, "goal_kind = 'deposit' AND {counted}";
    DepositAmount: Conversions, Money("sale"), "goal_kind IN ('ftd', 'deposit') AND {counted}";
    CodOrders: Conversions, Signs, "goal_kind = 'cod_order'";
    CodBought: Conversions, Signs, concat!("goal_kind = 'cod_order' AND ", approved!());
    Sales: Conversions, Signs, "sale_minor <> 0 AND {counted}";
    SaleAmount: Conversions, Money("sale"), "{counted}";
    Revenue: Conversions, Money("revenue"), "{counted}";
    CollectedRevenue: Conversions, Money("collected"), "TRUE";
    Payout: Conversions, Money("payout"), "{counted}";
    PendingPayout: Conversions, Money("payout"), "conversion_status = 'pending'";
    ApprovedPayout: Conversions, Money("payout"), approved!();
    Refunds: Conversions, Money("refund"), "TRUE";
    Customers: Conversions, NetDistinct(CUSTOMER), "{counted}";
    NewCustomers: Conversions, Signs, "is_new_customer AND {counted}";
    NewApprovedCustomers: Conversions, Signs, concat!("is_new_customer AND ", approved!());
    Bonuses: Costs, Money("cost"), "cost_kind = 'bonus'";
    PlacementCosts: Costs, Money("cost"), "cost_kind = 'placement'";
    Fees: Costs, Money("cost"), "cost_kind = 'fee'";
    OtherCosts: Costs, Money("cost"), "cost_kind = 'other'";
    AllCosts: Costs, Money("cost"), "TRUE";
    ProducingPartners: Conversions, NetDistinct("partner"), concat!("is_primary AND ", approved!());
}

impl Measure {
    pub const fn is_money(self) -> bool {
        matches!(self.text().summing, Summing::Money(_))
    }

    /// Whether a total is more than the sum of its rows' values.
    pub const fn is_distinct(self) -> bool {
        matches!(self.text().summing, Summing::Distinct(_) | Summing::NetDistinct(_))
    }

    /// What advertisers pay: not for partners' eyes.
    pub const fn tells_revenue(self) -> bool {
        matches!(self, Self::Revenue | Self::CollectedRevenue)
    }

    /// What the programme costs: for staff alone.
    pub const fn tells_costs(self) -> bool {
        matches!(self.text().facts, Facts::Costs)
    }

    /// What partners earn: not for advertisers' eyes.
    pub const fn tells_payout(self) -> bool {
        matches!(self, Self::Payout | Self::PendingPayout | Self::ApprovedPayout)
    }
}
