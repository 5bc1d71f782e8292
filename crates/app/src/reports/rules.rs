//! What each role may ask.

use events::{
    question::{Dimension, Metric, RowLimits, period::Window},
    raw::ClicksAsked,
};
use kernel::{Id, Timestamp};

use crate::identity::{Actor, Role};

/// Who deals with whom inside the workspace is not a partner's business.
const HIDDEN_FROM_PARTNERS: &[&str] = &["advertiser", "manager", "partner_group", "trust"];
/// An id that no row has.
const NOBODY: u128 = 0;
const HIDDEN_FROM_ADVERTISERS: &[&str] = &["manager", "partner_group"];

/// The clicks of a time that the actor may see.
pub fn clicks_asked(actor: &Actor, from: Timestamp, to: Timestamp) -> ClicksAsked {
    ClicksAsked {
        tenant: actor.tenant,
        row_limits: row_limits(actor),
        window: Window { from: from.millis(), to: to.millis() },
        offer: None,
        partner: None,
        link: None,
        verdict: None,
    }
}

/// A member of a partner or advertiser without one sees no row.
pub fn row_limits(actor: &Actor) -> RowLimits {
    match actor.role {
        Role::Partner => {
            RowLimits { partner: Some(actor.partner.unwrap_or(Id::from_u128(NOBODY))), ..RowLimits::default() }
        }
        Role::Advertiser => {
            RowLimits { advertiser: Some(actor.advertiser.unwrap_or(Id::from_u128(NOBODY))), ..RowLimits::default() }
        }
        _ => RowLimits::default(),
    }
}

pub fn may_see_metric(role: Role) -> fn(&Metric) -> bool {
    match role {
        Role::Partner => |metric| !metric.tells_revenue() && !metric.tells_costs(),
        Role::Advertiser => |metric| !metric.tells_payout() && !metric.tells_costs(),
        _ => |_| true,
    }
}

pub fn may_see_dimension(role: Role) -> fn(&Dimension) -> bool {
    match role {
        Role::Partner => |dimension| !HIDDEN_FROM_PARTNERS.contains(&dimension.name),
        Role::Advertiser => |dimension| !HIDDEN_FROM_ADVERTISERS.contains(&dimension.name),
        _ => |_| true,
    }
}

/// What a change is looked for in, from the general to the particular; what a role may not see is left out.
pub const CAUSE_DIMENSIONS: [&str; 14] = [
    "advertiser",
    "vertical",
    "offer",
    "goal",
    "traffic_type",
    "partner_group",
    "manager",
    "partner",
    "country",
    "device",
    "source_id",
    "landing",
    "link",
    "sub1",
];

/// Metrics of the dashboard, the most telling first: tops are sorted by it.
pub fn dashboard_metrics(role: Role) -> &'static [&'static str] {
    match role {
        Role::Partner => &["payout", "clicks", "conversions", "cr", "approval_rate", "epc"],
        Role::Advertiser => &["revenue", "clicks", "conversions", "cr", "approval_rate", "sale_amount"],
        _ => &["revenue", "clicks", "conversions", "cr", "approval_rate", "payout", "profit", "epc"],
    }
}

#[cfg(test)]
mod tests {
    use events::question::{DIMENSIONS, METRICS};

    use super::*;

    #[test]
    fn roles_may_ask_for_what_their_dashboard_shows() {
        for role in [Role::Owner, Role::Manager, Role::Analyst, Role::Finance, Role::Partner, Role::Advertiser] {
            for name in dashboard_metrics(role) {
                let metric = Metric::named(name).expect("a metric");
                assert!(may_see_metric(role)(metric), "{role:?} {name}");
            }
        }
    }

    #[test]
    fn causes_are_looked_for_in_dimensions_that_there_are() {
        assert!(CAUSE_DIMENSIONS.iter().all(|name| Dimension::named(name).is_some()));
    }

    #[test]
    fn staff_may_ask_for_all() {
        assert!(METRICS.iter().all(may_see_metric(Role::Analyst)));
        assert!(DIMENSIONS.iter().all(may_see_dimension(Role::Finance)));
    }

    #[test]
    fn partners_and_advertisers_do_not_see_the_other_side() {
        let seen = |role, name| Metric::named(name).is_some_and(may_see_metric(role));
        for (name, by_partner, by_advertiser) in
            [("clicks", true, true), ("payout", true, false), ("revenue", false, true), ("profit", false, false)]
        {
            assert_eq!(
                (seen(Role::Partner, name), seen(Role::Advertiser, name)),
                (by_partner, by_advertiser),
                "{name}"
            );
        }
        assert!(!may_see_dimension(Role::Partner)(Dimension::named("advertiser").expect("known")));
    }
}
