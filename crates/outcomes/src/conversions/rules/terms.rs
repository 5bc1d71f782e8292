//! What a decision must know of an offer: its goals, its advertiser, its plans by version.

use std::collections::HashMap;

use kernel::{Currency, Id, Timestamp, id};

use crate::{
    advertisers::model::Model as Advertiser,
    coupons::entity::crediting::Model as Crediting,
    offers::{
        entity::{goal::Model as Goal, offer::Model as Offer},
        terms::OfferState,
    },
    plans::version::Model as PlanVersion,
    platform::columns::TextMap,
};

#[derive(Clone, Debug)]
pub struct Terms {
    pub offer: Offer,
    pub advertiser: Advertiser,
    /// What it makes of coupons and known customers.
    pub crediting: Crediting,
    pub goals: Vec<Goal>,
    /// What other systems call its goals.
    pub goal_refs: HashMap<Id<id::Goal>, TextMap>,
    /// What partners earn, in order of `valid_from`.
    pub earnings: Vec<PlanVersion>,
    /// What the advertiser is charged, in order of `valid_from`.
    pub revenue: Vec<PlanVersion>,
}

impl Terms {
    pub fn currency(&self) -> Currency {
        self.offer.currency()
    }

    /// The goal a receipt names, by name or id or as another system calls it; the primary one where it names none.
    pub fn goal(&self, named: Option<&str>) -> Option<&Goal> {
        let Some(name) = named else { return self.goals.iter().find(|goal| goal.is_primary) };
        let is_it = |goal: &&Goal| goal.name.eq_ignore_ascii_case(name) || goal.id.to_string() == name;
        self.goals.iter().find(is_it).or_else(|| self.goal_elsewhere(name))
    }

    /// `tune:2`: the goal that another system calls so, else the one with that name. Affise counts an offer's goals from
    /// 1, and a group that Awin's programme does not have is its default one.
    fn goal_elsewhere(&self, name: &str) -> Option<&Goal> {
        let (system, value) = name.split_once(':')?;
        let called = |goal: &&Goal| self.goal_refs.get(&goal.id).is_some_and(|refs| calls(refs, system, value));
        let named = |goal: &&Goal| goal.name.eq_ignore_ascii_case(value);
        let found = self.goals.iter().find(called).or_else(|| self.goals.iter().find(named));
        found.or_else(|| match system {
            "affise" => value.parse::<usize>().ok().and_then(|number| self.goals.get(number.checked_sub(1)?)),
            "awin" => self.goal(None),
            _ => None,
        })
    }

    /// Whether the offer takes what began (with a click, else with the event itself) at `began_at`. A paused offer takes
    /// nothing; one that has ended still takes what began before its end.
    pub fn takes(&self, began_at: Timestamp) -> bool {
        let Offer { state, starts_at, ends_at, .. } = &self.offer;
        let before_end = ends_at.is_none_or(|end| began_at < end);
        let open = match state {
            OfferState::Active => true,
            OfferState::Expired => ends_at.is_some(),
            OfferState::Draft | OfferState::Paused => false,
        };
        open && before_end && starts_at.is_none_or(|start| start <= began_at)
    }
}

fn calls(refs: &TextMap, system: &str, value: &str) -> bool {
    refs.0.get(system).is_some_and(|known| known == value)
}

/// The version in force at `at`; the first one for what happened before there was any.
pub fn in_force(versions: &[PlanVersion], at: Timestamp) -> Option<&PlanVersion> {
    versions.iter().rev().find(|version| version.valid_from <= at).or_else(|| versions.first())
}
