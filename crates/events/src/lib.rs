//! What happened: the journal that keeps it first, the click index that answers for one click, the event store that
//! answers for millions, and the shipper that moves facts from the first to the other two.
//!
//! Invariants: an acknowledged record is in the journal before its reply; the journal is the source, the click index
//! and the event store can be rebuilt from it and from the moves of conversions; facts are only ever appended; only the
//! shipper writes to the click index and to the event store.

pub mod click_rows;
pub mod clicks;
pub mod fact;
pub mod journal;
pub mod journeys;
pub mod parquet;
pub mod position;
pub mod question;
pub mod raw;
pub mod record;
#[cfg(test)]
mod sample;
pub mod shipper;
pub mod smart;
pub mod store;
pub mod traffic;

pub use clicks::{ClickFacts, ClickIndex, ImportedClicks};
pub use fact::{ConversionMove, FactShare, FactSource, FactState};
pub use journal::{ClickLane, Journal, JournalError, JournalOptions, ReceiptLane};
pub use position::{Lane, Position, Positions};
pub use record::{ClickRecord, ReceiptRecord, Record, ThroughRecord, TouchRecord, ViewRecord};
pub use shipper::{Shipper, ShipperParts};
pub use store::{EventStore, StoreError, StoreOptions};
