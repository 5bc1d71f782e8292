//! How often one caller may ask, and how often one may try to sign in.

use std::net::{IpAddr, Ipv4Addr};

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{Extensions, header, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use kernel::Refusal;

use super::authenticate::session_token;
use crate::{
    App,
    platform::rate_limit::{Exceeded, caller},
};

/// The middleware around the API: a window for each key, session, or address without one.
pub async fn count_requests(State(app): State<App>, request: Request, next: Next) -> Response {
    match app.api_limiter.take(caller_of(&request), app.ambient.now()) {
        Ok(allowance) => {
            let mut response = next.run(request).await;
            allowance.write(response.headers_mut());
            response
        }
        Err(exceeded) => exceeded.into_response(),
    }
}

fn caller_of(request: &Request) -> u64 {
    if let Some(key) = request.headers().get(header::AUTHORIZATION) {
        return caller("key", key.as_bytes());
    }
    match session_token(request.headers()) {
        Some(token) => caller("session", token.as_bytes()),
        None => caller_at(client_address(request.extensions())),
    }
}

fn caller_at(address: IpAddr) -> u64 {
    caller("address", network_of(address).to_string().as_bytes())
}

/// One household: an IPv4 address, or the /64 of an IPv6 one.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(ip) => IpAddr::V4(ip),
        IpAddr::V6(ip) => IpAddr::V6((u128::from(ip) & (u128::MAX << 64)).into()),
    }
}

/// Where a request came from, as the listener believes. Unknown addresses are one.
fn client_address(extensions: &Extensions) -> IpAddr {
    extensions.get::<IpAddr>().copied().unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

/// Counts one attempt of the caller's address at a door that takes a password or a mailed token.
pub struct OneAttempt;

impl FromRequestParts<App> for OneAttempt {
    type Rejection = Exceeded;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Exceeded> {
        let address = client_address(&parts.extensions);
        app.sign_in_limiter.take(caller_at(address), app.ambient.now()).map(|_| Self)
    }
}

/// Counts one attempt at somebody's account, from wherever it comes.
pub fn count_attempt(app: &App, account: &str) -> Result<(), Refusal> {
    app.sign_in_limiter.take(caller("account", account.as_bytes()), app.ambient.now()).map(drop).map_err(Refusal::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_caller() {
        let network = |text: &str| network_of(text.parse().unwrap()).to_string();
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
