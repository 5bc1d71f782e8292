//! Click ids: unique without a database, ordered by time, and impossible to invent.
//!
//! 128 bits from the top: 48 milliseconds, 4 key number, 36 drawn number, 40 MAC. The drawn number is 4 bits of edge node,
//! 16 of block and 16 of counter. Blocks are handed out once and the next one is on disk before it is used, so that two
//! ids never share all 36 bits until 4,294,967,296 ids of a node later, whatever the clock does. The MAC is keyed BLAKE3
//! over the 88 bits before it. Printed bare as 26 characters (landing pages) or as `clk_…` (API); both are read.

mod blocks;
mod keys;

use std::sync::{Arc, Mutex, PoisonError};

use kernel::{Id, Timestamp, crockford, id::Click};

use blocks::Blocks;
pub use keys::{ClickKeys, KeyError};

const MAC_BITS: u32 = 40;
const MAC_MASK: u128 = (1 << MAC_BITS) - 1;
const COUNTER_BITS: u32 = 16;
const BLOCK_BITS: u32 = 16;
/// Edge nodes of one installation.
pub const MAX_NODES: u8 = 16;
const MILLIS_MASK: u128 = (1 << 48) - 1;

/// Reads the bare form or `clk_…`; says nothing of whether the MAC is right.
pub fn parse(text: &str) -> Option<Id<Click>> {
    crockford::decode(text.strip_prefix("clk_").unwrap_or(text)).map(Id::from_u128)
}

/// When the click with this id happened, as the id says.
pub fn time_of(id: Id<Click>) -> Timestamp {
    Timestamp::from_millis((id.as_u128() >> 80) as i64)
}

/// Where lanes get their blocks of numbers. One per process and data folder.
#[derive(Clone)]
pub struct ClickIdMint {
    keys: Arc<ClickKeys>,
    blocks: Arc<Mutex<Blocks>>,
    node: u8,
}

impl ClickIdMint {
    /// Opens or makes the keys and the block counter in `folder` (`DATA/keys`).
    pub fn open(folder: &std::path::Path, node: u8, ambient: &kernel::Ambient) -> Result<Self, KeyError> {
        assert!(node < MAX_NODES, "an edge node is numbered 0 to 15");
        let keys = Arc::new(ClickKeys::open_or_create(folder, ambient)?);
        let blocks = Arc::new(Mutex::new(Blocks::open(folder, ambient)?));
        Ok(Self { keys, blocks, node })
    }

    pub fn keys(&self) -> &Arc<ClickKeys> {
        &self.keys
    }

    /// A drawer of ids for one thread.
    pub fn drawer(&self) -> Drawer {
        Drawer { mint: self.clone(), block: None, counter: 0 }
    }

    fn next_block(&self) -> u16 {
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner).next()
    }
}

/// Draws ids from its own block.
pub struct Drawer {
    mint: ClickIdMint,
    block: Option<u16>,
    counter: u16,
}

impl Drawer {
    pub fn draw(&mut self, at: Timestamp) -> Id<Click> {
        let number = self.next_number();
        let millis = (at.millis().max(0) as u128) & MILLIS_MASK;
        let (key_number, key) = self.mint.keys.current();
        let unsigned = millis << 40 | u128::from(key_number) << 36 | u128::from(number);
        Id::from_u128(unsigned << MAC_BITS | mac(key, unsigned))
    }

    fn next_number(&mut self) -> u64 {
        let block = *self.block.get_or_insert_with(|| self.mint.next_block());
        let number = u64::from(self.mint.node) << (BLOCK_BITS + COUNTER_BITS)
            | u64::from(block) << COUNTER_BITS
            | u64::from(self.counter);
        self.counter = self.counter.wrapping_add(1);
        if self.counter == 0 {
            self.block = None;
        }
        number
    }
}

fn mac(key: &[u8; 32], unsigned: u128) -> u128 {
    let hash = blake3::keyed_hash(key, &unsigned.to_be_bytes()[5..]);
    let head: [u8; 16] = hash.as_bytes()[..16].try_into().expect("a hash has 32 bytes");
    u128::from_be_bytes(head) & MAC_MASK
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use kernel::{Ambient, ambient::SeededChance, time::MovableClock};
    use proptest::prelude::*;

    use super::*;

    fn ambient(seed: u64) -> Ambient {
        let clock = MovableClock::starting_at(Timestamp::from_millis(1_790_000_000_000));
        Ambient::new(Arc::new(clock), Arc::new(SeededChance::from_number(seed)))
    }

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_790_000_000_000 + millis)
    }

    #[test]
    fn ids_are_ordered_by_time_and_carry_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut drawer = ClickIdMint::open(folder.path(), 0, &ambient(1)).expect("keys").drawer();
        let ids: Vec<_> = (0..1_000).map(|millis| drawer.draw(at(millis))).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(time_of(ids[7]), at(7));
        assert_eq!(parse(&ids[7].to_string()), Some(ids[7]));
        assert_eq!(parse(&ids[7].to_string()[4..].to_lowercase()), Some(ids[7]));
    }

    #[test]
    fn ids_stay_unique_over_restarts_while_the_clock_jumps() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut seen = HashSet::new();
        for restart in 0..20 {
            let mint = ClickIdMint::open(folder.path(), 3, &ambient(restart)).expect("keys");
            let mut drawers = [mint.drawer(), mint.drawer()];
            for step in 0..200_000_i64 / 20 {
                let jumped = at(-(step % 7) * (restart as i64 % 3));
                for drawer in &mut drawers {
                    assert!(seen.insert(drawer.draw(jumped).as_u128() >> 40 & 0xF_FFFF_FFFF));
                }
            }
        }
    }

    #[test]
    fn a_drawer_outlives_its_block() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut drawer = ClickIdMint::open(folder.path(), 0, &ambient(1)).expect("keys").drawer();
        let ids: HashSet<_> = (0..200_000).map(|_| drawer.draw(at(0))).collect();
        assert_eq!(ids.len(), 200_000);
    }

    #[test]
    fn an_old_key_still_vouches_after_rotation() {
        let folder = tempfile::tempdir().expect("a folder");
        let before = ClickIdMint::open(folder.path(), 0, &ambient(1)).expect("keys").drawer().draw(at(0));
        ClickKeys::rotate(folder.path(), &ambient(2)).expect("rotated");
        let mint = ClickIdMint::open(folder.path(), 0, &ambient(3)).expect("keys");
        let after = mint.drawer().draw(at(0));
        assert!(mint.keys().vouches_for(before) && mint.keys().vouches_for(after));
        assert_ne!(before.as_u128() >> 76 & 15, after.as_u128() >> 76 & 15);
    }

    proptest! {
        #[test]
        fn a_forged_id_is_refused(forged: u128, flip in 0_u32..128) {
            let folder = tempfile::tempdir().expect("a folder");
            let mint = ClickIdMint::open(folder.path(), 0, &ambient(1)).expect("keys");
            let real = mint.drawer().draw(at(5));
            prop_assert!(mint.keys().vouches_for(real));
            prop_assert!(!mint.keys().vouches_for(Id::from_u128(forged)));
            prop_assert!(!mint.keys().vouches_for(Id::from_u128(real.as_u128() ^ 1 << flip)));
        }
    }
}
