//! One entry of the book: its cause and its postings, and the rules every entry obeys.

use std::collections::BTreeMap;

use kernel::{
    Currency, Id, Timestamp,
    id::{BookEntry, Commission, Conversion, Payout},
};

use crate::{
    account::{Account, Owner},
    codes::codes,
    error::BookError,
};

pub const POSTINGS_MAX: usize = 64;
pub const NOTE_BYTES_MAX: usize = 500;

codes! {
    /// What happened.
    EntryKind {
        Hold "hold",
        /// A hold is given up: rejected, or lowered while pending.
        Release "release",
        Approve "approve",
        Lock "lock",
        Reverse "reverse",
        Reinstate "reinstate",
        Reprice "reprice",
        /// Moved to another partner.
        Reassign "reassign",
        Batch "batch",
        Paid "paid",
        Failed "failed",
        /// Came back after it was paid.
        Returned "returned",
        DebtOffset "debt_offset",
        AdvertiserPaid "advertiser_paid",
        /// An advertiser's prepayment meets what it owes.
        PrepaidUsed "prepaid_used",
        /// What an advertiser paid in advance is given back.
        AdvertiserRefunded "advertiser_refunded",
        /// Value added tax of an invoice, or of its credit note the other way.
        Vat "vat",
        /// The fee of a subscription, or what is given back of it.
        Subscription "subscription",
        Adjustment "adjustment",
        /// The fee of a placement, or the fee taken back.
        Placement "placement",
        TaxWithheld "tax_withheld",
        Fee "fee",
        Exchange "exchange",
        /// Owed before the book began, or a part of it taken back.
        Opening "opening",
    }
}

/// One side of one account. Exactly one of `debit` and `credit` is above nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    pub account: Account,
    pub owner: Owner,
    pub currency: Currency,
    /// Whole minor units.
    pub debit: i64,
    /// Whole minor units.
    pub credit: i64,
}

/// Why an entry exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    pub kind: EntryKind,
    pub conversion: Option<Id<Conversion>>,
    pub commission: Option<Id<Commission>>,
    pub payout: Option<Id<Payout>>,
    /// Reason code, plan version or a few plain words; never personal data. At most [`NOTE_BYTES_MAX`] bytes.
    pub note: String,
}

impl Cause {
    pub const fn new(kind: EntryKind) -> Self {
        Self { kind, conversion: None, commission: None, payout: None, note: String::new() }
    }
}

/// A balanced statement of what happened. Without postings it says nothing and is not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: Id<BookEntry>,
    pub cause: Cause,
    pub at: Timestamp,
    pub postings: Vec<Posting>,
}

impl Entry {
    /// The entry with a note about its cause.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.cause.note = note.into();
        self
    }

    /// Refuses an entry that must not be stored.
    pub fn check(&self) -> Result<(), BookError> {
        if self.postings.len() > POSTINGS_MAX {
            return Err(BookError::TooManyPostings { entry: self.id, count: self.postings.len(), max: POSTINGS_MAX });
        }
        if self.cause.note.len() > NOTE_BYTES_MAX {
            return Err(BookError::NoteTooLong { entry: self.id, max: NOTE_BYTES_MAX });
        }
        if let Some(bad) = self.postings.iter().find(|posting| !posting.has_one_side()) {
            return Err(BookError::BadPosting { entry: self.id, account: bad.account });
        }
        self.check_balance()
    }

    fn check_balance(&self) -> Result<(), BookError> {
        let mut sums: BTreeMap<Currency, (i128, i128)> = BTreeMap::new();
        for posting in &self.postings {
            let (debit, credit) = sums.entry(posting.currency).or_default();
            *debit += i128::from(posting.debit);
            *credit += i128::from(posting.credit);
        }
        match sums.into_iter().find(|(_, (debit, credit))| debit != credit) {
            None => Ok(()),
            Some((currency, (debit, credit))) => Err(BookError::Unbalanced { entry: self.id, currency, debit, credit }),
        }
    }
}

impl Posting {
    const fn has_one_side(&self) -> bool {
        (self.debit > 0 && self.credit == 0) || (self.debit == 0 && self.credit > 0)
    }
}
