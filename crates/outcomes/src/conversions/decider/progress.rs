//! Which receipts wait, and up to where the journal has been decided.

use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

use events::{Position, ReceiptRecord};
use kernel::{Id, Tenant, id};
use tokio::sync::Notify;

/// The cursor stays this many receipts behind the newest decided one, so that a receipt that was journaled before
/// another but offered after it is never passed over. More senders than this are never between journal and decider.
const CURSOR_LAG: usize = 10_000;

#[derive(Default)]
pub(super) struct Progress {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    /// Packed positions of receipts that are offered and not decided.
    outstanding: BTreeMap<u64, Id<id::Receipt>>,
    waiting: HashMap<Id<id::Receipt>, Id<id::Workspace>>,
    /// Receipts that were set aside after too many failures; the journal keeps them, the cursor stays before them.
    aside: HashSet<Id<id::Receipt>>,
    decided: VecDeque<u64>,
    /// Whether what the journal held at the start has been offered again.
    recovered: bool,
}

impl Progress {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn offer(&self, receipt: &ReceiptRecord, position: Position) {
        let mut state = self.state();
        state.outstanding.insert(position.packed(), receipt.receipt_id);
        state.waiting.insert(receipt.receipt_id, receipt.workspace);
    }

    pub fn decided(&self, receipt: Id<id::Receipt>, position: Position) {
        let mut state = self.state();
        state.outstanding.remove(&position.packed());
        state.waiting.remove(&receipt);
        state.aside.remove(&receipt);
        state.decided.push_back(position.packed());
        if state.decided.len() > CURSOR_LAG {
            state.decided.pop_front();
        }
        drop(state);
        self.changed.notify_waiters();
    }

    /// The journal of earlier runs has been offered again.
    pub fn recovered(&self) {
        self.state().recovered = true;
        self.changed.notify_waiters();
    }

    pub fn set_aside(&self, receipt: Id<id::Receipt>) {
        self.state().aside.insert(receipt);
        self.changed.notify_waiters();
    }

    pub fn is_waiting(&self, tenant: Tenant, receipt: Id<id::Receipt>) -> bool {
        self.state().waiting.get(&receipt) == Some(&tenant.id())
    }

    pub fn waiting_count(&self) -> usize {
        self.state().waiting.len()
    }

    /// Where re-offering may begin at the next start, as a packed position; 0 until enough has been decided.
    pub fn cursor(&self) -> u64 {
        let state = self.state();
        let behind = if state.decided.len() < CURSOR_LAG { 0 } else { state.decided.front().copied().unwrap_or(0) };
        let waiting = state.outstanding.keys().next().map_or(u64::MAX, |first| first.saturating_sub(1));
        behind.min(waiting)
    }

    pub async fn settle(&self) {
        self.wait_until(|state| state.recovered).await;
        let wanted: Vec<_> = self.state().waiting.keys().copied().collect();
        let is_done = |state: &State, receipt| !state.waiting.contains_key(receipt) || state.aside.contains(receipt);
        self.wait_until(|state| wanted.iter().all(|receipt| is_done(state, receipt))).await;
    }

    async fn wait_until(&self, holds: impl Fn(&State) -> bool) {
        loop {
            let changed = self.changed.notified();
            let mut changed = std::pin::pin!(changed);
            changed.as_mut().enable();
            if holds(&self.state()) {
                return;
            }
            changed.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use events::{
        Positions,
        position::Lane,
        record::{Door, Trust},
    };
    use kernel::Timestamp;

    fn at(offset: u32) -> Position {
        Position { lane: Lane::RECEIPTS, segment: 1, offset }
    }

    fn receipt(number: u32) -> ReceiptRecord {
        ReceiptRecord {
            receipt_id: Id::from_u128(number.into()),
            conversion_id: Id::from_u128(number.into()),
            workspace: Id::from_u128(1),
            advertiser: None,
            arrived_at: Timestamp::from_millis(0),
            door: Door::Postback,
            trust: Trust::Token,
            remote_ip: [192, 0, 2, 1].into(),
            params: Vec::new(),
            raw: Vec::new(),
            clicks_before: Positions::default(),
        }
    }

    #[test]
    fn the_cursor_stays_before_what_waits() {
        let progress = Progress::default();
        progress.offer(&receipt(1), at(10));
        for number in 0..CURSOR_LAG as u32 + 5 {
            progress.offer(&receipt(number + 2), at(11 + number));
            progress.decided(Id::from_u128(u128::from(number) + 2), at(11 + number));
        }
        assert_eq!(progress.cursor(), at(9).packed());
        assert!(progress.is_waiting(Tenant(Id::from_u128(1)), Id::from_u128(1)));
        assert!(!progress.is_waiting(Tenant(Id::from_u128(2)), Id::from_u128(1)), "another workspace's");
        progress.decided(Id::from_u128(1), at(10));
        assert!(progress.cursor() > at(10).packed() && progress.cursor() < at(20).packed());
        assert_eq!(progress.waiting_count(), 0);
    }
}
