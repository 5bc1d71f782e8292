//! The named list of steps that judge a click. Each looks at the visit and names a reason, or nothing.
//!
//! A reason of terms ([`ClickReason::takes_fallback`]) sends the visitor down the fallback chain and outranks a mark; a
//! mark only takes the click out of the unique count. All steps run, so that the record names every one that spoke.
//! Duplicates are no step: the shipper judges them by event time.
//!
//! *Caps* come last among the steps of terms: they count only what all others let through. The choice of a smart link
//! ([`smart`](super::smart)) comes before all of them, since it picks the link that they judge, and asks them of each of its
//! members first. A place is kept for a later step: *fraud pre-score* last, when all facts are known. The bit of a step in a record is its place in [`STEPS`]: add at the end of the list
//! of bits, never in between.

use events::record::ClickKind;
use kernel::reason::ClickReason;

use super::{
    decision::{Visit, VisitDoor},
    sieve::AgentVerdict,
};
use crate::{
    routes::{CapSlot, CapTraffic, Found, OfferState, PartnerState, TrafficRule, WhenFull},
    targeting,
};

pub struct Step {
    pub name: &'static str,
    /// Bit in the record's `steps`; stable for ever.
    pub bit: u8,
    pub judge: fn(&Visit<'_>, &Found<'_>) -> Option<ClickReason>,
}

pub const STEPS: &[Step] = &[
    Step { name: "bot", bit: 0, judge: bot },
    Step { name: "prefetch", bit: 1, judge: prefetch },
    Step { name: "partner", bit: 2, judge: partner },
    Step { name: "offer", bit: OFFER_BIT, judge: offer },
    Step { name: "enrollment", bit: 4, judge: enrollment },
    Step { name: "traffic_type", bit: 5, judge: traffic_type },
    Step { name: "targeting", bit: 6, judge: targeting },
    Step { name: "cap", bit: CAP_BIT, judge: cap },
];

/// Up to here steps ask whether traffic goes on at all; those behind judge the visit.
const OFFER_BIT: u8 = 3;

/// Bit of the caps: what all other steps let through takes room in them.
pub const CAP_BIT: u8 = 7;

/// Bit of a click on no link of this tenant.
pub const UNKNOWN_LINK_BIT: u8 = 63;

/// What the steps found: the reason that counts, whether it sends the visitor away, and a bit per step that spoke.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    pub reason: Option<ClickReason>,
    pub steps: u64,
    /// Every cap in the way asks for a plain page instead of the fallback chain.
    pub is_plain: bool,
}

impl Judgement {
    pub fn unknown_link() -> Self {
        Self { reason: Some(ClickReason::UnknownLink), steps: 1 << UNKNOWN_LINK_BIT, is_plain: false }
    }

    pub fn refuses(self) -> bool {
        self.reason.is_some_and(ClickReason::takes_fallback)
    }

    pub(crate) fn hear(&mut self, bit: u8, reason: ClickReason) {
        self.steps |= 1 << bit;
        let outranks = !self.refuses() && reason.takes_fallback();
        if self.reason.is_none() || outranks {
            self.reason = Some(reason);
        }
    }
}

pub fn judge(visit: &Visit<'_>, found: &Found<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for step in STEPS {
        if let Some(reason) = (step.judge)(visit, found) {
            judgement.hear(step.bit, reason);
        }
    }
    if judgement.reason.is_none() && !take_room(visit, found) {
        judgement.hear(CAP_BIT, ClickReason::CapReached);
    }
    judgement.is_plain = judgement.reason == Some(ClickReason::CapReached) && is_refused_plainly(visit, found);
    judgement
}

/// Whether no step of terms sends the visitor away. Takes no room.
pub fn let_through(visit: &Visit<'_>, found: &Found<'_>) -> bool {
    STEPS.iter().all(|step| (step.judge)(visit, found).is_none_or(|reason| !reason.takes_fallback()))
}

/// Of a visitor who goes on from a prelanding: the visit was judged with its click, and what has ended since is in the way.
pub fn judge_onward(visit: &Visit<'_>, found: &Found<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for step in STEPS.iter().filter(|step| step.bit <= OFFER_BIT) {
        if let Some(reason) = (step.judge)(visit, found) {
            judgement.hear(step.bit, reason);
        }
    }
    judgement
}

