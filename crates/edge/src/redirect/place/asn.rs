//! Networks by address range: sorted, searched by halving.

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    net::IpAddr,
    path::Path,
};

/// Ranges that are read from one file.
const MAX_RANGES: usize = 4_000_000;

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
}

impl AsnTable {
    pub(super) fn load(folder: &Path) -> Self {
        Self { v4: read(&folder.join("asn-ipv4-num.csv")), v6: read(&folder.join("asn-ipv6-num.csv")) }
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

fn read<A: Address>(path: &Path) -> Vec<Range<A>> {
    let Ok(file) = File::open(path) else { return Vec::new() };
    let mut ranges: Vec<Range<A>> = Vec::new();
    let lines = BufReader::new(file).split(b'\n').map_while(Result::ok);
    for range in lines.filter_map(|line| parse(&line)).take(MAX_RANGES) {
        add(&mut ranges, range);
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

/// Ranges that touch and name the same network become one.
fn add<A: Address>(ranges: &mut Vec<Range<A>>, range: Range<A>) {
    match ranges.last_mut() {
        Some(before) if before.asn == range.asn && range.first.follows(before.last) => before.last = range.last,
        _ => ranges.push(range),
    }
}
