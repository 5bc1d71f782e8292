//! A row through its mapping: our fields instead of their columns.

use std::{borrow::Cow, collections::HashMap};

use jiff::tz::TimeZone;
use kernel::{Currency, Timestamp};

use super::values;
use crate::{
    imports::{
        model::{FindingCode, ImportKind, Mapping},
        platforms,
    },
    platform::folding::fold,
};

/// A part of a row that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub code: FindingCode,
    /// Ours; absent where the whole row is meant.
    pub field: Option<&'static str>,
    pub value: String,
    pub message: String,
}

impl Trouble {
    pub fn new(code: FindingCode, field: &'static str, value: &str) -> Self {
        Self { code, field: Some(field), value: value.to_owned(), message: String::new() }
    }

    pub fn row(code: FindingCode, message: impl Into<String>) -> Self {
        Self { code, field: None, value: String::new(), message: message.into() }
    }
}

struct Spot {
    index: Option<usize>,
    column: Option<String>,
    constant: Option<String>,
    /// Folded.
    words: HashMap<String, String>,
    known: &'static [&'static str],
}

/// What a file's columns mean.
pub struct Lens(HashMap<&'static str, Spot>);

impl Lens {
    pub fn new(kind: ImportKind, mapping: &Mapping, columns: &[String]) -> Self {
        let spot = |field: &platforms::Field| {
            let column = mapping.columns.get(field.name).cloned();
            let words = mapping.words.get(field.name).into_iter().flatten();
            Spot {
                index: column.as_ref().and_then(|name| columns.iter().position(|column| column == name)),
                column,
                constant: mapping.constants.get(field.name).cloned().filter(|text| !text.trim().is_empty()),
                words: words.map(|(theirs, ours)| (fold(theirs), ours.clone())).collect(),
                known: field.words,
            }
        };
        Self(platforms::fields(kind).iter().map(|field| (field.name, spot(field))).collect())
    }

    /// What people see of a field: their column, else our name.
    pub fn column_of(&self, field: &'static str) -> String {
        self.0.get(field).and_then(|spot| spot.column.clone()).unwrap_or_else(|| field.to_owned())
    }
}

/// One row.
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    pub lens: &'a Lens,
    pub row: &'a [String],
}

impl<'a> Cells<'a> {
    /// The value, if there is one.
    pub fn text(&self, field: &'static str) -> Option<&'a str> {
        let spot = self.lens.0.get(field)?;
        let cell = spot.index.and_then(|index| self.row.get(index)).map(|text| text.trim());
        cell.filter(|text| !text.is_empty()).or(spot.constant.as_deref().map(str::trim))
    }

    pub fn needed(&self, field: &'static str) -> Result<&'a str, Trouble> {
        self.text(field).ok_or_else(|| Trouble::new(FindingCode::Missing, field, ""))
    }

    /// An id of theirs.
    pub fn reference(&self, field: &'static str) -> Option<&'a str> {
        self.text(field).map(values::reference)
    }

    /// One of our words, translated.
    pub fn word(&self, field: &'static str) -> Result<Option<Cow<'a, str>>, Trouble> {
        let Some(text) = self.text(field) else { return Ok(None) };
        let spot = &self.lens.0[field];
        let folded = fold(text);
        if let Some(ours) = spot.words.get(&folded) {
            return Ok(Some(Cow::Borrowed(ours)));
        }
        let known = spot.known.iter().find(|word| **word == folded);
        known.map(|word| Some(Cow::Borrowed(*word))).ok_or_else(|| Trouble::new(FindingCode::UnknownWord, field, text))
    }

    pub fn moment(&self, field: &'static str, zone: &TimeZone) -> Result<Option<Timestamp>, Trouble> {
        let Some(text) = self.text(field) else { return Ok(None) };
        let read = values::moment(text, zone).map(Some);
        read.ok_or_else(|| Trouble::new(FindingCode::NotADate, field, text))
    }

    pub fn minor(&self, field: &'static str, currency: Currency) -> Result<Option<i64>, Trouble> {
        let Some(text) = self.text(field) else { return Ok(None) };
        let decimals = currency.decimals().unwrap_or_default();
        let read = values::minor(text, decimals).map(Some);
        read.ok_or_else(|| Trouble::new(FindingCode::NotAnAmount, field, text))
    }

    /// As [`minor`](Self::minor), and not below nought.
    pub fn amount(&self, field: &'static str, currency: Currency) -> Result<Option<i64>, Trouble> {
        match self.minor(field, currency)? {
            Some(minor) if minor < 0 => {
                Err(Trouble::new(FindingCode::NotAnAmount, field, self.text(field).unwrap_or_default()))
            }
            minor => Ok(minor),
        }
    }

    pub fn currency(&self, field: &'static str, default: Currency) -> Result<Currency, Trouble> {
        let Some(text) = self.text(field) else { return Ok(default) };
        values::currency(text).ok_or_else(|| Trouble::new(FindingCode::UnknownCurrency, field, text))
    }
}
