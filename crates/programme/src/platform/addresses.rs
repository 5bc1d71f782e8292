//! Web addresses and hosts that people typed, judged without asking DNS: pure.
//!
//! What passes is http or https, names no user, and lies in the public internet, in every spelling a browser would
//! understand (whole numbers, octal, full-width digits, IPv4 inside IPv6).

use kernel::{Refusal, RefusalCode, refusal::FieldError};
use url::{Host, Url};

/// Longest address, in bytes.
pub const URL_BYTES_MAX: usize = 2_048;
/// Names that never lead into the public internet (RFC 2606, RFC 6761, RFC 6762, RFC 8375).
const LOCAL_NAMES: [&str; 9] =
    ["localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa", "onion", "invalid"];

/// A web address that a visitor may be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress {
    pub url: String,
    /// As the URL standard writes it: lower case, punycode.
    pub host: String,
}

/// Reads an address that people typed, without asking DNS. `allow_private` is for development.
pub fn web_address(field: &str, text: &str, allow_private: bool) -> Result<WebAddress, Refusal> {
    read_address(text.trim(), allow_private).map_err(|why| landing_refusal(field, why))
}

fn read_address(text: &str, allow_private: bool) -> Result<WebAddress, &'static str> {
    if text.is_empty() || text.len() > URL_BYTES_MAX {
        return Err("must have 1 to 2048 bytes");
    }
    if text.bytes().any(|byte| byte <= b' ' || byte == 0x7F || byte == b'\\') {
        return Err("must not hold blanks, control characters or backslashes");
    }
    let authority = authority(text).ok_or("must begin with http:// or https://")?;
    if authority.contains('@') {
        return Err("must not hold a user name or password");
    }
    if authority.contains(['{', '}']) {
        return Err("must not have a macro in its host");
    }
    let url = Url::parse(text).map_err(|_| "cannot be read as an address")?;
    let typed = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let host = url.host().ok_or("must name a host")?;
    if !allow_private {
        require_public(&host, if authority.ends_with(']') { authority } else { typed })?;
    }
    Ok(WebAddress { url: text.to_owned(), host: host.to_string() })
}

/// What stands between `http(s)://` and the path.
fn authority(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    (is_web && end > 0).then(|| &rest[..end])
}

fn landing_refusal(field: &str, why: &str) -> Refusal {
    let error = FieldError { field: field.to_owned(), message: why.to_owned() };
    let message = format!("{field} {why}");
    Refusal { fields: vec![error], ..Refusal::new(RefusalCode::LandingNotAllowed, message) }
}

fn require_public(host: &Host<&str>, typed: &str) -> Result<(), &'static str> {
    match host {
        Host::Ipv4(address) if address.to_string() != typed => Err("must not write a number as its host"),
        Host::Ipv4(address) if is_private_v4(address.octets()) => Err("must not lie in a private network"),
        Host::Ipv6(address) if is_private_v6(address.segments()) => Err("must not lie in a private network"),
        Host::Domain(name) if is_local_name(name) => Err("must name a host of the public internet"),
        _ => Ok(()),
    }
}

fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let below = |local: &&str| name.strip_suffix(*local).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    !name.contains('.') || LOCAL_NAMES.iter().any(below)
}

/// Whether an address lies in the public internet.
pub fn is_public(address: std::net::IpAddr) -> bool {
    match address.to_canonical() {
        std::net::IpAddr::V4(address) => !is_private_v4(address.octets()),
        std::net::IpAddr::V6(address) => !is_private_v6(address.segments()),
    }
}

/// Unspecified, private, shared (RFC 6598), loopback, link-local, protocol, benchmarking, multicast, reserved.
const fn is_private_v4(octets: [u8; 4]) -> bool {
    matches!(
        octets,
        [0 | 10 | 127 | 224..=255, ..]
            | [100, 64..=127, ..]
            | [169, 254, ..]
            | [172, 16..=31, ..]
            | [192, 168, ..]
            | [192, 0, 0, _]
            | [198, 18 | 19, ..]
    )
}

/// Anything outside global unicast, and IPv4 addresses in disguise (mapped, NAT64, 6to4, Teredo).
const fn is_private_v6(segments: [u16; 8]) -> bool {
    let is_global_unicast = matches!(segments[0], 0x2000..=0x3FFF);
    let is_disguise = segments[0] == 0x2002 || (segments[0] == 0x2001 && segments[1] == 0);
    !is_global_unicast || is_disguise
}

