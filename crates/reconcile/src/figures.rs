//! Rows of an advertiser's file read by its mapping, and ours that they are compared with.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kernel::{Currency, Money, Timestamp, reason::ConversionReason};
use serde::{Deserialize, Serialize};

use crate::{
    amount, date,
    date::Told,
    mapping::{Mapping, Meaning},
    table::{BAD_ROWS_MAX, BadRow, FileError, Table},
};

/// What is compared: `end` does not belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    pub start: Timestamp,
    pub end: Timestamp,
}

impl Period {
    pub fn holds(self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }
}

/// Where a conversion stands, as far as money asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Pending,
    Approved,
    /// Reversed wholly counts as this too.
    Rejected,
}

/// By what rows are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Keys {
    pub click: Option<String>,
    pub order: Option<String>,
    pub customer: Option<String>,
}

impl Keys {
    pub const KINDS: usize = 3;

    /// The strongest first.
    pub fn each(&self) -> [Option<&str>; Self::KINDS] {
        [self.click.as_deref(), self.order.as_deref(), self.customer.as_deref()]
    }
}

/// One conversion of ours. Those of the days beside the period are given too, so that a shift is known as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ours {
    pub keys: Keys,
    pub standing: Standing,
    /// What the advertiser owes for it.
    pub amount: Money,
    /// The same before tax and shipping were taken off.
    pub gross: Option<i64>,
    /// By the advertiser's date basis.
    pub at: Timestamp,
    pub clicked_at: Option<Timestamp>,
    pub test: bool,
}

/// The status of a row as its sender put it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Known(Meaning),
    Unknown(String),
}

/// One row of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theirs {
    pub row: u64,
    pub keys: Keys,
    pub said: Said,
    pub amount: Option<Money>,
    pub told: Option<Told>,
}

impl Theirs {
    /// `None` where the word is unknown.
    pub fn standing(&self) -> Option<Standing> {
        match self.said {
            Said::Known(Meaning::Pending) => Some(Standing::Pending),
            Said::Known(Meaning::Approved) => Some(Standing::Approved),
            Said::Known(Meaning::Rejected(_) | Meaning::Test) => Some(Standing::Rejected),
            Said::Unknown(_) => None,
        }
    }

    pub fn reason(&self) -> Option<ConversionReason> {
        if let Said::Known(Meaning::Rejected(reason)) = self.said { reason } else { None }
    }

    pub fn is_test(&self) -> bool {
        self.said == Said::Known(Meaning::Test)
    }
}

/// Reads rows by click, order or customer id.
///
/// # Errors
/// The whole file, naming the rows that cannot be understood.
pub fn rows(table: &Table, mapping: &Mapping) -> Result<Vec<Theirs>, FileError> {
    mapping.check_rows()?;
    let reader = Reader::new(table, mapping)?;
    each(table, |row, cells| {
        let keys = Keys {
            click: reader.cell(cells, Place::Click),
            order: reader.cell(cells, Place::Order),
            customer: reader.cell(cells, Place::Customer),
        };
        if keys == Keys::default() {
            return Err("it has no click, order or customer id".to_owned());
        }
        let (said, amount, told) = (reader.said(cells), reader.amount(cells)?, reader.date(cells)?);
        Ok(Theirs { row, keys, said, amount, told })
    })
}

/// Takes in every row, or names those that are bad.
pub fn each<T>(table: &Table, mut read: impl FnMut(u64, &[String]) -> Result<T, String>) -> Result<Vec<T>, FileError> {
    let (mut good, mut bad) = (Vec::with_capacity(table.rows.len()), Vec::new());
    for (row, cells) in &table.rows {
        match read(*row, cells) {
            Ok(value) => good.push(value),
            Err(words) => bad.push(BadRow { row: *row, words }),
        }
        if bad.len() == BAD_ROWS_MAX {
            break;
        }
    }
    if bad.is_empty() { Ok(good) } else { Err(FileError::Rows(bad)) }
}

