//! Requests over the network, through a resolver that leads nowhere private.

use std::{
    error::Error,
    fmt,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use reqwest::{
    Client, RequestBuilder, Response, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    header::RETRY_AFTER,
    redirect,
};

use super::{ANSWER_BYTES_MAX, Ask, CONNECT_WAIT, Failure, Method, Outcome, Reply, WAIT};

/// Which addresses may be connected to.
pub type MayConnect = fn(IpAddr) -> bool;

#[derive(Clone)]
pub struct Net {
    client: Client,
    may_connect: MayConnect,
}

impl Net {
    pub fn new(may_connect: MayConnect) -> anyhow::Result<Self> {
        Self::waiting(may_connect, WAIT)
    }

    fn waiting(may_connect: MayConnect, wait: Duration) -> anyhow::Result<Self> {
        let client = Client::builder()
            .dns_resolver(Arc::new(Guarded { may_connect }))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(wait)
            .connect_timeout(CONNECT_WAIT)
            .user_agent("Tributary")
            .build()
            .context("make a client for outgoing requests")?;
        Ok(Self { client, may_connect })
    }

    pub(super) async fn send(&self, ask: &Ask) -> Outcome {
        let began = Instant::now();
        let result = self.ask(ask).await;
        let took_ms = u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX);
        Outcome { result, took_ms }
    }

    async fn ask(&self, ask: &Ask) -> Result<Reply, Failure> {
        let url = Url::parse(&ask.url).map_err(|error| Failure::NotReached(error.to_string()))?;
        // An address in figures is never asked of the resolver.
        let literal = url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse::<IpAddr>().ok());
        if literal.is_some_and(|address| !(self.may_connect)(address)) {
            return Err(Failure::Private);
        }
        let answer = self.request(url, ask).send().await.map_err(|error| failure(&error))?;
        read(answer).await.map_err(|error| failure(&error))
    }

    fn request(&self, url: Url, ask: &Ask) -> RequestBuilder {
        let request = match ask.method {
            Method::Get => self.client.get(url),
            Method::Post => self.client.post(url),
        };
        let request = ask.headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        match &ask.body {
            Some(body) => request.body(body.clone()),
            None => request,
        }
    }
}

/// Reads the beginning of the answer; what follows is left.
async fn read(mut answer: Response) -> reqwest::Result<Reply> {
    let status = answer.status().as_u16();
    let seconds = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let mut body = Vec::new();
    while body.len() < ANSWER_BYTES_MAX {
        let Some(chunk) = answer.chunk().await? else { break };
        body.extend_from_slice(&chunk);
    }
    body.truncate(ANSWER_BYTES_MAX);
    Ok(Reply { status, body: String::from_utf8_lossy(&body).into_owned(), retry_after_s: seconds })
}

fn failure(error: &reqwest::Error) -> Failure {
    let mut causes = std::iter::successors(error.source(), |cause| (*cause).source());
    if causes.any(|cause| cause.is::<PrivateAddress>()) {
        return Failure::Private;
    }
    if error.is_timeout() {
        return Failure::TimedOut;
    }
    let deepest = std::iter::successors(Some(error as &dyn Error), |cause| (*cause).source()).last();
    Failure::NotReached(deepest.map(ToString::to_string).unwrap_or_default())
}

/// Resolves names, and refuses those with any address that may not be connected to: a name that leads to both is a trap.
struct Guarded {
    may_connect: MayConnect,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let may_connect = self.may_connect;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.iter().any(|address| !may_connect(address.ip())) {
                return Err(PrivateAddress.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[derive(Debug)]
struct PrivateAddress;

impl fmt::Display for PrivateAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name leads into a private network")
    }
}

impl Error for PrivateAddress {}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;
    use crate::local;

    /// Answers each connection alike and closes.
    async fn receiver(answer: &str) -> u16 {
        let answer = answer.to_owned();
        local::serve(move |_| answer.clone()).await.port()
    }

    async fn ask(may_connect: MayConnect, url: &str) -> Result<Reply, Failure> {
        let ask = Ask { method: Method::Get, url: url.to_owned(), headers: Vec::new(), body: None };
        net(may_connect).send(&ask).await.result
    }

    fn net(may_connect: MayConnect) -> Net {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Net::waiting(may_connect, Duration::from_millis(300)).expect("a client")
    }

    #[tokio::test]
    async fn private_addresses_are_refused_by_name_and_by_figures() {
        let port = receiver("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
        for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"] {
            let refused = ask(|address| !address.to_canonical().is_loopback(), &format!("http://{host}:{port}/")).await;
            assert_eq!(refused, Err(Failure::Private), "{host}");
        }
        assert_eq!(ask(|_| true, &format!("http://localhost:{port}/")).await.map(|reply| reply.status), Ok(200));
    }

    #[tokio::test]
    async fn redirects_are_not_followed_and_long_answers_are_cut() {
        let port =
            receiver("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n").await;
        let reply = ask(|_| true, &format!("http://127.0.0.1:{port}/")).await.expect("an answer");
        assert_eq!(reply.status, 302);
        let long: String = "x".repeat(20_000);
        let answer = format!("HTTP/1.1 429 Slow\r\nRetry-After: 30\r\nContent-Length: {}\r\n\r\n{long}", long.len());
        let port = receiver(&answer).await;
        let reply = ask(|_| true, &format!("http://127.0.0.1:{port}/")).await.expect("an answer");
        assert_eq!((reply.status, reply.retry_after_s, reply.body.len()), (429, Some(30), ANSWER_BYTES_MAX));
    }

    #[tokio::test]
    async fn who_never_answers_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        assert_eq!(ask(|_| true, &format!("http://127.0.0.1:{port}/")).await, Err(Failure::TimedOut));
    }

    #[tokio::test]
    async fn a_closed_port_is_not_reached() {
        let reached = ask(|_| true, "http://127.0.0.1:1/").await;
        assert!(matches!(reached, Err(Failure::NotReached(_))), "{reached:?}");
    }
}
