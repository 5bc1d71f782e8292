//! The plans of offers with their versions.

use std::collections::HashMap;

use kernel::{Id, Tenant, Timestamp, id};
use sea_orm::{ConnectionTrait, ExprTrait as _, QueryOrder as _, entity::prelude::*};

use super::{
    model::{self, PlanSide},
    rules::{self, Rule},
    version,
};

/// A plan with its versions, oldest first.
#[derive(Clone, Debug)]
pub struct PlanHistory {
    pub plan: model::Model,
    pub versions: Vec<version::Model>,
}

impl PlanHistory {
    /// The version that prices what happened at `at`.
    pub fn version_at(&self, at: Timestamp) -> Option<&version::Model> {
        rules::in_force(&self.versions, at)
    }

    pub fn rules_at(&self, at: Timestamp) -> &[Rule] {
        self.version_at(at).map_or(&[], |version| &version.rules.0)
    }
}

/// Both plans of an offer.
#[derive(Clone, Debug)]
pub struct OfferPlans {
    pub earnings: PlanHistory,
    pub revenue: PlanHistory,
}

impl OfferPlans {
    pub fn side(&self, side: PlanSide) -> &PlanHistory {
        match side {
            PlanSide::Earnings => &self.earnings,
            PlanSide::Revenue => &self.revenue,
        }
    }
}

/// The plans of several offers, for a list or a batch of decisions.
pub async fn of_offers(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    offers: impl IntoIterator<Item = Id<id::Offer>>,
) -> Result<HashMap<Id<id::Offer>, OfferPlans>, DbErr> {
    let mine = model::Column::WorkspaceId.eq(tenant.id()).and(model::Column::OfferId.is_in(offers));
    let plans = model::Entity::find().filter(mine).all(conn).await?;
    let of_plans = version::Column::WorkspaceId
        .eq(tenant.id())
        .and(version::Column::PlanId.is_in(plans.iter().map(|plan| plan.id)));
    let rows = version::Entity::find().filter(of_plans).order_by_asc(version::Column::Version).all(conn).await?;
    let mut versions: HashMap<Id<id::Plan>, Vec<version::Model>> = HashMap::new();
    for row in rows {
        versions.entry(row.plan_id).or_default().push(row);
    }
    let mut pairs: HashMap<Id<id::Offer>, [Option<PlanHistory>; 2]> = HashMap::new();
    for plan in plans {
        let history = PlanHistory { versions: versions.remove(&plan.id).unwrap_or_default(), plan };
        let offer = history.plan.offer_id;
        let place = usize::from(history.plan.side == PlanSide::Revenue);
        pairs.entry(offer).or_default()[place] = Some(history);
    }
    let whole = pairs.into_iter().filter_map(|(offer, [earnings, revenue])| {
        Some((offer, OfferPlans { earnings: earnings?, revenue: revenue? }))
    });
    Ok(whole.collect())
}

/// Both plans of one offer; an offer is stored with both.
pub async fn of_offer(conn: &impl ConnectionTrait, tenant: Tenant, offer: Id<id::Offer>) -> anyhow::Result<OfferPlans> {
    let plans = of_offers(conn, tenant, [offer]).await?.remove(&offer);
    plans.ok_or_else(|| anyhow::anyhow!("offer {offer} has no plans"))
}
