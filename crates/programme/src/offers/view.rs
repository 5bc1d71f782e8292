//! Offers as an actor sees them: a partner without revenue and inner settings, an advertiser without payouts.

use std::collections::HashMap;

use kernel::{Id, Timestamp, id};
use sea_orm::ConnectionTrait;
use serde::Serialize;

use super::{
    enrollments,
    entity::{enrollment, goal, landing, offer},
    store,
    targeting::Targeting,
    terms::{
        AttributionOrder, ConversionStart, EnrollmentState, GoalKind, LandingKind, LandingState, OfferState, PayModel,
        TrafficRules, ValidationExpiry, Visibility,
    },
};
use crate::{
    identity::{Actor, Role},
    partners,
    plans::{
        self,
        rules::{self, Effect, LocalDate, LocalTime, ReadFor, Rule},
        shown::RuleShown,
        store::OfferPlans,
    },
    platform::{
        Answer,
        columns::{TextList, TextMap},
        external_refs::{self, RefKind},
        labels::Wanted,
    },
    workspaces,
};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "ofr_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000",
    "name": "Riverside spring", "description": null, "state": "active", "visibility": "private",
    "vertical": "e-commerce", "currency": "EUR", "landing_parameter": "click_id", "allowed_hosts": ["shop.example"],
    "passes_extra_parameters": false, "utm_template": null, "duplicate_window_hours": 24,
    "click_to_conversion_min_seconds": 0, "click_to_conversion_max_days": 30,
    "view_to_conversion_hours": 0, "conversion_start": "pending",
    "validation_days": 30, "validation_expiry": "stay", "hold_days": 14, "many_per_click": false, "pay_model": "last", "assist_percent": 20,
    "attribution_order": ["click_id", "coupon", "customer", "journey"], "traffic_rules": {"adult": "forbidden"},
    "targeting": [{"field": "country", "mode": "include", "match": "exact", "values": ["PL", "DE"], "timezone": null}],
    "fallback_url": null, "starts_at": null, "ends_at": null, "external_refs": {},
    "manager_id": "usr_01KAMX4S5T0000000000000000",
    "goals": [{"id": "gol_01KAMX4S5T0000000000000000", "name": "sale", "kind": "sale", "is_primary": true,
               "payout": {"percent": "10"}, "revenue": {"percent": "14"}}],
    "landings": [{"id": "lnd_01KAMX4S5T0000000000000000", "name": "Main", "url": "https://shop.example/",
                  "kind": "landing", "state": "active", "weight": 0}],
    "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct OfferOut {
    pub id: Id<id::Offer>,
    pub advertiser_id: Id<id::Advertiser>,
    pub name: String,
    pub description: Option<String>,
    pub state: OfferState,
    pub visibility: Visibility,
    pub vertical: String,
    pub currency: String,
    pub duplicate_window_hours: i32,
    pub click_to_conversion_min_seconds: i32,
    pub click_to_conversion_max_days: i32,
    /// How long after a view a conversion without anything stronger is credited; 0 where views earn nothing.
    pub view_to_conversion_hours: i32,
    pub conversion_start: ConversionStart,
    pub validation_days: i32,
    pub validation_expiry: ValidationExpiry,
    pub hold_days: i32,
    pub many_per_click: bool,
    /// How a commission is split among the partners of a journey.
    pub pay_model: PayModel,
    pub assist_percent: i32,
    pub traffic_rules: TrafficRules,
    /// To a partner without conditions on networks, proxies, referrers, sources and sub ids.
    pub targeting: Targeting,
    pub starts_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
    pub goals: Vec<GoalOut>,
    /// What a click or a thousand views earn now: the partner's who asks, or one's without rates of its own. Not shown to
    /// advertisers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub traffic_payouts: Vec<Effect>,
    pub landings: Vec<LandingOut>,
    pub created_at: Timestamp,
    /// How the partner who asks stands to the offer; absent for others, and where it never asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment: Option<OwnEnrollment>,
    /// All that the partner who asks can be paid now, the strongest rule first; told of a single offer, to a partner alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rates: Option<Vec<RuleShown>>,
    /// Not shown to partners.
    #[serde(flatten)]
    pub inner: Option<InnerOut>,
}

/// A partner's own enrollment.
#[derive(Clone, Serialize, utoipa::ToSchema)]
#[schema(example = json!({"id": "enr_01KAMX4S5T0000000000000000", "state": "approved", "reason": null}))]
pub struct OwnEnrollment {
    pub id: Id<id::Enrollment>,
    pub state: EnrollmentState,
    pub reason: Option<String>,
}

