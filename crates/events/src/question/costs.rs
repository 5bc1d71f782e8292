//! Costs beside what partners earn. They lie in the records, not among the facts: whoever asks brings those of the
//! stretch along, and the statement sums them like a table of facts.
//!
//! A cost knows its day, and a partner, an offer and an advertiser where it has them. Split by anything else it stands in
//! the unknown row; under a filter by anything else it is left out, unless that chooses verdicts on conversions.

use kernel::Currency;

use super::{dimensions::Dimension, measures::Facts};

/// Costs that one question may bring along.
pub const COSTS_MAX: usize = 50_000;
/// The first key of an id that no fact has; the next ones lie below.
const FIRST_OWN_KEY: i32 = -2;
/// What is chosen among verdicts leaves costs as they are.
const OF_VERDICTS: [&str; 2] = ["conversion_status", "conversion_reason"];

/// What a cost is for, as measures tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostKind {
    /// Bonuses and corrections given to partners, less clawbacks.
    Bonus,
    Placement,
    /// Fees of banks and payment services.
    Fee,
    Other,
}

impl CostKind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bonus => "bonus",
            Self::Placement => "placement",
            Self::Fee => "fee",
            Self::Other => "other",
        }
    }
}

/// One cost, or a day's part of one.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// A moment within its day.
    pub at_ms: i64,
    pub kind: CostKind,
    /// Ids; 0 where there is none.
    pub partner: u128,
    pub offer: u128,
    pub advertiser: u128,
    /// The question's, or its own where no rate of its day is known.
    pub currency: Currency,
    pub minor: i64,
}

/// The costs of a question, and keys for those of their ids that no fact has.
#[derive(Clone, Debug, Default)]
pub struct Costs {
    rows: Vec<Cost>,
    ids: Vec<u128>,
}

impl Costs {
    pub fn new(rows: Vec<Cost>) -> Self {
        let mut ids: Vec<u128> = rows.iter().flat_map(|cost| [cost.partner, cost.offer, cost.advertiser]).collect();
        ids.sort_unstable();
        ids.dedup();
        Self { rows, ids }
    }

    pub fn rows(&self) -> &[Cost] {
        &self.rows
    }

    /// The key of an id that only costs have.
    pub(super) fn own_key(&self, id: u128) -> Option<i32> {
        let place = self.ids.binary_search(&id).ok().filter(|_| id != 0)?;
        i32::try_from(place).ok().map(|place| FIRST_OWN_KEY - place)
    }

    /// The id behind such a key.
    pub(super) fn own_id(&self, key: i32) -> Option<u128> {
        let place = usize::try_from(FIRST_OWN_KEY.checked_sub(key)?).ok()?;
        self.ids.get(place).copied()
    }
}

/// Whether a filter by the dimension leaves no cost.
pub(super) fn is_shut_out_by(dimension: &Dimension) -> bool {
    !dimension.carried.by(Facts::Costs) && !OF_VERDICTS.contains(&dimension.name)
}
