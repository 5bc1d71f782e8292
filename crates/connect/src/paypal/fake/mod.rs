//! A PayPal on loopback for tests, by its published specification: real HTTP, tokens that end, keys of batches kept for
//! thirty days, items that are processed when the test says so, and trouble on order.

mod ledger;
mod routes;

use std::sync::{Arc, Mutex, MutexGuard};

use data_encoding::HEXLOWER;
use kernel::Clock;
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;

use super::{ItemState, Key, NewsHeaders};
use ledger::Ledger;

/// What befalls a request for batches or items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// None: the request goes as it should.
    None,
    /// What was asked is done, and no answer comes.
    TimesOutAfterAccepting,
    /// Nothing is done, and no answer comes.
    TimesOutBefore,
    /// What was asked is done, and the answer is 500.
    BreaksAfterAccepting,
    /// Nothing is done, and the answer is 503.
    ServerError,
    RateLimited {
        retry_after_s: u32,
    },
    Refuses {
        status: u16,
        name: &'static str,
    },
}

impl Trouble {
    const fn is_done(&self) -> bool {
        matches!(self, Self::None | Self::TimesOutAfterAccepting | Self::BreaksAfterAccepting)
    }
}

/// Money that was accepted to be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidItem {
    pub sender_batch_id: String,
    pub sender_item_id: String,
    pub receiver: String,
    pub value: String,
    pub currency: String,
}

/// A PayPal that runs for as long as the test's runtime.
#[derive(Clone)]
pub struct FakePayPal {
    host: String,
    ledger: Arc<Mutex<Ledger>>,
}

impl FakePayPal {
    pub async fn start(clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let host = format!("http://{}", listener.local_addr()?);
        let ledger = Arc::new(Mutex::new(Ledger::new(clock, host.clone())));
        let fake = Self { host, ledger };
        let routes = routes::routes(fake.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(fake)
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    /// The one key that is taken.
    pub fn key() -> Key {
        Key { client_id: "fake-client".to_owned(), client_secret: "fake-secret".to_owned() }
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().expect("never held across a panic")
    }

    /// What befalls the next requests, one each.
    pub fn trouble(&self, next: impl IntoIterator<Item = Trouble>) {
        self.ledger().troubles.extend(next);
    }

    /// What becomes of payments to a receiver once processed, with PayPal's reason; of others, success.
    pub fn decide(&self, receiver: &str, state: ItemState, reason: &'static str) {
        self.ledger().decided.insert(receiver.to_owned(), (state, reason));
    }

    /// Processes all batches, and gives back what nobody claimed for thirty days.
    pub fn process(&self) {
        self.ledger().process();
    }

    /// Denies a batch whole, as PayPal does where the balance is too small.
    pub fn deny(&self, sender_batch_id: &str) {
        self.ledger().deny(sender_batch_id);
    }

    /// All that was ever accepted to be paid.
    pub fn accepted(&self) -> Vec<PaidItem> {
        self.ledger().accepted()
    }

    /// Takes no token given so far.
    pub fn revoke_tokens(&self) {
        self.ledger().revoke();
    }

    pub fn tokens_given(&self) -> usize {
        self.ledger().tokens_given
    }

    /// The headers under which a message is this PayPal's own.
    pub fn sign(message: &[u8]) -> NewsHeaders {
        NewsHeaders {
            auth_algo: "SHA256withRSA".to_owned(),
            cert_url: "https://api.paypal.com/v1/notifications/certs/CERT-fake".to_owned(),
            transmission_id: "69cd13f0-d67a-11e5-baa3-778b53f4ae55".to_owned(),
            transmission_sig: HEXLOWER.encode(&Sha256::digest(message)),
            transmission_time: "2026-02-18T20:01:35Z".to_owned(),
        }
    }
}
