//! To whom a conversion belongs: the offer's steps, in the offer's order; the first that names a partner decides.

use kernel::{Id, Timestamp, id};

use crate::offers::terms::AttributionStep;

/// What each step can go by.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence {
    /// The partner of the click the receipt names.
    pub click: Option<Id<id::Partner>>,
    /// The partner to whom the coupon is bound.
    pub coupon: Option<Id<id::Partner>>,
    /// The partner to whom the customer is bound, and until when (absent for a lifetime).
    pub customer: Option<(Id<id::Partner>, Option<Timestamp>)>,
    /// The partner whom the visitor's journey names; journeys of the tag are not credited yet.
    pub journey: Option<Id<id::Partner>>,
}

/// The step that decided, and its partner.
pub fn attribute(
    order: &[AttributionStep],
    evidence: &Evidence,
    event_at: Timestamp,
) -> Option<(AttributionStep, Id<id::Partner>)> {
    order.iter().find_map(|&step| {
        let partner = match step {
            AttributionStep::ClickId => evidence.click,
            AttributionStep::Coupon => evidence.coupon,
            AttributionStep::Customer => {
                evidence.customer.filter(|(_, until)| is_bound(*until, event_at)).map(|it| it.0)
            }
            AttributionStep::Journey => evidence.journey,
        };
        partner.map(|partner| (step, partner))
    })
}

fn is_bound(until: Option<Timestamp>, at: Timestamp) -> bool {
    until.is_none_or(|until| at < until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offers::terms::AttributionOrder;

    #[test]
    fn the_first_step_that_names_somebody_decides() {
        let [clicked, bound] = [1, 2].map(Id::from_u128);
        let at = Timestamp::from_millis(100);
        let until = |millis| Some((bound, Some(Timestamp::from_millis(millis))));
        let default = AttributionOrder::default().0;
        let who = |evidence: Evidence, order: &[AttributionStep]| attribute(order, &evidence, at).map(|it| it.1);
        let both = Evidence { click: Some(clicked), customer: until(101), ..Evidence::default() };
        assert_eq!(who(both, &default), Some(clicked));
        assert_eq!(who(both, &[AttributionStep::Customer, AttributionStep::ClickId]), Some(bound));
        assert_eq!(who(Evidence { customer: until(100), ..Evidence::default() }, &default), None);
        assert_eq!(who(Evidence { customer: Some((bound, None)), ..Evidence::default() }, &default), Some(bound));
    }
}
