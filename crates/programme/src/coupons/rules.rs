//! What a coupon and a known customer speak for. Pure; nothing is looked up.

use kernel::{Id, Timestamp, id, reason::ConversionReason as Reason};

use super::{
    entity::{coupon::Model as Coupon, crediting::Model as Crediting},
    model::{CouponRule, CouponState, CustomerBinding, ExistingCustomers},
};

/// What the decider knows of a receipt's coupon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CouponEvidence<'a> {
    /// None was named, or nobody knows it.
    None,
    /// Known, but it may not be credited: paused, leaked, out of its days, or of other offers.
    NotAllowed,
    Of(&'a Coupon),
}

/// What a known code is worth on this offer at this moment.
pub fn evidence(coupon: Option<&Coupon>, offer: Id<id::Offer>, at: Timestamp) -> CouponEvidence<'_> {
    let Some(coupon) = coupon else { return CouponEvidence::None };
    let begun = coupon.valid_from.is_none_or(|from| from <= at);
    let goes_on = coupon.valid_until.is_none_or(|until| at < until);
    let on_offer = coupon.offers.0.is_empty() || coupon.offers.0.contains(&offer);
    if coupon.state == CouponState::Active && begun && goes_on && on_offer {
        CouponEvidence::Of(coupon)
    } else {
        CouponEvidence::NotAllowed
    }
}

/// The partners that click and coupon name after the offer's rule: one of them may be left out.
pub fn settle(
    rule: CouponRule,
    click: Option<Id<id::Partner>>,
    coupon: Option<Id<id::Partner>>,
) -> (Option<Id<id::Partner>>, Option<Id<id::Partner>>) {
    if click.is_none() || coupon.is_none() || click == coupon {
        return (click, coupon);
    }
    match rule {
        CouponRule::ByOrder => (click, coupon),
        CouponRule::ClickWins | CouponRule::Reject => (click, None),
        CouponRule::CouponWins => (None, coupon),
    }
}

/// Whether the offer takes no coupon of one partner with a click of another, and this is one.
pub fn are_at_odds(rule: CouponRule, click: Option<Id<id::Partner>>, coupon: Option<Id<id::Partner>>) -> bool {
    rule == CouponRule::Reject && click.is_some() && coupon.is_some() && click != coupon
}

/// A customer as the advertiser's earlier conversions left it.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// When its first conversion came.
    pub first_seen_at: Timestamp,
    pub bound: Option<(Id<id::Partner>, Option<Timestamp>)>,
}

impl Known {
    /// The partner to whom it is bound at this moment.
    pub fn bound_at(&self, at: Timestamp) -> Option<Id<id::Partner>> {
        self.bound.filter(|(_, until)| until.is_none_or(|until| at < until)).map(|(partner, _)| partner)
    }
}

/// Whether a partner may earn from this customer. It is an existing one where it had converted before this journey began:
/// before the click, else before the event itself.
///
/// # Errors
/// `existing_customer`.
pub fn may_earn(
    crediting: &Crediting,
    known: Option<Known>,
    partner: Id<id::Partner>,
    (began_at, at): (Timestamp, Timestamp),
) -> Result<(), Reason> {
    let Some(known) = known.filter(|known| known.first_seen_at < began_at) else { return Ok(()) };
    let allowed = match crediting.existing_customers {
        ExistingCustomers::Allowed => true,
        ExistingCustomers::OwnOnly => known.bound_at(at) == Some(partner),
        ExistingCustomers::Refused => false,
    };
    if allowed { Ok(()) } else { Err(Reason::ExistingCustomer) }
}

/// Until when a customer is bound who converts at `at`; `None` where the offer binds nobody.
pub fn bound_until(crediting: &Crediting, at: Timestamp) -> Option<Option<Timestamp>> {
    match crediting.binding {
        CustomerBinding::None => None,
        CustomerBinding::Days => Some(Some(at.plus_days(i64::from(crediting.binding_days)))),
        CustomerBinding::Lifetime => Some(None),
    }
}

#[cfg(test)]
mod tests {
    use kernel::time::DAY_MS;

    use super::*;
    use crate::coupons::model::CouponOffers;

    const NOON: Timestamp = Timestamp::from_millis(1_000 * DAY_MS);

    fn coupon(state: CouponState, offers: &[u128]) -> Coupon {
        Coupon {
            id: Id::from_u128(1),
            workspace_id: Id::from_u128(2),
            advertiser_id: Id::from_u128(3),
            partner_id: Id::from_u128(4),
            code: "SPRING".to_owned(),
            code_folded: "spring".to_owned(),
            offers: CouponOffers(offers.iter().map(|&offer| Id::from_u128(offer)).collect()),
            valid_from: Some(NOON),
            valid_until: Some(NOON.plus_days(1)),
            state,
            note: None,
            uses_count: 0,
            elsewhere_count: 0,
            last_used_at: None,
            created_at: NOON,
        }
    }

    #[test]
    fn a_coupon_counts_in_its_days_and_on_its_offers() {
        let check = |state, offers: &[u128], at| {
            let coupon = coupon(state, offers);
            matches!(evidence(Some(&coupon), Id::from_u128(9), at), CouponEvidence::Of(_))
        };
        assert!(check(CouponState::Active, &[], NOON) && check(CouponState::Active, &[8, 9], NOON));
        assert!(!check(CouponState::Active, &[8], NOON) && !check(CouponState::Leaked, &[], NOON));
        assert!(!check(CouponState::Paused, &[], NOON) && !check(CouponState::Active, &[], NOON.plus_millis(-1)));
        assert!(!check(CouponState::Active, &[], NOON.plus_days(1)));
        assert_eq!(evidence(None, Id::from_u128(9), NOON), CouponEvidence::None);
    }

    #[test]
    fn the_offer_says_whose_it_is() {
        let [a, b] = [1, 2].map(|id| Some(Id::from_u128(id)));
        assert_eq!(settle(CouponRule::ClickWins, a, b), (a, None));
        assert_eq!(settle(CouponRule::CouponWins, a, b), (None, b));
        assert_eq!(settle(CouponRule::ByOrder, a, b), (a, b));
        assert_eq!(settle(CouponRule::Reject, None, b), (None, b), "without a click");
        assert!(are_at_odds(CouponRule::Reject, a, b) && !are_at_odds(CouponRule::Reject, a, a));
        assert!(!are_at_odds(CouponRule::Reject, None, b) && !are_at_odds(CouponRule::ByOrder, a, b));
    }

    #[test]
    fn existing_customers_earn_for_whom_the_offer_says() {
        let [own, other] = [1, 2].map(Id::from_u128);
        let check = |existing_customers, days_before: i64, partner, until: Option<i64>| {
            let base = Crediting::unsaid(Id::from_u128(1), Id::from_u128(2));
            let crediting = Crediting { existing_customers, ..base };
            let bound = Some((own, until.map(Timestamp::from_millis)));
            let known = Known { first_seen_at: NOON.plus_days(-days_before), bound };
            may_earn(&crediting, Some(known), partner, (NOON, NOON)).is_ok()
        };
        use ExistingCustomers::{Allowed, OwnOnly, Refused};
        assert!(check(Allowed, 3, other, None) && check(Refused, 0, other, None));
        assert!(!check(Refused, 1, own, None));
        assert!(check(OwnOnly, 1, own, None) && !check(OwnOnly, 1, other, None));
        assert!(!check(OwnOnly, 1, own, Some(NOON.millis())), "the binding has ended");
    }
}
