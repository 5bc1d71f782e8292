//! Lists and maps of texts that lie in one JSON column, and their bounds.

use std::collections::BTreeMap;

use kernel::Refusal;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use super::body::{TEXT_CHARS_MAX, short_text};

/// Entries of one list or map.
pub const ENTRIES_MAX: usize = 50;
const KEY_CHARS_MAX: usize = 60;

/// A list of short texts in one column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct TextList(pub Vec<String>);

impl TextList {
    /// Trims, bounds and orders the entries; equal ones become one.
    pub fn checked(field: &str, entries: &[String], chars_max: usize) -> Result<Self, Refusal> {
        require_few(field, entries.len())?;
        let entry = |(index, text): (usize, &String)| short_text(&format!("{field}.{index}"), text, chars_max);
        let mut entries = entries.iter().enumerate().map(entry).collect::<Result<Vec<_>, _>>()?;
        entries.sort_unstable();
        entries.dedup();
        Ok(Self(entries))
    }
}

/// A map of short texts in one column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct TextMap(pub BTreeMap<String, String>);

impl TextMap {
    /// Trims and bounds keys and values.
    pub fn checked(field: &str, entries: &BTreeMap<String, String>) -> Result<Self, Refusal> {
        require_few(field, entries.len())?;
        let entry = |(key, value): (&String, &String)| {
            let key = short_text(field, key, KEY_CHARS_MAX)?;
            let value = short_text(&format!("{field}.{key}"), value, TEXT_CHARS_MAX)?;
            Ok((key, value))
        };
        entries.iter().map(entry).collect::<Result<_, Refusal>>().map(Self)
    }
}

/// Refuses a list or map that is too long.
pub fn require_few(field: &str, len: usize) -> Result<(), Refusal> {
    if len > ENTRIES_MAX {
        return Err(Refusal::field(field, format!("must have at most {ENTRIES_MAX} entries")));
    }
    Ok(())
}
