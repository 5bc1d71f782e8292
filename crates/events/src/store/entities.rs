//! Keys for ids: a fact names an entity by a small number. 0 is none.

use std::collections::HashMap;

use kernel::Id;

/// The committed keys.
#[derive(Default)]
pub struct Entities {
    keys: HashMap<u128, i32>,
    ids: Vec<u128>,
}

impl Entities {
    /// `rows` in any order; keys are 1 … n without holes.
    pub fn from_rows(mut rows: Vec<(i32, u128)>) -> Self {
        rows.sort_unstable();
        let ids = rows.iter().map(|(_, id)| *id).collect();
        Self { keys: rows.into_iter().map(|(key, id)| (id, key)).collect(), ids }
    }

    pub fn key_of(&self, id: u128) -> Option<i32> {
        self.keys.get(&id).copied()
    }

    pub fn id_of(&self, key: i32) -> Option<u128> {
        let index = usize::try_from(key).ok()?.checked_sub(1)?;
        self.ids.get(index).copied()
    }

    pub fn add(&mut self, fresh: Vec<(i32, u128)>) {
        for (key, id) in fresh {
            assert_eq!(key as usize, self.ids.len() + 1, "keys have no holes");
            self.ids.push(id);
            self.keys.insert(id, key);
        }
    }
}

/// Keys of one transaction: the committed ones and those it adds.
pub struct KeysInUse<'e> {
    committed: &'e Entities,
    fresh: HashMap<u128, i32>,
    in_order: Vec<(i32, u128)>,
}

impl<'e> KeysInUse<'e> {
    pub fn new(committed: &'e Entities) -> Self {
        Self { committed, fresh: HashMap::new(), in_order: Vec::new() }
    }

    pub fn key<K>(&mut self, id: Option<Id<K>>) -> i32 {
        let Some(id) = id.map(|id| id.as_u128()) else { return 0 };
        if let Some(key) = self.committed.key_of(id) {
            return key;
        }
        let next = i32::try_from(self.committed.ids.len() + self.fresh.len() + 1).expect("fewer than 2^31 entities");
        *self.fresh.entry(id).or_insert_with(|| {
            self.in_order.push((next, id));
            next
        })
    }

    pub fn into_fresh(self) -> Vec<(i32, u128)> {
        self.in_order
    }
}

pub const fn high(id: u128) -> u64 {
    (id >> 64) as u64
}

pub const fn low(id: u128) -> u64 {
    id as u64
}
