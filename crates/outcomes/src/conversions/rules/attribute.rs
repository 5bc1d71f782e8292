//! To whom a conversion belongs: the offer's steps, in the offer's order; the first that names a partner decides. Where none
//! does, a view may.

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
    /// The partner of the last click that the visitor was seen with.
    pub journey: Option<Id<id::Partner>>,
    /// The partner of the last view, where the offer credits views and there is no click.
    pub view: Option<Id<id::Partner>>,
}

/// What named the partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attributed {
    By(AttributionStep),
    ByView,
}

impl serde::Serialize for Attributed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl Attributed {
    pub const fn code(self) -> &'static str {
        match self {
            Self::By(step) => step.code(),
            Self::ByView => "view",
        }
    }
}

/// The step that decided, and its partner.
pub fn attribute(
    order: &[AttributionStep],
    evidence: &Evidence,
    event_at: Timestamp,
) -> Option<(Attributed, Id<id::Partner>)> {
    let by_step = order.iter().find_map(|&step| {
        let partner = match step {
            AttributionStep::ClickId => evidence.click,
            AttributionStep::Coupon => evidence.coupon,
            AttributionStep::Customer => {
                evidence.customer.filter(|(_, until)| is_bound(*until, event_at)).map(|it| it.0)
            }
            AttributionStep::Journey => evidence.journey,
        };
        partner.map(|partner| (Attributed::By(step), partner))
    });
    by_step.or_else(|| evidence.view.map(|partner| (Attributed::ByView, partner)))
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
        let seen = Evidence { journey: Some(clicked), view: Some(bound), ..Evidence::default() };
        assert_eq!(who(seen, &default), Some(clicked), "a view never beats a click");
        assert_eq!(who(seen, &[AttributionStep::Coupon]), Some(bound));
        assert_eq!(who(Evidence { customer: until(100), ..Evidence::default() }, &default), None);
        assert_eq!(who(Evidence { customer: Some((bound, None)), ..Evidence::default() }, &default), Some(bound));
    }
}
