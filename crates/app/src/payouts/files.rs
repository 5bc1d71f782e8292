//! Files that pay a batch, and what a batch's bank or service would refuse of it: told by partner before it is frozen.
//!
//! Pure: the same batch gives the same bytes.

mod credit_transfers;
mod services;

use jiff::civil::Date;
use kernel::{Currency, Id, Timestamp, id};
use payfiles::{Place, Wrong, sepa::Version};

use super::{account::Account, payers::Payer};
use crate::partners::model::PayoutMethod;

/// What a file is written from.
#[derive(Clone, Copy)]
pub struct Paper<'a> {
    pub batch: Id<id::PayoutBatch>,
    pub method: PayoutMethod,
    pub currency: Currency,
    pub created_at: Timestamp,
    /// The local day on which it is to be paid.
    pub pay_on: Date,
    pub payer: Option<&'a Payer>,
    pub lines: &'a [Line],
}

/// One payout as a file names it.
#[derive(Clone, Debug)]
pub struct Line {
    pub payout: Id<id::Payout>,
    pub name: String,
    pub email: String,
    pub account: Account,
    pub amount_minor: i64,
}

impl Line {
    /// Whose account it is: as its holder wrote it, or the partner's own name.
    fn holder(&self) -> &str {
        self.account.get("name").unwrap_or(&self.name)
    }
}

/// Why the batch cannot be paid as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 0; absent where the batch or its payer is at fault.
    pub line: Option<usize>,
    /// What of it, such as `iban`.
    pub field: String,
    pub words: String,
}

impl Fault {
    fn of(wrong: &Wrong) -> Self {
        let line = match wrong.place {
            Place::Batch => None,
            Place::Payment(index) => Some(index),
        };
        let field = wrong.field.strip_prefix("creditor.").unwrap_or(wrong.field).to_owned();
        Self { line, field, words: wrong.why.to_string() }
    }

    fn at(line: usize, field: &str, words: impl Into<String>) -> Self {
        Self { line: Some(line), field: field.to_owned(), words: words.into() }
    }

    fn of_batch(field: &str, words: impl Into<String>) -> Self {
        Self { line: None, field: field.to_owned(), words: words.into() }
    }
}

fn told(wrongs: Vec<Wrong>) -> Vec<Fault> {
    wrongs.iter().map(Fault::of).collect()
}

/// A format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Of any method: for people and for services without a format of their own.
    Csv,
    CreditTransfers(Version),
    Wise,
    Capitalist,
}

impl Format {
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "csv" => Self::Csv,
            "pain.001.001.09" => Self::CreditTransfers(Version::V09),
            "pain.001.001.03" => Self::CreditTransfers(Version::V03),
            "wise" => Self::Wise,
            "capitalist" => Self::Capitalist,
            _ => return None,
        })
    }

    /// What a batch of this method is paid with unless said.
    pub fn usual(method: PayoutMethod, payer: Option<&Payer>) -> Self {
        match (method, payer) {
            (PayoutMethod::Sepa, Some(Payer::Sepa(payer))) if payer.version.as_deref() == Some("pain.001.001.03") => {
                Self::CreditTransfers(Version::V03)
            }
            (PayoutMethod::Sepa, Some(_)) => Self::CreditTransfers(Version::V09),
            (PayoutMethod::Wise, _) => Self::Wise,
            (PayoutMethod::Capitalist, _) => Self::Capitalist,
            _ => Self::Csv,
        }
    }

    /// Whether a batch of this method can be written so.
    pub const fn is_of(self, method: PayoutMethod) -> bool {
        match self {
            Self::Csv => true,
            Self::CreditTransfers(_) => matches!(method, PayoutMethod::Sepa),
            Self::Wise => matches!(method, PayoutMethod::Wise),
            Self::Capitalist => matches!(method, PayoutMethod::Capitalist),
        }
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::CreditTransfers(_) => "application/xml",
            _ => "text/csv; charset=utf-8",
        }
    }

    pub const fn extension(self) -> &'static str {
        match self {
            Self::CreditTransfers(_) => "xml",
            _ => "csv",
        }
    }
}

/// Most payouts of one batch, by what the method's service takes at once.
pub const fn payouts_max(method: PayoutMethod) -> usize {
    match method {
        PayoutMethod::Wise => payfiles::batch::wise::MAX_ROWS,
        PayoutMethod::Paypal => connect::paypal::BATCH_ITEMS_MAX,
        _ => 50_000,
    }
}

/// Everything that the method's bank or service would refuse.
pub fn faults(paper: &Paper) -> Vec<Fault> {
    let checked = match paper.method {
        PayoutMethod::Sepa => credit_transfers::check(paper),
        PayoutMethod::Paypal => services::check_paypal(paper),
        PayoutMethod::Wise => services::check_wise(paper),
        PayoutMethod::Capitalist => services::check_capitalist(paper),
        PayoutMethod::UsdtTrc20 | PayoutMethod::UsdtErc20 => services::check_wallets(paper),
        PayoutMethod::Payoneer | PayoutMethod::Paxum | PayoutMethod::Csv | PayoutMethod::External => {
            services::check_plain(paper)
        }
    };
    checked.err().unwrap_or_default()
}

/// The batch as a file.
pub fn write(format: Format, paper: &Paper) -> Result<Vec<u8>, Vec<Fault>> {
    match format {
        Format::Csv => services::write_plain(paper),
        Format::CreditTransfers(version) => credit_transfers::write(version, paper),
        Format::Wise => services::write_wise(paper),
        Format::Capitalist => services::write_capitalist(paper),
    }
}

/// What the payee reads.
fn description(paper: &Paper) -> String {
    format!("Payout {}", paper.pay_on)
}

/// Our id as banks carry it: they have no `_`.
fn at_bank(id: impl std::fmt::Display) -> String {
    id.to_string().replace('_', "-")
}

/// What PayPal is asked to pay. The key is the batch's own id, for ever.
pub fn for_paypal(paper: &Paper) -> Result<connect::paypal::Batch, Vec<Fault>> {
    services::for_paypal(paper)
}
