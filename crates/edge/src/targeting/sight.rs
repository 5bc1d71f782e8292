//! What conditions see of a visit.

use kernel::{Timestamp, targeting::TargetingField};

use crate::redirect::{
    Visit,
    place::{Area, ProxyKinds},
    version::Version,
};

/// Longest code of a region: `PL-14`, with room for makers of files who write longer ones.
const CODE_BYTES: usize = 12;

/// Facts that cost a look-up of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    pub area: bool,
    pub owner: bool,
    pub connection: bool,
    pub proxy: bool,
}

impl Needs {
    pub const ALL: Self = Self { area: true, owner: true, connection: true, proxy: true };

    pub fn of(field: TargetingField) -> Self {
        use TargetingField::{City, Connection, NetworkOwner, Proxy, Region};
        Self {
            area: matches!(field, Region | City),
            owner: field == NetworkOwner,
            connection: field == Connection,
            proxy: field == Proxy,
        }
    }

    pub fn and(self, other: Self) -> Self {
        Self {
            area: self.area || other.area,
            owner: self.owner || other.owner,
            connection: self.connection || other.connection,
            proxy: self.proxy || other.proxy,
        }
    }
}

/// Everything is borrowed; texts are empty and numbers nought where nothing is known.
#[derive(Clone, Debug)]
pub struct Sight<'a> {
    pub at: Timestamp,
    pub country: &'a str,
    pub area: Area<'a>,
    pub language: &'a str,
    pub device: &'a str,
    pub brand: &'a str,
    pub os: &'a str,
    pub os_version: Version,
    pub browser: &'a str,
    pub browser_version: Version,
    pub connection: &'a str,
    pub asn: u32,
    pub owner: &'a str,
    /// `None` where no file tells.
    pub proxy: Option<ProxyKinds>,
    pub referrer_host: &'a str,
    pub source_id: &'a str,
    pub subs: [&'a str; 10],
}

impl<'a> Sight<'a> {
    pub fn of(visit: &'a Visit<'_>, needs: Needs) -> Self {
        let (facts, places) = (visit.facts, visit.places);
        Self {
            at: visit.at,
            country: facts.place.country_code(),
            area: if needs.area { places.area(facts.ip) } else { Area::default() },
            language: &facts.language,
            device: facts.agent.device,
            brand: facts.agent.brand,
            os: &facts.agent.os,
            os_version: facts.agent.os_version,
            browser: &facts.agent.browser,
            browser_version: facts.agent.browser_version,
            connection: if needs.connection { places.connection(facts.ip) } else { "" },
            asn: facts.place.asn,
            owner: if needs.owner { places.owner(facts.ip, facts.place.asn) } else { "" },
            proxy: if needs.proxy { places.proxy(facts.ip) } else { None },
            referrer_host: &facts.referrer_host,
            source_id: &visit.params.source_id,
            subs: visit.params.sub_texts(),
        }
    }

    /// The text that a field is; empty for fields that are none.
    pub fn text(&self, field: TargetingField) -> &'a str {
        use TargetingField as Field;
        match field {
            Field::Country => self.country,
            Field::Region => self.area.region,
            Field::City => self.area.city,
            Field::Language => self.language,
            Field::Device => self.device,
            Field::Brand => self.brand,
            Field::Os | Field::OsVersion => self.os,
            Field::Browser | Field::BrowserVersion => self.browser,
            Field::Connection => self.connection,
            Field::NetworkOwner => self.owner,
            Field::Referrer => self.referrer_host,
            Field::Source => self.source_id,
            other => other.sub().map_or("", |index| self.subs[index]),
        }
    }

    /// Whether `is_meant` takes the field's text; a region is known by its name and by its code.
    pub fn any_text(&self, field: TargetingField, is_meant: impl Fn(&str) -> bool) -> bool {
        if field != TargetingField::Region {
            return is_meant(self.text(field));
        }
        is_meant(self.area.region) || self.region_code().is_some_and(|code| is_meant(code.as_str()))
    }

    /// ISO 3166-2, such as `PL-14`.
    pub fn region_code(&self) -> Option<Code> {
        let own = self.area.region_code;
        let whole = own.contains('-') || self.country.is_empty();
        let before = if whole { ["", ""] } else { [self.country, "-"] };
        if own.is_empty() { None } else { Code::of([before[0], before[1], own]) }
    }
}

/// A short text without an allocation.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    bytes: [u8; CODE_BYTES],
    len: usize,
}

impl Code {
    fn of(parts: [&str; 3]) -> Option<Self> {
        let mut code = Self { bytes: [0; CODE_BYTES], len: 0 };
        for byte in parts.iter().flat_map(|part| part.bytes()) {
            *code.bytes.get_mut(code.len)? = byte;
            code.len += 1;
        }
        Some(code)
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}
