//! How a sender of receipts proves that it speaks for an advertiser: networks, tokens, signing secrets.

use std::net::IpAddr;

use kernel::{Ambient, Refusal};

use super::model::Model;
use crate::platform::{
    columns::TextList,
    secrets::{Secrets, new_token, token_hash},
};

const TOKEN_PREFIX: &str = "pbt_";
const SECRET_PREFIX: &str = "sgn_";
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

    /// The advertiser's own postback token, where it has one.
    pub fn postback_token(&self, secrets: &Secrets) -> Option<String> {
        let plain = secrets.open_sealed(self.postback_token_sealed.as_deref()?)?;
        String::from_utf8(plain).ok()
    }

    /// The live signing secrets, newest first.
    pub fn signing_secrets(&self, secrets: &Secrets) -> Vec<Vec<u8>> {
        let sealed = [&self.signing_secret_sealed, &self.signing_secret_before_sealed];
        sealed.into_iter().flatten().filter_map(|sealed| secrets.open_sealed(sealed)).collect()
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

/// Gives the advertiser a postback token of its own and answers its plain form.
pub fn new_postback_token(row: &mut Model, ambient: &Ambient, secrets: &Secrets) -> String {
    let plain = new_token(ambient, TOKEN_PREFIX);
    row.postback_token_hash = Some(token_hash(&plain));
    row.postback_token_sealed = Some(secrets.seal(ambient, plain.as_bytes()));
    plain
}

/// Gives it a new signing secret and answers its plain form. The one before stays valid; the one before that does not.
pub fn new_signing_secret(row: &mut Model, ambient: &Ambient, secrets: &Secrets) -> String {
    let plain = new_token(ambient, SECRET_PREFIX);
    row.signing_secret_before_sealed = row.signing_secret_sealed.take();
    row.signing_secret_sealed = Some(secrets.seal(ambient, plain.as_bytes()));
    plain
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
