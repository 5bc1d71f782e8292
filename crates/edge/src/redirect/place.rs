//! Where an address is and what it belongs to, from files in a `geo` folder. Every file is optional.
//!
//! | fact | the operator's own file, first | else what comes with the program |
//! | --- | --- | --- |
//! | country | `country.mmdb`, then `city.mmdb` | `iptoasn-country.mmdb`, public domain |
//! | network's number and owner | `asn.mmdb` | `asn-ipv4-num.csv`, `asn-ipv6-num.csv`, public domain |
//! | region, city | `city.mmdb` | unknown |
//! | connection | `connection.mmdb`, then `city.mmdb` where it holds one | unknown |
//! | proxy | `proxy.mmdb` | unknown |
//!
//! The files may be of any maker who keeps to the usual names: those of MaxMind, DB-IP and IPinfo are read. A line of the
//! CSV is first address, last address, number, owner; addresses as whole numbers.

mod asn;
mod proxy;

use std::{net::IpAddr, path::Path, sync::Arc};

use asn::AsnTable;
use maxminddb::{PathElement, Reader};
pub use proxy::ProxyKinds;

const COUNTRY_FILE: &str = "country.mmdb";
const SHIPPED_COUNTRY_FILE: &str = "iptoasn-country.mmdb";
const CITY_FILE: &str = "city.mmdb";
const ASN_FILE: &str = "asn.mmdb";
const CONNECTION_FILE: &str = "connection.mmdb";
const PROXY_FILE: &str = "proxy.mmdb";
/// Paths at which the known makers of country files keep the code.
const COUNTRY_PATHS: [&[PathElement<'static>]; 2] =
    [&[PathElement::Key("country_code")], &[PathElement::Key("country"), PathElement::Key("iso_code")]];
const ASN_PATHS: [&[PathElement<'static>]; 2] =
    [&[PathElement::Key("autonomous_system_number")], &[PathElement::Key("asn")]];

const OWNER_PATHS: [&[PathElement<'static>]; 3] = [
    &[PathElement::Key("autonomous_system_organization")],
    &[PathElement::Key("as_name")],
    &[PathElement::Key("name")],
];
const REGION_PATHS: [&[PathElement<'static>]; 2] = [
    &[PathElement::Key("subdivisions"), PathElement::Index(0), PathElement::Key("names"), PathElement::Key("en")],
    &[PathElement::Key("region")],
];
const REGION_CODE_PATHS: [&[PathElement<'static>]; 2] = [
    &[PathElement::Key("subdivisions"), PathElement::Index(0), PathElement::Key("iso_code")],
    &[PathElement::Key("region_code")],
];
const CITY_PATHS: [&[PathElement<'static>]; 2] =
    [&[PathElement::Key("city"), PathElement::Key("names"), PathElement::Key("en")], &[PathElement::Key("city")]];
const CONNECTION_PATHS: [&[PathElement<'static>]; 2] =
    [&[PathElement::Key("connection_type")], &[PathElement::Key("traits"), PathElement::Key("connection_type")]];
/// Kinds of connection, as conditions name them.
pub const CONNECTIONS: [&str; 5] = ["cellular", "cable_dsl", "corporate", "satellite", "dialup"];

/// ISO 3166 alpha-2 and autonomous system number; zeros where unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    country: [u8; 2],
    pub asn: u32,
}

impl Place {
    /// A place that was found before.
    pub fn known(country: &str, asn: u32) -> Self {
        Self { country: country.as_bytes().try_into().unwrap_or_default(), asn }
    }

    pub fn country_code(&self) -> &str {
        let known = self.country.iter().all(u8::is_ascii_uppercase);
        if known { std::str::from_utf8(&self.country).unwrap_or_default() } else { "" }
    }
}

/// Region and city; empty where unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area<'a> {
    pub region: &'a str,
    /// The part of ISO 3166-2 behind the country, or the whole code.
    pub region_code: &'a str,
    pub city: &'a str,
}

type Mmdb = Reader<Vec<u8>>;

#[derive(Default)]
pub struct Places {
    country: Option<Arc<Mmdb>>,
    city: Option<Arc<Mmdb>>,
    asn: Option<Mmdb>,
    asn_table: AsnTable,
    connection: Option<Arc<Mmdb>>,
    proxy: Option<Mmdb>,
}

impl Places {
    /// Every file that is looked for.
    pub const FILES: [&str; 8] = [
        COUNTRY_FILE,
        CITY_FILE,
        ASN_FILE,
        CONNECTION_FILE,
        PROXY_FILE,
        SHIPPED_COUNTRY_FILE,
        "asn-ipv4-num.csv",
        "asn-ipv6-num.csv",
    ];

    /// Reads what is there. A file that cannot be read is left out with a warning.
    pub fn load(folder: &Path) -> Self {
        let asn = mmdb(&folder.join(ASN_FILE));
        let asn_table = if asn.is_some() { AsnTable::default() } else { AsnTable::load(folder) };
        let file = |name: &str| mmdb(&folder.join(name)).map(Arc::new);
        let city = file(CITY_FILE);
        let country = file(COUNTRY_FILE).or_else(|| city.clone()).or_else(|| file(SHIPPED_COUNTRY_FILE));
        let connection = file(CONNECTION_FILE).or_else(|| city.clone());
        Self { country, city, asn, asn_table, connection, proxy: mmdb(&folder.join(PROXY_FILE)) }
    }

    pub fn find(&self, ip: IpAddr) -> Place {
        let ip = ip.to_canonical();
        Place { country: self.country(ip).unwrap_or_default(), asn: self.asn(ip) }
    }

    fn country(&self, ip: IpAddr) -> Option<[u8; 2]> {
        let code = text(self.country.as_deref()?, ip, &COUNTRY_PATHS);
        code.as_bytes().try_into().ok()
    }

    pub fn area(&self, ip: IpAddr) -> Area<'_> {
        let (Some(file), ip) = (self.city.as_deref(), ip.to_canonical()) else { return Area::default() };
        Area {
            region: text(file, ip, &REGION_PATHS),
            region_code: text(file, ip, &REGION_CODE_PATHS),
            city: text(file, ip, &CITY_PATHS),
        }
    }

    pub fn city(&self, ip: IpAddr) -> &str {
        self.city.as_deref().map_or("", |file| text(file, ip.to_canonical(), &CITY_PATHS))
    }

    /// Who owns the network of that number.
    pub fn owner(&self, ip: IpAddr, asn: u32) -> &str {
        let own = self.asn.as_ref().map_or("", |file| text(file, ip.to_canonical(), &OWNER_PATHS));
        if own.is_empty() { self.asn_table.owner(asn) } else { own }
    }

    /// One of [`CONNECTIONS`], or empty.
    pub fn connection(&self, ip: IpAddr) -> &'static str {
        let said = self.connection.as_deref().map_or("", |file| text(file, ip.to_canonical(), &CONNECTION_PATHS));
        let same = |known: &&str| {
            let plain =
                said.bytes().map(|byte| if byte.is_ascii_alphanumeric() { byte.to_ascii_lowercase() } else { b'_' });
            plain.eq(known.bytes())
        };
        CONNECTIONS.into_iter().find(|known| same(known)).unwrap_or("")
    }

    /// `None` without a file; an address that the file does not list is known to be no proxy.
    pub fn proxy(&self, ip: IpAddr) -> Option<ProxyKinds> {
        let found = self.proxy.as_ref()?.lookup(ip.to_canonical()).ok()?;
        ProxyKinds::read(&found)
    }

    fn asn(&self, ip: IpAddr) -> u32 {
        let Some(reader) = &self.asn else { return self.asn_table.find(ip) };
        let Ok(found) = reader.lookup(ip) else { return 0 };
        ASN_PATHS.iter().find_map(|path| found.decode_path::<u32>(path).ok().flatten()).unwrap_or(0)
    }
}

/// The first of the paths that holds a text, else nothing. It is borrowed from the file.
fn text<'a>(file: &'a Mmdb, ip: IpAddr, paths: &[&[PathElement<'static>]]) -> &'a str {
    let Ok(found) = file.lookup(ip) else { return "" };
    let texts = paths.iter().filter_map(|path| found.decode_path::<&str>(path).ok().flatten());
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or("")
}

fn mmdb(path: &Path) -> Option<Mmdb> {
    if !path.exists() {
        return None;
    }
    let opened = Reader::open_readfile(path);
    opened.inspect_err(|error| tracing::warn!(%error, path = %path.display(), "a geo file is left out")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_files_nothing_is_known() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Places::load(folder.path()).find("8.8.8.8".parse().expect("an address"));
        assert_eq!((place.country_code(), place.asn), ("", 0));
    }

    #[test]
    fn broken_files_are_left_out() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("country.mmdb"), b"no database").expect("written");
        std::fs::write(folder.path().join("asn-ipv4-num.csv"), b"1,2\nx,y,z,\n\xFF\n9,1,7,back\n").expect("written");
        let place = Places::load(folder.path()).find("0.0.0.1".parse().expect("an address"));
        assert_eq!(place, Place::default());
    }

    #[test]
    fn networks_are_found_in_sorted_ranges() {
        let folder = tempfile::tempdir().expect("a folder");
        let v4 =
            "16777216,16777471,13335,\"Cloudflare, Inc.\"\n16777472,16777500,13335,same\n16778240,16779263,38803,x\n";
        std::fs::write(folder.path().join("asn-ipv4-num.csv"), v4).expect("written");
        let v6 = "42540488161975842760550356425300246528,42540488241204005274814694018844196863,6939,HE\n";
        std::fs::write(folder.path().join("asn-ipv6-num.csv"), v6).expect("written");
        let places = Places::load(folder.path());
        let check = |ip: &str, asn: u32| assert_eq!(places.find(ip.parse().expect("an address")).asn, asn, "{ip}");
        check("1.0.0.0", 13335);
        check("1.0.1.28", 13335);
        check("1.0.1.29", 0);
        check("1.0.4.0", 38803);
        check("::ffff:1.0.7.255", 38803);
        check("0.0.0.0", 0);
        check("255.255.255.255", 0);
        check("2001::1", 6939);
        check("ffff::", 0);
        let owner = |asn: u32| places.owner("0.0.0.0".parse().expect("an address"), asn);
        assert_eq!((owner(13335), owner(6939), owner(1)), ("Cloudflare, Inc.", "HE", ""));
    }
}
