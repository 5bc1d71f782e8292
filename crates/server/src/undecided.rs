//! The door and the facts of an installation whose decider has not come yet: every receipt is kept and deferred.

use edge::{ReceiptAnswer, ReceiptDoor};
use events::{ConversionMove, FactSource, Position, ReceiptRecord};
use futures_core::future::BoxFuture;

pub struct Undecided;

impl ReceiptDoor for Undecided {
    fn decide(&self, receipt: ReceiptRecord, _: Position) -> BoxFuture<'_, ReceiptAnswer> {
        Box::pin(async move { ReceiptAnswer::deferred(receipt.receipt_id, receipt.conversion_id) })
    }
}

impl FactSource for Undecided {
    fn read_after(&self, _: u64, _: usize) -> anyhow::Result<Vec<ConversionMove>> {
        Ok(Vec::new())
    }
}
