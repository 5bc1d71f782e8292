//! Is it a conversion that is known already? An update, a duplicate, or something new.

use kernel::{Id, id, reason::ConversionReason as Reason};
use sea_orm::prelude::Uuid;

/// What identity needs of a conversion that was accepted.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Accepted {
    pub id: Id<id::Conversion>,
    pub click: Option<Id<id::Click>>,
    pub order_id: Option<String>,
}

/// What identity needs of a receipt.
#[derive(Clone, Copy, Debug)]
pub struct Identity<'a> {
    pub click: Option<Id<id::Click>>,
    pub order_id: Option<&'a str>,
    pub many_per_click: bool,
}

/// Accepted conversions that a receipt may be an update or a duplicate of.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Kin {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_order: Option<Accepted>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_click_goal: Option<Accepted>,
    /// With the same customer, of a goal that a customer reaches once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_customer_goal: Option<Id<id::Conversion>>,
}

impl Kin {
    /// How the receipt relates to them.
    pub fn relation(&self, receipt: Identity<'_>) -> Relation {
        match (relate(receipt, self.same_order.as_ref(), self.same_click_goal.as_ref()), self.same_customer_goal) {
            (Relation::New, Some(known)) => Relation::Duplicate(Reason::DuplicateCustomerGoal, known),
            (relation, _) => relation,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    New,
    /// A requested move of this conversion.
    Update(Id<id::Conversion>),
    /// Refused, with the conversion it repeats.
    Duplicate(Reason, Id<id::Conversion>),
}

/// How a receipt relates to the conversion with its order and goal and to the one with its click and goal.
pub fn relate(receipt: Identity<'_>, same_order: Option<&Accepted>, same_click_goal: Option<&Accepted>) -> Relation {
    if let Some(known) = same_order {
        let from_another_click = receipt.click.is_some() && known.click != receipt.click;
        return if from_another_click {
            Relation::Duplicate(Reason::DuplicateOrder, known.id)
        } else {
            Relation::Update(known.id)
        };
    }
    match same_click_goal.filter(|_| !receipt.many_per_click) {
        None => Relation::New,
        Some(known) if is_second_order(receipt.order_id, known.order_id.as_deref()) => {
            Relation::Duplicate(Reason::DuplicateClickGoal, known.id)
        }
        Some(known) => Relation::Update(known.id),
    }
}

fn is_second_order(claimed: Option<&str>, known: Option<&str>) -> bool {
    claimed.is_some() && known.is_some() && claimed != known
}

/// Hash under which the book of conversions holds an order: one per advertiser and goal.
pub fn order_key(advertiser: Id<id::Advertiser>, goal: Id<id::Goal>, order_id: &str) -> Uuid {
    key(&[b"order", advertiser.uuid().as_bytes(), goal.uuid().as_bytes(), order_id.as_bytes()])
}

/// One conversion per click and goal.
pub fn click_goal_key(click: Id<id::Click>, goal: Id<id::Goal>) -> Uuid {
    key(&[b"click", click.uuid().as_bytes(), goal.uuid().as_bytes()])
}

/// One lead per customer and goal.
pub fn customer_goal_key(customer: Id<id::Customer>, goal: Id<id::Goal>) -> Uuid {
    key(&[b"customer", customer.uuid().as_bytes(), goal.uuid().as_bytes()])
}

/// Receipts with equal canonical parameters, through whatever door, have equal keys.
pub fn content_key(advertiser: Option<Id<id::Advertiser>>, params: &[(String, String)]) -> Uuid {
    let scope = advertiser.map(|advertiser| advertiser.uuid());
    let scope: &[u8] = scope.as_ref().map_or(&[], |uuid| uuid.as_bytes());
    let texts = params.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]);
    key(&[b"receipt" as &[u8], scope].into_iter().chain(texts).collect::<Vec<_>>())
}

fn key(parts: &[&[u8]]) -> Uuid {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut head = [0; 16];
    hasher.finalize_xof().fill(&mut head);
    Uuid::from_bytes(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(click: u128, order: Option<&str>) -> Accepted {
        Accepted { id: Id::from_u128(9), click: Some(Id::from_u128(click)), order_id: order.map(str::to_owned) }
    }

    fn check(
        click: Option<u128>,
        order: Option<&str>,
        same_order: Option<Accepted>,
        same_click: Option<Accepted>,
    ) -> &'static str {
        let receipt = Identity { click: click.map(Id::from_u128), order_id: order, many_per_click: false };
        match relate(receipt, same_order.as_ref(), same_click.as_ref()) {
            Relation::New => "new",
            Relation::Update(_) => "update",
            Relation::Duplicate(reason, _) => reason.code(),
        }
    }

    #[test]
    fn updates_are_never_duplicates() {
        let first = || Some(accepted(1, Some("A")));
        assert_eq!(check(Some(1), Some("A"), None, None), "new");
        assert_eq!(check(Some(1), Some("A"), first(), first()), "update");
        assert_eq!(check(None, Some("A"), first(), None), "update", "a refund by order id alone");
        assert_eq!(check(Some(1), None, None, first()), "update", "same click and goal");
        assert_eq!(check(Some(1), Some("A"), None, Some(accepted(1, None))), "update", "the order id came later");
        assert_eq!(check(Some(2), Some("A"), first(), None), "duplicate_order");
        assert_eq!(check(Some(1), Some("B"), None, first()), "duplicate_click_goal");
    }

    #[test]
    fn an_offer_may_allow_many_per_click() {
        let receipt = Identity { click: Some(Id::from_u128(1)), order_id: Some("B"), many_per_click: true };
        assert_eq!(relate(receipt, None, Some(&accepted(1, Some("A")))), Relation::New);
    }

    #[test]
    fn keys_do_not_run_into_each_other() {
        let pair = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
        assert_ne!(content_key(None, &pair("ab", "c")), content_key(None, &pair("a", "bc")));
        assert_ne!(content_key(Some(Id::from_u128(1)), &pair("a", "b")), content_key(None, &pair("a", "b")));
    }
}
