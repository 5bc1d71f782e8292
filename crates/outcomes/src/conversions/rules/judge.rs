//! The verdict on a receipt that is no update: a straight list of refusals in a fixed order.
//!
//! Who it belongs to comes first, then the money, then the terms, so that a refused conversion still says as much of
//! itself as is known and a person can reinstate it at its price.

use std::sync::Arc;

use events::{ClickFacts, clicks::ViewFacts, record::Trust};
use kernel::{
    Currency, Id, Timestamp, id,
    reason::{ClickReason, ConversionReason as Reason},
};

use super::{
    amounts::{self, Scale},
    attribute::{self, Attributed, Evidence},
    claim::Claim,
    price::{self, Price},
    terms::Terms,
    window::{self, Window},
};
use crate::{
    advertisers::status_map::MappedState,
    attribution::rules::pay,
    conversions::{entity::customer, model::Status},
    coupons::rules::{self as coupons, CouponEvidence},
    currencies::rules::RateUsed,
    offers::{
        entity::goal::Model as Goal,
        terms::{AttributionStep, ConversionStart, GoalKind, TrafficRule},
    },
    partners::model::{Model as Partner, PartnerState},
    plans::rules::{Facts, PriceCase},
};

/// What became of the click a receipt names.
#[derive(Clone, Copy, Debug)]
pub enum ClickEvidence<'a> {
    None,
    /// Not one of our ids: unreadable, or its MAC is wrong.
    Forged,
    /// Ours, but there is no such click in this workspace.
    NotFound,
    Found(&'a ClickFacts),
    /// The receipt names none, but the visitor was seen with this one in the offer's window.
    Seen(&'a ClickFacts),
}

impl<'a> ClickEvidence<'a> {
    pub const fn facts(self) -> Option<&'a ClickFacts> {
        match self {
            Self::Found(facts) | Self::Seen(facts) => Some(facts),
            _ => None,
        }
    }

    /// The partner of the click that the receipt itself names.
    pub fn named_partner(self) -> Option<Id<id::Partner>> {
        match self {
            Self::Found(facts) => facts.partner,
            _ => None,
        }
    }
}

/// Everything the verdict is drawn from.
pub struct Case<'a> {
    pub claim: &'a Claim,
    /// The advertiser to whom the sender's token belongs.
    pub sender: Option<Id<id::Advertiser>>,
    pub trust: Trust,
    pub event_at: Timestamp,
    pub click: ClickEvidence<'a>,
    /// The last view of a visitor without a click.
    pub view: Option<&'a ViewFacts>,
    /// Valid clicks of the click's visitor on the offer until it, oldest first; empty where only the last is paid.
    pub journey: &'a [Arc<ClickFacts>],
    pub terms: Option<&'a Terms>,
    pub customer: Option<&'a customer::Model>,
    pub coupon: CouponEvidence<'a>,
    /// What turns the sender's currency into the offer's, where they differ and it is known.
    pub rate: Option<&'a RateUsed>,
    pub partner_of: &'a dyn Fn(Id<id::Partner>) -> Option<&'a Partner>,
    /// What the plans ask for beyond goal, partner and amount.
    pub facts_of: &'a dyn Fn(&Terms, &Goal, &Partner) -> Facts,
    /// What makes it a duplicate of a conversion that is known.
    pub duplicate: Option<Reason>,
}

/// What was found out before the walk ended.
#[derive(Clone, Debug, Default)]
pub struct Finding<'a> {
    /// The step that refused it.
    pub stopped_at: Option<&'static str>,
    /// The way that named the partner.
    pub attributed_by: Option<Attributed>,
    pub terms: Option<&'a Terms>,
    pub goal: Option<&'a Goal>,
    pub partner: Option<&'a Partner>,
    /// Who earns, with their weights, `partner` first.
    pub shares: Vec<(Id<id::Partner>, u64)>,
    pub currency: Option<Currency>,
    pub sale_minor: i64,
    pub price: Option<Price>,
    /// What it was priced by, beside goal, partner and amount.
    pub facts: Facts,
}

