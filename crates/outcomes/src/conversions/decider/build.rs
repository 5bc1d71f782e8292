//! A new conversion, accepted or refused by a rule, from a receipt and what was found out about it.

use std::sync::Arc;

use events::ClickFacts;
use kernel::{Currency, Decimal8, Id, Timestamp, id, reason::ConversionReason as Reason};
use sea_orm::prelude::Uuid;
use serde_json::json;

use super::{
    answer,
    batch::{Click, Incoming},
    decide::{Room, Verdict},
};
use crate::{
    attribution::rules::pay,
    caps::rules::room::Met,
    conversions::{
        Action, Mover, Status,
        entity::{self, commission, conversion, customer, item, trace_terms},
        model::ActorKind,
        moves::{Holding, Order},
        rates::{RatesUsed, Said},
        rules::{
            amounts::{self, Scale},
            attribute::Attributed,
            claim::{Claim, Item},
            judge::{self, Case, ClickEvidence, Finding},
            known::{self, Kin},
            settle::{self, Settled},
            window::Window,
        },
        trace::{self, Seen, SeenTerms},
    },
};
use crate::{
    coupons::{self, rules::CouponEvidence},
    currencies::rules::RateUsed,
    offers::{clocks::Clocks, terms::AttributionStep},
    platform::folding::fold,
};

impl Room {
    /// Judges a receipt that is no update and takes the conversion in, refused ones too.
    pub(super) fn receive(
        &mut self,
        one: &Incoming<'_>,
        claim: &Claim,
        kin: Kin,
        duplicate: Option<Reason>,
    ) -> Verdict {
        let event_at = one.event_at();
        let terms_id = self.keep_terms(one);
        let terms = self.terms_of(one);
        let customer = terms.and_then(|terms| self.customer_of(terms.advertiser.id, claim)).cloned();
        let coupon = terms.and_then(|terms| self.coupon_of(terms.advertiser.id, claim));
        let rate = terms.and_then(|terms| self.rate_of_sender(claim, terms.currency(), event_at));
        let case = Case {
            claim,
            sender: one.receipt.advertiser,
            trust: one.receipt.trust,
            event_at,
            click: self.evidence(one),
            view: one.view.as_ref(),
            journey: self.journey(one),
            terms,
            customer: customer.as_ref(),
            coupon: terms
                .map_or(CouponEvidence::None, |terms| coupons::rules::evidence(coupon, terms.offer.id, event_at)),
            rate: rate.as_ref(),
            partner_of: &|partner| self.partners.get(&partner),
            facts_of: &|terms, goal, partner| self.facts(one, claim, customer.as_ref(), (terms, goal, partner)),
            duplicate,
        };
        let mut seen = Seen::of(&case, coupon, kin);
        let Settled { finding, refused, status, reason, .. } = settle::settle(&case);
        let scale = finding.terms.and_then(|terms| judge::scale(&case, terms).ok());
        let items = scale.map(|scale| self.items_of(one, claim, scale)).unwrap_or_default();
        let mut holding = self.holding(one, claim, &finding, (status, reason, event_at));
        let customer_key = finding.terms.map(|terms| terms.advertiser.id).zip(claim.customer_id.clone());
        let once = finding.goal.is_some_and(|goal| judge::is_once_per_customer(goal.kind));
        let binds = finding.terms.and_then(|terms| coupons::rules::bound_until(&terms.crediting, event_at));
        let used = finding.terms.map(|terms| terms.advertiser.id).filter(|_| duplicate.is_none());
        let clicked = self.evidence(one).named_partner();
        seen.facts = finding.facts.clone();
        if !seen.facts.is_empty() {
            self.sheet_mut().priced_by.insert(one.receipt.conversion_id, seen.facts.clone());
        }
        seen.caps = self.find_room(&mut holding);
        self.keep_trace(holding.conversion.id, &seen, terms_id);
        if let Some(advertiser) = used {
            self.note_use(advertiser, claim, clicked, event_at);
        }
        let (status, reason) = (holding.conversion.status, holding.conversion.reason());
        let refused = refused.or(reason.filter(|reason| reason.is_cap() && status == Status::Rejected));
        let greeting = customer_key.map(|key| Greeting { key, once, binds });
        self.take_in(one, claim, holding, refused.is_none(), greeting);
        if refused.is_none() {
            self.items.extend(items);
        }
        Verdict {
            http_status: 200,
            conversion: Some(one.receipt.conversion_id),
            status: status.code(),
            reason: reason.map(Reason::code),
            message: refused.map_or("taken", answer::words).to_owned(),
        }
    }

