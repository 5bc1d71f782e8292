//! Versions of systems and browsers as numbers that compare.

/// Parts of a version that are looked at; further ones are not compared.
const PARTS: usize = 4;
const PART_BITS: u32 = 16;

/// Up to four numbers of 16 bits. Nought is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u64);

impl Version {
    pub const UNKNOWN: Self = Self(0);

    /// The version in what an agent says, such as `NT 10.0` or `17_5`; unknown where there is no number.
    pub fn find(text: &str) -> Self {
        let from = text.find(|letter: char| letter.is_ascii_digit()).map_or("", |at| &text[at..]);
        let end = from.find(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != '_');
        Self::least(from[..end.unwrap_or(from.len())].trim_end_matches(['.', '_'])).unwrap_or_default()
    }

    /// The least version that `text` stands for: `17` is 17.0.0.0. `None` for what is no version.
    pub fn least(text: &str) -> Option<Self> {
        Self::filled(text, 0)
    }

    /// The greatest: every 17.x is at most `17`.
    pub fn greatest(text: &str) -> Option<Self> {
        Self::filled(text, u16::MAX)
    }

    fn filled(text: &str, missing: u16) -> Option<Self> {
        let mut parts = [missing; PARTS];
        for (index, part) in text.split(['.', '_']).enumerate() {
            let number = part.parse::<u32>().ok()?.min(u32::from(u16::MAX)) as u16;
            if let Some(slot) = parts.get_mut(index) {
                *slot = number;
            }
        }
        Some(Self(parts.into_iter().fold(0, |whole, part| whole << PART_BITS | u64::from(part))))
    }

    pub fn is_known(self) -> bool {
        self != Self::UNKNOWN
    }
}

impl std::fmt::Display for Version {
    /// Without the noughts at its end; nothing where unknown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts: [u64; PARTS] = std::array::from_fn(|index| self.0 >> (PART_BITS * (3 - index as u32)) & 0xFFFF);
        let used = parts.iter().rposition(|part| *part != 0).map_or(0, |last| last + 1);
        let texts: Vec<String> = parts[..used].iter().map(u64::to_string).collect();
        f.write_str(&texts.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_and_compare() {
        let shown = |text: &str| Version::find(text).to_string();
        assert_eq!(
            (shown("NT 10.0"), shown("17_5_1"), shown("131.0.6778.204")),
            ("10".into(), "17.5.1".into(), "131.0.6778.204".into())
        );
        assert_eq!((shown("UNKNOWN"), shown(""), shown("14.")), (String::new(), String::new(), "14".into()));
        let within = |text: &str, low: &str, high: &str| {
            let version = Version::find(text);
            Version::least(low).is_some_and(|low| low <= version)
                && Version::greatest(high).is_some_and(|high| version <= high)
        };
        assert!(within("14.2", "12", "14") && within("12", "12", "12") && !within("15.0", "12", "14.9"));
        assert!(within("99999.1", "65535", "65535"));
        assert_eq!((Version::least("17.x"), Version::least(""), Version::least("..")), (None, None, None));
    }
}
