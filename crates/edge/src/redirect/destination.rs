//! The address a visitor is sent to: the template filled, then click id, UTM and passed parameters appended.
//!
//! Order of what is appended: click id under the offer's name (unless a macro carries it), on a prelanding what leads on
//! from it, UTM, sub ids and extra parameters. Nothing from outside may repeat a name that the address already has.

use std::borrow::Cow;

use events::record::Destination;

use super::{
    VisitDoor,
    chain::{self, NEXT_PARAMETER},
    decision::{Decision, Visit},
};
use crate::{
    routes::{OfferRoute, OfferSlot},
    template::{Macro, MacroValues, UrlTemplate, encode},
};

/// Longest address that is sent; parameters that would exceed it are left out.
const MAX_LOCATION_BYTES: usize = 6_144;

/// What the macros of a click stand for. `click_id` is empty while the click is not stored.
pub struct ClickValues<'a> {
    pub visit: &'a Visit<'a>,
    pub decision: &'a Decision<'a>,
    pub click_id: &'a str,
}

impl MacroValues for ClickValues<'_> {
    fn value(&self, name: Macro) -> Cow<'_, str> {
        let (visit, found) = (self.visit, self.decision.found.as_ref());
        let text = |text: Option<String>| Cow::Owned(text.unwrap_or_default());
        match name {
            Macro::ClickId => Cow::Borrowed(self.click_id),
            Macro::Sub(index) => Cow::Borrowed(&*visit.params.subs[usize::from(index)]),
            Macro::SourceId => Cow::Borrowed(&*visit.params.source_id),
            Macro::OfferId => text(found.map(|found| found.offer.offer_id.to_string())),
            Macro::PartnerId => text(found.map(|found| found.partner.partner_id.to_string())),
            Macro::LinkId => text(found.and_then(|found| found.link.id()).map(|id| id.to_string())),
            Macro::CreativeId => text(found.and_then(|found| found.link.creative_id).map(|id| id.to_string())),
            Macro::LandingId => text(self.decision.landing_id().map(|id| id.to_string())),
            Macro::Country => Cow::Borrowed(visit.facts.place.country_code()),
            Macro::Device => Cow::Borrowed(visit.facts.agent.device),
            Macro::Os => Cow::Borrowed(&visit.facts.agent.os),
            Macro::Browser => Cow::Borrowed(&visit.facts.agent.browser),
            Macro::Timestamp => text(Some((visit.at.millis() / 1_000).to_string())),
            Macro::Reason => Cow::Borrowed(self.decision.judgement.reason.map_or("", |reason| reason.code())),
            Macro::City => Cow::Borrowed(visit.places.city(visit.facts.ip)),
            Macro::Goal
            | Macro::Amount
            | Macro::Payout
            | Macro::Currency
            | Macro::OrderId
            | Macro::Status
            | Macro::ConversionId => Cow::Borrowed(""),
        }
    }
}

/// The whole address.
pub fn location(template: &UrlTemplate, values: &ClickValues<'_>) -> String {
    let mut url = String::with_capacity(256);
    template.base.fill(&mut url, values);
    if values.decision.destination == Destination::Landing
        && let Some(found) = &values.decision.found
        && let Some(route) = &found.offer.route
    {
        let mut query = Query { url: &mut url, open: template.has_query };
        append_all(&mut query, template, values, found.offer, route);
    }
    template.fill_fragment(&mut url, values);
    url
}

fn append_all(
    query: &mut Query<'_>,
    template: &UrlTemplate,
    values: &ClickValues<'_>,
    offer: &OfferSlot,
    route: &OfferRoute,
) {
    let carried = template.holds(Macro::ClickId) || offer.utm.as_ref().is_some_and(|utm| utm.holds(Macro::ClickId));
    if !carried {
        query.pair(&route.click_parameter, values.click_id);
    }
    let leads_on = values.visit.door != VisitDoor::Onward;
    if let Some(token) = leads_on.then(|| chain::token(values.decision, values.click_id)).flatten() {
        query.pair(NEXT_PARAMETER, &token);
    }
    if let Some(utm) = offer.utm.as_ref().filter(|utm| !utm.is_empty()) {
        query.separator();
        utm.fill(query.url, values);
    }
    if route.passes_extra_parameters {
        append_passed(query, template, values, &route.click_parameter);
    }
}

fn append_passed(query: &mut Query<'_>, template: &UrlTemplate, values: &ClickValues<'_>, click_parameter: &str) {
    const SUB_NAMES: [&str; 10] = ["sub1", "sub2", "sub3", "sub4", "sub5", "sub6", "sub7", "sub8", "sub9", "sub10"];
    let params = values.visit.params;
    let subs = SUB_NAMES.into_iter().zip(params.subs_given());
    let extras = params.extras.iter().map(|(name, value)| (&**name, &**value));
    let all = subs.chain([("source_id", &*params.source_id)]).filter(|(_, value)| !value.is_empty()).chain(extras);
    for (name, value) in all {
        let ours = name == click_parameter || name == NEXT_PARAMETER;
        let taken = ours || template.own_parameters.iter().any(|own| own == name);
        if !taken {
            query.pair(name, value);
        }
    }
}

struct Query<'a> {
    url: &'a mut String,
    open: bool,
}

impl Query<'_> {
    fn separator(&mut self) {
        if !self.open {
            self.url.push('?');
        } else if !self.url.ends_with(['?', '&']) {
            self.url.push('&');
        }
        self.open = true;
    }

    fn pair(&mut self, name: &str, value: &str) {
        if self.url.len() + 3 * (name.len() + value.len()) > MAX_LOCATION_BYTES {
            return;
        }
        self.separator();
        encode(self.url, name);
        self.url.push('=');
        encode(self.url, value);
    }
}