/// One look at a case. What it finds out goes into the finding.
pub struct Step {
    pub name: &'static str,
    judge: for<'a> fn(&Case<'a>, &mut Finding<'a>) -> Result<(), Reason>,
}

/// Every step in its order. One that is added here needs its words on the page of `explain`.
pub const STEPS: &[Step] = &[
    Step { name: "click", judge: click },
    Step { name: "offer", judge: offer },
    Step { name: "goal", judge: goal },
    Step { name: "attribution", judge: attribution },
    Step { name: "amount", judge: amount },
    Step { name: "price", judge: price },
    Step { name: "offer_open", judge: offer_open },
    Step { name: "partner", judge: partner },
    Step { name: "click_terms", judge: click_terms },
    Step { name: "traffic_type", judge: traffic_type },
    Step { name: "crediting", judge: crediting },
    Step { name: "window", judge: window },
    Step { name: "duplicate", judge: duplicate },
    Step { name: "items", judge: items },
];

/// Walks the list; the first refusal ends it.
pub fn judge<'a>(case: &Case<'a>) -> (Finding<'a>, Result<(), Reason>) {
    let mut finding = Finding::default();
    for step in STEPS {
        if let Err(reason) = (step.judge)(case, &mut finding) {
            finding.stopped_at = Some(step.name);
            return (finding, Err(reason));
        }
    }
    (finding, Ok(()))
}

fn click<'a>(case: &Case<'a>, _: &mut Finding<'a>) -> Result<(), Reason> {
    match case.click {
        ClickEvidence::Forged => Err(Reason::BadClickId),
        ClickEvidence::NotFound => Err(Reason::ClickNotFound),
        ClickEvidence::None | ClickEvidence::Found(_) | ClickEvidence::Seen(_) => Ok(()),
    }
}

fn offer<'a>(case: &Case<'a>, finding: &mut Finding<'a>) -> Result<(), Reason> {
    let terms = case.terms.ok_or(Reason::NoAttribution)?;
    let of_sender = case.sender.is_none_or(|sender| sender == terms.advertiser.id);
    if !of_sender || case.claim.offer.is_some_and(|offer| offer != terms.offer.id) {
        return Err(Reason::ClickOfferMismatch);
    }
    finding.terms = Some(terms);
    finding.currency = Some(terms.currency());
    Ok(())
}

fn goal<'a>(case: &Case<'a>, finding: &mut Finding<'a>) -> Result<(), Reason> {
    let terms = finding.terms.ok_or(Reason::NoAttribution)?;
    finding.goal = Some(terms.goal(case.claim.goal.as_deref()).ok_or(Reason::GoalUnknown)?);
    Ok(())
}

fn attribution<'a>(case: &Case<'a>, finding: &mut Finding<'a>) -> Result<(), Reason> {
    let terms = finding.terms.ok_or(Reason::NoAttribution)?;
    let evidence = evidence(case, terms);
    let steps = &terms.offer.attribution_order.0;
    let unknown = match case.coupon {
        CouponEvidence::NotAllowed => Reason::CouponNotAllowed,
        CouponEvidence::None | CouponEvidence::Of(_) => Reason::NoAttribution,
    };
    let (attributed_by, partner) = attribute::attribute(steps, &evidence, case.event_at).ok_or(unknown)?;
    finding.attributed_by = Some(attributed_by);
    let by_click = matches!(attributed_by, Attributed::By(AttributionStep::ClickId | AttributionStep::Journey));
    finding.shares = if by_click { shares(case, terms, partner) } else { vec![(partner, 1)] };
    let lead = finding.shares.first().map_or(partner, |share| share.0);
    finding.partner = Some((case.partner_of)(lead).ok_or(Reason::NoAttribution)?);
    Ok(())
}

