//! Sums of a simulation.

use std::collections::{BTreeMap, HashMap};

use kernel::{Id, id};

use super::{
    figures::{Amounts, Reproduction, TriedGoal, TriedPartner, Unlike, UnlikeWhy},
    lane::Worth,
    past::Past,
};

/// Differences that are listed one by one.
const DIFFERENCES_MAX: usize = 100;
/// Partners that are listed one by one.
const PARTNERS_MAX: usize = 2_000;

#[derive(Clone, Copy, Default)]
struct Change {
    conversions: i64,
    before: Amounts,
    after: Amounts,
}

#[derive(Default)]
pub struct Tally {
    pub conversions: i64,
    pub before: Amounts,
    pub after: Amounts,
    pub overflowing: i64,
    partners: HashMap<Id<id::Partner>, Change>,
    goals: BTreeMap<Id<id::Goal>, Change>,
    reproduction: Reproduction,
}

/// Partners by what became of their earnings, and the list.
pub struct Partners {
    pub winners: i64,
    pub losers: i64,
    pub unchanged: i64,
    pub listed: Vec<TriedPartner>,
    pub more: i64,
}

impl Tally {
    /// A conversion as it stands, as the plan in force prices it again, and as the draft does; without a draft the
    /// second is the third.
    pub fn add(&mut self, past: &Past, again: &Worth, draft: Option<&Worth>, counts: bool) {
        self.conversions += 1;
        self.reproduce(past, again, counts);
        let as_it_stands = draft.is_none() && past.is_moved_in();
        let worth = draft.unwrap_or(again);
        self.overflowing += i64::from(worth.overflows);
        let revenue_minor = if as_it_stands { past.revenue_minor } else { past.left(worth.revenue_minor) };
        let goal = self.goals.entry(past.goal_id).or_default();
        goal.conversions += 1;
        let single = [past.left(worth.earnings_minor)];
        let several = if past.shares.len() > 1 { past.shared(worth.earnings_minor) } else { Vec::new() };
        let earned = if past.shares.len() > 1 { several.as_slice() } else { &single };
        for (place, (share, earned)) in past.shares.iter().zip(earned).enumerate() {
            let charged = |minor: i64| if place == 0 { minor } else { 0 };
            let before = Amounts { earnings_minor: share.amount_minor, revenue_minor: charged(past.revenue_minor) };
            let earnings_minor = if as_it_stands { share.amount_minor } else { *earned };
            let after = Amounts { earnings_minor, revenue_minor: charged(revenue_minor) };
            let of_partner = self.partners.entry(share.partner_id).or_default();
            of_partner.conversions += i64::from(place == 0);
            for (sum, amounts) in [
                (&mut of_partner.before, before),
                (&mut of_partner.after, after),
                (&mut goal.before, before),
                (&mut goal.after, after),
                (&mut self.before, before),
                (&mut self.after, after),
            ] {
                sum.add(amounts);
            }
        }
    }

    fn reproduce(&mut self, past: &Past, again: &Worth, counts: bool) {
        if past.is_moved_in() {
            self.reproduction.moved_in += 1;
            return;
        }
        self.reproduction.checked += 1;
        let stands = Amounts { earnings_minor: past.earnings_minor(), revenue_minor: past.revenue_minor };
        let priced =
            Amounts { earnings_minor: past.left(again.earnings_minor), revenue_minor: past.left(again.revenue_minor) };
        if stands == priced {
            return;
        }
        let told = &mut self.reproduction;
        let why = why(past, again, counts);
        told.differing += 1;
        told.repriced += i64::from(why == UnlikeWhy::OtherVersion);
        told.counted_otherwise += i64::from(why == UnlikeWhy::CountedOtherwise);
        told.earnings_minor += priced.earnings_minor - stands.earnings_minor;
        told.revenue_minor += priced.revenue_minor - stands.revenue_minor;
        if told.differences.len() < DIFFERENCES_MAX {
            told.differences.push(Unlike {
                conversion_id: past.id,
                why,
                earnings_stand_minor: stands.earnings_minor,
                earnings_priced_minor: priced.earnings_minor,
                revenue_stand_minor: stands.revenue_minor,
                revenue_priced_minor: priced.revenue_minor,
            });
        }
    }

    /// Largest change first; of equal ones the older partner.
    pub fn partners(&self) -> Partners {
        let change = |(partner, sums): (&Id<id::Partner>, &Change)| TriedPartner {
            partner_id: *partner,
            conversions: sums.conversions,
            before: sums.before.figures(),
            after: sums.after.figures(),
            change_minor: sums.after.earnings_minor - sums.before.earnings_minor,
        };
        let mut listed: Vec<TriedPartner> = self.partners.iter().map(change).collect();
        listed.sort_unstable_by_key(|one| (-i128::from(one.change_minor).abs(), one.partner_id));
        let count = |sign: i64| listed.iter().filter(|one| one.change_minor.signum() == sign).count() as i64;
        let (winners, losers, unchanged) = (count(1), count(-1), count(0));
        let more = listed.len().saturating_sub(PARTNERS_MAX) as i64;
        listed.truncate(PARTNERS_MAX);
        Partners { winners, losers, unchanged, listed, more }
    }

    pub fn goals(&self) -> Vec<TriedGoal> {
        let change = |(goal, sums): (&Id<id::Goal>, &Change)| TriedGoal {
            goal_id: *goal,
            conversions: sums.conversions,
            before: sums.before.figures(),
            after: sums.after.figures(),
        };
        self.goals.iter().map(change).collect()
    }

    pub fn reproduction(self) -> Reproduction {
        self.reproduction
    }
}

fn why(past: &Past, again: &Worth, counts: bool) -> UnlikeWhy {
    let priced_by = past.shares.first().and_then(|share| share.version);
    if again.overflows {
        UnlikeWhy::DoesNotFit
    } else if priced_by != again.version {
        UnlikeWhy::OtherVersion
    } else if again.is_settled || (counts && past.recorded.is_none()) {
        UnlikeWhy::CountedOtherwise
    } else {
        UnlikeWhy::OtherFacts
    }
}