/// A column that a mapping may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Click,
    Order,
    Customer,
    Status,
    Amount,
    Currency,
    Date,
    Offer,
    Country,
    Source,
    Count,
}

/// A mapping laid over the header of one file.
pub struct Reader<'a> {
    mapping: &'a Mapping,
    zone: TimeZone,
    places: BTreeMap<Place, usize>,
}

impl<'a> Reader<'a> {
    /// # Errors
    /// Where a column of the mapping is not in the header, or twice.
    pub fn new(table: &Table, mapping: &'a Mapping) -> Result<Self, FileError> {
        let zone =
            kernel::time::zone(&mapping.time_zone).map_err(|_| FileError::Mapping("the time zone is unknown"))?;
        let mut places = BTreeMap::new();
        for (place, name) in named(mapping) {
            places.insert(place, position(&table.header, name)?);
        }
        Ok(Self { mapping, zone, places })
    }

    /// `None` for a cell without text.
    pub fn cell(&self, cells: &[String], place: Place) -> Option<String> {
        let text = cells.get(*self.places.get(&place)?)?;
        (!text.is_empty()).then(|| text.clone())
    }

    /// A file without a column of statuses tells of what is approved.
    fn said(&self, cells: &[String]) -> Said {
        if !self.places.contains_key(&Place::Status) {
            return Said::Known(Meaning::Approved);
        }
        let word = self.cell(cells, Place::Status).unwrap_or_default();
        self.mapping.meaning(&word).map_or(Said::Unknown(word), Said::Known)
    }

    /// # Errors
    /// In plain words, where the currency or the number is none.
    pub fn amount(&self, cells: &[String]) -> Result<Option<Money>, String> {
        let Some(text) = self.cell(cells, Place::Amount) else { return Ok(None) };
        let code = self.cell(cells, Place::Currency);
        let currency: Currency = code
            .map_or(Ok(self.mapping.currency), |code| code.to_uppercase().parse())
            .map_err(|refusal| refusal.message)?;
        let decimals = currency.decimals().ok_or_else(|| format!("{currency} is no currency that is known"))?;
        let minor = amount::read(&text, self.mapping.decimal_mark, decimals)
            .map_err(|error| format!("the amount {text:.40}: {error}"))?;
        Ok(Some(Money::new(minor, currency)))
    }

    fn date(&self, cells: &[String]) -> Result<Option<Told>, String> {
        let Some(text) = self.cell(cells, Place::Date) else { return Ok(None) };
        let told = date::read(&text, self.mapping.date_form, &self.zone);
        told.map(Some).ok_or_else(|| format!("the date {text:.40} is not of the form that the mapping names"))
    }
}

fn named(mapping: &Mapping) -> impl Iterator<Item = (Place, &str)> {
    let columns = &mapping.columns;
    let named = [
        (Place::Click, &columns.click),
        (Place::Order, &columns.order),
        (Place::Customer, &columns.customer),
        (Place::Status, &columns.status),
        (Place::Amount, &columns.amount),
        (Place::Currency, &columns.currency),
        (Place::Date, &columns.date),
        (Place::Offer, &columns.offer),
        (Place::Country, &columns.country),
        (Place::Source, &columns.source),
        (Place::Count, &columns.count),
    ];
    named.into_iter().filter_map(|(place, name)| name.as_deref().map(|name| (place, name)))
}

fn position(header: &[String], name: &str) -> Result<usize, FileError> {
    let wanted = name.trim().to_lowercase();
    let mut found = header.iter().enumerate().filter(|(_, column)| column.to_lowercase() == wanted);
    match (found.next(), found.next()) {
        (Some((place, _)), None) => Ok(place),
        (None, _) => Err(FileError::NoColumn(name.to_owned())),
        (Some(_), Some(_)) => Err(FileError::ColumnTwice(name.to_owned())),
    }
}
