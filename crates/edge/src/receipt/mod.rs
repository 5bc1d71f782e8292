//! The doors through which conversions are reported, up to the point where `app` decides.
//!
//! A receipt's two ids are drawn at the door and journaled with an fsync before anything else, so that nothing that was
//! acknowledged can be lost and a retry is safe.

pub mod calls;
mod channel;
mod doors;
pub mod fields;
pub mod signature;
pub mod tag;

use std::{future::Future, pin::Pin};

use events::{Position, ReceiptRecord};
use kernel::{
    Id,
    id::{Conversion, Receipt},
};
use serde::Serialize;

pub(crate) use doors::Sender;

pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Who decides on a receipt. Filled by `app`.
pub trait ReceiptDoor: Send + Sync {
    /// The verdict on a receipt that the journal holds up to `position`. Where none can be had now, the answer is
    /// [`ReceiptAnswer::deferred`]; the journal keeps the receipt for later.
    fn decide(&self, receipt: ReceiptRecord, position: Position) -> BoxFuture<'_, ReceiptAnswer>;
}

/// What the sender of a receipt is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceiptAnswer {
    /// 200 decided (rejected too), 202 deferred, 400 malformed, 401 unauthenticated, 404 unknown, 429 too many.
    #[serde(skip)]
    pub http_status: u16,
    pub receipt_id: Id<Receipt>,
    pub conversion_id: Option<Id<Conversion>>,
    /// The conversion's status, `received` while deferred.
    pub status: String,
    /// Stable code of the closed list, where there is one.
    pub reason: Option<String>,
    /// Plain words for the person who connects the postback.
    pub message: String,
}

impl ReceiptAnswer {
    /// Kept, to be decided later; `GET /v1/receipts/{id}` tells the outcome.
    pub fn deferred(receipt: Id<Receipt>, conversion: Id<Conversion>) -> Self {
        Self {
            http_status: 202,
            receipt_id: receipt,
            conversion_id: Some(conversion),
            status: "received".to_owned(),
            reason: None,
            message: "kept and decided later; ask /v1/receipts with this id".to_owned(),
        }
    }
}
