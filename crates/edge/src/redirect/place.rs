//! Where an address is: country and network, from files in a `geo` folder. Every file is optional.
//!
//! The operator's own `country.mmdb` and `asn.mmdb` come first; else the public-domain `iptoasn-country.mmdb` and the pair
//! `asn-ipv4-num.csv`, `asn-ipv6-num.csv` (first address, last address, number, name; addresses as whole numbers).

mod asn;

use std::{net::IpAddr, path::Path};

use asn::AsnTable;
use maxminddb::{PathElement, Reader};

const COUNTRY_FILES: [&str; 2] = ["country.mmdb", "iptoasn-country.mmdb"];
const ASN_FILE: &str = "asn.mmdb";
/// Paths at which the known makers of country files keep the code.
const COUNTRY_PATHS: [&[PathElement<'static>]; 2] =
    [&[PathElement::Key("country_code")], &[PathElement::Key("country"), PathElement::Key("iso_code")]];
const ASN_PATHS: [&[PathElement<'static>]; 2] =
    [&[PathElement::Key("autonomous_system_number")], &[PathElement::Key("asn")]];

/// ISO 3166 alpha-2 and autonomous system number; zeros where unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    country: [u8; 2],
    pub asn: u32,
}

impl Place {
    pub fn country_code(&self) -> &str {
        let known = self.country.iter().all(u8::is_ascii_uppercase);
        if known { std::str::from_utf8(&self.country).unwrap_or_default() } else { "" }
    }
}

type Mmdb = Reader<Vec<u8>>;

#[derive(Default)]
pub struct Places {
    country: Option<Mmdb>,
    asn: Option<Mmdb>,
    asn_table: AsnTable,
}

impl Places {
    /// Reads what is there. A file that cannot be read is left out with a warning.
    pub fn load(folder: &Path) -> Self {
        let asn = mmdb(&folder.join(ASN_FILE));
        let asn_table = if asn.is_some() { AsnTable::default() } else { AsnTable::load(folder) };
        let country = COUNTRY_FILES.iter().find_map(|file| mmdb(&folder.join(file)));
        Self { country, asn, asn_table }
    }

    pub fn find(&self, ip: IpAddr) -> Place {
        let ip = ip.to_canonical();
        Place { country: self.country(ip).unwrap_or_default(), asn: self.asn(ip) }
    }

    fn country(&self, ip: IpAddr) -> Option<[u8; 2]> {
        let found = self.country.as_ref()?.lookup(ip).ok()?;
        let code = COUNTRY_PATHS.iter().find_map(|path| found.decode_path::<&str>(path).ok().flatten())?;
        code.as_bytes().try_into().ok()
    }

    fn asn(&self, ip: IpAddr) -> u32 {
        let Some(reader) = &self.asn else { return self.asn_table.find(ip) };
        let Ok(found) = reader.lookup(ip) else { return 0 };
        ASN_PATHS.iter().find_map(|path| found.decode_path::<u32>(path).ok().flatten()).unwrap_or(0)
    }
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
    }
}
