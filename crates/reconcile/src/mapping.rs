//! What the columns and words of an advertiser's files mean: data, kept per advertiser.

use std::collections::BTreeMap;

use kernel::{Currency, reason::ConversionReason};
use serde::{Deserialize, Serialize};

use crate::{amount::DecimalMark, date::DateForm, table::FileError};

/// Words that a mapping knows for statuses.
pub const WORDS_MAX: usize = 200;

/// Names of columns as they stand in the header; letter case does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = FileColumns)]
#[serde(default)]
pub struct Columns {
    pub click: Option<String>,
    pub order: Option<String>,
    pub customer: Option<String>,
    pub status: Option<String>,
    pub amount: Option<String>,
    pub currency: Option<String>,
    pub date: Option<String>,
    pub offer: Option<String>,
    pub country: Option<String>,
    pub source: Option<String>,
    /// Of files of totals: how many a row stands for.
    pub count: Option<String>,
}

/// What a word of theirs means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = WordMeaning)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    Pending,
    Approved,
    Rejected(Option<ConversionReason>),
    /// A row of their tests: it counts for nothing.
    Test,
}

/// What a date of theirs is the date of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = PeriodBasis)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    #[default]
    Event,
    Click,
    Decided,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = FileMapping)]
pub struct Mapping {
    pub columns: Columns,
    /// Their words in small letters.
    #[serde(default)]
    pub words: BTreeMap<String, Meaning>,
    /// The currency of rows that name none.
    #[schema(value_type = String)]
    pub currency: Currency,
    #[serde(default)]
    pub decimal_mark: DecimalMark,
    #[serde(default)]
    pub date_form: DateForm,
    /// The IANA name of the zone in which their dates and their period stand.
    pub time_zone: String,
    #[serde(default)]
    pub date_basis: DateBasis,
    /// Days from click to conversion after which they do not pay.
    #[serde(default)]
    pub window_days: Option<u16>,
    /// Minor units by which an amount may differ and still be called rounding.
    #[serde(default = "one")]
    pub rounding: u32,
}

const fn one() -> u32 {
    1
}

impl Mapping {
    /// # Errors
    /// Where nothing names a row, or where there are more words than are kept.
    pub fn check_rows(&self) -> Result<(), FileError> {
        let columns = &self.columns;
        if columns.click.is_none() && columns.order.is_none() && columns.customer.is_none() {
            return Err(FileError::Mapping("rows need a column of click, order or customer ids"));
        }
        self.check_words()
    }

    /// # Errors
    /// Where nothing names a cell or nothing is counted.
    pub fn check_totals(&self) -> Result<(), FileError> {
        let columns = &self.columns;
        if columns.offer.is_none() && columns.country.is_none() && columns.source.is_none() {
            return Err(FileError::Mapping("totals need a column of offers, countries or sources"));
        }
        if columns.count.is_none() {
            return Err(FileError::Mapping("totals need a column of counts"));
        }
        self.check_words()
    }

    fn check_words(&self) -> Result<(), FileError> {
        if self.words.len() > WORDS_MAX { Err(FileError::Mapping("there are too many words")) } else { Ok(()) }
    }

    /// `None` for a word that nobody has given a meaning.
    pub fn meaning(&self, word: &str) -> Option<Meaning> {
        self.words.get(&word.trim().to_lowercase()).copied()
    }
}
