//! What kind of proxy an address is, as the makers of such files say it.

use maxminddb::LookupResult;
use serde::Deserialize;

/// A bit for each kind; none set for an address that is known to be no proxy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProxyKinds(pub u8);

const VPN: u8 = 1;
const PUBLIC: u8 = 2;
const HOSTING: u8 = 4;
const RESIDENTIAL: u8 = 8;
const TOR: u8 = 16;
const RELAY: u8 = 32;
/// Said to be one, without the kind.
const UNNAMED: u8 = 64;
const ANY: u8 = 127;

const NAMES: [(&str, u8); 7] = [
    ("any", ANY),
    ("vpn", VPN),
    ("public", PUBLIC),
    ("hosting", HOSTING),
    ("residential", RESIDENTIAL),
    ("tor", TOR),
    ("relay", RELAY),
];

/// Names of MaxMind, with those of IPinfo beside.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    #[serde(alias = "vpn")]
    is_anonymous_vpn: bool,
    #[serde(alias = "proxy")]
    is_public_proxy: bool,
    #[serde(alias = "hosting")]
    is_hosting_provider: bool,
    is_residential_proxy: bool,
    #[serde(alias = "tor")]
    is_tor_exit_node: bool,
    #[serde(alias = "relay")]
    is_relay: bool,
    is_anonymous: bool,
}

impl ProxyKinds {
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, kinds)| Self(*kinds))
    }

    /// The kinds by name, `any` left out.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES[1..].iter().filter(move |(_, kind)| self.0 & kind != 0).map(|(name, _)| *name)
    }

    pub(super) fn read(found: &LookupResult<'_, Vec<u8>>) -> Option<Self> {
        Some(found.decode::<Said>().ok()?.map_or(Self(0), Self::of))
    }

    fn of(said: Said) -> Self {
        let kinds = [
            (said.is_anonymous_vpn, VPN),
            (said.is_public_proxy, PUBLIC),
            (said.is_hosting_provider, HOSTING),
            (said.is_residential_proxy, RESIDENTIAL),
            (said.is_tor_exit_node, TOR),
            (said.is_relay, RELAY),
            (said.is_anonymous, UNNAMED),
        ];
        Self(kinds.into_iter().filter(|(is, _)| *is).fold(0, |all, (_, kind)| all | kind))
    }
}
