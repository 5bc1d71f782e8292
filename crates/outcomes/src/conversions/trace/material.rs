//! A conversion's evidence put together again, and the verdict drawn from it once more.

use std::{collections::HashMap, sync::Arc};

use anyhow::Context as _;
use events::{ClickFacts, clicks::ViewFacts, record::Trust};
use kernel::{Decimal8, Id, Tenant, Timestamp, id, reason::ConversionReason as Reason, time};
use serde::Serialize;

use super::{Seen, SeenClick};
use crate::{
    attribution::rules::pay,
    caps::{
        model::{self as cap, OnReach},
        rules::room::{self, Met, Moments, Outcome as Said},
    },
    conversions::{
        entity::{commission, conversion, customer, movement, receipt},
        model::Status,
        rules::{
            claim::{self, Claim},
            judge::{self, Case, ClickEvidence},
            known::{Identity, Kin, Relation},
            settle::{self, Settled},
            terms::Terms,
        },
    },
    coupons::{
        entity::coupon,
        rules::{self as coupons, CouponEvidence},
    },
    currencies::rules::RateUsed,
    partners::model as partner,
    plans::rules::Facts,
};

/// What of a conversion's trace was read.
pub(super) struct Read<'a> {
    pub receipt: receipt::Model,
    pub seen: &'a Seen,
    pub terms: Option<Terms>,
    pub tenant: Tenant,
    pub at: Timestamp,
}

/// Everything the rules ask for, owned.
pub struct Material {
    pub claim: Claim,
    pub receipt: receipt::Model,
    pub trust: Trust,
    sender: Option<Id<id::Advertiser>>,
    pub event_at: Timestamp,
    pub terms: Option<Terms>,
    decided_at: Timestamp,
    click: OwnClick,
    view: Option<ViewFacts>,
    journey: Vec<Arc<ClickFacts>>,
    customer: Option<customer::Model>,
    coupon: Option<coupon::Model>,
    partners: HashMap<Id<id::Partner>, partner::Model>,
    kin: Kin,
    rate: Option<RateUsed>,
    facts: Facts,
    caps: Vec<Met>,
}

enum OwnClick {
    None,
    Forged,
    Missing,
    Found(Box<ClickFacts>),
    Witnessed(Box<ClickFacts>),
}

/// The verdict drawn again.
pub struct Again<'s, 'a> {
    pub case: &'s Case<'a>,
    pub settled: &'s Settled<'a>,
    /// What each cap said, in the trace's order, and which of them stood in the way.
    pub rooms: Vec<Said>,
    pub in_the_way: Option<usize>,
    pub status: Status,
    pub reason: Option<Reason>,
}

impl Material {
    pub(super) fn of(read: Read<'_>) -> anyhow::Result<Self> {
        let Read { receipt, seen, terms, tenant, at } = read;
        let params: Vec<(String, String)> = serde_json::from_value(receipt.params.clone())?;
        let claim = claim::read(&params, receipt.arrived_at)
            .map_err(|flaw| anyhow::anyhow!("a receipt that could be read cannot be read again: {}", flaw.message))?;
        let trust = Trust::from_code(&seen.trust).context("a trace names a rung of the ladder")?;
        let speaks = judge::speaks_for_advertiser(trust);
        let workspace = tenant.id();
        let advertiser = terms.as_ref().map_or(Id::from_u128(0), |terms| terms.advertiser.id);
        Ok(Self {
            event_at: claim.event_time.filter(|_| speaks).unwrap_or(receipt.arrived_at),
            claim,
            receipt,
            trust,
            sender: seen.sender,
            terms,
            decided_at: at,
            click: match &seen.click {
                SeenClick::None => OwnClick::None,
                SeenClick::Forged => OwnClick::Forged,
                SeenClick::Missing => OwnClick::Missing,
                SeenClick::Found(found) => OwnClick::Found(Box::new(found.facts(workspace))),
                SeenClick::Witnessed(found) => OwnClick::Witnessed(Box::new(found.facts(workspace))),
            },
            view: seen.view.as_ref().map(|view| view.facts(workspace)),
            journey: seen.journey.iter().map(|touch| touch.facts(workspace)).collect(),
            customer: seen.customer.as_ref().map(|seen| seen.row(workspace, advertiser)),
            coupon: seen.coupon.as_ref().map(|seen| seen.row(workspace, advertiser)),
            partners: seen.partners(workspace),
            kin: seen.kin.clone(),
            rate: seen.rate.clone(),
            facts: seen.facts.clone(),
            caps: seen.caps.clone(),
        })
    }

    /// Asks the rules again and shows `look` all that they say.
    pub fn decide<T>(&self, look: impl FnOnce(&Again<'_, '_>) -> T) -> T {
        let click = match &self.click {
            OwnClick::None => ClickEvidence::None,
            OwnClick::Forged => ClickEvidence::Forged,
            OwnClick::Missing => ClickEvidence::NotFound,
            OwnClick::Found(facts) => ClickEvidence::Found(facts),
            OwnClick::Witnessed(facts) => ClickEvidence::Seen(facts),
        };
        let terms = self.terms.as_ref();
        let case = Case {
            claim: &self.claim,
            sender: self.sender,
            trust: self.trust,
            event_at: self.event_at,
            click,
            view: self.view.as_ref(),
            journey: &self.journey,
            terms,
            customer: self.customer.as_ref(),
            coupon: terms.map_or(CouponEvidence::None, |terms| {
                coupons::evidence(self.coupon.as_ref(), terms.offer.id, self.event_at)
            }),
            rate: self.rate.as_ref(),
            partner_of: &|partner| self.partners.get(&partner),
            facts_of: &|_, _, _| self.facts.clone(),
            duplicate: self.duplicate(click),
        };
        let settled = settle::settle(&case);
        look(&self.find_room(&case, &settled))
    }

