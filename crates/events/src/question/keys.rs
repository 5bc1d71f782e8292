//! Facts name ids by small whole numbers; the store keeps the map.

use kernel::Id;

use crate::EventStore;

/// Key of no fact.
pub const NO_SUCH_KEY: i32 = -1;

pub trait Keys {
    /// The key by which facts name an id; `None` where no fact has it.
    fn key_of(&self, id: u128) -> Option<i32>;
    /// The id behind a key; `None` for 0.
    fn id_of(&self, key: i32) -> Option<u128>;
}

impl Keys for EventStore {
    fn key_of(&self, id: u128) -> Option<i32> {
        Self::key_of(self, Id::<()>::from_u128(id))
    }

    fn id_of(&self, key: i32) -> Option<u128> {
        Self::id_of(self, key)
    }
}
