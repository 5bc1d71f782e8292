//! Networks by address range: sorted, searched by halving. Owners' names lie once in one text.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead as _, BufReader},
    net::IpAddr,
    path::Path,
};

/// Ranges that are read from one file.
const MAX_RANGES: usize = 4_000_000;
/// Longest owner's name that is kept, in bytes.
const MAX_OWNER_BYTES: usize = 80;

#[derive(Clone, Copy)]
struct Range<A> {
    first: A,
    last: A,
    asn: u32,
}

#[derive(Default)]
pub(super) struct AsnTable {
    v4: Vec<Range<u32>>,
    v6: Vec<Range<u128>>,
    owners: Owners,
}

/// Names by network: where each begins and ends in the one text.
#[derive(Default)]
struct Owners {
    places: HashMap<u32, (u32, u32)>,
    names: String,
}

impl Owners {
    fn add(&mut self, asn: u32, name: &str) {
        if asn == 0 || name.is_empty() || self.places.contains_key(&asn) {
            return;
        }
        let first = self.names.len() as u32;
        self.names.push_str(&name[..name.floor_char_boundary(MAX_OWNER_BYTES)]);
        self.places.insert(asn, (first, self.names.len() as u32));
    }

    fn name(&self, asn: u32) -> &str {
        self.places.get(&asn).map_or("", |(first, end)| &self.names[*first as usize..*end as usize])
    }
}

impl AsnTable {
    pub(super) fn load(folder: &Path) -> Self {
        let mut owners = Owners::default();
        let v4 = read(&folder.join("asn-ipv4-num.csv"), &mut owners);
        let v6 = read(&folder.join("asn-ipv6-num.csv"), &mut owners);
        owners.places.shrink_to_fit();
        owners.names.shrink_to_fit();
        Self { v4, v6, owners }
    }

    pub(super) fn owner(&self, asn: u32) -> &str {
        self.owners.name(asn)
    }

    pub(super) fn find(&self, ip: IpAddr) -> u32 {
        match ip {
            IpAddr::V4(ip) => find(&self.v4, ip.to_bits()),
            IpAddr::V6(ip) => find(&self.v6, ip.to_bits()),
        }
    }
}

fn find<A: Ord + Copy>(ranges: &[Range<A>], address: A) -> u32 {
    let after = ranges.partition_point(|range| range.first <= address);
    let range = after.checked_sub(1).map(|at| &ranges[at]);
    range.filter(|range| address <= range.last).map_or(0, |range| range.asn)
}

trait Address: Ord + Copy + std::str::FromStr {
    fn follows(self, other: Self) -> bool;
}
impl Address for u32 {
    fn follows(self, other: Self) -> bool {
        other.checked_add(1) == Some(self)
    }
}
impl Address for u128 {
    fn follows(self, other: Self) -> bool {
        other.checked_add(1) == Some(self)
    }
}

fn read<A: Address>(path: &Path, owners: &mut Owners) -> Vec<Range<A>> {
    let Ok(file) = File::open(path) else { return Vec::new() };
    let mut ranges: Vec<Range<A>> = Vec::new();
    let lines = BufReader::new(file).split(b'\n').map_while(Result::ok);
    for line in lines.take(MAX_RANGES) {
        if let Some(range) = parse(&line) {
            owners.add(range.asn, owner_in(&line));
            add(&mut ranges, range);
        }
    }
    ranges.sort_unstable_by_key(|range| range.first);
    ranges.shrink_to_fit();
    ranges
}

fn parse<A: Address>(line: &[u8]) -> Option<Range<A>> {
    let mut fields = line.splitn(4, |byte| *byte == b',').map(|field| std::str::from_utf8(field).ok());
    let first = fields.next()??.parse().ok()?;
    let last = fields.next()??.parse().ok()?;
    let asn = fields.next()??.trim().parse().ok()?;
    (first <= last).then_some(Range { first, last, asn })
}

/// The fourth field, without its quotes.
fn owner_in(line: &[u8]) -> &str {
    let name = line.splitn(4, |byte| *byte == b',').nth(3).and_then(|field| std::str::from_utf8(field).ok());
    name.unwrap_or("").trim().trim_matches('"')
}

/// Ranges that touch and name the same network become one.
fn add<A: Address>(ranges: &mut Vec<Range<A>>, range: Range<A>) {
    match ranges.last_mut() {
        Some(before) if before.asn == range.asn && range.first.follows(before.last) => before.last = range.last,
        _ => ranges.push(range),
    }
}
