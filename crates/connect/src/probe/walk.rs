//! From a web address along its redirects to where a visitor ends up, within the hosts that are allowed and nowhere
//! private.

use std::net::{IpAddr, SocketAddr};

use reqwest::{Client, header::LOCATION, redirect};
use url::Url;

use super::LOOK_WAIT;

/// Redirects that are followed.
const REDIRECTS_MAX: usize = 5;
/// As a browser names itself, so that sites answer as they answer people; and who it really is.
const AGENT: &str = "Mozilla/5.0 (compatible; TributaryDoctor/1.0)";

/// Where to go, and what may be touched on the way.
#[derive(Clone, Debug)]
pub struct Walk {
    pub url: String,
    /// Whether a visitor may be sent to a host.
    pub allowed_hosts: Vec<String>,
    /// Which addresses may be connected to.
    pub may_connect: fn(IpAddr) -> bool,
}

/// Why a walk ended before its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The name leads nowhere.
    NoAddress,
    /// The name leads into a private network, where nothing is asked.
    PrivateAddress,
    /// A redirect leads to a host that the offer does not allow.
    LeftAllowedHosts,
    /// Redirects without end.
    TooManyRedirects,
    /// Nothing answered in time.
    TimedOut,
    /// No connection came about: nothing listens, or the certificate is not believed.
    Unreachable,
    /// A redirect to nothing that could be an address.
    BadRedirect,
}

/// Every address of the walk with the status it answered, and how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    pub hops: Vec<(String, Option<u16>)>,
    pub stop: Option<Stop>,
}

impl Walked {
    /// A page that answered at once.
    pub fn landed(url: &str, status: u16) -> Self {
        Self { hops: vec![(url.to_owned(), Some(status))], stop: None }
    }

    /// The last address, and its status.
    pub fn end(&self) -> Option<(&str, Option<u16>)> {
        self.hops.last().map(|(url, status)| (url.as_str(), *status))
    }

    pub(super) fn begun_at(self, url: &str) -> Self {
        let query = Url::parse(url).ok().and_then(|url| url.query().map(str::to_owned)).unwrap_or_default();
        let hops = self.hops.into_iter().map(|(hop, status)| (hop.replace("{query}", &query), status)).collect();
        Self { hops, ..self }
    }
}

/// Whether a name is one for examples.
pub(super) fn is_reserved(url: &str, names: &[&str]) -> bool {
    let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    names.iter().any(|name| host.ends_with(name))
}

pub(super) async fn go(walk: &Walk) -> Walked {
    let mut walked = Walked::default();
    let mut url = walk.url.clone();
    for _ in 0..=REDIRECTS_MAX {
        walked.hops.push((url.clone(), None));
        match step(walk, &url).await {
            Err(stop) => return Walked { stop: Some(stop), ..walked },
            Ok((status, next)) => {
                if let Some(last) = walked.hops.last_mut() {
                    last.1 = Some(status);
                }
                match next {
                    Some(next) => url = next,
                    None => return walked,
                }
            }
        }
    }
    Walked { stop: Some(Stop::TooManyRedirects), ..walked }
}

/// Asks one address; its status, and where it sends on.
async fn step(walk: &Walk, text: &str) -> Result<(u16, Option<String>), Stop> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https")).ok_or(Stop::BadRedirect)?;
    let host = url.host_str().ok_or(Stop::BadRedirect)?;
    if !walk.allowed_hosts.iter().any(|allowed| allows(allowed, host)) {
        return Err(Stop::LeftAllowedHosts);
    }
    let address = resolve(walk, &url, host).await?;
    let client = Client::builder()
        .resolve(host, address)
        .redirect(redirect::Policy::none())
        .no_proxy()
        .timeout(LOOK_WAIT)
        .user_agent(AGENT)
        .build()
        .map_err(|_| Stop::Unreachable)?;
    let answer = client.get(url.clone()).send().await;
    let answer = answer.map_err(|error| if error.is_timeout() { Stop::TimedOut } else { Stop::Unreachable })?;
    let status = answer.status();
    if !status.is_redirection() {
        return Ok((status.as_u16(), None));
    }
    let Some(to) = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok()) else {
        return Ok((status.as_u16(), None));
    };
    let next = url.join(to).map_err(|_| Stop::BadRedirect)?;
    Ok((status.as_u16(), Some(next.to_string())))
}