    /// Rejects a good conversion, or has it wait, where a cap has no room for it; answers the caps it met.
    fn find_room(&mut self, holding: &mut Holding) -> Vec<Met> {
        let row = &holding.conversion;
        if !row.status.is_live() {
            return Vec::new();
        }
        let at = row.created_at;
        let (in_the_way, met) = self.sheet_mut().caps_of(holding, at);
        let Some(in_the_way) = in_the_way else { return met };
        let status = if in_the_way.may_wait { Status::Pending } else { Status::Rejected };
        let row = &mut holding.conversion;
        row.status = status;
        row.reason = Some(in_the_way.reason.code().to_owned());
        row.decided_at = (status != Status::Pending).then_some(at);
        holding.commissions.iter_mut().for_each(|commission| commission.status = status);
        met
    }

    /// What turns the sender's currency into the offer's, where they differ.
    pub(super) fn rate_of_sender(&self, claim: &Claim, of_offer: Currency, event_at: Timestamp) -> Option<RateUsed> {
        let said = claim.currency.filter(|said| *said != of_offer)?;
        self.sheet().rate(said, of_offer, event_at)
    }

    /// What the sender stated in another currency, as it is kept with the conversion.
    fn said(&self, claim: &Claim, of_offer: Currency, event_at: Timestamp) -> Option<Said> {
        let used = self.rate_of_sender(claim, of_offer, event_at)?;
        Some(Said { amount: claim.amount.clone(), currency: claim.currency?, used })
    }

    /// Keeps the terms under which a receipt is decided, once for all of the batch; answers by what they are found.
    fn keep_terms(&mut self, one: &Incoming<'_>) -> Option<Uuid> {
        let terms = self.terms_of(one)?;
        let offer = terms.offer.id;
        if let Some(kept) = self.seen_terms.get(&offer) {
            return Some(kept.id);
        }
        let (workspace_id, created_at) = (self.tenant.id(), self.ambient.now());
        let (id, body) = SeenTerms::of(terms).kept(workspace_id);
        let row = trace_terms::Model { id, workspace_id, format: trace::FORMAT, body, created_at };
        self.seen_terms.insert(offer, row);
        Some(id)
    }

    /// Keeps what the conversion was decided from.
    fn keep_trace(&mut self, conversion_id: Id<id::Conversion>, seen: &Seen, terms_id: Option<Uuid>) {
        let workspace_id = self.tenant.id();
        let body = serde_json::to_string(seen).expect("a trace is plain data");
        self.traces.push(entity::trace::Model { conversion_id, workspace_id, terms_id, format: trace::FORMAT, body });
    }

    pub(super) fn evidence<'a>(&self, one: &'a Incoming<'_>) -> ClickEvidence<'a> {
        match &one.click {
            Click::None => ClickEvidence::None,
            Click::Forged => ClickEvidence::Forged,
            Click::Found(click) if click.workspace == self.tenant.id() => ClickEvidence::Found(click),
            Click::Missing | Click::Found(_) => ClickEvidence::NotFound,
            Click::Seen(click) => {
                let terms = self.terms_of(one).filter(|terms| click.offer == Some(terms.offer.id));
                let max_days = terms.map(|terms| terms.offer.click_to_conversion_max_days);
                let in_time = |max_days| Window { min_seconds: 0, max_days }.check(click.at, one.event_at()).is_ok();
                if max_days.is_some_and(in_time) { ClickEvidence::Seen(click) } else { ClickEvidence::None }
            }
        }
    }

