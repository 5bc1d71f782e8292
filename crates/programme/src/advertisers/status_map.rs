//! An advertiser's words for the fate of a conversion, and what they mean here.

use std::collections::BTreeMap;

use kernel::{Refusal, reason::ConversionReason};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::platform::body::short_text;

const WORDS_MAX: usize = 200;
const WORD_CHARS_MAX: usize = 60;

/// The state a word asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MappedState {
    Pending,
    Approved,
    Rejected,
    Reversed,
}

/// What one word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Meaning {
    pub state: MappedState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ConversionReason>,
}

/// Words in lower case to their meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct StatusMap(pub BTreeMap<String, Meaning>);

impl StatusMap {
    /// What `word` means, whatever its case; `None` leaves the state and raises an alert.
    pub fn meaning(&self, word: &str) -> Option<Meaning> {
        self.0.get(&word.trim().to_lowercase()).copied()
    }

    /// This map with `words` added or replaced; bounded.
    pub fn with(mut self, words: &BTreeMap<String, Meaning>) -> Result<Self, Refusal> {
        for (word, meaning) in words {
            let word = short_text("status_map", word, WORD_CHARS_MAX)?.to_lowercase();
            self.0.insert(word, *meaning);
        }
        if self.0.len() > WORDS_MAX {
            return Err(Refusal::field("status_map", format!("must have at most {WORDS_MAX} words")));
        }
        Ok(self)
    }
}

impl Default for StatusMap {
    /// The words that most shops and networks use.
    fn default() -> Self {
        use ConversionReason as Reason;
        use MappedState::{Approved, Pending, Rejected, Reversed};
        let words: &[(&[&str], MappedState, Option<Reason>)] = &[
            (&["approved", "approve", "confirmed", "accepted", "paid", "completed", "valid"], Approved, None),
            (&["pending", "hold", "on_hold", "new", "processing", "waiting", "lead"], Pending, None),
            (&["rejected", "reject", "declined", "denied", "invalid"], Rejected, Some(Reason::AdvertiserOther)),
            (&["trash", "spam", "fake"], Rejected, Some(Reason::BadContact)),
            (&["duplicate", "double"], Rejected, Some(Reason::DuplicateLead)),
            (&["test"], Rejected, Some(Reason::TestLead)),
            (&["cancelled", "canceled", "cancel"], Rejected, Some(Reason::CustomerRefused)),
            (&["unreachable", "no_answer"], Rejected, Some(Reason::Unreachable)),
            (&["refunded", "refund", "returned", "reversed"], Reversed, Some(Reason::Returned)),
            (&["chargeback"], Reversed, Some(Reason::Unpaid)),
        ];
        let entries = words.iter().flat_map(|&(words, state, reason)| {
            words.iter().map(move |&word| (word.to_owned(), Meaning { state, reason }))
        });
        Self(entries.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_have_a_meaning_whatever_their_case() {
        let map = StatusMap::default();
        let state = |word| map.meaning(word).map(|meaning| meaning.state);
        assert_eq!(state(" Confirmed "), Some(MappedState::Approved));
        assert_eq!(state("hold"), Some(MappedState::Pending));
        assert_eq!(state("CANCELLED"), Some(MappedState::Rejected));
        assert_eq!(state("refunded"), Some(MappedState::Reversed));
        assert_eq!(state("perhaps"), None);
    }
}
