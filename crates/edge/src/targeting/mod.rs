//! Who may come through an offer or a link: conditions as they were told, compiled once for the clicks to come.
//!
//! Meaning: see [`kernel::targeting`]. Invariants: a click evaluates its conditions without an allocation; facts that
//! cost a look-up are gathered only where some condition needs them; a stored condition that can no longer be read never
//! matches, so that an including one refuses everybody rather than letting anybody through.

mod check;
mod compile;
mod ranges;
mod rule;
mod sight;
#[cfg(test)]
mod tests;
mod texts;
mod times;

use std::sync::Arc;

use events::record::TargetingMark;
use kernel::{reason::ClickReason, targeting::TargetingCondition};

pub use check::{CONDITIONS_MAX, VALUES_MAX, checked};
use rule::Rule;
pub use sight::{Needs, Sight};

use crate::{redirect::Visit, routes::Found};

/// The conditions of one offer or link.
#[derive(Debug)]
pub struct Targeting {
    conditions: Box<[TargetingCondition]>,
    rules: Box<[Rule]>,
    needs: Needs,
}

/// What a condition that sends a visitor away says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken {
    pub mark: TargetingMark,
    pub reason: ClickReason,
}

/// How one condition stands to one visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub matches: bool,
    pub lets_through: bool,
}

impl Targeting {
    /// `None` for an empty list: then everybody comes through.
    pub fn of(conditions: Vec<TargetingCondition>) -> Option<Arc<Self>> {
        if conditions.is_empty() {
            return None;
        }
        let rules: Box<[Rule]> = conditions.iter().map(Rule::of).collect();
        let needs = rules.iter().fold(Needs::default(), |needs, rule| needs.and(rule.needs));
        Some(Arc::new(Self { conditions: conditions.into_boxed_slice(), rules, needs }))
    }

    pub fn conditions(&self) -> &[TargetingCondition] {
        &self.conditions
    }

    /// The first condition that sends the visitor away.
    fn speaker(&self, sight: &Sight<'_>) -> Option<(u8, ClickReason)> {
        let place = self.rules.iter().position(|rule| !rule.lets_through(sight))?;
        Some((place as u8, self.rules[place].reason))
    }

    /// Every condition in its order, for whoever asks why.
    pub fn standings<'a>(&'a self, sight: &'a Sight<'_>) -> impl Iterator<Item = Standing> + 'a {
        let standing = |rule: &Rule| Standing { matches: rule.matches(sight), lets_through: rule.lets_through(sight) };
        self.rules.iter().map(standing)
    }
}

/// The condition that sends this visit away: of the offer's first, then of the link's.
pub fn judge(visit: &Visit<'_>, found: &Found<'_>) -> Option<Spoken> {
    let (offer, link) = (found.offer.targeting.as_deref(), found.link.targeting.as_deref());
    if offer.is_none() && link.is_none() {
        return None;
    }
    let needs = offer.map_or(Needs::default(), |held| held.needs).and(link.map_or(Needs::default(), |held| held.needs));
    let sight = Sight::of(visit, needs);
    let of_offer = offer.and_then(|held| held.speaker(&sight));
    let of_offer = of_offer.map(|(place, reason)| Spoken { mark: TargetingMark::Offer(place), reason });
    let of_link = || link.and_then(|held| held.speaker(&sight));
    of_offer.or_else(|| of_link().map(|(place, reason)| Spoken { mark: TargetingMark::Link(place), reason }))
}
