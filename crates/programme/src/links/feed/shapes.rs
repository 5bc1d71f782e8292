//! Rows in the edge's words.

use std::collections::HashMap;

use edge::routes::{
    DomainRoute, EnrollmentRoute, EnrollmentState as EdgeEnrollment, LandingRoute, LinkRoute, OfferRoute,
    OfferState as EdgeOffer, PageKind, PartnerRoute, PartnerState as EdgePartner, RouteChange,
    TrafficRule as EdgeTraffic, Trafficback,
};
use kernel::{Id, id, time::HOUR_MS};

use crate::{
    advertisers::model::AdvertiserState,
    domains,
    links::model::{self as link, LinkState},
    offers::{
        entity::{enrollment, landing, offer},
        terms::{EnrollmentState, LandingKind, LandingState, OfferState, TrafficRule},
    },
    partners::model::{self as partner, PartnerState},
};

/// What an offer's route needs beside its own row.
#[derive(Default)]
pub struct Around {
    pub advertisers: HashMap<Id<id::Advertiser>, AdvertiserState>,
    /// In their order.
    pub landings: HashMap<Id<id::Offer>, Vec<landing::Model>>,
}

pub fn offer(row: offer::Model, around: &Around) -> RouteChange {
    let is_advertiser_active = around.advertisers.get(&row.advertiser_id) == Some(&AdvertiserState::Active);
    let state = match row.state {
        OfferState::Expired => EdgeOffer::Expired,
        OfferState::Active if is_advertiser_active => EdgeOffer::Active,
        _ => EdgeOffer::Paused,
    };
    let landings = around.landings.get(&row.id).into_iter().flatten();
    let active = landings.filter(|landing| landing.state == LandingState::Active);
    let landings = active.map(|landing| LandingRoute {
        landing_id: landing.id,
        kind: match landing.kind {
            LandingKind::Landing => PageKind::Landing,
            LandingKind::Prelanding => PageKind::Prelanding,
        },
        url: landing.url.clone(),
        weight: u32::try_from(landing.weight).unwrap_or(0),
    });
    RouteChange::UpsertOffer(OfferRoute {
        offer_id: row.id,
        advertiser_id: row.advertiser_id,
        workspace_id: row.workspace_id,
        state,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        landings: landings.collect(),
        allowed_hosts: row.allowed_hosts.0,
        click_parameter: row.landing_parameter,
        duplicate_window_ms: i64::from(row.duplicate_window_hours) * HOUR_MS,
        fallback_url: row.fallback_url,
        vertical: row.vertical,
        passes_extra_parameters: row.passes_extra_parameters,
        utm_template: row.utm_template,
        traffic_rules: row.traffic_rules.0.into_iter().map(|(name, rule)| (name, traffic(rule))).collect(),
        targeting: row.targeting.0,
        credits_views: row.view_to_conversion_hours > 0,
    })
}

const fn traffic(rule: TrafficRule) -> EdgeTraffic {
    match rule {
        TrafficRule::Allowed => EdgeTraffic::Allowed,
        TrafficRule::ByApproval => EdgeTraffic::ByApproval,
        TrafficRule::Forbidden => EdgeTraffic::Forbidden,
    }
}

pub fn partner(row: partner::Model) -> RouteChange {
    let is_active = row.state == PartnerState::Active;
    let trafficback = row.trafficback_url.zip(row.trafficback_verified_host);
    RouteChange::UpsertPartner(PartnerRoute {
        partner_id: row.id,
        workspace_id: row.workspace_id,
        state: if is_active { EdgePartner::Active } else { EdgePartner::Suspended },
        manager_id: row.manager_id,
        group: row.partner_group.unwrap_or_default(),
        trafficback: trafficback.map(|(url, verified_host)| Trafficback { url, verified_host }),
    })
}

pub fn enrollment(row: enrollment::Model) -> RouteChange {
    let state = match row.state {
        EnrollmentState::Requested => EdgeEnrollment::Requested,
        EnrollmentState::Approved => EdgeEnrollment::Approved,
        EnrollmentState::Testing => EdgeEnrollment::Testing,
        EnrollmentState::Paused => EdgeEnrollment::Paused,
        EnrollmentState::Ended => EdgeEnrollment::Ended,
        EnrollmentState::Rejected => EdgeEnrollment::Rejected,
    };
    RouteChange::UpsertEnrollment(EnrollmentRoute {
        offer_id: row.offer_id,
        partner_id: row.partner_id,
        state,
        approved_traffic_types: row.approved_traffic_types.0.into_iter().map(|one| one.traffic_type).collect(),
    })
}

pub fn domain(row: domains::model::Model) -> RouteChange {
    RouteChange::UpsertDomain(DomainRoute {
        host: row.host,
        workspace_id: row.workspace_id,
        partner_id: row.partner_id,
        dialects: domains::dialects::spoken(&row.dialects),
    })
}

pub fn link(row: link::Model) -> RouteChange {
    if row.state == LinkState::Archived {
        return RouteChange::RemoveLink(row.slug);
    }
    RouteChange::UpsertLink(LinkRoute {
        link_id: row.id,
        slug: row.slug,
        offer_id: row.offer_id,
        partner_id: row.partner_id,
        landing_id: row.landing_id,
        creative_id: row.creative_id,
        traffic_type: row.traffic_type,
        targeting: row.targeting.0,
    })
}
