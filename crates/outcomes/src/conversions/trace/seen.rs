//! What the rules looked at, beside the receipt and the terms.

use std::{collections::HashMap, sync::Arc};

use events::{
    ClickFacts,
    clicks::{Verdict, ViewFacts},
    record::{ClickKind, SUBS},
};
use kernel::{Id, Timestamp, id, reason::ClickReason};
use serde::{Deserialize, Serialize};

use crate::{
    caps::rules::room::Met,
    conversions::{
        entity::customer,
        rules::{
            judge::{Case, ClickEvidence},
            known::Kin,
            terms::{self, Terms},
        },
    },
    coupons::{
        entity::coupon,
        model::{CouponOffers, CouponState},
    },
    currencies::rules::RateUsed,
    partners::model::{self as partner, PartnerState},
    plans::rules::Facts,
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seen {
    /// How far the sender proved itself.
    pub trust: String,
    /// The advertiser to whom the sender's token belongs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender: Option<Id<id::Advertiser>>,
    #[serde(skip_serializing_if = "SeenClick::is_none")]
    pub click: SeenClick,
    /// The last view of a visitor without a click.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<SeenView>,
    /// The clicks that may share the commission, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub journey: Vec<SeenTouch>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<SeenCustomer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupon: Option<SeenCoupon>,
    /// Everybody whom click, view, journey, coupon or customer name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<SeenPartner>,
    #[serde(flatten)]
    pub kin: Kin,
    /// What turned the sender's currency into the offer's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<RateUsed>,
    /// The version in force that prices what partners earn, and the one of what is charged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earnings: Option<Id<id::PlanVersion>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revenue: Option<Id<id::PlanVersion>>,
    /// What it was priced by, where the plans ask for more than goal, partner and amount.
    #[serde(skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
    /// Caps of which it needed room.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub caps: Vec<Met>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeenClick {
    #[default]
    None,
    Forged,
    Missing,
    Found(SeenFound),
    /// The receipt names none; the visitor was seen with it.
    Witnessed(SeenFound),
}

impl SeenClick {
    fn is_none(&self) -> bool {
        *self == Self::None
    }

    pub const fn found(&self) -> Option<&SeenFound> {
        match self {
            Self::Found(found) | Self::Witnessed(found) => Some(found),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenFound {
    pub id: Id<id::Click>,
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Id<id::Offer>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<Id<id::Partner>>,
    /// Why the click did not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ClickReason>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub traffic_type: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenView {
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Id<id::Offer>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<Id<id::Partner>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenTouch {
    pub id: Id<id::Click>,
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<Id<id::Partner>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenCustomer {
    pub id: Id<id::Customer>,
    pub first_seen_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound_to: Option<Id<id::Partner>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound_until: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenCoupon {
    pub id: Id<id::Coupon>,
    pub partner: Id<id::Partner>,
    pub state: CouponState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "no_offers")]
    pub offers: CouponOffers,
}

fn no_offers(offers: &CouponOffers) -> bool {
    offers.0.is_empty()
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenPartner {
    pub id: Id<id::Partner>,
    pub state: PartnerState,
}

impl Seen {
    /// What a case shows, with the coupon of whatever state that the receipt names.
    pub fn of(case: &Case<'_>, coupon: Option<&coupon::Model>, kin: Kin) -> Self {
        let click = match case.click {
            ClickEvidence::None => SeenClick::None,
            ClickEvidence::Forged => SeenClick::Forged,
            ClickEvidence::NotFound => SeenClick::Missing,
            ClickEvidence::Found(facts) => SeenClick::Found(SeenFound::of(facts)),
            ClickEvidence::Seen(facts) => SeenClick::Witnessed(SeenFound::of(facts)),
        };
        let version = |side: fn(&Terms) -> &[_]| {
            case.terms.and_then(|terms| terms::in_force(side(terms), case.event_at)).map(|version| version.id)
        };
        Self {
            trust: case.trust.code().to_owned(),
            sender: case.sender,
            click,
            view: case.view.map(SeenView::of),
            journey: case.journey.iter().map(SeenTouch::of).collect(),
            customer: case.customer.map(SeenCustomer::of),
            coupon: coupon.map(SeenCoupon::of),
            partners: named(case, coupon).into_iter().filter_map(case.partner_of).map(SeenPartner::of).collect(),
            kin,
            rate: case.rate.cloned(),
            earnings: version(|terms| &terms.earnings),
            revenue: version(|terms| &terms.revenue),
            facts: Facts::default(),
            caps: Vec::new(),
        }
    }

    pub fn partners(&self, workspace: Id<id::Workspace>) -> HashMap<Id<id::Partner>, partner::Model> {
        let row = |seen: &SeenPartner| (seen.id, partner::Model::bare(seen.id, workspace, seen.state));
        self.partners.iter().map(row).collect()
    }
}

/// Everybody whom the evidence names, once.
fn named(case: &Case<'_>, coupon: Option<&coupon::Model>) -> Vec<Id<id::Partner>> {
    let of_journey = case.journey.iter().filter_map(|touch| touch.partner);
    let of_click = case.click.facts().and_then(|facts| facts.partner);
    let of_view = case.view.and_then(|view| view.partner);
    let of_customer = case.customer.and_then(|customer| customer.bound_partner_id);
    let mut named: Vec<_> =
        of_journey.chain(of_click).chain(of_view).chain(of_customer).chain(coupon.map(|it| it.partner_id)).collect();
    named.sort_unstable();
    named.dedup();
    named
}

impl SeenFound {
    fn of(facts: &ClickFacts) -> Self {
        Self {
            id: facts.click_id,
            at: facts.at,
            offer: facts.offer,
            partner: facts.partner,
            reason: facts.reason,
            traffic_type: facts.traffic_type.clone(),
        }
    }

    pub fn facts(&self, workspace: Id<id::Workspace>) -> ClickFacts {
        ClickFacts {
            offer: self.offer,
            partner: self.partner,
            reason: self.reason,
            traffic_type: self.traffic_type.clone(),
            ..bare_click(self.id, workspace, self.at)
        }
    }
}

impl SeenView {
    fn of(facts: &ViewFacts) -> Self {
        Self { at: facts.at, offer: facts.offer, partner: facts.partner }
    }

    pub fn facts(&self, workspace: Id<id::Workspace>) -> ViewFacts {
        ViewFacts {
            at: self.at,
            workspace,
            advertiser: None,
            offer: self.offer,
            partner: self.partner,
            link: None,
            traffic_type: String::new(),
        }
    }
}

impl SeenTouch {
    fn of(facts: &Arc<ClickFacts>) -> Self {
        Self { id: facts.click_id, at: facts.at, partner: facts.partner }
    }

    pub fn facts(&self, workspace: Id<id::Workspace>) -> Arc<ClickFacts> {
        Arc::new(ClickFacts { partner: self.partner, ..bare_click(self.id, workspace, self.at) })
    }
}

/// A click of which nothing else is known.
fn bare_click(click_id: Id<id::Click>, workspace: Id<id::Workspace>, at: Timestamp) -> ClickFacts {
    ClickFacts {
        click_id,
        workspace,
        advertiser: None,
        offer: None,
        partner: None,
        link: None,
        landing: None,
        at,
        kind: ClickKind::Click,
        verdict: Verdict::Valid,
        reason: None,
        country: String::new(),
        ip: None,
        user_agent_hash: 0,
        traffic_type: String::new(),
        subs: [const { String::new() }; SUBS],
        source_id: String::new(),
        device: String::new(),
    }
}

impl SeenCustomer {
    fn of(row: &customer::Model) -> Self {
        Self {
            id: row.id,
            first_seen_at: row.first_seen_at,
            bound_to: row.bound_partner_id,
            bound_until: row.bound_until,
        }
    }

    pub fn row(&self, workspace_id: Id<id::Workspace>, advertiser_id: Id<id::Advertiser>) -> customer::Model {
        customer::Model {
            id: self.id,
            workspace_id,
            advertiser_id,
            external_id: String::new(),
            first_seen_at: self.first_seen_at,
            conversions_count: 0,
            bound_partner_id: self.bound_to,
            bound_until: self.bound_until,
        }
    }
}

impl SeenCoupon {
    fn of(row: &coupon::Model) -> Self {
        Self {
            id: row.id,
            partner: row.partner_id,
            state: row.state,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            offers: row.offers.clone(),
        }
    }

    pub fn row(&self, workspace_id: Id<id::Workspace>, advertiser_id: Id<id::Advertiser>) -> coupon::Model {
        coupon::Model {
            id: self.id,
            workspace_id,
            advertiser_id,
            partner_id: self.partner,
            code: String::new(),
            code_folded: String::new(),
            offers: self.offers.clone(),
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            state: self.state,
            note: None,
            uses_count: 0,
            elsewhere_count: 0,
            last_used_at: None,
            created_at: Timestamp::default(),
        }
    }
}

impl SeenPartner {
    fn of(row: &partner::Model) -> Self {
        Self { id: row.id, state: row.state }
    }
}
