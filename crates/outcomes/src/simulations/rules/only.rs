//! Which conversions of a window are meant.

use kernel::{Id, Refusal, id};
use serde::{Deserialize, Serialize};

/// Entries of each list.
const ENTRIES_MAX: usize = 1_000;
const SOURCE_CHARS_MAX: usize = 200;

/// Which conversions of the offer are tried; an empty list leaves nobody out. The others are counted where tiers and limits
/// count, and keep what they are worth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TriedOnly {
    /// Whose they are now.
    pub partners: Vec<Id<id::Partner>>,
    pub goals: Vec<Id<id::Goal>>,
    /// Of the click, in two letters. A conversion without a click has none.
    pub countries: Vec<String>,
    /// `source_id` of the click.
    pub sources: Vec<String>,
}

/// A conversion, as far as it decides whether it is meant.
pub struct Meant<'a> {
    pub partner: Option<Id<id::Partner>>,
    pub goal: Id<id::Goal>,
    pub country: &'a str,
    pub source: &'a str,
}

impl TriedOnly {
    /// Countries in capitals.
    pub fn checked(mut self) -> Result<Self, Refusal> {
        let longest = [self.partners.len(), self.goals.len(), self.countries.len(), self.sources.len()];
        if longest.into_iter().any(|entries| entries > ENTRIES_MAX) {
            return Err(Refusal::field("only", format!("must have at most {ENTRIES_MAX} entries")));
        }
        self.countries.iter_mut().for_each(|country| country.make_ascii_uppercase());
        let is_country = |text: &String| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        if !self.countries.iter().all(is_country) {
            return Err(Refusal::field("only.countries", "must be codes of two letters such as DE"));
        }
        let is_source = |text: &String| (1..=SOURCE_CHARS_MAX).contains(&text.chars().count());
        if !self.sources.iter().all(is_source) {
            return Err(Refusal::field("only.sources", format!("must have 1 to {SOURCE_CHARS_MAX} characters")));
        }
        Ok(self)
    }

    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether what a click told decides.
    pub const fn asks_for_clicks(&self) -> bool {
        !self.countries.is_empty() || !self.sources.is_empty()
    }

    pub fn has(&self, one: &Meant<'_>) -> bool {
        let named = |list: &[String], text: &str| list.is_empty() || list.iter().any(|entry| entry == text);
        (self.partners.is_empty() || one.partner.is_some_and(|partner| self.partners.contains(&partner)))
            && (self.goals.is_empty() || self.goals.contains(&one.goal))
            && named(&self.countries, one.country)
            && named(&self.sources, one.source)
    }
}
