//! Who clicks: addresses by country, agents, referrers.

use std::net::{IpAddr, Ipv4Addr};

use rand::{Rng, RngExt as _, seq::IndexedRandom as _};

/// Networks of consumer providers, as two leading bytes, with how often visitors come from there.
const NETWORKS: [([u8; 2], u32); 16] = [
    ([83, 8], 24),
    ([31, 0], 14),
    ([178, 43], 10),
    ([84, 130], 16),
    ([88, 152], 9),
    ([91, 66], 7),
    ([81, 130], 9),
    ([86, 20], 6),
    ([90, 10], 8),
    ([82, 64], 4),
    ([73, 5], 7),
    ([24, 5], 4),
    ([80, 30], 4),
    ([79, 20], 4),
    ([90, 180], 4),
    ([95, 26], 2),
];

const AGENTS: [&str; 9] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.2 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 15; SM-S928B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0",
];

const BOTS: [&str; 4] = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "python-requests/2.32.4",
    "curl/8.14.1",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
];

const LANGUAGES: [&str; 5] =
    ["pl-PL,pl;q=0.9,en;q=0.5", "de-DE,de;q=0.9", "en-GB,en;q=0.9", "fr-FR,fr;q=0.8", "en-US,en;q=0.9"];

/// Someone who clicks.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub address: IpAddr,
    pub agent: &'static str,
    pub language: &'static str,
}

pub fn person(chance: &mut impl Rng) -> Visitor {
    let network = NETWORKS.choose_weighted(chance, |network| network.1).expect("weights are positive").0;
    let address = Ipv4Addr::new(network[0], network[1], chance.random(), chance.random_range(1..255));
    Visitor {
        address: address.into(),
        agent: AGENTS.choose(chance).expect("there are agents"),
        language: LANGUAGES.choose(chance).expect("there are languages"),
    }
}

pub fn bot(chance: &mut impl Rng) -> Visitor {
    let address = Ipv4Addr::new(66, 249, chance.random_range(64..80), chance.random_range(1..255));
    Visitor { address: address.into(), agent: BOTS.choose(chance).expect("there are bots"), language: "" }
}