    fn duplicate(&self, click: ClickEvidence<'_>) -> Option<Reason> {
        let click = match click {
            ClickEvidence::Forged | ClickEvidence::NotFound => return None,
            ClickEvidence::None | ClickEvidence::Seen(_) => None,
            ClickEvidence::Found(facts) => Some(facts.click_id),
        };
        let many_per_click = self.terms.as_ref().is_some_and(|terms| terms.offer.many_per_click);
        let identity = Identity { click, order_id: self.claim.order_id.as_deref(), many_per_click };
        match self.kin.relation(identity) {
            Relation::Duplicate(reason, _) => Some(reason),
            Relation::New | Relation::Update(_) => None,
        }
    }

    fn find_room<'s, 'a>(&self, case: &'s Case<'a>, settled: &'s Settled<'a>) -> Again<'s, 'a> {
        let click_at = case.click.facts().map(|facts| facts.at);
        let moments = Moments { event_at: self.event_at, click_at, decided_at: self.decided_at };
        let said = |met: &Met| time::zone(&met.timezone).map_or(Said::Room, |zone| room::judge(met, &zone, moments));
        let rooms: Vec<Said> = if settled.status.is_live() { self.caps.iter().map(said).collect() } else { Vec::new() };
        let reached = self.caps.iter().zip(&rooms).enumerate().filter_map(|(place, (met, said))| match said {
            Said::Reached(at) => Some((met.rank(*at), place)),
            Said::Room | Said::Grace => None,
        });
        let in_the_way = reached.min().map(|(_, place)| place);
        let (status, reason) = match in_the_way.map(|place| &self.caps[place]) {
            None => (settled.status, settled.reason),
            Some(met) => {
                let waits = met.on_reach == OnReach::Pending;
                let status = if waits { Status::Pending } else { Status::Rejected };
                (status, cap::reason(met.scope, met.period, met.metric))
            }
        };
        Again { case, settled, rooms, in_the_way, status, reason }
    }

    pub fn caps(&self) -> &[Met] {
        &self.caps
    }

    pub const fn kin(&self) -> &Kin {
        &self.kin
    }

    /// The coupon that the receipt names, of whatever state.
    pub const fn coupon(&self) -> Option<&coupon::Model> {
        self.coupon.as_ref()
    }

    /// What the rules say now.
    pub fn outcome(&self) -> Outcome {
        self.decide(Outcome::of)
    }
}

/// What a decision comes to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    pub status: Status,
    pub reason: Option<String>,
    pub offer: Option<Id<id::Offer>>,
    pub goal: Option<Id<id::Goal>>,
    pub partner: Option<Id<id::Partner>>,
    /// Who earns, and which part of the whole, times 10^8.
    pub shares: Vec<(Id<id::Partner>, i64)>,
    pub sale_minor: i64,
    pub payout_minor: i64,
    pub revenue_minor: i64,
    pub rule: Option<String>,
    pub earnings_version: Option<Id<id::PlanVersion>>,
}

impl Outcome {
    fn of(again: &Again<'_, '_>) -> Self {
        let finding = &again.settled.finding;
        let price = finding.price;
        let weights: Vec<i64> = finding.shares.iter().map(|share| share.1 as i64).collect();
        let parts = if price.is_some() { pay::split(Decimal8::ONE.raw(), &weights) } else { Vec::new() };
        let worth = price.filter(|_| again.status.is_live()).unwrap_or_default();
        Self {
            status: again.status,
            reason: again.reason.map(|reason| reason.code().to_owned()),
            offer: finding.terms.map(|terms| terms.offer.id),
            goal: finding.goal.map(|goal| goal.id),
            partner: finding.partner.map(|partner| partner.id),
            shares: finding.shares.iter().map(|share| share.0).zip(parts).collect(),
            sale_minor: finding.sale_minor,
            payout_minor: worth.earnings.minor,
            revenue_minor: worth.revenue.minor,
            rule: price.and_then(|price| price.earnings.rule).map(|rule| rule.to_string()),
            earnings_version: price.and_then(|price| price.earnings.version),
        }
    }

    /// What the records say was decided.
    pub fn told(row: &conversion::Model, first: &movement::Model, commissions: &[commission::Model]) -> Self {
        let by_rules = |it: &&commission::Model| matches!(it.kind, commission::Kind::Base | commission::Kind::Share);
        // What a person moved since is still the first partner's decision.
        let first_of =
            |partner: Id<id::Partner>| row.moved_from_id.filter(|_| row.partner_id == Some(partner)).unwrap_or(partner);
        Self {
            status: first.to_status,
            reason: first.reason.clone(),
            offer: row.offer_id,
            goal: row.goal_id,
            partner: row.partner_id.map(first_of),
            shares: commissions.iter().filter(by_rules).map(|it| (first_of(it.partner_id), it.share_e8)).collect(),
            sale_minor: first.sale_after_minor,
            payout_minor: first.payout_after_minor,
            revenue_minor: first.revenue_after_minor,
            rule: first.rule_id.clone(),
            earnings_version: first.plan_version_id,
        }
    }

    /// The fields in which two outcomes differ, with both values.
    pub fn differences(&self, again: &Self) -> Vec<(String, serde_json::Value, serde_json::Value)> {
        let fields = |it: &Self| serde_json::to_value(it).unwrap_or_default();
        let (then, now) = (fields(self), fields(again));
        let Some(then) = then.as_object() else { return Vec::new() };
        let differs = |(name, value): (&String, &serde_json::Value)| {
            (*value != now[name]).then(|| (name.clone(), value.clone(), now[name].clone()))
        };
        then.iter().filter_map(differs).collect()
    }
}
