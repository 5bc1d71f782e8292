//! When a rule applies.

use std::collections::BTreeMap;

use kernel::{Id, id};
use serde::{Deserialize, Serialize};

use super::{
    calendar::LocalDate,
    case::{CustomerKind, PriceCase},
};

/// All that are set must hold; a list holds when one of it does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(example = json!({"groups": ["gold"], "countries": ["DE", "AT"], "customer": "new"}))]
pub struct Conditions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal_id: Option<Id<id::Goal>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<Id<id::Partner>>,
    /// The partner's group.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// Tags of the partner.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Countries of the click, ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// Devices of the click.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub traffic_types: Vec<String>,
    /// A line of the order has one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skus: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// In whatever case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub coupons: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<AmountRange>,
    /// Which conversion of its customer on the goal it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth_order: Option<CountRange>,
    /// Monday is 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateRange>,
    /// Sub ids by number.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub subs: BTreeMap<u8, Vec<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// Sale amounts in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AmountRange {
    /// Included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_minor: Option<i64>,
    /// Not included any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_minor: Option<i64>,
}

/// Both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CountRange {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
}

/// Local dates, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DateRange {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<LocalDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<LocalDate>,
}

/// Whether `value` lies between the ends that are set, both included.
fn within<T: PartialOrd>(value: &T, from: Option<&T>, to: Option<&T>) -> bool {
    from.is_none_or(|from| value >= from) && to.is_none_or(|to| value <= to)
}

/// Whether one of a list is `value`; nothing to say where the list is empty.
fn listed<T: PartialEq<V>, V: ?Sized>(list: &[T], value: Option<&V>) -> Option<bool> {
    (!list.is_empty()).then(|| value.is_some_and(|value| list.iter().any(|wanted| wanted == value)))
}

fn said(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn any_listed<'v>(list: &[String], values: impl IntoIterator<Item = &'v String>) -> Option<bool> {
    (!list.is_empty()).then(|| values.into_iter().any(|value| list.contains(value)))
}

impl Conditions {
    /// Each condition by name: nothing where it is not set, else whether it holds.
    fn verdicts(&self, case: &PriceCase) -> [(&'static str, Option<bool>); 17] {
        let facts = &case.facts;
        let date = facts.local.map(|local| local.date());
        let weekday = date.map(|LocalDate(date)| date.weekday().to_monday_one_offset() as u8);
        [
            ("goal_id", self.goal_id.map(|wanted| wanted == case.goal_id)),
            ("partner_id", self.partner_id.map(|wanted| wanted == case.partner_id)),
            ("groups", listed(&self.groups, facts.group.as_deref())),
            ("tags", any_listed(&self.tags, &facts.tags)),
            ("countries", listed(&self.countries, said(&facts.country))),
            ("devices", listed(&self.devices, said(&facts.device))),
            ("traffic_types", listed(&self.traffic_types, said(&facts.traffic_type))),
            ("skus", any_listed(&self.skus, facts.items.iter().map(|item| &item.sku))),
            ("categories", any_listed(&self.categories, facts.items.iter().filter_map(|item| item.category.as_ref()))),
            ("coupons", listed(&self.coupons, facts.coupon.as_deref())),
            ("customer", self.customer.map(|wanted| facts.customer == Some(wanted))),
            ("amount", self.amount.map(|range| range.holds(case.amount_minor))),
            ("nth_order", self.nth_order.map(|range| range.holds(facts.nth_order))),
            ("weekdays", listed(&self.weekdays, weekday.as_ref())),
            ("dates", self.dates.map(|range| range.holds(date))),
            ("subs", self.subs_hold(case)),
            ("sources", listed(&self.sources, said(&facts.source))),
        ]
    }

    fn subs_hold(&self, case: &PriceCase) -> Option<bool> {
        let one = |(number, list): (&u8, &Vec<String>)| {
            listed(list, case.facts.subs.get(number).map(String::as_str)) != Some(false)
        };
        (!self.subs.is_empty()).then(|| self.subs.iter().all(one))
    }

    pub fn hold(&self, case: &PriceCase) -> bool {
        self.is_for(case) && self.verdicts(case).iter().all(|(_, verdict)| *verdict != Some(false))
    }

    /// Most rules of a plan are told apart by goal and partner alone.
    fn is_for(&self, case: &PriceCase) -> bool {
        self.goal_id.is_none_or(|wanted| wanted == case.goal_id)
            && self.partner_id.is_none_or(|wanted| wanted == case.partner_id)
    }

    /// The first condition that does not hold.
    pub fn failing(&self, case: &PriceCase) -> Option<&'static str> {
        self.verdicts(case).into_iter().find(|(_, verdict)| *verdict == Some(false)).map(|(name, _)| name)
    }

    fn marks(&self) -> [(&'static str, bool); 17] {
        [
            ("goal_id", self.goal_id.is_some()),
            ("partner_id", self.partner_id.is_some()),
            ("groups", !self.groups.is_empty()),
            ("tags", !self.tags.is_empty()),
            ("countries", !self.countries.is_empty()),
            ("devices", !self.devices.is_empty()),
            ("traffic_types", !self.traffic_types.is_empty()),
            ("skus", !self.skus.is_empty()),
            ("categories", !self.categories.is_empty()),
            ("coupons", !self.coupons.is_empty()),
            ("customer", self.customer.is_some()),
            ("amount", self.amount.is_some()),
            ("nth_order", self.nth_order.is_some()),
            ("weekdays", !self.weekdays.is_empty()),
            ("dates", self.dates.is_some()),
            ("subs", !self.subs.is_empty()),
            ("sources", !self.sources.is_empty()),
        ]
    }

    /// Without what is asked of the partner itself.
    pub fn of_any_partner(self) -> Self {
        Self { partner_id: None, groups: Vec::new(), tags: Vec::new(), ..self }
    }

    /// The names of those that are set.
    pub fn set(&self) -> impl Iterator<Item = &'static str> {
        self.marks().into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name)
    }

    /// How many conditions are set.
    pub fn specificity(&self) -> usize {
        self.set().count()
    }

    /// Whether goal, partner and amount are all they look at.
    pub fn is_plain(&self) -> bool {
        self.set().all(|name| matches!(name, "goal_id" | "partner_id" | "amount"))
    }

    /// Whether they hold for every conversion of a goal or a partner.
    pub fn is_general(&self) -> bool {
        self.set().all(|name| matches!(name, "goal_id" | "partner_id"))
    }
}

impl AmountRange {
    fn holds(self, minor: i64) -> bool {
        self.from_minor.is_none_or(|from| minor >= from) && self.to_minor.is_none_or(|to| minor < to)
    }
}

impl CountRange {
    fn holds(self, count: Option<i64>) -> bool {
        count.is_some_and(|count| within(&count, self.from.as_ref(), self.to.as_ref()))
    }
}

impl DateRange {
    fn holds(self, date: Option<LocalDate>) -> bool {
        date.is_some_and(|date| within(&date, self.from.as_ref(), self.to.as_ref()))
    }
}
