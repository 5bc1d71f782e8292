//! What a move tells, to whom, and what follows from an answer: pure.

use events::FactState;
use kernel::{
    Id, Timestamp, id,
    reason::ConversionReason,
    time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS},
};
use serde_json::Value;

use super::model::{EventAbout, EventRule, PostbackEvent, PostbackKind};

/// Waits before the second and every further try; after the last one the delivery has failed.
const WAITS_MS: [i64; 9] = [
    5 * SECOND_MS,
    MINUTE_MS,
    5 * MINUTE_MS,
    30 * MINUTE_MS,
    2 * HOUR_MS,
    5 * HOUR_MS,
    10 * HOUR_MS,
    20 * HOUR_MS,
    24 * HOUR_MS,
];
/// Tries of one delivery.
pub const TRIES_MAX: i32 = WAITS_MS.len() as i32 + 1;
/// A wait is longer by up to this part, so that many deliveries do not come back in one moment.
const JITTER_PERCENT: i64 = 20;
/// The longest wait that a receiver may ask for.
const RETRY_AFTER_MAX_MS: i64 = DAY_MS;
/// A setting that failed this often, for so long and without a success between, is paused.
const PAUSE_AFTER_FAILURES: i32 = 10;
const PAUSE_AFTER_MS: i64 = 2 * DAY_MS;
const HTTP_GONE: u16 = 410;

/// What happened, as others are told; nothing where only clocks or owners changed.
pub fn event_of(before: Option<&FactState>, after: &FactState) -> Option<PostbackEvent> {
    let is_new = before.is_none_or(|before| before.status != after.status);
    if is_new {
        let moved = |event: &&PostbackEvent| event.about() == EventAbout::Conversion && event.code() == after.status;
        return PostbackEvent::ALL.iter().find(moved).copied();
    }
    let changed = before.is_some_and(|before| before.amounts != after.amounts || before.shares != after.shares);
    changed.then_some(PostbackEvent::Changed)
}

/// The changes of which webhooks may be told, as the audit log names them.
pub const ACTIONS_TOLD: [&str; 13] = [
    "alert.opened",
    "partner.created",
    "partner.updated",
    "enrollment.created",
    "enrollment.updated",
    "payout.paid",
    "payout.failed",
    "offer.created",
    "offer.updated",
    "offer.goal_added",
    "offer.goal_updated",
    "offer.landing_added",
    "offer.landing_updated",
];

/// What a row of the audit log tells webhooks; nothing where it only keeps a state that was.
pub fn happening(action: &str, before: Option<&Value>, after: Option<&Value>) -> Option<PostbackEvent> {
    let state = |values: Option<&Value>| values.and_then(|values| values["state"].as_str().map(str::to_owned));
    let came_to = |wanted: &str| state(after).as_deref() == Some(wanted) && state(before) != state(after);
    match action {
        "partner.created" => Some(PostbackEvent::PartnerCreated),
        "partner.updated" => came_to("active").then_some(PostbackEvent::PartnerApproved),
        "enrollment.created" | "enrollment.updated" => {
            ENROLLMENTS.iter().find(|(state, _)| came_to(state)).map(|(_, event)| *event)
        }
        "alert.opened" => Some(PostbackEvent::AlertOpened),
        "payout.paid" => Some(PostbackEvent::PayoutPaid),
        "payout.failed" => Some(PostbackEvent::PayoutFailed),
        other => (other.starts_with("offer.") && ACTIONS_TOLD.contains(&other)).then_some(PostbackEvent::OfferChanged),
    }
}

const ENROLLMENTS: [(&str, PostbackEvent); 3] = [
    ("requested", PostbackEvent::EnrollmentRequested),
    ("approved", PostbackEvent::EnrollmentApproved),
    ("rejected", PostbackEvent::EnrollmentRejected),
];

/// Whether a setting of this kind may ask for an event.
pub const fn may_ask(kind: PostbackKind, event: PostbackEvent) -> bool {
    match event.about() {
        EventAbout::Click => matches!(kind, PostbackKind::Url),
        EventAbout::Conversion => true,
        EventAbout::Workspace => matches!(kind, PostbackKind::Webhook),
    }
}

/// Whether the conversion was a test from its beginning: nobody is told of those.
pub fn is_test(before: Option<&FactState>, after: &FactState) -> bool {
    let says_so = |state: &FactState| state.reason == ConversionReason::Test.code();
    says_so(after) && before.is_none_or(says_so)
}

/// What the partner earns in this state; nothing where it has no part in the conversion.
pub fn earned(state: &FactState, partner: Id<id::Partner>) -> Option<i64> {
    if let Some(share) = state.shares.iter().find(|share| share.partner == partner) {
        return Some(share.payout);
    }
    let others: i64 = state.shares.iter().map(|share| share.payout).sum();
    (state.partner == Some(partner)).then_some(state.amounts.payout - others)
}

/// The first rule that speaks of the event and the goal. A rule that names the goal goes before one for every goal.
pub fn rule_for(rules: &[EventRule], event: PostbackEvent, goal: Option<Id<id::Goal>>) -> Option<&EventRule> {
    let of_event = || rules.iter().filter(move |rule| rule.event == event);
    let named = of_event().find(|rule| rule.goal_id.is_some() && rule.goal_id == goal);
    named.or_else(|| of_event().find(|rule| rule.goal_id.is_none()))
}

