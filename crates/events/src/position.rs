//! Places in the journal.
//!
//! Invariant: within one lane, a later record has a greater position, through restarts too, because each start opens a
//! new segment. Positions of unlike lanes do not compare.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One append-only sequence of the journal: one per edge thread for clicks, one for receipts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lane(pub u16);

impl Lane {
    pub const RECEIPTS: Self = Self(u16::MAX);

    pub fn is_clicks(self) -> bool {
        self != Self::RECEIPTS
    }

    /// Name of the lane's folder.
    pub fn folder(self) -> String {
        if self.is_clicks() { format!("clicks-{}", self.0) } else { "receipts".to_owned() }
    }

    pub fn from_folder(name: &str) -> Option<Self> {
        match name.strip_prefix("clicks-") {
            Some(number) => number.parse().ok().map(Self).filter(|lane| lane.is_clicks()),
            None => (name == "receipts").then_some(Self::RECEIPTS),
        }
    }
}

/// The place just after a record: what is read next, when reading goes on from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    pub lane: Lane,
    /// Number of the segment file, from 1.
    pub segment: u32,
    /// Bytes from the start of the segment file.
    pub offset: u32,
}

impl Position {
    pub const fn start_of(lane: Lane) -> Self {
        Self { lane, segment: 0, offset: 0 }
    }

    /// Segment and offset in one number that grows along the lane.
    pub const fn packed(self) -> u64 {
        (self.segment as u64) << 32 | self.offset as u64
    }

    pub const fn unpack(lane: Lane, packed: u64) -> Self {
        Self { lane, segment: (packed >> 32) as u32, offset: packed as u32 }
    }
}

/// One position per lane; a lane that is not named stands at its start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Positions(BTreeMap<Lane, u64>);

impl Positions {
    pub fn get(&self, lane: Lane) -> Position {
        Position::unpack(lane, self.0.get(&lane).copied().unwrap_or(0))
    }

    /// Moves one lane on; never back.
    pub fn advance(&mut self, to: Position) {
        let held = self.0.entry(to.lane).or_default();
        *held = (*held).max(to.packed());
    }

    /// Whether every lane of `other` has been passed.
    pub fn reached(&self, other: &Self) -> bool {
        other.0.iter().all(|(lane, packed)| self.get(*lane).packed() >= *packed)
    }

    pub fn iter(&self) -> impl Iterator<Item = Position> + '_ {
        self.0.iter().map(|(lane, packed)| Position::unpack(*lane, *packed))
    }

    /// The lanes of clicks only: what the shipper moves.
    pub fn of_clicks(&self) -> Self {
        self.iter().filter(|position| position.lane.is_clicks()).collect()
    }
}

impl FromIterator<Position> for Positions {
    fn from_iter<I: IntoIterator<Item = Position>>(positions: I) -> Self {
        let mut all = Self::default();
        positions.into_iter().for_each(|position| all.advance(position));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_passed_one_by_one() {
        let at = |lane, segment, offset| Position { lane: Lane(lane), segment, offset };
        let mut shipped: Positions = [at(0, 2, 10)].into_iter().collect();
        let wanted: Positions = [at(0, 2, 9), at(1, 1, 24)].into_iter().collect();
        assert!(!shipped.reached(&wanted), "lane 1 has not moved");
        shipped.advance(at(1, 2, 0));
        assert!(shipped.reached(&wanted));
        shipped.advance(at(1, 1, 1));
        assert_eq!(shipped.get(Lane(1)).segment, 2, "never back");
    }

    #[test]
    fn folders_name_their_lane() {
        for lane in [Lane(0), Lane(17), Lane::RECEIPTS] {
            assert_eq!(Lane::from_folder(&lane.folder()), Some(lane));
        }
        assert_eq!(Lane::from_folder("clicks-65535"), None);
        assert_eq!(Lane::from_folder("lost+found"), None);
    }
}
