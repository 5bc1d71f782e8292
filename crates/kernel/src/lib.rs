//! The words every other crate shares. Nothing here touches the world, so nothing here can fail for its sake.
//!
//! Invariants: no I/O, no async, no reading of the clock outside [`time::SystemClock`], no floating point on money.

pub mod ambient;
pub mod closed_list;
pub mod crockford;
pub mod decimal;
pub mod id;
pub mod money;
pub mod paging;
pub mod period;
pub mod rate;
pub mod reason;
#[cfg(feature = "records")]
mod records;
pub mod refusal;
pub mod targeting;
pub mod time;

pub use ambient::{Ambient, Chance};
pub use decimal::Decimal8;
pub use id::Id;
pub use money::{Currency, Money};
pub use paging::{Page, PageQuery};
pub use refusal::{FieldError, Refusal, RefusalCode};
pub use time::{Clock, Timestamp};

/// The workspace on whose behalf something is asked. Every store function takes one first.
///
/// It is had only from authentication, from the Host of an edge request, or from a job's own row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tenant(pub Id<id::Workspace>);

impl Tenant {
    pub fn id(self) -> Id<id::Workspace> {
        self.0
    }
}
