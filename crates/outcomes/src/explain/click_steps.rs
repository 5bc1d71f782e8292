//! The steps of a click, on one page: their words where they pass, and the values that they look at.

use edge::{
    again::{Again, Stood},
    routes::{Found, OfferSlot},
};
use events::{click_rows::ClickRow, record::TargetingMark};
use kernel::targeting::TargetingMode;

use super::values::Values;
use crate::offers::targeting::is_open;

/// What a step is explained from.
pub struct Look<'l> {
    pub row: &'l ClickRow,
    pub again: &'l Again,
    pub found: &'l Found<'l>,
    /// Conditions that partners do not see are left out.
    pub is_open_only: bool,
}

pub struct StepPage {
    pub name: &'static str,
    pub passed: &'static str,
    pub values: fn(&Look<'_>) -> Values,
}

/// In the order in which they are taken: the look-up, the steps of the edge, the rule of duplicates, and where to.
pub const STEPS: &[StepPage] = &[
    StepPage { name: "link", passed: "The address is that of a link here.", values: link },
    StepPage { name: "bot", passed: "The agent is no known robot.", values: bot },
    StepPage { name: "prefetch", passed: "Somebody opened the page.", values: |_| Values::default() },
    StepPage { name: "partner", passed: "The partner was active.", values: partner },
    StepPage { name: "offer", passed: "The offer was running.", values: offer },
    StepPage { name: "enrollment", passed: "The partner was enrolled.", values: enrollment },
    StepPage { name: "traffic_type", passed: "The type of traffic was allowed.", values: traffic_type },
    StepPage { name: "targeting", passed: "Every condition let the visitor through.", values: targeting },
    StepPage { name: "cap", passed: "Every cap on traffic had room.", values: |_| Values::default() },
    StepPage { name: "duplicate", passed: "The first of this visitor on this link.", values: duplicate },
    StepPage { name: "landing", passed: "The landing page was chosen.", values: landing },
    StepPage { name: "destination", passed: "The visitor was sent on.", values: destination },
];

fn link(look: &Look<'_>) -> Values {
    Values::default()
        .with("link_id", look.row.link)
        .with("partner_id", look.row.partner)
        .with("method", &look.row.method)
}

fn bot(look: &Look<'_>) -> Values {
    let row = look.row;
    Values::default()
        .with("agent", &row.user_agent)
        .with("device", &row.device)
        .with("os", &row.os)
        .with("browser", &row.browser)
}

fn partner(look: &Look<'_>) -> Values {
    let state = look.found.partner.route.as_ref().map(|route| snake(&route.state));
    Values::default().with("partner_id", look.row.partner).with("partner_state", state)
}

fn offer(look: &Look<'_>) -> Values {
    let OfferSlot { route, .. } = look.found.offer;
    let route = route.as_ref();
    Values::default()
        .with("offer_id", look.row.offer)
        .with("offer_state", route.map(|route| snake(&route.state)))
        .with("began_at", look.row.at)
        .with("starts_at", route.and_then(|route| route.starts_at))
        .with("ends_at", route.and_then(|route| route.ends_at))
}

fn enrollment(look: &Look<'_>) -> Values {
    let held = look.found.enrollment().map(|held| snake(&held.state));
    Values::default().with("enrollment_state", held.unwrap_or_else(|| "none".to_owned()))
}

fn traffic_type(look: &Look<'_>) -> Values {
    let declared = &look.row.traffic_type;
    let approved = look.found.enrollment().map(|held| &held.approved_traffic_types);
    Values::default()
        .with("traffic_type", declared)
        .with("traffic_rule", snake(&look.found.offer.traffic_rule(declared)))
        .with("accepts", approved)
}

fn targeting(look: &Look<'_>) -> Values {
    let row = look.row;
    let values = Values::default().with("country", &row.country).with("language", &row.language);
    let spoke = look.again.conditions.iter().find(|one| !one.lets_through);
    let may_tell =
        |one: &&Stood| !look.is_open_only || is_open(one.condition.field) || matches!(one.mark, TargetingMark::Link(_));
    let Some(one) = spoke.filter(may_tell) else { return values };
    let mode = match one.condition.mode {
        TargetingMode::Include => "allowed",
        TargetingMode::Exclude => "not allowed",
    };
    let (of, place) = match one.mark {
        TargetingMark::Offer(place) => ("offer", place),
        TargetingMark::Link(place) => ("link", place),
    };
    values
        .with("where", of)
        .with("place", place)
        .with("field", one.condition.field)
        .with("mode", mode)
        .with("allowed", &one.condition.values)
        .with("seen", one.seen.as_ref().map(|seen| if seen.is_empty() { "unknown" } else { seen }))
}

fn duplicate(look: &Look<'_>) -> Values {
    let first = look.row.duplicate_of.as_ref();
    let window_ms = look.found.offer.route.as_ref().map(|route| route.duplicate_window_ms);
    Values::default()
        .with("duplicate_of", first.map(|first| first.click))
        .with("first_at", first.and_then(|first| first.at))
        .with("duplicate_window_seconds", window_ms.map(|ms| ms / 1_000))
}

fn landing(look: &Look<'_>) -> Values {
    Values::default()
        .with("landing_id", look.row.landing)
        .with("share_percent", f64::from(look.row.landing_ppm) / 10_000.0)
}

fn destination(look: &Look<'_>) -> Values {
    Values::default().with("destination", &look.row.destination)
}

/// A state of the edge by the word that people know.
fn snake(state: &impl std::fmt::Debug) -> String {
    let mut word = String::new();
    for letter in format!("{state:?}").chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

#[cfg(test)]
mod tests {
    use edge::redirect::steps;

    use super::*;

    #[test]
    fn every_step_of_the_edge_is_on_the_page_in_its_order() {
        let listed: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        let judged = steps::STEPS.iter().map(|step| step.name);
        let wanted: Vec<_> =
            ["link"].into_iter().chain(judged).chain(["duplicate", "landing", "destination"]).collect();
        assert_eq!(listed, wanted, "a step of the edge needs its words and values here");
    }
}
