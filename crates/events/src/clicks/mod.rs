//! The click index: each click's decision facts, at most about 100 bytes, found by click id.
//!
//! SQLite, `clicks.db`: `clicks` keyed by click id, `routes` naming once what many clicks share, `visits` the valid
//! clicks by visitor and link, by which duplicates are told and journeys are found, `sightings` the clicks that the tag saw
//! visitors bring along, `views` the views that may be credited (`anchors` is what an earlier version
//! told duplicates by; it is still asked until its rows are too old), `cursors` how far the journal has been indexed. Invariants: only the shipper writes; a click
//! keeps the verdict that it got first, so that indexing it again changes nothing; readers have connections of their
//! own and never wait for the writer.

mod imported;
mod reader;
mod retention;
mod rows;
mod seen;
mod writer;

use std::net::IpAddr;

use kernel::{
    Id, Timestamp,
    id::{Advertiser, Click, Landing, Link, Offer, Partner, Workspace},
    reason::ClickReason,
};

pub use imported::{Foreign, ForeignClicks, ImportedClick, ImportedClicks, ImportedRoute};
pub use reader::ClickIndex;
pub use retention::{MAX_DUPLICATE_WINDOW_MS, Retention};
pub use seen::{Seen, SeenAsked, ViewFacts};
pub use writer::{ClickIndexWriter, Judged};

use crate::record::{ClickKind, SUBS};

/// What a click counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    Valid,
    Duplicate,
    Invalid,
    /// Outside every count.
    Probe,
}

impl Verdict {
    pub const ALL: [Self; 4] = [Self::Valid, Self::Duplicate, Self::Invalid, Self::Probe];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Duplicate => "duplicate",
            Self::Invalid => "invalid",
            Self::Probe => "probe",
        }
    }
}

/// What a decision on a conversion needs of its click.
#[derive(Clone, Debug, PartialEq)]
pub struct ClickFacts {
    pub click_id: Id<Click>,
    pub workspace: Id<Workspace>,
    pub advertiser: Option<Id<Advertiser>>,
    pub offer: Option<Id<Offer>>,
    pub partner: Option<Id<Partner>>,
    pub link: Option<Id<Link>>,
    pub landing: Option<Id<Landing>>,
    pub at: Timestamp,
    pub kind: ClickKind,
    pub verdict: Verdict,
    pub reason: Option<ClickReason>,
    pub country: String,
    /// `None` once cleared by retention.
    pub ip: Option<IpAddr>,
    /// First 64 bits of the agent's hash, see [`writer::user_agent_hash`].
    pub user_agent_hash: u64,
    pub traffic_type: String,
    pub subs: [String; SUBS],
    pub source_id: String,
    /// Empty for clicks that were indexed before it was kept.
    pub device: String,
}

#[cfg(test)]
mod tests;
