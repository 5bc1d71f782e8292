//! Which offer a visitor of a smart link gets.
//!
//! A member is eligible where its link would let the visitor through: every step of terms is asked, caps too. Among the
//! eligible members of the highest rank one is chosen by the visitor's key (weighted rendezvous, as for landing pages), so
//! that a browser which returns sees its offer again, nothing is remembered, and the chance of the choice is exactly the
//! member's share among them. That chance and the set of eligible members go into the record of the click.

use events::record::SmartMark;
use kernel::reason::ClickReason;

use super::{
    decision::{Tenancy, Visit, belongs},
    rotation::{self, WHOLE_PPM},
    steps,
};
use crate::routes::{Found, SmartMemberRoute, SmartSlot};

/// What a smart link chose.
#[derive(Clone, Copy, Debug)]
pub struct SmartChoice<'a> {
    pub slot: &'a SmartSlot,
    pub mark: SmartMark,
}

/// A member and its chance, in millionths.
#[derive(Clone, Copy, Debug)]
pub struct Drawn<'a> {
    pub member: &'a SmartMemberRoute,
    pub ppm: u32,
}

impl Drawn<'_> {
    pub fn mark(self, slot: &SmartSlot, eligible: u64) -> SmartMark {
        SmartMark { smart_link: slot.route.smart_link_id, member: self.member.number, ppm: self.ppm, eligible }
    }
}

/// The member's link, where it may be used under this Host.
pub fn found<'a>(visit: &Visit<'a>, member: &SmartMemberRoute, tenancy: Option<Tenancy>) -> Option<Found<'a>> {
    visit.table.lookup(&member.link).filter(|found| belongs(found, tenancy))
}

/// A bit for each member whose link can be used here.
pub fn present(visit: &Visit<'_>, slot: &SmartSlot, tenancy: Option<Tenancy>) -> u64 {
    mask(slot, |member| found(visit, member, tenancy).is_some())
}

/// A bit for each member that would let the visitor through.
pub fn eligible(visit: &Visit<'_>, slot: &SmartSlot, tenancy: Option<Tenancy>) -> u64 {
    let lets = |found: Found<'_>| steps::let_through(visit, &found);
    let eligible = mask(slot, |member| found(visit, member, tenancy).is_some_and(lets));
    visit.condition.set(None);
    eligible
}

fn mask(slot: &SmartSlot, holds: impl Fn(&SmartMemberRoute) -> bool) -> u64 {
    let bits = slot.route.members.iter().filter(|member| holds(member)).map(bit);
    bits.fold(0, |mask, bit| mask | bit)
}

pub fn bit(member: &SmartMemberRoute) -> u64 {
    1 << member.number
}

/// The visitor's member among those whose bits are set.
pub fn choose<'a>(slot: &'a SmartSlot, among: u64, visitor: u64) -> Option<Drawn<'a>> {
    let members = || slot.route.members.iter().filter(|member| among & bit(member) != 0);
    let rank = members().map(|member| member.rank).max()?;
    let ranked = || members().filter(|member| member.rank == rank);
    let total: u64 = ranked().map(|member| u64::from(share(member))).sum();
    let score = |member: &SmartMemberRoute| {
        let id = slot.route.smart_link_id.as_u128() ^ u128::from(member.number) << 64;
        rotation::score(id, share(member), visitor)
    };
    let member = ranked().max_by(|a, b| score(a).total_cmp(&score(b)))?;
    let ppm = u64::from(share(member)) * u64::from(WHOLE_PPM) / total;
    Some(Drawn { member, ppm: ppm as u32 })
}

/// What one member would do with the visitor, and its chance to be chosen, in millionths.
pub struct MemberView<'a> {
    pub member: &'a SmartMemberRoute,
    pub reason: Option<ClickReason>,
    pub chance_ppm: u32,
}

/// Every member whose link can be used here, in the order of their numbers.
pub fn members<'a>(visit: &Visit<'a>, choice: &SmartChoice<'a>, tenancy: Option<Tenancy>) -> Vec<MemberView<'a>> {
    let eligible = choice.mark.eligible;
    let all = || choice.slot.route.members.iter();
    let may = |member: &&SmartMemberRoute| eligible & bit(member) != 0;
    let rank = all().filter(may).map(|member| member.rank).max();
    let drawn = |member: &&SmartMemberRoute| may(member) && Some(member.rank) == rank;
    let total: u64 = all().filter(drawn).map(|member| u64::from(share(member))).sum();
    let view = |member: &'a SmartMemberRoute| {
        let found = found(visit, member, tenancy)?;
        let part = if drawn(&member) { u64::from(share(member)) * u64::from(WHOLE_PPM) / total.max(1) } else { 0 };
        Some(MemberView { member, reason: steps::judge(visit, &found).reason, chance_ppm: part as u32 })
    };
    choice.slot.route.members.iter().filter_map(view).collect()
}

