//! Who may see which value of a step, on one page. A value that is not listed is for staff alone.

use kernel::id::{Kind as _, Partner};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::identity::{Actor, Role};

/// Who sees a value beside staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sees {
    /// Partners and advertisers, each in what they may see at all.
    Both,
    Partner,
    Advertiser,
}

const SEES: &[(&str, Sees)] = &[
    ("accepts", Sees::Both),
    ("agent", Sees::Advertiser),
    ("allowed", Sees::Partner),
    ("amount", Sees::Both),
    ("arrived_at", Sees::Both),
    ("attributed_by", Sees::Both),
    ("attribution_order", Sees::Both),
    ("began_at", Sees::Both),
    ("browser", Sees::Both),
    ("click_at", Sees::Both),
    ("click_id", Sees::Both),
    ("click_reason", Sees::Both),
    ("conversion_start", Sees::Both),
    ("country", Sees::Both),
    ("coupon_rule", Sees::Both),
    ("currency", Sees::Both),
    ("destination", Sees::Both),
    ("device", Sees::Both),
    ("door", Sees::Both),
    ("duplicate_of", Sees::Partner),
    ("duplicate_window_seconds", Sees::Both),
    ("early_by_seconds", Sees::Both),
    ("earnings", Sees::Partner),
    ("earnings_limited_by", Sees::Partner),
    ("earnings_rule", Sees::Partner),
    ("earnings_step_from", Sees::Partner),
    ("earnings_term_over", Sees::Partner),
    ("earnings_version", Sees::Partner),
    ("elapsed_seconds", Sees::Both),
    ("ends_at", Sees::Both),
    ("enrollment_state", Sees::Partner),
    ("event_at", Sees::Both),
    ("existing_customers", Sees::Both),
    ("field", Sees::Partner),
    ("goal_id", Sees::Both),
    ("goal_name", Sees::Both),
    ("items", Sees::Both),
    ("landing_id", Sees::Both),
    ("language", Sees::Both),
    ("late_by_seconds", Sees::Both),
    ("link_id", Sees::Both),
    ("many_per_click", Sees::Both),
    ("max_days", Sees::Both),
    ("method", Sees::Advertiser),
    ("min_seconds", Sees::Both),
    ("mode", Sees::Partner),
    ("named_goal", Sees::Both),
    ("offer_currency", Sees::Both),
    ("offer_id", Sees::Both),
    ("offer_state", Sees::Both),
    ("order_id", Sees::Both),
    ("os", Sees::Both),
    ("partner_id", Sees::Both),
    ("partner_state", Sees::Partner),
    ("place", Sees::Partner),
    ("revenue", Sees::Advertiser),
    ("revenue_version", Sees::Advertiser),
    ("sale", Sees::Both),
    ("seen", Sees::Partner),
    ("share_percent", Sees::Both),
    ("source_id", Sees::Both),
    ("starts_at", Sees::Both),
    ("status_word", Sees::Advertiser),
    ("traffic_rule", Sees::Both),
    ("traffic_type", Sees::Both),
    ("trust", Sees::Advertiser),
    ("unlike_currency", Sees::Both),
    ("verdict", Sees::Both),
    ("where", Sees::Partner),
    ("word_means", Sees::Both),
];

/// What a reader may see.
#[derive(Clone, Debug)]
pub struct Reader {
    role: Role,
    partner: Option<String>,
    /// The reader earns from it beside another partner, and sees nothing of the other's.
    shares: bool,
}

impl Reader {
    pub fn of(actor: &Actor) -> Self {
        Self { role: actor.role, partner: actor.partner.map(|id| id.to_string()), shares: false }
    }

    /// The operator at the command line.
    pub const fn staff() -> Self {
        Self { role: Role::Owner, partner: None, shares: false }
    }

    /// Of something that is credited to another partner.
    pub fn beside_another(self) -> Self {
        Self { shares: self.role == Role::Partner, ..self }
    }

    pub const fn is_staff(&self) -> bool {
        self.role.is_staff()
    }

    fn may_see(&self, name: &str, value: &Value) -> bool {
        if self.is_staff() {
            return true;
        }
        let sees = SEES.iter().find(|(known, _)| *known == name).map(|(_, sees)| *sees);
        let listed = match sees {
            Some(Sees::Both) => true,
            Some(Sees::Partner) => self.role == Role::Partner,
            Some(Sees::Advertiser) => self.role == Role::Advertiser,
            None => false,
        };
        listed && !self.shares && self.is_own(value)
    }

    /// A partner reads no other partner's id.
    fn is_own(&self, value: &Value) -> bool {
        let text = value.as_str().unwrap_or_default();
        let names_partner = text.strip_prefix(Partner::PREFIX).is_some_and(|rest| rest.starts_with('_'));
        self.role != Role::Partner || !names_partner || self.partner.as_deref() == Some(text)
    }
}

/// What a step looked at.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Values(Map<String, Value>);

impl Values {
    /// Adds a value; nothing is added for what is not there.
    pub fn with(mut self, name: &'static str, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        let is_nothing = value.is_null() || value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
        if !is_nothing {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    pub fn redacted(mut self, reader: &Reader) -> Self {
        self.0.retain(|name, value| reader.may_see(name, value));
        self
    }

    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Every text in it, such as ids that want names.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.values().filter_map(Value::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_in_order_and_names_each_value_once() {
        assert!(SEES.is_sorted_by(|one, next| one.0 < next.0));
    }

    #[test]
    fn a_partner_sees_what_is_listed_and_no_other_partner() {
        let own = "prt_01KAMX4S5T0000000000000000";
        let reader = Reader { role: Role::Partner, partner: Some(own.to_owned()), shares: false };
        let values = |partner: &str| Values::default().with("partner_id", partner).with("max_days", 30);
        assert_eq!(values(own).redacted(&reader), values(own));
        assert_eq!(values("prt_01KAMX4S5T0000000000000001").redacted(&reader), Values::default().with("max_days", 30));
        assert_eq!(Values::default().with("revenue", 3).redacted(&reader), Values::default());
        let sharing = Reader { shares: true, ..reader };
        assert_eq!(values(own).redacted(&sharing), Values::default());
    }
}
