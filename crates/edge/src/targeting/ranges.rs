//! Ranges of whole numbers, and of versions of a named system or browser.

use super::texts::folded;
use crate::redirect::version::Version;

/// Ranges in order, merged where they touch, both ends included: one is found by halving.
#[derive(Debug)]
pub struct Ranges(Box<[(i64, i64)]>);

impl Ranges {
    pub fn of(mut ranges: Vec<(i64, i64)>) -> Self {
        ranges.sort_unstable();
        let mut merged: Vec<(i64, i64)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match merged.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        Self(merged.into_boxed_slice())
    }

    pub fn hold(&self, number: i64) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= number);
        after.checked_sub(1).is_some_and(|at| number <= self.0[at].1)
    }
}

/// The two ends of `12..14`, `12..` or `..14`; a text without `..` is both.
pub fn ends(text: &str) -> Option<(Option<&str>, Option<&str>)> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let both = (present(first), present(last));
    (both != (None, None)).then_some(both)
}

fn present(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// Whole numbers of at most 18 digits, each end with an optional prefix such as `AS`.
pub fn numbers(text: &str, prefix: &str) -> Option<(i64, i64)> {
    let number = |text: &str| {
        let digits = strip(text, prefix);
        let plain = !digits.is_empty() && digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if plain { digits.parse::<i64>().ok() } else { None }
    };
    let (first, last) = ends(text)?;
    let first = first.map_or(Some(0), number)?;
    let last = last.map_or(Some(i64::MAX), number)?;
    (first <= last).then_some((first, last))
}

/// The number that a text is, for ranges of sources and sub ids.
pub fn number_of(text: &str) -> Option<i64> {
    numbers(text, "").filter(|(first, last)| first == last).map(|(first, _)| first)
}

fn strip<'a>(text: &'a str, prefix: &str) -> &'a str {
    match text.get(..prefix.len()) {
        Some(head) if head.eq_ignore_ascii_case(prefix) => text[prefix.len()..].trim_start(),
        _ => text,
    }
}

/// Versions from one to another, of any system or browser or of a named one: `Android 12..14`.
#[derive(Debug)]
pub struct VersionRange {
    /// Folded; empty for any.
    pub name: Box<str>,
    pub first: Version,
    pub last: Version,
}

impl VersionRange {
    pub fn read(text: &str) -> Option<Self> {
        let (name, range) = text.rsplit_once(' ').unwrap_or(("", text));
        let (first, last) = ends(range)?;
        let first = first.map_or(Some(Version(1)), Version::least)?;
        let last = last.map_or(Some(Version(u64::MAX)), Version::greatest)?;
        (first <= last).then(|| Self { name: folded(name.trim()), first, last })
    }

    pub fn holds(&self, name: &str, version: Version) -> bool {
        let named = self.name.is_empty() || self.name.chars().eq(name.chars().map(super::texts::fold));
        named && version.is_known() && self.first <= version && version <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_merged_and_halved() {
        let ranges = Ranges::of(vec![(10, 12), (1, 3), (4, 5), (11, 20)]);
        assert_eq!(&*ranges.0, [(1, 5), (10, 20)]);
        assert!(ranges.hold(1) && ranges.hold(5) && ranges.hold(20) && !ranges.hold(6) && !ranges.hold(0));
        assert!(!Ranges::of(Vec::new()).hold(0));
    }

    #[test]
    fn numbers_are_read() {
        let check = |text: &str, prefix: &str, wanted| assert_eq!(numbers(text, prefix), wanted, "{text}");
        check("AS13335", "AS", Some((13_335, 13_335)));
        check("as 64512..65534", "AS", Some((64_512, 65_534)));
        check("..9", "", Some((0, 9)));
        check("9..", "", Some((9, i64::MAX)));
        check("9..1", "", None);
        check("..", "", None);
        check("-1", "", None);
        check("1234567890123456789", "", None);
        assert_eq!((number_of("007"), number_of("1..2"), number_of("x")), (Some(7), None, None));
    }

    #[test]
    fn versions_may_be_of_one_system() {
        let range = VersionRange::read("Android 12..14").expect("a range");
        assert!(range.holds("android", Version::find("13.1")) && range.holds("Android", Version::find("14.9")));
        assert!(!range.holds("iOS", Version::find("13")) && !range.holds("Android", Version::UNKNOWN));
        let range = VersionRange::read("Chrome Mobile ..99").expect("a range");
        assert_eq!(&*range.name, "chrome mobile");
        assert!(range.holds("Chrome Mobile", Version::find("99.0.1")));
        assert!(VersionRange::read("Android").is_none() && VersionRange::read("14..12").is_none());
    }
}
