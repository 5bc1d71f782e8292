//! What the plans of an offer ask of a conversion beyond goal, partner and amount.

use kernel::Timestamp;

use super::{batch::Incoming, decide::Room};
use crate::{
    conversions::{
        counts,
        entity::customer,
        rules::{
            amounts::{self, Scale},
            claim::{Claim, Item as Line},
            terms::Terms,
        },
    },
    offers::entity::goal::Model as Goal,
    partners::model::Model as Partner,
    plans::rules::{CustomerKind, Facts, Item, LocalTime},
    platform::folding::fold,
};

impl Room {
    /// Only what a rule asks for is filled in, so that simple plans cost nothing and keep nothing.
    pub(super) fn facts(
        &self,
        one: &Incoming<'_>,
        claim: &Claim,
        customer: Option<&customer::Model>,
        (terms, goal, partner): (&Terms, &Goal, &Partner),
    ) -> Facts {
        let rate = self.rate_of_sender(claim, terms.currency(), one.event_at());
        let scale = Scale::of(claim.currency, terms.currency(), rate.map(|used| used.rate));
        let deducted_minor = scale.map_or(0, |scale| deducted(claim, scale));
        let sheet = self.sheet();
        let Some(needs) = sheet.counts.needs.get(&terms.offer.id).filter(|needs| !needs.is_nothing()) else {
            return Facts { deducted_minor, ..Facts::default() };
        };
        let facts = if needs.facts { self.own_facts(one, claim, customer, partner) } else { Facts::default() };
        let event_at = one.event_at();
        let met = counts::Met {
            offer: terms.offer.id,
            goal: goal.id,
            partner: partner.id,
            customer: customer.map(|customer| customer.id),
            event_at,
        };
        let (counts, paid) = sheet.counts.met(&met, &sheet.zone);
        let facts = Facts { deducted_minor, counts, paid, ..facts };
        if needs.history { self.with_history(facts, claim, &met) } else { facts }
    }

    fn own_facts(
        &self,
        one: &Incoming<'_>,
        claim: &Claim,
        customer: Option<&customer::Model>,
        partner: &Partner,
    ) -> Facts {
        let click = self.evidence(one).facts();
        let of_click = |field: fn(&events::ClickFacts) -> &String| click.map(field).cloned().unwrap_or_default();
        let subs = click.iter().flat_map(|click| click.subs.iter().zip(1_u8..));
        let subs = subs.filter(|(sub, _)| !sub.is_empty()).map(|(sub, number)| (number, sub.clone()));
        let view_type = || one.view.as_ref().map(|view| view.traffic_type.clone());
        let traffic_type = click.map(|click| click.traffic_type.clone()).or_else(view_type);
        let known = claim.customer_id.as_ref().map(|_| match customer {
            Some(customer) if customer.conversions_count > 0 => CustomerKind::Returning,
            _ => CustomerKind::New,
        });
        let item = |line: &Line| Item { sku: line.sku.clone(), category: line.category.clone() };
        Facts {
            group: partner.partner_group.clone(),
            tags: partner.tags.0.clone(),
            country: of_click(|click| &click.country),
            device: of_click(|click| &click.device),
            traffic_type: traffic_type.unwrap_or_default(),
            subs: subs.collect(),
            source: of_click(|click| &click.source_id),
            coupon: claim.coupon.as_deref().map(fold),
            customer: known,
            items: claim.items.iter().map(item).collect(),
            local: Some(self.local(one.event_at())),
            ..Facts::default()
        }
    }

    fn with_history(&self, facts: Facts, claim: &Claim, met: &counts::Met) -> Facts {
        let (first_at, before) = self.sheet().counts.history(met);
        let is_known = claim.customer_id.is_some();
        Facts {
            nth_order: is_known.then_some(before + 1),
            customer_since: first_at.map(|at| self.local(at)),
            local: Some(self.local(met.event_at)),
            ..facts
        }
    }

    fn local(&self, at: Timestamp) -> LocalTime {
        LocalTime::of(at, &self.sheet().zone)
    }
}

/// Tax and shipping within the order's value, as its lines tell them. An order that is worth no more than its lines' net
/// values was reported net.
fn deducted(claim: &Claim, scale: Scale) -> i64 {
    let minor = |text: Option<&String>| text.and_then(|text| amounts::item_minor(text, scale).ok()).unwrap_or(0);
    let sum =
        |part: fn(&Line) -> Option<&String>| claim.items.iter().map(|line| i128::from(minor(part(line)))).sum::<i128>();
    if claim.items.is_empty() {
        return 0;
    }
    let sale = amounts::sale_minor(claim.amount.as_deref(), scale).unwrap_or(0);
    let charges = sum(|line| line.tax.as_ref()) + sum(|line| line.shipping.as_ref());
    let above_net = i128::from(sale) - sum(|line| Some(&line.net));
    above_net.clamp(0, charges.max(0)).try_into().unwrap_or(sale)
}