/// Settings that partners do not see.
#[derive(Serialize, utoipa::ToSchema)]
pub struct InnerOut {
    pub landing_parameter: String,
    pub allowed_hosts: TextList,
    pub passes_extra_parameters: bool,
    pub utm_template: Option<String>,
    pub attribution_order: AttributionOrder,
    pub fallback_url: Option<String>,
    pub external_refs: TextMap,
    pub manager_id: Option<Id<id::User>>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct GoalOut {
    pub id: Id<id::Goal>,
    pub name: String,
    pub kind: GoalKind,
    pub is_primary: bool,
    /// What a partner earns now: the one who asks, or one without rates of its own. Not shown to advertisers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payout: Option<Effect>,
    /// What the advertiser is charged now. Not shown to partners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revenue: Option<Effect>,
    /// What other systems call it, by system; absent where nothing is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_refs: Option<TextMap>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct LandingOut {
    pub id: Id<id::Landing>,
    pub name: String,
    pub url: String,
    pub kind: LandingKind,
    pub state: LandingState,
    /// Its share among the pages that have one.
    pub weight: i32,
}

impl From<&landing::Model> for LandingOut {
    fn from(row: &landing::Model) -> Self {
        Self {
            id: row.id,
            name: row.name.clone(),
            url: row.url.clone(),
            kind: row.kind,
            state: row.state,
            weight: row.weight,
        }
    }
}

/// Several offers with their goals, landing pages and present rates, as `actor` sees them.
pub async fn shown(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<offer::Model>,
    now: Timestamp,
) -> Answer<Vec<OfferOut>> {
    let ids = || rows.iter().map(|row| row.id);
    let goals = store::goals_of(conn, actor.tenant, ids()).await?;
    let landings = store::landings_of(conn, actor.tenant, ids()).await?;
    let plans = plans::store::of_offers(conn, actor.tenant, ids()).await?;
    let enrollments = own_enrollments(conn, actor, ids()).await?;
    let asker = Asker::of(conn, actor, now).await?;
    let mut refs = goal_refs(conn, actor, goals.values().flatten()).await?;
    let rows = rows.into_iter().map(|row| {
        let plans = plans.get(&row.id);
        let goals =
            goals.get(&row.id).into_iter().flatten().map(|goal| goal_out((actor, asker.as_ref()), goal, plans, now));
        let goals = goals.map(|goal| GoalOut { external_refs: refs.remove(&goal.id), ..goal }).collect();
        let landings = landings.get(&row.id).into_iter().flatten().map(LandingOut::from).collect();
        let enrollment = enrollments.get(&row.id).cloned();
        let traffic_payouts = traffic_payouts(actor, plans, now);
        OfferOut { enrollment, traffic_payouts, ..offer_out(actor, row, goals, landings) }
    });
    Ok(rows.collect())
}

/// What other systems call goals; not shown to partners.
async fn goal_refs(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    goals: impl Iterator<Item = &goal::Model>,
) -> Answer<HashMap<Id<id::Goal>, TextMap>> {
    if actor.role == Role::Partner {
        return Ok(HashMap::new());
    }
    Ok(external_refs::of_many(conn, RefKind::Goal, goals.map(|goal| goal.id)).await?)
}

async fn own_enrollments(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    offers: impl IntoIterator<Item = Id<id::Offer>>,
) -> Answer<HashMap<Id<id::Offer>, OwnEnrollment>> {
    let rows = enrollments::get_many(conn, actor.tenant, offers, actor.partner).await?;
    let own = rows.into_values().map(|row| {
        let enrollment::Model { id, state, reason, .. } = row;
        (row.offer_id, OwnEnrollment { id, state, reason })
    });
    Ok(own.collect())
}

/// The rows that offers speak of, as far as `actor` may know them.
pub fn names(actor: &Actor, offers: &[OfferOut]) -> Wanted {
    if actor.role == Role::Partner {
        return Wanted::default();
    }
    let by_staff = actor.role.is_staff();
    let managers = offers.iter().filter_map(|offer| offer.inner.as_ref()?.manager_id).filter(|_| by_staff);
    Wanted::default().with(offers.iter().map(|offer| offer.advertiser_id)).with(managers)
}

/// One offer, as `actor` sees it.
pub async fn one(conn: &impl ConnectionTrait, actor: &Actor, row: offer::Model, now: Timestamp) -> Answer<OfferOut> {
    let rates = match Asker::of(conn, actor, now).await? {
        Some(asker) => {
            let plans = plans::store::of_offer(conn, actor.tenant, row.id).await?;
            let own = asker.own(plans.earnings.rules_at(now));
            Some(own.into_iter().map(|rule| RuleShown::of(rule, actor)).collect())
        }
        None => None,
    };
    let mut shown = shown(conn, actor, vec![row], now).await?;
    Ok(OfferOut { rates, ..shown.pop().expect("one row in, one out") })
}

/// The partner who asks, as plans sort it.
struct Asker {
    partner: partners::model::Model,
    today: LocalDate,
}

impl Asker {
    async fn of(conn: &impl ConnectionTrait, actor: &Actor, now: Timestamp) -> Answer<Option<Self>> {
        let Some(partner) = actor.partner else { return Ok(None) };
        let partner = partners::store::get(conn, actor.tenant, partner).await?;
        let zone = workspaces::store::get(conn, actor.tenant).await?.zone()?;
        Ok(Some(Self { partner, today: LocalTime::of(now, &zone).date() }))
    }

