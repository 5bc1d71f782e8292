//! Addresses that people type: http or https, a public host, no sign-in part. Judged by their text, without DNS.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use edge::template::UrlTemplate;
use kernel::{Refusal, RefusalCode};
use url::{Host, Url};

/// Names that never lead out of a private network (RFC 2606, RFC 6761, RFC 8375).
const PRIVATE_NAMES: [&str; 7] = ["localhost", "local", "internal", "intranet", "home.arpa", "lan", "invalid"];

/// An address a visitor may be sent to; macros may stand behind its host. Refuses `landing_not_allowed`.
pub fn check(field: &str, text: &str, allow_private: bool) -> Result<String, Refusal> {
    let text = text.trim();
    let refuse = |why: &str| Err(Refusal::new(RefusalCode::LandingNotAllowed, format!("{field}: {why}")));
    if UrlTemplate::parse_any_host(text).is_none() {
        return refuse("must be an http or https address without user name, with macros behind its host only");
    }
    let url = Url::parse(text).map_err(|error| Refusal::field(field, error.to_string()))?;
    if !allow_private && url.host().is_none_or(|host| is_private_host(&host)) {
        return refuse("must not lie in a private network");
    }
    Ok(text.to_owned())
}

/// Whether a host is of a private network, as far as its text tells.
pub fn is_private_host(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(ip) => is_private_ip(IpAddr::V4(*ip)),
        Host::Ipv6(ip) => is_private_ip(IpAddr::V6(*ip)),
        Host::Domain(name) => is_private_name(name),
    }
}

fn is_private_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let within = |zone: &&str| name.strip_suffix(*zone).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    !name.contains('.') || PRIVATE_NAMES.iter().any(within)
}

/// Whether an address is not reachable for everybody (IANA special-purpose registries).
pub fn is_private_ip(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || matches!((a, b, c), (0, ..) | (224.., ..) | (100, 64..=127, _) | (198, 18..=19, _) | (192, 0, 0))
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    let first = ip.segments()[0];
    let carries_v4 = matches!((first, ip.segments()[1]), (0x2002, _) | (0x2001, 0));
    let documentation = matches!((first, ip.segments()[1]), (0x2001, 0xdb8));
    let global_unicast = first & 0xe000 == 0x2000;
    !global_unicast || carries_v4 || documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_web_addresses_pass() {
        let cases = [
            ("https://shop.example.com/a?c={click_id}#x", true),
            ("http://8.8.8.8/", true),
            ("https://[2606:4700::1111]/", true),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("ftp://example.com/", false),
            ("//example.com", false),
            ("https://user:secret@example.com/", false),
            ("https://{sub1}.example.com/", false),
            ("https://localhost/", false),
            ("https://LOCALHOST./", false),
            ("https://printer.local/", false),
            ("https://intranet/", false),
            ("http://127.0.0.1/", false),
            ("http://0x7f.1/", false),
            ("http://2130706433/", false),
            ("http://10.1.2.3/", false),
            ("http://100.64.0.1/", false),
            ("http://169.254.169.254/latest", false),
            ("http://0.0.0.0/", false),
            ("http://[::1]/", false),
            ("http://[::ffff:10.0.0.1]/", false),
            ("http://[64:ff9b::7f00:1]/", false),
            ("http://[fd00::1]/", false),
            ("http://[fe80::1]/", false),
            ("", false),
        ];
        for (text, fine) in cases {
            assert_eq!(check("url", text, false).is_ok(), fine, "{text}");
        }
        assert!(check("url", "http://127.0.0.1:9000/", true).is_ok());
        assert!(check("url", "javascript:alert(1)", true).is_err());
    }
}
