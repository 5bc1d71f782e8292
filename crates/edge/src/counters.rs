//! What the edge has done since it started.

use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// Counters, each only ever rising.
        #[derive(Debug, Default)]
        pub struct EdgeCounters { $($(#[$doc])* pub $name: Counter),+ }

        impl EdgeCounters {
            /// Name and value of each, for a metrics page.
            pub fn read(&self) -> Vec<(&'static str, u64)> {
                vec![$((stringify!($name), self.$name.get())),+]
            }
        }
    };
}

#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    pub fn add(&self, count: u64) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

counters! {
    clicks_stored,
    /// Visitors sent on while the journal could not be written: an alarm.
    clicks_unstored,
    /// Clicks on slugs that no tenant owns; nothing is kept of them.
    clicks_of_nobody,
    throughs_stored,
    throughs_unstored,
    views_stored,
    views_unstored,
    touches_stored,
    touches_unstored,
    receipts_stored,
    /// Receipts that were refused because the journal could not be written: an alarm.
    receipts_unstored,
    receipts_deferred,
    receipts_malformed,
    receipts_unauthenticated,
    connections_opened,
    connections_refused,
    connections_idle_closed,
    app_requests,
}