    /// The rules that can pay it something, the strongest first.
    fn own<'a>(&self, rules: &'a [Rule]) -> Vec<&'a Rule> {
        let Self { partner, today } = self;
        let (group, tags) = (partner.partner_group.as_deref(), partner.tags.0.as_slice());
        rules::own(rules, &ReadFor { partner: partner.id, group, tags, today: *today })
    }

    /// What all its conversions of a goal earn.
    fn rate(&self, rules: &[Rule], goal: Id<id::Goal>) -> Option<Effect> {
        let is_whole = |rule: &&&Rule| {
            let conditions = rule.conditions.clone().of_any_partner();
            conditions.is_general() && conditions.goal_id.is_none_or(|wanted| wanted == goal)
        };
        self.own(rules).iter().find(is_whole).map(|rule| rule.effect.clone())
    }
}

fn goal_out(
    (actor, asker): (&Actor, Option<&Asker>),
    goal: &goal::Model,
    plans: Option<&OfferPlans>,
    now: Timestamp,
) -> GoalOut {
    let payout = plans.and_then(|plans| match asker {
        Some(asker) => asker.rate(plans.earnings.rules_at(now), goal.id),
        None => rules::rate(plans.earnings.rules_at(now), goal.id, None),
    });
    let revenue = plans.and_then(|plans| rules::rate(plans.revenue.rules_at(now), goal.id, None));
    GoalOut {
        id: goal.id,
        name: goal.name.clone(),
        kind: goal.kind,
        is_primary: goal.is_primary,
        payout: payout.filter(|_| actor.role != Role::Advertiser),
        revenue: revenue.filter(|_| actor.role != Role::Partner),
        external_refs: None,
    }
}

fn traffic_payouts(actor: &Actor, plans: Option<&OfferPlans>, now: Timestamp) -> Vec<Effect> {
    let plans = plans.filter(|_| actor.role != Role::Advertiser);
    plans.map(|plans| rules::traffic_rates(plans.earnings.rules_at(now), actor.partner)).unwrap_or_default()
}

fn offer_out(actor: &Actor, row: offer::Model, goals: Vec<GoalOut>, landings: Vec<LandingOut>) -> OfferOut {
    let inner = InnerOut {
        landing_parameter: row.landing_parameter,
        allowed_hosts: row.allowed_hosts,
        passes_extra_parameters: row.passes_extra_parameters,
        utm_template: row.utm_template,
        attribution_order: row.attribution_order,
        fallback_url: row.fallback_url,
        external_refs: row.external_refs,
        manager_id: row.manager_id,
    };
    OfferOut {
        id: row.id,
        advertiser_id: row.advertiser_id,
        name: row.name,
        description: row.description,
        state: row.state,
        visibility: row.visibility,
        vertical: row.vertical,
        currency: row.currency,
        duplicate_window_hours: row.duplicate_window_hours,
        click_to_conversion_min_seconds: row.click_to_conversion_min_seconds,
        click_to_conversion_max_days: row.click_to_conversion_max_days,
        view_to_conversion_hours: row.view_to_conversion_hours,
        conversion_start: row.conversion_start,
        validation_days: row.validation_days,
        validation_expiry: row.validation_expiry,
        hold_days: row.hold_days,
        many_per_click: row.many_per_click,
        pay_model: row.pay_model,
        assist_percent: row.assist_percent,
        traffic_rules: row.traffic_rules,
        targeting: row.targeting.shown_to(actor),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        goals,
        traffic_payouts: Vec::new(),
        landings,
        created_at: row.created_at,
        enrollment: None,
        rates: None,
        inner: (actor.role != Role::Partner).then_some(inner),
    }
}
