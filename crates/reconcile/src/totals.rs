//! Figures that come as totals: offer, country and source, compared cell by cell.

use std::collections::BTreeMap;

use kernel::{Currency, Money};
use serde::{Deserialize, Serialize};

use crate::{
    figures::{Place, Reader, each},
    mapping::Mapping,
    table::{FileError, Table},
};

/// Where a number stands. A part that the mapping does not name is empty on both sides; each currency is told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    pub offer: String,
    pub country: String,
    pub source: String,
    /// Absent where only counts are told.
    #[serde(default)]
    pub currency: Option<Currency>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    pub count: u64,
    pub amount: Option<Money>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellClass {
    Matched,
    OnlyOurs,
    OnlyTheirs,
    CountDiffers,
    AmountDiffers,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellDifference {
    pub cell: Cell,
    pub class: CellClass,
    pub ours: Option<Total>,
    pub theirs: Option<Total>,
}

/// Reads a file of totals; rows of one cell are added up.
///
/// # Errors
/// The whole file, naming the rows that cannot be understood.
pub fn rows(table: &Table, mapping: &Mapping) -> Result<BTreeMap<Cell, Total>, FileError> {
    mapping.check_totals()?;
    let reader = Reader::new(table, mapping)?;
    let mut cells = BTreeMap::new();
    each(table, |_, texts| {
        let part = |place| reader.cell(texts, place).unwrap_or_default();
        let cell = Cell {
            offer: part(Place::Offer),
            country: part(Place::Country).to_uppercase(),
            source: part(Place::Source),
            currency: None,
        };
        let count = part(Place::Count).parse().map_err(|_| "the count is no whole number".to_owned())?;
        let amount = reader.amount(texts)?;
        add(&mut cells, Cell { currency: amount.map(|sum| sum.currency), ..cell }, Total { count, amount })
    })?;
    Ok(cells)
}

/// Adds to a cell what belongs to it.
///
/// # Errors
/// Where the cell holds another currency already, or the sum is too large.
pub fn add(cells: &mut BTreeMap<Cell, Total>, cell: Cell, total: Total) -> Result<(), String> {
    let held =
        cells.entry(cell).or_insert(Total { count: 0, amount: total.amount.map(|sum| Money { minor: 0, ..sum }) });
    let count = held.count.checked_add(total.count);
    let amount = match (held.amount, total.amount) {
        (Some(held), Some(more)) => held.checked_add(more).map(Some),
        (held, more) => Some(held.or(more)),
    };
    let (count, amount) = count.zip(amount).ok_or("its cell has another currency, or its sum is too large")?;
    *held = Total { count, amount };
    Ok(())
}

/// Brings both sides to the same currencies, where they tell counts without amounts: such a count belongs to the only
/// currency that it can, and is held against all of ours together where there are several.
fn aligned(ours: &mut BTreeMap<Cell, Total>, theirs: &mut BTreeMap<Cell, Total>) {
    let bare: Vec<Cell> = theirs.keys().filter(|cell| cell.currency.is_none()).cloned().collect();
    for cell in bare {
        let [own, other] = [&*theirs, &*ours].map(|side| currencies(side, &cell));
        let target = match (own.as_slice(), other.as_slice()) {
            ([only], _) | ([], [only]) => Some(*only),
            _ => None,
        };
        if let Some(currency) = target {
            if let Some(total) = theirs.remove(&cell) {
                merge(theirs, Cell { currency: Some(currency), ..cell }, total);
            }
        } else if own.is_empty() {
            for currency in other {
                if let Some(total) = ours.remove(&Cell { currency: Some(currency), ..cell.clone() }) {
                    merge(ours, cell.clone(), Total { amount: None, ..total });
                }
            }
        }
    }
}

/// The currencies of the cells at one place.
fn currencies(side: &BTreeMap<Cell, Total>, at: &Cell) -> Vec<Currency> {
    let same = |cell: &&Cell| (&cell.offer, &cell.country, &cell.source) == (&at.offer, &at.country, &at.source);
    side.keys().filter(same).filter_map(|cell| cell.currency).collect()
}

fn merge(side: &mut BTreeMap<Cell, Total>, cell: Cell, more: Total) {
    let held = side.entry(cell).or_insert(Total { count: 0, amount: None });
    held.count = held.count.saturating_add(more.count);
    held.amount = held.amount.or(more.amount);
}

/// Every cell of either side once, each currency for itself.
pub fn compare(ours: &BTreeMap<Cell, Total>, theirs: &BTreeMap<Cell, Total>) -> Vec<CellDifference> {
    let (mut ours, mut theirs) = (ours.clone(), theirs.clone());
    aligned(&mut ours, &mut theirs);
    let mut cells: Vec<&Cell> = ours.keys().chain(theirs.keys()).collect();
    cells.sort_unstable();
    cells.dedup();
    let line = |cell: &Cell| {
        let (our, their) = (ours.get(cell).copied(), theirs.get(cell).copied());
        CellDifference { cell: cell.clone(), class: class(our, their), ours: our, theirs: their }
    };
    cells.into_iter().map(line).collect()
}

fn class(ours: Option<Total>, theirs: Option<Total>) -> CellClass {
    match (ours, theirs) {
        (Some(our), Some(their)) if our.count != their.count => CellClass::CountDiffers,
        (Some(our), Some(their)) if their.amount.is_some_and(|amount| Some(amount) != our.amount) => {
            CellClass::AmountDiffers
        }
        (Some(_), None) => CellClass::OnlyOurs,
        (None, Some(_)) => CellClass::OnlyTheirs,
        (Some(_), Some(_)) | (None, None) => CellClass::Matched,
    }
}

#[cfg(test)]
mod tests {
    use super::{CellClass::*, *};

    fn cells(told: &[(&str, Option<&str>, u64, i64)]) -> BTreeMap<Cell, Total> {
        let cell = |&(offer, code, count, minor): &(&str, Option<&str>, u64, i64)| {
            let currency = code.map(|code| code.parse::<Currency>().expect("a currency"));
            let amount = currency.map(|currency| Money::new(minor, currency));
            (Cell { offer: offer.to_owned(), currency, ..Cell::default() }, Total { count, amount })
        };
        told.iter().map(cell).collect()
    }

    fn classes(ours: &[(&str, Option<&str>, u64, i64)], theirs: &[(&str, Option<&str>, u64, i64)]) -> Vec<CellClass> {
        compare(&cells(ours), &cells(theirs)).into_iter().map(|line| line.class).collect()
    }

    #[test]
    fn each_currency_is_compared_for_itself() {
        let ours = [("A", Some("EUR"), 2, 2_400), ("A", Some("USD"), 1, 900)];
        assert_eq!(classes(&ours, &ours), [Matched, Matched]);
        let theirs = [("A", Some("EUR"), 2, 2_400), ("A", Some("USD"), 1, 800)];
        assert_eq!(classes(&ours, &theirs), [Matched, AmountDiffers]);
        assert_eq!(classes(&ours, &theirs[..1]), [Matched, OnlyOurs]);
        assert_eq!(classes(&ours[..1], &theirs), [Matched, OnlyTheirs]);
    }

    #[test]
    fn a_count_without_an_amount_is_held_against_what_it_can_mean() {
        let ours = [("A", Some("EUR"), 2, 2_400), ("A", Some("USD"), 1, 900)];
        assert_eq!(classes(&ours[..1], &[("A", None, 2, 0)]), [Matched]);
        assert_eq!(classes(&ours[..1], &[("A", None, 3, 0)]), [CountDiffers]);
        assert_eq!(classes(&ours, &[("A", None, 3, 0)]), [Matched], "all of ours together");
        assert_eq!(classes(&ours, &[("A", None, 2, 0)]), [CountDiffers]);
        assert_eq!(classes(&ours[..1], &[("A", None, 1, 0), ("A", Some("EUR"), 1, 2_400)]), [Matched]);
        assert_eq!(classes(&[], &[("A", None, 1, 0)]), [OnlyTheirs]);
    }
}
