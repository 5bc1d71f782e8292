//! From which networks a sender speaks for an advertiser.

use std::net::IpAddr;

use kernel::Refusal;

use super::model::Model;
use crate::platform::columns::TextList;

const NETWORK_CHARS_MAX: usize = 50;

/// Addresses and networks in CIDR form, checked.
pub fn networks(field: &str, entries: &[String]) -> Result<TextList, Refusal> {
    let list = TextList::checked(field, entries, NETWORK_CHARS_MAX)?;
    match list.0.iter().find(|entry| parse_network(entry).is_none()) {
        Some(entry) => Err(Refusal::field(field, format!("{entry} is no address or network such as 203.0.113.0/24"))),
        None => Ok(list),
    }
}

fn parse_network(text: &str) -> Option<(IpAddr, u32)> {
    let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Some(most), |bits| bits.parse().ok())?;
    (bits <= most).then_some((address, bits))
}

impl Model {
    /// Whether receipts may come from `address`.
    pub fn admits(&self, address: IpAddr) -> bool {
        let list = &self.ip_allow_list.0;
        list.is_empty() || list.iter().filter_map(|entry| parse_network(entry)).any(|network| holds(network, address))
    }
}

fn holds((network, bits): (IpAddr, u32), address: IpAddr) -> bool {
    let address = address.to_canonical();
    match (network.to_canonical(), address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let differ = u32::from(network) ^ u32::from(address);
            differ.checked_shr(32 - bits.min(32)).unwrap_or(0) == 0
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let differ = u128::from(network) ^ u128::from(address);
            differ.checked_shr(128 - bits).unwrap_or(0) == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses() {
        let holds = |network, address: &str| {
            parse_network(network).is_some_and(|network| super::holds(network, address.parse().expect("an address")))
        };
        assert!(holds("203.0.113.0/24", "203.0.113.9") && !holds("203.0.113.0/24", "203.0.114.9"));
        assert!(holds("203.0.113.7", "::ffff:203.0.113.7") && !holds("203.0.113.7", "203.0.113.8"));
        assert!(holds("0.0.0.0/0", "9.9.9.9") && !holds("0.0.0.0/0", "2001:db8::1"));
        assert!(holds("2001:db8::/32", "2001:db8:1::1") && holds("::/0", "2001:db8::1"));
        for bad in ["", "203.0.113.0/33", "203.0.113", "::/129", "a/8"] {
            assert!(parse_network(bad).is_none(), "{bad}");
        }
    }
}
