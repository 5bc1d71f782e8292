//! PayPal Payouts: batches of payments, what became of each item, and news of it by webhook.
//!
//! Invariants: a batch is known by its `sender_batch_id`, and PayPal pays a batch once for each within
//! [`KEY_KEPT_DAYS`]; so whoever does not know whether PayPal took a batch sends the very same batch again, and is led to
//! the one that was taken. After a doubt nothing but PayPal's remark on the batch itself counts as a refusal. A key that
//! PayPal may have forgotten is not sent. No address that PayPal answers with is ever called.

mod amount;
mod batch;
mod call;
mod error;
mod fake;
mod news;
mod payouts;
mod read;
#[cfg(test)]
mod stories;
mod token;

use std::{fmt, sync::Arc, time::Duration};

use anyhow::Context as _;
use kernel::Clock;
use reqwest::{Client, redirect};
use tokio::sync::Mutex;

pub use amount::{CURRENCIES, pays_in};
pub use batch::{BATCH_ITEMS_MAX, Batch, BatchFault, Draft, Payment, Receiver};
pub use error::{Detail, PayPalError, Refusal};
pub use fake::{FakePayPal, PaidItem, Trouble};
pub use news::{News, NewsHeaders};
pub use payouts::{KEY_KEPT_DAYS, PAGE_ITEMS_MAX};
pub use read::{BatchState, Item, ItemState, ItemsPage, Reason, SentBatch};

use token::Token;

pub const LIVE: &str = "https://api-m.paypal.com";
pub const SANDBOX: &str = "https://api-m.sandbox.paypal.com";
/// How long PayPal may take over an answer: a batch of the largest size takes it many seconds.
pub const WAIT: Duration = Duration::from_secs(60);
const CONNECT_WAIT: Duration = Duration::from_secs(10);

/// The key of a PayPal application.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    pub client_id: String,
    pub client_secret: String,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.client_id)
    }
}

/// One PayPal account, asked with its key. Clones share the token.
#[derive(Clone)]
pub struct PayPal {
    client: Client,
    host: String,
    key: Key,
    clock: Arc<dyn Clock>,
    token: Arc<Mutex<Option<Token>>>,
}

impl PayPal {
    /// The account of a key at [`LIVE`], [`SANDBOX`] or a fake's address.
    pub fn new(host: &str, key: Key, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        Self::waiting(host, key, clock, WAIT)
    }

    /// As [`PayPal::new`], waiting for an answer no longer than `wait`.
    pub fn waiting(host: &str, key: Key, clock: Arc<dyn Clock>, wait: Duration) -> anyhow::Result<Self> {
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(wait)
            .connect_timeout(CONNECT_WAIT)
            .user_agent("Tributary")
            .build()
            .context("make a client for PayPal")?;
        Ok(Self { client, host: host.trim_end_matches('/').to_owned(), key, clock, token: Arc::default() })
    }
}