/// `shop.example` is itself alone, `*.shop.example` all below it.
fn allows(allowed: &str, host: &str) -> bool {
    match allowed.strip_prefix("*.") {
        Some(parent) => host.strip_suffix(parent).is_some_and(|rest| rest.ends_with('.')),
        None => allowed == host,
    }
}

/// The address that is looked at and then connected to, whatever the name leads to by then.
async fn resolve(walk: &Walk, url: &Url, host: &str) -> Result<SocketAddr, Stop> {
    let port = url.port_or_known_default().ok_or(Stop::BadRedirect)?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found = tokio::time::timeout(LOOK_WAIT, tokio::net::lookup_host((bare, port))).await;
    let found: Vec<SocketAddr> = found.map_err(|_| Stop::TimedOut)?.map_err(|_| Stop::NoAddress)?.collect();
    if found.iter().any(|address| !(walk.may_connect)(address.ip())) {
        return Err(Stop::PrivateAddress);
    }
    found.first().copied().ok_or(Stop::NoAddress)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local;

    /// A site on loopback that answers each path with a status and, where one is told, a redirect.
    async fn site(answers: &'static [(&'static str, u16, &'static str)]) -> String {
        let answer = move |head: &str| {
            let path = head.split(' ').nth(1).unwrap_or("/");
            let bare = path.split('?').next().unwrap_or_default();
            let host = head.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
            let known = answers.iter().find(|(known, ..)| *known == bare);
            let (status, to) = known.map_or((404, ""), |(_, status, to)| (*status, *to));
            let to = to.replace("{base}", &format!("http://{host}"));
            format!("HTTP/1.1 {status} X\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        };
        format!("http://{}", local::serve(answer).await)
    }

    async fn walked(url: String, may_connect: fn(IpAddr) -> bool) -> (usize, Option<u16>, Option<Stop>) {
        let walk = Walk { url, allowed_hosts: vec!["127.0.0.1".to_owned()], may_connect };
        let walked = go(&walk).await;
        (walked.hops.len(), walked.end().and_then(|(_, status)| status), walked.stop)
    }

    #[tokio::test]
    async fn a_walk_ends_at_a_page_or_says_why_not() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let base = site(&[
            ("/", 200, ""),
            ("/moved", 301, "/"),
            ("/far", 302, "https://elsewhere.example/"),
            ("/round", 302, "{base}/round"),
            ("/odd", 302, "javascript:alert(1)"),
            ("/down", 503, ""),
        ])
        .await;
        for (path, wanted) in [
            ("/", (1, Some(200), None)),
            ("/moved?click_id=1", (2, Some(200), None)),
            ("/gone", (1, Some(404), None)),
            ("/down", (1, Some(503), None)),
            ("/far", (2, None, Some(Stop::LeftAllowedHosts))),
            ("/round", (6, Some(302), Some(Stop::TooManyRedirects))),
            ("/odd", (2, None, Some(Stop::BadRedirect))),
        ] {
            assert_eq!(walked(format!("{base}{path}"), |_| true).await, wanted, "{path}");
        }
        let private = walked(base, |address| !address.is_loopback()).await;
        assert_eq!(private, (1, None, Some(Stop::PrivateAddress)), "nothing is asked there");
        assert_eq!(walked("http://127.0.0.1:9/".to_owned(), |_| true).await.2, Some(Stop::Unreachable));
    }

    #[test]
    fn hosts_are_allowed_exactly_or_below() {
        for (allowed, host, wanted) in [
            ("shop.example", "shop.example", true),
            ("shop.example", "www.shop.example", false),
            ("*.shop.example", "www.shop.example", true),
            ("*.shop.example", "shop.example", false),
            ("*.shop.example", "badshop.example", false),
        ] {
            assert_eq!(allows(allowed, host), wanted, "{allowed} {host}");
        }
    }
}