/// Those of the journey who may earn, weighed as the offer pays. The click's own partner stands last in it.
fn shares(case: &Case<'_>, terms: &Terms, partner: Id<id::Partner>) -> Vec<(Id<id::Partner>, u64)> {
    let earns =
        |partner: &Id<id::Partner>| (case.partner_of)(*partner).is_some_and(|it| it.state == PartnerState::Active);
    let in_time = |click: &&Arc<ClickFacts>| {
        let days = terms.offer.click_to_conversion_max_days;
        Window { min_seconds: 0, max_days: days }.check(click.at, case.event_at).is_ok()
    };
    let clicks = case.journey.iter().filter(in_time);
    let mut touches: Vec<_> = clicks.filter_map(|click| click.partner).filter(earns).collect();
    if touches.last() != Some(&partner) {
        touches.push(partner);
    }
    pay::weights(&touches, terms.offer.pay_model, terms.offer.assist_percent)
}

/// What click, coupon and customer say. Codes and customers can be guessed, so they count only from a sender who speaks
/// for the advertiser.
fn evidence(case: &Case<'_>, terms: &Terms) -> Evidence {
    let is_trusted = speaks_for_advertiser(case.trust);
    let customer = case.customer.filter(|_| is_trusted).and_then(|row| Some((row.bound_partner_id?, row.bound_until)));
    let clicked = case.click.named_partner();
    let (click, coupon) = coupons::settle(terms.crediting.coupon_rule, clicked, coupon_partner(case));
    let journey = match case.click {
        ClickEvidence::Seen(facts) => facts.partner,
        _ => None,
    };
    let hours = terms.offer.view_to_conversion_hours;
    let credited =
        |view: &&ViewFacts| view.offer == Some(terms.offer.id) && window::credits_view(hours, view.at, case.event_at);
    let view = case.view.filter(credited).filter(|_| matches!(case.click, ClickEvidence::None));
    Evidence { click, coupon, customer, journey, view: view.and_then(|view| view.partner) }
}

fn coupon_partner(case: &Case<'_>) -> Option<Id<id::Partner>> {
    match case.coupon {
        CouponEvidence::Of(coupon) if speaks_for_advertiser(case.trust) => Some(coupon.partner_id),
        _ => None,
    }
}

/// The offer's rules for coupons of others and for customers it knows.
fn crediting<'a>(case: &Case<'a>, finding: &mut Finding<'a>) -> Result<(), Reason> {
    let (Some(terms), Some(goal), Some(partner)) = (finding.terms, finding.goal, finding.partner) else {
        return Ok(());
    };
    let clicked = case.click.named_partner();
    if coupons::are_at_odds(terms.crediting.coupon_rule, clicked, coupon_partner(case)) {
        return Err(Reason::CouponNotAllowed);
    }
    let began_at = case.click.facts().map_or(case.event_at, |click| click.at);
    let known = case.customer.filter(|_| goal.is_primary).map(|row| coupons::Known {
        first_seen_at: row.first_seen_at,
        bound: row.bound_partner_id.map(|partner| (partner, row.bound_until)),
    });
    coupons::may_earn(&terms.crediting, known, partner.id, (began_at, case.event_at))
}

fn amount<'a>(case: &Case<'a>, finding: &mut Finding<'a>) -> Result<(), Reason> {
    let terms = finding.terms.ok_or(Reason::NoAttribution)?;
    finding.sale_minor = amounts::sale_minor(case.claim.amount.as_deref(), scale(case, terms)?)?;
    Ok(())
}

fn price<'a>(case: &Case<'a>, finding: &mut Finding<'a>) -> Result<(), Reason> {
    let (Some(terms), Some(goal), Some(partner)) = (finding.terms, finding.goal, finding.partner) else {
        return Err(Reason::NoAttribution);
    };
    let facts = (case.facts_of)(terms, goal, partner);
    let mut priced = PriceCase { facts, ..PriceCase::plain(goal.id, partner.id, finding.sale_minor) };
    let price = price::price(terms, &mut priced, case.event_at);
    finding.facts = priced.facts;
    finding.price = Some(price?);
    Ok(())
}