fn bot(visit: &Visit<'_>, _: &Found<'_>) -> Option<ClickReason> {
    (visit.facts.agent.verdict == AgentVerdict::Bot).then_some(ClickReason::Bot)
}

fn prefetch(visit: &Visit<'_>, _: &Found<'_>) -> Option<ClickReason> {
    visit.facts.request.is_prefetch().then_some(ClickReason::Prefetch)
}

fn partner(_: &Visit<'_>, found: &Found<'_>) -> Option<ClickReason> {
    let active = found.partner.route.as_ref().is_some_and(|route| route.state == PartnerState::Active);
    (!active).then_some(ClickReason::PartnerSuspended)
}

fn offer(visit: &Visit<'_>, found: &Found<'_>) -> Option<ClickReason> {
    let state = found.offer.route.as_ref().map_or(OfferState::Paused, |route| route.state);
    if state == OfferState::Expired || found.offer.has_ended(visit.at) {
        return Some(ClickReason::OfferExpired);
    }
    let open = state == OfferState::Active && found.offer.has_started(visit.at) && !found.offer.landings.is_empty();
    (!open).then_some(ClickReason::OfferPaused)
}

fn enrollment(_: &Visit<'_>, found: &Found<'_>) -> Option<ClickReason> {
    let open = found.enrollment().is_some_and(|enrollment| enrollment.state.lets_traffic_through());
    (!open).then_some(ClickReason::NotEnrolled)
}

fn traffic_type(_: &Visit<'_>, found: &Found<'_>) -> Option<ClickReason> {
    let declared = &*found.link.traffic_type;
    let approved = || {
        let enrollment = found.enrollment();
        enrollment.is_some_and(|held| held.approved_traffic_types.iter().any(|approved| approved == declared))
    };
    let allowed = match found.offer.traffic_rule(declared) {
        TrafficRule::Allowed => true,
        TrafficRule::ByApproval => approved(),
        TrafficRule::Forbidden => false,
    };
    (!allowed).then_some(ClickReason::TrafficTypeForbidden)
}

fn targeting(visit: &Visit<'_>, found: &Found<'_>) -> Option<ClickReason> {
    let spoken = targeting::judge(visit, found)?;
    visit.condition.set(Some(spoken.mark));
    Some(spoken.reason)
}

fn cap(visit: &Visit<'_>, found: &Found<'_>) -> Option<ClickReason> {
    full_caps(visit, found).next().map(|_| ClickReason::CapReached)
}

/// Caps that mean this visit.
fn caps<'a>(visit: &'a Visit<'_>, found: &'a Found<'_>) -> impl Iterator<Item = &'a CapSlot> {
    let country = visit.facts.place.country_code();
    let of_door = |slot: &&CapSlot| match slot.route.counts {
        CapTraffic::Clicks | CapTraffic::Elsewhere => visit.door != VisitDoor::View,
        CapTraffic::Views => visit.door == VisitDoor::View,
    };
    visit.table.caps_on(found).filter(of_door).filter(move |slot| slot.means(found, &visit.params.source_id, country))
}

fn full_caps<'a>(visit: &'a Visit<'_>, found: &'a Found<'_>) -> impl Iterator<Item = &'a CapSlot> {
    caps(visit, found).filter(|slot| slot.is_full(visit.at))
}

fn is_refused_plainly(visit: &Visit<'_>, found: &Found<'_>) -> bool {
    let mut full = full_caps(visit, found).map(|slot| slot.route.when_full == WhenFull::Refuse);
    full.next().is_some_and(|first| first && full.all(|plain| plain))
}

/// Takes room in every cap that counts this visit, or in none of them.
fn take_room(visit: &Visit<'_>, found: &Found<'_>) -> bool {
    if visit.door == VisitDoor::Again || visit.kind() != ClickKind::Click {
        return true;
    }
    let mut taken = Vec::new();
    for slot in caps(visit, found).filter(|slot| slot.route.counts != CapTraffic::Elsewhere) {
        if !slot.take(visit.at) {
            taken.into_iter().for_each(|slot: &CapSlot| slot.tally.give_back(visit.at));
            return false;
        }
        taken.push(slot);
    }
    true
}
