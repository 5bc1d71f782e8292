//! SEPA credit transfers as pain.001, for the bank's upload or channel.
//!
//! [`check`] reads a batch whole, names every fault by payment, and gives a [`Checked`], which alone can be written: nothing
//! half-right reaches a bank, and [`Checked::totals`] is known before the batch is frozen. Texts are said in SEPA's letters
//! ([`crate::characters`]), so nothing needs escaping. The writer holds nothing of a payment once it is written.
//!
//! By the rulebooks of the European Payments Council in force since November 2025: an address is structured, with at least
//! town and country, and address lines are never written; charges are shared (SLEV); a payer names an address where one of
//! the two accounts lies outside the European Economic Area.

mod check;
#[cfg(test)]
mod tests;
mod write;

use jiff::civil::Date;
use kernel::{Money, Timestamp};

pub use check::{Checked, Totals, check};

/// Most payments of one file.
pub const MAX_PAYMENTS: usize = 100_000;
/// The largest amount of one transfer, in cents.
pub const MAX_AMOUNT: i64 = 99_999_999_999;
const STREET_MAX: usize = 70;
const BUILDING_MAX: usize = 16;
const POSTAL_CODE_MAX: usize = 16;
const TOWN_MAX: usize = 35;

/// Version of the message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// pain.001.001.03, for banks that have not moved on.
    V03,
    /// pain.001.001.09, what SEPA has used since 2023.
    #[default]
    V09,
}

impl Version {
    /// Namespace of the document.
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::V03 => "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03",
            Self::V09 => "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09",
        }
    }
}

/// Where a party lives. What is absent is not written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub street: Option<String>,
    pub building: Option<String>,
    pub postal_code: Option<String>,
    pub town: String,
    /// Two capital letters.
    pub country: String,
}

/// Who pays or is paid, as people typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    pub iban: String,
    /// Banks find their way without it.
    pub bic: Option<String>,
    pub address: Option<Address>,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Goes through to the payee and comes back on statements; unique in its batch.
    pub end_to_end_id: String,
    pub amount: Money,
    pub creditor: Party,
    /// What the payee reads.
    pub remittance: Option<String>,
}

/// A batch of payments from one account on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditTransfers {
    /// Unique for ever at the bank, which refuses a second file of the same id.
    pub message_id: String,
    pub batch_id: String,
    /// When the file was first made. The same file again has the same moment.
    pub created: Timestamp,
    pub initiating_party: String,
    pub debtor: Party,
    pub execution_date: Date,
    /// Whether the bank books the batch as one line of the statement.
    pub one_booking: bool,
    pub payments: Vec<Payment>,
}
