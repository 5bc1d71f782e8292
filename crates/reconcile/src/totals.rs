//! Figures that come as totals: offer, country and source, compared cell by cell.

use std::collections::BTreeMap;

use kernel::Money;
use serde::{Deserialize, Serialize};

use crate::{
    figures::{Place, Reader, each},
    mapping::Mapping,
    table::{FileError, Table},
};

/// Where a number stands. A part that the mapping does not name is empty on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    pub offer: String,
    pub country: String,
    pub source: String,
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
        };
        let count = part(Place::Count).parse().map_err(|_| "the count is no whole number".to_owned())?;
        add(&mut cells, cell, Total { count, amount: reader.amount(texts)? })
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

/// Every cell of either side once.
pub fn compare(ours: &BTreeMap<Cell, Total>, theirs: &BTreeMap<Cell, Total>) -> Vec<CellDifference> {
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
