//! Looking at a web host from outside: where its name leads, until when its certificate holds, who answers there. With a
//! fake for tests.

mod certificate;
mod walk;

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};

use anyhow::Context as _;
use kernel::Timestamp;
use reqwest::{Client, redirect, tls::TlsInfo};
use url::Url;

pub use certificate::not_after;
pub use walk::{Stop, Walk, Walked};

/// How long one look may take.
const LOOK_WAIT: Duration = Duration::from_secs(10);
/// Of an answer, as much as tells whose it is.
const BODY_BYTES_MAX: usize = 256;
/// Names that no resolver leads anywhere (RFC 2606): they are for examples.
const RESERVED: [&str; 3] = [".example", ".test", ".invalid"];

/// What somebody wants to know of a host.
#[derive(Clone, Debug)]
pub struct Question {
    pub host: String,
    /// A path that answers with `marker` at its beginning where the host leads to the asker.
    pub marker_path: String,
    pub marker: String,
    /// A path that redirects, asked for with HEAD.
    pub redirect_path: Option<String>,
    /// Which addresses may be connected to.
    pub may_connect: fn(IpAddr) -> bool,
}

/// What was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub addresses: Vec<IpAddr>,
    /// Some address may not be connected to, so that nothing was asked there.
    pub is_private: bool,
    /// Until when the certificate holds, where a connection came about.
    pub certificate_until: Option<Timestamp>,
    /// Why no connection came about.
    pub failure: Option<String>,
    pub leads_here: bool,
    /// Status of the redirect, where one was asked for.
    pub redirect_status: Option<u16>,
}

/// Who looks.
#[derive(Clone)]
pub enum Prober {
    Net,
    Fake(FakeHosts),
}

impl Prober {
    /// What is to be seen of the host; nothing where its name is one for examples.
    pub async fn look(&self, question: &Question) -> Option<Seen> {
        match self {
            Self::Fake(hosts) => Some(hosts.look(&question.host)),
            Self::Net if RESERVED.iter().any(|name| question.host.ends_with(name)) => None,
            Self::Net => Some(look(question).await),
        }
    }
}

impl Prober {
    /// Follows a web address as a visitor's browser would; nothing where its name is one for examples.
    pub async fn walk(&self, walk: &Walk) -> Option<Walked> {
        match self {
            Self::Fake(hosts) => Some(hosts.walk(&walk.url)),
            Self::Net if walk::is_reserved(&walk.url, &RESERVED) => None,
            Self::Net => Some(walk::go(walk).await),
        }
    }
}

async fn look(question: &Question) -> Seen {
    let mut seen = Seen::default();
    let found = tokio::time::timeout(LOOK_WAIT, tokio::net::lookup_host((question.host.as_str(), 443))).await;
    if let Ok(Ok(found)) = found {
        seen.addresses = found.map(|address| address.ip()).collect();
        seen.addresses.dedup();
    }
    seen.is_private = seen.addresses.iter().any(|address| !(question.may_connect)(*address));
    let Some(address) = seen.addresses.first().copied().filter(|_| !seen.is_private) else { return seen };
    if let Err(error) = ask(question, address, &mut seen).await {
        seen.failure = Some(format!("{error:#}"));
    }
    seen
}

/// Asks at the address that was looked at, whatever the name leads to by now.
async fn ask(question: &Question, address: IpAddr, seen: &mut Seen) -> anyhow::Result<()> {
    let client = Client::builder()
        .resolve(&question.host, SocketAddr::new(address, 443))
        .redirect(redirect::Policy::none())
        .no_proxy()
        .timeout(LOOK_WAIT)
        .tls_info(true)
        .build()
        .context("make a client")?;
    let at = |path: &str| format!("https://{}{path}", question.host);
    let mut answer = client.get(at(&question.marker_path)).send().await.context("ask the host")?;
    let certificate = answer.extensions().get::<TlsInfo>().and_then(|info| info.peer_certificate().map(<[u8]>::to_vec));
    seen.certificate_until = certificate.as_deref().and_then(not_after);
    let mut body = Vec::new();
    while body.len() < BODY_BYTES_MAX {
        let Some(chunk) = answer.chunk().await.context("read the answer")? else { break };
        body.extend_from_slice(&chunk);
    }
    seen.leads_here = body.starts_with(question.marker.as_bytes());
    if let Some(path) = &question.redirect_path {
        let answer = client.head(at(path)).send().await.context("ask for the redirect")?;
        seen.redirect_status = Some(answer.status().as_u16());
    }
    Ok(())
}

/// Hosts of a test: what is not told of is in the best of health.
#[derive(Clone, Default)]
pub struct FakeHosts(Arc<Mutex<Told>>);

#[derive(Default)]
struct Told {
    hosts: HashMap<String, Seen>,
    walks: HashMap<String, Walked>,
}

impl FakeHosts {
    /// What is to be seen of a host from now on.
    pub fn tell(&self, host: &str, seen: Seen) {
        self.0.lock().expect("never held across a panic").hosts.insert(host.to_owned(), seen);
    }

    /// Where a walk to a host ends from now on; `{query}` in an address is the query it began with.
    pub fn tell_walk(&self, host: &str, walked: Walked) {
        self.0.lock().expect("never held across a panic").walks.insert(host.to_owned(), walked);
    }

    fn walk(&self, url: &str) -> Walked {
        let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let told = self.0.lock().expect("never held across a panic").walks.get(&host).cloned();
        told.map_or_else(|| Walked::landed(url, 200), |walked| walked.begun_at(url))
    }

    /// A host that leads here with a certificate of many years.
    pub fn sound() -> Seen {
        Seen {
            addresses: vec![IpAddr::from([203, 0, 113, 1])],
            certificate_until: Timestamp::parse("2099-01-01T00:00:00Z"),
            leads_here: true,
            redirect_status: Some(302),
            ..Seen::default()
        }
    }

    fn look(&self, host: &str) -> Seen {
        let told = self.0.lock().expect("never held across a panic").hosts.get(host).cloned();
        told.unwrap_or_else(Self::sound)
    }
}
