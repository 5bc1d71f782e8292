//! What stands on a paper.

use jiff::civil::Date;
use kernel::Currency;
use serde::{Deserialize, Serialize};

use crate::{
    figures::{Figures, Tax},
    frozen,
};

/// The most lines of one paper: a hundred pages or so. Who has more is told by sums.
pub const LINES_MAX: usize = 5_000;
/// The most lines of a table beside a paper.
pub const ROWS_MAX: usize = 100_000;

/// The language of whoever reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    En,
    Ru,
    Pl,
}

impl Language {
    pub const ALL: [Self; 3] = [Self::En, Self::Ru, Self::Pl];

    /// ISO 639-1.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
            Self::Pl => "pl",
        }
    }

    /// The language of the code, English where papers do not speak it.
    pub fn of(code: &str) -> Self {
        Self::ALL.into_iter().find(|language| language.code() == code).unwrap_or(Self::En)
    }
}

/// What a paper is; how it reads is its template's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What a partner earned, was paid and has, over a period.
    Statement,
    /// An invoice that the buyer issues on the seller's behalf.
    SelfBillingInvoice,
    /// An invoice to an advertiser.
    Invoice,
    /// Undoes an invoice of any of the two kinds.
    CreditNote,
    /// An act of services rendered by a company.
    ActCompany,
    /// An act of services rendered by a sole trader, who charges no VAT.
    ActSoleTrader,
    /// The bill of a person without VAT, as Poland knows it.
    Rachunek,
    /// The agreement under which the buyer may issue invoices for the seller.
    SelfBillingConsent,
}

impl Kind {
    pub const ALL: [Self; 8] = [
        Self::Statement,
        Self::SelfBillingInvoice,
        Self::Invoice,
        Self::CreditNote,
        Self::ActCompany,
        Self::ActSoleTrader,
        Self::Rachunek,
        Self::SelfBillingConsent,
    ];
}

/// Who sells or buys, as it reads on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub name: String,
    /// Line by line, without the country.
    pub address: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub vat_id: Option<String>,
    /// Of whoever has no VAT number: NIP, INN, PESEL.
    pub tax_id: Option<String>,
    /// In a register of companies.
    pub registration: Option<String>,
    pub email: Option<String>,
    /// Where money is sent to: an IBAN, a wallet.
    pub account: Option<String>,
}

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Commission,
    /// A share of a customer's results.
    Results,
    /// A share of what recruited partners earned.
    Recruitment,
    Bonus,
    Placement,
    Adjustment,
    /// Of a payment.
    Fee,
    /// Kept back from a payment.
    TaxWithheld,
    /// Changes what an earlier paper holds.
    Correction,
    Reversal,
    Exchange,
    Payout,
    FailedPayout,
    /// Brought from another platform.
    Moved,
    /// Traffic that is charged as such.
    Traffic,
    /// Marketing services as a whole.
    Services,
    /// The fee of a period on the platform.
    Subscription,
    /// What is given back of such a fee for days that were not used.
    SubscriptionUnused,
    /// The fee of the days that were left of a period.
    SubscriptionRest,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    #[serde(with = "frozen::maybe_day")]
    pub on: Option<Date>,
    pub what: What,
    /// The offer, the reason, the reference; in the words of whoever gave them.
    pub detail: Option<String>,
    pub count: Option<i64>,
    pub minor: i64,
}

/// A paper, ready to be laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    pub kind: Kind,
    pub language: Language,
    pub currency: Currency,
    /// Absent where a paper has none, and on a draft.
    pub number: Option<String>,
    #[serde(with = "frozen::day")]
    pub issued_on: Date,
    #[serde(with = "frozen::maybe_day")]
    pub due_on: Option<Date>,
    /// First and last day.
    #[serde(with = "frozen::maybe_period")]
    pub period: Option<(Date, Date)>,
    /// The number of what a credit note undoes.
    pub corrects: Option<String>,
    pub seller: Party,
    pub buyer: Party,
    pub lines: Vec<Line>,
    pub tax: Tax,
    pub figures: Figures,
    /// Paragraphs of the workspace's own.
    pub notes: Vec<String>,
}
