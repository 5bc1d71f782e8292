//! What the edge knows about the world: links, offers, partners, enrollments, workspaces, hosts and tokens.
//!
//! `app` is the only writer: it sends [`RouteChange`]s with a rising sequence number. Readers take the whole table as it
//! stood at one sequence, without a lock. A checksummed [`snapshot`] lets redirects start when records are down.

pub mod caps;
pub mod change;
mod pairs;
mod refs;
pub mod slots;
pub mod snapshot;
mod table;

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use arc_swap::{ArcSwap, Guard};

pub use caps::CapSlot;
pub use change::{
    CapRoute, CapTraffic, DomainRoute, EnrollmentRoute, EnrollmentState, LandingRoute, LinkRoute, OfferRoute,
    OfferState, PageKind, PartnerRoute, PartnerState, RouteChange, SMART_MEMBERS_MAX, SmartLinkRoute, SmartMemberRoute,
    TokenKind, TokenRoute, TrafficRule, Trafficback, WhenFull, WorkspaceRoute, token_digest,
};
pub use refs::{RefsRoute, Subject, digest_name};
pub use slots::{Link, OfferSlot, PartnerSlot, SmartSlot};
pub use snapshot::SnapshotError;
pub use table::{Found, Pair, RouteTable, told::About};

/// The routes now in force. Cloning shares them.
#[derive(Clone, Default)]
pub struct Routes {
    current: Arc<ArcSwap<RouteTable>>,
    writer: Arc<Mutex<()>>,
}

impl Routes {
    /// Starts from an existing table, for example a loaded snapshot.
    pub fn from_table(table: RouteTable) -> Self {
        Self { current: Arc::new(ArcSwap::from_pointee(table)), writer: Arc::default() }
    }

    /// Reads the snapshot at `path`. A damaged or missing file is an error; the caller then rebuilds from records.
    pub fn load(path: &Path) -> Result<Self, SnapshotError> {
        snapshot::load(path).map(Self::from_table)
    }

    /// Puts `changes` in force as one step; when it returns, every later click sees them.
    ///
    /// A sequence not above the present one is old news (a feed read twice) and changes nothing: the answer is `false`.
    pub fn apply(&self, sequence: u64, changes: Vec<RouteChange>) -> bool {
        let _writing = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let present = self.current.load_full();
        if sequence <= present.sequence() {
            return false;
        }
        let mut next = RouteTable::clone(&present);
        next.apply(sequence, changes);
        self.current.store(Arc::new(next));
        true
    }

    /// Puts a whole table in force, whatever its sequence (a rebuild from records).
    pub fn replace(&self, sequence: u64, changes: Vec<RouteChange>) {
        let _writing = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut table = RouteTable::default();
        table.keep_tallies_of(&self.current.load());
        table.apply(sequence, changes);
        self.current.store(Arc::new(table));
    }

    pub fn table(&self) -> Guard<Arc<RouteTable>> {
        self.current.load()
    }

    pub fn sequence(&self) -> u64 {
        self.current.load().sequence()
    }

    /// Writes the table now in force to `path`, atomically, and answers its sequence.
    pub fn snapshot_to(&self, path: &Path) -> Result<u64, SnapshotError> {
        let table = self.current.load_full();
        snapshot::save(&table, path)?;
        Ok(table.sequence())
    }
}

#[cfg(test)]
mod tests;