    /// What the conversion takes over of click or view: a click that the visitor was only seen with, if it was credited.
    fn source_of<'a>(&self, one: &'a Incoming<'_>, finding: &Finding<'_>) -> Source<'a> {
        let by_journey = finding.attributed_by == Some(Attributed::By(AttributionStep::Journey));
        let click = match self.evidence(one) {
            ClickEvidence::Found(click) => Some(click),
            ClickEvidence::Seen(click) => by_journey.then_some(click),
            _ => None,
        };
        let view = one.view.as_ref().filter(|_| finding.attributed_by == Some(Attributed::ByView));
        let traffic = click.map(|click| &click.traffic_type).or(view.map(|view| &view.traffic_type));
        Source {
            click,
            link_id: click.and_then(|click| click.link).or(view.and_then(|view| view.link)),
            traffic_type: traffic.cloned().unwrap_or_default(),
        }
    }

    fn journey(&self, one: &Incoming<'_>) -> &[Arc<ClickFacts>] {
        let click = self.evidence(one).facts();
        click.and_then(|click| self.journeys.get(&click.click_id)).map_or(&[], Vec::as_slice)
    }

    fn holding(&self, one: &Incoming<'_>, claim: &Claim, finding: &Finding<'_>, fate: Fate) -> Holding {
        let (status, reason, event_at) = fate;
        let at = one.receipt.arrived_at;
        let Source { click, link_id, traffic_type } = self.source_of(one, finding);
        let (terms, goal, partner) = (finding.terms, finding.goal, finding.partner);
        let price = finding.price.unwrap_or_default();
        let currency = finding.currency.unwrap_or(self.sheet().reporting);
        let conversion = conversion::Model {
            id: one.receipt.conversion_id,
            workspace_id: self.tenant.id(),
            receipt_id: one.receipt.receipt_id,
            advertiser_id: terms.map(|terms| terms.advertiser.id).or(one.receipt.advertiser),
            offer_id: terms.map(|terms| terms.offer.id),
            goal_id: goal.map(|goal| goal.id),
            partner_id: partner.map(|partner| partner.id),
            attributed_by: finding.attributed_by.map(|it| it.code().to_owned()),
            link_id,
            landing_id: click.and_then(|click| click.landing),
            manager_id: partner.and_then(|partner| partner.manager_id),
            click_id: click.map(|click| click.click_id),
            customer_id: None,
            order_key: None,
            click_goal_key: None,
            customer_goal_key: None,
            plan_version_id: price.revenue.version,
            goal_kind: goal.map_or_else(String::new, |goal| text_of(&goal.kind)),
            partner_group: partner.and_then(|partner| partner.partner_group.clone()).unwrap_or_default(),
            vertical: terms.map_or_else(String::new, |terms| terms.offer.vertical.clone()),
            traffic_type,
            order_id: claim.order_id.clone(),
            coupon: claim.coupon.clone(),
            advertiser_words: claim.status.clone(),
            is_primary: goal.is_none_or(|goal| goal.is_primary),
            is_new_customer: false,
            door: one.receipt.door.code().to_owned(),
            trust: self.rung(one).code().to_owned(),
            status,
            status_before: None,
            reason: reason.map(|reason| reason.code().to_owned()),
            currency: currency.code().to_owned(),
            reporting_currency: self.sheet().reporting.code().to_owned(),
            rate_e8: 0,
            sale_minor: finding.sale_minor,
            refund_minor: 0,
            revenue_full_minor: price.revenue.minor,
            revenue_minor: 0,
            payout_minor: 0,
            reporting_sale_minor: None,
            reporting_revenue_minor: None,
            reporting_payout_minor: None,
            event_at,
            created_at: at,
            updated_at: at,
            click_at: click.map(|click| click.at),
            validation_until: None,
            lock_at: None,
            frozen_at: None,
            rates: RatesUsed { said: self.said(claim, currency, event_at), reporting: None },
            clocks: Clocks::default(),
            moved_from_id: None,
            decided_at: (status != Status::Pending).then_some(at),
            locked_at: None,
            paid_at: None,
            click_dims: click.map_or_else(|| json!({}), dims_of),
            adv: json!(claim.adv),
        };
        Holding { commissions: self.commissions(&conversion, finding), conversion }
    }

    /// What each partner earns, the one who is credited first, where the sale could be priced. Their ids are in the same
    /// order, as commissions are read again by id.
    fn commissions(&self, conversion: &conversion::Model, finding: &Finding<'_>) -> Vec<commission::Model> {
        let Some(price) = finding.price else { return Vec::new() };
        let weights: Vec<i64> = finding.shares.iter().map(|share| share.1 as i64).collect();
        let parts = pay::split(Decimal8::ONE.raw(), &weights);
        let amounts = pay::split(price.earnings.minor, &weights);
        let mut ids: Vec<Id<id::Commission>> =
            weights.iter().map(|_| self.ambient.new_id_at(conversion.created_at)).collect();
        ids.sort_unstable();
        let places = ids.into_iter().zip(parts).zip(amounts).enumerate();
        places
            .zip(&finding.shares)
            .map(|((place, ((id, share_e8), full_minor)), (partner_id, _))| commission::Model {
                id,
                workspace_id: self.tenant.id(),
                conversion_id: conversion.id,
                partner_id: *partner_id,
                manager_id: self.partners.get(partner_id).and_then(|partner| partner.manager_id),
                partner_group: self
                    .partners
                    .get(partner_id)
                    .and_then(|it| it.partner_group.clone())
                    .unwrap_or_default(),
                kind: if place == 0 { commission::Kind::Base } else { commission::Kind::Share },
                share_e8,
                rule_id: price.earnings.rule.map(|rule| rule.to_string()),
                plan_version_id: price.earnings.version,
                currency: conversion.currency.clone(),
                full_minor,
                amount_minor: 0,
                status: conversion.status,
                payout_id: None,
                created_at: conversion.created_at,
            })
            .collect()
    }

    /// Gives an accepted conversion its keys and its customer, and puts it on the worksheet.
    fn take_in(
        &mut self,
        one: &Incoming<'_>,
        claim: &Claim,
        mut holding: Holding,
        accepted: bool,
        greeting: Option<Greeting>,
    ) {
        let row = &mut holding.conversion;
        if let (true, Some(advertiser), Some(goal)) = (accepted, row.advertiser_id, row.goal_id) {
            row.order_key = claim.order_id.as_deref().map(|order| known::order_key(advertiser, goal, order));
            let many = self.terms_of(one).is_some_and(|terms| terms.offer.many_per_click);
            let repeated = one.click_of_repeats().map(|click| click.click_id);
            let once = row.click_id.filter(|click| !many && Some(*click) == repeated);
            row.click_goal_key = once.map(|click| known::click_goal_key(click, goal));
            if let Some(greeting) = greeting {
                let once = greeting.once;
                let (customer, is_new) = self.greet(greeting, row.partner_id, row.event_at);
                (row.customer_id, row.is_new_customer) = (Some(customer), is_new);
                row.customer_goal_key = once.then(|| known::customer_goal_key(customer, goal));
            }
            self.remember(&holding.conversion);
        }
        let order = Order {
            action: Action::Receive,
            amount_minor: None,
            reason: holding.conversion.reason(),
            words: claim.status.clone(),
            mover: Mover { kind: ActorKind::Receipt, id: Some(one.receipt.receipt_id.uuid()) },
            at: one.receipt.arrived_at,
        };
        self.sheet_mut().receive(holding, &order);
    }

    /// Counts a customer's conversion; says whether it is the first.
    fn greet(
        &mut self,
        Greeting { key, binds, .. }: Greeting,
        partner: Option<Id<id::Partner>>,
        at: Timestamp,
    ) -> (Id<id::Customer>, bool) {
        let (workspace_id, id) = (self.tenant.id(), self.ambient.new_id_at(at));
        let row = self.customers.entry(key.clone()).or_insert_with(|| customer::Model {
            id,
            workspace_id,
            advertiser_id: key.0,
            external_id: key.1.clone(),
            first_seen_at: at,
            conversions_count: 0,
            bound_partner_id: None,
            bound_until: None,
        });
        row.conversions_count += 1;
        let is_free = row.bound_partner_id.is_none() || row.bound_until.is_some_and(|until| until <= at);
        if let (true, Some(until), Some(partner)) = (is_free, binds, partner) {
            (row.bound_partner_id, row.bound_until) = (Some(partner), until);
        }
        let known = (row.id, row.conversions_count == 1);
        if !self.changed_customers.contains(&key) {
            self.changed_customers.push(key);
        }
        known
    }

    /// Counts a use of a known code; one with another partner's click was found where it should not be.
    fn note_use(
        &mut self,
        advertiser: Id<id::Advertiser>,
        claim: &Claim,
        clicked: Option<Id<id::Partner>>,
        at: Timestamp,
    ) {
        let Some(code) = claim.coupon.as_deref() else { return };
        let key = (advertiser, fold(code));
        let Some(row) = self.coupons.get_mut(&key) else { return };
        row.uses_count += 1;
        row.elsewhere_count += i64::from(clicked.is_some_and(|partner| partner != row.partner_id));
        row.last_used_at = row.last_used_at.max(Some(at));
        self.used_coupons.insert(key);
    }

    /// The lines of the order; read only where the rules could read all of them.
    fn items_of(&self, one: &Incoming<'_>, claim: &Claim, scale: Scale) -> Vec<item::Model> {
        let rows = claim.items.iter().enumerate().map(|(position, line)| self.item(one, line, position, scale));
        rows.collect::<Result<_, _>>().unwrap_or_default()
    }

    fn item(&self, one: &Incoming<'_>, line: &Item, position: usize, scale: Scale) -> Result<item::Model, Reason> {
        let minor = |text: Option<&String>| text.map_or(Ok(0), |text| amounts::item_minor(text, scale));
        Ok(item::Model {
            id: self.ambient.new_id(),
            workspace_id: self.tenant.id(),
            conversion_id: one.receipt.conversion_id,
            position: position as i32,
            sku: line.sku.clone(),
            category: line.category.clone(),
            net_minor: minor(Some(&line.net))?,
            tax_minor: minor(line.tax.as_ref())?,
            shipping_minor: minor(line.shipping.as_ref())?,
        })
    }
}

/// Where it starts, why, and when it happened.
type Fate = (Status, Option<Reason>, Timestamp);

/// What led to a conversion.
struct Source<'a> {
    click: Option<&'a ClickFacts>,
    link_id: Option<Id<id::Link>>,
    traffic_type: String,
}

/// A customer of an accepted conversion.
struct Greeting {
    key: (Id<id::Advertiser>, String),
    /// The goal is reached once by a customer.
    once: bool,
    /// Until when it stays with the partner, where the offer binds customers.
    binds: Option<Option<Timestamp>>,
}

/// The word under which an enumeration is stored.
pub(in crate::conversions) fn text_of(kind: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

pub(in crate::conversions) fn dims_of(click: &events::ClickFacts) -> serde_json::Value {
    json!({"country": click.country, "device": click.device, "subs": click.subs, "source_id": click.source_id})
}
