//! One condition, ready to be held against visits.

use kernel::{
    reason::ClickReason,
    targeting::{TargetingCondition, TargetingField, TargetingMode},
};

use super::{
    compile::compile,
    ranges::{Ranges, VersionRange, number_of},
    sight::{Needs, Sight},
    texts::{Pattern, TextSet},
    times::DayParts,
};

const LETTERS: usize = 26;
const COUNTRY_WORDS: usize = (LETTERS * LETTERS).div_ceil(64);

#[derive(Debug)]
pub struct Rule {
    pub reason: ClickReason,
    pub needs: Needs,
    excludes: bool,
    test: Test,
}

#[derive(Debug)]
pub enum Test {
    /// A stored condition that cannot be read any more.
    Never,
    Countries(Box<Countries>),
    Texts(TargetingField, TextSet),
    Patterns(TargetingField, Box<[Pattern]>),
    /// Ranges of sources and sub ids that are numbers.
    Numbers(TargetingField, Ranges),
    Asns(Ranges),
    OsVersions(Box<[VersionRange]>),
    BrowserVersions(Box<[VersionRange]>),
    Proxies {
        /// Kinds of [`ProxyKinds`](crate::redirect::place::ProxyKinds).
        kinds: u8,
        /// Addresses known to be none.
        none: bool,
    },
    DayParts(DayParts),
    /// Spans of milliseconds.
    Schedule(Ranges),
}

impl Rule {
    pub fn of(condition: &TargetingCondition) -> Self {
        let test = compile(condition).unwrap_or_else(|flaw| {
            tracing::warn!(field = ?condition.field, flaw = flaw.message, "a targeting condition cannot be read");
            Test::Never
        });
        Self {
            reason: condition.field.reason(),
            needs: Needs::of(condition.field),
            excludes: condition.mode == TargetingMode::Exclude,
            test,
        }
    }

    pub fn lets_through(&self, sight: &Sight<'_>) -> bool {
        self.matches(sight) != self.excludes
    }

    pub fn matches(&self, sight: &Sight<'_>) -> bool {
        match &self.test {
            Test::Never => false,
            Test::Countries(countries) => countries.hold(sight.country),
            Test::Texts(field, set) => sight.any_text(*field, |text| set.holds(text)),
            Test::Patterns(field, patterns) => {
                patterns.iter().any(|pattern| sight.any_text(*field, |text| pattern.fits(text)))
            }
            Test::Numbers(field, ranges) => number_of(sight.text(*field)).is_some_and(|number| ranges.hold(number)),
            Test::Asns(ranges) => sight.asn != 0 && ranges.hold(sight.asn.into()),
            Test::OsVersions(ranges) => ranges.iter().any(|range| range.holds(sight.os, sight.os_version)),
            Test::BrowserVersions(ranges) => {
                ranges.iter().any(|range| range.holds(sight.browser, sight.browser_version))
            }
            Test::Proxies { kinds, none } => {
                sight.proxy.is_some_and(|seen| seen.0 & kinds != 0 || *none && seen.0 == 0)
            }
            Test::DayParts(parts) => parts.hold(sight.at),
            Test::Schedule(spans) => spans.hold(sight.at.millis()),
        }
    }
}

/// A bit for each code of two letters.
#[derive(Debug, Default)]
pub struct Countries([u64; COUNTRY_WORDS]);

impl Countries {
    pub fn add(&mut self, code: &str) -> Option<()> {
        let bit = bit_of(code)?;
        self.0[bit / 64] |= 1 << (bit % 64);
        Some(())
    }

    fn hold(&self, code: &str) -> bool {
        bit_of(code).is_some_and(|bit| self.0[bit / 64] >> (bit % 64) & 1 == 1)
    }
}

fn bit_of(code: &str) -> Option<usize> {
    let &[first, second] = code.as_bytes() else { return None };
    let letter = |byte: u8| byte.is_ascii_uppercase().then(|| usize::from(byte - b'A'));
    Some(letter(first)? * LETTERS + letter(second)?)
}
