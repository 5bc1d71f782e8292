//! The terms under which a conversion was decided, as far as the rules look at them.

use std::collections::HashMap;

use kernel::{Currency, Id, Timestamp, id};
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};

use crate::{
    advertisers::{
        model::{self as advertiser, ReceiptTrust},
        status_map::StatusMap,
    },
    conversions::rules::terms::Terms,
    coupons::{
        entity::crediting,
        model::{CouponRule, CustomerBinding, ExistingCustomers},
    },
    offers::{
        entity::{goal, offer},
        terms::{AttributionOrder, ConversionStart, GoalKind, OfferState, PayModel, TrafficRules},
    },
    plans::version::Model as PlanVersion,
    platform::columns::TextMap,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenTerms {
    pub offer: SeenOffer,
    pub advertiser: SeenAdvertiser,
    pub crediting: SeenCrediting,
    /// In their order.
    pub goals: Vec<SeenGoal>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenOffer {
    pub id: Id<id::Offer>,
    pub currency: Currency,
    pub state: OfferState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    pub min_seconds: i32,
    pub max_days: i32,
    /// How long views earn; nothing is kept where they do not.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub view_hours: i32,
    pub start: ConversionStart,
    pub many_per_click: bool,
    pub attribution_order: AttributionOrder,
    pub pay_model: PayModel,
    pub assist_percent: i32,
    pub traffic_rules: TrafficRules,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenAdvertiser {
    pub id: Id<id::Advertiser>,
    pub status_map: StatusMap,
    pub min_trust: ReceiptTrust,
    pub accepts_pixel: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenCrediting {
    pub coupon_rule: CouponRule,
    pub binding: CustomerBinding,
    pub binding_days: i32,
    pub existing_customers: ExistingCustomers,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenGoal {
    pub id: Id<id::Goal>,
    pub name: String,
    pub kind: GoalKind,
    pub is_primary: bool,
    /// What other systems call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refs: Option<TextMap>,
}

fn is_nought(hours: &i32) -> bool {
    *hours == 0
}

impl SeenTerms {
    pub fn of(terms: &Terms) -> Self {
        let Terms { offer, advertiser, crediting, goals, goal_refs, .. } = terms;
        Self {
            offer: SeenOffer {
                id: offer.id,
                currency: offer.currency(),
                state: offer.state,
                starts_at: offer.starts_at,
                ends_at: offer.ends_at,
                min_seconds: offer.click_to_conversion_min_seconds,
                max_days: offer.click_to_conversion_max_days,
                view_hours: offer.view_to_conversion_hours,
                start: offer.conversion_start,
                many_per_click: offer.many_per_click,
                attribution_order: offer.attribution_order.clone(),
                pay_model: offer.pay_model,
                assist_percent: offer.assist_percent,
                traffic_rules: offer.traffic_rules.clone(),
            },
            advertiser: SeenAdvertiser {
                id: advertiser.id,
                status_map: advertiser.status_map.clone(),
                min_trust: advertiser.min_trust,
                accepts_pixel: advertiser.accepts_pixel,
            },
            crediting: SeenCrediting {
                coupon_rule: crediting.coupon_rule,
                binding: crediting.binding,
                binding_days: crediting.binding_days,
                existing_customers: crediting.existing_customers,
            },
            goals: goals.iter().map(|goal| SeenGoal::of(goal, goal_refs.get(&goal.id))).collect(),
        }
    }

    /// Terms as the rules take them, with the one version of each plan that was in force.
    pub fn terms(
        &self,
        workspace: Id<id::Workspace>,
        earnings: Option<PlanVersion>,
        revenue: Option<PlanVersion>,
    ) -> Terms {
        let refs = self.goals.iter().filter_map(|goal| Some((goal.id, goal.refs.clone()?)));
        Terms {
            offer: self.offer.row(workspace, self.advertiser.id),
            advertiser: self.advertiser.row(workspace),
            crediting: crediting::Model {
                coupon_rule: self.crediting.coupon_rule,
                binding: self.crediting.binding,
                binding_days: self.crediting.binding_days,
                existing_customers: self.crediting.existing_customers,
                ..crediting::Model::unsaid(workspace, self.offer.id)
            },
            goal_refs: refs.collect::<HashMap<_, _>>(),
            goals: self.goals.iter().map(|goal| goal.row(workspace, self.offer.id)).collect(),
            earnings: earnings.into_iter().collect(),
            revenue: revenue.into_iter().collect(),
        }
    }

    /// The terms as they are kept, and the id by which they are found: the hash of workspace and content.
    pub fn kept(&self, workspace: Id<id::Workspace>) -> (Uuid, String) {
        let body = serde_json::to_string(self).expect("terms are plain data");
        let mut hasher = blake3::Hasher::new();
        hasher.update(workspace.uuid().as_bytes()).update(body.as_bytes());
        let mut head = [0; 16];
        hasher.finalize_xof().fill(&mut head);
        (Uuid::from_bytes(head), body)
    }
}

impl SeenOffer {
    fn row(&self, workspace: Id<id::Workspace>, advertiser: Id<id::Advertiser>) -> offer::Model {
        offer::Model {
            state: self.state,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            click_to_conversion_min_seconds: self.min_seconds,
            click_to_conversion_max_days: self.max_days,
            view_to_conversion_hours: self.view_hours,
            conversion_start: self.start,
            many_per_click: self.many_per_click,
            attribution_order: self.attribution_order.clone(),
            pay_model: self.pay_model,
            assist_percent: self.assist_percent,
            traffic_rules: self.traffic_rules.clone(),
            ..offer::Model::bare(self.id, workspace, advertiser, self.currency)
        }
    }
}

impl SeenAdvertiser {
    fn row(&self, workspace: Id<id::Workspace>) -> advertiser::Model {
        advertiser::Model {
            status_map: self.status_map.clone(),
            min_trust: self.min_trust,
            accepts_pixel: self.accepts_pixel,
            ..advertiser::Model::bare(self.id, workspace)
        }
    }
}

impl SeenGoal {
    fn of(row: &goal::Model, refs: Option<&TextMap>) -> Self {
        Self { id: row.id, name: row.name.clone(), kind: row.kind, is_primary: row.is_primary, refs: refs.cloned() }
    }

    fn row(&self, workspace_id: Id<id::Workspace>, offer_id: Id<id::Offer>) -> goal::Model {
        goal::Model {
            id: self.id,
            workspace_id,
            offer_id,
            name: self.name.clone(),
            kind: self.kind,
            is_primary: self.is_primary,
            position: 0,
            created_at: Timestamp::default(),
        }
    }
}
