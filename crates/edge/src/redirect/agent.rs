//! Facts of an agent: device, brand, system, browser and the sieve's verdict, kept in a bounded cache per lane.

use std::{collections::HashMap, mem, sync::Arc};

use woothee::parser::Parser;

use super::{
    brand::brand,
    sieve::{AgentVerdict, Sieve},
    version::Version,
};

/// Agents in one generation; a lane keeps at most two.
const GENERATION: usize = 2_048;

#[derive(Debug, PartialEq)]
pub struct AgentFacts {
    pub verdict: AgentVerdict,
    /// `desktop`, `mobile`, `tablet`, `other`, or empty when unknown.
    pub device: &'static str,
    /// The maker, or empty.
    pub brand: &'static str,
    pub os: Box<str>,
    pub os_version: Version,
    pub browser: Box<str>,
    pub browser_version: Version,
}

impl AgentFacts {
    pub fn of(agent: &str, sieve: &Sieve) -> Self {
        let verdict = sieve.judge(agent);
        let Some(parsed) = Parser::new().parse(agent) else { return Self::unknown(verdict) };
        Self {
            verdict,
            device: device(parsed.category, parsed.os, agent),
            brand: brand(agent),
            os: system(parsed.os).into(),
            os_version: system_version(parsed.os, &parsed.os_version),
            browser: known(parsed.name).into(),
            browser_version: Version::find(parsed.version),
        }
    }

    fn unknown(verdict: AgentVerdict) -> Self {
        Self {
            verdict,
            device: "",
            brand: "",
            os: "".into(),
            os_version: Version::UNKNOWN,
            browser: "".into(),
            browser_version: Version::UNKNOWN,
        }
    }
}

fn device(category: &str, os: &str, agent: &str) -> &'static str {
    let tablet = os == "iPad" || os == "Android" && !agent.contains("Mobile");
    match category {
        "smartphone" | "mobilephone" if tablet => "tablet",
        "smartphone" | "mobilephone" => "mobile",
        "pc" => "desktop",
        "appliance" | "misc" => "other",
        _ => "",
    }
}

/// The system's family, without its version.
fn system(os: &str) -> &str {
    match os {
        "iPhone" | "iPad" | "iPod" | "iOS" => "iOS",
        "Mac OS" | "Mac OS X" | "OSX" | "Mac OS Classic" => "macOS",
        phone if phone.starts_with("Windows Phone") => "Windows Phone",
        windows if windows.starts_with("Windows") => "Windows",
        other => known(other),
    }
}

/// Of Windows the number that people say (`Windows 8.1`), not that of its kernel.
fn system_version(os: &str, version: &str) -> Version {
    Version::find(os.strip_prefix("Windows ").unwrap_or(version))
}

fn known(word: &str) -> &str {
    if word == woothee::woothee::VALUE_UNKNOWN { "" } else { word }
}

/// Two generations: what is asked for again survives, the rest goes as a whole.
#[derive(Default)]
pub struct AgentCache {
    young: HashMap<Box<str>, Arc<AgentFacts>>,
    old: HashMap<Box<str>, Arc<AgentFacts>>,
}

impl AgentCache {
    pub fn facts(&mut self, agent: &str, sieve: &Sieve) -> Arc<AgentFacts> {
        if let Some(facts) = self.young.get(agent) {
            return facts.clone();
        }
        let facts = self.old.remove(agent).unwrap_or_else(|| Arc::new(AgentFacts::of(agent, sieve)));
        if self.young.len() >= GENERATION {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(agent.into(), facts.clone());
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_are_told_apart() {
        let sieve = Sieve::new().expect("patterns");
        let check = |agent: &str, device: &str, os: &str, browser: &str| {
            let facts = AgentFacts::of(agent, &sieve);
            assert_eq!((facts.device, &*facts.os, &*facts.browser), (device, os, browser), "{agent}");
        };
        let versions = |agent: &str, os: &str, browser: &str| {
            let facts = AgentFacts::of(agent, &sieve);
            assert_eq!((facts.os_version.to_string(), facts.browser_version.to_string()), (os.into(), browser.into()));
        };
        let tail = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0";
        check(
            &format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {tail} Safari/537.36"),
            "desktop",
            "Windows",
            "Chrome",
        );
        check(
            &format!("Mozilla/5.0 (Linux; Android 14; Pixel 8) {tail} Mobile Safari/537.36"),
            "mobile",
            "Android",
            "Chrome",
        );
        check(&format!("Mozilla/5.0 (Linux; Android 13; SM-X900) {tail} Safari/537.36"), "tablet", "Android", "Chrome");
        let ios = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
        check(&format!("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {ios}"), "mobile", "iOS", "Safari");
        check(&format!("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) {ios}"), "tablet", "iOS", "Safari");
        check("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "desktop", "Linux", "Firefox");
        versions(&format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {tail} Safari/537.36"), "10", "131");
        versions(&format!("Mozilla/5.0 (Linux; Android 14; Pixel 8) {tail} Mobile Safari/537.36"), "14", "131");
        versions(&format!("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {ios}"), "17.5", "17.5");
        versions("", "", "");
        check("", "", "", "");
        check("\u{0}garbage\u{7f}", "", "", "");
    }

    #[test]
    fn the_cache_is_bounded_and_keeps_what_is_used() {
        let sieve = Sieve::new().expect("patterns");
        let mut cache = AgentCache::default();
        let first = cache.facts("Googlebot/2.1", &sieve);
        for number in 0..GENERATION * 3 / 2 {
            cache.young.insert(number.to_string().into(), first.clone());
            let again = cache.facts("Googlebot/2.1", &sieve);
            assert!(Arc::ptr_eq(&first, &again));
        }
        for number in 0..3 * GENERATION {
            cache.old.insert(format!("x{number}").into(), first.clone());
            cache.facts(&format!("x{number}"), &sieve);
        }
        assert!(cache.young.len() <= GENERATION && cache.old.len() <= GENERATION + 1);
    }
}
