//! What share each member gets. Pure: members in, ranks and shares out.

use super::{
    link::{self, SmartMode},
    member::{self, SmartMemberState},
};

pub const WHOLE_PPM: u32 = 1_000_000;
/// What any active offer keeps when others are likelier to be the best, so that each stays within what a replay can judge.
pub const LEAST_PPM: u32 = 10_000;
/// New offers together get at most so much ahead of what was learned.
const FLOORS_MAX_PPM: u32 = 500_000;

/// What the edge chooses by: among eligible members of the highest rank, in proportion to the shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub number: u8,
    pub rank: i32,
    pub share: u32,
}

/// The place of every active member.
pub fn places(link: &link::Model, members: &[member::Model]) -> Vec<Place> {
    let active: Vec<_> = members.iter().filter(|member| member.state == SmartMemberState::Active).collect();
    let weight = |member: &member::Model| u32::try_from(member.weight).unwrap_or(1).max(1);
    let of = |member: &member::Model, rank, share| Place { number: number(member), rank, share };
    match link.mode {
        SmartMode::Weights => active.iter().map(|member| of(member, 0, weight(member))).collect(),
        SmartMode::Priorities => active.iter().map(|member| of(member, member.priority, weight(member))).collect(),
        SmartMode::Learned => {
            let shares = learned_shares(link, &active);
            active.iter().zip(shares).map(|(member, share)| of(member, 0, share)).collect()
        }
    }
}

pub fn number(member: &member::Model) -> u8 {
    u8::try_from(member.number).unwrap_or(u8::MAX)
}

/// An offer is new until it has had the clicks of its floor.
pub fn is_new(link: &link::Model, member: &member::Model) -> bool {
    member.clicks < link.floor_clicks
}

/// Floors first; what is left is shared by the probability of being the best, evenly while nobody knows.
fn learned_shares(link: &link::Model, active: &[&member::Model]) -> Vec<u32> {
    let new = active.iter().filter(|member| is_new(link, member)).count() as u32;
    let floor = u32::try_from(link.floor_percent).unwrap_or(0) * (WHOLE_PPM / 100);
    let floor = floor.min(FLOORS_MAX_PPM / new.max(1));
    let floors: Vec<u32> =
        active.iter().map(|member| if is_new(link, member) { floor.max(LEAST_PPM) } else { LEAST_PPM }).collect();
    let left = u64::from(WHOLE_PPM.saturating_sub(floors.iter().sum()));
    let best: Vec<u64> = active.iter().map(|member| u64::try_from(member.best_ppm).unwrap_or(0)).collect();
    let total: u64 = best.iter().sum();
    let count = active.len().max(1) as u64;
    let part = |best: u64| (left * best).checked_div(total).unwrap_or(left / count);
    floors.iter().zip(best).map(|(floor, best)| floor + part(best) as u32).collect()
}

/// The chance of each place, in millionths, when all are eligible.
pub fn chances(places: &[Place]) -> Vec<(u8, u32)> {
    let all = places.iter().fold(0, |mask, place| mask | 1_u64 << place.number);
    places.iter().map(|place| (place.number, chance(places, place.number, all))).collect()
}

/// The chance, in millionths, of the member with that number when those whose bits are set are eligible.
pub fn chance(places: &[Place], number: u8, eligible: u64) -> u32 {
    let may = |place: &&Place| eligible >> place.number & 1 == 1;
    let Some(rank) = places.iter().filter(may).map(|place| place.rank).max() else { return 0 };
    let ranked = || places.iter().filter(may).filter(|place| place.rank == rank);
    let total: u64 = ranked().map(|place| u64::from(place.share)).sum();
    let own = ranked().find(|place| place.number == number).map_or(0, |place| u64::from(place.share));
    (own * u64::from(WHOLE_PPM)).checked_div(total).unwrap_or(0) as u32
}

#[cfg(test)]
mod tests {
    use kernel::{Id, Timestamp};

    use super::*;
    use crate::links::model::LinkState;

    pub fn link(mode: SmartMode, floor_percent: i32, floor_clicks: i64) -> link::Model {
        link::Model {
            id: Id::from_u128(1),
            workspace_id: Id::from_u128(2),
            partner_id: Id::from_u128(3),
            slug: "slug".to_owned(),
            name: "Name".to_owned(),
            name_folded: String::new(),
            traffic_type: "push".to_owned(),
            mode,
            floor_percent,
            floor_clicks,
            expected_profit_minor: None,
            state: LinkState::Active,
            learned_at: None,
            created_by: None,
            created_at: Timestamp::default(),
        }
    }

    pub fn member(number: i32, clicks: i64, best_ppm: i32) -> member::Model {
        member::Model {
            id: Id::from_u128(10 + number as u128),
            workspace_id: Id::from_u128(2),
            smart_link_id: Id::from_u128(1),
            offer_id: Id::from_u128(20 + number as u128),
            link_id: Id::from_u128(30 + number as u128),
            number,
            weight: 10 * (number + 1),
            priority: number % 2,
            state: SmartMemberState::Active,
            clicks,
            paying_clicks: 0,
            profit_minor: 0,
            low_micros: None,
            high_micros: None,
            best_ppm,
            created_at: Timestamp::default(),
        }
    }

    fn check(link: &link::Model, members: &[member::Model], wanted: &[(u8, u32)]) {
        assert_eq!(chances(&places(link, members)), wanted);
    }

    #[test]
    fn weights_and_priorities_share_as_they_say() {
        let members = [member(0, 0, 0), member(1, 0, 0), member(2, 0, 0), member(3, 0, 0)];
        check(&link(SmartMode::Weights, 5, 100), &members, &[(0, 100_000), (1, 200_000), (2, 300_000), (3, 400_000)]);
        let by_priority = [(0, 0), (1, 333_333), (2, 0), (3, 666_666)];
        check(&link(SmartMode::Priorities, 5, 100), &members, &by_priority);
        let places = places(&link(SmartMode::Priorities, 5, 100), &members);
        assert_eq!(
            (chance(&places, 0, 0b101), chance(&places, 2, 0b101), chance(&places, 1, 0b101)),
            (250_000, 750_000, 0)
        );
    }

    #[test]
    fn new_offers_have_their_floor_and_nobody_is_without_a_chance() {
        let learned = link(SmartMode::Learned, 10, 1_000);
        check(&learned, &[member(0, 2_000, 1_000_000), member(1, 2_000, 0)], &[(0, 990_000), (1, 10_000)]);
        let with_new = [member(0, 2_000, 1_000_000), member(1, 2_000, 0), member(2, 999, 0)];
        check(&learned, &with_new, &[(0, 890_000), (1, 10_000), (2, 100_000)]);
        let all_new: Vec<_> = (0..10).map(|number| member(number, 0, 0)).collect();
        assert!(chances(&places(&learned, &all_new)).iter().all(|(_, chance)| *chance == 100_000));
        let many_new: Vec<_> = (0..20).map(|number| member(number, 0, i32::from(number == 0) * 1_000_000)).collect();
        let shares = chances(&places(&learned, &many_new));
        assert_eq!((shares[0].1, shares[19].1), (525_000, 25_000), "half at most goes to floors");
    }

    #[test]
    fn those_who_are_paused_or_taken_out_have_no_place() {
        let mut members = [member(0, 0, 0), member(1, 0, 0), member(2, 0, 0)];
        (members[0].state, members[2].state) = (SmartMemberState::Paused, SmartMemberState::Removed);
        check(&link(SmartMode::Weights, 5, 100), &members, &[(1, 1_000_000)]);
    }
}