/// When the next try is due after `attempts` of them; none where it was the last. `chance` is any number.
pub fn next_try(now: Timestamp, attempts: i32, chance: u64, retry_after_s: Option<u32>) -> Option<Timestamp> {
    let index = usize::try_from(attempts - 1).ok()?;
    let wait = *WAITS_MS.get(index)?;
    let jitter = wait * (chance % (JITTER_PERCENT as u64 + 1)) as i64 / 100;
    let asked = retry_after_s.map_or(0, |seconds| (i64::from(seconds) * SECOND_MS).min(RETRY_AFTER_MAX_MS));
    Some(now.plus_millis((wait + jitter).max(asked)))
}

/// Whether a setting is paused by itself: it fails for long, or a webhook's receiver says that it is gone.
pub fn is_to_pause(failures: i32, failing_since: Option<Timestamp>, now: Timestamp, gone: bool) -> bool {
    let long = failing_since.is_some_and(|since| now.millis() - since.millis() >= PAUSE_AFTER_MS);
    gone || (long && failures >= PAUSE_AFTER_FAILURES)
}

pub const fn is_gone(status: Option<u16>) -> bool {
    matches!(status, Some(HTTP_GONE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let now = Timestamp::from_millis(0);
        let waits: Vec<_> = (1..).map_while(|attempts| next_try(now, attempts, 0, None)).collect();
        assert_eq!(waits.len() as i32, TRIES_MAX - 1);
        assert!(waits.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(next_try(now, 1, 20, None), Some(Timestamp::from_millis(6_000)), "a fifth longer at most");
        assert_eq!(next_try(now, 1, 0, Some(90)), Some(Timestamp::from_millis(90_000)), "the receiver asked for more");
        assert_eq!(next_try(now, 1, 0, Some(u32::MAX)), Some(Timestamp::from_millis(DAY_MS)));
        assert_eq!(next_try(now, TRIES_MAX, 0, Some(1)), None);
    }

    #[test]
    fn only_long_and_many_failures_pause() {
        let day = |days: i64| Timestamp::from_millis(days * DAY_MS);
        assert!(is_to_pause(10, Some(day(1)), day(3), false));
        assert!(!is_to_pause(9, Some(day(1)), day(3), false), "few");
        assert!(!is_to_pause(500, Some(day(1)), day(2), false), "short");
        assert!(is_to_pause(1, Some(day(1)), day(1), true), "gone");
    }

    #[test]
    fn changes_are_told_once_a_state_is_new() {
        let state = |state: &str| serde_json::json!({ "state": state });
        let told = |action: &str, before: Option<&str>, after: &str| {
            happening(action, before.map(state).as_ref(), Some(&state(after)))
        };
        assert_eq!(told("enrollment.created", None, "requested"), Some(PostbackEvent::EnrollmentRequested));
        assert_eq!(told("enrollment.updated", Some("requested"), "rejected"), Some(PostbackEvent::EnrollmentRejected));
        assert_eq!(told("enrollment.updated", Some("approved"), "approved"), None, "only its traffic types changed");
        assert_eq!(told("enrollment.updated", Some("approved"), "paused"), None);
        assert_eq!(told("partner.updated", Some("applied"), "active"), Some(PostbackEvent::PartnerApproved));
        assert_eq!(told("partner.updated", Some("active"), "suspended"), None);
        assert_eq!(told("offer.updated", None, "active"), Some(PostbackEvent::OfferChanged));
        assert_eq!(told("offer.crediting_set", None, "active"), None);
        let untold = ACTIONS_TOLD.iter().filter(|action| happening(action, None, None).is_none());
        assert_eq!(untold.count(), 3, "those that a state decides on");
    }

    #[test]
    fn each_kind_hears_of_its_own() {
        assert!(may_ask(PostbackKind::Url, PostbackEvent::Click) && !may_ask(PostbackKind::Meta, PostbackEvent::Click));
        assert!(!may_ask(PostbackKind::Url, PostbackEvent::PayoutPaid));
        assert!(may_ask(PostbackKind::Webhook, PostbackEvent::PayoutPaid));
        assert!(PostbackEvent::ALL.iter().all(|event| event.code().len() <= 20), "as long as its column");
    }

    #[test]
    fn the_rule_of_the_goal_goes_first() {
        let [sale, lead] = [Id::from_u128(1), Id::from_u128(2)];
        let rule =
            |goal_id, name: &str| EventRule { event: PostbackEvent::Approved, goal_id, name: Some(name.to_owned()) };
        let rules = [rule(None, "Lead"), rule(Some(sale), "Purchase")];
        let name = |event, goal| rule_for(&rules, event, Some(goal)).and_then(|rule| rule.name.as_deref());
        assert_eq!(name(PostbackEvent::Approved, sale), Some("Purchase"));
        assert_eq!(name(PostbackEvent::Approved, lead), Some("Lead"));
        assert_eq!(name(PostbackEvent::Paid, sale), None);
    }
}