/// No member is without a chance.
fn share(member: &SmartMemberRoute) -> u32 {
    member.share.max(1)
}

#[cfg(test)]
mod tests {
    use kernel::Id;

    use super::*;
    use crate::routes::{RouteChange, Routes, SmartLinkRoute};

    const VISITORS: u64 = 20_000;

    fn routes(members: &[(u8, i32, u32)]) -> Routes {
        let member = |&(number, rank, share): &(u8, i32, u32)| SmartMemberRoute {
            number,
            link: format!("l{number}"),
            rank,
            share,
        };
        let routes = Routes::default();
        let route = SmartLinkRoute {
            smart_link_id: Id::from_u128(0x0198 << 112 | 5),
            workspace_id: Id::from_u128(9),
            slug: "smart".to_owned(),
            members: members.iter().map(member).collect(),
        };
        routes.apply(1, vec![RouteChange::UpsertSmartLink(route)]);
        routes
    }

    /// How often each member is chosen, and the chance that is told of it.
    fn counts(routes: &Routes, among: u64) -> Vec<(u8, u64, u32)> {
        let table = routes.table();
        let slot = table.smart_link("smart").expect("told");
        let mut counts = vec![(0, 0, 0); 64];
        for visitor in 0..VISITORS {
            let drawn = choose(slot, among, visitor.wrapping_mul(0x9E37_79B9_7F4A_7C15)).expect("one");
            let number = drawn.member.number;
            counts[usize::from(number)] = (number, counts[usize::from(number)].1 + 1, drawn.ppm);
        }
        counts.retain(|(_, count, _)| *count > 0);
        counts
    }

    fn check(counts: &[(u8, u64, u32)], wanted: &[(u8, u32)]) {
        assert_eq!(counts.iter().map(|(number, _, ppm)| (*number, *ppm)).collect::<Vec<_>>(), wanted);
        for (number, count, ppm) in counts {
            let expected = VISITORS * u64::from(*ppm) / 1_000_000;
            assert!(count.abs_diff(expected) < VISITORS / 100, "member {number}: {count} for {expected}");
        }
    }

    #[test]
    fn the_chance_that_is_told_is_the_share_among_those_who_may_be_chosen() {
        let routes = routes(&[(0, 0, 70), (1, 0, 20), (2, 0, 10)]);
        check(&counts(&routes, 0b111), &[(0, 700_000), (1, 200_000), (2, 100_000)]);
        check(&counts(&routes, 0b110), &[(1, 666_666), (2, 333_333)]);
        check(&counts(&routes, 0b100), &[(2, 1_000_000)]);
        assert!(choose(routes.table().smart_link("smart").expect("told"), 0, 7).is_none());
    }

    #[test]
    fn a_lower_rank_comes_only_when_no_higher_one_may() {
        let routes = routes(&[(0, 5, 1), (1, 9, 30), (2, 9, 10), (63, 1, 0)]);
        check(&counts(&routes, u64::MAX), &[(1, 750_000), (2, 250_000)]);
        check(&counts(&routes, !0b110), &[(0, 1_000_000)]);
        check(&counts(&routes, 1 << 63), &[(63, 1_000_000)]);
    }

    #[test]
    fn a_visitor_keeps_its_offer_when_others_come() {
        let (before, after) = (routes(&[(0, 0, 50), (1, 0, 50)]), routes(&[(0, 0, 50), (1, 0, 50), (2, 0, 100)]));
        let chosen = |routes: &Routes, visitor: u64| {
            let table = routes.table();
            choose(table.smart_link("smart").expect("told"), u64::MAX, visitor).expect("one").member.number
        };
        for visitor in 0..1_000 {
            let (was, is) = (chosen(&before, visitor), chosen(&after, visitor));
            assert!(was == is || is == 2, "nobody moves between offers that stay as they are");
        }
    }
}
