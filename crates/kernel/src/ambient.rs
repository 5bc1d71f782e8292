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

/// The two things a decision may not reach for by itself.
#[derive(Clone)]
pub struct Ambient {
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
}

impl Ambient {
    pub fn new(clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> Self {
        Self { clock, chance }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn new_id<K>(&self) -> Id<K> {
        self.new_id_at(self.now())
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
