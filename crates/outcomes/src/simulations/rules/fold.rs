//! Goes through the past with the plan in force, with a draft, and with both at other volumes.

use std::sync::Arc;

use kernel::Decimal8;

use super::{
    figures::{Amounts, SimulationResult, TriedVolume},
    lane::{Lane, Plans},
    past::Past,
    tally::Tally,
};
use crate::plans::rules::LocalDate;

/// What is tried.
pub struct Setup {
    pub in_force: Arc<Plans>,
    /// None: the plan in force itself, which must come to what stands.
    pub draft: Option<Arc<Plans>>,
    /// Volumes at which the cost is told.
    pub growth: Vec<Decimal8>,
}

pub struct Fold {
    in_force: Lane,
    in_force_counts: bool,
    draft: Option<Lane>,
    volumes: Vec<Volume>,
    tally: Tally,
}

/// Another volume: a plan that counts is run through the past once more at it, another one is multiplied.
struct Volume {
    growth: Decimal8,
    in_force: Option<(Lane, Amounts)>,
    draft: Option<(Lane, Amounts)>,
}

impl Fold {
    pub fn new(setup: &Setup) -> Self {
        let lane = |plans: &Arc<Plans>, growth| Lane::new(Arc::clone(plans), growth);
        let counts = |plans: &Arc<Plans>| plans.needs().counts_anything();
        let at_volume = |plans: &Arc<Plans>, growth| {
            (growth != Decimal8::ONE && counts(plans)).then(|| (lane(plans, growth), Amounts::default()))
        };
        let volume = |&growth: &Decimal8| Volume {
            growth,
            in_force: at_volume(&setup.in_force, growth),
            draft: setup.draft.as_ref().and_then(|draft| at_volume(draft, growth)),
        };
        Self {
            in_force: lane(&setup.in_force, Decimal8::ONE),
            in_force_counts: counts(&setup.in_force),
            draft: setup.draft.as_ref().map(|draft| lane(draft, Decimal8::ONE)),
            volumes: setup.growth.iter().map(volume).collect(),
            tally: Tally::default(),
        }
    }

    /// Whether the past is to be gone through twice: first with [`Self::count`], then with [`Self::take`].
    pub fn looks_twice(&self) -> bool {
        self.in_force.looks_twice() || self.draft.as_ref().is_some_and(Lane::looks_twice)
    }

    fn lanes(&mut self) -> impl Iterator<Item = &mut Lane> {
        let volumes = self.volumes.iter_mut().flat_map(|volume| [&mut volume.in_force, &mut volume.draft]);
        let volumes = volumes.flatten().map(|(lane, _)| lane);
        [&mut self.in_force].into_iter().chain(self.draft.as_mut()).chain(volumes)
    }

    /// Counts the next conversion.
    pub fn count(&mut self, past: &Past) {
        self.lanes().for_each(|lane| lane.count(past));
    }

    /// Everything was counted.
    pub fn settle(&mut self, today: LocalDate) {
        self.lanes().for_each(|lane| lane.settle(today));
    }

    /// The next conversion in the order of decision.
    pub fn take(&mut self, past: &Past) {
        let again = self.in_force.run(past, past.recorded.as_deref());
        let drafted = self.draft.as_mut().map(|draft| draft.run(past, None));
        if past.in_window {
            self.tally.add(past, &again, drafted.as_ref(), self.in_force_counts);
        }
        for volume in &mut self.volumes {
            for (lane, sum) in [&mut volume.in_force, &mut volume.draft].into_iter().flatten() {
                let worth = lane.run(past, None);
                if past.in_window {
                    sum.add(Amounts {
                        earnings_minor: past.left(worth.earnings_minor),
                        revenue_minor: past.left(worth.revenue_minor),
                    });
                }
            }
        }
    }

    pub fn finish(self) -> SimulationResult {
        let Self { draft, volumes, tally, .. } = self;
        let (before, after) = (tally.before, tally.after);
        let sensitivity = volumes.into_iter().map(|volume| volume.told(before, after, draft.is_some())).collect();
        let partners = tally.partners();
        SimulationResult {
            conversions: tally.conversions,
            before: before.figures(),
            after: after.figures(),
            winners: partners.winners,
            losers: partners.losers,
            unchanged: partners.unchanged,
            partners: partners.listed,
            more_partners: partners.more,
            goals: tally.goals(),
            sensitivity,
            overflowing: tally.overflowing,
            reproduction: tally.reproduction(),
        }
    }
}

impl Volume {
    fn told(self, before: Amounts, after: Amounts, has_draft: bool) -> TriedVolume {
        let grown = |amounts: Amounts| amounts.times(self.growth);
        let before = self.in_force.as_ref().map_or(grown(before), |(_, sum)| grown(*sum));
        let after = match &self.draft {
            Some((_, sum)) => grown(*sum),
            None if has_draft => grown(after),
            None => before,
        };
        TriedVolume { growth: self.growth, before: before.figures(), after: after.figures() }
    }
}