fn offer_open<'a>(case: &Case<'a>, finding: &mut Finding<'a>) -> Result<(), Reason> {
    let click = case.click.facts();
    let began_at = click.map_or(case.event_at, |click| click.at);
    let click_reason = click.and_then(|click| click.reason);
    let was_closed = matches!(click_reason, Some(ClickReason::OfferPaused | ClickReason::OfferExpired));
    let takes = finding.terms.is_some_and(|terms| terms.takes(began_at));
    if was_closed || !takes { Err(Reason::OfferInactive) } else { Ok(()) }
}

fn partner<'a>(_: &Case<'a>, finding: &mut Finding<'a>) -> Result<(), Reason> {
    let active = finding.partner.is_some_and(|partner| partner.state == PartnerState::Active);
    if active { Ok(()) } else { Err(Reason::PartnerSuspended) }
}

/// Terms that sent the visitor away keep the click from earning.
fn click_terms<'a>(case: &Case<'a>, _: &mut Finding<'a>) -> Result<(), Reason> {
    match case.click.facts().and_then(|click| click.reason) {
        Some(ClickReason::PartnerSuspended) => Err(Reason::PartnerSuspended),
        Some(ClickReason::TrafficTypeForbidden) => Err(Reason::TrafficTypeForbidden),
        Some(ClickReason::NotEnrolled) => Err(Reason::NoAttribution),
        _ => Ok(()),
    }
}

fn traffic_type<'a>(case: &Case<'a>, finding: &mut Finding<'a>) -> Result<(), Reason> {
    let rules = finding.terms.map(|terms| &terms.offer.traffic_rules);
    let forbidden = |click: &ClickFacts| rules.is_some_and(|it| it.rule(&click.traffic_type) == TrafficRule::Forbidden);
    if case.click.facts().is_some_and(forbidden) { Err(Reason::TrafficTypeForbidden) } else { Ok(()) }
}

fn window<'a>(case: &Case<'a>, finding: &mut Finding<'a>) -> Result<(), Reason> {
    let (Some(click), Some(terms)) = (case.click.facts(), finding.terms) else { return Ok(()) };
    let window = Window {
        min_seconds: terms.offer.click_to_conversion_min_seconds,
        max_days: terms.offer.click_to_conversion_max_days,
    };
    window.check(click.at, case.event_at)
}

fn duplicate<'a>(case: &Case<'a>, _: &mut Finding<'a>) -> Result<(), Reason> {
    case.duplicate.map_or(Ok(()), Err)
}

/// How the sender's amounts are read.
pub fn scale(case: &Case<'_>, terms: &Terms) -> Result<Scale, Reason> {
    Scale::of(case.claim.currency, terms.currency(), case.rate.map(|used| used.rate))
}

fn items<'a>(case: &Case<'a>, finding: &mut Finding<'a>) -> Result<(), Reason> {
    let scale = scale(case, finding.terms.ok_or(Reason::NoAttribution)?)?;
    let texts = case.claim.items.iter().flat_map(|item| [Some(&item.net), item.tax.as_ref(), item.shipping.as_ref()]);
    texts.flatten().try_for_each(|text| amounts::item_minor(text, scale).map(drop))
}

/// Whether the sender may state times and states: a click id alone vouches for neither.
pub fn speaks_for_advertiser(trust: Trust) -> bool {
    trust >= Trust::Token
}

/// Where a good conversion starts: as its sender says, else as its offer says.
pub fn start_status(said: Option<MappedState>, start: ConversionStart) -> Status {
    match (said, start) {
        (Some(MappedState::Approved), _) | (None, ConversionStart::Approved) => Status::Approved,
        (Some(MappedState::Pending), _) | (None, ConversionStart::Pending) => Status::Pending,
        (Some(MappedState::Rejected | MappedState::Reversed), _) => Status::Rejected,
    }
}

/// Goals that a customer reaches once.
pub const fn is_once_per_customer(kind: GoalKind) -> bool {
    matches!(kind, GoalKind::Lead | GoalKind::Soi | GoalKind::Doi | GoalKind::Registration | GoalKind::Ftd)
}
