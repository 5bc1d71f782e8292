//! Receipts that wait for the records to come back, in their order.

use std::collections::VecDeque;

use edge::receipt::ReceiptAnswer;
use events::Position;

use super::Waiting;

/// Receipts kept in memory; further ones are read from the journal again when their turn comes.
pub const BACKLOG_MAX: usize = 50_000;

#[derive(Default)]
pub(super) struct Backlog {
    receipts: VecDeque<Waiting>,
    /// The journal must be read again from here, since memory was full.
    overflow_from: Option<Position>,
}

impl Backlog {
    pub fn is_empty(&self) -> bool {
        self.receipts.is_empty() && self.overflow_from.is_none()
    }

    /// Takes a receipt to the end of the queue and tells its sender that the verdict comes later.
    pub fn defer(&mut self, mut waiting: Waiting) {
        tell_later(&mut waiting);
        if self.overflow_from.is_some() {
            return;
        }
        if self.receipts.len() < BACKLOG_MAX {
            self.receipts.push_back(waiting);
        } else {
            let last = self.receipts.back().map(|last| last.position);
            self.overflow_from = Some(last.unwrap_or(waiting.position));
        }
    }

    /// Puts a batch that could not be decided back to the front, in its order.
    pub fn put_back(&mut self, batch: Vec<Waiting>) {
        for mut waiting in batch.into_iter().rev() {
            tell_later(&mut waiting);
            self.receipts.push_front(waiting);
        }
    }

    /// Takes another queue behind this one.
    pub fn append(&mut self, behind: Self) {
        behind.receipts.into_iter().for_each(|waiting| self.defer(waiting));
        self.overflow_from = self.overflow_from.or(behind.overflow_from);
    }

    pub fn take(&mut self, count: usize) -> Vec<Waiting> {
        self.receipts.drain(..count.min(self.receipts.len())).collect()
    }

    /// Where to go on reading the journal, once memory is empty.
    pub fn take_overflow(&mut self) -> Option<Position> {
        if self.receipts.is_empty() { self.overflow_from.take() } else { None }
    }
}

fn tell_later(waiting: &mut Waiting) {
    if let Some(answer) = waiting.answer.take() {
        let later = ReceiptAnswer::deferred(waiting.receipt.receipt_id, waiting.receipt.conversion_id);
        // A sender that has gone away does not need the answer.
        let _ = answer.send(later);
    }
}