/// A host or `*.host` in lower case, as redirects compare it.
pub fn host_pattern(field: &str, text: &str, allow_private: bool) -> Result<String, Refusal> {
    let text = text.trim().to_lowercase();
    let (wild, name) = text.strip_prefix("*.").map_or(("", &*text), |rest| ("*.", rest));
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.[]:".contains(&byte) || !byte.is_ascii());
    let parsed = Host::parse(name).ok().filter(|_| plain && name.len() <= 253);
    let Some(host) = parsed else { return Err(Refusal::field(field, "must be a host such as shop.example")) };
    let is_domain = matches!(host, Host::Domain(_));
    let borrowed = match &host {
        Host::Domain(name) => Host::Domain(name.as_str()),
        Host::Ipv4(address) => Host::Ipv4(*address),
        Host::Ipv6(address) => Host::Ipv6(*address),
    };
    if !allow_private && require_public(&borrowed, name).is_err() || !wild.is_empty() && !is_domain {
        return Err(Refusal::field(field, "must name a host of the public internet"));
    }
    Ok(format!("{wild}{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn public_web_addresses_are_taken() {
        let cases = [
            ("https://shop.example/p?a=1#top", "shop.example"),
            ("HTTP://Shop.Example", "shop.example"),
            ("https://shop.example:8443/{click_id}?x={sub1}", "shop.example"),
            ("https://пример.example/", "xn--e1afmkfd.example"),
            ("http://93.184.216.34/", "93.184.216.34"),
            ("http://[2606:2800:220:1::1]:81/", "[2606:2800:220:1::1]"),
            ("  https://shop.example/ ", "shop.example"),
        ];
        for (text, host) in cases {
            let address = web_address("landing_url", text, false);
            assert_eq!(address.map(|address| address.host), Ok(host.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_public_web_address_is_refused() {
        let cases = [
            "",
            "shop.example",
            "//shop.example/",
            "ftp://shop.example/",
            "javascript:alert(1)",
            "JaVaScRiPt://x/%0aalert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https:///x",
            "https://",
            "http:/shop.example",
            "https://user@shop.example/",
            "https://user:pw@shop.example/",
            "https://shop.example@evil.example/",
            "https://{sub1}.example/",
            "https://shop.example\\@evil.example/",
            "https://shop.example/a b",
            "https://shop.example/\r\nx: y",
            "https://shop.example:99999/",
            "https://[::1]/",
            "https://[::]/",
            "https://[fe80::1]/",
            "https://[fc00::1]/",
            "https://[fd12::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[64:ff9b::a00:1]/",
            "https://[2002:a00:1::]/",
            "https://[ff02::1]/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://a.localhost/",
            "http://printer.local/",
            "http://db.internal/",
            "http://intranet/",
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://134744072/",
            "http://08.8.8.8/",
            "http://0x8.8.8.8/",
            "http://10.1.2.3/",
            "http://172.31.0.1/",
            "http://192.168.0.1/",
            "http://169.254.169.254/latest",
            "http://100.64.0.1/",
            "http://0.0.0.0/",
            "http://255.255.255.255/",
            "http://224.0.0.1/",
            "http://１２７.0.0.1/",
            "http://%6c%6f%63alhost/",
        ];
        for text in cases {
            let refusal = web_address("landing_url", text, false).expect_err(text);
            assert_eq!(refusal.code, RefusalCode::LandingNotAllowed, "{text}");
            assert_eq!(refusal.fields[0].field, "landing_url", "{text}");
        }
        let long = format!("https://shop.example/{}", "a".repeat(URL_BYTES_MAX));
        assert!(web_address("landing_url", &long, false).is_err());
    }

    #[test]
    fn development_may_use_private_networks_but_no_other_schemes() {
        assert!(web_address("u", "http://127.0.0.1:3000/", true).is_ok());
        assert!(web_address("u", "http://localhost/", true).is_ok());
        assert!(web_address("u", "javascript:alert(1)", true).is_err());
        assert!(web_address("u", "http://u:p@localhost/", true).is_err());
    }

    #[test]
    fn hosts_are_plain_or_wild() {
        let host = |text| host_pattern("allowed_hosts.0", text, false).ok();
        assert_eq!(host("*.Shop.Example"), Some("*.shop.example".to_owned()));
        assert_eq!(host("shop.example"), Some("shop.example".to_owned()));
        for bad in [
            "",
            "*",
            "*.com",
            "*.1.2.3.4",
            "shop.example/x",
            "a b",
            "localhost",
            "10.0.0.1",
            "u@shop.example",
            "*.*.x.y",
        ] {
            assert_eq!(host(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_and_what_passes_is_web(text in ".{0,80}") {
            if let Ok(address) = web_address("u", &text, false) {
                let url = Url::parse(&address.url).expect("checked");
                prop_assert!(matches!(url.scheme(), "http" | "https") && url.username().is_empty());
            }
            let _ = host_pattern("h", &text, false);
        }

        #[test]
        fn no_private_address_passes_in_any_spelling(octets: [u8; 4]) {
            let number = u32::from_be_bytes(octets);
            let dotted = format!("{}.{}.{}.{}", octets[0], octets[1], octets[2], octets[3]);
            for spelling in [format!("http://{number}/"), format!("http://{number:#x}/")] {
                prop_assert!(web_address("u", &spelling, false).is_err());
            }
            let passes = web_address("u", &format!("http://{dotted}/"), false).is_ok();
            prop_assert_eq!(passes, !is_private_v4(octets));
        }
    }
}
