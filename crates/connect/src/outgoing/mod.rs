//! Requests to addresses that people typed. With a fake for tests.
//!
//! Invariants: only addresses that may be connected to are connected to, and it is the address looked at that is
//! connected to, whatever its name leads to a moment later; nothing is followed to another address; the wait and the
//! answer that is read are bounded.

mod fake;
mod net;

use std::{fmt, time::Duration};

pub use fake::{FakeReceivers, Received};
pub use net::Net;

/// How long one request may take, to the end of its answer.
pub const WAIT: Duration = Duration::from_secs(15);
const CONNECT_WAIT: Duration = Duration::from_secs(5);
/// Of an answer, as much as is read.
const ANSWER_BYTES_MAX: usize = 4_096;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

impl Method {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// A request to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub method: Method,
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<String>,
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// The beginning of the body.
    pub body: String,
    /// `Retry-After` in seconds.
    pub retry_after_s: Option<u32>,
}

impl Reply {
    pub const fn is_success(&self) -> bool {
        200 <= self.status && self.status < 300
    }
}

/// Why nothing came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The name leads to an address that may not be connected to.
    Private,
    TimedOut,
    /// The address cannot be read or found, the connection does not come about, or it breaks.
    NotReached(String),
}

impl Failure {
    /// A word that stays the same.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Private => "private_address",
            Self::TimedOut => "timed_out",
            Self::NotReached(_) => "not_reached",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotReached(why) => f.write_str(why),
            other => f.write_str(other.code()),
        }
    }
}

/// A request that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub result: Result<Reply, Failure>,
    pub took_ms: u32,
}

/// Who makes requests.
#[derive(Clone)]
pub enum Sender {
    Net(Net),
    Fake(FakeReceivers),
}

impl Sender {
    pub async fn send(&self, ask: &Ask) -> Outcome {
        match self {
            Self::Net(net) => net.send(ask).await,
            Self::Fake(receivers) => receivers.send(ask),
        }
    }
}
