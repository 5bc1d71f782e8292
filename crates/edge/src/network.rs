//! Which address a request really came from.

use std::{net::IpAddr, str::FromStr};

use crate::request::EdgeRequest;

/// Addresses in one X-Forwarded-For that are looked at, from the right.
const MAX_HOPS: usize = 16;

/// A block of addresses, such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    prefix: u8,
}

impl Network {
    pub fn contains(&self, ip: IpAddr) -> bool {
        let (base, ip, width) = match (self.base, ip.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(ip)) => (u128::from(base.to_bits()), u128::from(ip.to_bits()), 32),
            (IpAddr::V6(base), IpAddr::V6(ip)) => (base.to_bits(), ip.to_bits(), 128),
            _ => return false,
        };
        let shift = width - u32::from(self.prefix);
        base.checked_shr(shift) == ip.checked_shr(shift)
    }

    /// Loopback of both families: the proxies that are trusted by default.
    pub fn loopback() -> Vec<Self> {
        ["127.0.0.0/8", "::1/128"].iter().filter_map(|text| text.parse().ok()).collect()
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:.64} is no network such as 10.0.0.0/8");
        let (base, prefix) = match text.split_once('/') {
            Some((base, prefix)) => (base, Some(prefix)),
            None => (text, None),
        };
        let base: IpAddr = base.parse().map_err(|_| wrong())?;
        let width = if base.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Ok(width), str::parse).map_err(|_| wrong())?;
        if prefix <= width { Ok(Self { base, prefix }) } else { Err(wrong()) }
    }
}

/// The peer, or, where the peer is a trusted proxy, the last address in X-Forwarded-For that is none.
pub fn client_ip(request: &EdgeRequest<'_>, trusted: &[Network]) -> IpAddr {
    let is_trusted = |ip: IpAddr| trusted.iter().any(|network| network.contains(ip));
    let mut client = request.peer.to_canonical();
    if request.forwarded_for.is_empty() || !is_trusted(client) {
        return client;
    }
    for hop in request.forwarded_for.rsplit(',').take(MAX_HOPS) {
        let Some(ip) = hop_address(hop.trim()) else { return client };
        client = ip;
        if !is_trusted(ip) {
            return client;
        }
    }
    client
}

/// Whether the visitor speaks TLS, as a trusted proxy says.
pub fn is_secure(request: &EdgeRequest<'_>, trusted: &[Network]) -> bool {
    let vouched = !request.forwarded_proto.is_empty() && trusted.iter().any(|network| network.contains(request.peer));
    vouched && request.forwarded_proto.trim().eq_ignore_ascii_case("https")
}

/// `1.2.3.4`, `1.2.3.4:80`, `::1` or `[::1]:80`.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let plain = hop.parse().ok();
    let with_port = || hop.parse::<std::net::SocketAddr>().ok().map(|address| address.ip());
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    plain.or_else(with_port).or_else(bracketed).map(|ip: IpAddr| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn client(peer: &str, forwarded: &'static str) -> String {
        let mut request = EdgeRequest::get("h", "/c/x", peer.parse().expect("an address"));
        request.forwarded_for = Cow::Borrowed(forwarded);
        let mut trusted = Network::loopback();
        trusted.push("10.0.0.0/8".parse().expect("a network"));
        client_ip(&request, &trusted).to_string()
    }

    #[test]
    fn forwarded_addresses_are_believed_from_trusted_proxies_alone() {
        assert_eq!(client("203.0.113.9", "1.1.1.1"), "203.0.113.9");
        assert_eq!(client("127.0.0.1", "1.1.1.1, 2.2.2.2"), "2.2.2.2", "what the visitor wrote before is not believed");
        assert_eq!(client("::1", "2.2.2.2:5555, 10.1.2.3"), "2.2.2.2");
        assert_eq!(client("127.0.0.1", "nonsense"), "127.0.0.1");
        assert_eq!(client("127.0.0.1", ""), "127.0.0.1");
        assert_eq!(client("::ffff:127.0.0.1", "[2001:db8::1]:443"), "2001:db8::1");
    }

    #[test]
    fn networks_are_read_and_matched() {
        let all: Network = "0.0.0.0/0".parse().expect("a network");
        assert!(all.contains("9.9.9.9".parse().expect("an address")));
        assert!("10.0.0.0/33".parse::<Network>().is_err() && "x/8".parse::<Network>().is_err());
    }
}
