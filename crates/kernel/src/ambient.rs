//! Time and chance, passed in.

use std::sync::{Arc, Mutex};

use rand::{Rng as _, SeedableRng as _, rngs::StdRng};

use crate::{
    id::Id,
    time::{Clock, Timestamp},
};

/// A source of random bytes.
pub trait Chance: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

/// A cryptographic generator: seeded by the caller, so that tests and the demo repeat.
pub struct SeededChance(Mutex<StdRng>);

impl SeededChance {
    pub fn new(seed: [u8; 32]) -> Self {
        Self(Mutex::new(StdRng::from_seed(seed)))
    }

    pub fn from_number(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Chance for SeededChance {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().expect("chance is never held across a panic").fill_bytes(bytes);
    }
}

/// Chance of the operating system.
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, bytes: &mut [u8]) {
        use rand::TryRng as _;
        rand::rngs::SysRng.try_fill_bytes(bytes).expect("the operating system has random bytes");
    }
}

/// Random bits of an id (RFC 9562 §5.7: 12 and 62).
const ID_RANDOM_BITS: u32 = 74;

/// The two things a decision may not reach for by itself.
#[derive(Clone)]
pub struct Ambient {
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    /// Moment and random part of the newest id, so that ids of one millisecond sort in the order they were made.
    newest: Arc<Mutex<(Timestamp, u128)>>,
}

impl Ambient {
    pub fn new(clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> Self {
        Self { clock, chance, newest: Arc::default() }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// An id of this moment, larger than every id that this process made in the same millisecond.
    pub fn new_id<K>(&self) -> Id<K> {
        let now = self.now();
        let drawn = u128::from_be_bytes(self.random_bytes());
        let mut newest = self.newest.lock().expect("never held across a panic");
        let random =
            if newest.0 == now { newest.1 + (drawn & 0xFFFF_FFFF) + 1 } else { drawn >> (129 - ID_RANDOM_BITS) };
        *newest = (now, random);
        Id::from_parts(now, (random >> 62) << 64 | (random & 0x3FFF_FFFF_FFFF_FFFF))
    }

    pub fn new_id_at<K>(&self, at: Timestamp) -> Id<K> {
        Id::from_parts(at, u128::from_be_bytes(self.random_bytes()))
    }

    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.chance.fill(&mut bytes);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::Offer, time::MovableClock};

    #[test]
    fn ids_of_one_millisecond_sort_in_the_order_they_were_made() {
        let clock = MovableClock::starting_at(Timestamp::from_millis(1_700_000_000_000));
        let ambient = Ambient::new(Arc::new(clock.clone()), Arc::new(SeededChance::from_number(3)));
        let made: Vec<Id<Offer>> = (0..1_000).map(|_| ambient.new_id()).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
        clock.advance_millis(1);
        assert!(ambient.new_id::<Offer>() > made[999]);
        assert_eq!(made[0].uuid().get_version_num(), 7);
    }
}
