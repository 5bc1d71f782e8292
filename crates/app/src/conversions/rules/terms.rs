//! What a decision must know of an offer: its goals, its advertiser, its plans by version.

use kernel::{Currency, Timestamp};

use crate::{
    advertisers::model::Model as Advertiser,
    offers::{
        entity::{goal::Model as Goal, offer::Model as Offer},
        terms::OfferState,
    },
    plans::version::Model as PlanVersion,
};

#[derive(Clone, Debug)]
pub struct Terms {
    pub offer: Offer,
    pub advertiser: Advertiser,
    pub goals: Vec<Goal>,
    /// What partners earn, in order of `valid_from`.
    pub earnings: Vec<PlanVersion>,
    /// What the advertiser is charged, in order of `valid_from`.
    pub revenue: Vec<PlanVersion>,
}

impl Terms {
    pub fn currency(&self) -> Currency {
        self.offer.currency()
    }

    /// The goal a receipt names, by name or id; the primary one where it names none.
    pub fn goal(&self, named: Option<&str>) -> Option<&Goal> {
        let wanted = |goal: &&Goal| match named {
            None => goal.is_primary,
            Some(name) => goal.name.eq_ignore_ascii_case(name) || goal.id.to_string() == name,
        };
        self.goals.iter().find(wanted)
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

/// The version in force at `at`; the first one for what happened before there was any.
pub fn in_force(versions: &[PlanVersion], at: Timestamp) -> Option<&PlanVersion> {
    versions.iter().rev().find(|version| version.valid_from <= at).or_else(|| versions.first())
}
