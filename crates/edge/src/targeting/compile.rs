//! From a condition's words to its test; what a word may be is decided here and nowhere else.

use jiff::tz::TimeZone;
use kernel::targeting::{TargetingCondition, TargetingField as Field, TargetingMatch as Match};

use super::{
    ranges::{Ranges, VersionRange, numbers},
    rule::{Countries, Test},
    texts::{Pattern, TextSet},
    times::{self, DayPart, DayParts},
};
use crate::redirect::place::{CONNECTIONS, ProxyKinds};

const DEVICES: [&str; 4] = ["desktop", "mobile", "tablet", "other"];
/// Patterns of one condition: each is tried in turn.
const PATTERNS_MAX: usize = 100;
const DAY_PART_MESSAGE: &str = "must be days and hours such as mon-fri 08:00-20:00";

/// What is wrong with a condition, and where in it.
#[derive(Debug)]
pub struct Flaw {
    /// `match`, `values`, `values.3` or `timezone`.
    pub place: String,
    pub message: &'static str,
}

impl Flaw {
    pub fn new(place: impl Into<String>, message: &'static str) -> Self {
        Self { place: place.into(), message }
    }
}

pub fn compile(condition: &TargetingCondition) -> Result<Test, Flaw> {
    let known = condition.field.matches();
    let compare = condition.compare.unwrap_or(known[0]);
    if !known.contains(&compare) {
        return Err(Flaw::new("match", "is not how this field is compared"));
    }
    match (condition.field, compare) {
        (Field::Country, _) => countries(&condition.values),
        (Field::Device, _) => one_of(condition, &DEVICES, "must be desktop, mobile, tablet or other"),
        (Field::Connection, _) => {
            one_of(condition, &CONNECTIONS, "must be cellular, cable_dsl, corporate, satellite or dialup")
        }
        (Field::Language, _) => languages(condition),
        (Field::Proxy, _) => proxies(&condition.values),
        (Field::Asn, _) => asns(condition, compare),
        (Field::OsVersion, _) => versions(condition, compare).map(Test::OsVersions),
        (Field::BrowserVersion, _) => versions(condition, compare).map(Test::BrowserVersions),
        (Field::DayPart, _) => day_parts(condition),
        (Field::Schedule, _) => schedule(condition),
        (field, Match::Exact) => Ok(Test::Texts(field, TextSet::of(&condition.values))),
        (field, Match::Pattern) => patterns(field, &condition.values),
        (field, Match::Range) => {
            let ranges = each(&condition.values, |text| numbers(text, ""), "must be numbers such as 100..199")?;
            Ok(Test::Numbers(field, Ranges::of(ranges)))
        }
    }
}

/// Reads every value, or names the first that cannot be read.
fn each<T>(values: &[String], read: impl Fn(&str) -> Option<T>, message: &'static str) -> Result<Vec<T>, Flaw> {
    let one = |(place, text): (usize, &String)| read(text).ok_or_else(|| Flaw::new(format!("values.{place}"), message));
    values.iter().enumerate().map(one).collect()
}

fn countries(values: &[String]) -> Result<Test, Flaw> {
    let mut countries = Box::<Countries>::default();
    let message = "must be a country's code of two letters, such as PL";
    for (place, code) in values.iter().enumerate() {
        countries.add(code).ok_or_else(|| Flaw::new(format!("values.{place}"), message))?;
    }
    Ok(Test::Countries(countries))
}

fn one_of(condition: &TargetingCondition, known: &[&str], message: &'static str) -> Result<Test, Flaw> {
    each(&condition.values, |text| known.contains(&text).then_some(()), message)?;
    Ok(Test::Texts(condition.field, TextSet::of(&condition.values)))
}

fn languages(condition: &TargetingCondition) -> Result<Test, Flaw> {
    let sound = |text: &str| {
        let letters = text.bytes().all(|byte| byte.is_ascii_lowercase());
        (letters && matches!(text.len(), 2 | 3)).then_some(())
    };
    each(&condition.values, sound, "must be a language's code, such as pl")?;
    Ok(Test::Texts(condition.field, TextSet::of(&condition.values)))
}

fn proxies(values: &[String]) -> Result<Test, Flaw> {
    let message = "must be any, none, vpn, public, hosting, residential, tor or relay";
    let known = |text: &str| if text == "none" { Some(0) } else { ProxyKinds::named(text).map(|kinds| kinds.0) };
    let kinds = each(values, known, message)?;
    Ok(Test::Proxies { none: kinds.contains(&0), kinds: kinds.into_iter().fold(0, |all, kind| all | kind) })
}

fn asns(condition: &TargetingCondition, compare: Match) -> Result<Test, Flaw> {
    let read = |text: &str| numbers(text, "AS").filter(|_| compare == Match::Range || !text.contains(".."));
    let message = "must be a network's number such as AS13335, or a range such as 64512..65534";
    Ok(Test::Asns(Ranges::of(each(&condition.values, read, message)?)))
}

fn versions(condition: &TargetingCondition, compare: Match) -> Result<Box<[VersionRange]>, Flaw> {
    let read = |text: &str| VersionRange::read(text).filter(|_| compare == Match::Range || !text.contains(".."));
    let message = "must be a version such as 17.5, a range such as 12..14, or either behind a name: Android 12..14";
    Ok(each(&condition.values, read, message)?.into_boxed_slice())
}

fn patterns(field: Field, values: &[String]) -> Result<Test, Flaw> {
    if values.len() > PATTERNS_MAX {
        return Err(Flaw::new("values", "must be at most 100 patterns"));
    }
    let some = |text: &str| (!text.is_empty()).then(|| Pattern::of(text));
    let patterns = each(values, some, "must not be empty")?;
    Ok(Test::Patterns(field, patterns.into_boxed_slice()))
}

fn day_parts(condition: &TargetingCondition) -> Result<Test, Flaw> {
    let mut parts = DayParts::new(zone(condition)?);
    for part in each(&condition.values, DayPart::read, DAY_PART_MESSAGE)? {
        parts.add(&part);
    }
    Ok(Test::DayParts(parts))
}

fn schedule(condition: &TargetingCondition) -> Result<Test, Flaw> {
    let zone = zone(condition)?;
    let message = "must be from..to, such as 2026-12-01..2026-12-24 or 2026-12-01T08:00..";
    Ok(Test::Schedule(Ranges::of(each(&condition.values, |text| times::span(text, &zone), message)?)))
}

fn zone(condition: &TargetingCondition) -> Result<TimeZone, Flaw> {
    let name = condition.timezone.as_deref().unwrap_or("UTC");
    kernel::time::zone(name).map_err(|_| Flaw::new("timezone", "must be an IANA time zone such as Europe/Warsaw"))
}
